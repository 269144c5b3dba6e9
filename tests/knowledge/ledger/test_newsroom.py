"""Short notices in newsroom styles: each figure with its value, unit, kind, scenario, period and telling words.

A block of `newsroom.txt` is `title || text`, then a line a figure: `value unit; kind/scenario; period; words`, where
`level` is a level or a stock, `*` any period, and the words stand in the label, the dimensions or the area.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from knowledge.figure import Figure
from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

BLOCKS = (Path(__file__).parent / "newsroom.txt").read_text(encoding="utf-8").strip().split("\n\n")


def read(head: str) -> Sequence[Figure]:
    title, _, text = head.rpartition(" || ")
    return extract(Notice("n", "n.txt", title, text, "en", date(2024, 2, 20)), load())


def states(figure: Figure, wanted: str) -> bool:
    amount, kind, period, words = (part.strip() for part in wanted.split(";"))
    value, _, unit = amount.partition(" ")
    kind, _, scenario = kind.partition("/")
    told = " ".join((figure.label, *figure.dimensions.values(), figure.ref_area)).casefold()
    return (
        figure.value == pytest.approx(float(value))
        and unit in ("", figure.unit)
        and figure.scenario == (scenario or "actual")
        and (figure.change_kind == kind or (kind == "level" and figure.change_kind == "cumulative"))
        and period in ("*", figure.time_period)
        and all(word in told for word in words.split())
    )


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block[:50])
def test_every_figure_is_what_a_person_would_read(block: str) -> None:
    head, *wanted = block.split("\n")
    figures = read(head)
    assert [line for line in wanted if not any(states(f, line) for f in figures)] == []


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("The fair opened at 9 a.m. and lasted for three days.", "three"),
        ("The programme runs for five months and has 40 mentors.", "five"),
        ("Over the last 12 months the port approved 40 plans.", "12"),
    ],
)
def test_a_stretch_that_nothing_takes_is_no_figure(text: str, token: str) -> None:
    assert token not in {f.published_as for f in read(text)}


def test_a_range_behind_by_stays_a_range() -> None:
    (figure,) = read("Output in 2023 grew by 5 to 10 percent.")
    assert (figure.published_as, figure.change_kind) == ("5 to 10 percent", "yoy_growth")


def test_the_year_of_a_plan_is_not_the_one_reported_on() -> None:
    figures = read("The port signed 40 contracts in 2023. It aims to sign 60 contracts by the end of the year.")
    assert {f.value: f.time_period for f in figures} == {40: "2023", 60: "2024"}
