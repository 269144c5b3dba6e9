"""Typed dimensions of a label: ownership, industry, counterpart, event."""

import re
from functools import lru_cache
from pathlib import Path
from tomllib import loads

from knowledge.ledger.draft import Draft

HERE = Path(__file__).parent
EVENT = re.compile(
    r"(?:the\s)?(?P<event>(?:\d{1,3}(?:st|nd|rd|th)\s|\d{4}\s|[A-Z][\w'-]+\s)(?:[A-Z][\w'&-]*\s|of\s|for\s|and\s|on\s|in\s|\s)*(?:Symposium|Summit|Forum|Fair|Expo|Conference|Exhibition|Convention|Meeting)\b)"
    r"|(?P<zh>第[\d一二三四五六七八九十]{1,4}届[\u4e00-\u9fff“”]{2,24}?(?:会|展|节|坛))"
)


BUILDING = re.compile(  # work on projects, no industry: `construction start rate`, `under construction`
    r"\b(?:under|starts?|started|began|begun|beginning|begin) (?:of )?construction\b|"
    r"\bconstruction(?: or \w+| and \w+)? (?=starts?\b|started|began|begun|under ?way|rate|commenced|works?\b|site|"
    r"finished|completed|of\b)",
    re.IGNORECASE,
)
ABROAD = re.compile(r"foreign(?:-\w+)?\s(?:investors|companies|firms|enterprises|businesses)$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _tables() -> list[tuple[str, str, re.Pattern[str]]]:
    tables = loads((HERE / "dimensions.toml").read_text(encoding="utf-8"))
    rows = []
    for name, values in tables.items():
        for value, wordings in values.items():
            latin = [re.escape(w) for w in wordings if w.isascii() or not re.search("[\u4e00-\u9fff]", w)]
            han = [re.escape(w) for w in wordings if re.search("[\u4e00-\u9fff]", w)]
            pattern = "|".join([rf"(?<!\w)(?:{'|'.join(latin)})(?!\w)" if latin else "", *han]).strip("|")
            rows.append((name, value, re.compile(pattern, re.IGNORECASE)))
    return rows


def typed(label: str, dimension: str) -> str:
    """The value of one dimension that a label names, "" for none."""
    return next((value for name, value, pattern in _tables() if name == dimension and pattern.search(label)), "")


@lru_cache(maxsize=10_000)
def typed_in(label: str) -> tuple[tuple[str, str], ...]:
    """The dimensions that a label names, with their values."""
    plain = BUILDING.sub(" ", label)
    return tuple((name, value) for name, value, pattern in _tables() if pattern.search(plain))


def dimensions(draft: Draft, sentence: str) -> dict[str, str]:
    """What a label says in typed form; an event is taken from its sentence."""
    found = dict(draft.dimensions)
    for name, value in typed_in(draft.label):
        found.setdefault(name, value)
    if "ownership" not in found and ABROAD.match(found.get("subject", "")):
        found["ownership"] = "foreign-funded"
    event = EVENT.search(sentence)
    if event and "event" not in found:
        found["event"] = (event["event"] or event["zh"]).strip()
    return found
