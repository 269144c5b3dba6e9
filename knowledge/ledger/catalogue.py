"""The catalogue: indicators and areas that are known by name, with synonyms in every language."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.errors import OperatorError

HERE = Path(__file__).parent
LANGUAGES = ("en", "zh", "de", "fr")
HAN = re.compile(r"[\u4e00-\u9fff]")
TOKEN = re.compile(r"[^\W_\u4e00-\u9fff]+(?:[&'’][^\W_\u4e00-\u9fff]+)*|[\u4e00-\u9fff]")
PREPOSITIONS = frozenset(
    "of in from by for to at on with into among within under between per as that which who located invested"
    " von in aus für mit bei zu im durch de des du d en dans par pour à au aux".split()
)
START = re.compile(r"[^\W_\u4e00-\u9fff]+")
SCAN = re.compile(r"[^\W_\u4e00-\u9fff]+|[\u4e00-\u9fff“\"(]")
AUXILIARIES = frozenset("had has have been were was are be is wurden wurde sind ont été".split())
COUNTED = re.compile(
    r"^(?:the\s)?(?:total\s)?(?:number|count|amount|stock|volume|value)\sof\s(?:the\s|all\s)?|^(?:die\s)?(?:Gesamtz|Z|Anz)ahl\s(?:der|von)?\s?"
    r"|^(?:le\s)?nombre\s(?:total\s)?(?:de\s|d['’]|des\s)",
    re.IGNORECASE,
)
LONGEST_CURRENCY = 4  # characters of a name in front of a dollar sign: US $, U.S. $; but Japan $0.6 billion
MONEY = re.compile(r"\s?(?:\$|[Dd]ollars?\b|元|币|-Dollar)")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One known indicator. `names[language]` is its name, `synonyms[language]` all its wordings, name included."""

    code: str
    names: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]]
    unit: str  # money | percent | count | rank | index
    favourable: str  # up | down | neutral
    note: str = ""  # definition, comparability


@dataclass(frozen=True, slots=True)
class Area:
    """One known area. `synonyms` holds every name in every language."""

    code: str
    names: Mapping[str, str]
    synonyms: tuple[str, ...]
    kind: str = ""  # country | province | city | district | zone | region
    parent: str | None = None
    currency: str | None = None
    country: str | None = None  # ISO 3166, of the country it lies in


def folded(text: str) -> str:
    """Case, width, accents of quotes and hyphens made equal; used for matching, never for spans."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return re.sub(r"[\s\u2010-\u2014-]+", " ", text).replace("centre", "center").strip()


def tokens(text: str) -> tuple[str, ...]:
    """Words of a label for matching; a Han character is a word."""
    return tuple(t[:-2] if t.endswith("'s") else t for t in TOKEN.findall(folded(text)))


@dataclass(frozen=True)
class Catalogue:
    """Frozen tables with indexes built once; equal labels are looked up once."""

    indicators: Mapping[str, Indicator]
    areas: Mapping[str, Area]

    @cached_property
    def indicator_terms(self) -> tuple[tuple[str, str, str], ...]:
        """(wording, language, code) of every synonym, longest first."""
        rows = [(w, lang, i.code) for i in self.indicators.values() for lang, ws in i.synonyms.items() for w in ws]
        return tuple(sorted(rows, key=lambda row: -len(row[0])))

    @cached_property
    def area_terms(self) -> tuple[tuple[str, str], ...]:
        """(name, code) of every area synonym, longest first."""
        rows = [(name, area.code) for area in self.areas.values() for name in area.synonyms]
        return tuple(sorted(rows, key=lambda row: -len(row[0])))

    @cached_property
    def _terms_by_token(self) -> Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
        index: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for wording, language, code in self.indicator_terms:
            words = tokens(wording)
            if words:
                index.setdefault(words[0], []).append((words, language, code))
        return {k: tuple(v) for k, v in index.items()}

    @cached_property
    def _areas_by_name(self) -> Mapping[str, str]:
        index: dict[str, str] = {}
        for name, code in self.area_terms:
            index.setdefault(folded(name), code)
        return index

    @cached_property
    def _areas_by_start(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Names by what a scan meets first: a Latin word, or a Han character or sign; longest name first."""
        index: dict[str, list[tuple[str, str]]] = {}
        for name, code in self.area_terms:
            start = START.match(name)
            index.setdefault(start.group() if start else name[0], []).append((name, code))
        return {k: tuple(v) for k, v in index.items()}

    def match_indicator(self, label: str, language: str = "en") -> Indicator | None:
        """The indicator whose wording covers the head of the label; None rather than a wrong one."""
        return _match_indicator(self, label, language)

    def indicators_in(self, text: str, language: str = "en") -> tuple[tuple[int, int, Indicator], ...]:
        """Every catalogue wording in a text as (first token, end token, indicator), longest first at each place."""
        words = tokens(text)
        return tuple((i, j, self.indicators[code]) for i, j, code in _runs(self, words, language))

    def wordings_in(self, text: str, language: str = "en") -> tuple[tuple[int, int], ...]:
        """Spans of catalogue wordings of two words and more, as they stand in a text."""
        flat = text.casefold()
        found = []
        for match in START.finditer(flat):
            for wording in self._wordings_by_start.get(match.group(), {}).get(language, ()):
                if flat.startswith(wording, match.start()):
                    found.append((match.start(), match.start() + len(wording)))
                    break
        return tuple(found)

    @cached_property
    def _wordings_by_start(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        index: dict[str, dict[str, list[str]]] = {}
        for wording, language, _ in self.indicator_terms:
            low = wording.casefold()
            start = START.match(low)
            if start and " " in low:
                index.setdefault(start.group(), {}).setdefault(language, []).append(low)
        return {k: {lang: tuple(v) for lang, v in rows.items()} for k, rows in index.items()}

    def match_area(self, text: str) -> Area | None:
        """The area that a text names as a whole, else the first that it mentions."""
        code = self._areas_by_name.get(re.sub(r"^the ", "", folded(text)).strip("\"'“”「」 "))
        if code:
            return self.areas[code]
        return next((area for _, _, area in self.areas_in(text)), None)

    def areas_in(self, text: str) -> Iterator[tuple[int, int, Area]]:
        """Named areas with their spans, left to right; the longest name at each place, case as printed."""
        flat = text.replace("\n", " ").replace("\u00a0", " ")
        done = 0
        for match in SCAN.finditer(flat):
            if match.start() < done:
                continue
            for name, code in self._areas_by_start.get(match.group(), ()):
                end = match.start() + len(name)
                if flat.startswith(name, match.start()) and _whole(flat, name, end):
                    yield match.start(), end, self.areas[code]
                    done = end
                    break

    def within(self, code: str, parent: str) -> bool:
        """Whether an area lies in another, or is it."""
        seen: str | None = code
        while seen:
            if seen == parent:
                return True
            seen = self.areas[seen].parent if seen in self.areas else None
        return False

    def __hash__(self) -> int:
        return id(self)


def _whole(text: str, name: str, end: int) -> bool:
    """Whether a name ends at its edge and is not the start of a currency (US dollars, 美元)."""
    if name[-1].isalnum() and name[-1] < "\u4e00" and text[end : end + 1].isalnum() and text[end : end + 1] < "\u4e00":
        return False
    if name[-1] > "\u4e00" and name[-1] not in "区县" and re.match("[区县](?!域)", text[end : end + 2]):
        return False  # 临港区 is a district of its own
    sign = MONEY.match(text, end)
    return sign is None or (sign.group() == " $" and len(name) > LONGEST_CURRENCY)


def _runs(catalogue: Catalogue, words: tuple[str, ...], language: str) -> Iterator[tuple[int, int, str]]:
    for i, word in enumerate(words):
        for wording, lang, code in catalogue._terms_by_token.get(word, ()):
            if lang in (language, "en") and words[i : i + len(wording)] == wording:
                yield i, i + len(wording), code


@lru_cache(maxsize=20_000)
def _match_indicator(catalogue: Catalogue, label: str, language: str) -> Indicator | None:
    words = tuple(w for w in tokens(COUNTED.sub("", label)) if w not in AUXILIARIES)
    head = len(words)
    if not HAN.search(label):
        head = next((i for i, w in enumerate(words) if i and w in PREPOSITIONS), len(words))
    best = max(
        (
            (j - i, j >= head, i, code)
            for i, j, code in _runs(catalogue, words, language)
            if i < head <= j or HAN.search(label)
        ),
        default=None,
        key=lambda run: (run[1], run[0], run[2]),
    )
    return catalogue.indicators[best[3]] if best else None


def _indicator(code: str, row: Mapping[str, Any]) -> Indicator:
    synonyms = {lang: tuple(row[lang]) for lang in LANGUAGES if row.get(lang)}
    if not synonyms:
        raise ValueError(f"indicator {code!r} has no name in any of {', '.join(LANGUAGES)}")
    names = {lang: wordings[0] for lang, wordings in synonyms.items()}
    return Indicator(
        code, names, synonyms, row.get("unit", "count"), row.get("favourable", "neutral"), row.get("note", "")
    )


def _area(code: str, row: Mapping[str, Any]) -> Area:
    names = {lang: row[lang] for lang in LANGUAGES if row.get(lang)}
    if not names:
        raise ValueError(f"area {code!r} has no name in any of {', '.join(LANGUAGES)}")
    every = tuple(dict.fromkeys((*names.values(), *row.get("also", ()))))
    country = code[:2] if re.match(r"[A-Z]{2}(-|$)", code) and row.get("kind") != "region" else None
    return Area(code, names, every, row.get("kind", ""), row.get("parent"), row.get("currency"), country)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OperatorError(f"catalogue {path}: {error}; mend the file or leave the setting empty") from error


@lru_cache(maxsize=8)
def load(extra: Path | None = None) -> Catalogue:
    """The shipped catalogue, extended by a user's own TOML file. OperatorError where that cannot be read."""
    indicators: dict[str, Indicator] = {}
    areas: dict[str, Area] = {}
    for path in filter(None, (HERE / "catalogue.toml", HERE / "areas.toml", extra)):
        tables = _read(path)
        try:
            indicators |= {code: _indicator(code, row) for code, row in tables.get("indicators", {}).items()}
            areas |= {code: _area(code, row) for code, row in tables.get("areas", {}).items()}
        except (AttributeError, TypeError, ValueError) as error:
            raise OperatorError(f"catalogue {path}: {error}; see catalogue.toml for the shape") from error
    return Catalogue(MappingProxyType(indicators), MappingProxyType(areas))
