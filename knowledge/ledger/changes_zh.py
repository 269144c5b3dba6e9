"""What kind of figure a Chinese number is: a level, a share, a growth, a difference."""

import re
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind
from knowledge.ledger.draft import Draft
from knowledge.ledger.topics import DOWN, UP

if TYPE_CHECKING:
    from knowledge.ledger.chinese import ChineseSentence

ADJACENT = re.compile(
    rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:了|约|超过|超|近|逾|达到|达|为|到|至|率为|率|速度|幅度|以上|将近|接近|不到|[^\u4e00-\u9fff]){{0,3}}$"
)
TO_LEVEL = re.compile(r"(?:到|至)(?:了|约|近|超)?$")
SHARE = re.compile(
    r"占(?:全|比|总|到|了)?|比重|占比|完成(?:了)?(?:全年|年度)?|比例|份额|贡献率|达到?.{0,4}的$|率(?:为|达|达到|超|超过|近|约)?$"
)
BOUND = re.compile(r"不(?:低|高|少|多|大|小)于")  # a bound, no change
AGAINST = re.compile(r"高于|低于|快于|慢于|高出|低出|超出|超过|[比较]全[国省市]|[比较].{0,6}目标")
BELOW = re.compile(r"低于|慢于|低出|[低少慢]了?\u0000*$")


def set_kind(sentence: "ChineseSentence", draft: Draft, left: str) -> None:
    """Set what a number tells: a level, a share, a change and its direction."""
    kind = draft.amount.kind
    if kind == "rank":
        draft.kind, draft.unit = ChangeKind.RANK, "rank"
        return
    left = BOUND.sub("", left)
    near = ADJACENT.search(left.rstrip("\u0000"))
    direction = 0 if near is None else (1 if near["up"] else -1)
    if near is not None and TO_LEVEL.search(left):
        direction = 0
    if near is not None and kind in ("money", "count") and near.group().startswith(("高于", "低于", "快于")):
        direction = 0
    monthly = "环比" in left
    growth = ChangeKind.MOM_GROWTH if monthly else ChangeKind.YOY_GROWTH
    if kind == "points" and AGAINST.search(left):
        draft.kind = ChangeKind.DIFFERENCE
        draft.value = -abs(draft.value) if BELOW.search(left) else abs(draft.value)
    elif kind in ("percent", "points"):
        enumerated = not direction and not SHARE.search(left) and _enumerates(sentence, left)
        if direction or "同比" in left or "环比" in left or enumerated:
            draft.kind = growth
            draft.value = -abs(draft.value) if direction < 0 else draft.value
        else:
            draft.kind = ChangeKind.SHARE
    elif kind == "multiple":
        _multiple(draft, direction, left, growth)
    elif kind == "count" and re.search(
        r"[较比][^,，]*(?:增加|减少|净增|多|少)了?$", sentence.text[: draft.amount.start]
    ):
        draft.kind = ChangeKind.DIFFERENCE
        draft.value *= -1 if re.search(r"(?:减少|少)了?$", left) else 1
    elif direction and kind == "money" and not re.search(r"新增|增加值|增资", left[-6:]):
        draft.kind = ChangeKind.DIFFERENCE
        draft.value *= direction


def _enumerates(sentence: "ChineseSentence", left: str) -> bool:
    """、-lists of growth rates: 分别增长5%、6%."""
    return (
        bool(sentence.drafts)
        and sentence.drafts[-1].kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH)
        and sentence.drafts[-1].amount.kind == "percent"
        and not re.search(r"[\u4e00-\u9fff]{3,}", left.replace("\u0000", ""))
    )


def _multiple(draft: Draft, direction: int, left: str, growth: ChangeKind) -> None:
    draft.kind = growth
    named = draft.amount.text.startswith(("翻", "减"))
    if named:
        draft.value, draft.unit = 100 * (float(draft.amount.value) - 1), "percent"
    elif direction:
        draft.value, draft.unit = 100 * float(draft.amount.value) * direction, "percent"
    else:
        draft.unit = "times"
