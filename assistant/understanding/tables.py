"""Tables inside notices as questions see them: members, measures and times, each cell an entry of the index."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.understanding.figure_index import Entry, FigureIndex, keys
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months
from assistant.understanding.terms import stem
from knowledge.ledger.grid import CAPTION, Grid, Row, grids
from knowledge.ledger.headers import DATED, row_header
from knowledge.notice import Notice
from knowledge.reading.periods import read_periods

_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_EDGES = " ,;:：-–|%"


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: of which member, of which measure; its time is the entry's. "" is the whole, or the only one."""

    member: str
    measure: str
    entry: Entry


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The cells of one table; the names of members and measures with their terms."""

    notice: Notice
    cells: tuple[Cell, ...]
    words: frozenset[str]  # of caption and header
    kind: frozenset[str]  # the stems of what stands above its rows: "state", "quarter"
    dimension: str  # counterpart, industry, district, "" where the table does not say
    members: dict[str, frozenset[str]] = field(
        default_factory=dict
    )  # in the order of the table; neither total nor rest
    rest: frozenset[str] = frozenset()  # the members that are all others
    measures: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def times(self) -> tuple[Months, ...]:
        """The times that any cell is of, oldest first."""
        found = {c.entry.months for c in self.cells if c.entry.months}
        return tuple(sorted(found, key=lambda m: (m.last, m.length)))

    @property
    def span(self) -> Months | None:
        """The time that all others lie in: the year of its quarters."""
        return next((s for s in self.times if all(_lies_in(t, s) for t in self.times)), None)

    def at(self, member: str, measure: str, time: Months | None) -> Entry | None:
        """The cell of a member, a measure and a time."""
        return next(
            (c.entry for c in self.cells if (c.member, c.measure) == (member, measure) and c.entry.months == time), None
        )


def _lies_in(part: Months, span: Months) -> bool:
    return part.first is not None and span.first is not None and span.first <= part.first and part.last <= span.last


@lru_cache(maxsize=4)
def tables(index: FigureIndex) -> tuple[Table, ...]:
    """All tables of the notices that the index holds."""
    at: dict[str, dict[int, Entry]] = {}
    notices: dict[str, Notice] = {}
    for entry in index.entries:
        if entry.figure.cell is None:
            notices[entry.figure.notice_id] = entry.notice
            for said in entry.figure.stated():
                at.setdefault(entry.figure.notice_id, {})[said.start] = entry
    made = (_table(notice, grid, at[key]) for key, notice in notices.items() for grid in grids(notice.text))
    return tuple(t for t in made if len(t.cells) > 1)


def _table(notice: Notice, grid: Grid, at: dict[int, Entry]) -> Table:
    language = notice.language
    names = [_measure(name) for name in grid.columns]
    caption = CAPTION.sub("", grid.caption)
    cells = tuple(_cells(notice, grid, names, at))
    if not any(c.member for c in cells) and sum(bool(pattern("whole_row").fullmatch(n)) for n in names) == 1:
        cells = tuple(Cell("" if pattern("whole_row").fullmatch(c.measure) else c.measure, "", c.entry) for c in cells)
    rows = list(dict.fromkeys(c.member for c in cells if c.member))
    rest = frozenset(r for r in rows if pattern("rest_row").match(r))
    return Table(
        notice=notice,
        cells=cells,
        words=keys(f"{grid.caption} ; {grid.header}", language),
        kind=_stems(row_header(grid.header), language),
        dimension=grid.members,
        members={r: keys(r, language) for r in rows},
        rest=rest,
        measures={n: keys(n or caption, language) for n in dict.fromkeys(c.measure for c in cells)},
    )


def _stems(text: str, language: str) -> frozenset[str]:
    """The stems of all words, those that a question's reading passes over too: "state"."""
    if language == "zh":
        return frozenset({text} if text else ())
    return frozenset(stem(word, language) for word in re.findall(r"[^\W\d_]+", text.lower()))


def named_kinds(index: FigureIndex, text: str) -> frozenset[str]:
    """What a question calls the rows of any table: "which state", 哪个行业."""
    kinds = frozenset().union(*(t.kind for t in tables(index)))
    return (kinds & _stems(text, "en")) | {k for k in kinds if not k.isascii() and k in text}


def _cells(notice: Notice, grid: Grid, names: list[str], at: dict[int, Entry]) -> Iterator[Cell]:
    for row in grid.rows:
        member = _member(row, notice)
        for name, cell in zip(names, row.cells, strict=True):
            entry = next((at[i] for i in range(cell.start, cell.end) if i in at), None) if cell else None
            if entry is not None:
                yield Cell(member, name, entry)


def _measure(column: str) -> str:
    """The name of a column without its time and its unit."""
    return re.sub(DATED, " ", _BRACKETS.sub(" ", column), flags=re.IGNORECASE).strip(_EDGES)


def _member(row: Row, notice: Notice) -> str:
    """What a row is of: "" for the total, and where its label is only a time."""
    label = _BRACKETS.sub(" ", row.label.text)
    spans = read_periods(label, notice.published, notice.language) if notice.published else []
    for period in reversed(spans):
        label = label[: period.start] + " " + label[period.end :]
    name = re.sub(DATED, " ", label, flags=re.IGNORECASE).strip(_EDGES)
    return "" if not any(c.isalpha() for c in name) or pattern("whole_row").fullmatch(name) else name
