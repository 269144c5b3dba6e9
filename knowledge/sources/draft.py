"""What a reader makes of one document: a notice that has no identity yet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.figure import Figure
from knowledge.notice import Notice


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as read. `text` is final: every span of Tally will count code points into it.

    What a reader does not know it leaves empty: title, date, section and language are then found in the text.
    `figures` is for tables: called with the finished notice, it yields the figures of the cells, in place of the
    ledger's reading of the text. It may yield a million rows; they are stored in chunks.
    """

    text: str
    title: str = ""
    published: date | None = None
    url: str | None = None
    section: str | None = None
    language: str | None = None
    media_type: str = "text/plain"
    pages: tuple[int, ...] = ()
    scanned: tuple[int, ...] = ()  # pages that are pictures without text, counted from 1
    transcribed: tuple[tuple[int, int], ...] = ()  # stretches of the text that a model read from a picture
    warnings: tuple[str, ...] = ()  # what could not be read: "scanned and unreadable: page 3"
    fingerprint: str = ""  # of what decides the figures beside the text: a table's mapping
    figures: Callable[[Notice], Iterable[Figure]] | None = None
    blocks: Callable[[], Iterable[Any]] | None = None  # rows of a large table, for `LargeTables.put`
