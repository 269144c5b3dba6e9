"""What has been found for one question: handles that a draft may name, and nothing else may be printed.

F1, F2, ... figures; C1, ... derivations; P1, ... passages; Q1, ... numbers that the asker wrote.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from knowledge.figure import Figure
from knowledge.notice import Passage

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A number that the asker wrote: may be computed with, is printed as the asker's, never as a fact."""

    value: Decimal
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """A computed number. `expression` is plain arithmetic over handles (`F1 / F2 * 100`)."""

    expression: str
    operands: tuple[str, ...]
    value: Decimal
    unit: str
    low: Decimal
    high: Decimal
    qualifier: str
    formula: str  # in words
    scenario: str = "actual"
    period: str = ""


@dataclass(slots=True)
class Evidence:
    """The handles of one question, numbered in the order in which they were found."""

    figures: dict[str, Figure] = field(default_factory=dict)
    derivations: dict[str, Derivation] = field(default_factory=dict)
    passages: dict[str, Passage] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)

    def add_figure(self, figure: Figure) -> str:
        """The figure's handle; the same figure keeps its handle."""
        known = next((h for h, f in self.figures.items() if f.figure_id == figure.figure_id), None)
        return known or _put(self.figures, "F", figure)

    def add_passage(self, passage: Passage) -> str:
        """The passage's handle; the same passage keeps its handle."""
        known = next((h for h, p in self.passages.items() if p.passage_id == passage.passage_id), None)
        return known or _put(self.passages, "P", passage)

    def add_derivation(self, derivation: Derivation) -> str:
        """A new handle for a computed number."""
        return _put(self.derivations, "C", derivation)

    def add_asked(self, asked: Asked) -> str:
        """A new handle for a number of the asker's."""
        return _put(self.asked, "Q", asked)


def _put(shelf: dict[str, _T], letter: str, item: _T) -> str:
    handle = f"{letter}{len(shelf) + 1}"
    shelf[handle] = item
    return handle
