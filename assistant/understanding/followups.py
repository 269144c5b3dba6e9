"""What an elliptical question takes from the conversation: words, period, scenario, figures, operation.

"and in 2022?" takes the indicator; "what share of that?" the figures; "two years later" the period. A question that
names a new subject of its own keeps only what it lacks.
"""

import re
from dataclasses import dataclass, replace

from assistant.understanding.figure_index import Entry, FigureIndex
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months, counted_years, months
from assistant.understanding.reading import Reading, yearless
from knowledge.reading.periods import read_periods

INDUSTRIES = frozenset(
    f"c:{n}"
    for n in "manufacturing services primary_industry secondary_industry high_tech construction infrastructure "
    "real_estate mining energy new_energy automobile biomedicine it software robotics electronics semiconductor "
    "chemicals finance logistics railway aviation".split()
)
COUNTRIES = frozenset(
    f"c:{n}" for n in "france germany uk usa japan korea singapore netherlands switzerland australia hong_kong".split()
)
_PARTS = {  # how a quarter and a half are named, before one that leaves out what it is
    "en": ("in the first quarter of", "in the first half of"),
    "de": ("im ersten Quartal", "im ersten Halbjahr"),
    "fr": ("au premier trimestre", "au premier semestre"),
}
LENT = 0.55  # weight of words of the turn before
OLDER = 0.3
EDITION = 2.0  # weight of the number of the edition that is meant
ORDINALS = frozenset(f"w:{w}" for w in "first second third fourth fifth sixth seventh eighth ninth tenth last".split())


@dataclass(frozen=True, slots=True)
class Lent:
    """What the conversation lends to a question."""

    terms: tuple[tuple[str, float], ...] = ()
    periods: tuple[Months, ...] = ()
    entries: tuple[Entry, ...] = ()
    operation: str | None = None
    scenario: str | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier turn as it was understood."""

    reading: Reading
    periods: tuple[Months, ...]
    entries: tuple[Entry, ...]
    operation: str
    lent: tuple[tuple[str, float], ...] = ()


def elliptical(reading: Reading, index: FigureIndex) -> bool:
    """Whether a question leans on the turn before it: it opens so, points back, or names nothing of its own."""
    solid = [t for t in reading.terms if t.key not in reading.soft and t.key in index.postings]
    if pattern("elliptic").search(reading.text) or not solid:
        return True
    pointing = bool(pattern("pointing").search(reading.text)) or bool(
        pattern("years_later").search(reading.text) or pattern("year_before").search(reading.text)
    )
    return pointing or len(solid) <= 2


def lend(reading: Reading, past: tuple[Past, ...], index: FigureIndex) -> Lent:
    """What the last turns lend to this question; nothing where it stands on its own."""
    if not past or not elliptical(reading, index):
        return Lent()
    last = past[-1]
    own = {t.key for t in reading.terms}
    ranked = bool(own & ORDINALS)  # "and the second one?": another of what was spoken of
    replaced = _siblings(reading, own)
    lent: dict[str, float] = {}
    for term in last.reading.terms:
        if term.key not in own | replaced and not (ranked and term.key in ORDINALS):
            lent[term.key] = LENT
    for key, weight in last.lent:
        lent.setdefault(key, weight * OLDER / LENT)
    if pattern("edition_before").search(reading.text):
        return _edition_before(lent, last, past, index)
    shifted = _shifted(reading.text, last.periods) or _named_part(reading, last.periods)
    kept = periods_of(last.reading) if ranked else last.periods
    periods = shifted or (() if reading.periods else kept)
    entries = tuple(dict.fromkeys(e for turn in reversed(past[-2:]) for e in turn.entries))
    return Lent(tuple(lent.items()), periods, entries, last.operation, None)


def _edition_before(lent: dict[str, float], last: Past, past: tuple[Past, ...], index: FigureIndex) -> Lent:
    """What is lent to a question for the edition before: its number, where a notice has it, else the year before."""
    numbers = [int(k[1:]) for k in lent if k[0] == "#" and k[1:].isdigit()]
    kept = {k: w for k, w in lent.items() if k[0] != "#"}
    former = f"#{numbers[0] - 1}" if numbers else ""
    entries = tuple(dict.fromkeys(e for turn in reversed(past[-2:]) for e in turn.entries))
    ends = [m.last // 12 - 1 for m in (*(e.months for e in entries[:1]), *last.periods[-1:]) if m]
    if former in index.postings:
        return Lent((*kept.items(), (former, EDITION)), (), entries, last.operation)
    return Lent(tuple(kept.items()), tuple(Months(y * 12, y * 12 + 11) for y in ends[:1]), entries, last.operation)


def _siblings(reading: Reading, own: set[str]) -> frozenset[str]:
    """The terms that a term of the question takes the place of: 三产呢 behind 二产, "and Japan?" behind Germany."""
    if reading.has("versus", "difference", "sum", "share"):
        return frozenset()
    return frozenset(t for kind in (INDUSTRIES, COUNTRIES) if own & kind for t in kind)


def dated(reading: Reading, past: tuple[Past, ...]) -> Reading:
    """The reading with a quarter or month that names no year put into the year of the last turn: "and in Q3?"."""
    years = {p.last // 12 for p in past[-1].periods} if past else set()
    if len(years) != 1:
        return reading
    year = str(years.pop())
    periods = tuple(
        replace(p, code=re.sub(r"\d{4}", year, p.code), relative=False) if p.relative and yearless(p) else p
        for p in reading.periods
    )
    return replace(reading, periods=periods)


def _shifted(text: str, periods: tuple[Months, ...]) -> tuple[Months, ...]:
    """The period so many years on or back, where the question counts from the last one."""
    if not periods:
        return ()
    years = counted_years(text)
    return tuple(_moved(p, years) for p in periods[-1:]) if years else ()


def _named_part(reading: Reading, periods: tuple[Months, ...]) -> tuple[Months, ...]:
    """The whole year of the last period, or its next part by number alone: "and in the second?", 全年呢."""
    if not periods or reading.periods:
        return ()
    year = periods[-1].last // 12
    if pattern("whole_year").search(reading.text):
        return (Months(year * 12, year * 12 + 11),)
    what = {3: 0, 6: 1}.get(periods[-1].length) if periods[-1].first is not None else None
    if what is None or reading.language not in _PARTS:
        return ()
    opening = f"{_PARTS[reading.language][what]} {year}, "
    found = read_periods(opening + reading.text[:1].lower() + reading.text[1:], None, reading.language)
    return tuple(m for p in found if p.start >= len(opening) and (m := months(p.code)))


def _moved(period: Months, years: int) -> Months:
    """The period so many years on; what took place on a day took place on another one of that year."""
    if period.day:
        year = (period.last // 12 + years) * 12
        return Months(year, year + 11)
    return Months(None if period.first is None else period.first + 12 * years, period.last + 12 * years)


def periods_of(reading: Reading) -> tuple[Months, ...]:
    """The resolved periods of a reading."""
    return tuple(m for p in reading.periods if (m := months(p.code)))
