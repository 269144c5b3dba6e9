"""Adjectives that stand for an area: `chinesische Unternehmen`, `Berliner Betriebe`, `les entreprises bretonnes`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tomllib import loads

from knowledge.ledger.catalogue import Area, Catalogue

ENDINGS = {"de": r"(?:e[rsnm]?)?", "fr": r"(?:n?e)?s?"}
MONEY_BEHIND = re.compile(r"\s(?:Kronen|Franken|Dollars?|Lira|Pfund|Yen|Zloty|Forint|Rubel|Rupien|Won)\b")
MONEY_BEFORE = re.compile(r"\b(?:dollars?|couronnes|livres|francs|roubles|pesos|roupies|lires)\s$")
CITY = re.compile(r"\b(?P<name>[A-ZÄÖÜ][a-zäöüß]{2,})er(?=\s[A-ZÄÖÜ])")


@lru_cache(maxsize=1)
def table() -> dict[str, dict[str, str]]:
    """Adjective to area code, by language."""
    return loads((Path(__file__).parent / "demonyms.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _pattern(language: str) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, table()[language]), key=lambda w: -len(w)))
    return re.compile(rf"(?<![\w-])(?P<word>{words}){ENDINGS[language]}(?![\w])", re.IGNORECASE)


def adjectives_in(text: str, language: str, catalogue: Catalogue) -> Iterator[tuple[int, int, Area]]:
    """Areas named by their adjective in a German or French text, with their spans; names of money are none."""
    if language not in ENDINGS:
        return
    for match in _pattern(language).finditer(text):
        money = MONEY_BEHIND.match(text, match.end()) or MONEY_BEFORE.search(text[: match.start()])
        area = catalogue.areas.get(table()[language][match["word"].casefold()])
        if area is not None and not money:
            yield match.start(), match.end(), area
    if language == "de":
        for match in CITY.finditer(text):
            code = _cities(catalogue).get(match["name"])
            if code and not MONEY_BEHIND.match(text, match.end()):
                yield match.start(), match.end(), catalogue.areas[code]


@lru_cache(maxsize=2)
def _cities(catalogue: Catalogue) -> dict[str, str]:
    """What stands before -er for each place of one word: Berlin, Dresdn, Schweiz."""
    found: dict[str, str] = {}
    for area in catalogue.areas.values():
        name = area.names.get("de", "")
        if name.isalpha() and (area.kind in ("city", "province") or area.code == "CH"):
            found[re.sub(r"en$", "n", name) if len(name) > 6 else re.sub(r"en$", "", name)] = area.code
            found.setdefault(name, area.code)
    return found
