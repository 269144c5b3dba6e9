"""Chinese goals that stand inside what was reached of them: 完成全年目标900个的104%, 比全年目标低3.8个百分点."""

import re
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind, Scenario
from knowledge.ledger.draft import Draft
from knowledge.reading.calendar import month_span

if TYPE_CHECKING:
    from knowledge.ledger.chinese import ChineseSentence

LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)
GOAL = r"(?:全年|年度|年初|本年|当年)?(?:确定的?|预期|既定|计划|任务)?(?:目标|任务|计划)"
DONE_OF = re.compile(rf"(?:完成|达到?|占|相当于|为|是)了?(?P<goal>{GOAL})(?:数|值|额|量)?(?:的|为|是|[（(])?约?$")
SHARE_OF = re.compile(r"^[)）]?(?:[\u4e00-\u9fff]{0,3})的(?:约|近|超过?|逾)?$")
AGAINST = re.compile(rf"[比较高低超距]于?出?过?(?P<goal>{GOAL})")
AMOUNTED = re.compile(r"(?:数量|总量|个数|家数|总数)$")


def goals(sentence: "ChineseSentence") -> None:
    """Give each goal that is named with its share, or that a rate is held against, the label of what was reached."""
    for n, draft in enumerate(sentence.drafts):
        found = DONE_OF.search(sentence.text[: draft.amount.start])
        if found and draft.kind in LEVELS and _shared(sentence, n):
            _aim(sentence, n)
        elif draft.amount.kind == "points" and AGAINST.search(sentence.text[_before(sentence, n) : draft.amount.start]):
            draft.label = next((d.label for d in reversed(sentence.drafts[:n]) if d.label), draft.label)


def _before(sentence: "ChineseSentence", n: int) -> int:
    return sentence.drafts[n - 1].amount.end if n else 0


def _shared(sentence: "ChineseSentence", n: int) -> bool:
    """Whether a percentage of the number follows: 目标900个的104%."""
    after = sentence.drafts[n + 1] if n + 1 < len(sentence.drafts) else None
    if after is None or after.amount.kind != "percent":
        return False
    return bool(SHARE_OF.match(sentence.text[sentence.drafts[n].amount.end : after.amount.start]))


def _aim(sentence: "ChineseSentence", n: int) -> None:
    goal, part = sentence.drafts[n], sentence.drafts[n + 1]
    reached = _reached(sentence, n)
    if reached is None:
        return
    goal.label, goal.noun = AMOUNTED.sub("", reached.label), ""
    goal.unit = reached.unit if reached.amount.kind == goal.amount.kind else goal.unit
    goal.area, goal.dimensions = reached.area, dict(reached.dimensions)
    goal.scenario, goal.period = Scenario.TARGET, _year(reached.period)
    part.label, part.kind, part.scenario = f"{goal.label}占全年目标比重", ChangeKind.SHARE, Scenario.ACTUAL
    part.parent, part.period = (reached if reached.kind in LEVELS else None), reached.period
    part.area, part.dimensions = reached.area, dict(reached.dimensions)


def _reached(sentence: "ChineseSentence", n: int) -> Draft | None:
    """What a goal is of: the level before it of its own kind, else what grew."""
    before = sentence.drafts[:n]
    kind = sentence.drafts[n].amount.kind
    level = next((d for d in reversed(before) if d.kind in LEVELS and d.amount.kind == kind), None)
    grown = next((d for d in reversed(before) if d.kind is ChangeKind.YOY_GROWTH), None)
    return level or grown


def _year(code: str) -> str:
    """The year that a period lies in."""
    span = month_span(code)
    return str(span[1] // 12) if span else code
