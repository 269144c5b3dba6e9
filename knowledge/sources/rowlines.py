"""Rows of a mapped table as lines of text, with the places of their numbers:

Regional GDP (100 million yuan) | 2022: 41540.9 | 2023: 43760.7
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from knowledge.sources import mapping
from knowledge.sources.grid import Row, Sheet, filled
from knowledge.sources.mapping import TableMap
from knowledge.sources.observations import Observation, TableReader
from knowledge.sources.tablelines import BAR, cell_text

_VALUES_A_LINE = 8
_NOTES = 30


@dataclass(frozen=True, slots=True)
class Placed:
    """An observation in the text of its notice; `line` is the stretch of the row that it stands in."""

    observation: Observation
    sheet: str
    start: int
    end: int
    line: tuple[int, int]

    @property
    def cell(self) -> str:
        """Sheet and cell, "Sheet1!B7"."""
        at = f"{self.observation.column}{self.observation.row}"
        return f"{self.sheet}!{at}" if self.sheet else at


class Writer:
    """The text as it grows, line by line, with the places of the numbers."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.placed: list[Placed] = []

    @property
    def text(self) -> str:
        return "".join(self._parts).rstrip("\n")

    def line(self, text: str) -> None:
        self._parts.append(text + "\n")
        self._length += len(text) + 1

    def row(self, labels: Sequence[str], cells: Sequence[tuple[str, Observation]], sheet: str) -> None:
        """One line: labels, then `heading: token` of every observation."""
        at, parts, spans = 0, [], []
        for part in labels:
            parts.append(part)
            at += len(part) + len(BAR)
        for name, observation in cells:
            lead = f"{name}: " if name else ""
            token = observation.token
            spans.append((at + len(lead), at + len(lead) + len(token)))
            parts.append(lead + token)
            at += len(lead) + len(token) + len(BAR)
        line = BAR.join(parts)
        begin = self._length
        whole = (begin, begin + len(line))
        self.placed += [
            Placed(observation, sheet, begin + start, begin + end, whole)
            for (_, observation), (start, end) in zip(cells, spans, strict=True)
        ]
        self.line(line)


def lay_out(
    sheet: Sheet, table: TableMap, reader_of: Callable[..., TableReader], writer: Writer, most: int | None
) -> list[str]:
    """Write one table: what stands above it, its rows, the notes below. The cells that could not be read."""
    rows = iter(sheet.rows)
    above = list(islice(rows, table.first_row - 1))
    for line in _captions(above, table):
        writer.line(line)
    reader = reader_of(table, above)
    unread: list[str] = []
    for number, row in enumerate(rows, table.first_row):
        if most is not None and number >= table.first_row + most:
            break
        if table.last_row is not None and number > table.last_row:
            for note in islice(filter(filled, (row, *rows)), _NOTES):
                writer.line(_plain(note))
            break
        unread += [f"{at}{number} {row[mapping.column_index(at)]!r}" for at in reader.unread(row)]
        write_row(reader, number, row, sheet.name, writer)
    return unread


def _captions(above: Sequence[Row], table: TableMap) -> Iterator[str]:
    """The lines above the headings: titles, the unit."""
    for number, row in enumerate(above, 1):
        if number not in table.headings and filled(row):
            yield _plain(row)


def _plain(row: Row) -> str:
    """A row as a line of text, a repeated cell once."""
    return cell_text(" ".join(dict.fromkeys(cell for cell in row if cell)))


def _labels(reader: TableReader, row: Row) -> list[str]:
    """The label cells of a row; periods and dimensions with their heading, which says what they are."""
    labels = []
    for column in reader.others:
        cell = cell_text(row[column.index]) if column.index < len(row) else ""
        if not cell or column.role == "status":
            continue
        name = cell_text(reader.headings[column.at])
        told = column.role in ("indicator", "ref_area") or not name
        labels.append(cell if told else f"{name} {cell}")
    return labels


def _name(reader: TableReader, observation: Observation) -> str:
    return cell_text(reader.headings[observation.column])


def write_row(reader: TableReader, number: int, row: Row, sheet: str, writer: Writer) -> None:
    """Write one row: its labels and numbers, a few numbers a line."""
    found = list(reader.read(number, row))
    labels = _labels(reader, row)
    for begin in range(0, len(found), _VALUES_A_LINE):
        part = found[begin : begin + _VALUES_A_LINE]
        writer.row(labels, [(_name(reader, o), o) for o in part], sheet)
