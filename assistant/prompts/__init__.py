"""The texts that a chat model is given; kept as files."""

from functools import cache
from importlib.resources import files


@cache
def prompt(name: str) -> str:
    """The text of one prompt."""
    return files("assistant.prompts").joinpath(f"{name}.md").read_text(encoding="utf-8").strip()
