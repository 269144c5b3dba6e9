"""Goals and what came of them: met or missed, how far along, what is left, one year's goal against another's result."""

import pytest

from knowledge.library import Library
from tests.assistant.understanding.conftest import ask_of

YEAR = """title: Harlow Coast wins 72 projects in 2023
date: 2024-01-25
---
Harlow Coast won 72 investment projects in 2023. The target had been 66 projects.

The projects are worth 480 million euros; the goal for 2023 was 500 million euros.

For 2024, Harlow Coast has set a target of 80 projects and 560 million euros of investment.
"""
HALF = """title: Harlow Coast in the first half of 2024
date: 2024-07-18
---
Harlow Coast won 43 investment projects in the first half of 2024.

The port of Harlow handled 2.1 million tonnes from January to June 2024; 5 million tonnes are planned for 2024.
"""
CHINESE = """title: 东屿市上半年外资增长
date: 2024-07-12
---
2024年上半年，东屿市实际使用外资6.5亿美元，新设外资企业130家。

全年目标为实际使用外资12.5亿美元、新设外资企业250家。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    home = tmp_path_factory.mktemp("goals")
    for name, text in (("year", YEAR), ("half", HALF), ("zh", CHINESE)):
        (home / f"{name}.txt").write_text(text, encoding="utf-8")
    library = Library.open(home / "store", embedder="none")
    library.add([str(home / f"{name}.txt") for name in ("year", "half", "zh")])
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("By how many projects did Harlow Coast exceed its 2023 target?", 6, "projects"),
        ("How far above its 2023 goal for projects was Harlow Coast, in percent?", 9.0909, "percent"),
        ("By how much did the investment of the Harlow Coast projects miss the goal in 2023?", -20e6, "EUR"),
        ("How many projects does Harlow Coast still need in 2024 to meet its target?", 37, "projects"),
        ("How many projects are left for the second half of 2024 to reach the Harlow Coast target?", 37, "projects"),
        ("H1 2024 in Harlow Coast: how many projects were still missing to the full-year goal?", 37, "projects"),
        ("What share of its 2024 project target had Harlow Coast reached by the end of June?", 53.75, "percent"),
        ("How far along is the port of Harlow with its cargo plan for 2024?", 42, "percent"),
        ("How many more projects does Harlow Coast want in 2024 than it won in 2023?", 8, "projects"),
        ("Harlow Coast target for projects in 2024 vs the 2023 result, percent difference?", 11.1111, "percent"),
        ("东屿市上半年实际使用外资占全年目标的百分之几?", 52, "percent"),
        ("离全年目标,东屿市新设外资企业还差多少家?", 120, "enterprises"),
    ],
)
def test_a_goal_is_set_against_what_came_of_it(ask, question, value, unit):
    answer = ask(question)
    assert answer.value is not None, answer.text
    assert answer.value.unit == unit, answer.text
    assert answer.value.value == pytest.approx(value, rel=1e-4)


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Did Harlow Coast reach its project target in 2023?", "Yes"),
        ("Did the investment of the Harlow Coast projects reach its goal in 2023?", "No"),
        ("Was the Harlow Coast target for projects in 2024 larger than the result of 2023?", "Yes"),
        ("Was the Harlow Coast target for projects in 2024 smaller than the result of 2023?", "No"),
    ],
)
def test_whether_a_goal_was_met(ask, question, opening):
    assert ask(question).text.startswith(opening)


@pytest.mark.parametrize(
    "question",
    [
        "Did Harlow Coast reach its project target for 2024?",  # the year goes on
        "How many jobs are still missing to the Harlow Coast goal for 2024?",
        "By how many projects did Harlow Coast exceed its 2022 target?",
    ],
)
def test_what_is_not_known_yet_is_refused(ask, question):
    assert ask(question).status == "refused"


def test_the_goal_alone_stays_a_look_up(ask):
    answer = ask("What is the Harlow Coast target for projects in 2024?")
    assert (answer.value.value, answer.interpretation["operation"]) == (80, "lookup")
