"""Periods in German words."""

import re
from functools import lru_cache
from typing import Any

from knowledge.reading import period_rules as r
from knowledge.reading.calendar import Frame, fiscal_year
from knowledge.reading.period_rules import YEAR, Found, Rule
from knowledge.reading.words import lexicon

ORDER = {"erst": 1, "zweit": 2, "dritt": 3, "viert": 4}
NUM = {w: i for i, w in enumerate("null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split())}
COUNT = "(?P<num>zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|\\d{1,2})"
THAT = (
    r"dieses Jahres|diesem Jahr|des laufenden Jahres|laufenden Jahres|des Vorjahres|vorigen Jahres|"
    r"vergangenen Jahres|des vergangenen Jahres|des Jahres"
)
OF = rf"(?:\s(?:des Jahres\s|im Jahr\s|von\s|in\s)?(?P<year>{YEAR}(?!\d)|{THAT}))?"
LAST = ("vorjahres", "vorigen", "vergangenen", "letzten", "vergangenes", "letztes", "voriges")


def _year(words: str | None, last_month: int, frame: Frame) -> tuple[int | None, bool]:
    if words is None:
        return frame.year_of(last_month), True
    if words.isdigit():
        return int(words), False
    if words.lower() == "des jahres":
        return frame.year_of(last_month), True
    this = frame.this_year()
    return (this - any(w in words.lower() for w in LAST) if this else None), True


def _n(words: str) -> int:
    return int(words) if words.isdigit() else NUM[words.lower()]


def _part(m: Any, frame: Frame) -> Found | None:
    half = m["what"].lower().startswith("h")
    if m.get("num"):
        count = _n(m["num"]) * (3 if m["what"].lower().startswith("q") else 1)
        if not 1 <= count <= 12:
            return None
        year, relative = _year(m["year"], count, frame)
        return r.span_of(1, count, year, relative)
    order = int(m["no"]) if m.get("no") else ORDER[m["ord"].lower()]
    size = 6 if half else 3
    if order * size > 12:
        return None
    year, relative = _year(m["year"], order * size, frame)
    return r.part_of_year(order * size - size + 1, order * size, "half" if half else "quarter", year, relative)


def _months(m: Any, frame: Frame) -> Found | None:
    lex = lexicon("de")
    first, last = r.month_number(m["from"], lex), r.month_number(m["to"], lex)
    year, relative = _year(m["year"], last, frame)
    return r.span_of(first, last, year, relative)


def _month(m: Any, frame: Frame) -> Found | None:
    month = r.month_number(m["month"], lexicon("de"))
    year, relative = _year(m["year"], month, frame)
    return r.span_of(month, month, year, relative, "month")


def _day(m: Any, frame: Frame) -> Found | None:
    name = m["month"]
    month = int(name) if name.isdigit() else r.month_number(name, lexicon("de"))
    if not 1 <= month <= 12:
        return None
    year, relative = _year(m["year"], month, frame)
    return r.day(year, month, int(m["day"]), relative)


def _shifted(shift: int) -> r.Reading:
    def read(m: Any, frame: Frame) -> Found | None:
        this = frame.this_year()
        return (str(this + shift) if this else "", "year", True)

    return read


def _fiscal(m: Any, frame: Frame) -> Found | None:
    first = int(m["first"])
    last = m["second"]
    return (fiscal_year(first, frame.fiscal_month), "fiscal", False) if int(last) % 100 == (first + 1) % 100 else None


def _years(m: Any, frame: Frame) -> Found | None:
    first, last = int(m["first"]), int(m["second"])
    return (f"{first}/{last}", "range", False) if first < last else None


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rows, most telling first."""
    month = r.month_pattern(lexicon("de"))
    order = r"(?:(?P<ord>erst|zweit|dritt|viert)(?:en|es|er|e)|(?P<no>[1-4])\.)"
    rows: list[tuple[str, str, r.Reading, str]] = [
        (
            "same period",
            r"(?:(?:im|gegenüber dem|zum|als im|den|dem)\s)?(?:Vorjahreszeitraum|Vorjahresquartal|Vorjahresmonat|"
            r"Vorjahreswert|Vorjahresniveau|Vormonat|Vorquartal|gleichen\sZeitraum\sdes\sVorjahres|"
            r"Vorjahreszeitraums|Vorjahrs)|im\sJahresvergleich|gegenüber\sdem\sVorjahr|"
            r"im\sVergleich\szum\sVorjahr|zum\sVorjahr|als\sim\sVorjahr|als\sein\sJahr\szuvor|im\sJahr\s(?:davor|zuvor)|"
            r"ein(?:em)?\sJahr\szuvor|binnen\sJahresfrist|Vorjahr(?=\s?[:)])",
            lambda m, f: ("", "same_period", True),
            "gegenüber dem Vorjahr",
        ),
        ("fiscal", rf"(?<!\d)(?P<first>{YEAR})/(?P<second>\d{{4}}|\d{{2}})(?!\d)", _fiscal, "Geschäftsjahr 2022/23"),
        (
            "months",
            rf"(?:von\s)?(?P<from>{month})(?:\s?[-–—]\s?|\sbis\s)(?P<to>{month}){OF}",
            _months,
            "Januar bis Mai 2024",
        ),
        ("day", rf"(?<![\d.,])(?P<day>\d{{1,2}})\.\s?(?P<month>{month}){OF}", _day, "30. Juni 2023"),
        ("date", rf"(?<![\d.,])(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>{YEAR})", _day, "30.06.2023"),
        (
            "part",
            rf"{order}\s?(?P<what>Halbjahr|Quartal|Hj\.?|Hbj\.?|Qu?\.|Quart\.)(?:s|es)?{OF}",
            _part,
            "im ersten Halbjahr 2023",
        ),
        ("parts", rf"ersten\s{COUNT}\s(?P<what>Monate|Quartale)n?{OF}", _part, "in den ersten acht Monaten"),
        (
            "Q1",
            rf"(?<![^\W_])(?:Q|q(?=[1-4]\s?/?\s?{YEAR}))(?P<no>[1-4])(?P<what>)\s?/?\s?(?P<year>{YEAR})?",
            lambda m, f: _part({**m, "what": "q"}, f),
            "Q1 2024",
        ),
        (
            "H1",
            rf"(?<![^\W_])(?:H|h(?=[12]\s?/?\s?{YEAR}))(?P<no>[12])\s?/?\s?(?P<year>{YEAR})?",
            lambda m, f: _part({**m, "what": "h"}, f),
            "H1 2024",
        ),
        ("month", rf"(?<![^\W_])(?P<month>{month}){OF}", _month, "im Mai 2023"),
        (
            "years",
            rf"(?<!\d)(?P<first>{YEAR})(?:\s?[-–—]\s?|\s(?:bis|und)\s)(?P<second>{YEAR})(?!\d)",
            _years,
            "2018 bis 2023",
        ),
        (
            "since",
            rf"seit\s(?:dem\sJahr\s|Anfang\s|Beginn\s)?(?P<first>{YEAR})",
            lambda m, f: r.since(f"{m['first']}-01", f),
            "seit 2020",
        ),
        (
            "last year",
            r"(?:im\s)?(?:vergangene[nsm]?|letzte[nsm]?|vorige[nsm]?)\sJahr(?:es)?|im\sVorjahr|(?:des\s)?Vorjahres?(?![^\W_])",
            _shifted(-1),
            "im vergangenen Jahr",
        ),
        (
            "this year",
            r"(?:in\s)?(?:diesem|diese[sn]|laufende[nsm]?)\sJahr(?:es)?|heuer",
            _shifted(0),
            "in diesem Jahr",
        ),
        ("next year", r"(?:im\s)?(?:kommende[nsm]?|nächste[nsm]?)\sJahr(?:es)?", _shifted(1), "im kommenden Jahr"),
        (
            "past years",
            rf"(?:vergangenen|letzten)\s{COUNT}\sJahren?",
            lambda m, f: r.past_years(_n(m["num"] or "0"), f),
            "in den vergangenen fünf Jahren",
        ),
        (
            "year",
            rf"{r.BARE_YEAR}(?!\s?(?:Prozent|%|Euro|Millionen|Milliarden|Dollar))",
            lambda m, f: (m["all"] or "", "year", False),
            "2023",
        ),
        (
            "now",
            r"(?<![^\W_])(?:bislang|bisher|derzeit|aktuell|inzwischen|mittlerweile|momentan)(?![^\W_])",
            lambda m, f: (f"to {f.today()}" if f.today() else "", "stock", True),
            "derzeit",
        ),
    ]
    return tuple(Rule(n, re.compile(f"(?i:{p})" if n not in ("Q1", "H1") else p), f, e) for n, p, f, e in rows)


STOCK = re.compile(
    r"(?:bis|zum|bis zum|Stand|per|zu)\s(?:zum\s)?(?:Ende\s|Jahresende\s)?(?:des\s)?(?:Jahres\s)?$|(?:Ende|zum "
    r"Ende|Jahresende)\s(?:des\s(?:Jahres\s)?)?$",
    re.IGNORECASE,
)
SINCE = re.compile(r"(?:seit|ab)\s(?:dem\s|Anfang\s)?$", re.IGNORECASE)
