"""One row of a language's period grammar, and the parts that all four share."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from knowledge.reading.calendar import Frame, end_of, fiscal_year, months, plan_period
from knowledge.reading.words import Lexicon

Found = tuple[str, str, bool]  # code, kind, relative
Reading = Callable[[Mapping[str, str | None], Frame], Found | None]
YEAR = r"(?:19|20)\d{2}"
BARE_YEAR = rf"(?<![\d.,$€£¥/-]){YEAR}(?![\d/]|[,.]\d)"


@dataclass(frozen=True)
class Rule:
    """A wording, as a pattern with named groups, and how it is read."""

    name: str
    pattern: re.Pattern[str]
    read: Reading
    example: str


def span_of(first: int, last: int, year: int | None, relative: bool, kind: str = "range") -> Found:
    """A stretch of months in a year that may not be known."""
    return (months(year, first, last) if year else "", kind, relative)


def part_of_year(first: int, last: int, kind: str, year: int | None, relative: bool) -> Found:
    """A half, a quarter or a stretch, under its own code."""
    if year is None:
        return "", kind, relative
    if kind == "half":
        return f"{year}-H{1 if first == 1 else 2}", kind, relative
    if kind == "quarter":
        return f"{year}-Q{(first + 2) // 3}", kind, relative
    return months(year, first, last), kind, relative


def stock(found: Found | None) -> Found | None:
    """By the end of a stretch."""
    return found and (end_of(found[0]) if found[0] else "", "stock", found[2])


def day(year: int | None, month: int, number: int, relative: bool) -> Found | None:
    if not 1 <= number <= 31:
        return None
    return (f"{year}-{month:02}-{number:02}" if year else "", "day", relative)


def years(first: int, last: int, frame: Frame) -> Found:
    """Two years as a stretch, or as the financial year they name."""
    if last == first + 1 and frame.fiscal:
        return fiscal_year(first, frame.fiscal_month), "fiscal", False
    return f"{first}/{last}", "range", False


def plan(number: int) -> Found | None:
    return (plan_period(number), "plan", False) if 1 <= number <= 20 else None


def since(first: str, frame: Frame) -> Found:
    """From a year or month up to the anchor."""
    return (f"{first}/{frame.today()}" if frame.today() and first else "", "range", not first)


def past_years(count: int, frame: Frame) -> Found | None:
    """The past N years: up to the last full year, or the running one in the second half of a year."""
    if not frame.anchor or not 2 <= count <= 30:
        return None
    last = frame.anchor.year - (frame.anchor.month <= 6)
    return f"{last - count + 1}/{last}", "range", True


def month_pattern(lexicon: Lexicon) -> str:
    names = sorted(lexicon.table("months"), key=lambda n: -len(n))
    return r"(?<![^\W\d_])(?:" + "|".join(rf"{n}(?:\.|(?![^\W\d_]))" for n in names) + ")"


def month_number(name: str, lexicon: Lexicon) -> int:
    return int(lexicon.values("months")[name.rstrip(".").casefold()])
