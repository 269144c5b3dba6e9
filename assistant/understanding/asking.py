"""What kind of answer a question wants that no number gives: a person, a place, a reason, a time, a name, a thing."""

from dataclasses import dataclass
from typing import Literal

from assistant.understanding.patterns import pattern
from assistant.understanding.reading import NUMERIC, Reading
from assistant.understanding.terms import concepts
from knowledge.reading.numerals import han_value

Kind = Literal["person", "place", "reason", "time", "name", "thing"]
MOST = 20  # things that a question counts and wants named
_HARMLESS = ("max", "min", "target", "forecast")  # cues of number questions that questions for a thing hold too
_NUMBERS = tuple(n for n in NUMERIC if n not in _HARMLESS)


@dataclass(frozen=True, slots=True)
class Asked:
    """The kind of answer; `count` how many things are wanted, 0 for any; `surely` where no number can be meant.

    `listed`: the things are to be named one by one, "two forms of support": how many there are is no answer.
    """

    kind: Kind
    several: bool = False
    count: int = 0
    surely: bool = True
    listed: bool = False


def asked(reading: Reading) -> Asked | None:
    """What a question wants in words; None for one that asks for a number."""
    several = bool(pattern("asks_several").search(reading.text))
    kind, listed = _kind(reading), _asks_things(reading)
    if kind in (None, "name", "thing") and listed:
        return Asked(kind or "thing", True, _count(reading), True, True)
    if kind is None:
        return None
    return Asked(kind, several, _count(reading), kind != "thing" or _asks_which(reading))


def _asks_things(reading: Reading) -> bool:
    """Whether names are wanted of things that the question only calls by their kind: "the pillar industries"."""
    if not pattern("asks_things").search(reading.text) or reading.has(*_NUMBERS, "max", "min", "per", "breakdown"):
        return False
    kinds = concepts().measures
    return all(kinds.get(t.key) not in ("money", "rate") for t in reading.terms)


def _kind(reading: Reading) -> Kind | None:
    text = reading.text
    if reading.has("why"):
        return "reason"
    if pattern("asks_person").search(text):
        return "person"
    if pattern("when").search(text):
        return "time"
    if pattern("asks_place").search(text):
        return "place"
    if pattern("asks_who").search(text):
        return "person" if any(t.key == "c:leader" for t in reading.terms) else "name"
    if pattern("asks_name").search(text):
        return "name"
    return "thing" if _asks_which(reading) or _asks_what(reading) else None


def _asks_which(reading: Reading) -> bool:
    """Whether something is asked by its name: "which share" asks for a number."""
    shares = [c.start for c in reading.cues if c.name == "share"]
    return any(c.name == "which" and not any(0 <= at - c.end <= 1 for at in shares) for c in reading.cues)


def _asks_what(reading: Reading) -> bool:
    """ "What sites open next", "what will they build", where the noun behind "what" measures nothing."""
    found = pattern("asks_what").search(reading.text)
    if not found or reading.has(*_NUMBERS):
        return False
    name = next(k for k, v in found.groupdict().items() if v)
    start = found.start(name)
    behind = reading.text[start:].rstrip(" ?？.")
    if pattern("does").search(behind):
        return bool(pattern("done").search(behind))
    named = pattern("nature").search(found[name])
    if pattern("copula").search(reading.text[:start]) and not named:
        return False  # what something "was" is a number, unless the noun says otherwise
    measures = concepts().measures
    measured = any(t.key in measures for t in reading.terms if start <= t.start)
    return bool(named or not measured) and not pattern("numeric_noun").search(found[name])


def type_noun(reading: Reading) -> str | None:
    """The term that says what kind of thing is asked for: the last of those directly behind "which" or "what"."""
    at = next((c.end for c in reading.cues if c.name == "which"), None)
    if at is None and (what := pattern("asks_what").search(reading.text)):
        at = next(what.start(k) for k, v in what.groupdict().items() if v)
    found, counted = None, {(a.start, a.end) for a in reading.amounts}
    for term in reading.terms:
        if at is None or term.start < at:
            continue
        between = reading.text[at : term.start]
        for start, end in counted:
            if at <= start < end <= term.start:
                between = reading.text[at:start] + reading.text[end : term.start]
        if between.strip(" 个家种类些的'’s") or (found and reading.language == "zh"):
            break
        found, at = term, term.end
    return found.key if found and not found.proper else None


def _count(reading: Reading) -> int:
    so_many = pattern("asks_so_many").search(reading.text)
    if so_many:
        return int(so_many["number"]) if so_many["number"].isdigit() else int(han_value(so_many["number"]) or 0)
    counts = (a.value for a in reading.amounts if a.kind in ("count", "number"))
    return next((int(v) for v in counts if 2 <= v <= MOST and v == int(v)), 0)
