"""The numbers of a headline: dated as the sentence that tells the same, where the headline names no time."""

from collections.abc import Sequence

from knowledge.figure import ChangeKind, Scenario
from knowledge.ledger.catalogue import folded, tokens
from knowledge.ledger.context import Context
from knowledge.ledger.draft import Draft
from knowledge.reading.calendar import year_before
from knowledge.reading.periods import read_periods

SMALL = frozenset("the a an of in to for by from and or with on at as its their new total".split())
ENOUGH = 0.6  # of a headline's words that a sentence must tell again
NEAR = 0.05  # what rounding may take off or add
LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)


def dated(drafts: Sequence[Draft], context: Context) -> None:
    """Set the periods of the headline's numbers to those of the body's."""
    title, lex = context.notice.title, context.lex
    if lex.language != "en" or any(p.code for p in read_periods(title, context.anchor, lex.language)):
        return
    said = [d for d in drafts if folded(context.notice.text[slice(*d.quote)].strip()) == folded(title)]
    body = [d for d in drafts if d not in said and d.period and d.scenario is Scenario.ACTUAL]
    for draft in said:
        if draft.scenario is Scenario.ACTUAL and not draft.running and (told := _told(draft, body)) is not None:
            draft.period, draft.running = told.period, told.running
            draft.base = draft.base and (told.base or year_before(told.period))
            draft.kind = told.kind if draft.kind in LEVELS else draft.kind


def _told(draft: Draft, body: Sequence[Draft]) -> Draft | None:
    """The first number of the body that tells what a headline does: the same number, else one of the same thing."""
    alike = [d for d in body if _share(draft, d) >= ENOUGH]
    if draft.kind in LEVELS:
        rounded = (d for d in alike if d.unit == draft.unit and abs(d.value - draft.value) <= NEAR * abs(draft.value))
        return next(rounded, None)
    same = next((d for d in alike if _value(d) == _value(draft)), None)
    return same or next((d for d in alike if d.kind not in LEVELS), None)


def _value(draft: Draft) -> float:
    """A number as it is told; `2.4 times` and `up 1.4 fold` are one."""
    grown = draft.kind is ChangeKind.YOY_GROWTH and draft.unit == "times"
    return round(100 * (draft.value - 1), 6) if grown else draft.value


def _share(draft: Draft, other: Draft) -> float:
    mine, theirs = ({w for w in tokens(d.label) if w not in SMALL} for d in (draft, other))
    return len(mine & theirs) / len(mine) if mine else 0.0
