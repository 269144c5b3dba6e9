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
from knowledge.reading.numerals import han_value

if TYPE_CHECKING:
    from knowledge.ledger.chinese import ChineseSentence

LIST_ITEM = re.compile(r"[、,，]|和|与|及|以及")
MARK, LINK = re.compile(r"[、,，]"), re.compile(r"和|与|以及|及")
NUMBERED = (  # 四大产业:A、B、C和D; A、B和C等三大板块
    r"(?P<collective>(?P<number>[两二三四五六七八九十]|\d{1,2})(?:大|个|类|项)[\u4e00-\u9fff]{2,10})"
)
LISTED_BEHIND = re.compile(rf"{NUMBERED}(?:[:：]|(?:分别)?(?:是|为|包括)[:：]?)(?P<items>[^。；;:：\d]{{5,80}})[。；;]")
LISTED_IN_FRONT = re.compile(
    rf"(?:^|[:：，,；;])(?:[^。；;:：，,\d]{{0,12}}?(?:形成|拥有|围绕|聚焦|打造|发展|以|有(?!色|机|限)))?(?P<items>[^。；;:：，,\d]{{5,80}}?)等?{NUMBERED}"
)
DISTRICT = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:高新区|经开区|开发区|港务区|新区|自贸区|保税区|区|县)|高新区|经开区|开发区"
)
NOWHERE = Area("", {}, (), "district", None, None, None)
LEADERS = re.compile(
    r"(?:(?:位?居|位?列|排名?)前[一二三四五六七八九十\d]+(?:位|名)?|居前|领先|位居前列|名列前茅|排名前\w{0,2})$"
)
CORRECTED = re.compile(r"更正(?:为|成)(?:了|约)?$|(?:修正|修订|调整|改)为$")
FORMERLY = re.compile(
    r"(?:此前|原先|最初|初次|首次|原|早前)(?:公布|发布|公告|统计|通报|报告)(?:的|为|是)?(?:[\u4e00-\u9fff]{0,6}(?:为|是))?$"
)
FORMER = re.compile(r"由(?:[初原][报来定]的?)?$|从$")
FROM = re.compile(r"^(?:来自|经由|对|向|赴)")
RESPECTIVELY = re.compile(r"分别|依次")
JOINING = re.compile(r"[、,，和与及\s以]*(?:增长|下降)?")
VERB = re.compile(r"(?:重点|主要|集中|大力)?(?:发展|包括|涉及|涵盖|聚焦|打造|分布在)(?=[\u4e00-\u9fff]{2})")
STRETCH = re.compile(r"[季月].{0,2}$")
TAIL = re.compile(r"[\u4e00-\u9fff]*?(投资额?|产值|增加值|出口额?|进口额?|收入|消费|项目|企业)$")
COLLECTIVE = re.compile(
    r"等?(?:这)?(?P<number>[两二三四五六七八九十]+|\d{1,2})(?:大|个|家|类|项|地|省|市|国|区|县|块|条)(?:[\u4e00-\u9fff]{0,4}?产业|行业|领域|城市|地区|区域|国家|板块|市场|市|区|县)?"
)


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
    listed: list[str] = []
    measured = ""
    for match in RESPECTIVELY.finditer(sentence.text):
        run = _run(sentence, match.end())
        start = max((b + 1 for b in sentence.bounds if b < match.start() and sentence.text[b] not in "、"), default=0)
        if len(run) < 2 or _by_period(sentence, run, start, match.start()):
            continue
        parts, measure = _items(sentence, start, match.start(), len(run))
        if not parts and len(listed) == len(run):  # 投资额依次为: those named before
            parts, measure = listed, topic_of(sentence.flat[start : match.start()]) or measured
        if parts:
            _each(sentence, run, parts, measure)
            listed, measured = parts, measure


def named(sentence: "ChineseSentence") -> None:
    """Remember the items of a list that names their number: 四大主导产业:A、B、C和D."""
    for pattern in (LISTED_BEHIND, LISTED_IN_FRONT):
        for match in pattern.finditer(sentence.text):
            count = int(match["number"]) if match["number"].isdigit() else int(han_value(match["number"]) or 0)
            items = parted(match["items"], count)
            if len(items) == count > 1:
                sentence.state.enumeration, sentence.state.collective = tuple(items), match["collective"]


def parted(text: str, count: int) -> list[str]:
    """The items of a list: between its commas, and around the last word that joins where that makes so many."""
    parts = [p for p in MARK.split(text) if p]
    joint = LINK.search(parts[-1]) if len(parts) == count - 1 else None
    if joint and joint.start() > 0 and joint.end() < len(parts[-1]):
        return [*parts[:-1], parts[-1][: joint.start()], parts[-1][joint.end() :]]
    return parts if len(parts) == count else [p for p in LIST_ITEM.split(text) if p]


def _run(sentence: "ChineseSentence", at: int) -> list[Draft]:
    """The numbers that follow each other from a place on."""
    run: list[Draft] = []
    for draft in (d for d in sentence.drafts if d.amount.start >= at):
        if run and not JOINING.fullmatch(sentence.text[run[-1].amount.end : draft.amount.start]):
            break
        run.append(draft)
    return run


def _items(sentence: "ChineseSentence", start: int, end: int, count: int) -> tuple[list[str], str]:
    """The items that so many numbers are told of, and what is measured: in its clause, else in the one in front."""
    own = topic_of(sentence.flat[start:end])
    every = COLLECTIVE.match(own)
    if every and len(sentence.state.enumeration) == count:  # 四大产业产值, named before
        return list(sentence.state.enumeration), own[every.end() :]
    parts = parted(own, count)
    if len(parts) == count:
        return _cut(sentence, parts)
    before = max((b + 1 for b in sentence.bounds if b < start - 1 and sentence.text[b] not in "、"), default=0)
    if any(
        before <= d.amount.start < start and d.amount.unit not in ("位", "名") for d in sentence.drafts
    ):  # numbers, no names
        return [], ""
    text = LEADERS.sub("", sentence.flat[before : max(start - 1, 0)])  # 甲、乙入库数量居前,分别为
    parts = parted(topic_of(text), count)
    if len(parts) != count:
        return [], ""
    parts, measure = _cut(sentence, parts)
    return parts, own or measure


def _cut(sentence: "ChineseSentence", parts: list[str]) -> tuple[list[str], str]:
    """The names of a list and the measure that its last item ends with."""
    parts = [FROM.sub("", VERB.split(p)[-1]) for p in parts]
    last, place = parts[-1], _place(sentence, parts[-1])
    every = COLLECTIVE.search(last)
    if every and every.start() >= 2:
        return [*parts[:-1], last[: every.start()]], last[every.end() :]
    if place and all(_place(sentence, p) for p in parts):
        return [*parts[:-1], last[: place.end]], _shared(sentence, last[place.end :])
    tail = TAIL.search(last)
    return parts, tail[1] if tail else ""


def _shared(sentence: "ChineseSentence", rest: str) -> str:
    """对合肥投资, behind a country: 投资."""
    rest = rest.lstrip("对在的")
    home = next((p for p in places(rest, sentence.context) if p.start == 0), None)
    own = sentence.context.area
    short = max((n for n in (own, own[:-1]) if len(n) > 1 and rest.startswith(n)), key=len, default="")
    return re.sub(r"^[\u4e00-\u9fff](?=投资$)|居前$", "", topic_of(rest[home.end if home else len(short) :]))


def _each(sentence: "ChineseSentence", run: list[Draft], parts: list[str], measure: str) -> None:
    found = [_place(sentence, part) for part in parts]
    placed = all(p and p.end == len(part) for p, part in zip(found, parts, strict=True))
    for draft, part, place in zip(run, parts, found, strict=True):
        if place and placed:
            _locate(sentence, draft, place)
            draft.label = measure or draft.label
        else:
            draft.label = part + (measure if not part.endswith(measure) else "")
            draft.dimensions.pop("district", None)
        if tuple(parts) == sentence.state.enumeration:
            draft.dimensions["group"] = sentence.state.collective
        draft.kind, draft.noun = run[0].kind, run[0].noun
        draft.value = -abs(draft.value) if run[0].value < 0 else draft.value


def _by_period(sentence: "ChineseSentence", run: list[Draft], start: int, end: int) -> bool:
    """一季度、二季度分别为A和B, 一至四季度分别为A、B、C和D: one figure a period; whether it was so."""
    own = [p for p in sentence.periods if start <= p.start < end and p.code and p.kind in FLOWS]
    codes = [p.code for p in own]
    if len(own) == 1 and not STRETCH.search(own[0].text):
        return False
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


def _locate(sentence: "ChineseSentence", draft: Draft, place: Place) -> None:
    """杭州、宁波实际使用外资分别为A和B: the area, district or country of each."""
    if place.role == "district":
        draft.dimensions["district"] = place.name
    elif place.role == "counterpart" or place.area.country != sentence.context.country:
        draft.dimensions["counterpart"] = place.name
        draft.area = sentence.context.area or draft.area
    else:
        draft.area = place.name
        draft.dimensions.pop("counterpart", None)
