"""Figures found by what they measure: filters that must hold, then words by overlap."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.figure import Figure

WORD = re.compile(r"[^\W_]+")
CJK = re.compile(r"[\u3400-\u9fff]")
LEAST = 0.34  # of the words asked for


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None leaves a part open."""

    indicator: str | None = None
    text: str | None = None
    ref_area: str | None = None
    time_period: str | None = None
    scenario: str | None = None
    unit: str | None = None
    change_kind: str | None = None
    dimensions: dict[str, str] | None = None


def find(figures: Iterable[Figure], wanted: Wanted, limit: int) -> list[Figure]:
    """The best matches first; those of equal worth stay in published order."""
    scored = [(score(figure, wanted), at, figure) for at, figure in enumerate(figures) if _fits(figure, wanted)]
    best = sorted((row for row in scored if row[0] >= LEAST), key=lambda row: (-row[0], row[1]))
    return [figure for _, _, figure in best[:limit]]


def score(figure: Figure, wanted: Wanted) -> float:
    """How well the words fit, 0 to 1; 1 where no words were given."""
    parts = []
    if wanted.indicator:
        same = wanted.indicator in (figure.indicator, figure.label)
        parts.append(1.0 if same else _overlap(wanted.indicator, f"{figure.indicator} {figure.label}"))
    if wanted.text:
        words = f"{figure.label} {figure.indicator} {figure.ref_area} {' '.join(figure.dimensions.values())}"
        parts.append(max(_overlap(wanted.text, words), 0.8 * _overlap(wanted.text, f"{words} {figure.quote}")))
    return sum(parts) / len(parts) if parts else 1.0


def nearest(figures: Iterable[Figure], words: str) -> str:
    """What is known instead, in one line."""
    labels = list(dict.fromkeys(figure.label for figure in figures))
    close = process.extract(words, labels, scorer=fuzz.token_set_ratio, limit=5) if words else []
    return "known are " + "; ".join(
        [str(row[0])[:80] for row in close] or [label[:80] for label in labels[:8]] or ["none"]
    )


def words(text: str) -> set[str]:
    """Words without their endings; Chinese by characters."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    plain = {_stem(word) for word in WORD.findall(CJK.sub(" ", flat))}
    return plain | set(CJK.findall(flat))


def _fits(figure: Figure, wanted: Wanted) -> bool:
    return (
        _same(wanted.time_period, figure.time_period)
        and _same(wanted.scenario, str(figure.scenario))
        and _same(wanted.unit, figure.unit)
        and _same(wanted.change_kind, str(figure.change_kind))
        and _within(wanted.ref_area, figure.ref_area)
        and all(
            _within(value, figure.dimensions.get(key, "")) and bool(figure.dimensions.get(key))
            for key, value in (wanted.dimensions or {}).items()
        )
    )


def _same(wanted: str | None, has: str) -> bool:
    return wanted is None or wanted.casefold() == has.casefold()


def _within(wanted: str | None, has: str) -> bool:
    return wanted is None or words(wanted) <= words(has) or (bool(words(has)) and words(has) <= words(wanted))


def _overlap(wanted: str, has: str) -> float:
    asked, known = words(wanted), words(has)
    return len(asked & known) / len(asked) if asked else 0.0


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
