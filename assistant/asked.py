"""The numbers that an asker wrote, as handles: they may be computed with and are never evidence."""

from assistant.evidence import Asked
from assistant.tools import Toolbox
from knowledge.reading.amounts import read_amounts

TAKEN = frozenset({"money", "percent", "points", "multiple", "count", "number"})


def register(text: str, language: str, toolbox: Toolbox) -> dict[str, Asked]:
    """The question's amounts as Q1, Q2, ...; years and ordinals are names, not amounts."""
    for amount in read_amounts(text, language):
        if amount.kind in TAKEN:
            toolbox.evidence.add_asked(Asked(amount.value, amount.unit, amount.text))
    return dict(toolbox.evidence.asked)
