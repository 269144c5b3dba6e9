"""A published rate beside the counts behind it, and goals that are no answer to what was done."""

import pytest

from knowledge.library import Library
from tests.assistant.understanding.conftest import ask_of

NOTICE = """title: Marlow Bay signs 150 projects in 2023
date: 2024-02-08
---
Marlow Bay signed 150 projects in 2023, and the start rate was above 70 percent. Construction began on 117 of the \
projects before the year was out.

In 2024 the bay is to use $900 million of foreign capital.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    library = Library.open(tmp_path_factory.mktemp("rates"), embedder="none")
    path = tmp_path_factory.mktemp("notices") / "n.txt"
    path.write_text(NOTICE, encoding="utf-8")
    library.add([str(path)])
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize("question", ["What was Marlow Bay's start rate in 2023?", "marlow bay commencement rate 2023"])
def test_the_counts_behind_a_rate_are_told(ask, question):
    answer = ask(question)
    assert answer.value.value == 70
    assert "78 percent" in answer.text


def test_how_many_were_signed_is_not_how_many_began(ask):
    assert ask("How many projects in Marlow Bay in 2023?").value.value == 150
    assert ask("On how many projects did construction begin in 2023?").value.value == 117


def test_a_goal_is_no_result(ask):
    assert ask("How much foreign capital did Marlow Bay use in 2024?").status == "refused"
    assert ask("How much foreign capital does Marlow Bay want to use in 2024?").value.value == 9e8
