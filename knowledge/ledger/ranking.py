"""What a place in an order is a place of: `exports ranked second`, `a rise that placed the zone third`."""

import re
from typing import TYPE_CHECKING

from knowledge.ledger.memory import measures

if TYPE_CHECKING:
    from knowledge.ledger.prose import Sentence

PARTS = frozenset("counterpart industry part district company".split())  # dimensions of what is no whole
PLACING = r"\b(?:plac(?:ed|es|ing)|put(?:s|ting)?|rank(?:ed|s|ing))\s"
SHORT = 4  # words of the name of a place


def ranked(sentence: "Sentence", own: str, complement: str) -> str:
    """The label of a rank by the words in front of it and behind."""
    levels = [d.label for d in sentence.drafts if d.label]
    placed = _is_area(sentence, own) or (bool(levels) and own[:1].isupper()) or _is_placed(sentence, own)
    subject = "" if placed else own
    if not subject:  # Orvik ranked third: by what, was said before
        subject = levels[-1] if levels else spoken(sentence) if placed else ""
    vague = _is_area(sentence, complement) or complement.endswith(("'s", "’s"))
    behind = "" if vague else sentence.phrases.said(complement)
    said = ", ".join(filter(None, (subject, behind)))
    return said or next((a.noun for a in sentence.amounts if a.noun), "") or own


def spoken(sentence: "Sentence") -> str:
    """The measure that the sentences in front are about: of a whole, not of a part that a list names."""
    last = sentence.before
    if last is not None and not set(last.dimensions) & PARTS and measures(sentence, last.label):
        return last.label
    told = sentence.state.main or sentence.state.label
    return told if measures(sentence, told) else ""


def _is_area(sentence: "Sentence", phrase: str) -> bool:
    known = sentence.context.catalogue.match_area(phrase) if phrase and len(phrase.split()) < SHORT else None
    return known is not None


def _is_placed(sentence: "Sentence", own: str) -> bool:
    """Whether a phrase is what something puts in its place: `a rise that placed the zone second`."""
    led = rf"(?:{PLACING}(?:the\s|its\s|this\s)?|(?={PLACING}))"
    return bool(own) and bool(re.search(rf"{led}{re.escape(own)}\s", sentence.text))
