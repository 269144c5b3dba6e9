"""Verb forms of each language, made from the verb tables."""

from functools import lru_cache

from knowledge.reading.words import Lexicon


def _regular(base: str) -> tuple[str, ...]:
    """The regular English forms of a verb: s, ed, ing."""
    if base.endswith("e"):
        return base, base + "s", base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    if base.endswith(("s", "sh", "ch", "x", "z")):
        return base, base + "es", base + "ed", base + "ing"
    return base, base + "s", base + "ed", base + "ing"


@lru_cache(maxsize=8)
def forms(lexicon: Lexicon) -> frozenset[str]:
    """Every verb form the tables know, case-folded."""
    regular = (form for base in lexicon.table("verbs", "regular") for form in _regular(base))
    return frozenset(w.casefold() for w in (*regular, *lexicon.table("verbs", "forms")))
