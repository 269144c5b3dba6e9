"""Short and spoken Chinese forms written out: 24年 is 2024年, 啥 is 什么."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _rows() -> "tuple[tuple[re.Pattern[str], str, str], ...]":
    raw = tomllib.loads((files("assistant.understanding") / "spoken.toml").read_text(encoding="utf-8"))
    return tuple((re.compile(r["pattern"]), r["written"], r["example"]) for r in raw["rows"])


def written_out(text: str) -> str:
    """A Chinese question with its short forms in full."""
    for pattern, written, _ in _rows():
        text = pattern.sub(written, text)
    return text


def examples() -> tuple[str, ...]:
    """The example of each row: the table tests itself."""
    return tuple(example for _, _, example in _rows())
