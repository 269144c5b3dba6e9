"""What answering needs of a library: met by the Library, and by a library as one question sees it."""

from datetime import date
from typing import Protocol

from knowledge.figure import Figure
from knowledge.hit import Hit
from knowledge.ledger.flag import Flag
from knowledge.notice import Notice, Passage


class Known(Protocol):
    """Notices, passages and figures, read only."""

    def __hash__(self) -> int:
        """What is made of it is cached under it."""

    @property
    def version(self) -> int:
        """Moves with every change of what is known."""

    def notices(self, collection: str | None = None) -> tuple[Notice, ...]:
        """The current notices; of one collection, or of all."""

    def notice(self, notice_id: str) -> Notice:
        """The notice of that id. NotFound where it is not known."""

    def passages(self, notice_id: str) -> tuple[Passage, ...]:
        """The passages of a notice, in order. NotFound where the notice is not known."""

    def figures(self, collection: str | None = None) -> tuple[Figure, ...]:
        """Every figure that is not withdrawn."""

    def flags(self) -> tuple[Flag, ...]:
        """What the arithmetic of the notices does not bear out."""

    def search(
        self,
        query: str,
        *,
        limit: int = 8,
        published_after: date | None = None,
        published_before: date | None = None,
        collection: str | None = None,
    ) -> tuple[Hit, ...]:
        """Passages that fit a query, best first."""
