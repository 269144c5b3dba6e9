"""Which periods lead: what the sentences behind may go on speaking of, and what is only looked back or ahead at."""

import re
from collections.abc import Sequence

from knowledge.ledger.context import Context, State
from knowledge.reading.calendar import month_before, month_span, year_before
from knowledge.reading.spans import Period

BRACKETED = re.compile(r"^\s*[(（\[].*[)）\]]\W*$", re.DOTALL)
BACKWARD = re.compile(
    r"^\W*(?:in |during )?(?:(?:(?:a|one|the) year|twelve months) (?:earlier|before|ago)|"
    r"the (?:previous|prior|preceding) (?:\w+ )?(?:year|quarter|month)|"
    r"the same (?:period|quarter|half|months?) (?:of )?(?:last year|a year))\b|"
    r"\b(?:had|hatten?|gewesen|avai(?:en)?t|étai(?:en)?t|atteignai(?:en)?t)\b|\brevised figure\b|\byear as a whole\b",
    re.IGNORECASE,
)
PAST = re.compile(r"last|previous|prior|past|year (?:ago|earlier)|vor|letzt|derni|précéd|去年|上年|前年", re.IGNORECASE)
WHOLE_YEAR = re.compile(
    r"\b(?:annual|yearly|(?:full|whole|entire)[- ]year|whole of \d{4}|year as a whole|(?:the|this) year['’]s)\b|"
    r"全年|年度|年初|\bJahresziel|\bGesamtjahr|"
    r"\bgesamten? Jahr|\bannuel|l'ensemble de (?:l'année|\d{4})",
    re.IGNORECASE,
)
NUMBERS = {w: n for n, w in enumerate("a two three four five six seven eight nine ten".split(), 1)} | {"one": 1}
SHIFT = re.compile(r"(?P<num>\w+)\syears?\b", re.IGNORECASE)
FOR_YEAR = re.compile(
    r"\b(?:for|für|pour)\s(?:the (?:full |whole )?year\s|das (?:ganze )?Jahr\s)?(?P<year>20\d\d)\b", re.IGNORECASE
)
EARLY = 6  # the month up to which a year's results are not known
COMING = ("half", "quarter", "month", "range", "stock")


def leads(sentence: str) -> bool:
    """Whether a sentence's period may hold for the next ones: no aside in brackets, no look back."""
    return not BRACKETED.match(sentence) and not BACKWARD.search(sentence)


def paragraph(state: State, context: Context) -> None:
    """A paragraph without a period of its own goes back to what the notice reports on."""
    state.area, state.revising = context.area, False
    spoken, whole = month_span(state.period), month_span(context.period)
    if context.flow and spoken is not None and whole is not None and spoken[1] < whole[1]:
        state.period = state.announced


def whole_year(code: str, text: str, context: Context) -> str:
    """A goal for the year is that of the whole year, whatever part of it the notice reports on."""
    anchor, year = context.anchor, code[:4]
    plain = code if not code.startswith("to ") else ""
    if not WHOLE_YEAR.search(text) or not plain or anchor is None or len(code) == 4:
        return code
    return year if year == code.rpartition("/")[2][:4] and year.isdigit() else code


def ahead(code: str, spans: Sequence[Period], start: int, context: Context) -> str:
    """The period behind a planned number where the one in front has gone by: `launched in 2021 promises … by 2026`."""
    span, anchor = month_span(code.removeprefix("to ")), context.anchor
    if anchor is None or span is None or span[1] >= anchor.year * 12 + anchor.month - 1:
        return code
    later = (p.code for p in spans if p.start > start and p.code and not PAST.search(p.text))
    beyond = (c for c in later if (s := month_span(c.removeprefix("to "))) and s[1] > span[1])
    return next(beyond, code)


def to_come(code: str, context: Context) -> bool:
    """Whether a period ends after the month of the notice, and is not merely the year that it reports on."""
    span, anchor = month_span(code.removeprefix("to ")), context.anchor
    return span is not None and anchor is not None and span[1] // 12 > anchor.year


def set_for(code: str, text: str, context: Context) -> bool:
    """Whether a sentence sets something for the running year, whose results are not known: `For 2025 it is 40`."""
    anchor = context.anchor
    early = anchor is not None and anchor.month <= EARLY and code == str(anchor.year)
    return early and any(m["year"] == code for m in FOR_YEAR.finditer(text))


def coming(code: str, periods: Sequence[Period], context: Context) -> str:
    """The period of what is still to come: a quarter or month named without its year is this year's."""
    anchor, span = context.anchor, month_span(code)
    named = next((p for p in periods if p.code == code), None)
    if anchor is None or span is None or named is None or not named.relative or PAST.search(named.text):
        return code
    last = code.removeprefix("to ").rpartition("/")[2][:4]
    if named.kind in COMING and span[1] < anchor.year * 12 + anchor.month - 1 and int(last) == anchor.year - 1:
        return re.sub(r"\d{4}", lambda year: str(int(year.group()) + 1), code)
    return code


def grown_to(code: str, base: str | None) -> str:
    """The year that a growth led to where only the year before is named: `Against 2023 they rose 5 percent`."""
    year = base if base is not None and re.fullmatch(r"20\d\d", base) else ""
    return str(int(year) + 1) if year and re.fullmatch(r"20\d\d", code) and code > year else code


def earlier(code: str, words: str) -> str:
    """The stretch that words such as `a year earlier`, `the previous quarter` name, seen from another."""
    if re.search(r"\bmonth$", words) and month_before(code):
        return month_before(code)
    quarter = re.fullmatch(r"(\d{4})-Q([1-4])", code)
    if quarter and re.search(r"\bquarter$", words) and not re.search(r"\bsame\b", words):
        year, number = int(quarter[1]), int(quarter[2])
        return f"{year}-Q{number - 1}" if number > 1 else f"{year - 1}-Q4"
    return year_before(code)


def shifted(code: str, words: str) -> str:
    """The stretch that `five years earlier` or `a year later` names, seen from another."""
    count = SHIFT.match(words)
    years = NUMBERS.get(count["num"].casefold(), 0) if count else 0
    years = years or (int(count["num"]) if count and count["num"].isdigit() else 0)
    by = years if words.casefold().endswith("later") else -years
    return re.sub(r"\d{4}", lambda m: str(int(m.group()) + by), code) if years and month_span(code) else ""
