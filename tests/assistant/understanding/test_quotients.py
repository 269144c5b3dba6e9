"""Numbers that the asker writes are taken for the published figures of that size, one as a share of the other."""

import pytest

from knowledge.library import Library
from tests.assistant.understanding.conftest import ask_of

NOTICE = """title: Lakeside signs 250 deals in 2023
date: 2024-02-08
---
Lakeside signed 250 deals in 2023. Work began on 95 of the deals before the year was out.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    library = Library.open(tmp_path_factory.mktemp("quotients"), embedder="none")
    path = tmp_path_factory.mktemp("notices") / "n.txt"
    path.write_text(NOTICE, encoding="utf-8")
    library.add([str(path)])
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(
    "question",
    [
        "What is 95 as a percentage of 250 deals?",
        "95 out of 250 deals signed is what pct",
        "95 of the 250 signed deals, in percent?",
        "what percent is 95 of 250",
    ],
)
def test_the_quotient_is_told(ask, question):
    answer = ask(question)
    assert answer.value is not None, answer.text
    assert (answer.value.value, answer.value.unit) == (38, "percent")


def test_numbers_that_nobody_published_are_not_divided(ask):
    assert ask("What is 77 as a percentage of 250 deals?").value is None
