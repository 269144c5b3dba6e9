"""Periods in French words."""

import re
from functools import lru_cache
from typing import Any

from knowledge.reading import period_rules as r
from knowledge.reading.calendar import Frame, fiscal_year
from knowledge.reading.period_rules import YEAR, Found, Rule
from knowledge.reading.words import lexicon

ORDER = {
    "premier": 1,
    "1er": 1,
    "second": 2,
    "deuxième": 2,
    "2e": 2,
    "2ème": 2,
    "troisième": 3,
    "3e": 3,
    "3ème": 3,
    "quatrième": 4,
    "4e": 4,
    "4ème": 4,
    "dernier": 4,
}
ORD = "(?P<ord>" + "|".join(ORDER) + ")"
NUM = {w: i for i, w in enumerate("zéro un deux trois quatre cinq six sept huit neuf dix onze douze".split())}
COUNT = "(?P<num>deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|\\d{1,2})"
THAT = r"cette année|l['’]année|l['’]an dernier|l['’]année dernière|l['’]année précédente|l['’]an passé"
OF = rf"(?:\s(?:de\s|en\s|de l['’]année\s|de l['’]an\s)?(?P<year>{YEAR}(?!\d)|{THAT}))?"


def _year(words: str | None, last_month: int, frame: Frame) -> tuple[int | None, bool]:
    if words is None:
        return frame.year_of(last_month), True
    if words.isdigit():
        return int(words), False
    if re.fullmatch(r"l['’]année", words, re.IGNORECASE):
        return frame.year_of(last_month), True
    this = frame.this_year()
    return (this - any(w in words.lower() for w in ("derni", "passé", "précédent")) if this else None), True


def _n(words: str) -> int:
    return int(words) if words.isdigit() else NUM[words.lower()]


def _part(m: Any, frame: Frame) -> Found | None:
    what = m["what"].lower()
    if m.get("num"):
        count = _n(m["num"]) * (3 if what.startswith("t") else 1)
        if not 1 <= count <= 12:
            return None
        year, relative = _year(m["year"], count, frame)
        return r.span_of(1, count, year, relative)
    half = what.startswith("s")
    order = int(m["no"]) if m.get("no") else ORDER[m["ord"].lower()]
    order = min(order, 2) if half else order
    size = 6 if half else 3
    year, relative = _year(m["year"], order * size, frame)
    return r.part_of_year(order * size - size + 1, order * size, "half" if half else "quarter", year, relative)


def _months(m: Any, frame: Frame) -> Found | None:
    lex = lexicon("fr")
    first, last = r.month_number(m["from"], lex), r.month_number(m["to"], lex)
    year, relative = _year(m["year"], last, frame)
    return r.span_of(first, last, year, relative)


def _month(m: Any, frame: Frame) -> Found | None:
    month = r.month_number(m["month"], lexicon("fr"))
    year, relative = _year(m["year"], month, frame)
    return r.span_of(month, month, year, relative, "month")


def _day(m: Any, frame: Frame) -> Found | None:
    name = m["month"]
    month = int(name) if name.isdigit() else r.month_number(name, lexicon("fr"))
    if not 1 <= month <= 12:
        return None
    year, relative = _year(m["year"], month, frame)
    return r.day(year, month, int(re.sub(r"\D", "", m["day"])), relative)


def _shifted(shift: int) -> r.Reading:
    def read(m: Any, frame: Frame) -> Found | None:
        this = frame.this_year()
        return (str(this + shift) if this else "", "year", True)

    return read


def _years(m: Any, frame: Frame) -> Found | None:
    first, last = int(m["first"]), int(m["second"])
    return (f"{first}/{last}", "range", False) if first < last else None


def _fiscal(m: Any, frame: Frame) -> Found | None:
    first = int(m["first"])
    return (
        (fiscal_year(first, frame.fiscal_month), "fiscal", False)
        if int(m["second"]) % 100 == (first + 1) % 100
        else None
    )


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rows, most telling first."""
    month = r.month_pattern(lexicon("fr"))
    rows: list[tuple[str, str, r.Reading, str]] = [
        (
            "same period",
            r"(?:par\srapport\sà\s|à\s|de\s)?(?:la\s)?même\spériode(?:\s(?:de\s)?(?:l['’]année\s(?:précédente|dernière)|l['’]an\s(?:dernier|passé)|"
            + YEAR
            + r"))?|sur\sun\san|un\san\s(?:plus\stôt|auparavant)|en\sglissement\sannuel|en\srythme\sannuel|(?:à|"
            r"de)\sl['’]année\sprécédente|(?:à|que)\sl['’]an(?:née)?\s(?:dernier|dernière|passé)|"
            r"l['’]année\sprécédente",
            lambda m, f: ("", "same_period", True),
            "sur un an",
        ),
        ("fiscal", rf"(?<!\d)(?P<first>{YEAR})/(?P<second>\d{{4}}|\d{{2}})(?!\d)", _fiscal, "exercice 2022/23"),
        (
            "months",
            rf"(?:de\s|entre\s)?(?P<from>{month})(?:\s?[-–—]\s?|\s(?:à|et)\s)(?P<to>{month}){OF}",
            _months,
            "de janvier à mai 2024",
        ),
        ("day", rf"(?<!\d)(?P<day>1er|\d{{1,2}})\s(?P<month>{month}){OF}", _day, "30 juin 2023"),
        ("date", rf"(?<!\d)(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>{YEAR})", _day, "30/06/2023"),
        ("part", rf"{ORD}\s(?P<what>semestre|trimestre){OF}", _part, "au premier semestre 2023"),
        ("parts", rf"(?:{COUNT}\spremiers\s(?P<what>mois|trimestres)){OF}", _part, "les huit premiers mois de 2024"),
        (
            "T1",
            rf"(?<![^\W_])(?P<what>[TS]|[ts](?=[1-4]\s?{YEAR}))(?P<no>[1-4])(?!\d)\s?(?P<year>{YEAR})?",
            _part,
            "T1 2024",
        ),
        ("month", rf"(?<![^\W_])(?P<month>{month}){OF}", _month, "en mai 2023"),
        (
            "years",
            rf"(?<!\d)(?P<first>{YEAR})(?:\s?[-–—]\s?|\s(?:à|et)\s)(?P<second>{YEAR})(?!\d)",
            _years,
            "2018-2023",
        ),
        (
            "since",
            rf"depuis\s(?:le\sdébut\sde\s)?(?P<first>{YEAR})",
            lambda m, f: r.since(f"{m['first']}-01", f),
            "depuis 2020",
        ),
        (
            "last year",
            r"l['’]an\s(?:dernier|passé)|l['’]année\s(?:dernière|passée|écoulée)",
            _shifted(-1),
            "l'an dernier",
        ),
        ("this year", r"cette\sannée|l['’]année\sen\scours", _shifted(0), "cette année"),
        ("next year", r"l['’]année\sprochaine|l['’]an\sprochain", _shifted(1), "l'an prochain"),
        (
            "past years",
            rf"{COUNT}\sdernières\sannées",
            lambda m, f: r.past_years(_n(m["num"] or "0"), f),
            "les cinq dernières années",
        ),
        (
            "year",
            rf"{r.BARE_YEAR}(?!\s?(?:%|pour cent|euros|millions|milliards|dollars))",
            lambda m, f: (m["all"] or "", "year", False),
            "2023",
        ),
        (
            "now",
            r"(?<![^\W_])(?:à ce jour|actuellement|désormais|aujourd['’]hui|jusqu['’]à présent)(?![^\W_])",
            lambda m, f: (f"to {f.today()}" if f.today() else "", "stock", True),
            "à ce jour",
        ),
    ]
    return tuple(Rule(n, re.compile(f"(?i:{p})" if n != "T1" else p), f, e) for n, p, f, e in rows)


STOCK = re.compile(
    r"(?:à la |à |au |d['’]ici |d['’]ici à |d['’]ici (?:la )?|jusqu['’]à |jusqu['’]en )?(?:fin|la fin de|la "
    r"fin)\s(?:de\s)?$|(?:d['’]ici|d['’]ici à|jusqu['’]en|jusqu['’]au|à l['’]horizon)\s$",
    re.IGNORECASE,
)
STOCK_DAY = re.compile(r"(?:au|à la date du)\s$", re.IGNORECASE)
SINCE = re.compile(r"depuis\s(?:le début de\s)?$", re.IGNORECASE)
