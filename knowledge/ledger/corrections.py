"""People correct the ledger: figures out as CSV, an edited CSV back in, corrections laid over the originals."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from knowledge.errors import AskerError
from knowledge.figure import ChangeKind, Figure, FigureStatus, ObsStatus, Qualifier, Scenario
from knowledge.ledger.correction import Correction

WITHDRAWN = "withdrawn"
ENUMS: dict[str, type[StrEnum]] = {
    "qualifier": Qualifier,
    "scenario": Scenario,
    "change_kind": ChangeKind,
    "obs_status": ObsStatus,
}
TEXTS = ("indicator", "label", "unit", "ref_area", "time_period", "base_period", "relates_to")
EDITABLE = ("value", *TEXTS, *ENUMS, "comparable_basis")
SHOWN = ("figure_id", "source", "published_as", "quote", *EDITABLE, "status")
TRUE, FALSE = ("true", "1", "yes"), ("false", "0", "no", "")


def to_csv(figures: Iterable[Figure]) -> str:
    """Figures as a table for a spreadsheet; `from_csv` reads it back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(SHOWN)
    for figure in figures:
        writer.writerow([_printed(getattr(figure, name)) for name in SHOWN])
    return out.getvalue()


def _printed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def from_csv(
    text: str, figures: Iterable[Figure], who: str, when: datetime, reason: str = ""
) -> tuple[Correction, ...]:
    """What an edited table changes, row by row; AskerError names the row that cannot be taken."""
    known = {figure.figure_id: figure for figure in figures}
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    if "figure_id" not in (reader.fieldnames or ()):
        raise AskerError("the table has no column figure_id; start from `tally figures --csv`")
    out: list[Correction] = []
    for line, row in enumerate(reader, start=2):
        figure = known.get((row.get("figure_id") or "").strip())
        if figure is None:
            raise AskerError(f"line {line}: no figure {row.get('figure_id')!r}; start from `tally figures --csv`")
        out += _changes(figure, row, line, who, when, reason)
    return tuple(out)


def _changes(
    figure: Figure, row: dict[str, Any], line: int, who: str, when: datetime, reason: str
) -> Iterator[Correction]:
    anchor = (figure.source, figure.published_as, figure.quote)
    status = (row.get("status") or "").strip().lower()
    if status == FigureStatus.WITHDRAWN and figure.status is not FigureStatus.WITHDRAWN:
        yield Correction(figure.figure_id, WITHDRAWN, str(figure.status), WITHDRAWN, who, when, anchor, reason)
        return
    for name in EDITABLE:
        after = row.get(name)
        before = _printed(getattr(figure, name))
        if after is None or after.strip() == before.strip():
            continue
        taken = _value(name, after.strip(), line)
        if taken != getattr(figure, name):
            yield Correction(figure.figure_id, name, before, after.strip(), who, when, anchor, reason)


def _value(name: str, text: str, line: int) -> Any:
    """A field's value from its text; AskerError where it is none."""
    if name in ENUMS:
        if text not in list(ENUMS[name]):
            raise AskerError(f"line {line}: {name} {text!r} is none of {', '.join(ENUMS[name])}")
        return ENUMS[name](text)
    if name == "value":
        try:
            value = float(text)
        except ValueError:
            raise AskerError(
                f"line {line}: value {text!r} is no number; write it in base units, as 1300000000"
            ) from None
        if value != value or value in (float("inf"), float("-inf")):
            raise AskerError(f"line {line}: value {text!r} is no number; write it in base units, as 1300000000")
        return value
    if name == "comparable_basis":
        if text.lower() not in TRUE + FALSE:
            raise AskerError(f"line {line}: comparable_basis {text!r} is neither true nor false")
        return text.lower() in TRUE
    if name in ("base_period", "relates_to"):
        return text or None
    return text


def apply(figures: Sequence[Figure], corrections: Sequence[Correction]) -> tuple[Figure, ...]:
    """Figures with corrections laid over them, the latest of a field last; the originals are not touched.

    A correction finds its figure by id or, after the notice's text moved, by source, token and quote.
    """
    by_id: dict[str, list[Correction]] = {}
    by_anchor: dict[tuple[str, str, str], list[Correction]] = {}
    for correction in sorted(corrections, key=lambda c: c.when):
        by_id.setdefault(correction.figure_id, []).append(correction)
        by_anchor.setdefault(correction.anchor, []).append(correction)
    present = {figure.figure_id for figure in figures}
    out = []
    for figure in figures:
        anchor = (figure.source, figure.published_as, figure.quote)
        moved = [c for c in by_anchor.get(anchor, ()) if c.figure_id not in present]
        out.append(_corrected(figure, [*by_id.get(figure.figure_id, ()), *moved]))
    return tuple(out)


def _corrected(figure: Figure, corrections: Sequence[Correction]) -> Figure:
    for correction in sorted(corrections, key=lambda c: c.when):
        if correction.field == WITHDRAWN:
            restored = correction.after != WITHDRAWN
            figure = replace(figure, status=FigureStatus.OK if restored else FigureStatus.WITHDRAWN)
        elif correction.field in EDITABLE:
            value = _value(correction.field, correction.after, 0)
            figure = replace(
                figure, **{correction.field: value, "status": FigureStatus.CORRECTED, "extracted_by": "person"}
            )
    return figure
