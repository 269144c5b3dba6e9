"""Digits that name something and measure nothing: `Room 12`, `Phase 2`, `B-12`, `the Rivers 25 campaign`."""

import re

IDENTIFIER = re.compile(
    r"(?:\b(?:No|Nos|Nr|Room|Page|p|Figure|Fig|Table|Chart|Tel|ISO|Article|Section|Chapter|Type|Seite|Tabelle|Abb|"
    r"Abbildung|Tableau|Graphique|Flight|Annex|Anhang|Annexe|Phase|Fortune|Global|Top|Hall|Halle|Gate|Terminal|Block|"
    r"Building)\.?\s?|[#№]|n°\s?|第|附注|图|表)$",
    re.IGNORECASE,
)
INDUSTRY = re.compile(r"\bIndustr(?:y|ie)\s(?:4\.0|5\.0)(?!\d)", re.IGNORECASE)
NAMED = re.compile(  # the Rivers 25 campaign
    r"\s(?:campaign|programme|program|initiative|strategy|scheme|agenda|summit|conference|forum|alliance)\b"
)
JOINTS = frozenset("-/_.@'’")


def part_of_name(text: str, start: int, end: int) -> bool:
    """Whether digits are joined to letters, to a time or to a date, or stand in a programme's name."""
    before, beyond = text[max(0, start - 2) : start], text[end : end + 2]
    if len(before) == 2 and before[1] in JOINTS and before[0].isalpha() and before[0] < "\u4e00":
        return True
    if before[-1:] in (":", "：", "/", ".") and before[:1].isdigit():
        return True
    if beyond[:1] in (":", "：", "/", ".") and beyond[1:].isdigit():
        return True
    if beyond[:1] in "-–" and beyond[1:].isdigit() and before[-1:] in ("-", "–"):
        return True
    if INDUSTRY.match(text, max(0, start - 9)) or INDUSTRY.match(text, max(0, start - 10)):
        return True
    return bool(NAMED.match(text, end) and re.search(r"[^.]\b[A-Z][a-z]+\s$", text[max(0, start - 20) : start]))


def identifies(text: str, start: int) -> bool:
    """Whether the words in front say that a number is one of a kind of things: `Hall`, `Annex`, `第`."""
    return bool(IDENTIFIER.search(text[max(0, start - 12) : start]))
