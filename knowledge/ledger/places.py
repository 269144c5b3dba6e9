"""German and French lists that tell of whom each number is: behind it, `780 dans le Finistère`, or before, `X (9)`."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind
from knowledge.ledger.draft import Draft
from knowledge.reading.calendar import month_span

if TYPE_CHECKING:
    from knowledge.ledger.prose import Sentence

LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)
CHANGES = (ChangeKind.YOY_GROWTH, ChangeKind.DIFFERENCE)
LANGUAGES = ("de", "fr")
NAME = r"[A-ZÀ-Ý][\w'’-]*(?:(?: (?:und|et|de|du|des|la|d['’]))? [A-ZÀ-Ý][\w'’-]*)*"
BEHIND = re.compile(
    rf"\s(?:en|dans (?:le |la |les |l['’])|à|au|aux|in|im|in der|in den)\s?(?P<name>{NAME})"
    r"(?=\s?[,.;)]|\s(?:et|und|sowie)\s|$)"
)
BEFORE = re.compile(rf"(?P<name>{NAME})\s\($")
LEADS = re.compile(
    rf"(?:\b(?:führt|führte|liegt|lag|dominiert|steht|stand)\s(?:d(?:ie|er|as)\s)?(?P<de>{NAME})"
    rf"(?:\s(?:vorn|an der Spitze|auf Platz eins))?\smit"
    rf"|(?:[Ll](?:['’]|a |e |es )?)(?P<fr>{NAME})"
    r"(?:\s(?:arrive\w*|est|sont|se place\w*|domine\w*|reste\w*)\b[^,;.]*?)?,?\savec)\s$"
)
INTRODUCTION = re.compile(r"^(?:par|nach|selon les?|selon la)\s[^\W\d]+\s(?=\w)", re.IGNORECASE)
FOLLOWING = re.compile(r"^(?:viennent|vient|suivent|suit|es folg\w+|danach folg\w+|dahinter folg\w+)\b", re.IGNORECASE)
OF_IT = re.compile(r",?\s(?:en|y)\s[^\W\d]+\s$|,?\s(?:davon|und damit)\s$")  # avec 45 projets, en concentre 49 %
COUNTS = re.compile(rf"(?P<name>{NAME}) en (?:compte|accueille|recense|totalise|réunit|attire|capte)\s$")
SHARE_ALONE = re.compile(r"Anteil|part|proportion|share", re.IGNORECASE)
RANGED = re.compile(r"\s(?:vor|devant|gefolgt von|suivie?s? de)\s.*$")
ROUNDED = 0.6  # percent, that a printed change may be rounded by
ABOUT = 0.06  # of an amount of change, the same


def told_beside(sentence: "Sentence") -> None:
    """Set what numbers are of by the places, the other levels and the counts that are told beside them."""
    _listed(sentence)
    _looked_back(sentence)
    _shared(sentence)


def _listed(sentence: "Sentence") -> None:
    """Give the numbers of a list of places or branches one label, each with its own part."""
    if sentence.lex.language not in LANGUAGES:
        return
    _behind(sentence)
    _before(sentence)


def _behind(sentence: "Sentence") -> None:
    """`1 120 millions en Ille-et-Vilaine, 780 dans le Finistère`: two and more numbers, each with its place."""
    placed = [
        (d, m["name"]) for d in sentence.drafts if (m := BEHIND.match(sentence.text, _end(d))) and d.kind in LEVELS
    ]
    first = placed[0][0] if placed else None
    like = [(d, name) for d, name in placed if first is not None and d.amount.kind == first.amount.kind]
    if first is None or len(like) < 2:
        return
    label = first.dimensions.get("measure") or INTRODUCTION.sub("", first.label)
    for draft, name in like:
        _tell(draft, first, label, name)


def _before(sentence: "Sentence") -> None:
    """`führt die Logistik mit 15 Ansiedlungen vor dem Handel (9)`: the name in front of each number."""
    leader = next((d for d in sentence.drafts if LEADS.search(sentence.text[: d.amount.start])), None)
    if leader is not None and leader.kind in LEVELS:
        found = LEADS.search(sentence.text[: leader.amount.start])
        name = (found["de"] or found["fr"]) if found else ""
        leader.label = RANGED.sub("", leader.label)
        if not leader.dimensions.get("counterpart"):
            _tell(leader, leader, leader.noun.split(" vor ")[0] or leader.label, name)
        _share(sentence, leader, name)
    told = leader or sentence.counted
    for draft in sentence.drafts:
        front = sentence.text[: draft.amount.start]
        named = BEFORE.search(front) or (COUNTS.search(front) if leader is not None else None)
        if named is None or draft is leader or draft.amount.kind != "number" or draft.kind not in LEVELS:
            continue
        follows = leader is not None or FOLLOWING.match(draft.label)
        if told is None or not follows:
            continue
        counterpart = draft.dimensions.get("counterpart")
        label = told.dimensions.get("measure") or RANGED.sub("", told.label)
        if counterpart:
            draft.label, draft.unit, draft.noun = label, told.unit, told.noun
            draft.dimensions = {"counterpart": counterpart}
        else:
            _tell(draft, told, label, named["name"])


def _share(sentence: "Sentence", leader: Draft, name: str) -> None:
    """`avec 45 projets, en concentre 49 %`: the share is of the place that was just named."""
    n = sentence.drafts.index(leader) + 1
    share = sentence.drafts[n] if n < len(sentence.drafts) else None
    if share is None or share.kind is not ChangeKind.SHARE or leader.dimensions.get("part") != name:
        return
    if OF_IT.fullmatch(sentence.text[_end(leader) : share.amount.start]):
        share.label, share.relates = f"{name}, part de {leader.dimensions['measure']}", leader.dimensions["measure"]
        share.dimensions = {"part": name}
        share.area = leader.area


def _tell(draft: Draft, first: Draft, label: str, name: str) -> None:
    draft.label = f"{label}, {name}"
    kept = {k: v for k, v in first.dimensions.items() if k not in ("subject", "part", "measure", "counterpart")}
    draft.dimensions = {**kept, "part": name, "measure": label}
    draft.unit, draft.noun = first.unit, first.noun
    draft.scenario, draft.period, draft.area = first.scenario, first.period, first.area
    draft.kind, draft.running = first.kind, first.running


def _end(draft: Draft) -> int:
    return draft.amount.end + (len(draft.noun) + 1 if draft.noun and draft.amount.kind == "count" else 0)


def _shared(sentence: "Sentence") -> None:
    """`19 Unternehmen kommen aus dem Ausland, das entspricht einem Anteil von 38 Prozent`: the share is theirs."""
    for before, share in pairwise(sentence.drafts):
        bare = SHARE_ALONE.fullmatch(share.label) and share.kind is ChangeKind.SHARE
        if bare and before.kind in LEVELS and before.amount.kind == "count":
            share.label = f"{before.label}, {share.label}"
            share.dimensions = dict(before.dimensions)


def _looked_back(sentence: "Sentence") -> None:
    """`2022 waren es 7,2 Milliarden; der Rückgang beträgt 25 Prozent`: the change is up to what was told before.

    Which of two times a change belongs to is told by its size: it must be what the two levels make.
    """
    now, before = sentence.before, next((d for d in sentence.drafts if d.kind in LEVELS), None)
    if now is None or before is None or before.unit != now.unit or not _year_apart(before.period, now.period):
        return
    behind = sentence.drafts[sentence.drafts.index(before) + 1 :]
    changes = [d for d in behind if d.period == before.period and _makes(d, before, now)]
    if changes:
        before.label = now.label
        before.dimensions = {k: v for k, v in now.dimensions.items() if k != "action"}
    for draft in changes:
        draft.period, draft.base, draft.label = now.period, before.period, now.label
        draft.kind = ChangeKind.YOY_GROWTH if draft.amount.kind == "percent" else ChangeKind.DIFFERENCE
        draft.value = -abs(draft.value) if now.value < before.value else abs(draft.value)
        draft.dimensions = dict(before.dimensions)


def _year_apart(former: str, latter: str) -> bool:
    a, b = month_span(former), month_span(latter)
    return a is not None and b is not None and a[1] + 12 == b[1] and former[4:] == latter[4:]


def _makes(draft: Draft, before: Draft, now: Draft) -> bool:
    """Whether a change is what two levels make, in percent or as an amount."""
    step = now.value - before.value
    if draft.amount.kind == "percent":
        return before.value != 0 and abs(abs(draft.value) - abs(100 * step / before.value)) <= ROUNDED
    return draft.unit == now.unit and abs(abs(draft.value) - abs(step)) <= ABOUT * abs(step)
