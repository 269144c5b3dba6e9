"""Periods in English words."""

import re
from functools import lru_cache
from typing import Any

from knowledge.reading import period_rules as r
from knowledge.reading.calendar import Frame, end_of, fiscal_year, last_weekday, stretch_to
from knowledge.reading.period_rules import YEAR, Found, Rule
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


def _year(words: str | None, last_month: int, frame: Frame) -> tuple[int | None, bool]:
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


def _n(words: str) -> int:
    return int(words) if words.isdigit() else WORDS[words.lower()]


def _part(m: Any, frame: Frame) -> Found | None:
    """First half, second quarter, first eight months, first three quarters, Q3, H1."""
    if m.get("num"):
        count = _n(m["num"]) * (3 if m["what"].lower().startswith("q") else 1)
        if not 1 <= count <= 12:
            return None
        year, relative = _year(m["year"], count, frame)
        return r.span_of(1, count, year, relative)
    order = ORDINALS[m["ord"].lower()] if m.get("ord") else int(m["no"])
    half = m["what"].lower()[0] == "h"
    if half and order > 2 and (m.get("ord") or "").lower() not in ("final", "last"):
        return None
    order = min(order, 2) if half else order
    size = 6 if half else 3
    year, relative = _year(m["year"], order * size, frame)
    return r.part_of_year(order * size - size + 1, order * size, "half" if half else "quarter", year, relative)


def _short_year(m: Any) -> dict[str, Any]:
    year = (m["year"] or "").lstrip("'’")
    return {**m, "year": f"20{year}" if len(year) == 2 else year or None}


def _months(m: Any, frame: Frame) -> Found | None:
    lex = lexicon("en")
    first, last = r.month_number(m["from"], lex), r.month_number(m["to"], lex)
    year, relative = _year(m["year"] or m.get("lead"), last, frame)
    return r.span_of(first, last, year, relative)


def _month(m: Any, frame: Frame) -> Found | None:
    if m["year"] is None and m["month"] in AMBIGUOUS:
        return None
    month = r.month_number(m["month"], lexicon("en"))
    year, relative = _year(m["year"], month, frame)
    return r.span_of(month, month, year, relative, "month")


def _day(m: Any, frame: Frame) -> Found | None:
    month = r.month_number(m["month"], lexicon("en"))
    year, relative = _year(m["year"], month, frame)
    return r.day(year, month, int(m["day"]), relative)


def _relative_year(m: Any, frame: Frame) -> Found | None:
    year, _ = _year(re.sub(r"\s+", " ", m["that"]), 12, frame)
    return (str(year) if year else "", "year", True)


def _weekday(m: Any, frame: Frame) -> Found | None:
    if not frame.anchor:
        return None
    return last_weekday(frame.anchor, WEEKDAYS.index(m["weekday"].lower())).isoformat(), "day", True


def _fiscal(m: Any, frame: Frame) -> Found | None:
    first = int(m["first"]) + (2000 if len(m["first"]) == 2 else 0)
    last = m.get("second")
    if last:
        last_year = int(last) if len(last) == 4 else first - first % 100 + int(last)
        return (fiscal_year(first, frame.fiscal_month), "fiscal", False) if last_year == first + 1 else None
    return fiscal_year(first - 1, frame.fiscal_month), "fiscal", False


def _fiscal_part(m: Any, frame: Frame) -> Found | None:
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


def _relative_month(m: Any, frame: Frame) -> Found | None:
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


def _relative_fiscal(m: Any, frame: Frame) -> Found | None:
    """This or last financial year, counted from the anchor."""
    if not frame.anchor:
        return "", "fiscal", True
    first = frame.anchor.year - (frame.anchor.month < frame.fiscal_month)
    last = m["which"].lower() in ("last", "previous", "past")
    return fiscal_year(first - last, frame.fiscal_month), "fiscal", True


def _years(m: Any, frame: Frame) -> Found | None:
    first, last = int(m["first"]), int(m["second"])
    return r.years(first, last, frame) if first < last else None


def _plan(m: Any, frame: Frame) -> Found | None:
    name = m["plan"].lower()
    return r.plan(PLAN_WORDS.get(name) or int(re.sub(r"\D", "", name) or 0))


def _ended(m: Any, frame: Frame) -> Found | None:
    """The year to June 2023, the six months ended 30 September."""
    month = r.month_number(m["month"], lexicon("en"))
    year, relative = _year(m["year"], month, frame)
    words, what = (m["count"] or "").lower(), m["what"].lower()
    count = 12 if what == "year" or words in ("", "twelve") else _n(words)
    count = 3 if what == "quarter" else count
    return (stretch_to(year, month, count), "range", relative) if year and 1 <= count <= 24 else None


def _same(m: Any, frame: Frame) -> Found:
    return "", "same_period", True


def _now(m: Any, frame: Frame) -> Found:
    return (f"to {frame.today()}" if frame.today() else "", "stock", True)


def _past(m: Any, frame: Frame) -> Found | None:
    return r.past_years(_n(m["num"]), frame)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rows, most telling first."""
    month = r.month_pattern(lexicon("en"))
    stretch = rf"(?:from\s|between\s)?(?P<from>{month})(?:\s?[-–—]\s?|\s(?:to|through|and|until)\s)(?P<to>{month})"
    rows: list[tuple[str, str, r.Reading, str]] = [
        (
            "same period",
            r"(?:(?:the\s)?(?:same|corresponding|year-ago|year-earlier|prior-year)\s(?:period|months?|quarter|"
            r"time|half)(?:\s(?:of|in))?\s?(?:last year|the (?:previous|prior|preceding) year|a year (?:earlier|"
            r"ago|before)|" + YEAR + r")?|(?:a|one) year (?:earlier|ago|before|previously)|"
            r"(?:twelve|12) months (?:earlier|ago|before|previously)|"
            r"the year before|the (?:previous|prior|preceding) (?:(?:fiscal |"
            r"financial )?year|"
            r"month|quarter|period)|year[- ]on[- ]year|year[- ]over[- ]year|month[- ]on[- ]month|quarter[- ]on[- "
            r"]quarter)",
            _same,
            "the same period last year",
        ),
        (
            "shifted",
            rf"(?:{NUM}\syears\s(?:earlier|before|later)|(?:a|one)\syear\slater)(?![^\W_])",
            lambda m, f: ("", "shifted", True),
            "five years earlier",
        ),
        (
            "fiscal part",
            rf"(?:the\s)?(?:{ORD}\s(?P<what>half|quarter)|(?<![^\W_])(?P<short>[QqHh])(?P<no>[1-4]))\s(?:of\s)?(?:the\s)?(?:FY\s?|fiscal\s(?:year\s)?|financial\syear\s)?"
            rf"(?P<first>{YEAR}|(?<=FY)\d{{2}}(?!\d))(?P<tail>\s?[-–/]\s?\d{{2,4}}(?!\d))?(?P<fy>\s(?:financial|fiscal)\syear)?",
            _fiscal_part,
            "the second quarter of FY2024",
        ),
        (
            "plan",
            r"(?P<plan>\d{1,2}(?:th|st|nd|rd)|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth)\sFive[- "
            r"]Year\sPlan(?:\speriod)?(?:\s\([^)]*\))?",
            _plan,
            "the 14th Five-Year Plan period",
        ),
        (
            "ended",
            r"(?:the\s)?(?:(?P<count>two|three|six|nine|twelve|\d{1,2})[-\s])?"
            r"(?P<what>year|months|quarter)\s(?:to|ended|ending|through|up to|(?:that|which) ended)(?:\son)?\s"
            r"(?:(?:the\send\sof|end)\s)?(?:\d{1,2}\s)?"
            rf"(?P<month>{month})(?:\s\d{{1,2}}(?!\d))?{OF}",
            _ended,
            "the year to June 2023",
        ),
        (
            "fiscal",
            rf"(?:FY\s?|financial\syear\s|fiscal\syear\s|fiscal\s)(?P<first>{YEAR}|(?<=FY)\d{{2}}(?!\d))"
            r"(?:\s?(?:[-–/]|to)\s?(?P<second>\d{4}|\d{2})(?!\d))?",
            _fiscal,
            "FY2023",
        ),
        (
            "relative fiscal",
            r"(?P<which>this|last|current|past)\s(?:financial|fiscal)\syear",
            _relative_fiscal,
            "last financial year",
        ),
        (
            "fiscal range",
            rf"(?<![\d-])(?P<first>{YEAR})(?:\s?[-–/]\s?)(?P<second>\d{{2}})(?![\d-])(?:\s(?:financial|fiscal)\syear)?",
            _fiscal,
            "2022-23",
        ),
        (
            "fiscal words",
            rf"(?P<first>{YEAR})\sto\s(?P<second>{YEAR})\s(?:financial|fiscal)\syear",
            _fiscal,
            "the 2022 to 2023 financial year",
        ),
        (
            "months' period",
            rf"(?:the\s)?(?P<num>two|three|four|five|six|seven|eight|nine|ten|eleven)-(?P<what>month)(?:s)?\speriod{OF}",
            _part,
            "the five-month period",
        ),
        (
            "year fiscal",
            rf"(?P<first>{YEAR})\s(?:financial|fiscal)\syear(?P<second>)",
            lambda m, f: _fiscal({**m, "second": None}, f),
            "the 2023 fiscal year",
        ),
        (
            "month stretch of",
            rf"(?P<lead>{YEAR})(?:'s)?\s{stretch}(?P<year>)",
            lambda m, f: _months({**m, "year": None}, f),
            "2021 January-May",
        ),
        ("month stretch", stretch + OF, _months, "January to May 2021"),
        (
            "day",
            rf"(?P<month>{month})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|\s?(?:percent|%)){OF}",
            _day,
            "August 17, 2023",
        ),
        (
            "day first",
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month>{month}){OF}",
            _day,
            "27 June 2023",
        ),
        (
            "iso day",
            rf"(?<!\d)(?P<iso>{YEAR}-\d\d-\d\d)(?!\d)",
            lambda m, f: (m["iso"] or "", "day", False),
            "2023-06-27",
        ),
        (
            "iso month",
            rf"(?<![\d-])(?P<iso>{YEAR}-(?:0[1-9]|1[0-2]))(?![\d-])",
            lambda m, f: (m["iso"] or "", "month", False),
            "2023-06",
        ),
        (
            "year's part",
            rf"(?P<year>{YEAR}|this year|last year)(?:'s|’s)\s(?:the\s)?{ORD}\s(?P<what>half|quarter)",
            _part,
            "this year's first quarter",
        ),
        (
            "part",
            rf"(?:the\s)?{ORD}\s(?P<what>half|quarter)(?:s)?(?:-year)?(?:\speriod)?{OF}",
            _part,
            "the first half of 2023",
        ),
        (
            "last part",
            rf"(?:the\s)?(?P<ord>last)\s(?P<what>half|quarter)\s(?:of|in)\s(?P<year>{YEAR}(?!\d)|{THAT})",
            _part,
            "the last quarter of 2023",
        ),
        (
            "parts",
            rf"(?:the\s)?(?:first|opening|initial|1st|same)\s{NUM}\s(?P<what>months|quarters)(?!\sof\soperation){OF}",
            _part,
            "the first eight months of 2024",
        ),
        ("year Q1", rf"(?P<year>{YEAR})[\s/-]?(?P<what>[QqHh])(?P<no>[1-4])(?![^\W_])", _part, "2023 Q1"),
        (
            "Q1",
            r"(?<![^\W_])(?P<what>[QqHh])(?P<no>[1-4])(?![^\W_])"
            rf"(?:[\s/-]?(?:of\s)?(?P<year>{YEAR}|this year|last year|['’]\d\d(?!\d)))?",
            lambda m, f: _part(_short_year(m), f),
            "Q1 2023",
        ),
        (
            "1H",
            r"(?<![^\W_])(?P<no>[1-4])(?P<what>[QH]|[qh](?=\s?(?:of\s)?(?:20)?\d\d(?!\d)))(?:\s?(?:of\s)?(?P<year>(?:20)?\d{2}(?!\d)))?(?![^\W_])",
            lambda m, f: _part(_short_year(m), f),
            "1H23",
        ),
        (
            "9M",
            rf"(?<![\w$€£¥.,])(?P<num>[2-9]|1[01])(?P<what>[Mm])\s?(?P<year>{YEAR}(?!\d)|(?<=[Mm])['’]?\d\d(?!\d))",
            lambda m, f: _part(_short_year(m), f),
            "9M 2024",
        ),
        (
            "half-year",
            rf"(?:first-half|half-year)\s(?P<year>{YEAR})",
            lambda m, f: (f"{m['year']}-H1", "half", False),
            "first-half 2023",
        ),
        ("month", rf"(?P<month>{month}){OF}", _month, "April 2023"),
        (
            "years",
            rf"(?:from\s|between\s)?(?<![\d.,$])(?P<first>{YEAR})(?:\s?[-–—]\s?|\s(?:to|through|and|until)\s)(?P<second>{YEAR})(?!\d)",
            _years,
            "2014-2022",
        ),
        (
            "past years",
            rf"(?:over|in|during|for|within)?\s?the\s(?:past|last|previous)\s{NUM}\syears",
            _past,
            "the past five years",
        ),
        (
            "now",
            r"(?<![^\W_])(?:to date|so far(?: this year)?|currently|at present|as of now|to this day|up to now|"
            r"until now|by now)(?![^\W_])",
            _now,
            "so far",
        ),
        (
            "relative month",
            r"(?<![^\W_])(?P<which>this|last|past)\s(?P<unit>month|quarter)(?![^\W_])",
            _relative_month,
            "last month",
        ),
        (
            "relative",
            r"(?<![^\W_])(?P<that>this year|last year|next year|the current year)(?:'s|’s)?(?![^\W_])",
            _relative_year,
            "last year",
        ),
        (
            "year's end",
            rf"(?<![^\W_])end-(?P<year>{YEAR})(?![\d-])",
            lambda m, f: r.stock((m["year"] or "", "year", False)),
            "end-2023",
        ),
        (
            "close of year",
            r"(?:(?:at|by|as of)\s)?(?<![^\W_-])(?:the\s)?(?:year-end|year['’]s end|(?:turn|close) of the year)"
            r"(?![\w-]|\s\d)",
            lambda m, f: (end_of(str(f.year)) if f.year else "", "stock", True),
            "at year-end",
        ),
        (
            "within year",
            rf"(?<![^\W_])(?:mid|early|late)-(?P<year>{YEAR})(?![\d-])",
            lambda m, f: (m["year"] or "", "year", False),
            "mid-2024",
        ),
        (
            "year",
            rf"{r.BARE_YEAR}(?!\s?(?:percent|%|yuan|dollars|euros|million|billion|pounds))",
            lambda m, f: (m["all"] or "", "year", False),
            "2023",
        ),
        ("weekday", rf"(?:on|last)\s(?P<weekday>{'|'.join(WEEKDAYS)})(?![^\W_])", _weekday, "on Tuesday"),
        (
            "that year",
            r"(?<![^\W_])(?P<that>that year|the same year|the year)(?:'s|’s)?(?![^\W_-])",
            lambda m, f: ("" if not f.year else str(f.year), "year", True),
            "that year",
        ),
    ]
    return tuple(
        Rule(n, re.compile(p if n in ("Q1", "1H", "9M", "year Q1") else f"(?i:{p})"), f, e) for n, p, f, e in rows
    )


STOCK = re.compile(
    r"(?:by|as of|as at|at|until|up to|through|to|since then to)\s(?:the\s)?(?:end[- ](?:of\s)?|close of\s|"
    r"year-end\s)(?:the\s)?$|(?:by|as of|as at|by the|until|up to)\s(?:the\s)?$|(?:end|year-end|late|the end "
    r"of|end of)[\s-]$",
    re.IGNORECASE,
)
STOCK_DAY = re.compile(r"(?:at|to|on)\s(?:the\s)?$", re.IGNORECASE)
MONTH_ENDS = re.compile(r"-(?:03-31|06-30|09-30|12-31)$")
SINCE = re.compile(
    r"(?:since|starting from|dating from|after)\s(?:the\s)?(?:beginning of\s|start of\s|end of\s)?$", re.IGNORECASE
)
