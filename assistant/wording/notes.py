"""Remarks of the answering machinery in each language; the texts are data."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _notes() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("assistant").joinpath("wording/notes.toml").read_text(encoding="utf-8"))


def note(name: str, language: str, **parts: str) -> str:
    """The remark in the language, English where it has none."""
    texts = _notes()[name]
    return texts.get(language, texts["en"]).format(**parts)
