"""How a table is read: which row holds the headings and what each column means. Kept as a short TOML file beside it.

title = "Regional GDP"                     # of the notice that stands for the table
published = 2024-02-20
[[table]]
sheet = "Sheet1"
headings = [2, 3]                          # rows, counted from 1
first_row = 4
constants = { ref_area = "Beijing", unit = "CNY", scale = "1e8" }
columns = [
  { at = "A", role = "indicator" },
  { at = "B", role = "value", time_period = "2022" },
  { at = "C", role = "status" },
]
"""

import json
import re
import tomllib
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.errors import SourceError
from knowledge.figure import ChangeKind, ObsStatus, Scenario

ROLES = ("value", "indicator", "ref_area", "time_period", "year", "quarter", "month", "dimension", "unit", "scale",
         "status", "scenario", "change_kind", "ignore")  # fmt: skip
CONSTANTS = ("indicator", "ref_area", "time_period", "unit", "scale", "scenario", "change_kind")
MISSING = (
    "",
    "-",
    "–",
    "—",
    "--",
    "…",
    "...",
    "..",
    ".",
    ":",
    "n/a",
    "na",
    "n.a.",
    "nan",
    "null",
    "none",
    "/",
    "x",
    "×",
    "暂无",
    "空",
)
FLAGS = {
    "p": "preliminary",
    "e": "preliminary",
    "r": "revised",
    "初步": "preliminary",
    "预计": "preliminary",
    "修订": "revised",
}
SUFFIX = ".map.toml"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands and what it means; a value column may fix what its heading says."""

    at: str  # A, B, ..., AA
    role: str
    name: str = ""  # of a dimension
    indicator: str = ""
    ref_area: str = ""
    time_period: str = ""
    unit: str = ""
    scale: str = ""
    scenario: str = ""
    change_kind: str = ""

    @property
    def index(self) -> int:
        """Counted from 0."""
        return column_index(self.at)


@dataclass(frozen=True, slots=True)
class TableMap:
    """One table of a file. Rows are counted from 1, as spreadsheets show them."""

    columns: tuple[Column, ...]
    sheet: str = ""
    headings: tuple[int, ...] = (1,)
    first_row: int = 2
    last_row: int | None = None
    constants: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = MISSING
    flags: dict[str, str] = field(default_factory=lambda: dict(FLAGS))
    decimal: str = "."


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a file is read. `doubts` is what drafting could not settle; a file with doubts is not added unasked."""

    tables: tuple[TableMap, ...]
    title: str = ""
    published: date | None = None
    language: str = ""
    url: str = ""
    doubts: tuple[str, ...] = ()


class Unmapped(SourceError):
    """A table that our own readers cannot map: their draft, doubts and all, and the kind of file."""

    def __init__(self, source: str, drafted: Mapping, suffix: str) -> None:
        name = source.replace("\\", "/").rpartition("/")[2]
        super().__init__(source, "; ".join(drafted.doubts), f"run `tally map {name}` and settle it")
        self.drafted, self.suffix = drafted, suffix


@lru_cache(maxsize=4096)
def column_index(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(index: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def beside(source: str) -> Path:
    """Where the mapping of a file is kept."""
    return Path(source + SUFFIX)


def load(text: str, place: str) -> Mapping:
    """The mapping that a TOML text holds. SourceError names the key that is wrong and what it may be."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(place, f"is no TOML: {error}") from None
    tables = tree.pop("table", [])
    if not isinstance(tables, list) or not tables:
        raise SourceError(place, "has no [[table]]", "draft it anew with `tally map`")
    told = tree.pop("doubts", [])
    fault = _unknown(tree, ("title", "published", "language", "url"))
    if fault:
        raise SourceError(
            place, f"{fault!r} is no key of a mapping", "known are title, published, language, url, table"
        )
    published = tree.get("published")
    if published is not None and not isinstance(published, date):
        raise SourceError(place, f"published = {published!r} is no date", "write it as 2024-02-20 without quotes")
    return Mapping(
        tables=tuple(_table(table, place) for table in tables),
        title=str(tree.get("title", "")),
        published=published,
        language=str(tree.get("language", "")),
        url=str(tree.get("url", "")),
        doubts=tuple(map(str, told)),
    )


def _table(row: Any, place: str) -> TableMap:
    names = [f.name for f in fields(TableMap)]
    if not isinstance(row, dict) or (fault := _unknown(row, names)):
        raise SourceError(place, f"{fault!r} is no key of a table", f"known are {', '.join(names)}")
    columns = tuple(_column(column, place) for column in row.get("columns", []))
    if not any(column.role == "value" for column in columns):
        raise SourceError(place, 'names no column with role = "value"')
    constants = {key: str(value) for key, value in row.get("constants", {}).items()}
    if fault := _unknown(constants, CONSTANTS):
        raise SourceError(place, f"{fault!r} is no constant", f"known are {', '.join(CONSTANTS)}")
    _check(constants, place)
    given = {key: row[key] for key in ("sheet", "first_row", "last_row", "decimal", "flags") if key in row}
    given |= {key: tuple(row[key]) for key in ("headings", "missing") if key in row}
    return TableMap(columns=columns, constants=constants, **given)


def _column(row: Any, place: str) -> Column:
    names = [f.name for f in fields(Column)]
    if not isinstance(row, dict) or (fault := _unknown(row, names)):
        raise SourceError(place, f"{fault!r} is no key of a column", f"known are {', '.join(names)}")
    column = Column(**{"at": "", "role": "", **{key: str(value) for key, value in row.items()}})
    if not re.fullmatch(r"[A-Z]{1,3}", column.at):
        raise SourceError(place, f"at = {column.at!r} is no column", "write A, B, ..., AA")
    if column.role not in ROLES:
        raise SourceError(place, f"role = {column.role!r} of column {column.at}", f"known are {', '.join(ROLES)}")
    _check({f.name: getattr(column, f.name) for f in fields(Column)}, place)
    return column


def _check(values: AbstractMapping[str, str], place: str) -> None:
    """Raise SourceError unless scale, scenario and change_kind are what they may be."""
    for key, kinds in (("scenario", Scenario), ("change_kind", ChangeKind)):
        if values.get(key) and values[key] not in list(kinds):
            raise SourceError(place, f"{key} = {values[key]!r}", f"known are {', '.join(kinds)}")
    try:
        positive = Decimal(values.get("scale") or 1) > 0
    except InvalidOperation:
        positive = False
    if not positive:
        raise SourceError(place, f"scale = {values['scale']!r} is no number above 0", "write 1e8 for 100 million")


def _unknown(row: AbstractMapping[str, Any], known: Any) -> str:
    return next((key for key in row if key not in known), "") if isinstance(row, dict) else str(row)


def status_of(flag: str) -> ObsStatus:
    """The observation status that a flag's meaning names; normal for any other."""
    return ObsStatus(flag) if flag in list(ObsStatus) else ObsStatus.NORMAL


def dump(mapping: Mapping) -> str:
    """The mapping as TOML, for a person to read and change."""
    lines = ["# How Tally reads this table. Change what is wrong, then `tally add` the file."]
    if mapping.doubts:
        doubts = (f"  {_quoted(doubt)}," for doubt in mapping.doubts)
        lines += ["doubts = [  # settle them, then delete this list", *doubts, "]"]
    lines += [f"{key} = {_quoted(value)}" for key in ("title", "language", "url") if (value := getattr(mapping, key))]
    if mapping.published:
        lines.append(f"published = {mapping.published.isoformat()}")
    for table in mapping.tables:
        lines += ["", "[[table]]", *_table_lines(table)]
    return "\n".join(lines) + "\n"


def _table_lines(table: TableMap) -> list[str]:
    lines = [f"sheet = {_quoted(table.sheet)}"] if table.sheet else []
    lines += [f"headings = {list(table.headings)}", f"first_row = {table.first_row}"]
    if table.last_row is not None:
        lines.append(f"last_row = {table.last_row}")
    if table.decimal != ".":
        lines.append(f"decimal = {_quoted(table.decimal)}")
    if table.missing != MISSING:
        lines.append(f"missing = [{', '.join(map(_quoted, table.missing))}]")
    if table.flags != FLAGS:
        lines.append(f"flags = {_inline(table.flags)}")
    if table.constants:
        lines.append(f"constants = {_inline(table.constants)}")
    columns = (
        _inline({f.name: v for f in fields(Column) if (v := getattr(column, f.name))}) for column in table.columns
    )
    return [*lines, "columns = [", *(f"  {column}," for column in columns), "]"]


def _inline(values: AbstractMapping[str, str]) -> str:
    def key(name: str) -> str:
        return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)

    return "{ " + ", ".join(f"{key(name)} = {_quoted(value)}" for name, value in values.items()) + " }"


def _quoted(value: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
