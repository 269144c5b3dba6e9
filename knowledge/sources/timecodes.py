"""Periods as tables print them, in headings and cells: to SDMX codes. "2023Q1", 2023年1-8月, "Mar-23", "FY 2023".

Prose is read elsewhere; here a whole cell is a period or it is none.
"""

import re
from functools import lru_cache

from knowledge.reading.words import narrow

_MONTH_NAMES = (
    ("jan", "january", "januar", "jänner", "janvier", "janv"),
    ("feb", "february", "februar", "février", "févr"),
    ("mar", "march", "märz", "mär", "mars"),
    ("apr", "april", "avril", "avr"),
    ("may", "mai"),
    ("jun", "june", "juni", "juin"),
    ("jul", "july", "juli", "juillet", "juil"),
    ("aug", "august", "août"),
    ("sep", "sept", "september", "septembre"),
    ("oct", "october", "okt", "oktober", "octobre"),
    ("nov", "november", "novembre"),
    ("dec", "december", "dez", "dezember", "décembre", "déc"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_NAME = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DASH = r"\s*(?:[-–—~～至到]|to|bis|à)\s*"
_Y = r"(?P<y>(?:19|20)\d\d)"
_HAN = {"一": 1, "二": 2, "三": 3, "四": 4}

# One printed style a row: kind and pattern. The year may be missing where the heading above has it.
_STYLES: tuple[tuple[str, str], ...] = (
    (
        "year",
        rf"(?:fy|cy|year|jahr|année)?\s*{_Y}(?:\.0)?(?:\s*(?:年度?|-?a1?))?(?:\s*(?:全年|total|full year|gesamt))?",
    ),
    ("year", r"(?:全年|full year|annual|year total|jahr|année)"),
    ("quarter", rf"{_Y}\s*[-_/. ]?\s*q\s*(?P<q>[1-4])"),
    ("quarter", rf"q\s*(?P<q>[1-4])\s*[-_/. ]?\s*{_Y}"),
    ("quarter", rf"(?P<q>[1-4])\s*q\s*[-_/. ]?\s*{_Y}"),
    ("quarter", rf"(?:{_Y}年\s*)?第?(?P<q>[1-4一二三四])季度?"),
    ("quarter", r"q\s*(?P<q>[1-4])"),
    ("quarter", rf"(?P<q>[1-4])(?:st|nd|rd|th|\.)?\s*(?:quarter|quartal|trimestre)(?:\s*(?:of)?\s*{_Y})?"),
    ("quarter", rf"(?P<w>first|second|third|fourth)\s+quarter(?:\s*(?:of)?\s*{_Y})?"),
    ("half", rf"{_Y}\s*[-_/. ]?\s*[hs]\s*(?P<h>[12])"),
    ("half", rf"h\s*(?P<h>[12])(?:\s*[-_/. ]?\s*{_Y})?"),
    ("half", rf"(?:{_Y}年?\s*)?(?P<hz>上半年|下半年)"),
    ("range", rf"{_Y}[-_/.年]\s*(?P<m>0?[1-9]|1[0-2])\s*月?{_DASH}(?P<m2>0?[1-9]|1[0-2])\s*月份?"),
    ("range", rf"(?:{_Y}年\s*)?(?P<m>0?[1-9]|1[0-2])\s*月?{_DASH}(?P<m2>0?[1-9]|1[0-2])\s*月份?"),
    ("range", rf"(?P<n>{_NAME}){_DASH}(?P<n2>{_NAME})(?:[\s,]*{_Y})?"),
    ("range", rf"{_Y}\s+(?P<n>{_NAME}){_DASH}(?P<n2>{_NAME})"),
    ("first", rf"(?:{_Y}年\s*)?前(?P<q>[一二三])季度"),
    ("month", rf"{_Y}\s*[-_/.年]?\s*m?\s*(?P<m>0?[1-9]|1[0-2])\s*(?:月份?)?"),
    ("month", rf"(?P<m>0?[1-9]|1[0-2])[/.]{_Y}"),
    ("month", r"(?P<m>0?[1-9]|1[0-2])\s*月份?"),
    ("month", rf"(?P<n>{_NAME})\s*[-_/ ,]?\s*(?:{_Y}|['’]?(?P<yy>\d\d))"),
    ("month", rf"{_Y}\s*[-_/ ]?\s*(?P<n>{_NAME})"),
    ("month", rf"(?P<n>{_NAME})"),
    ("day", rf"{_Y}[-/.年](?P<m>0?[1-9]|1[0-2])[-/.月](?P<d>[0-3]?\d)日?(?:[T ]00:00(?::00)?(?:\.0+)?)?"),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _STYLES)
_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_NOTE_MARK = re.compile(r"\s*(?:[\[(（][a-z0-9*p e r初步修订]{1,4}[\])）]|[*†¹²³⁴]|(?<=\d)[per])+$", re.I)


@lru_cache(maxsize=65_536)
def read_period(text: str, year: str = "") -> str:
    """The SDMX code of a cell that is a period, "" where it is none. `year` fills in for headings below a year."""
    cell = _NOTE_MARK.sub("", narrow(text).strip()).strip()
    if not cell or len(cell) > 40:
        return ""
    for kind, pattern in _PATTERNS:
        match = pattern.fullmatch(cell)
        if match and (code := _code(kind, match, year)):
            return code
    return ""


def is_year(text: str) -> bool:
    """Whether a cell is a bare year, which may also be a plain number."""
    return bool(re.fullmatch(r"(?:19|20)\d\d(?:\.0)?", text.strip()))


def _code(kind: str, match: re.Match[str], year: str) -> str:
    parts = match.groupdict()
    year = parts.get("y") or (f"20{parts['yy']}" if parts.get("yy") else year)
    if not year:
        return ""
    if kind == "year":
        return year
    if kind == "half":
        return f"{year}-H{parts['h'] if parts.get('h') else 1 + (parts['hz'] == '下半年')}"
    if kind == "quarter":
        return f"{year}-Q{_quarter(parts)}"
    if kind == "first":
        return f"{year}-01/{year}-{3 * _quarter(parts):02d}"
    month = int(parts["m"]) if parts.get("m") else _month(parts["n"])
    if kind == "range":
        last = int(parts["m2"]) if parts.get("m2") else _month(parts["n2"])
        return f"{year}-{month:02d}/{year}-{last:02d}" if month < last else ""
    if kind == "day":
        return _day(int(year), month, int(parts["d"]))
    return f"{year}-{month:02d}"


def _quarter(parts: dict[str, str | None]) -> int:
    if word := parts.get("w"):
        return _WORDS[word.lower()]
    printed = parts["q"] or ""
    return _HAN.get(printed) or int(printed)


def _month(name: str | None) -> int:
    return _MONTHS[(name or "").rstrip(".").lower()]


def _day(year: int, month: int, day: int) -> str:
    """First and last days stand for their month, as spreadsheets date their columns; other days for themselves."""
    from calendar import monthrange

    last = monthrange(year, month)[1]
    if day in (1, last):
        return f"{year}-{month:02d}"
    return f"{year}-{month:02d}-{day:02d}" if day <= last else ""
