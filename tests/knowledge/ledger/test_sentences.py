"""Labelled sentences: the figures that each publishes, with every attribute."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.figure import Figure
from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

HERE = Path(__file__).parent
EXACT = ("unit", "time_period", "scenario", "qualifier")
LEVELS = {"level", "cumulative"}


def rows() -> list[dict[str, Any]]:
    files = sorted(HERE.glob("sentences_*.jsonl"))
    return [json.loads(line) for f in files for line in f.read_text(encoding="utf-8").splitlines()]


def read(row: dict[str, Any]) -> tuple[Figure, ...]:
    published = date.fromisoformat(row["published"])
    return extract(Notice("n", "n.txt", "", row["text"], row["language"], published), load())


def speaks(figure: Figure, label: str, language: str) -> bool:
    said = " ".join((figure.label, figure.ref_area, *figure.dimensions.values())).casefold()
    return all(part in said for part in (label if language == "zh" else label.casefold().split()))


def test_there_are_enough_of_them() -> None:
    found = [row["language"] for row in rows()]
    assert len(found) >= 80
    assert {"en", "zh", "de", "fr"} == set(found)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"][:60])
def test_reads_every_figure(row: dict[str, Any]) -> None:
    figures = {f.published_as: f for f in read(row)}
    assert set(figures) == {want["published_as"] for want in row["figures"]}
    for want in row["figures"]:
        figure = figures[want["published_as"]]
        assert figure.value == pytest.approx(want["value"])
        assert {name: getattr(figure, name) for name in EXACT} == {name: want[name] for name in EXACT}
        assert {figure.change_kind, want["change_kind"]} <= LEVELS or figure.change_kind == want["change_kind"]
        assert speaks(figure, want["label"], row["language"]), (figure.label, figure.dimensions)
