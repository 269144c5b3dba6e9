"""A kept answer against what is known now: its plan is run again over the figures of today."""

import math
from dataclasses import dataclass

from assistant.answer import Answer, Value
from assistant.answering import planned
from assistant.conversations import Kept
from assistant.event import unheard
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Replay:
    """Whether the answer holds; where it does not, why, and what is answered today."""

    holds: bool
    reason: str = ""
    answer: Answer | None = None


def replay(kept: Kept, library: Library) -> Replay:
    """Compare a kept answer with the same question over the library of today; nothing is stored."""
    now = planned(kept.question, library, unheard)
    then = kept.answer
    if _same(then.value, now.value) and then.status == now.status:
        return Replay(True)
    if then.answered_by != now.answered_by and not (gone := _gone(then, library)):
        return Replay(True)  # a model's reading that the planner does not share: its figures stand as they stood
    if then.answered_by != now.answered_by:
        return Replay(False, f"no longer published as it was: {', '.join(gone)}", now)
    if then.status != now.status:
        return Replay(False, f"then {then.status}, now {now.status}", now)
    return Replay(False, f"then {_words(then.value)}, now {_words(now.value)}", now)


def _same(then: Value | None, now: Value | None) -> bool:
    if then is None or now is None:
        return then is now
    return then.unit == now.unit and math.isclose(then.value, now.value, rel_tol=1e-9)


def _gone(then: Answer, library: Library) -> list[str]:
    """Figures of the answer that no notice publishes any more, as they were printed."""
    known = {(f.indicator, f.ref_area, f.time_period, f.value, f.unit) for f in library.figures()}
    keys = ("indicator", "ref_area", "time_period", "value", "unit")
    return [str(row["published_as"]) for row in then.figures if tuple(row[key] for key in keys) not in known]


def _words(value: Value | None) -> str:
    return "no number" if value is None else f"{value.value:,} {value.unit}"
