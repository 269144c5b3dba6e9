"""The number gate: a pure check of a slotted draft against its evidence, the same for every path.

A number reaches the asker as a slot that code prints, inside a true quotation that is cited, or as a date or name that
the evidence or the question writes. What the words around a slot claim is checked against closed lists.
"""

from collections.abc import Iterator

from assistant import slots
from assistant.gate import claims, comparisons, links, names, numerals
from assistant.gate import text as texts
from assistant.gate.grounds import Grounds, of

__all__ = ["Grounds", "check", "faults", "of"]

MOST_WORDS = 80
SHINGLE = 8  # words of the instructions that a draft may not repeat


def check(draft: str, grounds: Grounds, *, prose: bool = True) -> str | None:
    """The first reason why a draft may not be shown, None where it may.

    `prose` is false for words that code wrote: their claims come from the figures, their numbers are checked alike.
    """
    return next(faults(draft, grounds, prose=prose), None)


def faults(draft: str, grounds: Grounds, *, prose: bool = True) -> Iterator[str]:
    """Every reason, in the order of weight."""
    if prose:
        if found := texts.hidden(draft):
            yield f"the draft holds {found}, which does not show as it reads; write plain text"
            return
        yield from numerals.disguised(draft, grounds)
    draft = texts.clean(texts.shown(draft))
    yield from _handles(draft, grounds)
    yield from links.foreign(draft, grounds)
    yield from numerals.unsupported(draft, grounds, prose=prose)
    if not prose:
        return
    for sentence in claims.read(draft, grounds):
        yield from claims.false(sentence, grounds)
        yield from names.foreign(sentence, grounds)
        yield from comparisons.false(sentence, grounds)
    yield from numerals.misquoted(draft, grounds)
    yield from _repeated(draft, grounds)


def whole(draft: str, grounds: Grounds) -> str | None:
    """Why a model's finished answer may not be shown: as `check`, and it must be short and rest on something."""
    if not draft.strip():
        return "the answer is empty"
    if not any(slot.handle[0] in "FCP" for slot in slots.slots(draft)):
        return "the answer names no handle; answer with slots such as {F1}, or call refuse"
    if len(draft.split()) > MOST_WORDS:
        return f"the answer has {len(draft.split())} words; at most {MOST_WORDS}"
    return check(draft, grounds) or next(
        comparisons.unanswered(claims.read(texts.clean(draft), grounds), grounds), None
    )


def _handles(draft: str, grounds: Grounds) -> Iterator[str]:
    found = grounds.evidence
    known = {*found.figures, *found.derivations, *found.passages, *found.asked}
    for slot in slots.slots(draft):
        if slot.handle not in known:
            yield f"{{{slot.handle}}} is not known; known are {', '.join(sorted(known)) or 'none'}"
    rest = slots.SLOT.sub("", draft)
    if "{" in rest or "}" in rest:
        yield "a slot is {F1}, {C1:abs} or {P1}; other braces are not printed"


def _repeated(draft: str, grounds: Grounds) -> Iterator[str]:
    words, prompt = texts.folded(draft).split(), texts.folded(grounds.prompt)
    if prompt and any(" ".join(words[at : at + SHINGLE]) in prompt for at in range(len(words) - SHINGLE + 1)):
        yield "the draft repeats its instructions; answer the question"
