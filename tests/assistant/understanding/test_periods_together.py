"""Totals and means over the years of a table."""

import pytest

from knowledge.library import Library
from tests.assistant.understanding.conftest import ask_of

NOTICE = """title: Inward investment in the Valley region, 2018 to 2022
date: 2023-03-04
---
Valley Invest today published its annual results.

Year Projects Jobs created

2018 41 1,120

2019 55 1,310

2020 38 990

2021 47 1,205

2022 52 1,250
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    home = tmp_path_factory.mktemp("together")
    (home / "valley.txt").write_text(NOTICE, encoding="utf-8")
    library = Library.open(home / "store", embedder="none")
    library.add([str(home / "valley.txt")])
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("How many projects were there from 2018 to 2022 in total?", 233, "projects"),
        ("jobs created 2018-2022 in total", 5875, "jobs"),
        ("Total projects in 2020 and 2021", 85, "projects"),
        ("Average projects per year 2018-2022", 46.6, "projects"),
        ("How many jobs on average each year between 2019 and 2021?", 3505 / 3, "jobs"),
        ("How many jobs were created in 2020?", 990, "jobs"),
    ],
)
def test_years_are_added_up_and_averaged(ask, question, value, unit):
    answer = ask(question)
    assert answer.value is not None, answer.text
    assert (answer.value.value, answer.value.unit) == (pytest.approx(value), unit), answer.text


def test_a_year_outside_the_table_is_no_part_of_a_total(ask):
    assert ask("How many projects were there in 2014?").status == "refused"


def test_growth_is_of_what_is_asked_not_of_what_is_spent_on_it(tmp_path):
    (tmp_path / "zone.txt").write_text(
        "title: Arden Zone adds projects\ndate: 2024-01-20\n---\nIn 2023, 400 new projects were added to the Arden "
        "Zone database, a year-on-year increase of 60 percent. The expected investment of these projects was 9 billion "
        "yuan, up 24 percent year-on-year.\n",
        encoding="utf-8",
    )
    library = Library.open(tmp_path / "store", embedder="none")
    library.add([str(tmp_path / "zone.txt")])
    ask = ask_of(library)
    for question in ("By how much did new projects grow in 2023?", "growth of new projects in 2023"):
        assert ask(question).value.value == 60, question
    assert ask("By how much did the expected investment grow in 2023?").value.value == 24
    library.close()
