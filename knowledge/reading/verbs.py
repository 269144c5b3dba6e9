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


def _french(base: str) -> tuple[str, ...]:
    """The forms in which texts use a French verb in -er."""
    stem = base[:-2]
    soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    weak = ("er", "e", "ent", "é", "ée", "és", "ées", "èrent", "era", "eront", "erait", "eraient")
    return (*(stem + ending for ending in weak), *(soft + ending for ending in ("ait", "aient", "ant", "a")))


@lru_cache(maxsize=8)
def forms(lexicon: Lexicon) -> frozenset[str]:
    """Every verb form the tables know, case-folded."""
    made = _french if lexicon.language == "fr" else _regular
    regular = (form for base in lexicon.table("verbs", "regular") for form in made(base))
    return frozenset(w.casefold() for w in (*regular, *lexicon.table("verbs", "forms")))
