"""What people put right: corrections laid over the figures as extracted, and read out of an edited table.

The figures in the store stay as they were extracted; a correction is a row of its own, with who and when.
"""

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from enum import EnumType
from pathlib import Path
from typing import Any

from knowledge.errors import AskerError
from knowledge.figure import ChangeKind, Figure, FigureStatus, ObsStatus, Qualifier, Scenario
from knowledge.ledger.correction import Correction

WITHDRAWN = "withdrawn"
_PART = r"\d{4}(?:-(?:\d\d(?:-\d\d)?|Q[1-4]|H[12]))?"
_PERIOD = re.compile(rf"(?:(?:to )?{_PART}|{_PART}/{_PART})?")
_FORMULA = re.compile(r"[=+@\t\r-]")
Row = Mapping[str, str]


def _number(text: str) -> float:
    value = float(text.replace(",", ""))
    if not math.isfinite(value):
        raise ValueError("not a finite number")
    return value


def _flag(text: str) -> bool:
    known = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}
    if text.strip().lower() not in known:
        raise ValueError("expected true or false")
    return known[text.strip().lower()]


def _dimensions(text: str) -> dict[str, str]:
    value = json.loads(text or "{}")
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise ValueError('expected an object of texts, like {"ownership": "foreign-funded"}')
    return value


def _period(text: str) -> str:
    if not _PERIOD.fullmatch(text):
        raise ValueError("expected a period like 2023, 2023-Q1, 2023-04, 2021-01/2021-05 or to 2023-04-30")
    return text


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


# What a person may correct, and how it is read; whatever else is in the table is the figure's place and stays.
_READERS: dict[str, Callable[[str], Any]] = {
    "indicator": _text,
    "label": _text,
    "value": _number,
    "unit": str,
    "ref_area": str,
    "dimensions": _dimensions,
    "time_period": _period,
    "qualifier": Qualifier,
    "scenario": Scenario,
    "change_kind": ChangeKind,
    "base_period": lambda text: _period(text) or None,
    "relates_to": lambda text: text or None,
    "comparable_basis": _flag,
    "obs_status": ObsStatus,
}


def apply(figures: Iterable[Figure], corrections: Sequence[Correction]) -> tuple[Figure, ...]:
    """The figures with all corrections laid over them, in order; withdrawn ones keep their place, by status."""
    found = tuple(figures)
    if not corrections:
        return found
    places = {figure.figure_id: place for place, figure in enumerate(found)}
    anchors: dict[tuple[str, str, str], list[int]] = {}
    for place, figure in enumerate(found):
        anchors.setdefault((figure.source, figure.published_as, figure.quote), []).append(place)
    changed = list(found)
    for correction in corrections:
        known = places.get(correction.figure_id)
        # where the text around it has moved, by its words, if they are the only ones
        candidates = [known] if known is not None else anchors.get(correction.anchor, [])
        if len(candidates) == 1:
            changed[candidates[0]] = _corrected(changed[candidates[0]], correction)
    return tuple(changed)


def check(correction: Correction) -> None:
    """AskerError where a correction names no field that can be corrected, or a value that it cannot take."""
    try:
        if correction.field == WITHDRAWN:
            _flag(correction.after)
        elif correction.field in _READERS:
            _read(correction.field, correction.after)
        else:
            raise ValueError(f"{correction.field!r} cannot be corrected; choose {', '.join(_READERS)} or {WITHDRAWN}")
    except ValueError as error:
        raise AskerError(f"figure {correction.figure_id}: {error}") from None


def _corrected(figure: Figure, correction: Correction) -> Figure:
    if correction.field == WITHDRAWN:
        gone = _flag(correction.after)
        return replace(figure, status=FigureStatus.WITHDRAWN if gone else FigureStatus.OK)
    value = _READERS[correction.field](correction.after)
    status = figure.status if figure.status is FigureStatus.WITHDRAWN else FigureStatus.CORRECTED
    return replace(figure, **{correction.field: value}, status=status)


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """The figures as lines of CSV, one row each, a column for each field; `read` takes them back."""
    line = io.StringIO()
    writer = csv.DictWriter(line, [field.name for field in fields(Figure)], lineterminator="\n")
    writer.writeheader()
    for figure in figures:
        yield line.getvalue()
        line.seek(0)
        line.truncate()
        writer.writerow({name: _cell(value) for name, value in figure.as_row().items()})
    yield line.getvalue()


def read(
    path: Path,
    figures: Sequence[Figure],
    *,
    who: str,
    when: datetime,
    reason: str = "",
    large: Callable[[], Iterable[Figure]] = tuple,
) -> tuple[Correction, ...]:
    """The corrections that an edited table makes: every cell that differs from the figure it names.

    A `status` of `withdrawn` withdraws, one of `ok` takes back a withdrawal; rows that are left out change nothing.
    Figures of `large` tables may stand in it as they are; they are corrected in their own files.
    AskerError names the line and cell where the table cannot be taken, and then nothing of it is.
    """
    known = {figure.figure_id: figure for figure in figures}
    made: list[Correction] = []
    others: dict[str, list[tuple[int, Row]]] = {}
    for line, row in _rows(path):
        figure = known.get(row["figure_id"])
        if figure is None:
            others.setdefault(row["figure_id"], []).append((line, row))
            continue
        made += [
            Correction(figure.figure_id, name, before, after, who, when, _anchor(figure), reason)
            for name, before, after in _made(path, line, figure, row)
        ]
    _unchanged(path, others, large() if others else ())
    return tuple(made)


def _made(path: Path, line: int, figure: Figure, row: Row) -> list[tuple[str, str, str]]:
    """What a row changes. AskerError where it holds what cannot be taken."""
    try:
        return list(_differences(figure, row))
    except ValueError as error:
        raise AskerError(f"{path}:{line}: {error}") from None


def _unchanged(path: Path, rows: dict[str, list[tuple[int, Row]]], large: Iterable[Figure]) -> None:
    """AskerError where one of the rows names no figure of a large table, or changes it."""
    for figure in large:
        for line, row in rows.pop(figure.figure_id, ()):
            if _made(path, line, figure, row):
                remedy = f"correct {figure.source} itself and add it again"
                raise AskerError(f"{path}:{line}: figure {figure.figure_id} stands in a large table; {remedy}")
    for name, ((line, _), *_) in rows.items():
        raise AskerError(f"{path}:{line}: figure {name!r} is not known; keep the column figure_id")


def _differences(figure: Figure, row: Row) -> Iterable[tuple[str, str, str]]:
    own = figure.as_row()
    for name, cell in row.items():
        before = _cell(own.get(name))
        if name in _READERS:
            if _read(name, cell) != _read(name, before):
                yield name, _bare(before), _bare(cell)
        elif name == "status":
            if cell != before and WITHDRAWN in (cell, before):
                yield WITHDRAWN, str(before == WITHDRAWN).lower(), str(cell == WITHDRAWN).lower()
        elif name in own and name in ("published_as", "quote", "notice_id", "source") and cell != before:
            raise ValueError(f"{name} is what was printed and where; it cannot be changed ({cell!r})")


def _read(name: str, cell: str) -> Any:
    reader = _READERS[name]
    try:
        return reader(_bare(cell))
    except ValueError as error:
        choices = ", ".join(reader) if isinstance(reader, EnumType) else ""
        raise ValueError(f"{name} {cell!r}: {f'choose {choices}' if choices else error}") from None


def _rows(path: Path) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AskerError(f"{path}: cannot be read as UTF-8 text ({error})") from None
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), restval="")
    if "figure_id" not in (reader.fieldnames or ()):
        raise AskerError(f"{path}: has no column figure_id; begin with `tally figures --csv`")
    for row in reader:
        if None in row:
            raise AskerError(f"{path}:{reader.line_num}: has more cells than columns")
        yield reader.line_num, row


def _cell(value: Any) -> str:
    """A value as it stands in a cell; a text that a spreadsheet would take for a formula is marked by an apostrophe."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if value is None or isinstance(value, bool | int | float):
        return "" if value is None else repr(value)
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell


def _anchor(figure: Figure) -> tuple[str, str, str]:
    return figure.source, figure.published_as, figure.quote
