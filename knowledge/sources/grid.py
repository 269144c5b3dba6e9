"""Rows of cells as printed text, whatever the file: what every table format is turned into."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.errors import SourceError
from knowledge.sources.encodings import NotText, decode

Row = tuple[str, ...]
_MAX_COLUMNS = 2000
_FIELD = 100_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows can be gone through once or more, depending on `rows`; row numbers count from 1."""

    name: str
    rows: Iterable[Row]


def read_csv(data: bytes, source: str, suffix: str = ".csv") -> Sheet:
    """The rows of a CSV or TSV file. SourceError where it is no text or no table."""
    try:
        text = decode(data).text
    except NotText as error:
        raise SourceError(source, f"is not text: {error}", "export the table as UTF-8") from None
    delimiter = "\t" if suffix == ".tsv" else _delimiter(text[:20_000])
    return Sheet("", _CsvRows(text, delimiter, source))


@dataclass(frozen=True, slots=True)
class _CsvRows:
    text: str
    delimiter: str
    source: str

    def __iter__(self) -> Iterator[Row]:
        csv.field_size_limit(_FIELD)
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter)
        try:
            for row in reader:
                if len(row) > _MAX_COLUMNS:
                    raise SourceError(
                        self.source, f"line {reader.line_num} has {len(row)} columns", "at most 2000 are read"
                    )
                yield tuple(cell.strip() for cell in row)
        except csv.Error as error:
            raise SourceError(self.source, f"line {reader.line_num}: {error}", "quote its cells as CSV does") from None


def _delimiter(sample: str) -> str:
    """The delimiter that parts most lines into the same number of cells."""
    lines = [line for line in sample.splitlines()[:60] if line.strip()]

    def worth(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        common = max(set(widths), key=lambda w: (widths.count(w), w), default=1)
        return (widths.count(common) if common > 1 else 0, common)

    return max((",", ";", "\t", "|"), key=worth)


def write_rows(path: str, sheets: Iterable[Sheet]) -> None:
    """Rows to a file of JSON lines, a sheet's name before its rows: how a child hands a table on."""
    with open(path, "w", encoding="utf-8") as out:
        for sheet in sheets:
            out.write(json.dumps({"sheet": sheet.name}, ensure_ascii=False) + "\n")
            for row in sheet.rows:
                out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def read_rows(path: str) -> tuple[Sheet, ...]:
    """The sheets that `write_rows` wrote; their rows are read from the file each time."""
    sheets = []
    with open(path, "rb") as lines:
        while line := lines.readline():
            if line.startswith(b"{"):
                sheets.append(Sheet(json.loads(line)["sheet"], _FileRows(path, lines.tell())))
    return tuple(sheets)


@dataclass(frozen=True, slots=True)
class _FileRows:
    path: str
    offset: int

    def __iter__(self) -> Iterator[Row]:
        with open(self.path, "rb") as lines:
            lines.seek(self.offset)
            for line in lines:
                if line.startswith(b"{"):
                    return
                yield tuple(json.loads(line))


def filled(row: Sequence[str]) -> list[int]:
    """The places of the cells that hold something."""
    return [i for i, cell in enumerate(row) if cell]
