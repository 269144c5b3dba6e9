"""Which is first, which second, and which single thing is the largest."""

import pytest

from knowledge.library import Library
from tests.assistant.understanding.conftest import ask_of

NOTICE = """title: Foreign direct investment projects in Mornland 2023
date: 2024-02-04
---
Invest Mornland counted 212 projects in 2023. The largest source of projects was Germany with 60 projects, followed by \
Japan with 41, Italy with 30 and Norway with 12.

The largest project of the year is a turbine plant near Kelmore. The biggest worry of investors was the price of energy.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    home = tmp_path_factory.mktemp("first")
    (home / "mornland.txt").write_text(NOTICE, encoding="utf-8")
    library = Library.open(home / "store", embedder="none")
    library.add([str(home / "mornland.txt")])
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(
    ("question", "value", "name"),
    [
        ("Which country was the largest source of projects?", 60, "Germany"),
        ("Which country was the second largest source of projects?", 41, "Japan"),
        ("third biggest source country in 2023?", 30, "Italy"),
    ],
)
def test_the_place_that_is_asked_for_is_told(ask, question, value, name):
    answer = ask(question)
    assert answer.value is not None, answer.text
    assert answer.value.value == value
    assert name in answer.text.split(",")[0].split(":")[0]


def test_the_largest_thing_is_told_by_its_sentence(ask):
    answer = ask("What was the largest project of 2023?")
    assert "Kelmore" in answer.text


def test_a_question_for_no_number_gets_none(ask):
    answer = ask("What worries investors in Mornland?")
    assert answer.value is None
