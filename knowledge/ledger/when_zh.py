"""The period of a Chinese number, and the one it is measured from."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind, Scenario
from knowledge.ledger.draft import Draft
from knowledge.ledger.leading import coming, whole_year
from knowledge.reading.calendar import end_of, month_before, year_before
from knowledge.reading.spans import Period

if TYPE_CHECKING:
    from knowledge.ledger.chinese import ChineseSentence

RUNNING = re.compile(r"累计|截至|截止|目前|迄今|现有|已有|总数(?:达|为)?|存量|至今|总量达|现已|历年")
EARLIER = re.compile(
    r"(?:(?:由|从)(?:上年|去年)(?:同期|同月)?|(?<![比较与同占和])(?:上年|去年)(?:同期|同月)?(?:则?[为是]|仅|只有)?)"
    r"的?(?:约|近|超)?$"
)  # 上年同期为198家

TIMES = re.compile(r"(?:同期)?的?(?:约|近|超过?|逾)?[\d.一二两三四五六七八九十]+(?:多|余)?倍")


def set_period(sentence: "ChineseSentence", draft: Draft, start: int, at: int, end: int) -> None:
    """Set the period: named in front, else behind in the clause, else what was spoken of last."""
    usable = [p for p in sentence.periods if p.code and p.kind != "same_period" and not _base(sentence.text, p)]
    own = [p for p in usable if p.start < at and not _dating(sentence.text, p, sentence.periods)]
    own = [p for p in own if not sentence.aside(p.start, at) and not (_to_date(p) and _ahead(sentence.text, draft, p))]
    own = [] if _told_apart(sentence.text, own, at) else own
    if not own:
        own = [p for p in usable if p.kind != "day" and at <= p.start < end]
    growth = draft.kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH, ChangeKind.DIFFERENCE, ChangeKind.RANK)
    period = own[-1].code if own else ""
    if growth and draft.parent is not None and not any(p.start >= start for p in own):
        period = draft.parent.period
    clause = sentence.text[max((m.end() for m in re.finditer("[；;]", sentence.text[:at])), default=0) : at]
    running = (
        RUNNING.search(clause)
        and draft.scenario is Scenario.ACTUAL
        and not growth
        and draft.amount.kind not in ("percent", "points")
    )
    if period.startswith("to ") or (running and not (period and "累计" in clause and "/" in period)):
        draft.running = True
        draft.period = (
            period
            if period.startswith("to ")
            else end_of(period)
            if period
            else f"to {sentence.context.anchor_month}"
            if sentence.context.anchor_month
            else ""
        )
        draft.kind = ChangeKind.CUMULATIVE if draft.kind is ChangeKind.LEVEL else draft.kind
    else:
        if draft.scenario is not Scenario.ACTUAL:
            period = coming(period, sentence.periods, sentence.context)
        planned = sentence.state.target if draft.scenario is Scenario.TARGET else ""
        draft.period = period or planned or sentence.state.period or sentence.context.period
        if draft.scenario is not Scenario.ACTUAL:
            draft.period = whole_year(draft.period, clause + sentence.text[at:end], sentence.context)
    if EARLIER.search(sentence.text[:at]) and not growth:
        draft.period = year_before(draft.period) or draft.period
    if growth:
        draft.base = (
            month_before(draft.period) if draft.kind is ChangeKind.MOM_GROWTH else year_before(draft.period)
        ) or None
    draft.comparable = "可比" in sentence.text or "不变价" in sentence.text


def _told_apart(text: str, own: Sequence[Period], at: int) -> bool:
    """Whether all the periods in front are parts of one, told one by one before a semicolon: 一季度A,二季度B;全部C."""
    cut = max((m.start() for m in re.finditer("[；;]", text[:at])), default=-1)
    parts = {p.code for p in own if p.kind in ("quarter", "month")}
    return len(parts) > 1 and len(parts) == len({p.code for p in own}) and all(p.end <= cut for p in own)


def _to_date(period: Period) -> bool:
    return period.kind == "stock" and period.relative


def _ahead(text: str, draft: Draft, period: Period) -> bool:
    """Whether a number is still to come, behind what was reached by now: 目前已完成72%；预计全年突破350家."""
    return draft.scenario is not Scenario.ACTUAL and bool(re.search("[，,；;]", text[period.end : draft.amount.start]))


def _base(text: str, period: Period) -> bool:
    """A period that a change is measured from: 比上半年, 较2022年, 是2021年的1.6倍."""
    multiple = TIMES.match(text, period.end) is not None
    return multiple or text[max(0, period.start - 1) : period.start] in ("比", "较", "与", "同")


def _dating(text: str, period: Period, periods: Sequence[Period]) -> bool:
    """A day that dates the report, not the number."""
    if period.kind != "day":
        return False
    after = text[period.end : period.end + 12]
    return bool(re.match(r"(?:电|讯|,|，|\s|上午|下午|在|举行|召开|发布|消息|从|由|获悉|印发|公布|起)", after)) or (
        period.start < 12 and len(periods) > 1
    )
