"""Goals that were changed in their year, goals that only results imply, and several values of one thing."""

from collections.abc import Iterator

import pytest

from tests.assistant.understanding.conftest import Ask, asking

JANUARY = """title: Port Elland sets its goals for 2023
date: 2023-01-26
---
In 2022 Port Elland signed 212 new projects and used US$410 million of foreign capital.

The city has set itself the following goals for 2023: 240 new projects, agreed investment of 31 billion yuan and a \
start rate of 60 percent.

At the end of 2022 Port Elland had 17 foreign-funded research institutes.
"""
AUGUST = """title: Port Elland halfway through 2023
date: 2023-08-09
---
In May the city government raised the 2023 goal for new projects in Port Elland from 240 to 275.

In the first half of 2023 Port Elland signed 148 new projects. The start rate of 52.0 percent was 8 percentage points \
short of the target for the year.

Foreign capital used in the first half of 2023 came to US$189 million. That is 42 percent of the annual target.

There were 23 foreign-funded research institutes in Port Elland by the end of July.
"""
FEBRUARY = """title: Port Elland looks back on 2023
date: 2024-02-21
---
Port Elland signed 301 new projects in 2023, and more than 65 percent of the projects have gone into construction. In \
all, 208 new projects were started in 2023.

At the end of 2023 Port Elland had 31 foreign-funded research institutes.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    yield from asking(tmp_path_factory, JANUARY, AUGUST, FEBRUARY)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("By how many projects did Port Elland beat its raised 2023 goal for new projects?", 26),
        ("How far above its 2023 goal for new projects did Port Elland end up?", 26),
        ("How many new projects more than originally planned did Port Elland sign in 2023?", 61),
        ("What was Port Elland's goal for new projects in 2023 after it was raised?", 275),
        ("What was the original 2023 goal for new projects in Port Elland?", 240),
        ("What start rate target for 2023 does Port Elland's half-year briefing imply?", 60),
        ("Work out Port Elland's foreign capital target for 2023.", 4.5e8),
        ("What annual foreign capital target for Port Elland follows from the first-half figures of 2023?", 4.5e8),
    ],
)
def test_the_goal_in_force(ask: Ask, question: str, value: float) -> None:
    answer = ask(question)
    assert answer.status == "answered", answer.text
    assert answer.value.value == pytest.approx(value), answer.text


def test_the_result_of_the_year_is_held_against_its_goal(ask: Ask) -> None:
    answer = ask("Port Elland start rate 2023, target and outcome?")
    assert "60 percent" in answer.text
    assert "over 65 percent" in answer.text


def test_all_counts_at_their_times(ask: Ask) -> None:
    answer = ask("How many foreign-funded research institutes does Port Elland have? I keep finding different numbers")
    assert all(f"{n} institutes" in answer.text for n in (17, 23, 31)), answer.text


@pytest.mark.parametrize(
    "question",
    ["Port Elland start rate 2023: 65 or 69 percent?", "Is Port Elland's start rate for 2023 65 percent or rather 69?"],
)
def test_a_published_rate_and_that_of_the_counts(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "ver 65 percent" in answer.text
    assert "208 projects" in answer.text
    assert "301 projects" in answer.text


def test_two_goals_for_one_year(ask: Ask) -> None:
    answer = ask("Port Elland's goal for new projects in 2023, I come across two versions")
    assert "240 projects" in answer.text
    assert "275 projects" in answer.text


def test_a_single_goal_and_a_single_count_are_told_as_before(ask: Ask) -> None:
    assert ask("What was Port Elland's goal for agreed investment in 2023?").value.value == 3.1e10
    assert ask("How many new projects did Port Elland sign in 2022?").value.value == 212
