"""A plan that is gone back to: `Of the 950 projects to be registered, 130 should be foreign-funded`."""

import re
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind, Scenario
from knowledge.ledger.draft import Draft

if TYPE_CHECKING:
    from knowledge.ledger.prose import Sentence

BACK = re.compile(r"\b(?:the|these|those|die|der|den|les|des|ces)\s(?:planned\s|targeted\s)?$", re.IGNORECASE)
LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)


def restate(sentence: "Sentence", draft: Draft, dated: bool) -> None:
    """Give a number that goes back to a plan that plan's period; what is planned of it is part of the plan.

    `dated`: the number has a period of its own.
    """
    if draft.kind not in LEVELS:
        return
    plans, key = sentence.state.plans, (draft.value, draft.unit)
    named = plans.get(key) if BACK.search(sentence.text[: draft.amount.start]) else None
    if named is not None and not dated:
        draft.scenario, draft.period, draft.running, draft.kind = named.scenario, named.period, False, named.kind
        sentence.plan = draft
    elif sentence.plan is not None and draft.scenario is not Scenario.ACTUAL:
        draft.scenario = sentence.plan.scenario
        draft.period = draft.period if dated else sentence.plan.period
    if draft.scenario is not Scenario.ACTUAL and named is None:
        plans[key] = draft
