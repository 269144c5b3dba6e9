"""What is told while an answer is made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Event:
    """What happens while an answer is made; the last one is `answer` (or `error`).

    `step` {"text", "tool"?}; `text` {"text"} a verified stretch, with {"replace": true} where it takes the place of
    all the text sent before; `figure` and `citation` a row of the Answer; `answer` the Answer.
    """

    kind: Literal["step", "text", "figure", "citation", "answer", "error"]
    data: dict[str, Any]


Report = Callable[[Event], None]


def unheard(event: Event) -> None:
    """A report that nobody waits for."""
