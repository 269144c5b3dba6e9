"""The one way in for every surface: a question goes in, an Answer comes out."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant.answer import Answer
from assistant.settings import Settings
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Event:
    """What happens while an answer is made; the last one is `answer` (or `error`)."""

    kind: Literal["step", "text", "figure", "citation", "answer", "error"]
    data: dict[str, Any]


class Assistant:
    """Answers questions over one Library. Safe for concurrent use; turns of one conversation are serialised."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self.library, self.settings = library, settings

    async def ask(
        self,
        text: str,
        *,
        as_of: date,
        conversation_id: str | None = None,
        owner: str = "local",
        earlier: tuple[str, ...] = (),
        collection: str | None = None,
        interpretation: dict[str, str] | None = None,
    ) -> Answer:
        """The Answer. `earlier` are questions of the same conversation, answered first where it is not stored."""
        raise NotImplementedError

    def stream(
        self,
        text: str,
        *,
        as_of: date,
        conversation_id: str | None = None,
        owner: str = "local",
        earlier: tuple[str, ...] = (),
        collection: str | None = None,
        interpretation: dict[str, str] | None = None,
    ) -> AsyncIterator[Event]:
        """The same as it happens: text reaches the stream only once it is verified."""
        raise NotImplementedError
