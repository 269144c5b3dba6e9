"""Words that say nothing about which figure is meant."""

import tomllib
from functools import lru_cache
from importlib.resources import files

from assistant.understanding.terms import stem


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    raw = tomllib.loads((files("assistant.understanding") / "stopwords.toml").read_text(encoding="utf-8"))
    return {
        language: frozenset(
            key
            for word in words.split()
            for key in ({f"z:{word}"} if language == "zh" else {f"w:{stem(word, language)}", f"w:{word}"})
        )
        for language, words in raw.items()
    }


@lru_cache(maxsize=100_000)
def is_stopword(key: str, language: str) -> bool:
    """Whether a term (see `terms`) is empty of meaning in that language (English words count everywhere)."""
    table = _table()
    if key.startswith("z:"):
        return key in table["zh"] or all(f"z:{c}" in table["zh"] for c in key[2:])
    return key in table.get(language, frozenset()) or (language in ("en", "zh") and key in table["en"])
