"""SDMX data messages: SDMX-ML to rows (in a child process), and the mapping that SDMX's own column names give."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from knowledge.errors import SourceError
from knowledge.sources.grid import Row, Sheet, write_rows
from knowledge.sources.mapping import Column, Mapping, TableMap, column_letters

_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
# Concept -> role. Concepts that are not named here are dimensions; those of `_IGNORED` say nothing of the number.
_ROLES = {
    "TIME_PERIOD": "time_period",
    "OBS_VALUE": "value",
    "REF_AREA": "ref_area",
    "GEO": "ref_area",
    "COUNTRY": "ref_area",
    "UNIT_MEASURE": "unit",
    "UNIT": "unit",
    "UNIT_MULT": "scale",
    "OBS_STATUS": "status",
    "OBS_FLAG": "status",
    "INDICATOR": "indicator",
    "SUBJECT": "indicator",
    "MEASURE": "indicator",
    "SERIES": "indicator",
    "VARIABLE": "indicator",
    "NA_ITEM": "indicator",
}
_IGNORED = frozenset(
    ("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "FREQ", "TIME_FORMAT", "DECIMALS",
     "CONF_STATUS", "LAST UPDATE", "COMMENT_OBS", "COLLECTION", "SERIES_KEY", "OBS_CONF", "PRE_BREAK_VALUE")
)  # fmt: skip


def convert(data: bytes, source: str, suffix: str, out: str) -> int:
    """Write the rows of an SDMX-ML data message to `out`; the number of its data sets."""
    from pysdmx.errors import PysdmxError
    from pysdmx.io import read_sdmx

    del suffix  # one of the table tasks, which share their arguments
    if _DOCTYPE.search(data):
        raise SourceError(source, "declares a document type or entities, which data messages have no use for")
    try:
        message = read_sdmx(data.decode("utf-8-sig"), validate=False)
    except (PysdmxError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise SourceError(source, f"is no SDMX-ML data message that can be read ({type(error).__name__})") from None
    if not message.data:
        raise SourceError(source, "is an SDMX message without data")
    sheets = [Sheet(_short(dataset), _rows(dataset.data)) for dataset in message.data]
    write_rows(out, sheets)
    return len(sheets)


def _short(dataset: Any) -> str:
    structure = dataset.structure if isinstance(dataset.structure, str) else dataset.structure.short_urn
    return str(structure.partition("=")[2].partition("(")[0].rpartition(":")[2])


def _rows(frame: Any) -> list[Row]:
    columns = [str(name) for name in frame.columns]
    cells = (tuple("" if value is None or value != value else str(value) for value in row) for row in _plain(frame))
    return [tuple(columns), *cells]


def _plain(frame: Any) -> Any:
    return frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)


def draft(sheets: Sequence[Sheet], name: str) -> Mapping | None:
    """The mapping that SDMX column names give; None where the sheets are no SDMX."""
    tables = [table for sheet in sheets if (table := _table(sheet)) is not None]
    if not tables or len(tables) != len(sheets):
        return None
    title = tables[0].sheet or re.sub(r"\.\w+$", "", name)
    return Mapping(tables=tuple(tables), title=title.replace("_", " "), language="en")


def _table(sheet: Sheet) -> TableMap | None:
    rows = list(islice(sheet.rows, 2))
    concepts = [concept(cell) for cell in rows[0]] if rows else []
    if "TIME_PERIOD" not in concepts or "OBS_VALUE" not in concepts:
        return None
    columns = tuple(_column(i, name) for i, name in enumerate(concepts))
    constants = {}
    if not any(column.role == "indicator" for column in columns):
        constants["indicator"] = sheet.name or _flow(concepts, rows)
    if not any(column.role == "unit" for column in columns):
        constants["unit"] = ""
    return TableMap(columns=columns, sheet=sheet.name, constants=constants)


def _column(index: int, name: str) -> Column:
    at = column_letters(index)
    if name in _IGNORED or not name:
        return Column(at, "ignore")
    role = _ROLES.get(name, "dimension")
    return Column(at, role, name=name.lower() if role == "dimension" else "")


def concept(cell: str) -> str:
    """The concept of a column: "REF_AREA: Reference area" -> "REF_AREA"."""
    return cell.partition(":")[0].strip().upper()


def _flow(concepts: Sequence[str], rows: Sequence[Row]) -> str:
    """The data flow's name, where the first row tells it."""
    for wanted in ("STRUCTURE_NAME", "STRUCTURE_ID", "DATAFLOW"):
        if wanted in concepts and len(rows) > 1:
            told = rows[1][concepts.index(wanted)]
            return re.sub(r"\(.*?\)$", "", told.rpartition(":")[2]).replace("_", " ").strip() or "observation"
    return "observation"
