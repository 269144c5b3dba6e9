"""German and French enumerations whose measure is told once: `auf die Logistik 268 Mio.`, `le Finistère 31`."""

import re
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind
from knowledge.ledger.draft import Draft

if TYPE_CHECKING:
    from knowledge.ledger.prose import Sentence

LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)
LANGUAGES = ("de", "fr")
LONGEST = 4  # words of a name
OPENING = re.compile(r"^(?:(?:par|nach|dont|davon)\s[^\W\d]+\s(?=[A-ZÀ-Ý])|dont\s)", re.IGNORECASE)
OF_WHOLE = re.compile(r"\b(?:dont|davon|darunter)\b", re.IGNORECASE)
BRACKET = re.compile(r"(?P<name>[A-ZÀ-Ý][\w'’-]*(?: [A-ZÀ-Ý][\w'’-]*)*)\s\($")
GOAL = re.compile(r"\b(?:objectifs?|\w*[Zz]iele?s?)\b")
VERBAL = re.compile(r"[^\W\d]+(?:ent|ait|aient|é|ée|és|ées|ten|te)$")


def enumerated(sentence: "Sentence") -> None:
    """Join the measure to each number that stands behind a bare name, as part of what was measured before."""
    if sentence.lex.language not in LANGUAGES:
        return
    for n, draft in enumerate(sentence.drafts):
        if draft.kind not in LEVELS:
            continue
        head = _head(sentence, n)
        name = _name(sentence, draft, head)
        if head is None or not name:
            continue
        measure = head.dimensions.get("measure", "") if "part" in head.dimensions else head.label
        if not measure or name.casefold() in measure.casefold():
            continue
        _first(sentence, head, measure)
        measure = head.dimensions["measure"] if "part" in head.dimensions else measure
        if draft.area not in name:
            draft.area = head.area if head in sentence.drafts else sentence.context.area
        draft.label = f"{measure}, {name}"
        draft.dimensions["part"], draft.dimensions["measure"] = name, measure
        if draft.amount.kind in ("number", "count") and head.unit:
            draft.unit, draft.noun = head.unit, head.noun


def _first(sentence: "Sentence", head: Draft, measure: str) -> None:
    """The first of a list is a part as well, where its sentence has a subject: `le Tarn accueille 14 projets`."""
    subject = head.dimensions.get("subject", "").rsplit(", ", 1)[-1]
    subject = re.sub(r"^(?:[lL]['’]|[LlDd](?:a|e|es|er|ie|as)\s)", "", subject)
    bracket = BRACKET.search(sentence.text[: head.amount.start])
    subject = bracket["name"] if bracket else subject
    if head not in sentence.drafts or "part" in head.dimensions or not subject or OF_WHOLE.search(sentence.text):
        return
    if len(subject.split()) > LONGEST or sentence.context.area in (subject, "") or subject in measure:
        return
    head.label = f"{measure.removesuffix(head.dimensions.get('action', '')).strip()}, {subject}"
    head.dimensions |= {"part": subject, "measure": head.label.removesuffix(f", {subject}")}
    later = next((d for d in sentence.drafts if not d.running and d.kind in LEVELS), None)
    if head.running and later is not None:  # a list of what was counted in a period is no stock
        head.running, head.period, head.kind = False, later.period, later.kind


def _head(sentence: "Sentence", n: int) -> Draft | None:
    """What a number may be a part of: the last level of its kind in the sentence, else before it."""
    draft = sentence.drafts[n]
    money = draft.amount.kind == "money"
    like = [d for d in sentence.drafts[:n] if d.kind in LEVELS and (d.amount.kind == "money") == money]
    if like:
        return like[-1]
    return sentence.before_money if money else None


def _name(sentence: "Sentence", draft: Draft, head: Draft | None) -> str:
    """The bare name that a label is, without what opens the list and the verb of it; "" where it says more."""
    if head is None or draft.dimensions.get("counterpart") or (draft.amount.noun and draft.amount.kind == "count"):
        return ""
    label = OPENING.sub("", draft.label)
    verb = draft.dimensions.get("action", "")
    words = label.split()
    if words and (words[-1].casefold() == verb or sentence.tagged(words[-1]) == "verb"):
        words = words[: -2 if words[-2:-1] == ["en"] else -1]
    name = " ".join(words)
    known = sentence.context.catalogue.match_indicator(name, sentence.lex.language)
    if (
        GOAL.search(name)
        or not words
        or len(words) > LONGEST
        or known is not None
        or name == head.label
        or not name[:1].isalpha()
    ):
        return ""
    return "" if any(VERBAL.fullmatch(w) and w[0].islower() for w in words) else name
