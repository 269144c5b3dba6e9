"""XLSX and Parquet files to rows of printed cells; run in a child process."""

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from knowledge.errors import SourceError
from knowledge.sources import package
from knowledge.sources.grid import Row, Sheet, write_rows

_MAX_CELLS = 40_000_000
_PERCENT_IDS = frozenset((9, 10))
_XF = re.compile(rb"<xf\b[^>]*?numFmtId=\"(\d+)\"")
_FORMAT = re.compile(rb"<numFmt\b[^>]*?numFmtId=\"(\d+)\"[^>]*?formatCode=\"([^\"]*)\"")
_CELL = re.compile(rb"<c r=\"([A-Z]+)(\d+)\" s=\"(\d+)\"|<c s=\"(\d+)\" r=\"([A-Z]+)(\d+)\"")


def convert(data: bytes, source: str, suffix: str, out: str) -> int:
    """Write the rows of a workbook or Parquet file to `out`; the number of its sheets."""
    sheets = _parquet(data, source) if suffix == ".parquet" else _workbook(data, source)
    write_rows(out, sheets)
    return len(sheets)


def _workbook(data: bytes, source: str) -> list[Sheet]:
    import python_calamine

    package.check(data, source)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError:
        raise SourceError(source, "is locked by a password", "save a copy without it") from None
    except (python_calamine.CalamineError, OSError) as error:
        raise SourceError(source, f"is a damaged workbook ({type(error).__name__})", "save it again") from None
    percents = _percent_cells(data)
    kinds = {m.name: m for m in book.sheets_metadata}
    shown, table = python_calamine.SheetVisibleEnum.Visible, python_calamine.SheetTypeEnum.WorkSheet
    visible = [name for name in book.sheet_names if kinds[name].visible == shown and kinds[name].typ == table]
    return [Sheet(name, _rows(book.get_sheet_by_name(name), percents.get(name, frozenset()))) for name in visible]


def _rows(sheet: Any, percents: frozenset[tuple[int, int]]) -> Iterator[Row]:
    """The rows from the first one of the sheet on, merged headings and labels repeated where they reach."""
    merged = _merged(sheet)
    if sheet.height * sheet.width > _MAX_CELLS:
        raise SourceError(sheet.name, f"has {sheet.height} x {sheet.width} cells", "split it")
    left = sheet.start[1] if sheet.start else 0  # rows come whole, but without the empty columns before the first
    for number, row in enumerate(sheet.iter_rows()):
        cells = [""] * left + [_printed(value, (number, i) in percents) for i, value in enumerate(row, left)]
        for i, text in merged.get(number, {}).items():
            if i < len(cells) and not cells[i]:
                cells[i] = text
        yield tuple(cells)


def _merged(sheet: Any) -> dict[int, dict[int, str]]:
    """Row -> column -> the text of the merged cell that covers it, for merges of a sane size."""
    ranges = [
        r for r in (sheet.merged_cell_ranges or ()) if (r[1][0] - r[0][0] + 1) * (r[1][1] - r[0][1] + 1) <= 10_000
    ]
    if not ranges:
        return {}
    head = sheet.to_python(skip_empty_area=False, nrows=max(r[1][0] for r in ranges) + 1)
    covered: dict[int, dict[int, str]] = {}
    for (top, left), (bottom, right) in ranges:
        if top >= len(head) or left >= len(head[top]):
            continue
        text = _printed(head[top][left], False)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                covered.setdefault(row, {})[column] = text
    return covered


def _printed(value: Any, percent: bool) -> str:
    """A cell as a person sees it, as near as the stored value tells."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value * 100) + "%" if percent else _number(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return " ".join(str(value).split())


def _number(value: float) -> str:
    """At most 15 digits, as spreadsheets keep, without the noise of binary fractions."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    text = f"{value:.12g}"
    return f"{value:.0f}" if "e+" in text else f"{value:.12f}".rstrip("0") if "e-" in text else text


def _percent_cells(data: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Sheet -> cells whose format shows a fraction as a percentage: 0.052 is printed 5.2%."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "xl/styles.xml" not in names:
            return {}
        styles = _percent_styles(archive.read("xl/styles.xml"))
        if not styles:
            return {}
        return {
            name: frozenset(_styled(archive.read(part), styles))
            for name, part in _parts(archive).items()
            if part in names
        }


def _percent_styles(styles: bytes) -> frozenset[bytes]:
    ids = {int(i) for i, code in _FORMAT.findall(styles) if b"%" in code} | _PERCENT_IDS
    xfs = styles.partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0]
    return frozenset(str(n).encode() for n, i in enumerate(_XF.findall(xfs)) if int(i) in ids)


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> its part in the package."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    book = etree.fromstring(archive.read("xl/workbook.xml"), parser)
    links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    targets = {link.get("Id"): str(link.get("Target", "")) for link in links}
    found = {}
    for sheet in book.iter("{*}sheet"):
        link = next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
        target = targets.get(link, "")
        found[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _styled(sheet: bytes, styles: frozenset[bytes]) -> Iterator[tuple[int, int]]:
    from knowledge.sources.mapping import column_index

    for match in _CELL.finditer(sheet):
        letters, row, style = match.group(1, 2, 3) if match.group(3) else match.group(5, 6, 4)
        if style in styles:
            yield int(row) - 1, column_index(letters.decode())


def _parquet(data: bytes, source: str) -> list[Sheet]:
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
    except (pyarrow.ArrowInvalid, OSError) as error:
        raise SourceError(source, f"is a damaged Parquet file ({type(error).__name__})", "write it again") from None
    if file.metadata.num_rows * file.metadata.num_columns > _MAX_CELLS:
        raise SourceError(source, f"has {file.metadata.num_rows} x {file.metadata.num_columns} cells", "split it")
    return [Sheet("", _parquet_rows(file))]


def _parquet_rows(file: Any) -> Iterator[Row]:
    yield tuple(file.schema_arrow.names)
    for batch in file.iter_batches(batch_size=20_000):
        columns = [[_printed(value, False) for value in column.to_pylist()] for column in batch.columns]
        yield from zip(*columns, strict=True)
