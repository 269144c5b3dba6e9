"""What wordings of time mean in English: the parts of a match to a period."""

import re
from typing import Any

from knowledge.reading import period_rules as r
from knowledge.reading.calendar import Frame, fiscal_year, last_weekday, stretch_to
from knowledge.reading.period_rules import YEAR, Found
from knowledge.reading.words import lexicon

WORDS = {w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_NTH = ("first 1st", "second 2nd", "third 3rd", "fourth 4th final last")
ORDINALS = {word: i for i, words in enumerate(_NTH, 1) for word in words.split()}
ORD = "(?P<ord>first|second|third|fourth|final|1st|2nd|3rd|4th)"
NUM = "(?P<num>two|three|four|five|six|seven|eight|nine|ten|eleven|\\d{1,2})"
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
THAT = r"this year|last year|the year|the previous year|the current year|next year|that year|the same year"
OF = rf"(?:[\s,]*(?:of|in)?[\s,]*(?:the year\s)?(?P<year>{YEAR}(?!\d)|{THAT}))?"
AMBIGUOUS = ("may", "march", "mar", "sep", "dec", "jan")  # words too, in lower case
PLAN_WORDS = {"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15}


def year_of(words: str | None, last_month: int, frame: Frame) -> tuple[int | None, bool]:
    """(year, whether it came from outside the words)."""
    if words is None or words.lower() in ("that year", "the same year"):
        return frame.year_of(last_month), True
    if words.isdigit():
        return int(words), False
    this = frame.this_year()
    shift = {"last year": -1, "the previous year": -1, "next year": 1}.get(words.lower(), 0)
    if words.lower() == "the year" and frame.year is not None:
        return frame.year, True
    return (this + shift if this else None), True


def count_of(words: str) -> int:
    return int(words) if words.isdigit() else WORDS[words.lower()]


def part(m: Any, frame: Frame) -> Found | None:
    """First half, second quarter, first eight months, first three quarters, Q3, H1."""
    if m.get("num"):
        count = count_of(m["num"]) * (3 if m["what"].lower().startswith("q") else 1)
        if not 1 <= count <= 12:
            return None
        year, relative = year_of(m["year"], count, frame)
        return r.span_of(1, count, year, relative)
    order = ORDINALS[m["ord"].lower()] if m.get("ord") else int(m["no"])
    half = m["what"].lower()[0] == "h"
    if half and order > 2 and (m.get("ord") or "").lower() not in ("final", "last"):
        return None
    order = min(order, 2) if half else order
    size = 6 if half else 3
    year, relative = year_of(m["year"], order * size, frame)
    return r.part_of_year(order * size - size + 1, order * size, "half" if half else "quarter", year, relative)


def short_year(m: Any) -> dict[str, Any]:
    year = (m["year"] or "").lstrip("'’")
    return {**m, "year": f"20{year}" if len(year) == 2 else year or None}


def months(m: Any, frame: Frame) -> Found | None:
    lex = lexicon("en")
    first, last = r.month_number(m["from"], lex), r.month_number(m["to"], lex)
    year, relative = year_of(m["year"] or m.get("lead"), last, frame)
    return r.span_of(first, last, year, relative)


def month(m: Any, frame: Frame) -> Found | None:
    if m["year"] is None and m["month"] in AMBIGUOUS:
        return None
    month = r.month_number(m["month"], lexicon("en"))
    year, relative = year_of(m["year"], month, frame)
    return r.span_of(month, month, year, relative, "month")


def day(m: Any, frame: Frame) -> Found | None:
    month = r.month_number(m["month"], lexicon("en"))
    year, relative = year_of(m["year"], month, frame)
    return r.day(year, month, int(m["day"]), relative)


def relative_year(m: Any, frame: Frame) -> Found | None:
    year, _ = year_of(re.sub(r"\s+", " ", m["that"]), 12, frame)
    return (str(year) if year else "", "year", True)


def start_of_year(m: Any, frame: Frame) -> Found | None:
    """What stood at the start of a year stood at the end of the one before."""
    year, relative = year_of(m["year"] or m["that"], 12, frame)
    return r.stock((str(year - 1) if year else "", "year", relative))


def weekday(m: Any, frame: Frame) -> Found | None:
    if not frame.anchor:
        return None
    return last_weekday(frame.anchor, WEEKDAYS.index(m["weekday"].lower())).isoformat(), "day", True


def fiscal(m: Any, frame: Frame) -> Found | None:
    first = int(m["first"]) + (2000 if len(m["first"]) == 2 else 0)
    last = m.get("second")
    if last:
        last_year = int(last) if len(last) == 4 else first - first % 100 + int(last)
        return (fiscal_year(first, frame.fiscal_month), "fiscal", False) if last_year == first + 1 else None
    return fiscal_year(first - 1, frame.fiscal_month), "fiscal", False


def fiscal_part(m: Any, frame: Frame) -> Found | None:
    """A quarter or half of a financial year; None where nothing says that the year is one."""
    if not (m["tail"] or m["fy"] or re.search(r"FY|fiscal|financial", m["all"] or "", re.IGNORECASE)):
        return None
    year = int(m["first"]) + (2000 if len(m["first"]) == 2 else 0)
    first = year if m["tail"] else year - 1
    half = (m["what"] or m["short"]).lower().startswith("h")
    order = ORDINALS[m["ord"].lower()] if m["ord"] else int(m["no"])
    size = 6 if half else 3
    start = first * 12 + frame.fiscal_month - 1 + (order - 1) * size
    end = start + size - 1
    return f"{start // 12}-{start % 12 + 1:02}/{end // 12}-{end % 12 + 1:02}", "range", False


def relative_month(m: Any, frame: Frame) -> Found | None:
    """This or last month or quarter, counted from the anchor."""
    if not frame.anchor:
        return "", "month", True
    size = 3 if m["unit"].lower() == "quarter" else 1
    at = (frame.anchor.year * 12 + frame.anchor.month - 1) // size - (
        m["which"].lower() in ("last", "previous", "past")
    )
    first = at * size
    if size == 1:
        return f"{first // 12}-{first % 12 + 1:02}", "month", True
    return f"{first // 12}-Q{first % 12 // 3 + 1}", "quarter", True


def relative_fiscal(m: Any, frame: Frame) -> Found | None:
    """This or last financial year, counted from the anchor."""
    if not frame.anchor:
        return "", "fiscal", True
    first = frame.anchor.year - (frame.anchor.month < frame.fiscal_month)
    last = m["which"].lower() in ("last", "previous", "past")
    return fiscal_year(first - last, frame.fiscal_month), "fiscal", True


def years(m: Any, frame: Frame) -> Found | None:
    first, last = int(m["first"]), int(m["second"])
    return r.years(first, last, frame) if first < last else None


def plan(m: Any, frame: Frame) -> Found | None:
    name = m["plan"].lower()
    return r.plan(PLAN_WORDS.get(name) or int(re.sub(r"\D", "", name) or 0))


def ended(m: Any, frame: Frame) -> Found | None:
    """The year to June 2023, the six months ended 30 September."""
    month = r.month_number(m["month"], lexicon("en"))
    year, relative = year_of(m["year"], month, frame)
    words, what = (m["count"] or "").lower(), m["what"].lower()
    count = 12 if what == "year" or words in ("", "twelve") else count_of(words)
    count = 3 if what == "quarter" else count
    return (stretch_to(year, month, count), "range", relative) if year and 1 <= count <= 24 else None


def same(m: Any, frame: Frame) -> Found:
    return "", "same_period", True


def now(m: Any, frame: Frame) -> Found:
    return (f"to {frame.today()}" if frame.today() else "", "stock", True)


def past(m: Any, frame: Frame) -> Found | None:
    return r.past_years(count_of(m["num"]), frame)
