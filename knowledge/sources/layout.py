"""Characters on a page to paragraphs and table rows: pure geometry, no PDF library.

Coordinates are points with the origin at the lower left, as in PDF.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from knowledge.sources.tablelines import BAR

_CELL_GAP = 1.2  # heights of a line: a wider gap parts two cells
_WORD_GAP = 0.18
_LEADING = 1.45  # times the usual distance of lines: more begins a paragraph
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\u3000-\u303f“”‘’]")
_ENDS = re.compile(r"[.!?。！？；;:：…][\"”’)）】」]*$")
_SOFT_HYPHENS = "\u00ad\u0002\ufffe"


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character and its box."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def height(self) -> float:
        return max(self.y1 - self.y0, 0.1)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line without a wide gap: a cell, or the whole line."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """The characters at one height."""

    segments: tuple[Segment, ...]
    y0: float
    y1: float
    region: int = 0  # what runs across the page, then its columns

    @property
    def text(self) -> str:
        return " ".join(s.text for s in self.segments)

    @property
    def x0(self) -> float:
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        return self.segments[-1].x1

    @property
    def height(self) -> float:
        return self.y1 - self.y0


def page_lines(chars: Sequence[Char]) -> tuple[Line, ...]:
    """The lines of a page from top to bottom; a page set in two columns is read column by column."""
    gutter = _gutter(chars)
    if gutter is None:
        return _lines(chars)
    across = [line for line in _lines(chars) if any(s.x0 < gutter < s.x1 for s in line.segments)]
    top = min((line.y0 for line in across), default=None)
    above = [c for c in chars if top is not None and c.y0 >= top - 0.1]  # titles run across both columns
    below = [c for c in chars if top is None or c.y0 < top - 0.1]
    left = [c for c in below if c.x1 <= gutter]
    right = [c for c in below if c.x1 > gutter]
    regions = enumerate((above, left, right))
    return tuple(replace(line, region=number) for number, part in regions for line in _lines(part))


def _lines(chars: Sequence[Char]) -> tuple[Line, ...]:
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: -(c.y0 + c.y1)):
        middle = (char.y0 + char.y1) / 2
        row = rows[-1] if rows else []
        if row and _same_line(row[0], char, middle):
            row.append(char)
        else:
            rows.append([char])
    made = (_line(sorted(row, key=lambda c: c.x0)) for row in rows)
    return tuple(line for line in made if line.segments)


def _same_line(anchor: Char, char: Char, middle: float) -> bool:
    tall = max(anchor.height, char.height)
    apart = abs((anchor.y0 + anchor.y1) / 2 - middle)
    return apart < 0.35 * tall


def _line(row: list[Char]) -> Line:
    height = median(c.height for c in row)
    base = median(c.y0 for c in row)
    segments: list[Segment] = []
    text, begin, end = "", 0.0, 0.0
    for char in row:
        shown = _raised(char, height, base)
        gap = char.x0 - end
        if text.strip() and gap > _CELL_GAP * height:
            segments.append(Segment(text.strip(), begin, end))
            text = ""
        if not text.strip():
            text, begin = "", char.x0
        elif gap > _WORD_GAP * height and not text.endswith(" ") and not (_WIDE.match(shown) or _WIDE.match(text[-1])):
            text += " "
        text += shown
        if not shown.isspace():
            end = char.x1
    if text.strip():
        segments.append(Segment(text.strip(), begin, end))
    return Line(tuple(segments), min(c.y0 for c in row), max(c.y1 for c in row))


def _raised(char: Char, height: float, base: float) -> str:
    """A small raised digit is a note's mark, never a digit of the number before it."""
    if char.text.isdecimal() and char.height < 0.8 * height and char.y0 > base + 0.2 * height:
        return char.text.translate(_RAISED)
    return char.text


def _gutter(chars: Sequence[Char]) -> float | None:
    """Where the two columns of a page part, or None: long lines on both sides of an empty stripe at the middle."""
    if len(chars) < 200:
        return None
    left, right = min(c.x0 for c in chars), max(c.x1 for c in chars)
    middle = (left + right) / 2
    lines = _lines(chars)
    split = [line for line in lines if len(line.segments) == 2 and line.segments[0].x1 < middle < line.segments[1].x0]
    if len(split) < 8 or len(split) < 0.6 * len(lines):
        return None
    if min(median(_breadth(line.segments[i].text) for line in split) for i in (0, 1)) < 30:
        return None
    return (max(line.segments[0].x1 for line in split) + min(line.segments[1].x0 for line in split)) / 2


def _breadth(text: str) -> int:
    return sum(2 if _WIDE.match(c) else 1 for c in text)


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without page numbers and without the heads and feet that most pages repeat."""
    counts: dict[str, int] = {}
    for page in pages:
        for key in {_head_key(line) for line in _edges(page)}:
            counts[key] = counts.get(key, 0) + 1
    repeated = {key for key, count in counts.items() if count >= max(3, len(pages) / 2)}
    kept = []
    for page in pages:
        edge = set(map(id, _edges(page)))
        kept.append([ln for ln in page if id(ln) not in edge or not _is_running(ln, repeated)])
    return kept


def _edges(page: Sequence[Line]) -> list[Line]:
    return [*page[:2], *page[-2:]]


def _head_key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page\s*|第\s*)?\d{1,4}(?:\s*(?:/|of|页)\s*(?:共?\s*\d{1,4}\s*页?)?)?[-–—\s]*", re.I
)


def _is_running(line: Line, repeated: set[str]) -> bool:
    return _PAGE_NUMBER.fullmatch(line.text) is not None or _head_key(line) in repeated


def paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """The page's paragraphs; the rows of a table stay together, one a line, cells parted by ` | `."""
    for _, region in groupby(lines, key=lambda line: line.region):
        yield from _paragraphs(list(region))


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    usual = _usual_distance(lines)
    right = max((line.x1 for line in lines), default=0.0)
    left = min((line.x0 for line in lines), default=0.0)
    text, before = "", None
    table: list[Line] = []
    for i, line in enumerate(lines):
        if _is_row(lines, i):
            if text:
                yield text
                text = ""
            table.append(line)
            before = line
            continue
        if table:
            yield "\n".join(_rows(table))
            table, before = [], None
        if text and before is not None and not _breaks(before, line, usual, left, right, text):
            text = join(text, line.text)
        else:
            if text:
                yield text
            text = line.text
        before = line
    if table:
        yield "\n".join(_rows(table))
    if text:
        yield text


def _usual_distance(lines: Sequence[Line]) -> float:
    gaps = [a.y0 - b.y0 for a, b in pairwise(lines) if a.y0 > b.y0]
    return median(gaps) if gaps else 0.0


def _is_row(lines: Sequence[Line], i: int) -> bool:
    """Whether line `i` is a table's row: cells that stand under or above cells of a neighbour."""
    line = lines[i]
    if len(line.segments) < 2:
        return False
    near = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return any(len(other.segments) > 1 and _aligned(line, other) for other in near)


def _aligned(line: Line, other: Line) -> bool:
    """Whether the gaps of the two lines overlap, so that columns show."""
    if abs(line.y0 - other.y0) > 5 * max(line.height, other.height):
        return False
    return any(a0 < b1 and b0 < a1 for a0, a1 in _gaps(line) for b0, b1 in _gaps(other))


def _gaps(line: Line) -> list[tuple[float, float]]:
    return [(a.x1, b.x0) for a, b in pairwise(line.segments)]


def _rows(table: list[Line]) -> Iterator[str]:
    """The rows with their cells put under the columns that the whole block shows."""
    columns = _columns(table)
    for line in table:
        cells = [""] * len(columns)
        for segment in line.segments:
            at = max(range(len(columns)), key=lambda c: min(segment.x1, columns[c][1]) - max(segment.x0, columns[c][0]))
            cells[at] = f"{cells[at]} {segment.text}".strip()
        yield BAR.join(cells).rstrip()


def _columns(table: list[Line]) -> list[tuple[float, float]]:
    """Stripes of x that hold cells, from the rows that have the most of them."""
    most = max(len(line.segments) for line in table)
    spans = sorted((s.x0, s.x1) for line in table if len(line.segments) == most for s in line.segments)
    stripes: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if stripes and x0 < stripes[-1][1]:
            stripes[-1] = (stripes[-1][0], max(stripes[-1][1], x1))
        else:
            stripes.append((x0, x1))
    return stripes


def _breaks(before: Line, line: Line, usual: float, left: float, right: float, text: str) -> bool:
    """Whether a new paragraph begins with `line`."""
    distance = before.y0 - line.y0
    if distance <= 0 or (usual and distance > _LEADING * usual):
        return True
    if abs(before.height - line.height) > 0.2 * max(before.height, line.height):
        return True
    if line.x0 > left + 1.2 * line.height and before.x0 <= left + 0.5 * line.height:
        return True
    short = before.x1 < right - 0.15 * (right - left)
    return (short and bool(_ENDS.search(text))) or before.x1 < left + 0.5 * (right - left)


def join(text: str, more: str) -> str:
    """Two lines of one paragraph as one."""
    if text[-1] in _SOFT_HYPHENS:
        return text[:-1] + more
    if text[-1] == "-" or _WIDE.match(text[-1]) or _WIDE.match(more):
        return text + more
    return f"{text} {more}"


def goes_on(text: str, more: str) -> bool:
    """Whether a paragraph that ended a page goes on with `more` on the next one."""
    if not text or not more or BAR in text or BAR in more or _ENDS.search(text):
        return False
    return more[0].islower() or (bool(_WIDE.match(more[0])) and len(text) > 20)
