"""The counted noun behind a number: `11,000 new projects`, 45个大项目, `83 ausländische Unternehmen`."""

import re
from collections.abc import Iterator

from knowledge.reading.words import Lexicon

WORD = re.compile(r"[^\W\d_](?:[\w&'’./-]*[^\W_])?|\([^\W\d_][\w&]{0,6}\)")
JOINED = re.compile(r"\s(?:[a-zäöüß]+\s)?[A-ZÄÖÜ][\wäöüß]{1,30}-\s(?:und|oder|sowie)\s[A-ZÄÖÜ][\wäöüß]{2,40}")
REACH = 120
LONGEST = 9
HAN_RUN = re.compile(r"(?:(?![和与及](?!地区)[\u4e00-\u9fff]{0,6}\d)[\u4e00-\u9fffA-Za-z0-9“”\"&]){1,24}")


def _words(text: str, pos: int) -> Iterator[re.Match[str]]:
    end = min(len(text), pos + REACH)
    while pos < end:
        while pos < end and text[pos] in ' \u00a0\u202f\t“"„«':
            pos += 1
        match = WORD.match(text, pos, end)
        if not match:
            return
        yield match
        pos = match.end()


def plural(word: str, lexicon: Lexicon) -> bool:
    """Whether an English word looks like a plural noun."""
    low = word.casefold()
    return (low.endswith("s") and not low.endswith(("ss", "us", "is", "'s", "’s"))) or low in lexicon.words(
        "nouns", "plural"
    )


def lasts(noun: str, lexicon: Lexicon) -> bool:
    """Whether what is counted is time: `three working days`, `a 12-month`; not `56,000 business entities`."""
    first, *rest = noun.casefold().split()
    first, times = first.strip("-"), lexicon.words("nouns", "time")
    if first in ("business", "working") and rest:
        return rest[0] in times
    return first in times or first.split("-")[0] in ("year", "day", "month")


def in_order(text: str, fraction: re.Match[str], lexicon: Lexicon, verbs: frozenset[str]) -> bool:
    """Whether a fraction's words only put a thing in order: `a third batch`, `a fifth round of talks`."""
    following = re.compile(r" ([a-z]{3,})\b").match(text, fraction.end())
    if lexicon.language != "en" or following is None or not fraction.group().casefold().startswith("a "):
        return False
    word = following[1]
    told = word in lexicon.words("nouns", "stop") or any(word in lexicon.words("roles", r) for r in ("up", "down"))
    return not told and (word in lexicon.words("grammar", "not_verbs") or word not in verbs)


def _english(text: str, pos: int, lexicon: Lexicon, verbs: frozenset[str]) -> int:
    """The end of the noun phrase at `pos`; `pos` where there is none."""
    stop, end, seen_plural = lexicon.words("nouns", "stop"), pos, False
    listed = list(_words(text, pos))[: LONGEST + 1]
    for i, match in enumerate(listed[:LONGEST]):
        word = match.group().casefold()
        following = listed[i + 1].group() if i + 1 < len(listed) else ""
        if word == "and" and i and not seen_plural and following and following.casefold() not in stop:
            continue
        if word in stop or (seen_plural and word.endswith("ed")):
            break
        bare = not i and (word in verbs or word.endswith("ed")) and not plural(word, lexicon)
        if bare and (
            following.casefold() == "to" or (word.endswith("ed") and (not following or following.casefold() in stop))
        ):
            break
        if i and word in verbs and _verbal(word, following, seen_plural, lexicon):
            break
        if seen_plural and word.endswith("ly"):
            break
        end, seen_plural = match.end(), seen_plural or plural(word, lexicon)
    return end


def _verbal(word: str, following: str, seen_plural: bool, lexicon: Lexicon) -> bool:
    """Whether a form that could be noun or participle is the verb here."""
    if seen_plural:
        return True
    ends = not following or following.casefold() in lexicon.words("nouns", "stop")
    return ends and not plural(word, lexicon)


def _german(text: str, pos: int, lexicon: Lexicon) -> int:
    stop = lexicon.words("nouns", "stop")
    joined = JOINED.match(text, pos)
    if joined:
        return joined.end()
    for match in list(_words(text, pos))[:5]:
        word = match.group()
        if word.casefold() in stop:
            return pos
        if word[0].isupper():
            return match.end()
    return pos


def _french(text: str, pos: int, lexicon: Lexicon) -> int:
    stop, end = lexicon.words("nouns", "stop"), pos
    for match in list(_words(text, pos))[:6]:
        word = match.group().casefold()
        if word in ("de", "d", "des") and end > pos:
            continue
        if word in stop or word in ("de", "des"):
            break
        end = match.end()
    return end


def noun_end(text: str, pos: int, lexicon: Lexicon, verbs: frozenset[str] = frozenset()) -> int:
    """Where the counted noun phrase behind `pos` ends; `pos` itself where none follows."""
    if lexicon.language == "zh":
        match = HAN_RUN.match(text, pos)
        return match.end() if match else pos
    if lexicon.language == "de":
        return _german(text, pos, lexicon)
    if lexicon.language == "fr":
        return _french(text, pos, lexicon)
    return _english(text, pos, lexicon, verbs)


def head(noun: str, lexicon: Lexicon) -> str:
    """The head of a noun phrase, lower case: `new projects` is counted in projects."""
    words = [m.group() for m in WORD.finditer(noun)]
    if not words:
        return ""
    if lexicon.language == "fr":
        adjectives = lexicon.words("nouns", "adjectives")
        return next((w for w in map(str.casefold, words) if w not in adjectives), words[0].casefold())
    return words[-1].casefold()
