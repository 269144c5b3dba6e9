"""Rates that are a quotient of two counts, by the concepts of the part and of the whole: `rates.toml`."""

import tomllib
from functools import lru_cache
from importlib.resources import files

from knowledge.figure import ChangeKind, Figure


@lru_cache(maxsize=1)
def rates() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Term of the rate -> terms of the part, terms of the whole."""
    raw = tomllib.loads((files("assistant.understanding") / "rates.toml").read_text(encoding="utf-8"))
    return {
        f"c:{name}": (tuple(f"c:{w}" for w in row["part"]), tuple(f"c:{w}" for w in row["whole"]))
        for name, row in raw.items()
    }


def rates_of(figure: Figure, words: frozenset[str]) -> frozenset[str]:
    """The rates that a share is by what it is called: `62 percent of the projects have been started`."""
    if figure.unit != "percent" or figure.change_kind != ChangeKind.SHARE or "share of" in figure.label:
        return frozenset()
    return frozenset(rate for rate, (part, _) in rates().items() if set(part) <= words)
