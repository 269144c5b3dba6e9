"""Rows of a mapped table to observations: one published number each, with all that row and headings say of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from knowledge.figure import ChangeKind, ObsStatus, Scenario
from knowledge.sources.cells import read_cell
from knowledge.sources.grid import Row
from knowledge.sources.headings import Unit, change_kind, counted_in, is_bare, read_unit, split_label, without_change
from knowledge.sources.mapping import FLAGS, Column, TableMap, status_of
from knowledge.sources.timecodes import read_period

_SCENARIOS = {str(scenario): scenario for scenario in Scenario}
_PART_OF = re.compile(r"^(?:其中|其中之|of which|including|davon|dont|#|\*)\s*[:：]?\s*", re.I)
_UNIT_CODES = {"PT": "%", "PC": "%", "PCT": "%", "PC_GDP": "%", "PN": "persons", "PS": "persons", "PERS": "persons"}


class Naming(Protocol):
    """How labels become codes: the catalogue in the language of the table."""

    def indicator(self, label: str) -> str: ...
    def area(self, name: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Observation:
    """One number of a table. `token` stands in cell `column` of `row` (counted from 1)."""

    row: int
    column: str
    token: str
    value: Decimal
    unit: str
    label: str
    indicator: str
    ref_area: str = ""
    time_period: str = ""
    dimensions: dict[str, str] = field(default_factory=dict)
    scenario: Scenario = Scenario.ACTUAL
    change_kind: ChangeKind = ChangeKind.LEVEL
    obs_status: ObsStatus = ObsStatus.NORMAL


@dataclass(slots=True)
class _RowContext:
    """What the cells of one row say before its values are read."""

    label: str = ""
    unit: Unit | None = None
    area: str = ""
    period: str = ""
    dimensions: dict[str, str] = field(default_factory=dict)
    status: str = ""
    scenario: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class _Heading:
    """What the heading of a value column says: the indicator it names, its unit, its words."""

    label: str
    unit: Unit | None
    words: str


class TableReader:
    """Reads the rows of one table by its map; keeps what the row above said where a label needs it."""

    def __init__(self, table: TableMap, headings: Sequence[Row], naming: Naming, language: str) -> None:
        self.table, self.naming, self.language = table, naming, language
        self.values = tuple(c for c in table.columns if c.role == "value")
        self.others = tuple(c for c in table.columns if c.role not in ("value", "ignore"))
        self.rows_above = headings
        self.headings = {c.at: heading(headings, c.index) for c in table.columns}
        self._column_labels = self._labels_of_columns()
        self._flags = tuple({**FLAGS, **table.flags}.items())
        self._missing = frozenset(word.casefold() for word in table.missing)
        self._label_above = ""

    def _labels_of_columns(self) -> dict[str, _Heading]:
        """What each value column's heading says; "growth" alone is of the column before it."""
        rows_name = any(column.role == "indicator" for column in self.others)
        labels: dict[str, _Heading] = {}
        before = ""
        for column in self.values:
            text = column.indicator or named_by(self.rows_above, column.index)
            label, unit = split_label(text, self.language)
            whole = label
            if not column.indicator and is_bare(label):
                label = ""
            elif label and not without_change(label):
                label = "" if rows_name else before
            elif label:
                before = without_change(label)
            labels[column.at] = _Heading(label, unit, whole)
        return labels

    def read(self, number: int, row: Row) -> Iterator[Observation]:
        """The observations of row `number`."""
        context = self._context(row)
        for column in self.values:
            text = row[column.index] if column.index < len(row) else ""
            if text.casefold() in self._missing:
                continue
            if found := self._observation(number, column, text, context):
                yield found

    def unread(self, row: Row) -> list[str]:
        """Columns whose cell holds something that is neither a number nor marked as missing."""
        cells = ((c.at, row[c.index]) for c in self.values if c.index < len(row))
        return [
            at
            for at, text in cells
            if text.casefold() not in self._missing and read_cell(text, self.table.decimal, self._flags) is None
        ]

    def _context(self, row: Row) -> _RowContext:
        said = _RowContext()
        year = quarter = month = power = ""
        for column in self.others:
            text = row[column.index] if column.index < len(row) else ""
            if column.role == "indicator":
                said.label = self._row_label(text, said)
            elif column.role == "ref_area":
                said.area = text
            elif column.role == "dimension" and text:
                said.dimensions[column.name or slug(self.headings[column.at])] = text
            elif column.role == "unit":
                said.unit = _unit_code(text, self.language)
            elif column.role == "scale":
                power = text
            elif column.role == "status":
                said.status = text
            elif column.role == "scenario":
                said.scenario = text
            elif column.role == "change_kind":
                said.change = text
            elif column.role == "year":
                year = read_period(text)
            elif column.role == "quarter":
                quarter = text
            elif column.role == "month":
                month = text
            elif column.role == "time_period":
                said.period = read_period(text) or said.period
        if year:
            said.period = _within_year(year, quarter, month)
        if re.fullmatch(r"-?\d{1,2}", power):
            said.unit = Unit(said.unit.unit if said.unit else "", Decimal(10) ** int(power))
        return said

    def _row_label(self, text: str, said: _RowContext) -> str:
        """A row's indicator; "growth" alone is of the row above, a part keeps its own name."""
        label, unit = split_label(_PART_OF.sub("", text), self.language)
        said.unit = unit or said.unit
        if label and not without_change(label):
            said.change = said.change or str(change_kind(label, unit.unit if unit else "percent"))
            return self._label_above
        if label:
            self._label_above = without_change(label)
        return label

    def _observation(self, number: int, column: Column, text: str, said: _RowContext) -> Observation | None:
        cell = read_cell(text, self.table.decimal, self._flags)
        if cell is None:
            return None
        constants = self.table.constants
        head = self._column_labels[column.at]
        label = " ".join(filter(None, (said.label, head.label))) or constants.get("indicator", "")
        unit = self._unit(column, head.unit, said, cell.percent, label)
        kind = ChangeKind(column.change_kind or said.change or constants.get("change_kind") or "level")
        if kind is ChangeKind.LEVEL:
            kind = change_kind(f"{head.words} {label}", unit.unit)
        if kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH):
            label = without_change(label) or label
        area = column.ref_area or said.area or constants.get("ref_area", "")
        if not label:
            return None
        scenario = column.scenario or said.scenario or constants.get("scenario") or "actual"
        flag = self.table.flags.get(said.status.casefold(), said.status.casefold())
        return Observation(
            row=number,
            column=column.at,
            token=cell.token,
            value=cell.value * unit.scale,
            unit=unit.unit,
            label=label,
            indicator=self.naming.indicator(label),
            ref_area=self.naming.area(area) if area else "",
            time_period=column.time_period or said.period or constants.get("time_period", ""),
            dimensions=dict(said.dimensions),
            scenario=_SCENARIOS.get(scenario, Scenario.ACTUAL),
            change_kind=kind,
            obs_status=status_of(flag) if flag else cell.status,
        )

    def _unit(self, column: Column, of_column: Unit | None, said: _RowContext, percent: bool, label: str) -> Unit:
        """What the cell, the column's map, its heading, the row and the table say, in this order."""
        constants = self.table.constants
        if percent:
            return Unit("percent")
        mapped = Unit(column.unit, Decimal(column.scale or 1)) if column.unit or column.scale else None
        constant = Unit(constants.get("unit", ""), Decimal(constants.get("scale") or 1))
        chosen = mapped or of_column or said.unit or constant
        if chosen.unit not in ("", "items"):
            return chosen
        named = next((u.unit for u in (of_column, said.unit, constant) if u and u.unit not in ("", "items")), "")
        return Unit(named or counted_in(label) or chosen.unit, chosen.scale)


def _unit_code(text: str, language: str) -> Unit | None:
    """A unit in words, a currency's code, or one of SDMX's short codes."""
    return read_unit(_UNIT_CODES.get(text, text), language) or (Unit(text) if text else None)


def heading(rows: Sequence[Row], index: int) -> str:
    """The heading of a column: what stands above it, a repeated part once."""
    parts = [row[index] for row in rows if index < len(row) and row[index]]
    return " ".join(dict.fromkeys(parts))


def named_by(rows: Sequence[Row], index: int) -> str:
    """The part of a column's heading that names something: periods left out."""
    return heading([tuple("" if read_period(cell, "2000") else cell for cell in row) for row in rows], index)


def slug(text: str) -> str:
    """A name in small letters and hyphens; other scripts stay as they are."""
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-") or "dimension"


def _within_year(year: str, quarter: str, month: str) -> str:
    for part, letter in ((month, "-"), (quarter, "-Q")):
        if part:
            return read_period(part, year) or (read_period(f"{year}{letter}{part}") if part.isdecimal() else "")
    return year
