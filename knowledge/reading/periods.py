"""Periods: stretches of time in words, as SDMX codes."""

import re
from datetime import date

from knowledge.reading import periods_de, periods_en, periods_fr, periods_zh
from knowledge.reading.calendar import FISCAL_MONTH, FISCAL_MONTHS, Frame, end_of, valid
from knowledge.reading.period_rules import Rule
from knowledge.reading.spans import Period
from knowledge.reading.words import lexicon, narrow

GRAMMARS = {"en": periods_en, "zh": periods_zh, "de": periods_de, "fr": periods_fr}
REACH = 32
ACCOUNTS = (
    r"(?<!quarter of )(?<!half of )\b(?:fiscal|financial)(?:\syear)?(?:\s\d{4}(?:[-/–]\d{2,4})?)?"
    r"(?:\s\w+|,|,?\swhich){0,2}?\s"
)
IN_MONTH = r"(?:the\s)?(?:end\sof\s|start\sof\s)?(?:\d{1,2}(?:st|th)?\s)?(?P<month>[A-Z][a-z]{2,8})\b"
FISCAL_ENDS = re.compile(
    rf"{ACCOUNTS}(?:(?:clos|end)(?:ed|es|s|ing)(?:\son|\sin|\sat)?|to|"
    rf"runs?\sfrom\s[\w ]{{3,14}}?\s(?:to|through))\s{IN_MONTH}"
)
FISCAL_BEGINS = re.compile(
    rf"{ACCOUNTS}(?:began|begins|beginning|started|starts|starting|runs?\sfrom)(?:\son|\sin|\sat)?\s{IN_MONTH}"
)
FISCAL = re.compile(r"(?:financial|fiscal)\s+year|\bFY\s?\d", re.IGNORECASE)
WHOLE = re.compile(r"\b(?:the\s)?(?:whole|entirety|entire|full)\s(?:of\s)?(?:the\s)?(?:year\s)?$", re.IGNORECASE)
PART = re.compile(r"\d{4}-[QH]\d")
ENDS = r"(?=\s*(?:[,.;:)?]|\d|and\b|und\b|et\b|$))"
ORDINALS = {
    "en": re.compile(rf"\b(?:in|of|for)\sthe\s(?:(first)|(second)|(third)|(fourth)){ENDS}", re.IGNORECASE),
    "de": re.compile(rf"\bim\s(?:(ersten)|(zweiten)|(dritten)|(vierten)){ENDS}", re.IGNORECASE),
    "fr": re.compile(rf"\bau\s(?:(premier)|(deuxième|second)|(troisième)|(quatrième)){ENDS}", re.IGNORECASE),
}
STOCKABLE = frozenset(("year", "half", "quarter", "month", "range", "day"))


def _found(rule: Rule, text: str, frame: Frame) -> list[Period]:
    out = []
    for match in rule.pattern.finditer(text):
        groups = {**match.groupdict(), "all": match.group().strip()}
        read = rule.read(groups, frame)
        if read is None or (read[0] and not valid(read[0])):
            continue
        lead = len(match.group()) - len(match.group().lstrip())
        tail = len(match.group()) - len(match.group().rstrip(" ,"))
        start, end = match.start() + lead, match.end() - tail
        out.append(Period(start, end, text[start:end], read[0], read[2], read[1]))
    return out


def _as_stock(period: Period, text: str, printed: str, language: str) -> Period:
    """A period that a word makes an end (by the end of April, 截至4月底, since 2020)."""
    grammar = GRAMMARS[language]
    window = max(0, period.start - REACH)
    before = grammar.STOCK.search(text[window : period.start])
    if before is None and language == "en" and period.kind == "day" and periods_en.MONTH_ENDS.search(period.code):
        before = periods_en.STOCK_DAY.search(text[window : period.start])
    if before is None and language == "fr" and period.kind == "day":
        before = periods_fr.STOCK_DAY.search(text[window : period.start])
    tail = periods_zh.STOCK_TAIL.match(text, period.end) if language == "zh" else None
    if period.kind in STOCKABLE and (before or tail):
        start = window + before.start() if before else period.start
        end = tail.end() if tail else period.end
        if language == "zh" and not tail and period.kind == "year" and text[start : start + 1] in "到至":
            return period  # 到2025年 is the year itself
        return Period(
            start, end, printed[start:end], end_of(period.code) if period.code else "", period.relative, "stock"
        )
    return period


def _since(period: Period, text: str, printed: str, language: str, frame: Frame) -> Period:
    window = max(0, period.start - REACH)
    before = GRAMMARS[language].SINCE.search(text[window : period.start])
    if not before or period.kind not in ("year", "month", "day") or not frame.today() or not period.code:
        return period
    start = window + before.start()
    code = f"{period.code if len(period.code) > 4 else period.code + '-01'}/{frame.today()}"
    return Period(start, period.end, printed[start : period.end], code if valid(code) else "", period.relative, "range")


def _elliptic(taken: list[Period], text: str, language: str) -> list[Period]:
    """`29 in the first quarter and 38 in the second`: a part of a year that leaves out what it is a part of."""
    found: list[Period] = []
    for match in ORDINALS[language].finditer(text) if language in ORDINALS else ():
        before = [p for p in (*taken, *found) if p.end <= match.start() and PART.fullmatch(p.code)]
        last = max(before, key=lambda p: p.start, default=None)
        if last is None or any(p.start < match.end() and match.start() < p.end for p in taken):
            continue
        code = f"{last.code[:-1]}{1 + next(i for i, g in enumerate(match.groups()) if g)}"
        if valid(code) and code != last.code:
            found.append(Period(match.start(), match.end(), match.group(), code, last.relative, last.kind))
    return found


def fiscal_start(text: str) -> int | None:
    """The month in which the financial year of an English text begins, where it says so; None where it does not."""
    months = lexicon("en").table("months")
    for pattern, behind in ((FISCAL_ENDS, 1), (FISCAL_BEGINS, 0)):
        for found in pattern.finditer(text):
            if name := months.get(found["month"].casefold()):
                return (int(name) + behind - 1) % 12 + 1
    return None


def read_periods(
    text: str,
    anchor: date | None = None,
    language: str = "en",
    *,
    year: int | None = None,
    fiscal: bool | None = None,
    country: str | None = None,
    fiscal_month: int | None = None,
) -> tuple[Period, ...]:
    """Every period of a text by place.

    `anchor` is the day that relative words are read from; `year` the year of the passage around, for months without
    one; `fiscal` whether "2022 to 2023" is a financial year (default: whether the text speaks of such years);
    `fiscal_month` the month in which such a year begins, where it is not known from the `country` (ISO 3166).
    What cannot be resolved has the code "".
    """
    grammar = language if language in GRAMMARS else "en"
    flat = re.sub(r"[\s\u00a0\u202f]", " ", narrow(text))
    month = fiscal_month or FISCAL_MONTHS.get(country or "", FISCAL_MONTH)
    frame = Frame(anchor, year, bool(FISCAL.search(flat)) if fiscal is None else fiscal, month)
    taken: list[Period] = []
    claimed = bytearray(len(flat))
    for rule in GRAMMARS[grammar].rules():
        for period in _found(rule, flat, frame):
            if not any(claimed[period.start : period.end]):
                claimed[period.start : period.end] = b"\x01" * (period.end - period.start)
                taken.append(period)
    taken += _elliptic(taken, flat, grammar)
    out: list[Period] = []
    for period in sorted(taken, key=lambda p: p.start):
        whole = _since(_as_stock(period, flat, text, grammar), flat, text, grammar, frame)
        if out and whole.start < out[-1].end:
            whole = Period(
                out[-1].end, whole.end, text[out[-1].end : whole.end], whole.code, whole.relative, whole.kind
            )
        led = WHOLE.search(text, max(0, whole.start - REACH), whole.start) if grammar == "en" else None
        if led and (not out or out[-1].end <= led.start()):
            whole = Period(
                led.start(), whole.end, text[led.start() : whole.end], whole.code, whole.relative, whole.kind
            )
        out.append(
            Period(whole.start, whole.end, text[whole.start : whole.end], whole.code, whole.relative, whole.kind)
        )
    return tuple(out)
