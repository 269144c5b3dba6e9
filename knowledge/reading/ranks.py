"""Places in an order that a text claims: ranked second, 位居全国第三, Platz 4, au 2e rang."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from knowledge.reading.numerals import han_value
from knowledge.reading.spans import Amount
from knowledge.reading.words import EDGE, Lexicon, either

NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    lead = either(lexicon.table("rank", "lead"), lexicon.spaced)
    if lexicon.language == "zh":
        place = r"(?P<place>第[一二三四五六七八九十\d]{1,4}(?:位|名)?|首位|榜首)(?![季产批届次期个阶步轮])"
        return (re.compile(rf"{lead}[^，。；,;、\d]{{0,10}}?{place}"),)
    ordinals = either(lexicon.table("ordinals"))
    place = (
        rf"(?P<place>{ordinals}|(?:No\.?|number|Nr\.|n°)\s?\d{{1,3}}|number one{EDGE}|\d{{1,3}}(?:st|nd|rd|th|e){EDGE})"
    )
    tail = either(lexicon.table("rank", "tail"))
    filler = either(lexicon.table("rank", "lead_words"))
    if lexicon.language == "de":
        return (
            re.compile(rf"(?:{lead})\s(?P<place>\d{{1,3}}|eins|zwei|drei|vier|fünf){EDGE}", re.IGNORECASE),
            re.compile(rf"{place}\s{tail}", re.IGNORECASE),
        )
    stop = either([*lexicon.table("nouns", "stop"), *lexicon.table("rank", "tail")])
    alone = rf"(?=\s*(?:[,.;:)（(!?]|--|–|$)|\s+{stop})"
    first = rf"{lead}(?:\s{filler}){{0,3}}\s{place}{alone}"
    patterns = [re.compile(first, re.IGNORECASE)]
    if lexicon.language == "en":
        patterns.append(re.compile(rf"{place}[-\s](?:highest|largest|biggest|lowest){EDGE}", re.IGNORECASE))
        patterns.append(re.compile(rf"(?:to|in|into|at)\s(?:the\s)?{place}\s{tail}", re.IGNORECASE))
        ranked = rf"\b(?:placed|places|placing|put|puts|putting|ranked|ranks|ranking)\s(?:[\w’'-]+\s){{1,4}}?{place}"
        patterns.append(re.compile(rf"{ranked}(?=\s(?:among|in|of|behind|out of|nationwide|worldwide))", re.IGNORECASE))
    if lexicon.language == "fr":
        patterns.append(re.compile(rf"(?:au|la|le|du|à la)\s{place}\s{tail}", re.IGNORECASE))
    return tuple(patterns)


def _value(place: str, lexicon: Lexicon) -> Decimal | None:
    digits = NUMBER.search(place)
    if digits:
        return Decimal(digits.group())
    if place in ("首位", "榜首") or place.casefold() == "number one":
        return Decimal(1)
    if place.startswith("第"):
        return han_value(place.strip("第位名"))
    table = lexicon.values("ordinals") | lexicon.values("numbers")
    value = table.get(place.casefold())
    return None if value is None else Decimal(str(value))


def read_ranks(text: str, lexicon: Lexicon) -> Iterator[Amount]:
    """Claimed places as amounts of kind and unit `rank`."""
    for pattern in _patterns(lexicon):
        for match in pattern.finditer(text):
            value = _value(match["place"], lexicon)
            if value:
                yield Amount(match.start("place"), match.end("place"), match["place"], value, "rank", "rank")
