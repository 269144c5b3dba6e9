"""Every number of a message looked up in the ledger: supported, contradicted or unknown, with the source."""

from dataclasses import dataclass
from typing import Literal

from api.bots.document import Source
from knowledge.library import Library

Verdict = Literal["supported", "contradicted", "unknown"]


@dataclass(frozen=True, slots=True)
class Checked:
    """One number of a message. `reason` is plain words; `source` is where the published figure stands."""

    text: str
    verdict: Verdict
    reason: str
    source: Source | None = None


def check(text: str, library: Library, collection: str | None = None) -> tuple[Checked, ...]:
    """A verdict on each number of `text`, in its order."""
    raise NotImplementedError
