"""What the headings of a table say: units with their scale ("100 million yuan", 亿元), kinds of change, periods."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from knowledge.figure import ChangeKind
from knowledge.reading.words import LANGUAGES, lexicon, narrow

# Counted things: the wordings a heading uses -> the unit of a figure.
_COUNTED = {
    "projects": ("projects", "project", "个项目", "项目", "projekte", "projets"),
    "enterprises": ("enterprises", "enterprise", "companies", "firms", "家", "户", "unternehmen", "entreprises"),
    "persons": ("persons", "people", "inhabitants", "人", "personen", "personnes", "headcount"),
    "jobs": ("jobs", "posts", "arbeitsplätze", "emplois", "个岗位"),
    "households": ("households", "haushalte", "ménages"),
    "tonnes": ("tonnes", "tons", "吨", "tonnen"),
    "square metres": ("square metres", "square meters", "sq m", "m²", "平方米", "㎡", "quadratmeter"),
    "square kilometres": ("square kilometres", "square kilometers", "sq km", "km²", "平方公里", "平方千米"),
    "kWh": ("kwh", "kilowatt hours", "千瓦时"),
    "times": ("times", "倍"),
    "items": ("items", "number", "count", "个", "件", "项", "anzahl", "nombre", "units"),
    "index": ("index", "points (index)", "上年=100", "上年同期=100", "指数", "previous year = 100"),
    "rank": ("rank", "ranking", "排名", "位次"),
}
_HAN_NOUNS = frozenset(("项目", "个项目"))
_FILLER = re.compile(
    r"^(?:in|of|unit|units|单位|计量单位|einheit|unité|en|d['’]|de|der|von|per|each|at|current|prices?)\b|^[\s:：().,，。]+",
    re.I,
)
_NUMBER = re.compile(r"\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+|\d+")
_POWERS = {3: ("k", "000s"), 6: ("m", "mn", "mio", "mio."), 9: ("b", "bn", "mrd", "mrd.", "md"), 12: ("t", "tn")}
_LETTERS = {word: power for power, words in _POWERS.items() for word in words}
_PAREN = re.compile(r"[(（\[［]([^()（）\[\]［］]{1,60})[)）\]］]")

# Words of a label that say what kind of number it is; the first row that matches decides.
_ON_MONTH = r"环比|month[- ]on[- ]month|quarter[- ]on[- ]quarter|\bm[-/]?o[-/]?m\b|\bq[-/]?o[-/]?q\b"
_ON_YEAR = r"同比|增长|增速|增幅|year[- ]on[- ]year|\by[-/]?o[-/]?y\b|growth|change|increase"
_ON_YEAR_DE_FR = r"veränderung|wachstum|zuwachs|croissance|évolution|variation"
_OF_WHOLE = r"占比|比重|比例|份额|率$|share|proportion|percentage of|ratio|\brate\b|anteil|quote|\bpart\b|taux"
_KINDS: tuple[tuple[ChangeKind, re.Pattern[str]], ...] = (
    (ChangeKind.MOM_GROWTH, re.compile(_ON_MONTH, re.I)),
    (ChangeKind.YOY_GROWTH, re.compile(f"{_ON_YEAR}|{_ON_YEAR_DE_FR}", re.I)),
    (ChangeKind.SHARE, re.compile(_OF_WHOLE, re.I)),
)
_ON = r"(?:year[- ]on[- ]year|y[-/]?o[-/]?y|month[- ]on[- ]month|m[-/]?o[-/]?m)"
_OF_CHANGE = re.compile(
    r"(?:比上年|比去年|较上年)?(?:同比|环比)?(?:增长|增速|增幅)(?:速度|率)?|同比|环比|"
    rf"(?:annual |yearly )?{_ON}?[ ,]*(?:growth|change|increase)(?: rate| from the year before)?|{_ON}|"
    r"veränderung(?: zum vorjahr)?|wachstum|évolution|variation|croissance",
    re.I,
)


# Headings over numbers that do not name what the numbers are.
_BARE = re.compile(
    r"(?:obs[ _]?)?values?|amounts?|levels?|absolute(?: value| figure)?|figures?|data|total|"
    r"数值|数据|值|金额|总量|绝对[额量数值]|本期|本年|当期|累计|wert|betrag|insgesamt|valeur|montant",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a column and what its numbers are multiplied by."""

    unit: str
    scale: Decimal = Decimal(1)

    def fixed(self) -> dict[str, str]:
        """As a mapping writes it: the unit, and the scale where it is not 1."""
        scale = f"{self.scale.normalize():E}".replace("E+", "e")
        return {"unit": self.unit} | ({"scale": scale} if self.scale != 1 else {})


@lru_cache(maxsize=4096)
def read_unit(text: str, language: str = "en", country: str = "") -> Unit | None:
    """The unit that a short text is; None where it says anything else. A bare $ is read by the country."""
    rest = narrow(text).strip().casefold()
    scale, unit = Decimal(1), ""
    scaled = False
    while rest:
        found = (
            _currency(rest) or _percent(rest) or _counted(rest) or _scale_word(rest, language) or _plain_number(rest)
        )
        if found is None:
            filler = _FILLER.match(rest)
            if not filler or not filler.group():
                return None
            rest = rest[filler.end() :]
            continue
        length, name, factor = found
        if name and unit and name != unit:
            return None
        unit, scale, scaled = unit or name, scale * factor, scaled or factor != 1
        rest = rest[length:]
    if not unit and not scaled:
        return None
    return Unit(_dollar(unit, country), scale)


@lru_cache(maxsize=8192)
def split_label(text: str, language: str = "en", country: str = "") -> tuple[str, Unit | None]:
    """A heading's words and its unit: "GDP (100 million yuan)" -> ("GDP", CNY x 1e8)."""
    for match in reversed(list(_PAREN.finditer(text))):
        if unit := read_unit(match.group(1), language, country):
            return _trim(text[: match.start()] + text[match.end() :]), unit
    head, comma, tail = text.rpartition(",") if "," in text else text.rpartition("，")
    if comma and (unit := read_unit(tail, language, country)):
        return _trim(head), unit
    if text.rstrip().endswith("%") and not re.search(r"\d\s*%$", text):
        return _trim(text.rstrip()[:-1]), Unit("percent")
    return _trim(text), None


@lru_cache(maxsize=8192)
def change_kind(label: str, unit: str) -> ChangeKind:
    """What kind of number a label names, by its words and unit."""
    if unit == "rank":
        return ChangeKind.RANK
    if unit in ("percent", "percentage points"):
        return next((kind for kind, pattern in _KINDS if pattern.search(label)), ChangeKind.LEVEL)
    return ChangeKind.LEVEL


def is_bare(label: str) -> bool:
    """Whether a heading names nothing: "value", 总量."""
    return not label or _BARE.fullmatch(re.sub(r"[\s_]+", " ", label).strip()) is not None


@lru_cache(maxsize=8192)
def counted_in(label: str) -> str:
    """The unit of a count by the last noun of its label: "new foreign-invested enterprises" -> "enterprises"."""
    words = re.sub(r"^(?:number|no\.?|count|total|anzahl|nombre)\s+(?:of|der|von|de|d['’])?\s*", "", label.casefold())
    words = re.split(r"\s+(?:in|of|from|by|with|to|on)\s+|,", words)[0].strip()
    participle = re.match(r"(\S+)\s+(?:signed|landed|added|registered|established|set up|created)$", words)
    words = participle.group(1) if participle else words
    for unit, wordings in _COUNTED.items():
        if unit in ("items", "index", "rank", "times"):
            continue
        if any(words == w or words.endswith(f" {w}") or (w in _HAN_NOUNS and words.endswith(w)) for w in wordings):
            return unit
    return ""


@lru_cache(maxsize=8192)
def without_change(label: str) -> str:
    """The label of what changed: "GDP growth" -> "GDP"; "" where it names nothing but a change."""
    return _trim(_OF_CHANGE.sub(" ", label))


def _trim(label: str) -> str:
    label = re.sub(r"\s+", " ", label)
    return label.strip(" \t,:：，;、.-–—*").strip()


def _currency(rest: str) -> tuple[int, str, Decimal] | None:
    table = _currencies()
    for word in _longest_first():
        if rest.startswith(word) and _ends(rest, word):
            return len(word), table[word], Decimal(1)
    return None


def _ends(rest: str, word: str) -> bool:
    """Whether a word ends where it should: Latin letters do not go on."""
    after = rest[len(word) : len(word) + 1]
    if word[-1].isascii() and word[-1].isalpha():
        return not (after.isascii() and after.isalpha()) or rest[len(word) :] in ("m", "bn", "k", "mn")
    return True


@lru_cache(maxsize=1)
def _currencies() -> dict[str, str]:
    table: dict[str, str] = {}
    for language in LANGUAGES:
        for name in ("currency_before", "currency_after"):
            table |= {word.casefold(): code for word, code in lexicon(language).table(name).items()}
    return table


@lru_cache(maxsize=1)
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(_currencies(), key=len, reverse=True))


def _counted(rest: str) -> tuple[int, str, Decimal] | None:
    for unit, words in _COUNTED.items():
        for word in words:
            if rest.startswith(word) and _ends(rest, word):
                return len(word), unit, Decimal(1)
    return None


def _percent(rest: str) -> tuple[int, str, Decimal] | None:
    for kind, unit in (("points", "percentage points"), ("percent", "percent")):
        for language in LANGUAGES:
            for word in sorted(lexicon(language).table("units", kind) or (), key=len, reverse=True):
                if rest.startswith(word.casefold()) and _ends(rest, word.casefold()):
                    return len(word), unit, Decimal(1)
    return None


def _scale_word(rest: str, language: str) -> tuple[int, str, Decimal] | None:
    table = _scales(language)
    for word in sorted(table, key=len, reverse=True):
        if rest.startswith(word) and _ends(rest, word):
            return len(word), "", table[word]
    return None


@lru_cache(maxsize=8)
def _scales(language: str) -> dict[str, Decimal]:
    """Scale words of every language; the table's own decides what a billion is, then English."""
    table = {word: Decimal(10) ** power for word, power in _LETTERS.items()}
    for name in (*LANGUAGES, "en", language):
        table |= {word.casefold(): Decimal(str(by)) for word, by in lexicon(name).table("scales").items()}
    for singular in ("thousand", "million", "billion", "trillion"):
        table[singular + "s"] = table[singular]
    return table


def _plain_number(rest: str) -> tuple[int, str, Decimal] | None:
    """A round number before a unit: "100 million yuan", "10,000 persons"."""
    match = _NUMBER.match(rest)
    if match is None:
        return None
    value = Decimal(re.sub(r"\D", "", match.group()))
    return (match.end(), "", value) if value in (1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 100_000_000) else None


def _dollar(unit: str, country: str) -> str:
    """A bare $ or ¥ by the country of the table; US dollars and yuan where that says nothing."""
    if unit == "$":
        return str(lexicon("en").table("dollar").get(country[:2].upper(), "USD"))
    if unit == "¥":
        return str(lexicon("en").table("yen").get(country[:2].upper(), "CNY"))
    return unit
