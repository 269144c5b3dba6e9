"""The words of a question that say what is to be done with figures, found where they stand."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.understanding.currencies import wordings
from assistant.understanding.terms import concepts, read_terms

_LATIN = re.compile(r"[A-Za-zÀ-ÿ][\w'’-]*")
_BEFORE = re.compile(r"\b([A-Z][a-z]+) $")
_AFTER = re.compile(r" ([A-Z][a-z]+)\b")
_CJK = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Cue:
    """One operation word: its name in `cues.toml` and the stretch it stands in."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=8)
def _patterns(language: str) -> "tuple[tuple[str, re.Pattern[str]], ...]":
    raw = tomllib.loads((files("assistant.understanding") / "cues.toml").read_text(encoding="utf-8"))
    compiled = []
    for name, entry in raw.items():
        if alternatives := entry.get(language):
            body = "|".join(alternatives).replace("{currency}", wordings(language))
            compiled.append((name, re.compile(body if language == "zh" else rf"(?<!\w)(?:{body})(?!\w)", re.I)))
    return tuple(compiled)


def read_cues(text: str, language: str) -> tuple[Cue, ...]:
    """Every cue of the text, in the question's language (Chinese questions may hold English words and the reverse)."""
    languages = [language] + (["zh"] if language != "zh" and _CJK.search(text) else [])
    found = {
        Cue(name, m.start(), m.end())
        for lang in languages
        for name, pattern in _patterns(lang)
        for m in pattern.finditer(text)
        if m.end() > m.start()
    }
    return tuple(sorted(found, key=lambda c: (c.start, -c.end, c.name)))


def in_effect(cues: tuple[Cue, ...], text: str) -> tuple[Cue, ...]:
    """The cues that mean what they say: none inside a name, no target currency inside a rate of two."""
    rates = [c for c in cues if c.name == "exchange_rate"]
    return tuple(
        c
        for c in cues
        if not _in_name(text, c) and not (c.name == "to_currency" and any(_overlap(c, r) for r in rates))
    )


def _in_name(text: str, cue: Cue) -> bool:
    """Whether a word is a part of a name: the "Growth" of "Quay Growth", in a text that is no title."""
    word = text[cue.start : cue.end]
    if not (cue.start and word[0].isupper() and word[1:].isalpha() and word[1:].islower()):
        return False
    words = _LATIN.findall(text)
    if sum(w[0].isupper() for w in words) > 0.6 * len(words):
        return False
    neighbours = (_BEFORE.search(text[: cue.start]), _AFTER.match(text, cue.end))
    return any(m and (m.start() or m.re is _AFTER) and not _measured(m[1]) for m in neighbours)


def _measured(word: str) -> bool:
    return any(t.key in concepts().measures for t in read_terms(word))


def _overlap(a: Cue, b: Cue) -> bool:
    return a.start < b.end and b.start < a.end


def examples() -> tuple[tuple[str, str], ...]:
    """Each cue's name with its example sentence: the table tests itself."""
    raw = tomllib.loads((files("assistant.understanding") / "cues.toml").read_text(encoding="utf-8"))
    return tuple((name, entry["example"]) for name, entry in raw.items())
