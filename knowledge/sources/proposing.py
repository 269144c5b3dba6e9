"""A mapping proposed by a model for a table that our own readers cannot map, checked against the table cell by cell.

The proposal only points: to rows, to columns, and to cells that say what the headings do not. Each heading it cites
must stand above its column, each cited text in its cell, and what that text means is read by our own grammar. One fault
and the proposal is refused whole.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from knowledge.errors import ModelError, SourceError
from knowledge.ledger import catalogue as catalogues
from knowledge.sources import tabular
from knowledge.sources.cells import decimal_sign, read_cell
from knowledge.sources.draft import Draft
from knowledge.sources.drafting import LOOKED_AT, doubts_of, heading_period, period_role, settled
from knowledge.sources.grid import Row, Sheet, filled
from knowledge.sources.headings import read_unit
from knowledge.sources.mapping import MISSING, Column, Mapping, TableMap, Unmapped, column_index, column_letters
from knowledge.sources.model import Model
from knowledge.sources.observations import heading, slug
from knowledge.sources.timecodes import read_period

ROLES = tuple("value indicator ref_area time_period year quarter month dimension unit status ignore".split())
CITED = ("indicator", "ref_area", "time_period", "unit")
_PERIODS = ("time_period", "year", "quarter", "month")
_MOST_SHOWN = 12_000  # characters
_ROWS, _LAST_ROWS = 40, 10
_MOST_TABLES = 10
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
PROMPT = """A table of statistics is to be read by a program. Say where its parts stand. Do not compute or correct.
The program could not settle this: {doubts}.

{shown}

Reply with one JSON object alone:
{{"tables": [{{"sheet": name, "headings": [rows of headings],
  "first_row": first row of numbers, "last_row": last row or null,
  "columns": [{{"at": "B", "role": role, "heading": as printed in one of the rows of headings, or ""}}],
  "constants": {{key: {{"cell": "A1", "text": the part of that cell that says it, as printed}}}}}}]}}
Roles: {roles}. List every column. Keys of constants, each only where no heading or column says it: {cited}.
A value column may have the same keys for itself alone, for instance
"time_period": {{"cell": "B2", "text": "2023"}}. If the table does not say what is missing, reply {{"tables": []}}."""


def read(data: bytes, unmapped: Unmapped, model: Model) -> Draft:
    """The draft of a table by the model's mapping. SourceError where that does not hold; it says why."""
    source = unmapped.source
    with tabular.open_sheets(data, source, unmapped.suffix) as sheets:
        try:
            found = proposed(sheets, unmapped.drafted, model)
            draft = tabular.mapped(data, source, unmapped.suffix, sheets, found)
        except ModelError as error:
            raise SourceError(
                source, f"{unmapped.reason}; {model.name} was asked to map it: {error}", unmapped.remedy
            ) from None
    return replace(draft, warnings=(*draft.warnings, f"mapped by {model.name}: `tally map` shows how"))


def mapping_of(source: str, drafted: Mapping, model: Model) -> Mapping:
    """The mapping of a file whose draft is in doubt, as the model proposes it. ModelError where that does not hold."""
    with tabular.sheets_of(source) as sheets:
        return proposed(sheets, drafted, model)


def proposed(sheets: Sequence[Sheet], drafted: Mapping, model: Model) -> Mapping:
    """The draft with the model's tables in place of those in doubt. ModelError says what is wrong with them."""
    sure = tuple(t for t in drafted.tables if t.sheet and not any(d.startswith(f"{t.sheet}: ") for d in drafted.doubts))
    asked = [sheet for sheet in sheets if sheet.name not in {table.sheet for table in sure}]
    seen = {sheet.name: _Seen(sheet.name, tuple(islice(sheet.rows, LOOKED_AT)), sheet) for sheet in asked}
    shown = "\n\n".join(each.shown() for each in seen.values())[:_MOST_SHOWN]
    prompt = PROMPT.format(
        doubts="; ".join(drafted.doubts), shown=shown, roles=", ".join(ROLES), cited=", ".join(CITED)
    )
    tables = _parsed(model.ask(prompt))
    language = drafted.language or "en"
    made = tuple(_table(row, seen, language) for row in tables)
    left = {table.sheet for table in drafted.tables} - {table.sheet for table in (*sure, *made)}
    if left:
        raise ModelError(f"its proposal leaves out sheet {left.pop()!r}")
    found = replace(drafted, tables=(*sure, *made), doubts=())
    try:
        tabular.place(sheets, found, "table", catalogues.load(), most=LOOKED_AT)
    except SourceError as error:
        raise ModelError(f"its proposal reaches no number ({error.reason})") from None
    return found


@dataclass(frozen=True, slots=True)
class _Seen:
    """The rows of a sheet that are shown and may be cited."""

    name: str
    rows: tuple[Row, ...]
    sheet: Sheet

    def shown(self) -> str:
        """The first and last of these rows, each cell behind its column's letters."""
        lines = [f"Sheet {json.dumps(self.name, ensure_ascii=False)}"]
        for number, row in enumerate(self.rows, 1):
            if filled(row) and (number <= _ROWS or number > len(self.rows) - _LAST_ROWS):
                cells = " | ".join(f"{column_letters(i)}: {row[i][:80]}" for i in filled(row)[:40])
                lines.append(f"row {number} | {cells}")
        return "\n".join(lines)

    def cell(self, place: str) -> str:
        """What stands in a cell such as B2; "" where nothing does."""
        match = _CELL.fullmatch(place)
        if match is None or int(match[2]) > len(self.rows):
            return ""
        row, index = self.rows[int(match[2]) - 1], column_index(match[1])
        return row[index] if index < len(row) else ""

    def has_row(self, number: int) -> bool:
        """Whether the sheet has so many rows."""
        return number <= len(self.rows) or next(islice(iter(self.sheet.rows), number - 1, None), None) is not None


def _parsed(reply: str) -> list[Any]:
    """The tables of a reply. ModelError where it holds none."""
    match = re.search(r"\{.*\}", reply, re.DOTALL)
    try:
        tree = json.loads(match.group()) if match else None
    except (json.JSONDecodeError, RecursionError):
        tree = None
    tables = tree.get("tables") if isinstance(tree, dict) else None
    if not isinstance(tables, list) or len(tables) > _MOST_TABLES:
        raise ModelError("its reply is no mapping")
    if not tables:
        raise ModelError("it finds nothing in the table that would settle it")
    return tables


def _table(row: Any, seen: dict[str, _Seen], language: str) -> TableMap:
    """One proposed table. ModelError names what does not stand in the sheet."""
    _known(row, ("sheet", "headings", "first_row", "last_row", "columns", "constants"), "a table")
    name = row.get("sheet") or next(iter(seen))
    sheet = seen.get(name) if isinstance(name, str) else None
    if sheet is None:
        raise ModelError(f"its proposal is of sheet {name!r}, which was not asked for")
    headings, first, last = _rows(row, sheet)
    heads = [sheet.rows[number - 1] for number in headings]
    data = [r for r in sheet.rows[first - 1 : last] if filled(r)]
    sign = decimal_sign([cell for r in data[:100] for cell in r])
    columns = row.get("columns")
    if not isinstance(columns, list) or not columns:
        raise ModelError("its proposal names no columns")
    made = tuple(settled([_column(column, heads, data, sign, sheet, language) for column in columns], heads))
    _complete([column.index for column in made], (*heads, *data))
    constants = row.get("constants") or {}
    _known(constants, CITED, "the constants")
    said = {k: v for key, cited in constants.items() for k, v in _cited(key, cited, sheet, language).items()}
    table = TableMap(made, sheet.name, headings, first, last, said, decimal=sign)
    if doubts := doubts_of(table, heads, data, language):
        raise ModelError(f"its proposal leaves in doubt: {'; '.join(doubts)}")
    return table


def _rows(row: dict[str, Any], sheet: _Seen) -> tuple[tuple[int, ...], int, int | None]:
    """The rows of headings, the first and the last row of numbers, all of them there and in this order."""
    headings, first, last = row.get("headings"), row.get("first_row"), row.get("last_row")
    told = [*headings, first] if isinstance(headings, list) and headings else []
    rows = [n for n in told if isinstance(n, int) and not isinstance(n, bool) and 0 < n <= len(sheet.rows)]
    if not rows or len(rows) < len(told):
        raise ModelError(f"its rows {headings} and {first} are not all rows of the sheet")
    if sorted(set(rows)) != rows:
        raise ModelError(f"its rows of headings {headings} do not stand above row {first}")
    if last is not None and not (isinstance(last, int) and last >= rows[-1] and sheet.has_row(last)):
        raise ModelError(f"its last row {last} is no row of the table")
    return tuple(rows[:-1]), rows[-1], last


def _column(row: Any, heads: Sequence[Row], data: Sequence[Row], sign: str, sheet: _Seen, language: str) -> Column:
    _known(row, ("at", "role", "heading", *CITED), "a column")
    at, role, told = row.get("at"), row.get("role"), row.get("heading", "")
    if not isinstance(at, str) or not re.fullmatch(r"[A-Z]{1,3}", at) or role not in ROLES or not isinstance(told, str):
        raise ModelError(f"its column {at!r} with role {role!r} is none")
    index = column_index(at)
    cells = [r[index] for r in data if index < len(r) and r[index].casefold() not in MISSING]
    above = [head[index] for head in heads if index < len(head) and head[index]]
    if not cells and role != "ignore":
        raise ModelError(f"column {at} has no cells")
    printed = {_squeezed(text) for text in (*above, heading(heads, index))}
    if _squeezed(told) not in printed:
        raise ModelError(f"{told!r} does not stand above column {at}")
    _fitting(role, at, cells, sign)
    own = {key: row[key] for key in CITED if key in row}
    if own and role != "value":
        raise ModelError(f"column {at} is no column of numbers and fixes {', '.join(own)}")
    said = {k: v for key, cited in own.items() for k, v in _cited(key, cited, sheet, language).items()}
    if role == "value" and "time_period" not in said:
        said["time_period"] = heading_period(heads, index)
    return Column(
        at,
        period_role(role, cells) if role in _PERIODS else role,
        slug(told or at) if role == "dimension" else "",
        **said,
    )


def _complete(indexes: Sequence[int], rows: Sequence[Row]) -> None:
    """ModelError unless every column that holds something is named once."""
    if len(set(indexes)) < len(indexes):
        raise ModelError("its proposal names a column twice")
    if missing := {i for row in rows for i in filled(row)} - set(indexes):
        raise ModelError(f"its proposal leaves out column {column_letters(min(missing))}")


def _fitting(role: str, at: str, cells: Sequence[str], sign: str) -> None:
    """ModelError where most cells of a column are not what its role says."""
    periods = sum(bool(read_period(cell, "2000")) for cell in cells)
    numbers = sum(read_cell(cell, sign) is not None for cell in cells)
    if role == "value" and (2 * numbers < len(cells) or (periods == len(cells) and len(set(cells)) > 1)):
        raise ModelError(f"the cells of column {at} are no values")
    if role in _PERIODS and 5 * periods < 4 * len(cells):
        raise ModelError(f"the cells of column {at} are no periods")


def _cited(key: str, cited: Any, sheet: _Seen, language: str) -> dict[str, str]:
    """What a cited stretch of a cell says, read by our own grammar. ModelError where it does not stand there."""
    _known(cited, ("cell", "text"), f"the citation of {key}")
    place, text = str(cited.get("cell")), str(cited.get("text") or "").strip()
    if not text or _squeezed(text) not in _squeezed(sheet.cell(place)):
        raise ModelError(f"{text!r} does not stand in cell {place}")
    if key == "unit":
        unit = read_unit(text, language)
        if unit is None or not unit.unit:
            raise ModelError(f"{text!r} in cell {place} is no unit that is known")
        return unit.fixed()
    if key == "time_period":
        if not (code := read_period(text)):
            raise ModelError(f"{text!r} in cell {place} is no period")
        return {"time_period": code}
    if not re.search(r"[^\W\d_]{2}", text):
        raise ModelError(f"{text!r} in cell {place} names nothing")
    return {key: text}


def _known(row: Any, keys: Sequence[str], what: str) -> None:
    """ModelError unless `row` is an object with none but these keys."""
    wrong = [key for key in row if key not in keys] if isinstance(row, dict) else [row]
    if wrong:
        raise ModelError(f"{wrong[0]!r} is no key of {what}")


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()
