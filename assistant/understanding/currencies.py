"""Currencies by the names that a question gives them."""

import re
from functools import lru_cache

from knowledge.reading.words import either, lexicon

# Names that are common words besides: they mean money only behind a number.
_COMMON = frozenset(("won", "元", "块", "$ "))
_DOLLARS = frozenset("USD SGD HKD AUD CAD NZD TWD".split())


@lru_cache(maxsize=8)
def _names(language: str) -> dict[str, str]:
    """Every name and sign of a currency, in small letters, with its code."""
    lex = lexicon(language)
    table = lex.values("currency_before") | lex.values("currency_after")
    table |= {name[:-1]: code for name, code in table.items() if len(name) > 4 and name.endswith("s")}
    return {name: str(code) for name, code in table.items() if name not in _COMMON and not name.endswith("d€")}


@lru_cache(maxsize=8)
def wordings(language: str) -> str:
    """A pattern for any name of a currency."""
    return either(_names(language), language != "zh")


def codes_in(text: str, language: str) -> tuple[frozenset[str], ...]:
    """What the currencies named in a text may be, in order: "dollars" are US dollars first, but may be others."""
    found = re.finditer(wordings(language), text, re.IGNORECASE)
    return tuple(_codes(re.sub(r"\s+", " ", m.group()).casefold(), language) for m in found)


def _codes(name: str, language: str) -> frozenset[str]:
    code, shared = _names(language)[name], lexicon(language).table("shared_names")
    if code == "$":
        return _DOLLARS
    if code == "¥":
        return frozenset(("CNY", "JPY"))
    plain = not (name.isupper() or " " in name or len(name) == 3)  # a printed code or "Swiss francs" says which
    return frozenset((code, *(shared.get(code, {}).values() if plain else ())))
