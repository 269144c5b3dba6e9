"""The column names in the header line of a flattened table."""

import re
from collections.abc import Callable
from itertools import pairwise

YEARS = (
    r"(?:(?:FY\s?)?(?:19|20)\d{2}(?:\s?(?:[-–/]|to|bis|à)\s?(?:(?:19|20)?\d{2}))?(?:年度?)?(?:\s?(?:Q[1-4]|H[12]))?)"
)
SPLIT = re.compile(r"\s*[|│｜\t]\s*|\s{2,}")
GLUE = frozenset("without with of in for by to from and per the ohne von sans de".split())
FIRST_COLUMN = re.compile(
    r"^(?:financial year|fiscal year|year|period|quarter|month|country|region|sector|industry|category|indicator|"
    r"source|type|area|jahr|land|branche|année|pays|secteur|指\s?标|地区|行业|年份|年度|项目)\s+",
    re.IGNORECASE,
)
UNIT = re.compile(  # `Investment, USD billion`, `Value EUR million`: of the column before
    r"(?:US\$|HK\$|A\$|C\$|S\$|R\$|[$€£¥]|EUR|USD|GBP|CNY|RMB|JPY|CZK|PLN|HUF|RON|SEK|NOK|DKK|CHF|INR|KES|ZAR|NGN|EGP|MAD|AED|SAR|QAR|BHD|OMR|KWD|MYR|"
    r"SGD|THB|VND|IDR|PHP|KRW|TWD|HKD|AUD|NZD|CAD|BRL|MXN|CLP|COP|PEN|TRY|KZT|UZS|Rs\.?|RM|million|billion|trillion|thousand|crore|lakh|mn|bn|m|%)\.?,?"
)
WORD = re.compile(r"[^\s(]\S*(?:\s\([^()]*\))?")  # a unit in brackets belongs to its column


def columns(header: str, width: int) -> tuple[str, ...]:
    """The names of the `width` number columns of a header; "" each where it does not tell them apart."""
    if not header:
        return ("",) * width
    if piped(header) or re.search(r"\S\s{2,}\S", header.strip()):
        cells = [cell.strip() for cell in SPLIT.split(header.strip("|│｜ "))]
        return tuple(cells[-width:]) if len(cells) >= width else ("",) * width
    if len(years := re.findall(YEARS, header)) == width:
        return tuple(years)
    first = FIRST_COLUMN.match(header)
    rest = header[first.end() :] if first else header
    for parts in (split(rest) for split in SPLITTERS):
        if len(parts) == width or (len(parts) == width + 1 and not first):
            return tuple(parts[-width:])
    return (header.strip(),) if width == 1 else ("",) * width


def piped(line: str) -> bool:
    """Whether a line separates its cells by bars or tabs."""
    return any(c in line for c in "|│｜\t")


def _dated(header: str) -> list[str]:
    """`2023 2024 Change`: each year is a column, and what stands between years; [] where no year does."""
    found = list(re.finditer(YEARS, header))
    edges = [0, *(edge for m in found for edge in m.span()), len(header)]
    parts = [header[a:b].strip() for a, b in pairwise(edges)]
    return [p for p in parts if p] if found else []


def _titled(header: str) -> list[str]:
    """`DBT-supported FDI projects Total`: a capital behind a small word opens a column."""
    return _opened(header, lambda word, last: word[:1].isupper() and not last[:1].isupper())


def _glued(header: str) -> list[str]:
    """The same, where a column goes on behind a preposition: `Projects without Support`."""
    return _opened(header, lambda word, last: word[:1].isupper() and not last[:1].isupper() and last not in GLUE)


def _capital(header: str) -> list[str]:
    """`Projects Investment (CZK billion) New jobs`: each capital opens a column."""
    return _opened(header, lambda word, last: word[:1].isupper() and last not in GLUE)


def _single(header: str) -> list[str]:
    """`Projects Jobs`: each word is a column."""
    return WORD.findall(header)


def _opened(header: str, opens: Callable[[str, str], bool]) -> list[str]:
    runs: list[list[str]] = []
    for word in WORD.findall(header):
        last = runs[-1][-1] if runs else ""
        if runs and (last.endswith(",") or UNIT.fullmatch(word) or not opens(word, last)):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [" ".join(run) for run in runs]


SPLITTERS = (_dated, _titled, _glued, _capital, _single)
