"""Things that something happened to are counted as a part of those named before, and are called by what happened."""

from datetime import date

import pytest

from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

CASES = [
    ("Ridgeport signed 210 projects in 2023. Construction began on 96 of the projects.", "96", "Construction began"),
    ("Ridgeport signed 210 projects in 2023. Work is under way on 96 of them.", "96", "Work under way"),
    ("Operation had begun at 96 factories by the end of 2023.", "96", "Operation begun"),
    ("Licences were granted to 35 firms in 2023.", "35", "Licences granted"),
]


@pytest.mark.parametrize(("text", "token", "part"), CASES, ids=[c[0] for c in CASES])
def test_what_happened_is_in_the_label(text: str, token: str, part: str) -> None:
    figures = extract(Notice("n", "n.txt", "", text, "en", date(2024, 2, 20)), load())
    found = next(f for f in figures if f.published_as == token)
    assert found.dimensions["part"] == part
    assert found.label.endswith(part)
    assert "industry" not in found.dimensions


def test_building_is_an_industry_where_it_is_one() -> None:
    text = "Construction took 12 percent of investment in 2023."
    (figure,) = extract(Notice("n", "n.txt", "", text, "en", date(2024, 2, 20)), load())
    assert figure.dimensions["industry"] == "construction"


def test_a_statement_in_front_of_a_colon_names_no_part() -> None:
    text = "The mayor opened with the results: the city signed 186 projects in 2023."
    (figure,) = extract(Notice("n", "n.txt", "", text, "en", date(2024, 2, 20)), load())
    assert "part" not in figure.dimensions
