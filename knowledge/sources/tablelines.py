"""A table inside a document as lines of text: one row a line, cells parted by ` | `."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

BAR = " | "
_SPACE = re.compile(r"[\s\u00a0\u3000|]+")


@lru_cache(maxsize=16_384)
def cell_text(raw: str) -> str:
    """One cell on one line, without the bar that parts cells."""
    return _SPACE.sub(" ", raw).strip()


def render(rows: Iterable[Sequence[str]]) -> str:
    """The rows as lines; empty rows and columns that are empty throughout are left out."""
    cells = [[cell_text(c) for c in row] for row in rows]
    cells = [row for row in cells if any(row)]
    width = max((len(row) for row in cells), default=0)
    kept = [i for i in range(width) if any(i < len(row) and row[i] for row in cells)]
    return "\n".join(_line(row, kept) for row in cells)


def merge_headers(rows: Sequence[Sequence[str]], count: int) -> list[list[str]]:
    """The first `count` rows as one: "2023" above "Total" becomes "2023 Total"."""
    if count < 2 or count >= len(rows):
        return [list(row) for row in rows]
    width = max(len(row) for row in rows[:count])
    merged = [" ".join(dict.fromkeys(row[i] for row in rows[:count] if i < len(row) and row[i])) for i in range(width)]
    return [merged, *(list(row) for row in rows[count:])]


def _line(row: Sequence[str], kept: Sequence[int]) -> str:
    present = [row[i] if i < len(row) else "" for i in kept]
    if len(set(present)) == 1:  # a heading that spans the whole table
        return present[0]
    return BAR.join(present).rstrip()
