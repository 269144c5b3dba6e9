"""What a part leaves of its whole, shares added up and applied, growth rates set against each other."""

import pytest

from knowledge.library import Library
from tests.assistant.understanding.conftest import ask_of

NOTICE = """title: Calder Bay reports on its projects of 2022
date: 2023-02-10
---
Calder Bay added 640 new projects in 2022, with an expected investment of 8 billion euros.

By the end of 2022, 480 of the projects had landed. 160 of the new projects were foreign-funded.

Of the expected investment, the chemicals sector accounted for 30 percent and logistics for 15 percent.

Investment from Norway rose 24 percent and investment from Spain 9 percent in 2022.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    home = tmp_path_factory.mktemp("remainders")
    (home / "calder.txt").write_text(NOTICE, encoding="utf-8")
    library = Library.open(home / "store", embedder="none")
    library.add([str(home / "calder.txt")])
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("How many of the projects did not land?", 160, "projects"),
        ("How many projects have not landed in Calder Bay?", 160, "projects"),
        ("How many of the new projects weren't foreign-funded?", 480, "projects"),
        ("How many projects landed in Calder Bay?", 480, "projects"),
        ("What share do chemicals and logistics have together?", 45, "percent"),
        ("What share of the expected investment goes to logistics?", 15, "percent"),
        ("How many percentage points faster did investment from Norway grow than from Spain?", 15, "percentage points"),
    ],
)
def test_the_rest_and_the_sum_of_shares_are_worked_out(ask, question, value, unit):
    answer = ask(question)
    assert answer.value is not None, answer.text
    assert (abs(answer.value.value), answer.value.unit) == (abs(value), unit), answer.text


def test_a_denied_thing_that_nothing_counts_is_refused(ask):
    answer = ask("How many of the projects were not green?")
    assert answer.value is None, answer.text
