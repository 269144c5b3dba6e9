"""A table becomes a notice of readable rows, and its cells become figures that stand in them.

Each row is one line, labels first, then `heading: cell` for every number:

    Regional GDP (100 million yuan) | 2022: 41540.9 | 2023: 43760.7

so that a figure of a table has its place in a text as one of prose has: `text[start:end] == published_as`.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath

from knowledge.errors import SourceError
from knowledge.figure import Figure
from knowledge.ledger import catalogue as catalogues
from knowledge.ledger.catalogue import Catalogue
from knowledge.notice import Notice
from knowledge.sources import drafting, mapping, sandbox, sdmx, sniff
from knowledge.sources.draft import Draft
from knowledge.sources.grid import Row, Sheet, read_csv, read_rows
from knowledge.sources.mapping import Mapping, TableMap, Unmapped
from knowledge.sources.naming import CatalogueNaming, is_whole
from knowledge.sources.observations import TableReader
from knowledge.sources.rowlines import Placed, Writer, lay_out, write_row

LIMIT = 20_000  # numbers; a table with more is stored by its series
_MOST_SHOWN = 2000
_SHOWN = 200  # rows of a large table that stand in its notice
_BLOCK = 200  # rows of a large table in one block
_TYPES = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/vnd.sdmx.data+xml",
}


@dataclass(frozen=True, slots=True)
class Block:
    """Some hundred rows of a large table, as text with the numbers placed in it."""

    number: int
    text: str
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: its notice's text and the numbers placed in it."""

    mapping: Mapping
    text: str
    placed: tuple[Placed, ...]
    unread: tuple[str, ...] = ()  # cells that hold neither a number nor a mark for a missing one


def read(data: bytes, source: str) -> Draft:
    """The draft of a CSV file."""
    return read_table(data, source, ".csv")


def read_tsv(data: bytes, source: str) -> Draft:
    """The draft of a file of cells parted by tabs."""
    return read_table(data, source, ".tsv")


def read_xlsx(data: bytes, source: str) -> Draft:
    """The draft of a workbook."""
    return read_table(data, source, ".xlsx")


def read_parquet(data: bytes, source: str) -> Draft:
    """The draft of a Parquet file."""
    return read_table(data, source, ".parquet")


def read_sdmx(data: bytes, source: str) -> Draft:
    """The draft of an SDMX-ML data message."""
    return read_table(data, source, ".xml")


def read_table(data: bytes, source: str, suffix: str) -> Draft:
    """The draft of a table. SourceError where it cannot be read or its mapping is in doubt."""
    with open_sheets(data, source, suffix) as sheets:
        return mapped(data, source, suffix, sheets, mapping_of(sheets, source, suffix))


def mapped(data: bytes, source: str, suffix: str, sheets: Sequence[Sheet], found: Mapping) -> Draft:
    """The draft of a table that is read by a mapping. SourceError where that reaches nothing."""
    large = _numbers(sheets, found) > LIMIT
    table = place(sheets, found, source, catalogues.load(), most=_SHOWN if large else None)
    return Draft(
        text=table.text,
        title=found.title,
        published=found.published,
        url=found.url or None,
        language=found.language or None,
        media_type=_TYPES[suffix],
        warnings=(f"not read: {', '.join(table.unread[:5])}",) if table.unread else (),
        fingerprint=hashlib.sha256(mapping.dump(found).encode()).hexdigest()[:16],
        figures=(lambda _: ()) if large else partial(figures, table),
        blocks=partial(_blocks, data, source, suffix, found) if large else None,
    )


def _numbers(sheets: Sequence[Sheet], found: Mapping) -> int:
    """How many numbers a file holds at most; counting ends where it is large."""
    count = 0
    for table in found.tables:
        width = sum(column.role == "value" for column in table.columns)
        rows = max((LIMIT + _MOST_SHOWN) // max(width, 1), 1)
        sheet = _sheet_of(sheets, table)
        count += width * sum(1 for _ in islice(sheet.rows, rows)) if sheet else 0
    return count


def _sheet_of(sheets: Sequence[Sheet], table: TableMap) -> Sheet | None:
    return next((sheet for sheet in sheets if sheet.name == table.sheet or not table.sheet), None)


def _mapped_sheet(sheets: Sequence[Sheet], table: TableMap, source: str) -> Sheet:
    """The sheet of a table. SourceError that names those there are."""
    sheet = _sheet_of(sheets, table)
    if sheet is None:
        names = ", ".join(s.name for s in sheets)
        raise SourceError(source, f"has no sheet {table.sheet!r}", f"its sheets are {names}")
    return sheet


def _blocks(data: bytes, source: str, suffix: str, found: Mapping) -> Iterator[Block]:
    """The rows of a large table in blocks, one in memory at a time."""
    number = 0
    with open_sheets(data, source, suffix) as sheets:
        for table in found.tables:
            sheet = _mapped_sheet(sheets, table, source)
            rows = iter(sheet.rows)
            above = list(islice(rows, table.first_row - 1))
            reader = _reader(table, above, found.language or "en", catalogues.load())
            numbered = enumerate(rows, table.first_row)
            while part := list(islice(numbered, _BLOCK)):
                writer = Writer()
                for at, row in part:
                    if table.last_row is None or at <= table.last_row:
                        write_row(reader, at, row, sheet.name, writer)
                if writer.placed:
                    yield Block(number, writer.text, tuple(writer.placed))
                    number += 1


def _reader(table: TableMap, above: Sequence[Row], language: str, catalogue: Catalogue) -> TableReader:
    heads = [above[i - 1] for i in table.headings if i <= len(above)]
    return TableReader(table, heads, CatalogueNaming(catalogue, language), language)


@contextmanager
def open_sheets(data: bytes, source: str, suffix: str) -> Iterator[tuple[Sheet, ...]]:
    """The sheets of a file while the context lasts; untrusted formats are unpacked by the child."""
    if suffix in (".csv", ".tsv"):
        yield (read_csv(data, source, suffix),)
        return
    with tempfile.TemporaryDirectory(prefix="tally-") as folder:
        out = os.path.join(folder, "rows")
        task = "knowledge.sources.sdmx:convert" if suffix == ".xml" else "knowledge.sources.spreadsheet:convert"
        sandbox.shared().call(task, data, {"source": source, "suffix": suffix, "out": out}, source)
        yield read_rows(out)


def mapping_of(sheets: Sequence[Sheet], source: str, suffix: str) -> Mapping:
    """The mapping beside the file, else a draft that leaves nothing in doubt. SourceError that says what is."""
    kept = mapping.beside(source)
    if "://" not in source and kept.is_file():
        found = mapping.load(kept.read_text(encoding="utf-8"), str(kept))
        if found.doubts:
            raise SourceError(source, "; ".join(found.doubts), f"settle it in {kept.name} and delete `doubts` there")
        return found if found.title else replace(found, title=PurePosixPath(source.replace("\\", "/")).stem)
    drafted = draft_mapping(sheets, source)
    if drafted.doubts:
        raise Unmapped(source, drafted, suffix)
    return drafted


def draft_mapping(sheets: Sequence[Sheet], source: str) -> Mapping:
    """A mapping drafted from what the sheets hold; SDMX describes itself."""
    name = PurePosixPath(source.replace("\\", "/")).name
    known = catalogues.load()
    if (found := sdmx.draft(sheets, name)) is not None:
        return found
    return drafting.draft(sheets, name, lambda text: is_whole(known, text))


def place(
    sheets: Sequence[Sheet], found: Mapping, source: str, catalogue: Catalogue, *, most: int | None = None
) -> Table:
    """Read every mapped table and lay its rows out as text, `most` rows of each where that is given."""
    writer = Writer()
    if found.title and not any(found.title in cells for cells in _heads(sheets, found)):
        writer.line(found.title)
    unread: list[str] = []
    for table in found.tables:
        sheet = _mapped_sheet(sheets, table, source)
        unread += lay_out(
            sheet, table, partial(_reader, language=found.language or "en", catalogue=catalogue), writer, most
        )
    if not writer.placed:
        raise SourceError(source, "holds no number that its mapping reaches", "look at its mapping with `tally map`")
    return Table(found, writer.text, tuple(writer.placed), tuple(unread))


def _heads(sheets: Sequence[Sheet], found: Mapping) -> Iterator[Row]:
    """The rows above the first table."""
    first = found.tables[0]
    sheet = _sheet_of(sheets, first)
    return islice(iter(sheet.rows), min(first.headings, default=1) - 1) if sheet else iter(())


def figures(table: Table, notice: Notice) -> Iterator[Figure]:
    """The figures of a table in the notice that stands for it."""
    for placed in table.placed:
        yield figure_of(placed, notice)


def figure_of(placed: Placed, notice: Notice) -> Figure:
    """One figure, cited by its cell and by the row's line."""
    seen = placed.observation
    return Figure(
        figure_id=f"{notice.notice_id}:{placed.start}",
        indicator=seen.indicator,
        label=seen.label,
        value=float(seen.value),
        unit=seen.unit,
        published_as=seen.token,
        notice_id=notice.notice_id,
        source=notice.source,
        quote=notice.text[slice(*placed.line)],
        start=placed.start,
        end=placed.end,
        ref_area=seen.ref_area,
        dimensions=dict(seen.dimensions),
        time_period=seen.time_period,
        scenario=seen.scenario,
        change_kind=seen.change_kind,
        obs_status=seen.obs_status,
        extracted_by="table",
        cell=placed.cell,
    )


@contextmanager
def sheets_of(source: str) -> Iterator[tuple[Sheet, ...]]:
    """The sheets of a file while the context lasts. SourceError where it is no table."""
    data, suffix = _of_file(source)
    with open_sheets(data, source, suffix) as sheets:
        yield sheets


def draft_of(source: str) -> Mapping:
    """The mapping drafted for a file, doubts and all. SourceError where it is no table."""
    with sheets_of(source) as sheets:
        return draft_mapping(sheets, source)


def sample(source: str, found: Mapping, most: int = 8) -> tuple[Figure, ...]:
    """The first figures of each table as a mapping reads them; none where it does not reach any."""
    with sheets_of(source) as sheets:
        try:
            table = place(sheets, found, source, catalogues.load(), most=most)
        except SourceError:
            return ()
    notice = Notice("sample", source, found.title, table.text, found.language or "en")
    return tuple(figure_of(placed, notice) for placed in table.placed[:most])


def _of_file(source: str) -> tuple[bytes, str]:
    """The bytes of a table file and its kind."""
    path = PurePosixPath(source.replace("\\", "/"))
    try:
        data = Path(source).read_bytes()
    except OSError as error:
        raise SourceError(source, f"cannot be read ({error.strerror})") from None
    suffix = sniff.kind_of(data, path.suffix.lower(), source)
    suffix = ".xlsx" if suffix == ".xlsm" else suffix
    if suffix not in _TYPES:
        raise SourceError(source, "is no table", f"known are {', '.join(_TYPES)}")
    return data, suffix
