"""Names of several words that the notices use ("Open Doors", "North Quay Partners"): one term each.

Inside a name no word is an operation or a concept of its own: the "Growth" of a firm's name asks for no growth.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.stopwords import is_stopword
from assistant.understanding.terms import read_terms, stem
from knowledge.known import Known
from knowledge.notice import Notice
from knowledge.reading.periods import read_periods

SENTENCE = 60  # characters from which a line is running text, where capitals mark names and not a heading
OPENING = 300  # characters of a notice that say what it is about
OFTEN = 3
_RUN = re.compile(
    r"(?<![\w.])[A-Z\u00c0-\u00de][\w'’-]*\w(?:(?: (?:of|and|for|&|de|du|des))? [A-Z\u00c0-\u00de][\w'’-]*\w){1,4}"
)
_OWNER = re.compile(r"(?<=\w)['’]s\s")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SMALL = frozenset("of and for de du des".split())
_FIRST = frozenset(
    "the a an in at on for by of to its this these those our their after under since last from with as among more some "
    "la le les l der die das im".split()
)


@dataclass(frozen=True, slots=True)
class Names:
    """The known names by their first stem, longest first; of each the terms of its words."""

    table: dict[str, tuple[tuple[str, ...], ...]]
    parts: dict[str, frozenset[str]]  # key of a name -> the terms of its words

    def find(self, text: str) -> tuple[tuple[str, int, int], ...]:
        """The names in a text: key, start, end."""
        words = list(_WORD.finditer(text))
        stems = [_plain(m.group()) for m in words]
        found, i = [], 0
        while i < len(words):
            fits = (n for n in self.table.get(stems[i], ()) if tuple(stems[i : i + len(n)]) == n)
            if name := next(fits, None):
                found.append((key(name), words[i].start(), words[i + len(name) - 1].end()))
            i += len(name) if name else 1
        return tuple(found)

    def within(self, text: str) -> frozenset[str]:
        """Every name that a text holds, the shorter forms of a longer one included."""
        stems = [_plain(m.group()) for m in _WORD.finditer(text)]
        return frozenset(
            key(n)
            for i, first in enumerate(stems)
            for n in self.table.get(first, ())
            if tuple(stems[i : i + len(n)]) == n
        )

    def topics(self, notice: Notice) -> frozenset[str]:
        """The names that a notice is about: in its title or its opening, or named again and again."""
        stems = " " + " ".join(_plain(m.group()) for m in _WORD.finditer(notice.text)) + " "
        held = self.within(notice.text)
        often = frozenset(k for k in held if stems.count(f" {k[2:]} ") >= OFTEN)
        return often | self.within(notice.title) | self.within(notice.text[:OPENING])


NONE = Names({}, {})


def key(name: tuple[str, ...]) -> str:
    """The term of a name."""
    return f"n:{' '.join(name)}"


@lru_cache(maxsize=4)
def names(library: Known, version: int, collection: str | None) -> Names:
    """The names in the running text of a library's notices, and what they are shortened to."""
    parts: dict[tuple[str, ...], frozenset[str]] = {}
    for notice in library.notices(collection):
        for line in notice.text.splitlines():
            if len(line) >= SENTENCE and notice.language in ("en", "fr"):  # in German every noun has a capital
                for match in _RUN.finditer(line):
                    for run in _OWNER.split(match.group()):
                        _add(parts, run, notice.language)
    table: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in sorted(parts, key=len, reverse=True):
        table[name[0]].append(name)
    return Names({k: tuple(v) for k, v in table.items()}, {key(n): terms for n, terms in parts.items()})


def _add(parts: dict[tuple[str, ...], frozenset[str]], text: str, language: str) -> None:
    words = text.split()
    while words and words[0].lower() in _FIRST:
        words = words[1:]
    whole = _terms(" ".join(words), language)
    if read_periods(" ".join(words), None, language):
        return
    for low, high in _stretches(words):
        run = " ".join(words[low:high])
        terms = _terms(run, language)
        if len(terms) >= 2 and terms <= whole and any(t.startswith("w:") for t in terms):
            parts.setdefault(tuple(_plain(m.group()) for m in _WORD.finditer(run)), terms)


def _stretches(words: list[str]) -> list[tuple[int, int]]:
    """The whole name, its beginnings, and its ends from a pair on ("Minerals and Energy Expo")."""
    small = [w.lower() in _SMALL for w in words]
    starts = [(0, high) for high in range(2, len(words) + 1) if not small[high - 1]]
    pairs = [low for low in range(1, len(words) - 2) if words[low + 1].lower() in ("and", "&")]
    return [*starts, *((low, len(words)) for low in pairs)]


def _terms(run: str, language: str) -> frozenset[str]:
    return frozenset(t.key for t in read_terms(run, language) if not is_stopword(t.key, language))


def _plain(word: str) -> str:
    return stem(word.lower().replace("’", "'").removesuffix("'s"))
