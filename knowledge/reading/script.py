"""Traditional Chinese characters as simplified ones: one set of tables reads both scripts."""

import re
import tomllib
from functools import lru_cache

from knowledge.reading.words import HERE

KANA = re.compile("[\u3040-\u30ff]")


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    pairs = tomllib.loads((HERE / "traditional.toml").read_text(encoding="utf-8"))["pairs"].split()
    return {ord(traditional): simple for traditional, simple in pairs}


def simplified(text: str) -> str:
    """A text in simplified characters, code point for code point; Japanese is left alone."""
    return text if text.isascii() or KANA.search(text) else text.translate(_table())
