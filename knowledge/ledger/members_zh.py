"""Chinese parts: of a list that names its measure once, 制造业项目9个,服务业8个; told by a verb, 其中5条转化为项目."""

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
BRANCH = re.compile(rf"[\u4e00-\u9fff]{{2,12}}?(?P<measure>{MEASURE})")  # a part by its name alone, behind 按产业划分
ITEM = re.compile(rf"{ITEMS}$|^其[他它余]")
INTRO = re.compile(
    rf"(?P<what>[\u4e00-\u9fff（）()]{{0,12}}{MEASURE})?(?:按|分|从)[\u4e00-\u9fff]{{1,8}}(?:划分|分|看|来看|分布)$"
)
LONGEST = 10  # characters of a name
ALONE = re.compile(r"^[\s,，;；、]*(?:其中|目前|现|已|共|并|且)?[,，]?(?:已?有|约)?$")
DID = re.compile(
    r"^(?:已|当[年月日季]|年内|转化|转为|落地|落户|开工|投产|竣工|动工|建成|签约|实现|完成|纳入|列入|入选|获|被|按期|如期|达产|入库|办结|注册|通过)"
)
QUANTITY = re.compile(r"(?:数量|总量|总数|个数|家数)$")
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
            measure = _measure(sentence, draft)
        head = draft


def told_parts(sentence: "ChineseSentence") -> None:
    """项目线索215条,58条转化为签约项目: what some of the counted things did, named with the things."""
    for n, draft in enumerate(sentence.drafts):
        floor = sentence.drafts[n - 1].amount.end if n else 0
        said = draft.amount.noun.split("，")[0]
        if draft.amount.kind != "count" or draft.kind not in LEVELS or not DID.match(said):
            continue
        whole = _things(sentence, n)
        start = max(floor, max((b + 1 for b in sentence.bounds if b < draft.amount.start), default=0))
        if whole is None or not ALONE.match(sentence.text[start : draft.amount.start]):
            continue
        things = QUANTITY.sub("", whole.label)
        draft.label, draft.noun = f"{things}{said}", ""
        draft.dimensions = {**whole.dimensions, "part": said}
        draft.area, draft.unit = whole.area, whole.unit if whole.kind in LEVELS else draft.unit


def _things(sentence: "ChineseSentence", n: int) -> Draft | None:
    """What a number may count some of: the count before it in the same measure word, else how the count grew."""
    before = list(reversed(sentence.drafts[:n]))
    level = next((d for d in before if d.kind in LEVELS and d.amount.kind == "count"), None)
    if level is not None:
        return level if level.amount.unit == sentence.drafts[n].amount.unit else None
    return next((d for d in before if d.kind in RATES and QUANTITY.search(d.label)), None)


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
    opened = "district" not in draft.dimensions and _opened(sentence, draft.amount.start)
    if not (placed or opened or ITEM.search(topic)) or sentence.context.catalogue.match_indicator(topic, "zh"):
        return ""
    return topic


def _opened(sentence: "ChineseSentence", at: int) -> bool:
    """Whether the words in front say that a list by branch or place begins: 按产业划分."""
    return any(INTRO.search(sentence.flat[:b].replace("\0", "")) for b in sentence.bounds if b < at)


def _measure(sentence: "ChineseSentence", head: Draft) -> str:
    found = HEAD.search(head.label)
    if found is None and "district" not in head.dimensions and _opened(sentence, head.amount.start):
        found = BRANCH.fullmatch(head.label)
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


def _parted(sentence: "ChineseSentence", draft: Draft, measure: str) -> None:
    """The first item of a list by branch is a part as the others are: 绿色石化项目 of 项目."""
    name = draft.label.removesuffix(measure)
    if name != draft.label and "part" not in draft.dimensions and _opened(sentence, draft.amount.start):
        draft.dimensions["part"] = name


def _join(sentence: "ChineseSentence", draft: Draft, name: str, measure: str, head: Draft | None) -> None:
    draft.label, draft.noun = f"{name}{measure}", ""
    if _opened(sentence, draft.amount.start) and "counterpart" not in (head or draft).dimensions:
        draft.dimensions["part"] = name
    if head is None:
        return
    _parted(sentence, head, measure)
    draft.scenario = head.scenario
    dimension = next((d for d in ("counterpart", "district") if d in head.dimensions), "")
    if dimension:
        draft.dimensions = {**draft.dimensions, dimension: name}
    before = sentence.text[max(head.amount.start - len(head.label) - LONGEST, 0) : head.amount.start]
    if dimension or (draft.area in name and head.area not in before):  # the name is an item, no new area
        draft.area = head.area
        places = sentence.where.places
        sentence.where.places = [replace(p, role="aside") if p.name in name else p for p in places]
