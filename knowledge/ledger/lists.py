"""Lists: items that share a head, and numbers that belong to them `respectively`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind
from knowledge.ledger.dimensions import typed
from knowledge.ledger.phrases import Phrases
from knowledge.ledger.tokens import Token

if TYPE_CHECKING:
    from knowledge.ledger.catalogue import Area
    from knowledge.ledger.draft import Draft
    from knowledge.ledger.prose import Sentence

OF_THEM = re.compile(r"\s(?:of|from among)\s(?:them|these|those)\b")
BY_NUMBER = re.compile(r"\bby (?:the )?(?:number of )?(?:new )?(?P<noun>[a-z]{3,}s)\b")
RESPECTIVELY = re.compile(r"\brespectively\b|\bjeweils\b|\brespectivement\b|\bbeziehungsweise\b", re.IGNORECASE)
SPLIT = re.compile(r"\s*,\s*(?:and\s|und\s|et\s)?|\s+(?:and|und|et|as well as|sowie)\s+")
HEADED = re.compile(
    r"^(?P<head>.*?\b(?:from|in|of|to|by|for|with|aus|von|im|de|du|des|en|dans)\s(?:the\s)?)(?P<item>.+)$",
    re.IGNORECASE,
)
PREPOSITION = re.compile(r"^(?:in|from|of|to|for|by|aus|von|im|en|dans|de)\s", re.IGNORECASE)
BRACKET = re.compile(r"(?P<name>[A-ZÉÄÖÜ][^,;:()]{1,40})\s\($")
INTRODUCTION = re.compile(r"^(?:in|by|im|en)\s[^,]{2,40},\s(?:the\s)?", re.IGNORECASE)
PRONOUN = re.compile(r".*\b(?:it|they|this|these|the figures?|the numbers?)$", re.IGNORECASE)
STOP = Token("mark", 0, 0, ".", ".")
OPENERS = ("--", "—", "–", ":")


def split_items(phrase: str, count: int) -> list[str]:
    """`FDI from France, Britain and Australia` as three labels that share their head; [] where it does not fit."""
    parts = [p for p in SPLIT.split(phrase) if p]
    if len(parts) != count:
        parts = _merged(parts, count)
    if len(parts) != count:
        return []
    first = HEADED.match(parts[0])
    if not first:
        return parts
    head = first["head"]
    bare = re.sub(
        r"\b(?:from|in|of|to|by|for|with|aus|von|im|de|du|des|en|dans)\s(?:the\s)?$", "", head, flags=re.IGNORECASE
    )
    return [parts[0], *((bare if PREPOSITION.match(p) else head) + p for p in parts[1:])]


def _merged(parts: list[str], count: int) -> list[str]:
    """Items that hold an `and` of their own: joined where a part does not begin with the shared preposition."""
    if len(parts) <= count or not any(PREPOSITION.match(p) for p in parts[1:]):
        return parts
    out = parts[:1]
    for part in parts[1:]:
        if PREPOSITION.match(part):
            out.append(part)
        else:
            out[-1] += f" and {part}"
    return out


def _in_brackets(tokens: Sequence[Token], at: int) -> bool:
    """Whether a mark stands in brackets: the colon of `(2021: 58)` opens no list."""
    opened = [t.text for t in tokens[:at] if t.text in "()" and t.kind == "mark"]
    return bool(opened) and opened[-1] == "("


def items(tokens: Sequence[Token], phrases: Phrases) -> tuple[str, ...]:
    """The list that a sentence spells out behind a dash or a colon."""
    start = next(
        (
            i
            for i, t in enumerate(tokens)
            if (t.text in OPENERS and not _in_brackets(tokens, i))
            or (t.text == "-" and i + 1 < len(tokens) and tokens[i + 1].text == "-")
        ),
        None,
    )
    if start is None:
        return ()
    run: list[Token] = []
    out: list[str] = []
    for token in [*tokens[start + 1 :], STOP]:
        closing = token.text in (".", ";") or token.text in OPENERS
        if closing or token.text == "," or (token.low in ("and", "und", "et") and len(out) > 0 and not run):
            phrase = phrases.printed(run)
            if phrase:
                out.append(re.sub(r"^(?:and|und|et|the|die|der|das|la|le|les)\s(?:the\s)?", "", phrase))
            run = []
            if closing and out:
                break
            continue
        run.append(token)
    return tuple(out) if len(out) > 1 else ()


def bracketed(sentence: "Sentence") -> None:
    """`Japan with 90, followed by Spain (40)`: a number in brackets is what the first one is, of another country."""
    first = next((d for d in sentence.drafts if d.dimensions.get("counterpart")), None)
    if first is None:
        return
    for draft in sentence.drafts[sentence.drafts.index(first) + 1 :]:
        named = BRACKET.search(sentence.text[: draft.amount.start])
        alike = draft.amount.kind == first.amount.kind or {draft.amount.kind, first.amount.kind} == {"number", "count"}
        place = next(reversed(list(sentence.context.catalogue.areas_in(named["name"]))), None) if named else None
        if named is None or not alike or place is None or draft.kind is not first.kind:
            continue
        draft.dimensions = {k: v for k, v in draft.dimensions.items() if k not in ("measure", "subject")}
        draft.dimensions["counterpart"] = named["name"][place[0] : place[1]]
        draft.area, draft.period = first.area, first.period
        if draft.kind is not ChangeKind.SHARE:
            if first.amount.kind == "count":
                first.label = first.noun or first.label
            elif first.label == first.dimensions["counterpart"]:
                first.label = _listed(sentence, first) or first.label
            draft.label, draft.unit, draft.noun = first.label, first.unit or draft.unit, first.noun


def _listed(sentence: "Sentence", first: "Draft") -> str:
    """What a list of places counts, `the main sources by number of projects were China (31)`, else what came last."""
    named = BY_NUMBER.search(sentence.text)
    if named and first.amount.kind in ("number", "count"):
        return named["noun"]
    before = sentence.before if first.amount.kind == "money" else sentence.counted
    return before.label if before is not None else ""


def _runs(sentence: "Sentence") -> list[list[int]]:
    """Maximal runs of numbers that only commas and `and` separate."""
    runs: list[list[int]] = []
    for n, at in enumerate(sentence.at):
        gap = sentence.tokens[sentence.at[n - 1] + 1 : at] if n else []
        joined = (
            n > 0
            and all(
                t.text == ","
                or t.low in ("and", "und", "et", "by", "um", "de", "to", "auf")
                or t.low in sentence.phrases.qualifiers
                for t in gap
            )
            and len(gap) <= 4
        )
        if joined:
            runs[-1].append(n)
        else:
            runs.append([n])
    return [run for run in runs if len(run) > 1]


ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b", re.IGNORECASE)
ANOTHER = re.compile(
    r"\b(?:and|while|but|,)\s(?:its|the|their)\s(?P<ordinal>[a-z]+)(?=,|\sof\s|\sin\s|\s[^\w\s]?$|\s?$)"
)


def ordinals(sentence: "Sentence") -> None:
    """`Its first fund raised 350 million and its second, of 2019, 720 million`: the second is a fund as well."""
    for former, draft in pairwise(sentence.drafts):
        gap = sentence.text[former.amount.end : draft.amount.start]
        said, named = ANOTHER.search(gap), ORDINAL.search(former.label)
        if said and named and ORDINAL.fullmatch(said["ordinal"]) and former.unit == draft.unit:
            draft.label = ORDINAL.sub(said["ordinal"], former.label.split(",")[0], count=1)


def paired(sentence: "Sentence") -> None:
    """`120 projects and 9,000 jobs; last year it counted 104 and 7,650`: bare numbers keep to the order before."""
    for run in _runs(sentence):
        drafts = [sentence.drafts[n] for n in run]
        before = [d for d in sentence.drafts[: run[0]] if d.kind is ChangeKind.LEVEL] or sentence.state.last
        former = before[-len(run) :]
        low, high = sentence.at[run[0]], sentence.at[run[-1]]
        if any(t.low in ("to", "auf", "à") for t in sentence.tokens[low:high]):
            continue  # fell from 31 to 26: one thing at two times
        bare = all(d.amount.kind == "number" and not d.amount.unit for d in drafts)
        counted = all(d.amount.kind in ("count", "number") for d in former) and len({d.label for d in former}) == len(
            run
        )
        if bare and counted and len(before) >= len(run) and not RESPECTIVELY.search(sentence.text):
            for draft, of in zip(drafts, former, strict=True):
                draft.label, draft.unit, draft.noun = of.label, of.unit, of.noun
                draft.dimensions = {**of.dimensions, **draft.dimensions}


def respectively(sentence: "Sentence") -> None:
    """Give each number of a run its own item of the list in front of it."""
    if not RESPECTIVELY.search(sentence.text):
        return
    for run in _runs(sentence):
        first = sentence.drafts[run[0]]
        low = sentence.at[run[0] - 1] + 1 if run[0] else 0
        phrase = _list_before(sentence, low, sentence.at[run[0]])
        labels = split_items(INTRODUCTION.sub("", phrase), len(run)) or split_items(phrase, len(run))
        if not labels and len(sentence.state.enumeration) == len(run):
            labels = [f"{item} {_complement(sentence, run[-1])}".strip() for item in sentence.state.enumeration]
        dated = _dates(sentence, run)
        _alike(sentence, run)
        for n in run if dated else ():
            draft = sentence.drafts[n]
            draft.label = sentence.before.label if PRONOUN.match(phrase) and sentence.before else first.label
            draft.kind, draft.scenario = first.kind, first.scenario
        if dated and (PRONOUN.match(phrase) or not labels):
            continue
        for n, label in zip(run, labels, strict=False):
            draft = sentence.drafts[n]
            draft.area = draft.area or sentence.context.area
            draft.label, draft.kind, draft.scenario = label, first.kind, first.scenario
            draft.parent = None
            draft.value = -abs(draft.value) if first.value < 0 else draft.value
            counterpart = sentence.where.counterpart(0, len(sentence.text))
            if counterpart:
                area = next((p.name for p in sentence.where.places if p.name in label and p.role == "counterpart"), "")
                draft.dimensions["counterpart"] = area or label.split(" from ")[-1]
        _shared(sentence, run, labels)


def _shared(sentence: "Sentence", run: list[int], labels: Sequence[str]) -> None:
    """What the items of a list have in common: whose projects `61, 48 and 27 of them` are, what shares are of."""
    whole = _complement(sentence, run[-1])
    back = whole.split()[-1:] in (["them"], ["these"], ["which"]) or OF_THEM.match(
        sentence.text, sentence.tokens[sentence.at[run[-1]]].end
    )
    level = sentence.counted
    for n, label in zip(run, labels, strict=False):
        draft, place = sentence.drafts[n], _place(sentence, label)
        if place is not None:
            home = sentence.context.country
            if place.country and place.country != home and place.code != home:
                draft.dimensions["counterpart"] = label
            else:
                draft.area = label
        if back and level is not None and draft.amount.kind in ("number", "count"):
            if place is None:
                draft.dimensions.setdefault("part", label)
            draft.label, draft.unit, draft.noun = level.label, level.unit, level.noun
            draft.dimensions = {k: v for k, v in draft.dimensions.items() if k not in ("subject", "measure")}
        elif draft.kind is ChangeKind.SHARE and whole and not back:
            draft.relates, draft.label = whole, f"{label} share of {whole}"
            if place is None and not typed(label, "industry"):
                draft.dimensions.setdefault("industry", label.casefold())


def _place(sentence: "Sentence", label: str) -> "Area | None":
    found = list(sentence.context.catalogue.areas_in(label))
    return found[0][2] if len(found) == 1 and found[0][1] - found[0][0] >= len(label) - 4 else None


def _alike(sentence: "Sentence", run: list[int]) -> None:
    """`38, 21 and 12 percent`: the unit behind the last number is that of all."""
    last = sentence.drafts[run[-1]]
    if last.amount.kind not in ("percent", "points"):
        return
    last.kind = ChangeKind.SHARE if last.kind is ChangeKind.LEVEL else last.kind
    for draft in (sentence.drafts[n] for n in run[:-1]):
        if draft.amount.kind == "number":
            draft.unit, draft.kind, draft.amount = last.unit, last.kind, replace(draft.amount, kind=last.amount.kind)


def _dates(sentence: "Sentence", run: list[int]) -> bool:
    """`5.2 and 6.1 billion in 2022 and 2023 respectively`: each number its own period."""
    places = [i for i in sentence.when.places if sentence.when.usable[i] == "own"]
    codes = [code for i in places for code in _years(sentence.periods[sentence.tokens[i].index].code)]
    if len(codes) == len(run) and len(set(codes)) == len(codes):
        for n, code in zip(run, codes, strict=True):
            sentence.drafts[n].period = code
        return True
    return False


def _years(code: str) -> list[str]:
    """`2021 and 2022`, which reads as a stretch, as its two years."""
    first, _, last = code.partition("/")
    return [first, last] if len(first) == len(last) == 4 and int(last) == int(first) + 1 else [code]


def _complement(sentence: "Sentence", n: int) -> str:
    at = sentence.at[n]
    right = len(sentence.tokens)
    found = sentence.phrases.after(at + 1, right)
    found = re.sub(r"\srespectively$", "", found)
    return re.sub(r"^respectively\s(?:of\s)?(?:the\s)?", "share of ", found)


def _list_before(sentence: "Sentence", low: int, at: int) -> str:
    """The subject list in front of a run of numbers, asides between commas left out."""
    end = at
    while end > low and (
        sentence.tokens[end - 1].tag in ("verb", "prep", "adv", "det", "part")
        or sentence.tokens[end - 1].kind == "period"
        or sentence.tokens[end - 1].low in sentence.phrases.qualifiers
    ):
        end -= 1
        if sentence.tokens[end].low == "with" and end > low and sentence.tokens[end - 1].text == ",":
            end -= 1  # ahead of Germany and Spain, with 12 and 9
    text = sentence.text[
        sentence.tokens[low].start : sentence.tokens[end - 1].end if end > low else sentence.tokens[low].start
    ]
    text = re.split(r"[;:]", text)[-1]
    text = re.sub(
        r",\s(?:on the other hand|however|meanwhile|in turn|for example)\s?,?", "", text, flags=re.IGNORECASE
    ).strip(" ,")
    text = re.sub(r"^(?:in|im|en)\s\d{4}\s(?!,)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^.*\b(?:ahead of|followed by|trailed by)\s(?:the\s)?", "", text)
    return re.sub(r"^(?:the|while|and|but|meanwhile,)\s", "", text, flags=re.IGNORECASE)
