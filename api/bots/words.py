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
    return _filled(_table(language)[key], values)


def reason(key: str, language: str, **values: object) -> str:
    """Why a number of a message is right or wrong."""
    return _filled(_table(language)["reasons"][key], values)


def parts(language: str) -> tuple[tuple[str, str], ...]:
    """The parts of an interpretation that can be changed, by key and name."""
    return tuple(_table(language)["parts"].items())


def scenarios(language: str) -> tuple[tuple[str, str], ...]:
    """Results, goals and expectations, by key and name."""
    return tuple(_table(language)["scenarios"].items())


def _table(language: str) -> dict[str, Any]:
    return _tables().get(language, _tables()[FALLBACK])


def _filled(text: str, values: dict[str, object]) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
