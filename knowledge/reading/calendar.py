"""SDMX period codes, and the date that relative words are read from."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

CODE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d\d)(?:-(\d\d))?))?")
PLAN_START = 1953  # the first five-year plan; the fourteenth covers 2021-2025
FISCAL_MONTH = 4  # first month of a financial year where neither text nor country says
FISCAL_MONTHS = {
    "US": 10,
    "TH": 10,
    "AU": 7,
    "PK": 7,
    "BD": 7,
    "EG": 7,
    "ET": 7,
    "KE": 7,
    "NZ": 7,
    "IR": 3,
    "DE": 1,
    "CN": 1,
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What relative words are resolved against.

    `anchor` is the day of publication (or of the question); `year` the year that the sentence around speaks of;
    `fiscal` says that "2022 to 2023" names a financial year.
    """

    anchor: date | None = None
    year: int | None = None
    fiscal: bool = False
    fiscal_month: int = FISCAL_MONTH

    def this_year(self) -> int | None:
        return self.anchor.year if self.anchor else None

    def year_of(self, last_month: int) -> int | None:
        """The year of a stretch that ends in `last_month` and is printed without a year."""
        if self.year is not None:
            return self.year
        if self.anchor is None:
            return None
        return self.anchor.year if last_month <= self.anchor.month else self.anchor.year - 1

    def today(self) -> str:
        return f"{self.anchor.year}-{self.anchor.month:02}" if self.anchor else ""


def months(year: int, first: int, last: int) -> str:
    """2021, 1, 5 is 2021-01/2021-05; a whole year, half, quarter or month has its own code."""
    if (first, last) == (1, 12):
        return f"{year}"
    if first == last:
        return f"{year}-{first:02}"
    if first <= last:
        return f"{year}-{first:02}/{year}-{last:02}"
    return f"{year - 1}-{first:02}/{year}-{last:02}"


def fiscal_year(first: int, month: int = FISCAL_MONTH) -> str:
    """The financial year that begins in `first`: 2022 is 2022-04/2023-03."""
    return f"{first}-{month:02}/{first + 1}-{month - 1:02}" if month > 1 else f"{first + 1}"


def stretch_to(year: int, month: int, count: int) -> str:
    """The `count` months that end with a month: 2023, 6, 12 is 2022-07/2023-06."""
    first = year * 12 + month - count
    if count == 12 and month == 12:
        return f"{year}"
    return f"{first // 12}-{first % 12 + 1:02}/{year}-{month:02}"


def plan_period(number: int) -> str:
    """The five-year plan of that number: 14 is 2021/2025."""
    first = 2021 + 5 * (number - 14)
    return f"{first}/{first + 4}" if first >= PLAN_START else ""


def month_span(code: str) -> tuple[int | None, int] | None:
    """First and last month of a code, counted from year 0; the first is None for `to X`."""
    running, ends = code.startswith("to "), []
    for part in code.removeprefix("to ").split("/"):
        match = CODE.fullmatch(part)
        if not match:
            return None
        year, quarter, half, month, _ = match.groups()
        first, length = (0, 12)
        if quarter:
            first, length = 3 * int(quarter) - 3, 3
        elif half:
            first, length = 6 * int(half) - 6, 6
        elif month:
            first, length = int(month) - 1, 1
        ends.append((int(year) * 12 + first, int(year) * 12 + first + length - 1))
    return (None if running else ends[0][0]), ends[-1][1]


def parts_of(code: str, count: int) -> list[str]:
    """The quarters or months of a stretch, where it has so many; else nothing."""
    span = month_span(code)
    if span is None or span[0] is None:
        return []
    length, first = span[1] - span[0] + 1, span[0]
    if length == count:
        return [f"{m // 12}-{m % 12 + 1:02}" for m in range(first, span[1] + 1)]
    if length == 3 * count and first % 3 == 0:
        return [f"{m // 12}-Q{m % 12 // 3 + 1}" for m in range(first, span[1] + 1, 3)]
    return []


def year_before(code: str) -> str:
    """The same stretch one year earlier; "" for what has none."""
    if not month_span(code):
        return ""
    return re.sub(r"\d{4}", lambda m: str(int(m.group()) - 1), code)


def month_before(code: str) -> str:
    """The month before a month; "" for other codes."""
    match = re.fullmatch(r"(\d{4})-(\d\d)", code)
    if not match:
        return ""
    year, month = int(match[1]), int(match[2])
    return f"{year}-{month - 1:02}" if month > 1 else f"{year - 1}-12"


def end_of(code: str) -> str:
    """The stock at the end of a stretch: 2023 is `to 2023-12-31`."""
    if code.startswith("to "):
        return code
    match = CODE.fullmatch(code.rpartition("/")[2])
    span = month_span(code)
    if not match or not span:
        return ""
    if match[5]:
        return f"to {match.group()}"
    year, month = divmod(span[1], 12)
    return f"to {year}-{month + 1:02}-{calendar.monthrange(year, month + 1)[1]:02}"


def last_weekday(anchor: date, weekday: int) -> date:
    """The latest day of that name, at most a week before the anchor; the anchor itself counts."""
    return anchor - timedelta(days=(anchor.weekday() - weekday) % 7)


def valid(code: str) -> bool:
    """Whether a code names real months and days."""
    for part in code.removeprefix("to ").split("/"):
        match = CODE.fullmatch(part)
        if not match:
            return False
        year, _, _, month, day = match.groups()
        if month and not 1 <= int(month) <= 12:
            return False
        if day and not 1 <= int(day) <= calendar.monthrange(int(year) or 1, int(month))[1]:
            return False
    return True
