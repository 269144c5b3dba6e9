"""What frames a report and is no part of it: its dateline `LINDAU, March 4 (dpa) --`, and who says so."""

import re
from functools import lru_cache

from knowledge.reading.words import Lexicon

MONTH_NAME = (
    r"(?:Jan|Jän|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mär|Mai|Okt|Dez|janv|févr|mars|avr|mai|juin|juil|août|sept|déc)"
    r"[a-zûéèä]*\.?"
)
DATELINE = re.compile(
    r"^\s*(?:[A-ZÄÖÜÉ][\w'.() -]{1,30}(?:,\s[A-ZÄÖÜ][\w .-]{1,20})?,?\s?)?"
    rf"(?:\(?(?:{MONTH_NAME}\s\d{{1,2}}|\d{{1,2}}\.?\s{MONTH_NAME})(?:,?\s\d{{4}})?\)?\s?)"
    r"(?:\([^)]{2,20}\)\s?)?(?:--|–|—|-|:|\|)\s*"
    r"|^\s*[A-Z][\w ,.'-]{1,40}\((?:Xinhua|Reuters|AP|AFP|dpa|ots|Bloomberg)[^)]*\)\s*(?:--|–|—|-)?\s*"
    r"|^[A-Z]{4,}[\w, ]{0,20}\s(?:–|--|—)\s"
)


@lru_cache(maxsize=8)
def attribution(lex: Lexicon) -> re.Pattern[str]:
    """Who says so, in the middle of a sentence: `nach vorläufigen Angaben`, `selon des chiffres provisoires`."""
    rows = lex.table("roles").get("attribution", [])
    return re.compile("|".join(rf"(?<!\w)(?:{row})(?!\w)" for row in rows) or r"(?!)")


ALONE = re.compile(  # Lisbon, 8 February 2024
    rf"^\s*[A-ZÄÖÜÉ][\w'.() -]{{1,30}},\s(?:{MONTH_NAME}\s\d{{1,2}},|\d{{1,2}}\.?\s{MONTH_NAME})\s\d{{4}}\.?\s*$"
)
LINES = 8  # of a text that may open with it


def span(text: str) -> tuple[int, int]:
    """Where the dateline stands in the first lines, (0, 0) for none."""
    at = 0
    for line in text.split("\n")[:LINES]:
        found = DATELINE.match(line) or ALONE.match(line)
        if found:
            return at, at + found.end()
        at += len(line) + 1
    return 0, 0
