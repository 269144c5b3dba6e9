"""Whom and what a sentence names beside its slots: areas, groups, indicators, and names that nobody wrote."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from assistant.gate import text as texts
from assistant.gate.claims import Sentence
from assistant.gate.grounds import Facts, Grounds
from assistant.units import PERCENT, POINTS
from knowledge.ledger.catalogue import Area, Catalogue, Indicator

CAPITAL = re.compile(r"(?<![\w'’-])[A-Z][\w&'’-]*")
COPULA = re.compile(
    r"[\s,:=()\"”」]*(?:(?:was|were|is|are|of|at|came to|reached|stood at|hit|totall?ed|amounted to"
    r"|wa[rs]en?|betrug|était|为|达|是|达到|有)\s*)?(?:(?:over|about|nearly|around|roughly|just|only|exactly|under|超过|约|近)\s*)?\ufffc"
)
GROUPS = frozenset({"ownership", "counterpart", "industry"})
OF = re.compile(r"\s*(?:of|的|de|an)\s*(?:the )?", re.IGNORECASE)
STOP = frozenset("of the and in for on at to a an by with from new total s".split())
OPENERS = frozenset(
    "a about above according across actual added additionally after all also altogether among an and another "
    "around as at based because before below between both but by combined compared comparing converted counting "
    "despite down due during each earlier estimated every exactly expected few fewer figures first following for "
    "foreign from further given goal growth half he here hence higher how however i if implied in indeed instead "
    "investment it its just landed last later less lower many more most moreover namely nearly new no nobody none "
    "nor not nothing notably notice notices of officials on one only or other otherwise our over overall part per "
    "plans planned please projects published rather respectively roughly s second separately several she since so "
    "some still such sure taken target targets that the their then there therefore these they this those though "
    "three through thus to together total two under unlike up until versus we what when where whereas which while "
    "who why with within without yes yet you your against an number value figure".split()
)


def foreign(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """What the sentence names that does not belong to its slots, each as a reason."""
    if grounds.catalogue:
        yield from _areas(sentence, grounds, grounds.catalogue)
        yield from _indicators(sentence, grounds, grounds.catalogue)
    yield from _places(sentence, grounds)
    yield from _owners(sentence, grounds)
    yield from _groups(sentence, grounds)
    if grounds.language == "en":
        yield from _unknown(sentence, grounds)


def _areas(sentence: Sentence, grounds: Grounds, catalogue: Catalogue) -> Iterator[str]:
    for start, end, area in catalogue.areas_in(sentence.words):
        near = sentence.beside(start)
        if not any(facts is None or _in_area(area, facts, grounds, catalogue) for facts in near):
            yield f"{sentence.words[start:end]!r} is not the area of the number beside it"


def _places(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """Areas that the catalogue may not know: those of the other figures of the evidence."""
    flat = sentence.words.casefold()
    for area in grounds.areas:
        for found in whole_word(area).finditer(flat):
            near = sentence.beside(found.start())
            if not any(facts is None or area in facts.words for facts in near):
                yield f"{area!r} is not the area of the number beside it"


def _in_area(area: Area, facts: Facts, grounds: Grounds, catalogue: Catalogue) -> bool:
    """Whether the area is named by the figure, its sentence or the title of its notice."""
    titles = texts.folded(" | ".join(grounds.titles.get(f.notice_id, "") for f in facts.figures))
    if any(_whole_word(texts.folded(name), f"{facts.words} | {titles}") for name in area.synonyms):
        return True
    codes = [found.code for f in facts.figures if (found := catalogue.match_area(f.ref_area))]
    return any(catalogue.within(code, area.code) and code == area.code for code in codes)


def _indicators(sentence: Sentence, grounds: Grounds, catalogue: Catalogue) -> Iterator[str]:
    """Names of the catalogue beside figures of another indicator."""
    for at, name, indicator in _named(sentence.words, catalogue, grounds.language):
        if indicator is None:
            continue
        near = sentence.beside(at)
        if not COPULA.match(sentence.words[at + len(name) :]):
            near = list(sentence.facts)
        behind = [
            f
            for slot, f in zip(sentence.slots, sentence.facts, strict=True)
            if OF.fullmatch(sentence.words[slot.end : at])
        ]
        if any(facts and facts.unit == POINTS for facts in behind):
            yield f"percentage points are no amount of {name!r}"
        if any(facts and facts.unit == PERCENT and texts.folded(name) in facts.words for facts in behind):
            continue  # a share of what its own sentence names
        if not any(facts is None or _measures(indicator, name, facts, catalogue) for facts in near):
            yield f"{name!r} is not what the number beside it measures"


def _named(words: str, catalogue: Catalogue, language: str) -> Iterator[tuple[int, str, Indicator]]:
    places = list(re.finditer(r"[^\W_]+(?:[&'’][^\W_]+)*|[\u4e00-\u9fff]|\ufffc+", words))
    plain = " ".join("zzslot" if m[0].startswith(texts.BLANK) else m[0] for m in places)
    for start, end, indicator in catalogue.indicators_in(plain, language):
        if end > len(places):
            continue
        name = words[places[start].start() : places[end - 1].end()]
        alone = end - start == 1 and language != "zh"
        rest = re.sub(
            r"^\s+(?:of|in|from|for)\s+[^,.;\ufffc]{1,40}?(?=\s+(?:was|were|is|are|came|stood|reached)\s)",
            "",
            words[places[end - 1].end() :],
        )
        if not alone or not words[: places[start].start()].strip() or COPULA.match(rest):
            yield places[start].start(), name, indicator


def _measures(indicator: Indicator, name: str, facts: Facts, catalogue: Catalogue) -> bool:
    if any(f.indicator == indicator.code for f in facts.figures):
        return True
    flat = texts.folded(name)
    labels = texts.folded(
        " | ".join(f"{f.label} {f.indicator} {f.relates_to or ''}".replace("-", " ") for f in facts.figures)
    )
    known = re.findall(r"\w+", labels)
    return flat in labels or all(
        any(other.startswith(word[:5].rstrip("s")) for other in known)
        for word in re.findall(r"\w+", flat)
        if word not in STOP
    )


def _groups(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """A part is called the part that it is, by its name or its published label; the question may have named it."""
    for slot, facts in zip(sentence.slots, sentence.facts, strict=True):
        if facts is None or facts.derivation:
            continue
        (figure,) = facts.figures
        whole = texts.folded(f"{sentence.words} {grounds.question}")
        said = _words(whole)
        for key in GROUPS & figure.dimensions.keys():
            value = figure.dimensions[key]
            wanted, label = _words(value) - STOP, _words(figure.label) - STOP
            if wanted and not _names(wanted, said) and not _names(label, said, most=True) and not _worded(value, whole):
                yield f"{{{slot.handle}}} is for {value} only; say so"


def _owners(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """A group named beside figures that are not for it."""
    flat = sentence.words.casefold()
    for value, wording in _ownership():
        for found in whole_word(wording).finditer(flat):
            near = sentence.beside(found.start())
            if not any(facts is None or _owned(value, wording, facts) for facts in near):
                yield f"{wording!r} is not whom the number beside it is for"


def _owned(value: str, wording: str, facts: Facts) -> bool:
    told = texts.folded(
        " | ".join(
            f"{f.label} {f.indicator} {f.relates_to or ''} {' '.join(f.dimensions.values())}" for f in facts.figures
        )
    )
    return value in told or wording in told or any(texts.folded(other) in told for other in _wordings().get(value, ()))


@lru_cache(maxsize=1)
def _ownership() -> tuple[tuple[str, str], ...]:
    table = _tables()["ownership"]
    return tuple((value, texts.folded(wording)) for value, words in table.items() for wording in words)


def _worded(value: str, said: str) -> bool:
    """Whether a group is named by one of its wordings in any language."""
    return any(_whole_word(texts.folded(wording), said) for wording in _wordings().get(value, ()))


@lru_cache(maxsize=1)
def _wordings() -> dict[str, list[str]]:
    return {value: words for values in _tables().values() for value, words in values.items()}


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("knowledge.ledger").joinpath("dimensions.toml").read_text(encoding="utf-8"))


def _names(wanted: set[str], said: set[str], *, most: bool = False) -> bool:
    """Whether half of the words (or most of them) are said, endings apart."""
    said = said | {"foreign", "direct", "investment"} if "fdi" in said else said
    hit = sum(any(word[:5] == other[:5] for other in said) for word in wanted)
    return bool(wanted) and hit >= (0.7 if most else 0.5) * len(wanted)


def _unknown(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """Capitalised words that neither the evidence nor the question writes."""
    known = _words(grounds.lore) | _words(grounds.asked)
    for found in CAPITAL.finditer(sentence.words):
        word = re.sub(r"['’]s?$", "", texts.folded(found[0]))
        parts = [part for part in re.split(r"[-&'’]", word) if part]
        if word in OPENERS or all(
            part in known or part in MONTHS or part + "s" in known or part.rstrip("s") in known for part in parts
        ):
            continue
        if any(re.match(rf"{re.escape(name)}", word) for name in ("q1", "q2", "q3", "q4", "h1", "h2")):
            continue
        yield f"{found[0]!r} stands neither in the evidence nor in the question"


MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec us usd rmb cny yuan".split()
)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", texts.folded(text)))


def _whole_word(name: str, text: str) -> bool:
    return bool(whole_word(name).search(text))


@lru_cache(maxsize=4096)
def whole_word(name: str) -> re.Pattern[str]:
    """A name as a word of its own; names in scripts without spaces stand anywhere."""
    return re.compile(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])" if name.isascii() else re.escape(name))
