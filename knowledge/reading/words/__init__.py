"""The words of each language as data, and the patterns made of them."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = ("en", "zh", "de", "fr")
WIDE = {ord("０") + i: str(i) for i in range(10)} | {
    ord("％"): "%",
    ord("．"): ".",
    ord("－"): "-",
    ord("＄"): "$",
    ord("～"): "~",
}
EDGE = r"(?![^\W_])"
FRONT = r"(?<![^\W_])"


def narrow(text: str) -> str:
    """Full-width digits and signs made narrow, one code point for one."""
    return text.translate(WIDE)


def either(words: Iterable[str], spaced: bool = True) -> str:
    """A pattern for any of the words, longest first; a word ends at its edge where the language has spaces."""
    parts = []
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        pattern = re.escape(word).replace("\\ ", r"[\s\u00a0\u202f]+")
        front = FRONT if spaced and word[0].isalpha() else ""
        edge = EDGE if spaced and word[-1].isalpha() else ""
        parts.append(front + pattern + edge)
    return "(?:" + "|".join(parts) + ")" if parts else r"(?!)"


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The tables of one language, and the patterns that are built of them once."""

    language: str
    tables: Mapping[str, Any]

    @property
    def spaced(self) -> bool:
        return bool(self.tables["language"]["spaced"])

    def table(self, *path: str) -> Any:
        """A table by its path, empty where the language has none."""
        node: Any = self.tables
        for name in path:
            node = node.get(name, {}) if isinstance(node, Mapping) else {}
        return node

    @cached_property
    def _patterns(self) -> dict[tuple[str, ...], re.Pattern[str]]:
        return {}

    def pattern(self, *path: str) -> re.Pattern[str]:
        """Any wording of the table or list at `path`, compiled once, case ignored."""
        if path not in self._patterns:
            self._patterns[path] = re.compile(either(self.table(*path), self.spaced), re.IGNORECASE)
        return self._patterns[path]

    @lru_cache(maxsize=512)  # noqa: B019 -- one lexicon a language lives as long as the process
    def values(self, *path: str) -> dict[str, Any]:
        """The table at `path` with its wordings case-folded."""
        return {k.casefold(): v for k, v in self.table(*path).items()}

    @lru_cache(maxsize=512)  # noqa: B019 -- as above
    def words(self, *path: str) -> frozenset[str]:
        """The list at `path`, case-folded."""
        return frozenset(w.casefold() for w in self.table(*path))

    def number(self, wording: str, *path: str) -> Decimal:
        """What a wording of the table at `path` stands for; runs of space are one."""
        return Decimal(str(self.values(*path)[re.sub(r"\s+", " ", wording).casefold()]))


@lru_cache(maxsize=8)
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language; English for one that is not known."""
    name = language if language in LANGUAGES else "en"
    tables = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    common = tomllib.loads((HERE / "common.toml").read_text(encoding="utf-8"))
    tables["currency_after"] = common["currency_after"] | tables["currency_after"]
    return Lexicon(name, common | tables)
