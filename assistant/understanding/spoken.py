"""Short and spoken forms written out: 24年 is 2024年, 啥 is 什么, "yr" is "year"."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _rows() -> "tuple[tuple[re.Pattern[str], str, str, str], ...]":
    raw = tomllib.loads((files("assistant.understanding") / "spoken.toml").read_text(encoding="utf-8"))
    return tuple((re.compile(r["pattern"]), r["written"], r["example"], r.get("language", "zh")) for r in raw["rows"])


def written_out(text: str, language: str = "zh") -> str:
    """A question with the short forms of its language in full."""
    for pattern, written, _, of in _rows():
        text = pattern.sub(written, text) if of == language else text
    return text


def examples() -> tuple[str, ...]:
    """The example of each row: the table tests itself."""
    return tuple(example for _, _, example, of in _rows() if of == "zh")
