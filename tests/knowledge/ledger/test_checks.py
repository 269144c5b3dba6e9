"""Published arithmetic: what is flagged, and what is not."""

from datetime import date

import pytest

from knowledge.figure import Figure
from knowledge.ledger.catalogue import load
from knowledge.ledger.checks import across, check
from knowledge.ledger.extract import extract
from knowledge.notice import Notice


def read(
    text: str, source: str = "a.txt", published: date = date(2024, 2, 20), language: str = "en"
) -> tuple[Figure, ...]:
    return extract(Notice(source, source, "", text, language, published), load())


TABLE = [
    ("rate_of_counts", "In 2023 the zone added 200 projects and 150 projects landed, with a landing rate of over "
        "60 percent.", "75.0"),
    ("parts_total", "Spending was $100.0 billion in 2023.\nIn 2023, $60.0 billion went to wages, $30.0 billion to "
        "land and $9.0 billion to fees.", "99"),
    ("shares_total", "Services took 60 percent, manufacturing 30 percent and trade 15 percent of the total in "
        "2023.", "105"),
    ("growth_of_levels", "Sales reached $50 billion in 2023, up 20 percent.\nSales were $45 billion in 2022.", "+11.1"),
    ("exchange_rate", "A cost 70 million yuan ($10 million). B cost 140 million yuan ($20 million). C cost 70 "
        "million yuan ($20 million).", "3.5"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "named"), TABLE, ids=[row[0] for row in TABLE])
def test_flags(code: str, text: str, named: str) -> None:
    figures = read(text)
    found = [flag for flag in check(figures) if flag.code == code]
    assert found
    assert any(named in flag.explanation for flag in found)
    assert all(set(flag.figure_ids) <= {f.figure_id for f in figures} for flag in found)


@pytest.mark.parametrize(
    "text",
    [
        "In 2023 the zone added 200 projects and 120 projects landed, with a landing rate of 60 percent.",
        "Exports reached $50 billion in 2023, up 11 percent.\nExports were $45 billion in 2022.",
        "Local revenue was $50 billion in 2023, up 20 percent on a comparable basis.\nLocal revenue was $45 "
        "billion in 2022.",
        "Services took 60 percent, manufacturing 30 percent and trade 10 percent of the total in 2023.",
    ],
)
def test_right_arithmetic_is_not_flagged(text: str) -> None:
    assert check(read(text)) == ()


def test_two_notices_that_disagree() -> None:
    first = read("FDI in Portugal was $5.2 billion in 2023.", "a.txt", date(2024, 1, 20))
    second = read("FDI in Portugal was $6.4 billion in 2023.", "b.txt", date(2024, 6, 20))
    notices = {
        s: Notice(s, s, "", "", "en", d) for s, d in (("a.txt", date(2024, 1, 20)), ("b.txt", date(2024, 6, 20)))
    }
    (flag,) = across((*first, *second), notices)
    assert flag.code == "conflict"
    assert "$5.2 billion" in flag.explanation
    assert "2024-06-20" in flag.explanation


def test_a_small_later_change_is_a_revision() -> None:
    first = read("FDI in Portugal was $5.20 billion in 2023.", "a.txt")
    second = read("FDI in Portugal was $5.25 billion in 2023.", "b.txt")
    notices = {
        s: Notice(s, s, "", "", "en", d) for s, d in (("a.txt", date(2024, 1, 20)), ("b.txt", date(2024, 6, 20)))
    }
    assert [flag.code for flag in across((*first, *second), notices)] == ["revision"]


def test_over_is_no_contradiction() -> None:
    first = read("FDI in Portugal was more than $5 billion in 2023.", "a.txt")
    second = read("FDI in Portugal was $5.25 billion in 2023.", "b.txt")
    assert across((*first, *second), {}) == ()


def test_places_that_no_catalogue_knows_are_two_places() -> None:
    """One number each of two towns is no conflict; two numbers of one town are."""
    texts = {
        "marlow.txt": "In 2023 fixed asset investment in Marlow was $356 million.",
        "oxley.txt": "In 2023 fixed asset investment in Oxley was $12 million.",
        "again.txt": "In 2023 fixed asset investment in Marlow was $410 million.",
    }
    notices = {name: Notice(name, name, "", text, "en", date(2024, 2, 20)) for name, text in texts.items()}

    def codes(*names: str) -> list[str]:
        figures = tuple(f for name in names for f in extract(notices[name], load()))
        return [flag.code for flag in across(figures, notices)]

    assert codes("marlow.txt", "oxley.txt") == []
    assert codes("marlow.txt", "again.txt") == ["conflict"]
