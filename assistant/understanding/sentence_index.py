"""The sentences of a library as something text questions can be answered from."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.figure_index import FigureIndex, keys
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months, months
from assistant.understanding.proper_names import names
from knowledge.known import Known
from knowledge.notice import Notice
from knowledge.reading.periods import read_periods
from knowledge.reading.sentences import split

SHORTEST = 20  # characters: shorter lines are headings and noise
SHORTEST_CJK = 8


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `notice.text[start:end] == text`; `around` are the terms of its neighbours and its title."""

    notice: Notice
    start: int
    end: int
    text: str
    terms: frozenset[str]
    around: frozenset[str]
    months: tuple[Months, ...]  # the periods it names
    digits: frozenset[str]
    withheld: bool  # it says that something is not published


@lru_cache(maxsize=4)
def sentences(library: Known, version: int, collection: str | None) -> tuple[Sentence, ...]:
    """Every sentence of every notice, at one version of the library."""
    made: list[Sentence] = []
    known = names(library, version, collection)
    for notice in library.notices(collection):
        spans = [s for s in split(notice.text, notice.language) if _long_enough(notice, s[0], s[1])]
        terms = [keys(notice.text[a:b], notice.language) | known.within(notice.text[a:b]) for a, b in spans]
        title = keys(notice.title, notice.language) | known.within(notice.title)
        for i, (start, end) in enumerate(spans):
            before = terms[i - 1] if i else frozenset()
            after = terms[i + 1] if i + 1 < len(terms) else frozenset()
            text = notice.text[start:end]
            named = read_periods(text, notice.published, notice.language)
            named_months = tuple(m for p in named if p.code and (m := months(p.code)))
            withheld = bool(pattern("suppressed").search(text))
            digits = frozenset(re.findall(r"\d+(?:[.,]\d+)*", text))
            made.append(
                Sentence(notice, start, end, text, terms[i], before | after | title, named_months, digits, withheld)
            )
    return tuple(made)


def _long_enough(notice: Notice, start: int, end: int) -> bool:
    return end - start >= (SHORTEST_CJK if notice.language == "zh" else SHORTEST)


def score(
    index: FigureIndex, sentence: Sentence, terms: tuple[tuple[str, float], ...]
) -> tuple[float, tuple[str, ...]]:
    """How much of the words' weight a sentence explains (0..1), and what it leaves unexplained."""
    total, got, missing = 0.0, 0.0, []
    for term, weight in terms:
        worth = weight * index.idf(term)
        total += worth
        if term in sentence.terms:
            got += worth
        elif term in sentence.around:
            got += 0.6 * worth
        else:
            missing.append(term)
    return (got / total if total else 0.0), tuple(missing)
