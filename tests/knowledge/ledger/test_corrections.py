"""Corrections: out as a table, back in, laid over, never lost."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from knowledge.errors import AskerError
from knowledge.figure import Figure, FigureStatus
from knowledge.ledger.catalogue import load
from knowledge.ledger.corrections import apply, from_csv, to_csv
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

WHEN = datetime(2024, 5, 1, tzinfo=UTC)
TEXT = "In 2023 the county won 83 projects, up 4 percent, worth 1.2 billion pounds."


def figures(text: str = TEXT) -> tuple[Figure, ...]:
    return extract(Notice("n", "n.txt", "", text, "en", date(2024, 2, 20)), load())


def edited(changes: dict[str, dict[str, str]], known: tuple[Figure, ...]) -> str:
    rows = list(csv.DictReader(io.StringIO(to_csv(known))))
    for row in rows:
        row.update(changes.get(row["published_as"], {}))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_an_unedited_table_changes_nothing() -> None:
    known = figures()
    assert from_csv(to_csv(known), known, "ana", WHEN) == ()


def test_an_edit_is_kept_with_who_and_when_and_what_it_was() -> None:
    known = figures()
    (correction,) = from_csv(edited({"83": {"value": "84"}}, known), known, "ana", WHEN, "misprint")
    assert (correction.field, correction.before, correction.after) == ("value", "83.0", "84")
    assert (correction.who, correction.when, correction.reason) == ("ana", WHEN, "misprint")
    laid = apply(known, [correction])
    assert (laid[0].value, laid[0].status, laid[0].extracted_by) == (84, FigureStatus.CORRECTED, "person")
    assert known[0].value == 83


def test_a_withdrawal_and_the_latest_of_two_edits() -> None:
    known = figures()
    first = from_csv(edited({"83": {"value": "84"}, "4 percent": {"status": "withdrawn"}}, known), known, "ana", WHEN)
    later = [replace(first[0], after="85", when=datetime(2024, 6, 1, tzinfo=UTC))]
    laid = apply(known, [*later, *first])
    assert laid[0].value == 85
    assert [f.status for f in laid if f.published_as == "4 percent"] == [FigureStatus.WITHDRAWN]


def test_a_correction_survives_that_its_text_moved() -> None:
    known = figures()
    corrections = from_csv(edited({"83": {"label": "projects won"}}, known), known, "ana", WHEN)
    moved = figures("A new first line.\n\n" + TEXT)
    assert moved[0].figure_id != known[0].figure_id
    assert apply(moved, corrections)[0].label == "projects won"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"83": {"value": "many"}}, "'many'"),
        ({"83": {"scenario": "maybe"}}, "actual, target, forecast"),
        ({"83": {"figure_id": "nobody"}}, "'nobody'"),
        ({"83": {"value": "nan"}}, "'nan'"),
    ],
)
def test_a_bad_row_is_named(changes: dict[str, dict[str, str]], named: str) -> None:
    known = figures()
    with pytest.raises(AskerError, match=named.replace("'", ".")) as caught:
        from_csv(edited(changes, known), known, "ana", WHEN)
    assert "line 2" in str(caught.value)


def test_a_table_without_ids_is_refused() -> None:
    with pytest.raises(AskerError, match="figure_id"):
        from_csv("a,b\n1,2\n", figures(), "ana", WHEN)
