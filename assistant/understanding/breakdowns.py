"""Breakdowns of tables: the members of one, complete, and whether a question says which of them it means."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, FigureIndex, keys
from assistant.understanding.linking import NEUTRAL
from assistant.understanding.terms import concepts

AREA = "ref_area"
# Readings that set members side by side: they take some, or all, without being told which.
_SIDE_BY_SIDE = frozenset({"rank", "highest", "lowest", "filter", "sum", "average"})
Breakdowns = dict[tuple[object, ...], tuple[Entry, ...]]


def siblings(index: FigureIndex, entry: Entry, name: str) -> tuple[Entry, ...]:
    """The figures of the same table that are alike in all but this dimension, or the area; the figure among them."""
    return _breakdowns(index).get(_key(entry, name), ())


def columns(entry: Entry) -> tuple[str, ...]:
    """What may tell a table's figure from its siblings."""
    return (*entry.figure.dimensions, AREA) if entry.figure.cell else ()


def value(entry: Entry, name: str) -> str:
    """What stands in that column for a figure."""
    return entry.figure.ref_area if name == AREA else entry.figure.dimensions[name]


def is_whole(entry: Entry, name: str, among: tuple[Entry, ...]) -> bool:
    """Whether a member is the total of the others: "Total", or the country above its provinces."""
    if name != AREA:
        return not keys(value(entry, name), entry.notice.language) - NEUTRAL
    return bool(entry.area) and any(entry.area <= other.lineage for other in among if other is not entry)


def unnamed(ctx: Context, chosen: Candidate) -> tuple[Entry, ...]:
    """The member of a breakdown that a reading takes unasked, and its siblings; () where it takes none."""
    said = _said(ctx)
    used = set(chosen.entries)
    for entry in {_member(e): e for e in reversed(chosen.entries)}.values():
        for name in _open(ctx, entry, said):
            others = tuple(e for e in siblings(ctx.index, entry, name) if e is not entry)
            together = chosen.operation in _SIDE_BY_SIDE and not used.isdisjoint(others)
            if others and not together:
                return (entry, *others)
    return ()


@lru_cache(maxsize=4)
def _breakdowns(index: FigureIndex) -> Breakdowns:
    found: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in index.entries:
        for name in columns(entry):
            found[_key(entry, name)].append(entry)
    return {key: tuple(entries) for key, entries in found.items() if len(entries) > 1}


def _key(entry: Entry, name: str) -> tuple[object, ...]:
    """What the members of a breakdown have in common."""
    f = entry.figure
    others = tuple(sorted((k, value(entry, k)) for k in columns(entry) if k != name))
    return (name, f.source, f.indicator, f.label, f.unit, f.time_period, f.scenario, f.change_kind, others)


def _said(ctx: Context) -> frozenset[str]:
    """The terms of the question and of the conversation, with those that are close to them."""
    terms = {t.key for t in ctx.reading.terms} | {t for t, _ in ctx.lent_terms}
    return frozenset(terms | {f"c:{n}" for t in terms if t.startswith("c:") for n in concepts().near.get(t[2:], ())})


def _member(entry: Entry) -> tuple[object, ...]:
    return entry.figure.source, entry.figure.ref_area, tuple(sorted(entry.figure.dimensions.items()))


def _open(ctx: Context, entry: Entry, said: frozenset[str]) -> Iterator[str]:
    """What tells the entry from its siblings without being named. A total needs no name."""
    for name in columns(entry):
        if name == AREA:
            named = not entry.area or entry.area & said or ctx.interpretation.get(AREA)
        else:
            terms = keys(value(entry, name), entry.notice.language) - NEUTRAL
            named = not terms or terms & said
        if not named:
            yield name
