"""A bare number that counts part of what was named: `355 of the new projects were foreign-funded`."""

import re
from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind
from knowledge.ledger.counting import AUXILIARY, MOTION
from knowledge.ledger.dimensions import typed_in
from knowledge.ledger.draft import Draft
from knowledge.ledger.tokens import Token

if TYPE_CHECKING:
    from knowledge.ledger.prose import Sentence

THEM = r"(?:them|these|those|which|whom)"
WHOLE = (
    r"(?:the|these|those|its|their|all|all the|(?:last|this|the) year['’]s)\s(?:[\d.,]+\s)?"
    r"(?P<words>(?:[a-z][a-z'’-]*\s){0,3}?)"
    r"(?P<noun>[a-z]{3,}s)"
)
DATED = r"(?:\s(?:of|in|for|from|during)\s(?:the\s)?[\w-]+(?:\s\d{4})?)?"
BEHIND = re.compile(rf"\s(?:of|out of|among) (?:{WHOLE}\b|{THEM}\b)")
IN_FRONT = re.compile(
    rf"(?:(?:^|[,;]\s)(?:of|out of|among) (?:{WHOLE}|{THEM}(?:\s[\d.,]+)?)(?:\s[a-z]+ed)?{DATED}|\bincluding)"
    r",?\s?(?:[a-z]+\s){0,2}$",
    re.IGNORECASE,
)
WITHIN = re.compile(r"\s(?:of|out of|among) (?:the|these|those|its|their|all|all the)\s")
APART = re.compile(r"\s(?P<noun>[a-z]{3,}s)(?:, or (?:[^,;.]|\.(?=\d)){1,40},)?\s(?=(?:have|has|had|are|were|was)\b)")
RESTATED = re.compile(
    r",? ?\(?(?:or|i\.e\.|that is|equal to|equivalent to|which is)?,?\s?(?:about |some |nearly |over )?"
)
ASIDE = re.compile(  # 358, or 51.0% of the total, had converted
    r"(?:, (?:or|i\.e\.|that is|equal to|equivalent to|about|some|nearly|over)\s"
    r"(?:[^,;().]|\.(?=\d)){1,40},|\s\((?:[^().]|\.(?=\d)){1,40}\))(?=\s)"
)
ENDS = re.compile(r"\s?(?:[,.;)]|and\b|but\b|while\b|$)")
OF_SUM = re.compile(
    r"\s(?:of|out of) (?:that|this|it|which|them|these|those|the (?:total|sum|amount))(?: (?:sum|amount|total))?\s"
    r"(?:(?P<is>(?:was|were|is|are)\b(?! (?:to|for|from|in)\b))|(?:(?:was|were|is|are|came|comes|went|goes|will go) )?"
    r"(?P<moved>from|to|into|for|in)\b)"
)
GOES_ON = re.compile(r"[^.;]*?(?:,|\band|\bwhile|\bbut)\s(?:[a-z]+\s){0,2}$")
HAPPENED = re.compile(
    r"(?:^|[,;:]\s|\b(?:and|but|while|that|year|month|quarter|\d{4})\s)(?:the\s)?"
    r"(?P<what>[a-z]+(?:[ -](?:or |and )?[a-z]+){0,3}?)\s"
    r"(?:(?:has|have|had|is|are|was|were)\s)?(?:already\s|now\s|also\s)?"
    r"(?P<did>begun|began|started|commenced|finished|ended|completed|resumed|stopped|broken|granted|issued|"
    r"under ?way|going on|ongoing)\s(?:on|at|in|for|to|by|with)\s"
    r"(?:(?:over|more than|some|about|nearly|almost|all|another|around)\s)?$",
    re.IGNORECASE,
)
PLURAL = re.compile(r"(?:^|\bof (?:the )?)(?P<words>(?:[\w-]+ ){0,3})(?P<noun>[a-z]{3,}s)$")  # batch of new platforms
SETTING = frozenset(("set",))  # up
TELLING = frozenset(("verb", "adj", "adv", "prep"))
LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)


@dataclass(frozen=True, slots=True)
class Whole:
    """What a number is a part of, and where the words that tell the part begin."""

    unit: str
    phrase: str
    begins: int


def name_part(sentence: "Sentence", draft: Draft, n: int) -> bool:
    """Set unit and label of a bare number that counts part of a whole; whether it was one."""
    if draft.amount.kind == "percent" and draft.kind is ChangeKind.SHARE:
        return _name_share(sentence, draft)
    if draft.amount.kind not in ("number", "count") or draft.kind not in LEVELS:
        return False
    whole = _whole(sentence, draft, n)
    if whole is None:
        return False
    if name_happening(sentence, draft, whole):
        return True
    low = next((i for i, t in enumerate(sentence.tokens) if t.start >= whole.begins), len(sentence.tokens))
    first = sentence.tokens[low] if low < len(sentence.tokens) else None
    if first is None or first.kind != "word" or not (first.tag in TELLING or first.low in AUXILIARY | MOTION):
        return _done_to(sentence, draft, whole, low)
    counting, end = sentence.names.counting, _end(sentence, low)
    run = counting.predicate(low, end) or counting.predicate(low, end, keep=True)
    said = sentence.phrases.printed(list(dropwhile(lambda t: t.low in AUXILIARY - SETTING, run)))
    if not said and first.low not in MOTION:
        return False
    draft.noun, draft.unit, draft.part = whole.phrase, whole.unit, True
    draft.label = f"{whole.phrase} {said}".strip()
    if said and not typed_in(said):
        draft.dimensions.setdefault("part", said)
    return True


def _name_share(sentence: "Sentence", draft: Draft) -> bool:
    """Set the label of a share of things by what they had done: `65 percent of them had started construction`."""
    last = sentence.drafts[-1] if sentence.drafts else None
    if last is not None and last.part and RESTATED.fullmatch(sentence.text[last.amount.end : draft.amount.start]):
        draft.label = last.label
        return True
    whole = _behind(sentence, BEHIND.match(sentence.text, draft.amount.end))
    if whole is None:
        return False
    low = next((i for i, t in enumerate(sentence.tokens) if t.start >= whole.begins), len(sentence.tokens))
    first = sentence.tokens[low] if low < len(sentence.tokens) else None
    if first is None or first.low not in AUXILIARY:
        return False
    run = sentence.names.counting.predicate(low, _end(sentence, low))
    said = sentence.phrases.printed(list(dropwhile(lambda t: t.low in AUXILIARY, run)))
    if not said:
        return False
    draft.label = f"{whole.phrase} {said}"
    return True


def _done_to(sentence: "Sentence", draft: Draft, whole: Whole, low: int) -> bool:
    """A part that the verb in front tells: `sold 11 of them`."""
    front = next((t for t in reversed(sentence.tokens[:low]) if t.start < draft.amount.start), None)
    behind = front is not None and front.low in ("behind", "for", "up")
    if behind and ENDS.match(sentence.text, whole.begins):  # foreign firms are behind 79 of the 108 projects
        draft.dimensions.setdefault("subject", draft.label)
        draft.noun, draft.unit, draft.part, draft.label = whole.phrase, whole.unit, True, whole.phrase
        return True
    if front is None or front.low in AUXILIARY or not ENDS.match(sentence.text, whole.begins):
        return False
    if front.tag not in ("verb", "part") and not front.low.endswith("ed"):
        return False
    draft.noun, draft.unit, draft.part = whole.phrase, whole.unit, True
    draft.label = f"{whole.phrase} {sentence.phrases.printed([front])}"
    return True


def name_happening(sentence: "Sentence", draft: Draft, whole: Whole | None = None) -> bool:
    """Set the label of things that something happened to: `construction began on 129 projects`."""
    found = HAPPENED.search(sentence.text[: draft.amount.start])
    if found is None or draft.kind not in LEVELS or draft.amount.kind not in ("number", "count"):
        return False
    if whole is not None:
        draft.noun, draft.unit, draft.part = whole.phrase, whole.unit, True
    if not draft.noun:
        return False
    draft.dimensions.setdefault("part", f"{found['what']} {found['did']}")
    draft.label = f"{draft.noun}, {draft.dimensions['part']}"
    return True


def name_sum_part(sentence: "Sentence", draft: Draft) -> bool:
    """Set the label of money that is part of money before it, `31.9 billion yuan of that was industrial investment`."""
    found = OF_SUM.match(sentence.text, draft.amount.end) if draft.amount.kind == "money" else None
    if found is None or draft.kind not in LEVELS:
        return False
    low = next((i for i, t in enumerate(sentence.tokens) if t.start >= found.end()), len(sentence.tokens))
    said = sentence.phrases.after(low, _end(sentence, low))
    if not said:
        return False
    last = next((d.label for d in reversed(sentence.drafts) if d.unit == draft.unit), sentence.state.label)
    draft.label = said if found["is"] else f"{last} {found['moved']} {said}".strip()
    return True


def name_whole(sentence: "Sentence", draft: Draft, n: int) -> bool:
    """Cut the label of the whole that a part was just counted of, `40 of the 300 companies were …`, to its noun."""
    last = sentence.drafts[-1] if sentence.drafts else None
    if last is None or not last.part or draft.amount.kind != "count":
        return False
    between = sentence.text[sentence.amounts[n - 1].end : draft.amount.start]
    if not WITHIN.fullmatch(between):
        return False
    draft.label = draft.noun
    draft.dimensions.pop("action", None)
    return True


def _whole(sentence: "Sentence", draft: Draft, n: int) -> Whole | None:
    text, amount = sentence.text, draft.amount
    named = re.compile(r"\w+").match(text, amount.end + 1)
    if (apart := APART.match(text, amount.end)) and IN_FRONT.search(text[: amount.start]):
        return Whole(draft.unit, apart["noun"], apart.end())
    if amount.kind == "count" and (named is None or named[0] not in MOTION):
        return _behind(sentence, BEHIND.match(text, amount.end))
    if behind := BEHIND.match(text, amount.end):
        return _behind(sentence, behind)
    if front := IN_FRONT.search(text[: amount.start]):
        return _counted(sentence, front["noun"], front["words"], _past_aside(text, amount.end))
    last = next((d for d in reversed(sentence.drafts) if d.kind is not ChangeKind.SHARE), None)
    if last is not None and last.part and GOES_ON.fullmatch(text[last.amount.end : amount.start]):
        return Whole(last.unit, last.noun, _past_aside(text, amount.end))
    return None


def _past_aside(text: str, end: int) -> int:
    """Where the words go on behind a number that is restated in between: `358, or 51 percent, had converted`."""
    aside = ASIDE.match(text, end)
    return aside.end() if aside else end


def _behind(sentence: "Sentence", found: re.Match[str] | None) -> Whole | None:
    return _counted(sentence, found["noun"], found["words"], found.end()) if found else None


def _counted(sentence: "Sentence", noun: str | None, words: str | None, begins: int) -> Whole | None:
    """The whole by its noun, or what was counted last."""
    if noun:
        return Whole(noun, f"{words or ''}{noun}", begins)
    if not sentence.drafts and (named := PLURAL.search(sentence.names.grammatical())):
        return Whole(named["noun"].casefold(), f"{named['words'] or ''}{named['noun']}", begins)
    last = next((d for d in reversed([sentence.counted, *sentence.drafts]) if d is not None and d.noun), None)
    return Whole(last.unit, last.noun, begins) if last is not None else None


def _end(sentence: "Sentence", low: int) -> int:
    """The token at which the words behind `low` end: a mark, or the next number."""
    ends = (i for i in range(low, len(sentence.tokens)) if _ends(sentence.tokens[i]))
    return next(ends, len(sentence.tokens))


def _ends(token: Token) -> bool:
    return token.kind == "amount" or (token.kind == "mark" and token.text in ",;:()")
