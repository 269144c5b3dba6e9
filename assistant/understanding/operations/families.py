"""Figures that differ in one attribute only: the members of which one may be first."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.understanding import breakdowns
from assistant.understanding.cells import KINDS_OF_MEMBERS, Asked, asked
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, grouping
from assistant.understanding.linking import Link, Want
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months
from assistant.understanding.relations import kind_group
from assistant.wording.phrases import what_alone
from knowledge.figure import ChangeKind

TABLED = 0.2  # what the members of a table gain: they are complete
KIND = 0.2  # what they gain where the question calls them as the table does, or lose where it calls others
UNTOLD = 0.15  # what they lose where no word tells the measure
_CHANGES = frozenset({ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH})

# Which dimension such a word asks for.
DIMENSION_WORDS = {
    "counterpart": frozenset({"c:country", "w:investor", "w:sourc"}),
    "industry": frozenset("w:sector w:industri c:industrial w:branch w:secteur z:行业 z:产业 z:领域".split()),
    "area": frozenset({"c:region", "c:city", "c:zone", "c:country"}),
    "district": frozenset("c:zone c:region c:city w:district w:depart w:provinc w:counti".split()),
}

TOTAL = re.compile(r"(?:total|all|world|gesamt|insgesamt|ensemble)\b|总计|合计|全国|全市", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Family:
    """Figures that differ in one attribute only; `names` tell them apart."""

    entries: tuple[Entry, ...]
    names: tuple[str, ...]
    by_period: bool
    link: Link
    dimension: str = ""


def families(ctx: Context) -> Iterator[Family]:
    """Families that the question's words may mean, over periods or over a dimension."""
    has, want = ctx.reading.has, ctx.want()
    want = want.but(terms=tuple((t, w) for t, w in want.terms if t not in KINDS_OF_MEMBERS) or want.terms)
    if ctx.stretch:
        want = want.but(periods=())
    kinds = _CHANGES if has("growth", "fall") else None
    wanted: Want = want.but(kinds=kinds) if kinds else want
    found = (k for k in ctx.links(wanted, 60) if in_stretch(k, ctx.stretch))
    links = tuple(k for k in found if want.editions or not _past(k))
    tabled = tuple(_of_tables(ctx))
    whole = {e.order for group in tabled if not group.by_period for e in group.entries}
    loose = tuple(k for k in links if k.entry.order not in whole)
    seen: set[tuple[int, ...]] = set()
    for group in (*tabled, *_by_dimension(loose), *_by_column(ctx, links), *_by_period(links)):
        key = tuple(sorted(e.order for e in group.entries))
        if key not in seen and (len(key) >= 2 or group in tabled):
            seen.add(key)
            yield group


def _of_tables(ctx: Context) -> Iterator[Family]:
    """The members of a table by the asked measure at the asked time, or its times by the measure."""
    for found in asked(ctx):
        measure, open_ = found.measure, 0.0
        if measure is None and (measure := found.unsaid()):
            open_ = UNTOLD
        if measure is None or len(found.times) > 1:
            continue
        table = found.table
        if len(table.members) >= 2:
            yield from _rows(found, measure, open_)
        elif not table.members:
            times = [(t, e) for t in found.stretch if (e := found.entry("", measure, t))]
            lengths = [t.length for t, _ in times]
            usual = max(lengths, key=lengths.count, default=0)
            entries = tuple(e for t, e in times if t.length == usual)
            if len(entries) >= 2:
                yield Family(entries, tuple(e.figure.time_period for e in entries), True, _best(found, entries, open_))


def _rows(found: Asked, measure: str, open_: float) -> Iterator[Family]:
    """The named rows where there are two and more, else all but those that are set aside, and but the rest."""
    text, table = found.ctx.reading.text, found.table
    cells = {m: e for m in table.members if (e := found.entry(m, measure, found.time or table.times[-1]))}
    kept = {m: e for m, e in cells.items() if m not in table.rest}
    if len(found.members) >= 2 and not (pattern("all_but").search(text) or pattern("next_after").search(text)):
        kept = {m: cells[m] for m in found.members if m in cells}
    elif pattern("next_after").search(text) and found.members and set(found.members) <= kept.keys():
        edge, low = [kept[m].figure.value for m in found.members], found.ctx.reading.has("min")
        kept = {m: e for m, e in kept.items() if (e.figure.value > max(edge) if low else e.figure.value < min(edge))}
    elif pattern("all_but").search(text):
        kept = {m: e for m, e in kept.items() if m not in found.members}
    kind = table.dimension or "label"
    if kept:
        yield Family(tuple(kept.values()), tuple(kept), False, _best(found, tuple(kept.values()), open_), kind)


def _best(found: Asked, entries: tuple[Entry, ...], open_: float) -> Link:
    link = found.link(*entries)
    called = KIND if found.kinds & found.table.kind else -KIND if found.kinds else 0.0
    return replace(link, score=link.score + TABLED - open_ + called)


def _past(link: Link) -> bool:
    """Whether a figure is of all earlier editions of an event: no member beside one of them."""
    return bool(pattern("past_editions").search(link.entry.clause))


def in_stretch(link: Link, stretch: Months | None) -> bool:
    """Whether a figure lies in the asked stretch; a financial year may lean over its edges."""
    if stretch is None:
        return True
    have = link.entry.months
    begin = None if have is None else have.last if have.first is None else have.first
    return (
        have is not None
        and begin is not None
        and stretch.first is not None
        and stretch.first <= begin
        and have.last <= stretch.last + (9 if have.length >= 12 else 0)
    )


def _by_dimension(links: tuple[Link, ...]) -> Iterator[Family]:
    """Figures of one sentence, or of one indicator in one notice, told apart by a dimension, an area or words."""
    groups: dict[tuple[object, ...], list[Link]] = defaultdict(list)
    for link in links:
        f = link.entry.figure
        same = (f.notice_id, kind_group(link.entry), f.unit, f.time_period, f.scenario)
        groups[(*same, "sentence", f.quote)].append(link)
        groups[(*same, "indicator", f.indicator)].append(link)
    for group in groups.values():
        members = _without_whole(_apart_from_total(group))
        best = max(members, key=lambda k: k.score)
        for attribute, named_members in _named(members):
            if len(named_members) >= 2:
                entries = tuple(k.entry for k in named_members.values())
                yield Family(entries, tuple(named_members), False, best, attribute)


def _without_whole(members: list[Link]) -> list[Link]:
    """The members without the total, which comes to no less than all the others: they are its parts."""
    largest = max(members, key=lambda k: k.entry.figure.value)
    rest = [k for k in members if k is not largest]
    whole = sum(k.entry.figure.value for k in rest) <= largest.entry.figure.value
    unnamed = not grouping(largest.entry.figure) and kind_group(largest.entry) == "level"
    several = len(rest) >= 2 or (len(rest) == 1 and bool(grouping(rest[0].entry.figure)))
    return rest if whole and unnamed and several else members


def _by_column(ctx: Context, links: tuple[Link, ...]) -> Iterator[Family]:
    """All rows of a table that only one of its columns tells apart, the total left out."""
    for link in links:
        for name in breakdowns.columns(link.entry):
            whole = breakdowns.siblings(ctx.index, link.entry, name)
            parts = tuple(e for e in whole if not breakdowns.is_whole(e, name, whole))
            if link.entry in parts:
                names = tuple(breakdowns.value(e, name) for e in parts)
                yield Family(parts, names, False, link, "area" if name == breakdowns.AREA else name)


def _apart_from_total(members: list[Link]) -> list[Link]:
    """The members without the row that is called their total."""
    return [k for k in members if not TOTAL.match(k.entry.figure.label)] or members


def _named(members: list[Link]) -> Iterator[tuple[str, dict[str, Link]]]:
    """The members by each attribute that all its holders have a value of their own in."""
    attributes = {key for k in members for key in grouping(k.entry.figure)}
    for key in sorted(attributes):
        held = sum(key in grouping(k.entry.figure) for k in members)
        values = {grouping(k.entry.figure).get(key) or what_alone(k.entry.figure): k for k in members}
        if len(values) == len(members) and held * 2 >= len(members):
            yield key, values
    outer = frozenset().union(*(k.entry.lineage for k in members))  # an area that another member lies in is no rival
    inner = [k for k in members if not k.entry.area & outer]
    areas = {k.entry.figure.ref_area: k for k in inner}
    if len(areas) == len(inner) and all(areas):
        yield "area", areas
    labels = {what_alone(k.entry.figure): k for k in members}
    if len(labels) == len(members):
        yield "label", labels


def _by_period(links: tuple[Link, ...]) -> Iterator[Family]:
    groups: dict[tuple[object, ...], list[Link]] = defaultdict(list)
    for link in links:
        figure = link.entry.figure
        if figure.time_period:
            dims = tuple(sorted(grouping(figure).items()))
            groups[
                figure.indicator, kind_group(link.entry), figure.unit, dims, figure.ref_area, figure.scenario
            ].append(link)
    for members in groups.values():
        one_each = {m.entry.figure.time_period: m for m in reversed(members)}
        if len(one_each) >= 2:
            best = max(members, key=lambda k: k.score)
            yield Family(tuple(m.entry for m in one_each.values()), tuple(one_each), True, best)
