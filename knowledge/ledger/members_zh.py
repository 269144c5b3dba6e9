"""Chinese enumerations that name their measure once: 制造业项目236个,服务业158个; 按地区分,亚洲187家,欧洲81家."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind
from knowledge.ledger.draft import Draft
from knowledge.ledger.topics import counted_noun, topic_of

if TYPE_CHECKING:
    from knowledge.ledger.chinese import ChineseSentence

LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)
RATES = (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH)
MEASURE = (
    r"(?:[总中]?投资[额方]?|[引到外出内]资|资金|产值|增加值|进出口(?:总额|总值)?|[进出]口(?:总额|额)?|营[业收]收?入?|收入|消费|销售额?|"
    r"贸易额|项目|企业|机构|公司|中心|总部|岗位|人数|数量)"
)
MEASURED = re.compile(rf"[\u4e00-\u9fff]*?{MEASURE}(?:数|量)?$")
ENDS_MEASURED = re.compile(rf"{MEASURE}$|[额值率量数费款资金入出税产润岗人比重度速幅]$")
ITEMS = r"(?:产?业|产业链|领域|地区|片区|园区|[省市区县州国洲类湾角冀岛美欧亚非斯兰])"
HEAD = re.compile(
    rf"(?:来自[\u4e00-\u9fff]{{2,8}}?的|[\u4e00-\u9fff]{{1,10}}?{ITEMS})(?P<measure>[\u4e00-\u9fff]{{0,6}}{MEASURE})$"
)
ITEM = re.compile(rf"{ITEMS}$|^其[他它余]")
INTRO = re.compile(
    rf"(?P<what>[\u4e00-\u9fff（）()]{{0,12}}{MEASURE})?(?:按|分|从)[\u4e00-\u9fff]{{1,8}}(?:划分|分|看|来看|分布)$"
)
LONGEST = 10  # characters of a name
APART = re.compile(r"[。]|其中")


def enumerated(sentence: "ChineseSentence") -> None:
    """Give each number that stands behind a bare name the measure of those in front of it."""
    head: Draft | None = None  # the number that the list goes on from
    measure = ""
    for n, draft in enumerate(sentence.drafts):
        if draft.kind not in (*LEVELS, *RATES):
            continue
        if head is None or not _like(head, draft):
            head, measure = None, _whole(sentence, draft)
        name = _name(sentence, n)
        if name and measure:
            _join(sentence, draft, name, measure, head)
        elif not name:
            measure = _measure(draft)
        head = draft


def _like(head: Draft, draft: Draft) -> bool:
    kinds = LEVELS if head.kind in LEVELS else RATES
    return head.amount.unit == draft.amount.unit and draft.kind in kinds and head.amount.kind == draft.amount.kind


def _name(sentence: "ChineseSentence", n: int) -> str:
    """The bare name in front of a number, "" where its words say what it measures."""
    draft = sentence.drafts[n]
    floor = sentence.drafts[n - 1].amount.end if n else 0
    start = max(floor, max((b + 1 for b in sentence.bounds if b < draft.amount.start), default=0))
    topic = topic_of(sentence.flat[start : draft.amount.start])
    if not 2 <= len(topic) <= LONGEST or counted_noun(draft.amount.noun) or ENDS_MEASURED.search(topic):
        return ""
    placed = any(topic.endswith(p.name) for p in sentence.where.places)
    if not (placed or ITEM.search(topic)) or sentence.context.catalogue.match_indicator(topic, "zh"):
        return ""
    return topic


def _measure(head: Draft) -> str:
    found = HEAD.search(head.label)
    return found["measure"] if found else head.noun if MEASURED.fullmatch(head.noun) else ""


def _whole(sentence: "ChineseSentence", draft: Draft) -> str:
    """What the items of a list that opens a sentence are counts of: said in its opening, else counted last."""
    if draft.kind not in LEVELS or draft.amount.kind != "count":
        return ""
    first = max((b for b in sentence.bounds if b < draft.amount.start), default=-1)
    opened = next(
        (m for b in sentence.bounds if b <= first and (m := INTRO.search(sentence.flat[:b].replace("\0", "")))), None
    )
    if opened is None:
        return ""
    if opened["what"]:
        return topic_of(opened["what"])
    known = (d.label for d in reversed(sentence.state.wholes) if d.amount.unit == draft.amount.unit)
    return next(known, "").removeprefix(sentence.context.area)


def _join(sentence: "ChineseSentence", draft: Draft, name: str, measure: str, head: Draft | None) -> None:
    draft.label, draft.noun = f"{name}{measure}", ""
    if head is None:
        return
    draft.scenario = head.scenario
    dimension = next((d for d in ("counterpart", "district") if d in head.dimensions), "")
    if dimension:
        draft.dimensions = {**draft.dimensions, dimension: name}
    before = sentence.text[max(head.amount.start - len(head.label) - LONGEST, 0) : head.amount.start]
    if draft.area in name and (dimension or head.area not in before):  # the name is an item, no new area
        draft.area = head.area
        places = sentence.where.places
        sentence.where.places = [replace(p, role="aside") if p.name in name else p for p in places]
