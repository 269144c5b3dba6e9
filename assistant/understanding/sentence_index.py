"""The sentences of a library as something text questions can be answered from."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.figure_index import keys
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months, months
from assistant.understanding.proper_names import names
from assistant.understanding.terms import concepts
from knowledge.known import Known
from knowledge.notice import Notice
from knowledge.reading.periods import read_periods
from knowledge.reading.sentences import split

SHORTEST = 20  # characters: shorter lines are headings and noise
SHORTEST_CJK = 8
BESIDE = 0.6  # of a word's weight, where a neighbour or the title says it
AKIN = 0.5  # where a concept akin to it is said
ELSEWHERE = 0.25  # where another sentence of the notice says it
TOPIC = 0.9  # of a name's weight, where it is what the notice is about
SENTENCE_END = ".!?。！？”\"'’)）"
_NAME = re.compile(r"(?<![\w.])[A-ZÀ-Þ][\w'’&.-]*\w(?:(?: (?:of|and|de|du|la|van|von))? [A-ZÀ-Þ0-9][\w'’&.-]*\w)*")
_TIMES = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|The|A|An|In|At|On|For|By|Of|To|Its|It|This|That|These|Those|With|From|"
    r"Among|After|Of|Our|Their|As|US|USD|EUR|CNY|RMB|Rs|RM)$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `notice.text[start:end] == text`; `around` are the terms of its neighbours and its title."""

    notice: Notice
    start: int
    end: int
    text: str
    terms: frozenset[str]
    before: frozenset[str]  # the terms of the sentence in front of it
    around: frozenset[str]
    elsewhere: frozenset[str]  # the terms of its whole notice
    topics: frozenset[str]  # those of its title and of its first sentences
    months: tuple[Months, ...]  # the periods it names
    digits: frozenset[str]
    names: tuple[str, ...]  # words with capitals, as written; none in German, where every noun has one
    withheld: bool  # it says that something is not published

    @property
    def heading(self) -> bool:
        """Whether it is a title, a table row, a caption or a question: any other sentence says more beside it."""
        end = self.text.rstrip()[-1:]
        return self.text == self.notice.title or end not in SENTENCE_END or end in "?？"


@dataclass(frozen=True, slots=True)
class SentenceIndex:
    """All sentences, and in how many of them each term stands."""

    sentences: tuple[Sentence, ...]
    frequency: Counter[str]

    def idf(self, term: str) -> float:
        """How much a term tells one sentence from another."""
        return math.log(1 + (len(self.sentences) + 1) / (1 + self.frequency.get(term, 0)))


@lru_cache(maxsize=4)
def sentences(library: Known, version: int, collection: str | None) -> SentenceIndex:
    """Every sentence of every notice, at one version of the library."""
    known = names(library, version, collection)
    made: list[Sentence] = []
    for notice in library.notices(collection):
        spans = [s for s in split(notice.text, notice.language) if _long_enough(notice, s[0], s[1])]
        texts = [notice.text[a:b] for a, b in spans]
        terms = [keys(t, notice.language) | known.within(t) for t in texts]
        title = keys(notice.title, notice.language) | known.within(notice.title)
        whole, topics = title.union(*terms), title.union(*terms[:3])
        for i, (start, end) in enumerate(spans):
            before = terms[i - 1] if i else frozenset()
            after = terms[i + 1] if i + 1 < len(terms) else frozenset()
            named = read_periods(texts[i], notice.published, notice.language)
            made.append(
                Sentence(
                    notice,
                    start,
                    end,
                    texts[i],
                    terms[i],
                    before,
                    before | after | title,
                    whole,
                    topics,
                    tuple(m for p in named if p.code and (m := months(p.code))),
                    frozenset(re.findall(r"\d+(?:[.,]\d+)*", texts[i])),
                    _names(texts[i]) if notice.language != "de" else (),
                    bool(pattern("suppressed").search(texts[i])),
                )
            )
    return SentenceIndex(tuple(made), Counter(t for s in made for t in s.terms))


def _names(text: str) -> tuple[str, ...]:
    """The names that a sentence holds; its first word alone is none, nor is a month."""
    found = []
    for match in _NAME.finditer(text):
        words = match.group().split()
        while words and (_TIMES.match(words[0]) or words[0][0].isdigit()):
            words = words[1:]
        single = match.start() == 0 and len(match.group().split()) == 1
        if words and not single:
            found.append(" ".join(words))
    return tuple(dict.fromkeys(found))


def _long_enough(notice: Notice, start: int, end: int) -> bool:
    return end - start >= (SHORTEST_CJK if notice.language == "zh" else SHORTEST)


def score(
    index: SentenceIndex,
    sentence: Sentence,
    terms: tuple[tuple[str, float], ...],
    proper: frozenset[str],
    loose: bool,
    home: frozenset[str] = frozenset(),
) -> tuple[float, tuple[str, ...]]:
    """How much of the words' weight a sentence explains (0..1), and what it leaves unexplained.

    `loose`: what its notice is about, or says elsewhere, counts as well: a name in the title need not be repeated.
    `home`: the places that its notice is about without saying so.
    """
    total, got, missing = 0.0, 0.0, []
    for term, weight in terms:
        worth = weight * index.idf(term)
        total += worth
        said = _said(sentence, term) or (TOPIC if loose and term in home else 0.0)
        got += max(said, _told(sentence, term, term in proper) if loose else 0.0) * worth
        if not said and not (loose and term in proper and term in sentence.elsewhere):
            missing.append(term)
    return (got / total if total else 0.0), tuple(missing)


def _said(sentence: Sentence, term: str) -> float:
    """How much of a term a sentence says, with its neighbours and its title."""
    return 1.0 if term in sentence.terms else BESIDE if term in sentence.around else 0.0


def _told(sentence: Sentence, term: str, proper: bool) -> float:
    """How much of a term the rest of the notice says, or a word akin to it."""
    if (proper or term.startswith("c:area_")) and term in sentence.topics:
        return TOPIC
    near = concepts().near.get(term[2:], ()) if term.startswith("c:") else ()
    if any(f"c:{n}" in sentence.terms for n in near):
        return AKIN
    return ELSEWHERE if term in sentence.elsewhere else 0.0
