"""Names as people shorten and bend them: "NSW" for New South Wales, "attended" for attendees."""

import re
from dataclasses import replace
from functools import lru_cache

from assistant.understanding.figure_index import FigureIndex
from assistant.understanding.reading import Reading
from assistant.understanding.terms import Term, concepts, people, read_terms

SHORTEST = 4  # letters that two forms of a word must share
SHARED_AREA = 0.55  # the same for the name of an area ("sächsisch")
SHARED = 0.66  # and the part of the longer one that this must be


def resolve(reading: Reading, index: FigureIndex) -> Reading:
    """The reading with words that nothing known holds replaced by the known name or word they are a form of."""
    terms = tuple(t for term in reading.terms for t in _known(reading, term, index))
    return reading if terms == reading.terms else replace(reading, terms=terms)


def _known(reading: Reading, term: Term, index: FigureIndex) -> tuple[Term, ...]:
    if not term.key.startswith("w:") or term.key in index.postings or term.key in reading.soft:
        return (term,)  # an operation word is no form of a name
    word = reading.text[term.start : term.end]
    if found := acronyms(index).get(word.upper()) if len(word) >= 2 else None:
        return tuple(replace(term, key=key, proper=True) for key in found)
    if (area := people(word.capitalize())) and f"c:{area}" in index.postings:
        return (replace(term, key=f"c:{area}", proper=True),)
    if key := _bent(term.key[2:], index):
        return (replace(term, key=key),)
    return (term,)


@lru_cache(maxsize=4)
def acronyms(index: FigureIndex) -> dict[str, tuple[str, ...]]:
    """Initials of the names of several words that the library's texts hold, with the terms of the full name."""
    found: dict[str, tuple[str, ...]] = {}
    notices = {e.notice.notice_id: e.notice for e in index.entries}
    name = re.compile(r"(?:[A-Z][\w'’-]+(?: of| and| for| the)? ){1,4}[A-Z][\w'’-]+")
    for notice in notices.values():
        for match in name.finditer(f"{notice.title}\n{notice.text}"):
            initials = "".join(w[0] for w in match.group().split() if w[0].isupper())
            terms = tuple(t.key for t in read_terms(match.group(), notice.language))
            if initials not in found or len(terms) < len(found[initials]):
                found[initials] = terms
    return found


@lru_cache(maxsize=10_000)
def _bent(word: str, index: FigureIndex) -> str | None:
    """The known word or area that shares the longest beginning with this one, where that is most of it."""
    best, length = None, SHORTEST - 1
    for known, key in (*_area_stems().items(), *((k[2:], k) for k in index.postings if k.startswith("w:"))):
        shared = _shared(word, known)
        most = SHARED_AREA if key.startswith("c:area_") and shared >= 5 else SHARED
        if shared > length and shared >= most * max(len(word), len(known)) and key in index.postings:
            best, length = key, shared
    return best


@lru_cache(maxsize=1)
def _area_stems() -> dict[str, str]:
    """Single-word phrases of the concepts that name areas."""
    return {
        stems[0]: f"c:{name}"
        for table in concepts().phrases["en"].values()
        for stems, name in table.items()
        if len(stems) == 1 and name.startswith("area_")
    }


def _shared(a: str, b: str) -> int:
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count
