"""Superlatives of a question and of a sentence: which place, of what things, and whether the sentence says it."""

from assistant.understanding.cues import read_cues
from assistant.understanding.patterns import pattern
from assistant.understanding.reading import Reading


def nth(text: str) -> int:
    """The place that a text names: 2 for "the second largest", else 1."""
    found = pattern("nth").search(text)
    return next((int(k[-1]) for k, v in found.groupdict().items() if v), 1) if found else 1


_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5,
    "六": 6, "十": 10, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "zehn": 10, "deux": 2, "trois": 3, "quatre": 4,
    "cinq": 5, "dix": 10,
}  # fmt: skip


def several(text: str) -> int:
    """How many a text asks for from one end of an order: 3 for "the top three"; 0 where it does not say."""
    found = pattern("several").search(text)
    number = next((v.lower() for v in found.groupdict().values() if v), "") if found else ""
    return int(number) if number.isdigit() else _NUMBERS.get(number, 0)


def thing(text: str) -> str:
    """The first of some things, "" where a text names none: "the largest project"."""
    found = pattern("one_thing").search(text)
    return found.group() if found else ""


def says_first(reading: Reading, sentence: str, language: str) -> bool:
    """Whether a sentence itself says which is first, or last, among the things that a question asks for."""
    asked, told = thing(reading.text), thing(sentence)
    if asked and (not told or told.split()[-1] != asked.split()[-1]):
        return False
    wanted = {c.name for c in reading.cues if c.name in ("max", "min")}
    said = any(c.name in wanted for c in read_cues(sentence, language))
    return said and nth(reading.text) in (1, nth(sentence))
