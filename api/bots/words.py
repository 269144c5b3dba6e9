"""The bots' own words, read from `words.toml`; English where a language is missing."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

FALLBACK = "en"


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("api.bots").joinpath("words.toml").read_text(encoding="utf-8"))


def languages() -> tuple[str, ...]:
    """The languages that bots have words in."""
    return tuple(_tables())


def word(key: str, language: str, **values: object) -> str:
    """One text of `words.toml`, its placeholders filled."""
    table = _tables().get(language, _tables()[FALLBACK])
    text: str = table[key]
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def part(key: str, language: str) -> str | None:
    """The name of an editable part of an interpretation, or None where it is not one."""
    table = _tables().get(language, _tables()[FALLBACK])
    found: str | None = table["parts"].get(key)
    return found
