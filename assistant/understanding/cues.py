"""The words of a question that say what is to be done with figures, found where they stand."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

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
            body = "|".join(alternatives)
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


def examples() -> tuple[tuple[str, str], ...]:
    """Each cue's name with its example sentence: the table tests itself."""
    raw = tomllib.loads((files("assistant.understanding") / "cues.toml").read_text(encoding="utf-8"))
    return tuple((name, entry["example"]) for name, entry in raw.items())
