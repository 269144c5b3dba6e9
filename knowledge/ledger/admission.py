"""Which numbers of a sentence are published figures at all: no dates, names, ordinals, phases, page numbers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.reading.spans import Amount, Period
from knowledge.reading.verbs import forms
from knowledge.reading.words import Lexicon

ALWAYS = frozenset(("money", "percent", "points", "rank"))
NEVER = frozenset(("year", "ordinal", "duration"))
LETTERS = re.compile(r"[^\W\d_]")
BARE_LEFT = re.compile(
    r"(?:\b(?:to|at|was|were|is|are|of|reached|reaches|totaled|totalled|hit|by|from|than|numbered|with|"
    r"auf|um|von|bei|bis|mit|nämlich|betrug|waren es|sind es|waren|"
    r"en\s\w+|avec|soit|à|de|contre|gegenüber|against|versus|vs\.?|and|und|et|recorded|had|has|provided?|"
    r"provides|supplied|"
    r"supplies|contributed|took|now|still|currently|therefore|thus|hence|"
    r"totals?|total(?:l)?ed|numbers?|equals?|stays at|"
    r"became|becomes|been|for|behind|have|own|owns|owned|zählte|comptait|atteint|est|était|sont)|"
    r"[,(:|=（：]|--|–|\b(?:over|about|around|nearly|almost|some|exceeding|exceeded|than))\s*$",
    re.IGNORECASE,
)
OF_RIGHT = re.compile(
    r"\s(?:of|were|was|are|came|had|have|in|or|from|more|new|der|des|davon|von|aus|kamen|waren|des|de|du|dont|d'entre)\b",
    re.IGNORECASE,
)
DEFINITE = re.compile(
    r"(?:\b(?:the|these|those|its|their|his|her|our|all|both|following|other|any|every|die|der|den|diese|dieser|diesen|alle|les|ces|ses|leurs|nos|des|aux|into|under)\b|['’]s)\s(?:[a-zäöüéè-]+\s){0,2}$",
    re.IGNORECASE,
)
ELLIPTIC = re.compile(r"(?:\band|,|;|\bwhile)\s(?:[\w-]+\s){0,3}[\w-]{3,}s\s$")  # and Japanese companies six
LASTS = re.compile(
    r"\s(?P<noun>(?:(?:working|business|calendar)\s)?(?:days?|weeks?|months?|hours?|minutes?))\b"
    r"(?!\s(?:ago|earlier|later|before|after|old|of|to [A-Z0-9]|ended|ending|event|conference|fair|visit|period)\b)"
)
WAIT = re.compile(  # what takes its time
    r"\b(?:tak(?:es?|en|ing)|took|lasts?|lasted|averag\w+|process\w*|approv\w+|clear(?:s|ed|ing)?|clearance|wait\w*|handl\w+|"
    r"decid\w+|decisions?|answer\w*|respon\w+|issu\w+|turnaround|time|shorten\w*|reduc\w+|cut|registr?\w+)\b[^.;]*$"
)
SPAN = re.compile(r"\b(?:last|past|next|first|previous|coming|for|over|during|of|the|these|those|same|every)\s$")
RESPECTIVELY = re.compile(r"\brespectively\b|\bjeweils\b|\brespectivement\b", re.IGNORECASE)
EACH = re.compile(r"\s(?:a|per|each)\s(?:year|month|day|week|hour)", re.IGNORECASE)
THRESHOLD_ZH = re.compile(r"(?:\(含\)|（含）)?(?:及|或)?(?:以上|以下)(?:的|[\u4e00-\u9fff]{0,8}(?:项目|企业))")
THRESHOLD = re.compile(
    r"\s(?:or more|and above|or above|and over|und mehr|et plus|ou plus)\b|\s(?:each|apiece)\b", re.IGNORECASE
)
NAMED = re.compile(
    r"\b(?:Hall|Halle|Gate|Route|Highway|Building|Block|Terminal|Line|Fortune|Global|Top|Industry|Day|Week|Article|Pier|Linie|Salle)\s?$"
)

ADDRESS = re.compile(
    r"(?:/F,)?\s(?:[A-Z][\w'’.-]*\s){1,4}(?:Road|Rd|Street|St|Avenue|Ave|Square|Lane|Drive|Boulevard|Plaza|Quay)\b(?!\s[a-z]+s\b)"
)


def _overlaps(amount: Amount, periods: Sequence[Period]) -> bool:
    return any(p.start < amount.end and amount.start < p.end for p in periods)


def _addresses(amount: Amount, text: str) -> bool:
    """A house number: `66 Donghai Middle Road`."""
    return amount.kind in ("count", "number") and bool(ADDRESS.match(text, amount.start + len(amount.text.rstrip())))


def _spelled(amount: Amount) -> bool:
    return bool(LETTERS.match(amount.text)) and not amount.text[0].isdigit()


def _count(amount: Amount, text: str, lex: Lexicon) -> bool:
    left, right = text[max(0, amount.start - 40) : amount.start], text[amount.end : amount.end + 60]
    words = [w.casefold() for w in amount.noun.split()]
    dull = lex.words("nouns", "figureless")
    if words and words[-1] in ("points", "point", "degrees", "generation", "punkte"):
        return False
    if _spelled(amount):
        if amount.value <= 1 or left.endswith(("“", '"', "„", "«")) or (amount.value < 100 and DEFINITE.search(left)):
            return False
        return not any(w in dull for w in words)
    return not (amount.value <= 9 and words and words[-1] in dull) and not re.match(r"-[A-Za-z]", right)


def _number(amount: Amount, text: str, counted: bool, dated: bool, lex: Lexicon) -> bool:
    """A number without a noun; `counted`: the sentence has counted something before; `dated`: a period follows."""
    left, right = text[max(0, amount.start - 40) : amount.start], text[amount.end : amount.end + 40]
    if _spelled(amount):
        if amount.value <= 1 or (amount.value < 100 and DEFINITE.search(left)):
            return False
        following = re.match(r"\s?([^\W\d_]+)", right)
        verb = following is not None and following[1].casefold() in forms(lex)
        listed = (
            counted
            and bool(BARE_LEFT.search(left))
            and (following is None or verb or dated or following[1] in ("from", "aus", "and", "und", "et"))
        )
        ended = counted and amount.value < 100 and bool(ELLIPTIC.search(left)) and bool(re.match(r"\s?[.;,)]", right))
        return listed or ended or bool(re.match(r"\s(?:of|der|des|von|davon|d'entre)\s", right))
    if amount.half_width < 0.5 and not BARE_LEFT.search(left):
        return False
    if (counted or RESPECTIVELY.search(text)) and not NAMED.search(left):
        return True
    done = re.search(r"([a-z]{4,})\s(?:up\s)?$", left) if lex.language == "en" else None
    if done and done[1] in forms(lex) and (dated or re.match(r"\s?[,.;]|\s(?:with|worth|and)\b", right)):
        return True
    if counted and re.search(r"\bthe (?:other|remaining)\s$", left):
        return True
    return bool(BARE_LEFT.search(left) or re.search(r"\bset up\s$", left) or OF_RIGHT.match(right)) or not left.strip()


def _lasting(amount: Amount, text: str, lex: Lexicon) -> Amount | None:
    """A stretch of time that something takes, as a count: `in under 10 working days`."""
    took = LASTS.match(text, amount.end) if lex.language == "en" else None
    before = text[: amount.start]
    if took is None or not WAIT.search(before) or SPAN.search(before):
        return None
    noun = took["noun"]
    return replace(amount, kind="count", noun=noun, unit=noun.split()[-1].removesuffix("s") + "s")


def _undated(amount: Amount, periods: Sequence[Period], text: str) -> bool:
    """A comparison in words with no time to compare with: twice as much as its neighbour."""
    until = next((i for i, c in enumerate(text[amount.end :], amount.end) if c in ",.;:"), len(text))
    worded = _spelled(amount) and " " in amount.text.strip()
    return worded and not any(amount.end <= p.start < until for p in periods)


def admitted(amounts: Sequence[Amount], periods: Sequence[Period], text: str, lex: Lexicon) -> list[Amount]:
    """The amounts that are figures, by place."""
    out = []
    for amount in amounts:
        if amount.kind == "duration" and (lasting := _lasting(amount, text, lex)) is not None:
            out.append(lasting)
        if amount.kind in NEVER or _overlaps(amount, periods) or _addresses(amount, text):
            continue
        if amount.kind in ALWAYS:
            right = text[amount.end : amount.end + 16]
            threshold = amount.kind == "money" and (
                THRESHOLD_ZH.match(right) if lex.language == "zh" else THRESHOLD.match(right)
            )
            if not threshold:
                out.append(amount)
        elif amount.kind == "multiple":
            if not EACH.match(text, amount.end) and not _undated(amount, periods, text):
                out.append(amount)
        elif amount.kind == "count":
            if lex.language == "zh" or _count(amount, text, lex):
                out.append(amount)
        elif lex.language != "zh":
            counted = any(a.kind in ("count", "number") for a in out)
            dated = any(0 <= p.start - amount.end <= 1 for p in periods)
            if _number(amount, text, counted, dated, lex):
                out.append(amount)
    return out
