"""A library as one question sees it: with the series of large tables that it names, or as first published."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from knowledge.figure import Figure
from knowledge.hit import Hit
from knowledge.known import Known
from knowledge.large import Names
from knowledge.ledger.catalogue import Catalogue, folded, tokens
from knowledge.ledger.flag import Flag
from knowledge.library import Library
from knowledge.notice import Notice, Passage

# Words that ask for what a source said before it was revised.
_FIRST = re.compile(
    r"first (?:published|reported|released|announced)|originally|initially|before (?:the|its|any) revisions?|"
    r"former version|earlier version|"
    r"最初|首次公布|首次发布|修订前|修正前|初值|ursprünglich|zuerst veröffentlicht|initialement",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LABELS = 12
_MOST = 1500  # figures of large tables that one question sees
_LEAST = 0.5  # of a label's words that must stand in the question


class FocusedLibrary:
    """The library with further figures; everything else is the library's own. A `Known`."""

    def __init__(
        self, library: Library, extra: tuple[tuple[Figure, Notice], ...], replaced: frozenset[str] | None = None
    ) -> None:
        """`replaced` are the sources that the further figures stand for; None where these are of large tables."""
        self._library, self._replaced = library, replaced or frozenset()
        self._figures = tuple(figure for figure, _ in extra)
        self._notices = {notice.notice_id: notice for _, notice in extra}
        self._listed = tuple(self._notices.values() if replaced else map(_bare, self._notices.values()))

    @property
    def version(self) -> int:
        """The library's."""
        return self._library.version

    def figures(self, collection: str | None = None) -> tuple[Figure, ...]:
        """The library's figures and the further ones."""
        inside = {i for i, n in self._notices.items() if collection in (None, n.collection)}
        own = (f for f in self._library.figures(collection) if f.source not in self._replaced)
        return (*own, *(f for f in self._figures if f.notice_id in inside))

    def notices(self, collection: str | None = None) -> tuple[Notice, ...]:
        """The library's notices and those that the further figures stand in."""
        further = (n for n in self._listed if collection in (None, n.collection))
        return (*(n for n in self._library.notices(collection) if n.source not in self._replaced), *further)

    def notice(self, notice_id: str) -> Notice:
        """A notice or a block. NotFound where it is not known."""
        return self._notices.get(notice_id) or self._library.notice(notice_id)

    def passages(self, notice_id: str) -> tuple[Passage, ...]:
        """The library's."""
        return self._library.passages(notice_id)

    def flags(self) -> tuple[Flag, ...]:
        """The library's."""
        return self._library.flags()

    def search(
        self,
        query: str,
        *,
        limit: int = 8,
        published_after: date | None = None,
        published_before: date | None = None,
        collection: str | None = None,
    ) -> tuple[Hit, ...]:
        """The library's."""
        return self._library.search(
            query,
            limit=limit,
            published_after=published_after,
            published_before=published_before,
            collection=collection,
        )


def _bare(block: Notice) -> Notice:
    """A block without its text, most of which is rows that were not asked for: nothing in it is to be searched."""
    return replace(block, text="")


@dataclass(frozen=True, slots=True)
class _Asked:
    """The words of a question and the turns before it."""

    words: frozenset[str]
    text: str
    years: tuple[str, ...]


def focused(library: Library, texts: Iterable[str], collection: str | None) -> Known:
    """The library with the series of large tables that the texts name, or as first published where they ask for that.

    The library itself where they do neither.
    """
    texts = list(texts)
    if texts and _FIRST.search(texts[-1]):
        return _as_first_published(library, collection)
    names = library.large.names(library.version)
    if not names.labels:
        return library
    asked = _asked(" ".join(texts))
    labels = _labels(names, asked, library.catalogue)
    if not labels:
        return library
    areas = tuple(area for area in names.areas if area and _is_named(area, asked, library.catalogue))
    wanted = {(name, value) for name, value in names.values if _is_named(value, asked, library.catalogue)}

    def fits(dimensions: dict[str, str]) -> bool:
        return all(any(dimensions.get(name) == v for n, v in wanted if n == name) for name, _ in wanted)

    def find(years: Iterable[str] = ()) -> tuple[tuple[Figure, Notice], ...]:
        kept = tuple(years)
        return library.large.find(labels, areas, collection=collection, years=kept, fits=fits, limit=_MOST + 1)

    extra = find()
    if len(extra) > _MOST:  # too many for whole series: the years asked for, or the latest
        extra = find(asked.years or {max(figure.time_period for figure, _ in extra)[:4]})
    if len(extra) > _MOST:  # what is cut off anywhere would be ranked and added up as if it were all
        return library
    return FocusedLibrary(library, extra) if extra else library


def _as_first_published(library: Library, collection: str | None) -> Known:
    """The library with the first version of each source in place of its latest; vanished notices among them."""
    first: dict[str, Notice] = {}
    for notice in library.shelves.former():
        if collection in (None, notice.collection):
            first.setdefault(notice.source, notice)
    if not first:
        return library
    extra = tuple((f, notice) for notice in first.values() for f in library.shelves.figures(notice.notice_id))
    return FocusedLibrary(library, extra, frozenset(first))


def _asked(text: str) -> _Asked:
    years = {int(year) for year in _YEAR.findall(text)}
    near = range(min(years) - 1, max(years) + 1) if years else ()  # growth needs the year before
    return _Asked(frozenset(map(_stem, tokens(text))), folded(text), tuple(map(str, near)))


def _labels(names: Names, asked: _Asked, catalogue: Catalogue) -> list[str]:
    """The labels that the question names best: by their words, or as the same indicator in other words."""
    codes = {i.code for lang in ("en", "zh", "de", "fr") for _, _, i in catalogue.indicators_in(asked.text, lang)}
    scored = sorted(_scored(names.labels, asked, codes, catalogue), reverse=True)
    best = scored[0][0] if scored else 0.0
    return [label for worth, label in scored if worth >= 0.8 * best][:_LABELS]


def _scored(labels: Iterable[str], asked: _Asked, codes: set[str], catalogue: Catalogue) -> Iterator[tuple[float, str]]:
    for label in labels:
        words = [_stem(word) for word in tokens(label)]
        share = sum(word in asked.words for word in words) / len(words) if words else 0.0
        known = catalogue.match_indicator(label) or catalogue.match_indicator(label, "zh")
        worth = max(share, 0.9 if known is not None and known.code in codes else 0.0)
        if worth >= _LEAST:
            yield worth, label


def _is_named(name: str, asked: _Asked, catalogue: Catalogue) -> bool:
    """Whether every word of a name stands in the question, in this language or as the same area in another."""
    words = tokens(name)
    if words and all(_stem(word) in asked.words for word in words):
        return True
    area = catalogue.match_area(name)
    return area is not None and any(folded(other) in asked.text for other in area.synonyms if len(other) > 1)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word.isascii() else word
