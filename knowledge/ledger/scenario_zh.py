"""Plan, forecast or fact: which numbers of a Chinese sentence are still to come."""

import re

from knowledge.figure import ChangeKind, Scenario
from knowledge.ledger.draft import Draft

TARGET = re.compile(
    r"目标|计划(?!单列|生育|总?投资|引资)|力争|争取|规划(?!建设)|任务(?!的)|拟|确保|有望达到|实现.{0,6}目标|预期目标"
)
NOT_TARGET = re.compile(
    r"(?:全年|年度)?(?:预期)?(?:目标|任务|计划)(?:的|进度)|完成(?:了)?(?:全年|年度)?(?:预期)?(?:目标|任务|计划)|超额完成|高于.{0,6}目标|五年规划|计划单列|快于.{0,6}(?:目标|进度)|较.{0,6}目标|行动计划|比.{0,6}目标|(?:超出|超过|低于|不及|距|离).{0,6}(?:目标|任务)"
)
NAME = re.compile(r"“[^”]{1,16}”|《[^》]{1,24}》")  # “港城计划” is no plan
NOW = re.compile(r"目前|现(?:有|为|已)|已(?!定|确定)")
FORECAST = re.compile(r"计划(?=总?投资|引资)|预计|预期|预测|将(?!近|至)|有望|可望|料将|预估")


AIM = re.compile(r"(?:全年|年度|年初|预期|既定)+(?:目标|任务)(?:的|为)?$")


def set_scenario(text: str, draft: Draft, lead: int, at: int) -> None:
    """Set plan, forecast or fact by the words up to the number and those behind it."""
    if draft.kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH) and draft.parent is not None:
        draft.scenario = draft.parent.scenario
        return
    text = NAME.sub(lambda m: "　" * len(m.group()), text)
    stretch_start = max((m.start() for m in re.finditer(r"[；;](?!\s*其中)", text[:at])), default=-1) + 1
    stretch = NOT_TARGET.sub("　", text[stretch_start:at])
    own = NOT_TARGET.sub("　", text[lead:at])
    if NOW.search(own) and not TARGET.search(own):
        return
    if TARGET.search(stretch):
        draft.scenario = Scenario.TARGET
    elif FORECAST.search(own) or (
        FORECAST.search(stretch)
        and not re.search(r"已|完成|实际", own)
        and not re.search(r"(?:预计|计划)(?:投入|总?投资|投资额|引资)", stretch)
    ):
        draft.scenario = Scenario.FORECAST
    behind = text[draft.amount.end : draft.amount.end + 16]
    if draft.amount.kind in ("percent", "count") and re.match(r"[^,，;；。]{0,12}?(?:计划|打算|拟)", behind):
        draft.scenario = Scenario.TARGET
    if re.match(r"的?(?:年度|全年|年初)?(?:预期|奋斗|既定)?(?:目标|任务)(?!任务|的)", behind) or AIM.search(own):
        draft.scenario = Scenario.TARGET
    if draft.kind is ChangeKind.SHARE and (
        re.search(r"完成.{0,10}$", text[lead:at]) or re.search(r"(?:目标|任务|计划)[^，,；。]{0,14}的$", text[:at])
    ):
        draft.scenario = Scenario.ACTUAL
