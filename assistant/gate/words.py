"""The gate's closed lists as patterns."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

SPACED = {"en": True, "zh": False, "de": True, "fr": True}


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("assistant.gate").joinpath("words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=256)
def pattern(name: str, language: str) -> re.Pattern[str]:
    """The pattern of one list in a language, English beside it; matches nothing where the list is empty."""
    parts = []
    for code in dict.fromkeys((language if language in SPACED else "en", "en")):
        words = _tables()[code][name]
        if words:
            joined = "|".join(sorted(words, key=len, reverse=True))
            parts.append(rf"(?<![^\W_])(?:{joined})(?![^\W_])" if SPACED[code] else f"(?:{joined})")
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)
