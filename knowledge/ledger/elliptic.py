"""Numbers whose words go back to what was spoken of: `that from Korea`, `of this`, `second with`, `the newcomers`."""

import re
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind
from knowledge.ledger.dimensions import typed_in
from knowledge.ledger.draft import Draft
from knowledge.ledger.ranking import spoken

if TYPE_CHECKING:
    from knowledge.ledger.prose import Sentence

LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)
OF_IT = re.compile(
    r"\s(?:of|out of) (?:this|it|that|which|(?:this|that|the) (?:sum|amount|total))(?=[,.;)]|$|\s(?:or|and|while)\b)"
)
GOODS = re.compile(r"\b(turned out|produced|manufactured|made) (?:\w+ )?goods (?:worth|valued at|to the value of)\b")
THAT_FROM = r"\b(?:that|those) (?P<prep>from|with|of|in|for|into|to|by|at) (?:the )?{}\b"
HEAD_ENDS = re.compile(r"\s(?:from|with|of|in|for|into|to|by|at|through)\s")
LONGEST_HEAD = 4  # words
PLACED = re.compile(
    r"^(?:(?P<who>.+) )?(?:first|second|third|fourth|fifth|sixth|next)$|"
    r"^(?:list|ranking|table|league|leaderboard)(?: of .+)?$",
    re.IGNORECASE,
)
AN_ORDER = re.compile(r"\b(?:first|second|third|fourth|fifth)\b")
PLACED_WITH = re.compile(
    r"\b(?P<who>[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*)(?: (?:came|was|ranked|is|finished))?(?: in)?"
    r" (?:first|second|third|fourth|fifth)(?: place)?,? with $"
)
NEW_ONES = re.compile(r"\b(?:newcomers|new arrivals|new entrants)\b")
KEYED = re.compile(r"[(;,]\s?(?P<part>[A-Za-z][\w&' -]{1,40}):\s(?:US)?$")


def go_back(sentence: "Sentence", draft: Draft) -> None:
    """Complete the label of a number that leaves out what was said before."""
    if sentence.lex.language != "en":
        return
    for step in (_goods, _of_it, _that_from, _placed, _new_ones, _keyed):
        if step(sentence, draft):
            return


def _last(sentence: "Sentence", draft: Draft) -> Draft | None:
    """The level told before: in this sentence, else in one in front of it."""
    own = next((d for d in reversed(sentence.drafts) if d.kind in LEVELS and d.label), None)
    return own or (sentence.before if draft.amount.kind == "money" else sentence.counted) or sentence.before


def _goods(sentence: "Sentence", draft: Draft) -> bool:
    """`Factories turned out goods worth 171 billion`: what was done with the goods says what they are a measure of."""
    found = GOODS.search(sentence.text[: draft.amount.start])
    if found is None or draft.label.casefold().split()[-1:] != ["goods"]:
        return False
    draft.label = f"goods {found[1]}"
    draft.dimensions.pop("measure", None)
    return True


def _of_it(sentence: "Sentence", draft: Draft) -> bool:
    """`Foreign firms provided 31 billion of it`: the same measure, of which they are a part."""
    last = _last(sentence, draft)
    if draft.amount.kind != "money" or draft.kind not in LEVELS or last is None or last.unit != draft.unit:
        return False
    if not OF_IT.match(sentence.text, draft.amount.end):
        return False
    action = draft.dimensions.pop("action", "")
    part = re.sub(rf"\s{re.escape(action)}$", "", draft.label) if action else draft.label
    owner = dict(typed_in(part)).get("ownership", "")
    draft.label = last.label if owner else part
    draft.dimensions |= {"ownership": owner, "subject": part} if owner else {"measure": last.label}
    return True


def _that_from(sentence: "Sentence", draft: Draft) -> bool:
    """`while that from Korea tripled`: the measure before, of another origin."""
    last = next((d for d in reversed(sentence.drafts) if d.label), _last(sentence, draft))
    if last is None or not draft.label or not re.fullmatch(r"[\w&' .-]+", draft.label):
        return False
    found = re.search(THAT_FROM.format(re.escape(draft.label)), sentence.text[: draft.amount.start])
    head = HEAD_ENDS.split(last.label)[0]
    known = sentence.context.catalogue.match_indicator(head, "en") is not None
    if found is None or not head or (found["prep"] == "of" and not known) or len(head.split()) > LONGEST_HEAD:
        return False
    draft.label = f"{head} {found['prep']} {draft.label}"
    draft.dimensions.pop("measure", None)
    return True


def _placed(sentence: "Sentence", draft: Draft) -> bool:
    """`real estate was second with 1.9 billion`, `Germany topped the list with`: of what the whole is told of."""
    if (
        draft.amount.kind in ("number", "count")
        and draft.kind in LEVELS
        and (place := PLACED_WITH.search(sentence.text[: draft.amount.start]))
    ):
        return _placed_count(sentence, draft, place["who"])
    found = PLACED.match(draft.label)
    if found is None or draft.amount.kind != "money" or draft.kind not in LEVELS:
        return False
    label = spoken(sentence)
    if not label:
        return False
    who = found["who"] or sentence.names.subject_near(draft)
    draft.label = label
    draft.dimensions.pop("measure", None)
    if who:
        draft.dimensions["subject"] = who
        for name, value in typed_in(who):
            draft.dimensions.setdefault(name, value)
    return True


def _placed_count(sentence: "Sentence", draft: Draft, who: str) -> bool:
    """`Lumen came second with 241 and Sarn third with 189`: things counted before, of whom the order tells."""
    last = next((d for d in reversed(sentence.drafts) if d.kind in LEVELS and d.noun), None)
    if last is None:
        return False
    draft.label, draft.noun, draft.unit = f"{last.noun}, {who}", last.noun, last.unit
    return True


def _new_ones(sentence: "Sentence", draft: Draft) -> bool:
    """`Fifteen of the newcomers`: of the new firms counted before."""
    last = sentence.counted
    if last is None or "new" not in last.label.casefold().split() or not NEW_ONES.search(draft.label):
        return False
    draft.label = NEW_ONES.sub(last.noun or last.label, draft.label)
    draft.dimensions.pop("measure", None)
    if draft.amount.kind in ("count", "number"):
        draft.unit, draft.noun = last.unit, last.noun
    return True


def _keyed(sentence: "Sentence", draft: Draft) -> bool:
    """`412 projects (manufacturing: 187; services: 201)`: each number of a bracket has its part in front."""
    front = sentence.text[: draft.amount.start]
    found = KEYED.search(front)
    if found is None or front.rfind("(") < front.rfind(")") or draft.amount.kind not in ("number", "money", "percent"):
        return False
    opened = front.rfind("(")
    whole = next((d for d in reversed(sentence.drafts) if d.amount.end <= opened and d.kind in LEVELS), None)
    if whole is None:
        return False
    part = found["part"]
    draft.label = f"{whole.noun or whole.label}, {part}"
    draft.dimensions = {k: v for k, v in draft.dimensions.items() if k not in ("measure", "action")}
    if not typed_in(part):
        draft.dimensions.setdefault("part", part)
    if draft.amount.kind == "number":
        draft.unit, draft.noun = whole.unit, whole.noun
    return True
