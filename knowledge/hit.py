"""A passage found by a search."""

from dataclasses import dataclass

from knowledge.notice import Notice, Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its fused score in 0..1."""

    passage: Passage
    notice: Notice
    score: float
