"""Flattened tables inside a notice: consecutive rows of a label and numbers, with their header and caption."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.ledger.headers import DATED, SPLIT, YEARS, columns, members, piped, stacked

MARK = r"(?:\s?\((?:r|p|e|f|b|s|\d)\)|\s?[*†‡§¹²³]+|\s?[rpe](?![^\W\d_]))"  # of a footnote
CELL = (
    r"(?:[-–−+]?\s?(?:US\$|HK\$|A\$|S\$|C\$|RM|[$€£¥])?\s?\d[\d,.\u00a0\u202f]*\d|[-–−+]?\s?(?:US\$|[$€£¥])?\d)\s?%?"
    + f"{MARK}?"
)
EMPTY = r"(?:[-–—…]|n/a|N/A|n\.a\.|\.\.|:)"
ROW = re.compile(rf"^(?P<label>(?:(?i:{DATED})|.*?[^\W\d_].*?))(?P<cells>(?:[\s:]+(?:{CELL}|{EMPTY}))+)\s*$")
SPACED = rf"[-–−+]?\s?\d{{1,3}}(?: \d{{3}})+(?:,\d+)?\s?[%€]?{MARK}?"
NUMBER = re.compile(rf"^\s*(?:{CELL}|{SPACED})\s*$")
BLANK = re.compile(rf"^\s*(?:{EMPTY})?\s*$")
CAPTION = re.compile(
    r"^(?:figure|tableau|table|chart|fig\.|abbildung|tabelle|grafik|graphique|附?图|附?表)"
    r"(?:\s?(?:\d+(?:[.\-]\d+)?|[A-Z])(?![\w%]))?[.:：]?\s*",
    re.IGNORECASE,
)
LONGEST_CLOSED = 8  # words of a caption that ends with a full stop
SHORT = re.compile(
    r"(?<=\b(?:Mio|Mrd|Tsd|Nos|mln))\.|(?<=\b(?:No|Nr|bn|mn))\.|\([^()]*\)"
)  # full stops that end nothing
SENTENCE = re.compile(r"[.。;；!?？]\s*$|[,，、]\s*$|[.。]\s+[A-Z]")
LONGEST_ROW = 200
LONGEST_LABEL = 90
WORDY = re.compile(
    r"\b(?:was|were|is|are|has|have|rose|fell|reached|by|to|and|from|than|with|um|auf|à|de)\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cell:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its cells; `cells[i]` is None where the table has a dash."""

    start: int
    end: int
    label: Cell
    cells: tuple[Cell | None, ...]
    piped: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of one width with the text of header and caption."""

    start: int
    end: int
    rows: tuple[Row, ...]
    columns: tuple[str, ...]  # header of each number column, "" where unknown
    caption: str
    header: str = ""  # as printed
    members: str = ""  # the dimension that the rows are members of: counterpart, industry, district


def _lines(text: str) -> Iterator[tuple[int, str]]:
    pos = 0
    for line in text.split("\n"):
        yield pos, line
        pos += len(line) + 1


def _cells(line: str, offset: int) -> list[Cell]:
    out, pos = [], 0
    for match in [*SPLIT.finditer(line), None]:
        end = match.start() if match else len(line)
        piece = line[pos:end]
        lead = len(piece) - len(piece.lstrip())
        out.append(Cell(offset + pos + lead, offset + pos + lead + len(piece.strip()), piece.strip()))
        pos = match.end() if match else end
    return out


def read_row(line: str, offset: int) -> Row | None:
    """A line as a table row; None for prose, headers and rules."""
    if not line.strip() or len(line) > LONGEST_ROW or not any(c.isdigit() for c in line):
        return None
    if piped(line):
        found = _cells(line.strip("|│｜ "), offset + len(line) - len(line.lstrip("|│｜ ")))
        body = found[1:]
        if (
            not body
            or not all(NUMBER.match(c.text) or BLANK.match(c.text) for c in body)
            or not any(NUMBER.match(c.text) for c in body)
        ):
            return None
        if all(re.fullmatch(YEARS, c.text) for c in body):
            return None
        return Row(offset, offset + len(line), found[0], tuple(c if NUMBER.match(c.text) else None for c in body), True)
    if SENTENCE.search(line):
        return None
    match = ROW.match(line)
    if (
        not match
        or len(match["label"]) > LONGEST_LABEL
        or WORDY.search(match["label"])
        or not match["label"].strip(" -–•*·")
    ):
        return None
    cells: list[Cell | None] = []
    for part in re.finditer(rf"{CELL}|{EMPTY}", match["cells"]):
        start = offset + match.start("cells") + part.start()
        token = part.group()
        cells.append(Cell(start, start + len(token), token) if any(c.isdigit() for c in token) else None)
    if all(c is None or re.fullmatch(YEARS, c.text.strip()) for c in cells):
        return None
    lead = len(match["label"]) - len(match["label"].lstrip())
    label = match["label"].strip(" :\u00a0")
    return Row(offset, offset + len(line), Cell(offset + lead, offset + lead + len(label), label), tuple(cells), False)


SHORT = re.compile(r"(?<=\b[Mm]io)\.|(?<=\b[Mm]rd)\.")


def grids(text: str) -> Iterator[Grid]:
    """Runs of two rows and more of one width, blank lines between them or not, and the lines above."""
    before: list[tuple[int, str]] = []
    run: list[Row] = []
    for offset, line in [*((o, ln) for o, ln in _lines(text) if ln.strip()), (len(text), "")]:
        row = _fitted(read_row(line, offset), run)
        if row and (not run or len(row.cells) == len(run[-1].cells)):
            run.append(row)
            continue
        if len(run) >= 2 or (len(run) == 1 and run[0].piped and before and piped(before[-1][1])):
            yield _grid(run, before)
            before = []
        elif run:
            before.append((run[-1].start, text[run[-1].start : run[-1].end]))
        run = [row] if row else []
        if not row and line:
            before = [*before[-3:], (offset, line.strip())]


def _fitted(row: Row | None, run: Sequence[Row]) -> Row | None:
    """A row whose first cell is the year of its label, `Full year 2023 41 893`, with that year in the label."""
    if row is None or not run or len(row.cells) != len(run[-1].cells) + 1:
        return row
    year = row.cells[0]
    if row.piped or year is None or not re.fullmatch(YEARS, year.text.strip()):
        return row
    label = Cell(row.label.start, year.end, f"{row.label.text} {year.text.strip()}")
    return Row(row.start, row.end, label, row.cells[1:], False)


def _grid(run: Sequence[Row], above: Sequence[tuple[int, str]]) -> Grid:
    width, lines = len(run[0].cells), list(above)
    header = lines[-1][1] if lines else ""
    names = columns(header, width) if _names(header) else ("",) * width
    used = 1 if any(names) else 0
    if len(lines) > 1 and _names(header) and _names(lines[-2][1]) and (two := stacked(lines[-2][1], header, width)):
        names, used = two, 2
    rest = lines[: len(lines) - used]
    caption = rest[-1][1] if rest and _captions(rest[-1][1]) else ""
    start = lines[-used][0] if used else run[0].start
    if (
        caption
        and (used or CAPTION.match(caption))
        and not re.search(r"\d", re.sub(YEARS, "", CAPTION.sub("", caption)))
    ):
        start = rest[-1][0]  # a heading of the table, of nothing else
    printed = " ".join(line for _, line in lines[-used:]) if used else ""
    return Grid(start, run[-1].end, tuple(run), names, caption, printed, members(printed and header, caption))


def _names(line: str) -> bool:
    """Whether a line may be a header."""
    return bool(line) and len(line) < LONGEST_ROW and not SENTENCE.search(SHORT.sub("", line))


def _captions(line: str) -> bool:
    """Whether a line may be the caption of a table: no sentence."""
    plain = SHORT.sub("", CAPTION.sub("", line))
    if CAPTION.sub("", line) == line and line.endswith(".") and len(line.split()) > LONGEST_CLOSED:
        return False
    return len(line) < LONGEST_ROW and not SENTENCE.search(SHORT.sub("", plain.rstrip(".")))
