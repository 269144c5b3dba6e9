"""Codes of labels that the catalogue does not know: labels that mean the same get the same one.

Order, number and words that always replace each other make no difference; every other word does. Meaning is not
guessed: the embedder holds `male` and `female unemployment rate` for closer (.82) than `jobless` and `unemployment
rate` (.54), and a part for as close to its whole as a label to its paraphrase, so that no threshold parts them.
"""

import re
from functools import lru_cache
from pathlib import Path
from tomllib import loads

from knowledge.ledger.catalogue import tokens
from knowledge.ledger.repeats import STOP

HAN = re.compile("[\u4e00-\u9fff]")
LONGEST = 7  # words of a code
LONGEST_HAN = 24
LIGHT = STOP | frozenset(
    "numbers count zahl anzahl gesamtzahl die der das den dem des im am zum zur von für und nombre total le la les l "
    "du de d au aux".split()
)
PREPOSITIONS = frozenset("from to by for with among between per than at on into under over".split())
PLURAL = ((re.compile(r"(?<=[^aeiou])ies$"), "y"), (re.compile(r"(?<=ss|sh|ch)es$|(?<=x)es$"), ""))
BARE_S = re.compile(r"(?<=[^su\W])(?<!i)s$")


def code_of(label: str, language: str = "en") -> str:
    """The code of a label: `vacancy rate of offices` and `office vacancy rate` have one."""
    words = list(tokens(label))
    han = "".join(w for w in words if HAN.match(w))
    if han:
        return han[:LONGEST_HAN]
    if language == "en":
        words = [_singular(w) for w in _turned(words)]
    plain = " ".join(w for w in words if w not in LIGHT)
    for wordings, canonical in _synonyms(language):
        plain = wordings.sub(canonical, plain)
    return "-".join(plain.split()[:LONGEST]) or "unlabelled"


def _turned(words: list[str]) -> list[str]:
    """`rate of vacancy` as `vacancy rate`, where no other preposition stands in what is turned."""
    if "of" not in words:
        return words
    at = len(words) - 1 - words[::-1].index("of")
    head, tail = words[:at], words[at + 1 :]
    end = next((i for i, w in enumerate(tail) if w in PREPOSITIONS or w == "in"), len(tail))
    if not head or not end or PREPOSITIONS & set(head):
        return words
    return _turned([*tail[:end], *head, *tail[end:]])


def _singular(word: str) -> str:
    for ending, singular in PLURAL:
        if ending.search(word):
            return ending.sub(singular, word)
    return BARE_S.sub("", word) if len(word) > 3 else word


@lru_cache(maxsize=8)
def _synonyms(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    table = loads((Path(__file__).parent / "synonyms.toml").read_text(encoding="utf-8")).get(language, {})
    rows = []
    for canonical, wordings in table.items():
        longest = sorted(wordings, key=len, reverse=True)
        rows.append((re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])"), canonical))
    return tuple(rows)
