"""Text to terms: concepts of the field where the words are known, stems where they are not.

A term is a string: `c:landing_rate` a concept, `w:synapt` a stem, `z:亦庄` a Chinese bigram, `#24` an ordinal
or a bare number. A notice in Chinese and a question in English meet at the concepts.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

import snowballstemmer

from assistant.understanding import compounds
from knowledge.ledger import demonyms
from knowledge.ledger.catalogue import load
from knowledge.ledger.demonyms import adjectives_in
from knowledge.reading.numerals import han_value
from knowledge.reading.script import simplified

LANGUAGES = ("en", "zh", "de", "fr")
CJK = "\u3400-\u9fff"
_TOKEN = re.compile(
    rf"[{CJK}]+|\d+(?:st|nd|rd|th)\b|[^\W\d_](?:(?![{CJK}])[^\W_]|[.&'’](?=[^\W_]))*\.?|\d+(?:[.,]\d+)*",
    re.UNICODE,
)
_HAN = re.compile(rf"[{CJK}]")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)\b", re.I)
_EDITION = re.compile(r"第([一二三四五六七八九十]{1,3}|\d+)[届次批]")


_DEMONYMS = (
    ("n", ""),
    ("an", ""),
    ("ian", ""),
    ("ese", ""),
    ("i", ""),
    ("", "istan"),
    ("ish", "land"),
    ("ians", "ia"),
    ("ns", ""),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term where it stands: `text[start:end]`. `proper` marks names (capitals inside a sentence, Chinese names)."""

    key: str
    start: int
    end: int
    proper: bool = False


@dataclass(frozen=True, slots=True)
class Concepts:
    """The table of concepts, compiled for matching."""

    phrases: dict[str, dict[str, dict[tuple[str, ...], str]]]  # language -> first stem -> stems of a phrase -> concept
    chinese: dict[str, str]  # phrase -> concept
    longest_chinese: int
    near: dict[str, frozenset[str]]
    words: frozenset[str]  # every written word, lower case: what a misspelling may be corrected to
    measures: dict[str, str]  # terms of what can be counted or measured -> count, money or rate


@cache
def _stemmer(language: str) -> object:
    return snowballstemmer.stemmer({"de": "german", "fr": "french"}.get(language, "english"))


@lru_cache(maxsize=200_000)
def stem(word: str, language: str = "en") -> str:
    """The stem of one lower-case word; British spellings meet American ones."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    plain = plain.replace("’", "'").removesuffix("'s").rstrip(".'")
    if language == "en":
        plain = _roots("forms").get(plain, plain)
        plain = re.sub(r"is(e|ed|es|ing|ation|ations)$", r"iz\1", plain) if len(plain) > 6 else plain
        plain = re.sub(r"tre(s?)$", r"ter\1", plain)
        plain = re.sub(r"\b(lic|def|off)enc(e|es|ed|ing)$", r"\1ens\2", plain)
        plain = re.sub(r"(?<=[a-z]{3})our(s|ed|ing|able)?$", r"or\1", plain)
    stemmed: str = _stemmer(language).stemWord(plain)  # type: ignore[attr-defined]  # untyped library
    return _roots("stems").get(stemmed, stemmed) if language == "en" else stemmed


@lru_cache(maxsize=2)
def _roots(table: str) -> dict[str, str]:
    """Each form or stem of `roots.toml` with its root."""
    raw = tomllib.loads((files("assistant.understanding") / "roots.toml").read_text(encoding="utf-8"))[table]
    return {form: root for root, forms in raw.items() for form in forms.split()}


@lru_cache(maxsize=1)
def concepts() -> Concepts:
    """The table of `concepts.toml`, read once."""
    raw = tomllib.loads((files("assistant.understanding") / "concepts.toml").read_text(encoding="utf-8"))
    phrases: dict[str, dict[str, dict[tuple[str, ...], str]]] = {"en": {}, "de": {}, "fr": {}}
    chinese: dict[str, str] = {}
    words: set[str] = set()
    for name, entry in raw.items():
        for language in ("en", "de", "fr"):
            for phrase in entry.get(language, []):
                tokens = [m.group().lower() for m in _TOKEN.finditer(phrase)]
                words.update(t for t in tokens if len(t) > 3)
                stems = tuple(stem(t, language) for t in tokens)
                phrases[language].setdefault(stems[0], {}).setdefault(stems, name)
        for phrase in entry.get("zh", []):
            chinese.setdefault(phrase, name)
    _add_areas(phrases, chinese)
    near = {name: frozenset(entry.get("near", [])) for name, entry in raw.items()}
    measures = {f"c:{name}": entry["measure"] for name, entry in raw.items() if entry.get("measure")}
    return Concepts(phrases, chinese, max(map(len, chinese)), near, frozenset(words), measures)


@lru_cache(maxsize=1)
def words_of() -> dict[str, frozenset[str]]:
    """Each concept with the stems that its English wordings are made of: `capital spending` is said by its concept."""
    found: dict[str, set[str]] = {}
    for wordings in concepts().phrases["en"].values():
        for stems, name in wordings.items():
            found.setdefault(f"c:{name}", set()).update(f"w:{s}" for s in stems)
    return {name: frozenset(stems) for name, stems in found.items()}


def _add_areas(phrases: dict[str, dict[str, dict[tuple[str, ...], str]]], chinese: dict[str, str]) -> None:
    """The areas of the catalogue as concepts; an area that the table names already keeps that name."""
    for area in load().areas.values():
        latin = [n for n in area.synonyms if not _HAN.search(n)]
        han = [n for n in area.synonyms if _HAN.search(n)]
        han += [n[:-1] for n in han if len(n) > 2 and n[-1] in "市省"]
        han += [f"{n}市" for n in han if area.kind == "city"]
        known = [phrases["en"].get(p[0], {}).get(p) for n in latin if (p := _stems(n, "en"))]
        named = [k for k in known if k] + [chinese[n] for n in han if n in chinese]
        name = named[0] if named else f"area_{area.code.lower()}"
        for language, table in phrases.items():
            for stems in filter(None, (_stems(n, language) for n in latin)):
                table.setdefault(stems[0], {}).setdefault(stems, name)
        for n in han:
            chinese.setdefault(n, name)


@lru_cache(maxsize=2_000)
def area_lineage(name: str) -> frozenset[str]:
    """The terms of the areas that a named area lies in: "Two Zones" lies in Beijing, Beijing in China."""
    areas, found = load().areas, set()
    for _, _, area in load().areas_in(name):
        parent = area.parent
        while parent and parent in areas:
            found |= {t.key for t in read_terms(next(iter(areas[parent].names.values())))}
            parent = areas[parent].parent
    return frozenset(found)


def _stems(phrase: str, language: str) -> tuple[str, ...]:
    return tuple(stem(m.group().lower(), language) for m in _TOKEN.finditer(phrase))


def read_terms(
    text: str,
    language: str = "en",
    taken: tuple[tuple[int, int], ...] = (),
    cuts: frozenset[int] = frozenset(),
    *,
    whole: bool = False,
) -> tuple[Term, ...]:
    """The terms of a text in order; stretches in `taken` (periods, amounts) are passed over.

    No Chinese bigram reaches over a place in `cuts` (the edges of operation words). With `whole`, the words inside a
    phrase are terms too: a published "consumer goods" is found by "consumer".
    """
    editions = [m for m in _EDITION.finditer(text) if han_value(m[1]) or m[1].isdigit()]
    masked = list(text)
    for start, end in (*taken, *(m.span() for m in editions)):
        masked[start:end] = " " * (end - start)
    text = simplified("".join(masked))
    tokens = list(_TOKEN.finditer(text))
    found = [Term(f"#{m[1] if m[1].isdigit() else han_value(m[1])}", m.start(), m.end()) for m in editions]
    i = 0
    while i < len(tokens):
        token = tokens[i].group()
        if re.match(rf"[{CJK}]", token):
            found += _chinese_terms(token, tokens[i].start(), cuts)
            i += 1
            continue
        if token[0].isdigit():
            if not _HAN.match(text[tokens[i].end() : tokens[i].end() + 1]):  # 6月, 20个: a number of something
                found.append(_number_term(text, tokens[i]))
            i += 1
            continue
        used, name = _phrase_at(tokens, i, language)
        last = tokens[i + used - 1]
        proper = token[0].isupper() and (tokens[i].start() > 0 or token[1:2].isupper())
        key = f"c:{name}" if name else f"w:{stem(token.lower(), language)}"
        found.append(Term(key, tokens[i].start(), last.end(), proper))
        if front := language == "de" and used == 1 and _front(token.lower()):
            found.append(Term(front, tokens[i].start(), last.end()))
        if whole and used > 1:
            found += [Term(f"w:{stem(t.group().lower(), language)}", t.start(), t.end()) for t in tokens[i : i + used]]
        i += used
    return tuple(found)


def _number_term(text: str, match: "re.Match[str]") -> Term:
    ordinal = _ORDINAL.match(text, match.start())
    number = ordinal[1] if ordinal else match.group().replace(",", "")
    return Term(f"#{number}", match.start(), match.end())


def _phrase_at(tokens: "list[re.Match[str]]", i: int, language: str) -> tuple[int, str | None]:
    """How many tokens from i the longest known phrase takes, and its concept."""
    if tokens[i].group().lower() == "land" and (not i or tokens[i - 1].group().lower() not in _BEFORE_VERBS):
        return 1, "land"
    for lang in dict.fromkeys((language if language != "zh" else "en", "en")):
        options = concepts().phrases[lang].get(stem(tokens[i].group().lower(), lang))
        if not options:
            continue
        for phrase in sorted(options, key=len, reverse=True):
            run = tokens[i : i + len(phrase)]
            word = tokens[i].group()
            if len(phrase) == 1 and (lang != "en" or word.islower()) and not _written(word, options[phrase]):
                continue
            if len(run) == len(phrase) and all(
                stem(t.group().lower(), lang) == p for t, p in zip(run[1:], phrase[1:], strict=True)
            ):
                surface = " ".join(t.group().lower() for t in run)
                return len(phrase), _exact(lang).get(surface, options[phrase])
    word = tokens[i].group()
    if language in ("de", "fr"):
        after = tokens[i + 1].group() if i + 1 < len(tokens) else ""
        found = _adjective(f"{word} {after}" if after[:1].isupper() else word, language)
        if found:
            return 1, found
    return 1, demonym(word) or (_compound(word.lower()) if language == "de" else None)


def _written(word: str, name: str) -> bool:
    """Whether a word that shares its stem with an area is its name: "Atlantique" is not Atlanta, "main" not Maine."""
    area = load().areas.get(name.removeprefix("area_").upper()) if name.startswith("area_") else None
    plain = re.sub(r"^(?:[dl]|qu)['’]", "", _unmarked(word))  # l'Occitanie
    return area is None or any(plain.startswith(_unmarked(n)) for n in area.synonyms)


def _unmarked(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))


@lru_cache(maxsize=20_000)
def _compound(word: str) -> str | None:
    """The concept of a German compound's last part: "Betriebsansiedlungen" are Ansiedlungen."""
    parts = compounds.split(word, concepts().phrases["de"], _german)
    return parts[1] if parts else None


def is_compound(word: str) -> bool:
    """Whether a word in lower case is a German compound of the field."""
    return _compound(word) is not None


@lru_cache(maxsize=20_000)
def is_own(word: str, language: str) -> bool:
    """Whether a word in lower case is one of the field that English does not write so: "Projekte", "investissement"."""
    phrases, key = concepts().phrases, stem(word, language)
    return len(word) > 3 and (key,) in phrases[language].get(key, {}) and stem(word) not in phrases["en"]


@lru_cache(maxsize=20_000)
def _front(word: str) -> str:
    """The term of a German compound's first part, "" for a word that is known whole or is none."""
    table = concepts().phrases["de"]
    key = _german(word)
    parts = None if (key,) in table.get(key, {}) else compounds.split(word, table, _german)
    return compounds.modifier(parts[0], table, _german) if parts else ""


def _german(word: str) -> str:
    return stem(word, "de")


@lru_cache(maxsize=20_000)
def _adjective(words: str, language: str) -> str | None:
    """The area that a German or French adjective names: "sächsische", "Berliner Betriebe", "bretonnes"."""
    for start, _, area in adjectives_in(words, language, load()):
        if start == 0:
            stems = _stems(area.names["en"], "en")
            return concepts().phrases["en"].get(stems[0], {}).get(stems)
    return None


_BEFORE_VERBS = frozenset("to will should must would can could may not t projects did they firms".split())


@lru_cache(maxsize=4)
def _exact(language: str) -> dict[str, str]:
    """Phrases as they are written: where two share their stems, the written one decides."""
    raw = tomllib.loads((files("assistant.understanding") / "concepts.toml").read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for name, entry in raw.items():
        for phrase in entry.get(language, []):
            found.setdefault(" ".join(m.group().lower() for m in _TOKEN.finditer(phrase)), name)
    return found


@lru_cache(maxsize=20_000)
def demonym(word: str) -> str | None:
    """The area whose people or things a word names: "Estonian" Estonia, "Uzbek" Uzbekistan."""
    if not word[:1].isupper() or len(word) < 5:
        return None
    low, table = word.lower(), concepts().phrases["en"]
    bases = [low[: len(low) - len(s)] + more for s, more in _DEMONYMS if low.endswith(s)]
    for base in bases:
        key = stem(base, "en")
        name = table.get(key, {}).get((key,))
        if name and name.startswith("area_"):
            return name
    return None


def people(word: str) -> str | None:
    """The same for adjectives that no rule makes: "Swedish" Sweden."""
    return demonym(word) or _adjectives().get(word.lower())


@lru_cache(maxsize=1)
def _adjectives() -> dict[str, str]:
    """Irregular adjectives with the areas that they stand for."""
    areas, phrases, found = load().areas, concepts().phrases["en"], {}
    for word, code in demonyms.table()["en"].items():
        stems = _stems(areas[code].names["en"], "en") if code in areas else ()
        name = phrases.get(stems[0], {}).get(stems) if stems else None
        if name:
            found[word.lower()] = name
    return found


def _chinese_terms(run: str, offset: int, cuts: frozenset[int]) -> list[Term]:
    """Longest known phrases of a run of Chinese; what lies between them as bigrams."""
    table, found, i, loose = concepts(), [], 0, 0
    while i < len(run):
        size = next(
            (n for n in range(min(table.longest_chinese, len(run) - i), 0, -1) if run[i : i + n] in table.chinese), 0
        )
        if not size:
            i += 1
            continue
        found += _loose(run[loose:i], offset + loose, cuts)
        found += _phrase(run[i : i + size], offset + i)
        i += size
        loose = i
    return found + _loose(run[loose:], offset + loose, cuts)


def _phrase(words: str, offset: int) -> list[Term]:
    """The concept of a Chinese phrase, and that of the counted noun that it ends with: 外资项目 are projects."""
    table, end = concepts(), offset + len(words)
    name = table.chinese[words]
    found = [Term(f"c:{name}", offset, end)]
    if words[0] == "新" and words[1:] in table.chinese:  # 新签约: new, and signed
        found.append(Term(f"c:{table.chinese[words[1:]]}", offset + 1, end))
    tail = table.chinese.get(words[-2:], "")
    if f"c:{name}" not in table.measures and table.measures.get(f"c:{tail}") == "count" and len(words) > 2:
        found.append(Term(f"c:{tail}", end - 2, end))
    return found


def _loose(run: str, offset: int, cuts: frozenset[int]) -> list[Term]:
    """Bigrams of what no phrase took, apart at cuts and at words that say nothing."""
    edges = {0, len(run), *(c - offset for c in cuts if 0 < c - offset < len(run))}
    silent = [m.span() for m in _silent().finditer(run)]
    edges |= {e for span in silent for e in span}
    ordered = sorted(edges)
    pieces = [(a, b) for a, b in pairwise(ordered) if not any(s <= a and b <= e for s, e in silent)]
    return [t for a, b in pieces for t in _bigrams(run[a:b], offset + a)]


@lru_cache(maxsize=1)
def _silent() -> "re.Pattern[str]":
    raw = tomllib.loads((files("assistant.understanding") / "stopwords.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(sorted(map(re.escape, raw["zh"].split()), key=len, reverse=True)))


def _bigrams(run: str, offset: int) -> list[Term]:
    if not run:
        return []
    if len(run) == 1:
        return [Term(f"z:{run}", offset, offset + 1)]
    return [Term(f"z:{run[i : i + 2]}", offset + i, offset + i + 2) for i in range(len(run) - 1)]
