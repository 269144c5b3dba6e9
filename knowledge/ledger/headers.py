"""The column names in the header lines of a flattened table, and what its rows are."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

YEARS = (
    r"(?:(?:FY\s?)?(?:19|20)\d{2}(?:\s?(?:[-–/]|to|bis|à)\s?(?:(?:19|20)?\d{2}))?(?:年度?)?(?:\s?(?:Q[1-4]|H[12]))?)"
)
_PART = (
    r"(?:as (?:of|at)|full|fiscal|financial|year|end|mid|early|late|of|to|Q[1-4]|[1-4]Q|H[12]|[12]H|"
    r"(?:first|second|third|fourth|[1-4](?:st|nd|rd|th|er?|\.)?) (?:quarter|half|quartal|halbjahr|trimestre|semestre)|"
    r"jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|février|mar(?:ch|s)?|märz|apr(?:il)?|avril|ma[iy]|june?|juni|juin|july?|juli|"
    r"juillet|aug(?:ust)?|août|sep(?:t|tember|tembre)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|de[cz](?:ember)?|décembre|"
    r"ende|anfang|fin|début|stand|\d{1,2}\.?)"
)
_PART_ZH = r"(?:年?(?:第?[一二三四]季度|[上下]半年|前[一二三]季度|(?:\d{1,2}\s?[-–—至]\s?)?\d{1,2}月)?(?:末|底)?)"
DATED = rf"(?:(?<!\w){_PART}[\s.,/–-]{{1,3}})*(?:{YEARS}){_PART_ZH}"  # `End Q2 2022`, `31 Dec 2023`, `2023-24`
SPLIT = re.compile(r"\s*[|│｜\t]\s*|\s{2,}")
GLUE = frozenset("without with of in for by to from and per the ohne von sans de".split())
FIRST_COLUMN = re.compile(
    r"^(?:(?:investor|investing|home|source|partner|main|host|financial|fiscal|economic)\s)?"
    r"(?:year|period|quarter|month|country(?: of origin)?|countries|economy|origin|investor|"
    r"region|department|province|county|district|city|state|municipality|zone|park|"
    r"sector|industry|activity|category|indicator|item|source|type|area|"
    r"jahr|land|branche|wirtschaftszweig|stadt|region|année|pays|secteur|filière|département|ville|"
    r"指\s?标|地区|区县|县区|区域|国家(?:/地区|或地区)?|国别|来源地|行业|产业|年份|年度|季度|月份|项目)\s+",
    re.IGNORECASE,
)
MEMBERS = {  # what a row header, or "by ..." in a caption, says that the rows are
    "counterpart": re.compile(
        r"countr(?:y|ies)|econom(?:y|ies)|origin|investor|source|国家|国别|来源|\bland\b|länder|herkunft|\bpays\b|origine",
        re.IGNORECASE,
    ),
    "industry": re.compile(
        r"sector|industr|activit|行业|产业|领域|branche|wirtschaftszweig|secteur|filière", re.IGNORECASE
    ),
    "district": re.compile(
        r"region|department|province|county|district|city|cities|state\b|municipal|zone|park\b|区县|县区|市区|各区|园区|板块|"
        r"地区|stadt|städte|kreis|département|ville",
        re.IGNORECASE,
    ),
}
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
    if len(found := list(re.finditer(DATED, header, re.IGNORECASE))) == width:
        return _yearly(header, found)
    first = FIRST_COLUMN.match(header)
    rest = header[first.end() :] if first else header
    for parts in (split(rest) for split in SPLITTERS):
        if len(parts) == width or (len(parts) == width + 1 and not first):
            return tuple(parts[-width:])
    return (header.strip(),) if width == 1 else ("",) * width


def stacked(top: str, header: str, width: int) -> tuple[str, ...]:
    """The columns of a header of two lines, periods above measures or measures above periods; () where it is none."""
    if piped(top) or piped(header):
        return ()
    periods = [m.group() for m in re.finditer(DATED, top, re.IGNORECASE)]
    if 1 < len(periods) < width and width % len(periods) == 0 and len(re.sub(DATED, "", top, flags=re.I).split()) < 3:
        names, each = columns(header, width), width // len(periods)
        return tuple(f"{name} {periods[n // each]}" for n, name in enumerate(names)) if any(names) else ()
    years = [m.group() for m in re.finditer(DATED, header, re.IGNORECASE)]
    distinct = len(set(years))
    if len(years) == width and 1 < distinct < width and years == years[:distinct] * (width // distinct):
        names = columns(top, width // distinct)
        return tuple(f"{names[n // distinct]} {year}" for n, year in enumerate(years)) if any(names) else ()
    return ()


def row_header(header: str) -> str:
    """What stands above the labels of the rows."""
    if piped(header):
        return SPLIT.split(header.strip())[0]
    first = FIRST_COLUMN.match(header)
    return first[0].strip() if first else next(iter(header.split()), "")


def members(header: str, caption: str) -> str:
    """The dimension that the rows are members of, by the row header or by what the caption says they are by."""
    first = row_header(header)
    by = re.search(r"\s(?:by|nach|par)\s(.+)$", caption)
    for text in (first, by[1] if by else "", caption if re.search(r"[各分]", caption) else ""):
        found = next((name for name, words in MEMBERS.items() if words.search(text)), "")
        if found:
            return found
    return ""


def piped(line: str) -> bool:
    """Whether a line separates its cells by bars or tabs."""
    return any(c in line for c in "|│｜\t")


def _yearly(header: str, found: Sequence[re.Match[str]]) -> tuple[str, ...]:
    """One column for each period, with the words in front of it and the unit in brackets behind it."""
    edges = [m.end() for m in found]
    for n, end in enumerate(edges):
        behind = re.match(r"\s?(?:\([^()]*\)|%)", header[end:])
        edges[n] = end + behind.end() if behind else end
    leads = [header[a : m.start()].strip() for a, m in zip(edges, found[1:], strict=False)]
    first = header[: found[0].start()].strip()
    own = next((lead for lead in leads if lead and first.endswith(lead)), "")
    names = [" ".join((own, header[found[0].start() : edges[0]])).strip()]
    names += [f"{lead} {header[m.start() : b]}".strip() for lead, m, b in zip(leads, found[1:], edges[1:], strict=True)]
    return tuple(names)


def _dated(header: str) -> list[str]:
    """`2023 2024 Change`: each year is a column, and what stands between years; [] where no year does."""
    found = list(re.finditer(DATED, header, re.IGNORECASE))
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
