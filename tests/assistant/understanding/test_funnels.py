"""A rate over a group, a share of a goal and an average size rest on counts that are told behind each other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.understanding.conftest import Ask, asking

NOTICES = Path(__file__).parent / "leads"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    yield from asking(tmp_path_factory, NOTICES)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("what % of nannings 2024 project goal is foreign funded", 7.5),
        ("Foreign-funded part of Nanning's 2024 project goal, in per cent?", 7.5),
        ("Start rate implied for the foreign-funded projects in the 2024 Harbour Bridge goals?", 70),
        ("Success rate of the leads that the Nanning Investment Agency handed on?", 37.5),
        ("Of the leads the agency handed on, what share was signed?", 37.5),
    ],
)
def test_a_share_of_what_was_counted(ask, question, value):
    answer = ask(question)
    assert answer.value is not None, answer.text
    assert (answer.value.value, answer.value.unit) == (pytest.approx(value), "percent")


@pytest.mark.parametrize("question", ["avg size of those 36?", "how big was each on average?", "mean value of these?"])
def test_the_average_of_what_was_just_counted(ask, question):
    answer = ask("How many of the leads handed to counties and parks were signed?", question)
    assert answer.value is not None, answer.text
    assert answer.value.value == pytest.approx(255e6)


def test_a_rate_of_nothing_counted_is_refused(ask):
    assert ask("Success rate of the visas that the agency handled?").status == "refused"
