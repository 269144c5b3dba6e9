"""Text to the words of the lexical index: numbers, dates and stems in one spelling; Chinese as pairs of characters.

Bump VERSION with any change of the rules: `tally reindex` then makes the stored terms anew.
"""

import re
import threading
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Any

VERSION = 2

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
_STEMMING = threading.Lock()  # a stemmer keeps the word that it works on
_STEMMERS = {"en": "english", "de": "german", "fr": "french"}
_STOP = frozenset(
    "a an the of in on at to for by with from and or is are was were be been it its this that these those as than "
    "which what how many much did does do has have had there their them they he she his her will would can could s t "
    "der die das den dem des ein eine einer eines und oder ist war im am zu von mit auf für wie viel viele hat "
    "wurde wurden "
    "le la les un une des du de et ou est sont dans en au aux par pour sur quel quelle combien".split()
)
_STOP_HAN = re.compile(r"[的了是在和与及为有多少吗呢何]")
_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_QUARTER_WORDS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "上": 1,
    "下": 2,
}

# One printed style of a period a row: the pattern, and what it is written as.
_PERIODS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\b{_MONTH}\s+(?:\d{{1,2}},?\s+)?((?:19|20)\d\d)\b"), "my"),  # March 2019, Mar. 5, 2019
    (re.compile(r"\b((?:19|20)\d\d)[-/](0?[1-9]|1[0-2])(?![\d.])"), "ym"),  # 2019-03
    (re.compile(r"((?:19|20)\d\d)\s?年\s?([01]?\d)\s?月"), "ym"),  # 2023年4月
    (re.compile(r"\b(first|second|third|fourth)[ -]quarter(?: of)? ((?:19|20)\d\d)\b"), "qy"),
    (re.compile(r"\bq([1-4])[ -]?(?:of )?((?:19|20)\d\d)\b"), "qy"),
    (re.compile(r"((?:19|20)\d\d)\s?年?\s?(?:第)?([一二三四1-4])季度"), "yq"),
    (re.compile(r"\b(first|second)[ -]half(?: of)? ((?:19|20)\d\d)\b"), "hy"),
    (re.compile(r"((?:19|20)\d\d)\s?年?\s?([上下])半年"), "yh"),
)
_CODE = re.compile(r"(?:19|20)\d\d(?:-(?:[01]\d|q[1-4]|h[12]))?")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+)*)|(?P<percent>%)|(?P<han>[{_HAN}]+)|(?P<word>[^\W\d_{_HAN}]+(?:['’&-][^\W\d_{_HAN}]+)*)"
)


def terms(text: str, language: str = "en") -> list[str]:
    """The index words of a text, in order. Periods come first, as `2019-03`, `2023-q1`."""
    plain = unicodedata.normalize("NFKC", text).lower()
    found = _named(plain)
    for match in _TOKEN.finditer(plain):
        found += _token(match, language)
    return found


def pairs(words: list[str]) -> list[str]:
    """Neighbours joined: `landing_rate`."""
    return [f"{one}_{two}" for one, two in pairwise(words)]


def _token(match: re.Match[str], language: str) -> list[str]:
    token = match[0]
    if match["number"]:
        return [number(token)]
    if match["percent"]:
        return ["percent"]
    if match["han"]:
        kept = _STOP_HAN.sub(" ", token).split()
        return [gram for part in kept for gram in ([part[i : i + 2] for i in range(len(part) - 1)] or [part])]
    words = [w for w in re.split(r"['’&-]", token) if w and w not in _STOP]
    return [_stem(word, language) for word in words]


def number(token: str) -> str:
    """A printed number in one spelling: thousands unmarked, a decimal point, no trailing zeros."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", token):
        token = token.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", token) and (token.count(".") > 1 or "," in token):
        token = token.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d{1,2}", token):
        token = token.replace(",", ".")
    return token.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", token) else token


def periods(text: str) -> list[str]:
    """The periods that a text names, as `2019-03`, `2023-q1`, and the years."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return [*_named(plain), *_YEAR.findall(plain)]


def codes(period: str) -> list[str]:
    """What a period of SDMX is looked for by: `2021-01/2021-05` -> 2021-01, 2021-05, 2021."""
    parts = _CODE.findall(period.lower())
    return list(dict.fromkeys([*parts, *(part[:4] for part in parts)]))


def narrowest(text: str) -> list[str]:
    """The periods that a text names; a year only where no part of it is named."""
    found = list(dict.fromkeys(periods(text)))
    return [code for code in found if not any(other != code and other.startswith(code) for other in found)]


def _named(plain: str) -> list[str]:
    return [code for pattern, order in _PERIODS for m in pattern.finditer(plain) if (code := _code(m, order))]


def _code(match: re.Match[str], order: str) -> str:
    year, part = (match[1], match[2]) if order[0] == "y" else (match[2], match[1])
    kind = order.replace("y", "")
    if kind == "m":
        month = int(part) if part.isdigit() else _MONTHS[part[:3]]
        return f"{year}-{month:02d}" if 1 <= month <= 12 else ""
    return f"{year}-{kind}{_QUARTER_WORDS.get(part, part)}"


@lru_cache(maxsize=100_000)
def _stem(word: str, language: str) -> str:
    with _STEMMING:
        return str(_stemmer(language).stemWord(word))


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(_STEMMERS.get(language, "english"))
