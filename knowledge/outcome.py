"""What became of one source in an ingest."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["added", "changed", "unchanged", "removed", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source; `reason` says why it failed, or which notice it repeats."""

    source: str
    status: Status
    title: str = ""
    published: date | None = None
    figures: int = 0
    reason: str = ""
    notice_id: str = ""
