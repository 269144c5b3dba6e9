"""Goals told beside their results, amounts that the asker names against another year, the parts done of two goals."""

from collections.abc import Iterator

import pytest

from tests.assistant.understanding.conftest import Ask, asking

NOTICE = """title: Brightholm in 2023 and beyond
date: 2024-01-30
---
FDI inflows into Brightholm were EUR 41 million in 2023. The target in the regional strategy was EUR 35 million.

Brightholm signed 120 projects in 2023. For 2024 the goal is 105 projects.

"In 2024, investment in Brightholm will top EUR 90 million," the mayor said. Fixed asset investment in 2023 was EUR 84 \
million.
"""
QUARTER = """title: Brightholm, first quarter of 2024
date: 2024-04-18
---
In the first quarter of 2024 Brightholm signed 42 projects, equal to 40 percent of the task for the year. Contracted \
investment in the quarter came to EUR 18 million; 30 percent of the yearly task is thus done.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    yield from asking(tmp_path_factory, NOTICE, QUARTER)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("By how much did FDI inflows into Brightholm beat the target in 2023?", 6e6),
        ("How far were Brightholm's 2023 FDI inflows above target?", 6e6),
        ("By what percentage does Brightholm's 2024 project goal fall short of what it signed the year before?", -12.5),
    ],
)
def test_a_goal_and_its_result(ask: Ask, question: str, value: float) -> None:
    answer = ask(question)
    assert answer.value is not None, answer.text
    assert answer.value.value == pytest.approx(value), answer.text


@pytest.mark.parametrize("verb", ["top", "exceed"])
def test_a_named_amount_is_held_against_another_year(ask: Ask, verb: str) -> None:
    answer = ask(
        f"Brightholm's mayor said investment would {verb} EUR 90 million in 2024. "
        "At least how much more than 2023 fixed asset investment is that?"
    )
    assert answer.value.value == pytest.approx(6e6)
    assert answer.text.startswith("Over €6")


def test_the_parts_done_of_two_goals(ask: Ask) -> None:
    answer = ask("What share of the yearly task was done in the first quarter of 2024 for projects and for investment?")
    assert "40 percent" in answer.text
    assert "30 percent" in answer.text


def test_a_result_alone_is_told_as_before(ask: Ask) -> None:
    assert ask("How many projects did Brightholm sign in 2023?").value.value == 120
