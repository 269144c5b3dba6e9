"""A claim held against a reading's figures: yes or no first, and what is wrongly taken for granted is put right."""

import math
import re
from collections.abc import Callable
from dataclasses import replace

from assistant.understanding.candidate import Candidate
from assistant.understanding.claims import Claim
from assistant.understanding.linking import family

ASKED = 0.2  # what a reading gains that answers yes or no where that is asked
GRANTED = 0.45  # what it gains that puts right what is taken for granted
WORKED_OUT = 0.3  # less where that was worked out: a published change says it better
IN_UNITS = 0.15  # and where it was worked out as an amount, not in percent
FAR = 0.3  # less for a number ten times as large as the claimed one
SAME = 0.005  # of a number: published and claimed are one
_SUM = re.compile(r"F\d+(?: \+ F\d+)+")
_SHARE = re.compile(r"share\(F1, F2\)")
_FAMILIES = {"money": "money", "percent": "percent", "count": "count", "number": "count"}


def judged(claim: Claim | None, found: Candidate) -> Candidate:
    """A reading with its verdict on the claim; the same where it bears on none."""
    if claim is None or found.status != "answered" or (found.truth is not None and not claim.missed):
        return found
    look = _LOOKS.get(found.operation)
    true = look(claim, found) if look else None
    if true is None:
        return found
    if claim.asked:
        said = replace(_worded(claim, found, true), score=found.score + ASKED - _apart(claim, found))
        return replace(said, truth=true) if look in (_compared, _aimed) else said  # else the number is the headline
    gain = GRANTED - (WORKED_OUT if look is _compared else 0.0) - (IN_UNITS if found.operation == "difference" else 0.0)
    return found if true else replace(found, score=found.score + gain, lead="not_so")


def _worded(claim: Claim, found: Candidate, true: bool) -> Candidate:
    """The answer in words: comparisons have sentences of their own, all else "yes" or "no" in front."""
    if found.message in ("difference_higher", "difference_lower"):
        return replace(found, message=("yes_" if true else "no_") + ("more" if claim.direction > 0 else "less"))
    if found.message in ("reached", "missed"):
        return replace(found, message="vs", lead="yes" if true else "no")
    return replace(found, lead="yes" if true else "no")


def _apart(claim: Claim, found: Candidate) -> float:
    """How far a looked up number is from the claimed one: what is asked about is mostly near."""
    value, asked = abs(found.entries[0].figure.value), float(claim.amount.value) if claim.amount else 0.0
    if found.operation != "lookup" or not value or not asked:
        return 0.0
    return FAR * min(abs(math.log10(value / abs(asked))), 1.0)


def _compared(claim: Claim, found: Candidate) -> bool | None:
    if not claim.direction or len(found.entries) < 2:
        return None
    apart = found.entries[0].figure.value - found.entries[1].figure.value
    return apart * claim.direction > 0


def _grown(claim: Claim, found: Candidate) -> bool | None:
    value = found.entries[0].figure.value
    if not claim.direction or not value:
        return None
    true = value * claim.direction > 0
    if true and claim.amount and claim.amount.kind == "percent":
        return _bounded(claim, abs(value), found.entries[0].figure.qualifier)
    return true


def _first(claim: Claim, found: Candidate) -> bool | None:
    """Whether the one thing that the question names is the first, or the last."""
    if not claim.place or found.subject is None:
        return None
    if (found.operation == "highest") != (claim.place != -1):
        return None
    return (found.entries[0] is found.subject) == (claim.place != -2)


def _looked_up(claim: Claim, found: Candidate) -> bool | None:
    first = found.entries[0].figure
    if claim.of_parts or not _of_one_kind(claim, first.unit) or len(found.entries) > 1:
        return None
    return _bounded(claim, first.value, first.qualifier)


def _added(claim: Claim, found: Candidate) -> bool | None:
    if not found.expressions or not _SUM.fullmatch(found.expressions[0][0]):
        return None
    parts = found.entries[: found.expressions[0][0].count("+") + 1]
    return _bounded(claim, sum(e.figure.value for e in parts)) if _of_one_kind(claim, parts[0].figure.unit) else None


def _shared(claim: Claim, found: Candidate) -> bool | None:
    if not _of_one_kind(claim, "percent"):
        return None
    if not found.expressions:
        return _looked_up(claim, replace(found, entries=found.entries[:1]))
    if not _SHARE.fullmatch(found.expressions[0][0]):
        return None
    part, whole = (e.figure.value for e in found.entries[:2])
    return _bounded(claim, part / whole * 100) if whole else None


def _aimed(claim: Claim, found: Candidate) -> bool | None:
    if not claim.missed or found.message not in ("reached", "missed"):
        return None
    return found.message == "missed"


def _of_one_kind(claim: Claim, unit: str) -> bool:
    if not claim.bound or claim.amount is None or _FAMILIES[claim.amount.kind] != family(unit):
        return False
    return claim.amount.kind != "money" or not claim.amount.unit or claim.amount.unit == unit


def _bounded(claim: Claim, value: float, qualifier: str = "exact") -> bool | None:
    if not claim.bound or claim.amount is None:
        return None
    asked = float(claim.amount.value)
    if claim.bound == "over":
        return value > asked or (value == asked and qualifier == "over")
    if claim.bound == "under":
        return value < asked or (value == asked and qualifier in ("nearly", "under"))
    return abs(value - asked) <= max(SAME * abs(asked), float(claim.amount.half_width))


_LOOKS: dict[str, Callable[[Claim, Candidate], bool | None]] = {
    "difference": _compared,
    "change": _compared,
    "growth": _grown,
    "highest": _first,
    "lowest": _first,
    "lookup": _looked_up,
    "sum": _added,
    "share": _shared,
    "target against actual": _aimed,
}
