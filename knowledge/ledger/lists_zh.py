"""Chinese numbers that belong together: corrections, and lists with `分别`, each number its own item."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.ledger.catalogue import Area
from knowledge.ledger.context import FLOWS
from knowledge.ledger.draft import Draft
from knowledge.ledger.topics import topic_of
from knowledge.ledger.where import Place, places
from knowledge.reading.calendar import parts_of, year_before

if TYPE_CHECKING:
    from knowledge.ledger.chinese import ChineseSentence

LIST_ITEM = re.compile(r"[、,，]|和|与|及|以及")
DISTRICT = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:高新区|经开区|开发区|港务区|新区|自贸区|保税区|区|县)|高新区|经开区|开发区"
)
NOWHERE = Area("", {}, (), "district", None, None, None)
LEADERS = re.compile(r"(?:居前|领先|位居前列|名列前茅|排名前\w{0,2})$")
CORRECTED = re.compile(r"更正(?:为|成)(?:了|约)?$|(?:修正|修订|调整|改)为$")
FORMERLY = re.compile(
    r"(?:此前|原先|最初|初次|首次|原|早前)(?:公布|发布|公告|统计|通报|报告)(?:的|为|是)?(?:[\u4e00-\u9fff]{0,6}(?:为|是))?$"
)
FORMER = re.compile(r"由$|从$")
FROM = re.compile(r"^(?:来自|经由)")
RESPECTIVELY = re.compile(r"分别")


def corrected(sentence: "ChineseSentence") -> None:
    """由A更正为B: B is what A was published for, and holds from now on."""
    for former, draft in pairwise(sentence.drafts):
        gap = sentence.text[former.amount.end : draft.amount.start]
        opened = FORMER.search(sentence.text[: former.amount.start])
        if not (opened and CORRECTED.search(gap)) or len(gap) > 8:
            if CORRECTED.search(sentence.text[: draft.amount.start]):
                draft.status = "revised"
            continue
        draft.label, draft.kind, draft.scenario = former.label, former.kind, former.scenario
        draft.period, draft.base, draft.noun = former.period, former.base, former.noun
        draft.value = -abs(draft.value) if former.value < 0 else draft.value
        draft.status = "revised"
        former.compared, former.status = True, "preliminary"
    for n, former in enumerate(sentence.drafts):
        if former.status != "normal" or not FORMERLY.search(sentence.text[: former.amount.start]):
            continue
        former.compared, former.status = True, "preliminary"
        others = (*sentence.drafts[n + 1 :], *reversed(sentence.drafts[:n]))
        new = next((d for d in others if d.amount.kind == former.amount.kind and d.unit == former.unit), None)
        if new is not None:
            new.status, former.period = "revised", new.period
            former.label = new.label or former.label


def respectively(sentence: "ChineseSentence") -> None:
    """投资和消费分别增长5%和6%: each number its own item."""
    for match in RESPECTIVELY.finditer(sentence.text):
        run = [d for d in sentence.drafts if d.amount.start >= match.end()]
        run = [
            d
            for i, d in enumerate(run)
            if i == 0
            or re.fullmatch(r"[、,，和与及\s以]*(?:增长|下降)?", sentence.text[run[i - 1].amount.end : d.amount.start])
        ]
        start = max((b + 1 for b in sentence.bounds if b < match.start() and sentence.text[b] not in "、"), default=0)
        if _by_period(sentence, run, start, match.start()):
            continue
        phrase = topic_of(sentence.flat[start : match.start()]) or ""
        if not phrase and start:  # 甲、乙入库数量居前,分别为
            before = max((b + 1 for b in sentence.bounds if b < start - 1 and sentence.text[b] not in "、"), default=0)
            phrase = topic_of(LEADERS.sub("", sentence.flat[before : start - 1]))
        parts = [p for p in LIST_ITEM.split(phrase) if p]
        if 1 < len(run) == len(parts):
            _apart(sentence, run, parts)
            tail = re.search(r"(?:[\u4e00-\u9fff]*?)(投资|产值|增加值|出口|进口|收入|消费|项目|企业)$", parts[-1])
            placed = all(_place(sentence, part) for part in parts)
            for draft, part in zip(run, parts, strict=True):
                if placed:
                    continue
                draft.label = part + (tail[1] if tail and not part.endswith(tail[1]) else "")
            for draft in run:
                draft.kind = run[0].kind
                draft.value = -abs(draft.value) if run[0].value < 0 else draft.value


def _by_period(sentence: "ChineseSentence", run: list[Draft], start: int, end: int) -> bool:
    """一季度、二季度分别为A和B, 一至四季度分别为A、B、C和D: one figure a period; whether it was so."""
    codes = [p.code for p in sentence.periods if start <= p.start < end and p.code and p.kind in FLOWS]
    codes = parts_of(codes[0], len(run)) if len(codes) == 1 < len(run) else codes
    if len(run) < 2 or len(codes) != len(run):
        return False
    for draft, code in zip(run, codes, strict=True):
        draft.period, draft.label, draft.kind = code, run[0].label, run[0].kind
        draft.base = year_before(code) if draft.base else None
        draft.value = -abs(draft.value) if run[0].value < 0 else draft.value
    return True


def _place(sentence: "ChineseSentence", part: str) -> Place | None:
    """The area that an item of a list begins with."""
    part = FROM.sub("", part)
    found = next(iter(places(part, sentence.context)), None)
    if found is not None and found.start == 0:
        return found
    short = DISTRICT.match(part)
    return Place(0, short.end(), short.group(), NOWHERE, "district") if short else None


def _apart(sentence: "ChineseSentence", run: list[Draft], parts: list[str]) -> None:
    """杭州、宁波实际使用外资分别为A和B: the area, district or country of each, under the label that they share."""
    found = [_place(sentence, part) for part in parts]
    last = found[-1]
    if last is None or not all(found):
        return
    rest = FROM.sub("", parts[-1])[last.end :].lstrip("对在")
    home = next((p for p in places(rest, sentence.context) if p.start == 0), None)
    own = sentence.context.area
    short = max((n for n in (own, own[:-1]) if len(n) > 1 and rest.startswith(n)), key=len, default="")
    label = topic_of(rest[home.end if home else len(short) :])  # 对合肥投资 is 投资
    for draft, place in zip(run, found, strict=True):
        if place is None:
            continue
        if place.role == "district":
            draft.dimensions["district"] = place.name
        elif place.role == "counterpart" or place.area.country != sentence.context.country:
            draft.dimensions["counterpart"] = place.name
            draft.area = sentence.context.area or draft.area
        else:
            draft.area = place.name
            draft.dimensions.pop("counterpart", None)
        draft.label = re.sub(r"^[\u4e00-\u9fff](?=投资$)|居前$", "", label) or draft.label
