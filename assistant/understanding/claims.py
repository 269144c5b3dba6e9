"""What a question claims: that something rose, is more than another, comes first, is over a number.

A claim is asked about ("did it rise?", "it rose, right?") or taken for granted ("why did it rise?", "A being the
largest, how much is it?"). It is read from the words alone; `verdicts` holds it against figures.
"""

import re
from dataclasses import dataclass

from assistant.understanding.patterns import pattern
from assistant.understanding.reading import Reading
from knowledge.reading.spans import Amount

_KINDS = ("count", "number", "money", "percent")
_CLAUSE = re.compile(r"\s*(?:[,;:，；：]|\s[-–—]\s)\s*")
NEAR = 12  # characters between "over" and its number


@dataclass(frozen=True, slots=True)
class Claim:
    """`direction`: 1 up, -1 down; `place`: 1 first, -1 last, -2 no longer first; `bound`: of `amount`."""

    asked: bool
    direction: int = 0
    place: int = 0
    bound: str = ""
    amount: Amount | None = None
    missed: bool = False  # a goal is said to have been missed
    of_parts: bool = False  # it is about what several figures come to


def claim_of(reading: Reading) -> Claim | None:
    """The claim of a question; None for one that claims nothing."""
    open_question = pattern("asks_openly").search(reading.text)
    whether = bool(pattern("yes_no").search(reading.text)) or reading.has("confirm")
    tagged = any(c.name == "confirm" and not reading.text[c.end :].strip(" ?？!.") for c in reading.cues)
    asked = whether and not reading.has("why") and (tagged or not open_question)
    stated = "" if asked else _granted(reading)
    if not asked and not stated:
        return None
    words = reading.text if asked else stated
    end = reading.text.find(words) + len(words)
    amount = next((a for a in reading.amounts if a.kind in _KINDS and a.end <= end), None)
    bound = _bound(reading, amount, asked)
    said = bool(pattern("no_longer").search(words))
    place = 0 if reading.has("which") and asked else _place(words)
    made = Claim(
        asked=asked,
        direction=0 if bound in ("over", "under") else _direction(reading, words),
        place=-2 if said and place else place,
        bound=bound,
        amount=amount,
        of_parts=reading.has("sum", "agree", "share", "reach") or bool(pattern("parts_make").search(words)),
        missed=bool(pattern("short_of").search(words)),
    )
    return made if made.direction or made.place or made.bound or made.missed or asked else None


def _granted(reading: Reading) -> str:
    """The words that take something for granted: all of a question for a reason, or a statement before a question."""
    if reading.has("why"):
        return reading.text
    first = _CLAUSE.split(reading.text, maxsplit=1)[0]
    rest = reading.text[len(first) :]
    states = len(first) > NEAR and not pattern("asks_openly").search(first) and pattern("states").search(first)
    return first if states and pattern("asks_openly").search(rest) else ""


def _direction(reading: Reading, words: str) -> int:
    up, down = reading.has("growth"), reading.has("fall")
    if up != down:
        return 1 if up else -1
    more, less = pattern("more").search(words), pattern("less").search(words)
    if bool(more) == bool(less):
        return 0
    return 1 if more else -1


def _place(words: str) -> int:
    first, last = pattern("in_front").search(words), pattern("in_the_rear").search(words)
    return 0 if bool(first) == bool(last) else 1 if first else -1


def _bound(reading: Reading, amount: Amount | None, asked: bool) -> str:
    """Whether a number is named as a bound ("over 60 percent") or, where that is asked, as the value itself."""
    if amount is None:
        return ""
    for cue in reading.cues:
        close = 0 <= amount.start - cue.end <= NEAR or 0 <= cue.start - amount.end <= 2
        if cue.name in ("at_least", "at_most") and (close or cue.start <= amount.start < cue.end):
            return "over" if cue.name == "at_least" else "under"
    if pattern("beat").search(reading.text[: amount.start]) or amount.qualifier == "over":
        return "over"
    if amount.qualifier == "under":
        return "under"
    return "equal" if asked else ""
