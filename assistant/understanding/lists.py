"""The items of a list in a sentence: "including A, B and C", "A, B and C, three companies", "包括甲、乙和丙"."""

import re

from assistant.understanding.patterns import pattern

_OPENING = re.compile(r"^(.{5,200}?)(?:, \w+ \w+,)? (?:were|are|was|have|had|each|signed|joined|took|grew|supplied)\b")
_THOSE = re.compile(r"^those (?:in|of|from|at) ", re.I)
_ITEM = re.compile(r"^(?:the |a |an |des |les |die |der |das )?(.{2,80})$", re.I)
_INNER = re.compile(r"\b(?:including|such as|namely|darunter|notamment)\b|包括", re.I)  # the list proper begins there
_NUMBER = re.compile(r"\s*[(（][^()（）]*\d[^()（）]*[)）]\s*$")  # of an item: "services (1,880)"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MARK, _LINK = re.compile(r"[、，,；;]"), re.compile(r"和|与|以及|及")
MOST = 12
LONGEST = 24  # characters of a Chinese item


def items(sentence: str) -> tuple[str, ...]:
    """The longest list of the sentence, each item verbatim; () where there is none of two or more."""
    opening = _OPENING.match(sentence)
    best: tuple[str, ...] = _items(opening[1]) if opening else ()
    for lead in pattern("list_lead").finditer(sentence):
        tail = sentence[lead.end() :]
        stop = pattern("list_stop").search(tail)
        found = _items(tail[: stop.start()] if stop else tail)
        if len(found) > len(best):
            best = found
    return best


def _items(text: str) -> tuple[str, ...]:
    if _HAN.search(text):
        return _chinese(text)
    pieces = [_NUMBER.sub("", p).strip(' ,.，。、“”"') for p in pattern("list_split").split(text)]
    if _INNER.search(text):
        return ()
    kept = [_THOSE.sub("", p) for p in pieces if p and _ITEM.match(p) and len(p.split()) <= 9]
    return tuple(kept[:MOST]) if len(kept) == len([p for p in pieces if p]) and len(kept) >= 2 else ()


def _chinese(text: str) -> tuple[str, ...]:
    """Between its marks; the last item is cut at a word that joins, where none stands in an item before."""
    pieces = [_NUMBER.sub("", p).strip(' .。“”"') for p in _MARK.split(text)]
    kept = [p for p in pieces if 2 <= len(p) <= LONGEST]
    if not kept or len(kept) < len([p for p in pieces if p]):
        return ()
    joint = _LINK.search(kept[-1])
    plain = not any(_LINK.search(p) for p in kept[:-1])  # no item has a word that joins inside
    if joint and plain and joint.start() > 1 and len(kept[-1]) - joint.end() > 1:
        kept[-1:] = [kept[-1][: joint.start()], kept[-1][joint.end() :]]
    return tuple(kept[:MOST]) if len(kept) >= 2 else ()
