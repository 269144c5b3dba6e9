"""Turns of phrase by name, from `patterns.toml`."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("assistant.understanding") / "patterns.toml").read_text(encoding="utf-8"))


@cache
def pattern(name: str) -> "re.Pattern[str]":
    """The pattern of that name in every language, matched without case."""
    return re.compile("|".join(v for k, v in _table()[name].items() if k != "for"), re.I)
