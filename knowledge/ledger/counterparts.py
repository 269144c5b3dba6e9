"""The other side of an investment: `FDI from France`, `France was the leading source`, `exports to Germany`."""

import re
from functools import lru_cache
from pathlib import Path
from tomllib import loads

from knowledge.reading.words import Lexicon

FROM = re.compile(
    r"\b(?:from|aus|en provenance (?:de|des|du|d')|originaires (?:de|des|du))\s(?:[^.;:]{0,60}?(?:,\s|\sand\s|"
    r"\sund\s|\set\s))?(?:the\s|den\s|der\s|la\s|le\s|les\s|l')?$",
    re.IGNORECASE,
)
REACH = 90  # characters


def is_counterpart(text: str, start: int, end: int, lex: Lexicon) -> bool:
    """Whether the words around the place at start..end say that capital comes from it, or goods go there."""
    before, after = _patterns(lex.language)
    led = text[max(0, start - REACH) : start]
    return bool(FROM.search(led) or before.search(led) or after.match(text, end))


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = loads((Path(__file__).parent / "counterparts.toml").read_text(encoding="utf-8"))[language]
    return re.compile(f"(?:{'|'.join(rows['before'])})$", re.IGNORECASE), re.compile("|".join(rows["after"]))
