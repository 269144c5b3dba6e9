"""How exact a printed number claims to be: over, nearly, about, under."""

import re
from functools import lru_cache

from knowledge.reading.words import Lexicon, either

EXACT = "exact"
REACH = 40  # characters in front of a number in which its qualifier stands
COMPARED = re.compile(  # `14 percent` less than the 2.8 billion of the year before: a comparison
    r"(?:%|percent(?:age points?)?|Prozent(?:punkte)?|pour cent)\s*$", re.IGNORECASE
)
PAST = re.compile(r"(?<!the )(?<!half )(?<!in )\bpast (?:the )?$")  # climbed past 70 percent
SUMS = re.compile(r"\b(?:add(?:s|ed|ing)?|sum(?:s|med)?|(?:go|goes|went|climb(?:s|ed)?|mov(?:es?|ed)|c[ao]mes?))\s$")
PASSED = re.compile(r"\bpass(?:ed|es|ing)\s(?:on\s|along\s)?$")
TO_SOMEBODY = re.compile(r"(?:\s[^\W\d]+){0,4}?\s(?:on\s|along\s)?to\s(?!\d|reach\b|become\b)")
NAMES = ("over", "nearly", "about", "under")


@lru_cache(maxsize=8)
def _before(lexicon: Lexicon) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{n}>{either(lexicon.table('qualifiers', 'before', n), lexicon.spaced)})" for n in NAMES)
    between = either(lexicon.table("qualifiers", "between", "words"), lexicon.spaced)
    glued = "" if lexicon.spaced else "(?<!签)(?<!合)(?<!节)(?<!预)"  # 签约12个 is no about
    return re.compile(rf"{glued}(?:{groups})\s*(?:{between}\s*){{0,3}}[(（]?\s?$", re.IGNORECASE)


@lru_cache(maxsize=8)
def _after(lexicon: Lexicon) -> re.Pattern[str]:
    tables = lexicon.table("qualifiers", "after")
    groups = "|".join(f"(?P<{n}>{either(words, lexicon.spaced)})" for n, words in tables.items() if words)
    return re.compile(rf"\s?(?:{groups})", re.IGNORECASE)


@lru_cache(maxsize=8)
def words(lexicon: Lexicon) -> frozenset[str]:
    """The single words that qualifiers are made of, case-folded."""
    wordings = [phrase for listed in lexicon.table("qualifiers", "before").values() for phrase in listed]
    return frozenset(word.casefold() for phrase in wordings for word in phrase.split())


def before(text: str, start: int, lexicon: Lexicon) -> tuple[str, int]:
    """(qualifier, where it starts) in front of `start`; the longest wording that reaches the number."""
    window = max(0, start - REACH)
    if lexicon.language == "en" and (past := PAST.search(text[window:start])):
        return "over", window + past.start()
    match = _before(lexicon).search(text[window:start])
    if match is None or COMPARED.search(text[: window + match.start()][-REACH:]):
        return EXACT, start
    if lexicon.language == "en" and match.lastgroup in ("over", "under") and match.group().lower().endswith("the "):
        return EXACT, start  # over the 1,067 of last year: what another is held against
    if (
        match.lastgroup == "under"
        and match.group().lower().startswith("up to")
        and SUMS.search(text[: window + match.start()])
    ):
        return EXACT, start  # the others add up to 2.2 billion
    return str(match.lastgroup), window + match.start()


def hands_on(text: str, start: int, end: int) -> bool:
    """Whether things were passed to somebody: `passed 184 leads to the districts`; they did not exceed 184."""
    return bool(PASSED.search(text[max(0, start - REACH) : start]) and TO_SOMEBODY.match(text, end))


def after(text: str, end: int, lexicon: Lexicon) -> tuple[str, int]:
    """(qualifier, where it ends) behind `end`: `or more`, 以上, 左右."""
    match = _after(lexicon).match(text, end, min(len(text), end + REACH))
    return (str(match.lastgroup), match.end()) if match else (EXACT, end)


def inner(char: str, lexicon: Lexicon) -> str | None:
    """What 余 or 多 inside a Chinese numeral says."""
    return next((n for n, chars in lexicon.table("qualifiers", "inner").items() if char in chars), None)
