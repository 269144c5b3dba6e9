"""A person's correction or withdrawal of one figure; the original is never lost."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """One changed field of one figure, or its withdrawal.

    A figure is found again after a re-ingest by its `figure_id`, which is made of source, span and printed token,
    or, where the text around it moved, by `anchor` (source, printed token, quote).
    """

    figure_id: str
    field: str  # a field of Figure, or "withdrawn"
    before: str
    after: str
    who: str
    when: datetime
    anchor: tuple[str, str, str] = ("", "", "")  # source, published_as, quote
    reason: str = ""
