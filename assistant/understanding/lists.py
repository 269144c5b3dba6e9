"""The items of a list in a sentence: "including A, B and C", "A, B and C, three companies", "包括甲、乙和丙"."""

import re

_LEADS = re.compile(
    r"(?:including|include[sd]?|such as|namely|among them|comprising|comprise|consist(?:s|ing)? of|are|were|cover(?:s|ing)?(?: the)?(?: \w+ \w+)? of|"
    r"categories|types|:|--|—|–|darunter|nämlich|dont|notamment|à savoir)\s*[:,]?\s*|包括|分别是|分别为|即|：|有|为|涵盖",
    re.I,
)
_SPLIT = re.compile(
    r"\s*(?:,|;|、|，|；)\s*(?:and |und |et |or )?|\s+(?:and|as well as|und|sowie|et)\s+|[和与及]|以及", re.I
)
_STOP = re.compile(
    r"\s(?:bringing|involving|which|that|who|with|in 20\d\d|where|while|as|have|has|had|was|were|each|, respectively)\b|[.。;；]|\s--\s|等"
)
_ITEM = re.compile(r"^(?:the |a |an |des |les |die |der |das )?(.{2,80})$", re.I)
MOST = 12


def items(sentence: str) -> tuple[str, ...]:
    """The longest list of the sentence, each item verbatim; () where there is none of two or more."""
    best: tuple[str, ...] = ()
    for lead in _LEADS.finditer(sentence):
        tail = sentence[lead.end() :]
        stop = _STOP.search(tail)
        found = _items(tail[: stop.start()] if stop else tail)
        if len(found) > len(best):
            best = found
    return best


def _items(text: str) -> tuple[str, ...]:
    pieces = [p.strip(' ,.，。、“”"') for p in _SPLIT.split(text)]
    kept = [m[0] for p in pieces if p and (m := _ITEM.match(p)) and len(p.split()) <= 9]
    return tuple(kept[:MOST]) if len(kept) == len([p for p in pieces if p]) and len(kept) >= 2 else ()
