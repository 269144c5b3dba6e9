"""Periods compared: SDMX codes as stretches of months."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.patterns import pattern

_PART = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d\d)(?:-(\d\d))?))?")


@dataclass(frozen=True, slots=True)
class Months:
    """First and last month, counted from year 0; `first` is None for a stock or running total (`to X`)."""

    first: int | None
    last: int
    day: bool = False

    @property
    def length(self) -> int:
        """In months; 0 for a stock."""
        return 0 if self.first is None else self.last - self.first + 1


@lru_cache(maxsize=10_000)
def months(code: str) -> Months | None:
    """The stretch of an SDMX code (see Figure.time_period), None where there is none."""
    running, text = code.startswith("to "), code.removeprefix("to ").strip()
    parts = [_PART.fullmatch(p.strip()) for p in text.split("/")] if text else [None]
    if None in parts:
        return None
    spans = [_span(p) for p in parts if p]
    day = bool(parts[0] and parts[0][5]) and len(parts) == 1
    return Months(None if running else spans[0][0], spans[-1][1], day)


def _span(match: "re.Match[str]") -> tuple[int, int]:
    year, quarter, half, month, _ = match.groups()
    base = int(year) * 12
    if quarter:
        return base + 3 * int(quarter) - 3, base + 3 * int(quarter) - 1
    if half:
        return base + 6 * int(half) - 6, base + 6 * int(half) - 1
    if month:
        return base + int(month) - 1, base + int(month) - 1
    return base, base + 11


def earlier(span: Months, count: int) -> Months:
    """The same stretch so many months before."""
    return Months(None if span.first is None else span.first - count, span.last - count, span.day)


_COUNTS = {
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ein": 1, "zwei": 2, "drei": 3, "un": 1, "deux": 2,
    "trois": 3, "一": 1, "两": 2, "二": 2, "三": 3,
}  # fmt: skip


def counted_years(text: str) -> int:
    """Years counted on (or back, negative) in a text: "two years later" is 2, "the year before" -1, else 0."""
    if match := pattern("years_later").search(text):
        count, direction = [g for g in match.groups() if g][:2]
        years = _COUNTS.get(count.lower()) or (int(count) if count.isdigit() else 1)
        return -years if pattern("backwards").search(direction) else years
    if pattern("year_before").search(text):
        return -1
    return 1 if pattern("year_after").search(text) else 0


def code_of(span: Months) -> str:
    """The shortest SDMX code of a stretch."""
    if span.first is None:
        return f"to {_month(span.last)}"
    year, offset = divmod(span.first, 12)
    if span.length == 12 and offset == 0:
        return f"{year}"
    if span.length == 6 and offset % 6 == 0:
        return f"{year}-H{offset // 6 + 1}"
    if span.length == 3 and offset % 3 == 0:
        return f"{year}-Q{offset // 3 + 1}"
    if span.length == 1:
        return _month(span.first)
    return f"{_month(span.first)}/{_month(span.last)}"


def _month(count: int) -> str:
    year, offset = divmod(count, 12)
    return f"{year}-{offset + 1:02d}"


def shift(code: str, years: int) -> str:
    """The same stretch some years later (or earlier)."""
    return re.sub(r"\d{4}", lambda m: str(int(m.group()) + years), code, count=0) if months(code) else code


def during(span: Months, have: Months) -> bool:
    """Whether a figure's period ends inside a stretch."""
    return (span.first if span.first is not None else span.last) <= have.last <= span.last


def holds(due: Months, reached: Months) -> bool:
    """Whether a result belongs to the time of a goal: of that time, of a part of it, or a stock on the way to it."""
    if due.first is not None:
        begins = reached.first if reached.first is not None else reached.last
        return due.first <= begins and reached.last <= due.last
    if reached.first is None:
        return reached.last <= due.last + 1
    return reached.first % 12 == 0 and reached.first // 12 == due.last // 12 and reached.last <= due.last


def fit(asked: Months, have: Months | None) -> float:
    """How well a figure's period answers an asked one: 1 the same, 0 another.

    A stock dated inside the asked stretch answers it; an event of a day or month inside an asked year does, less
    well; a part of a year never answers the year.
    """
    if have is None:
        return 0.0
    if have.first is None or asked.first is None:
        if asked.first is None and have.first is not None:
            return 0.85 if have.last == asked.last else 0.0
        low = asked.first if asked.first is not None else asked.last
        return 0.95 if low <= have.last <= asked.last else 0.0
    if (have.first, have.last) == (asked.first, asked.last):
        return 1.0
    if asked.length > 24 and have.first == asked.first and have.last <= asked.last:
        return 0.85  # "since 2012" up to a date that is not named
    if (
        asked.length == 24
        and have.length == 12
        and have.first % 12
        and asked.first <= have.first
        and have.last <= asked.last
    ):
        return 0.97  # "2021 to 2022" as a financial year
    fiscal = asked.length == have.length == 12 and asked.first % 12 and have.first % 12
    if fiscal and abs(asked.first - have.first) <= 6 and asked.first // 12 == have.first // 12:
        return 0.96  # financial years that begin in another month
    if have.length == 1 and asked.length in (12, 6, 3) and asked.first <= have.first <= asked.last:
        return 0.9 if have.day else 0.7
    return 0.0
