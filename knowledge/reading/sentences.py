"""Sentences, list items and table rows of a text, with exact spans."""

import re
from functools import lru_cache

LONGEST = 1500  # characters; what is longer is cut, which keeps reading linear
CLOSERS = "\"'”’)]»」』）】"
BULLET = re.compile(r"\s*(?:[•●▪◦‣·*–—-]|\d{1,2}[.)、]|[（(]\d{1,2}[)）])\s+")
ABBREVIATIONS = {
    "en": "U.S U.K U.N E.U Mr Mrs Ms Dr Prof Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec No Nos Inc Co Ltd "
    "Corp St vs etc e.g i.e approx a.m p.m Fig Gen Sen Gov Rep Jr Sr Ph.D cf al est Vol pp Art Sec D.C L.P",
    "de": "z.B z d.h bzw ca rd Mio Mrd Bio Tsd Nr Abb Tab St Dr Prof usw inkl ggf vgl u.a S Art Abs Jh jew Hr Fr "
    "Mag Dipl Ing Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez u a",
    "fr": "M MM Mme Dr Pr St Ste env av p ex cf etc janv févr avr juil sept oct nov déc n art vol réf Mds Md tél",
    "zh": "",
}
GERMAN_OPENERS = frozenset(  # begin a sentence, where a noun behind a number and a stop would make it an ordinal
    "In Im Die Der Das Den Dem Des Es Sie Er Damit Davon Dabei Dazu Darunter Ein Eine Auch Zudem Insgesamt An Am "
    "Auf Aus Bei Mit Für Nach Von Zum Zur Wie Rund Gegenüber Hinzu Dort Hier".split()
)
END = re.compile(r"[.!?。！？][.!?。！？]*")
WORD_BEFORE = re.compile(r"(?:[^\W_]|\.)+$")


@lru_cache(maxsize=8)
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(ABBREVIATIONS.get(language, ABBREVIATIONS["en"]).split())


def _ends(text: str, match: re.Match[str], end: int, language: str) -> bool:
    """Whether the mark at `match` closes a sentence."""
    if match.group()[0] in "。！？!?":
        return True
    beyond = text[match.end() : min(end, match.end() + 3)]
    stripped = beyond.lstrip(CLOSERS)
    if stripped and not stripped[0].isspace():
        return False
    following = text[match.end() : min(end, match.end() + 12)].lstrip(CLOSERS + " \u00a0\t\n")
    if following and (following[0].islower()):
        return False
    word = WORD_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
    before = word.group() if word else ""
    if before.strip(".") in _abbreviations(language) or before in _abbreviations(language):
        return before.count(".") > 0 and bool(following) and following.split()[0] in ("The", "In", "It", "This", "That")
    if len(before) == 1 and before.isupper() and language == "en":
        return False
    ordinal = language == "de" and before.isdigit() and len(before) <= 2
    return not ordinal or re.split(r"\W", following)[0] in GERMAN_OPENERS


def _in_block(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    spans, begin = [], start
    for match in END.finditer(text, start, end):
        if not _ends(text, match, end, language):
            continue
        stop = match.end()
        while stop < end and text[stop] in CLOSERS:
            stop += 1
        spans.append((begin, stop))
        begin = stop
    spans.append((begin, end))
    return spans


def _continues(line: str, following: str, language: str) -> bool:
    """Whether a hard-wrapped line goes on in the next one."""
    if not line.strip() or not following.strip() or language == "zh" or BULLET.match(following):
        return False
    first = following.lstrip()[0]
    return line.rstrip()[-1] not in ".!?:;。！？|" and (
        first.islower()
        or (line.rstrip().split()[-1].islower() and len(line) > 30 and line.rstrip().split()[-1] in JOINS)
    )


JOINS = frozenset(
    "the of in and for to a an by with from at on or der die das und von des mit für de la le les du et en".split()
)


def _blocks(text: str, language: str) -> list[tuple[int, int]]:
    """Lines, hard-wrapped ones joined."""
    blocks: list[tuple[int, int]] = []
    pos = 0
    lines = text.split("\n")
    open_start: int | None = None
    for i, line in enumerate(lines):
        end = pos + len(line)
        begin = pos if open_start is None else open_start
        following = lines[i + 1] if i + 1 < len(lines) else ""
        if _continues(line, following, language) and end - begin < LONGEST:
            open_start = begin
        else:
            blocks.append((begin, end))
            open_start = None
        pos = end + 1
    return blocks


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def split(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Spans of sentences and of list or table lines, trimmed, none empty, none longer than LONGEST."""
    out = []
    for start, end in _blocks(text, language):
        for a, b in _in_block(text, start, end, language):
            for cut in range(a, b, LONGEST):
                x, y = _trimmed(text, cut, min(b, cut + LONGEST))
                if x < y:
                    out.append((x, y))
    return tuple(out)
