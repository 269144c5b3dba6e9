"""The hardest phrasings, each with how it is read."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.figure import Figure
from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

HARD = tomllib.loads(Path(__file__).with_name("hard.toml").read_text(encoding="utf-8"))["hard"]


def read(text: str, language: str) -> tuple[Figure, ...]:
    return extract(Notice("n", "n", "", text, language, date(2024, 3, 8)), load())


@pytest.mark.parametrize("row", HARD, ids=[row["why"] for row in HARD])
def test_reads_hard_phrasings(row: dict[str, Any]) -> None:
    figures = {figure.published_as: figure for figure in read(row["text"], row["language"])}
    assert set(figures) == {token for token, *_ in row["read"]}
    for token, value, unit, kind, period, words in row["read"]:
        figure = figures[token]
        assert figure.value == pytest.approx(value), token
        assert (figure.unit, figure.change_kind, figure.time_period) == (unit, kind, period), token
        assert words.casefold() in figure.label.casefold(), (token, figure.label)


def test_a_twin_keeps_its_qualifier() -> None:
    (text,) = (row["text"] for row in HARD if row["why"].startswith("a twin amount"))
    assert {figure.qualifier for figure in read(text, "en")} == {"over"}
