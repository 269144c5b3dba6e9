"""The few numbers of large tables that are of the same thing as figures of notices, to be held against them."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, select

from knowledge.figure import ChangeKind, Figure
from knowledge.large import LargeTables
from knowledge.large.reader import IN, in_blocks, series_fields
from knowledge.large.schema import current, observations, series
from knowledge.ledger import checks
from knowledge.ledger.catalogue import Catalogue, tokens
from knowledge.ledger.checks import LEVELS, SMALL, TYPED, Key, key_across
from knowledge.ledger.flag import Flag
from knowledge.notice import Notice

_S, _O = series.c, observations.c
Found = tuple[tuple[Figure, Notice], ...]


def across(
    large: LargeTables, version: int, figures: Sequence[Figure], notices: Mapping[str, Notice], catalogue: Catalogue
) -> tuple[Flag, ...]:
    """What the figures of notices say against one another, and against large tables."""
    others = beside(large, version, figures, catalogue)
    known = {**notices, **{block.notice_id: block for _, block in others}}
    return checks.across((*figures, *(figure for figure, _ in others)), known, catalogue)


def beside(large: LargeTables, version: int, figures: Sequence[Figure], catalogue: Catalogue) -> Found:
    """The numbers of large tables with the key of a figure and its period, or the period that its growth is from.

    Looked up by label and area, so that the work grows with the figures, not with the tables.
    """
    names = large.names(version)
    if not names.labels:
        return ()
    wanted = _wanted(figures, catalogue)
    codes = {figure.indicator for figure in figures}
    words = {_words(figure.label) for figure in figures}
    labels = [label for label in names.labels if _words(label) in words or _code(label, catalogue) in codes]
    areas = {_area(figure.ref_area, catalogue) for figure in figures}
    named = [area for area in names.areas if _area(area, catalogue) in areas]
    return tuple(_found(large, wanted, labels, named, catalogue))


def _wanted(figures: Sequence[Figure], catalogue: Catalogue) -> Mapping[Key, set[str]]:
    """The periods that are looked up, by key."""
    by_id = {figure.figure_id: figure for figure in figures}
    wanted: dict[Key, set[str]] = defaultdict(set)
    for figure in figures:
        if figure.change_kind in LEVELS and figure.time_period:
            wanted[key_across(figure, catalogue)].add(figure.time_period)
        level = by_id.get(figure.relates_to or "")
        if figure.change_kind is ChangeKind.YOY_GROWTH and level is not None and figure.base_period:
            wanted[key_across(level, catalogue)].add(figure.base_period)
    return wanted


def _found(
    large: LargeTables,
    wanted: Mapping[Key, set[str]],
    labels: Sequence[str],
    areas: Sequence[str],
    catalogue: Catalogue,
) -> Iterator[tuple[Figure, Notice]]:
    with large.store.read() as connection:
        chosen: dict[int, RowMapping] = {}
        periods: dict[int, set[str]] = {}
        for query in _queries(labels, areas):
            for row in connection.execute(query).mappings():
                whole = all(name in TYPED for name in json.loads(row["dimensions"]))
                if whole and (asked := wanted.get(key_across(_pattern(row), catalogue))):
                    chosen[row["series_id"]], periods[row["series_id"]] = row, asked
        for part in _parts(list(chosen)):
            numbers = connection.execute(select(observations).where(_O.series_id.in_(part))).mappings()
            found = [row for row in numbers if row["time_period"] in periods[row["series_id"]]]
            yield from in_blocks(connection, found, chosen)


def _queries(labels: Sequence[str], areas: Sequence[str]) -> Iterator[Any]:
    for some in _parts(labels):
        for places in _parts(areas):
            yield current(select(series)).where(_S.label.in_(some), _S.ref_area.in_(places))


def _pattern(row: RowMapping) -> Figure:
    """A series as a figure without a number: what its key is made from."""
    nowhere = {"figure_id": "", "published_as": "", "notice_id": row["notice_id"], "source": "", "quote": ""}
    return Figure(**series_fields(row), **nowhere, value=0.0, start=0, end=0)


def _words(label: str) -> frozenset[str]:
    return frozenset(tokens(label)) - SMALL


def _code(label: str, catalogue: Catalogue) -> str:
    known = catalogue.match_indicator(label) or catalogue.match_indicator(label, "zh")
    return known.code if known else ""


def _area(name: str, catalogue: Catalogue) -> str:
    known = catalogue.match_area(name) if name else None
    return known.code if known else name


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[i : i + IN] for i in range(0, len(items), IN))
