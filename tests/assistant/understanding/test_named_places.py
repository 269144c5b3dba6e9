"""Places named one after another, years as a notice writes them, claims denied: over a notice of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.library import Library
from tests.assistant.understanding.conftest import Ask, ask_of

TEXT = """title: Ireland investment figures
date: 2024-02-20
---
In 2023 capital expenditure in Ireland fell 12 percent to 900 million euros.
France was the leading source of capital expenditure in 2023 with 310 million euros, followed by Japan with 220 million
euros and Germany with 150 million euros.
The new jobs pay 2,400 euros a month on average. Investors created 3,000 jobs in 2023.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    home = tmp_path_factory.mktemp("places")
    (notice := Path(home / "ireland.txt")).write_text(TEXT, encoding="utf-8")
    library = Library.open(home / "home", embedder="none")
    library.add([str(notice)])
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Capital expenditure from France, Japan and Germany combined in 2023?", 680_000_000),
        ("Capital expenditure in Ireland from France and Japan together in 2023?", 530_000_000),
    ],
)
def test_a_sum_covers_the_places_that_are_named_and_not_the_whole(ask: Ask, question: str, value: float) -> None:
    assert ask(question).value.value == value


def test_a_sum_that_lacks_a_named_place_is_not_given(ask: Ask) -> None:
    answer = ask("Capital expenditure from France, Japan and Singapore combined in 2023?")
    assert answer.value is None or answer.value.value not in (530_000_000, 680_000_000)


def test_what_is_denied_is_a_no(ask: Ask) -> None:
    answer = ask("Capital expenditure in Ireland rose in 2023, right?")
    assert answer.value.value is False
    assert "12 percent" in answer.text


def test_pay_is_not_divided_by_jobs(ask: Ask) -> None:
    answer = ask("What is the average pay of the new jobs in Ireland?")
    assert answer.value is None or answer.value.value == 2400
