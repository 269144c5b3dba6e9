"""The published document and its stretches: pure values; identity and storage are the store's concern."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Notice:
    """One published document.

    `text` is the stored text, header block removed; every span of Tally counts code points into it.
    """

    notice_id: str  # hash of the content
    source: str  # the path or URL given to `tally add`
    title: str
    text: str
    language: str  # ISO 639-1
    published: date | None = None
    url: str | None = None  # where it was published: what people click
    section: str | None = None
    collection: str = "default"
    media_type: str = "text/plain"
    pages: tuple[int, ...] = ()  # offsets at which pages begin, for paged documents


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a notice: what the vector store holds. `text == notice.text[start:end]`."""

    passage_id: str
    notice_id: str
    start: int
    end: int
    text: str
