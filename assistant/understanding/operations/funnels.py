"""Counts that follow from each other: how many came of the leads that were handed on, and what each was worth."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, keys
from assistant.understanding.linking import NEUTRAL, Link, Want, family, together
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.lookup import level
from assistant.understanding.operations.pairs import Pair
from assistant.understanding.operations.shares import ratio, share
from assistant.understanding.patterns import pattern
from assistant.understanding.rates import rates
from knowledge.figure import ChangeKind

LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
REACH = 220  # characters behind a count within which its part is told
CAME = 0.3  # what a rate gains for resting on a count and what came of it
GENERAL = NEUTRAL | {"c:project", "c:planned", "c:signed", "c:start", "c:landed"}  # no word that names a group
EACH = 1.2  # score of an average over things that were just counted


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as a rate of what came of a count, or as the average over a count just spoken of."""
    has = ctx.reading.has
    if ctx.measure() in rates() and not has("growth", "fall", "difference"):
        yield from _rates(ctx)
    if has("count") and pattern("how_many_of").search(ctx.reading.text):
        yield from _how_many_of(ctx)
    if has("average", "per", "size") and not has("exchange_rate", "cagr", "growth", "fall"):
        yield from _each(ctx)


def _rates(ctx: Context) -> Iterator[Candidate]:
    """The success rate of leads, the start rate of the foreign-funded goal: a count and the part told behind it."""
    want = _counts(ctx)
    rest = tuple((t, w) for t, w in want.terms if t != ctx.measure())
    telling = {t for t, _ in rest if not t.startswith("c:area_") and t[0] != "n"} - GENERAL
    if telling:
        yield from _came_of(ctx, want.but(terms=rest, measure=None), telling)


def _how_many_of(ctx: Context) -> Iterator[Candidate]:
    """ "How many of the leads handed to counties were signed": the whole tells what was handed on."""
    want = _counts(ctx)
    for whole in ctx.links(want, 4):
        for part in steps(ctx, whole.entry):
            new = [t for t in whole.missing if t in part.core]
            coverage, missing = together(ctx.index, want, (whole, replace(whole, entry=part)))
            if new:
                told = Link(part, whole.score + CAME, coverage, missing, whole.period_fit)
                yield level(ctx, told)


def _counts(ctx: Context) -> Want:
    scenarios = frozenset({"target", "forecast"}) if ctx.reading.has("target") else None
    return ctx.want().but(kinds=LEVEL, families=frozenset({"count"}), scenarios=scenarios)


def _came_of(ctx: Context, want: Want, telling: set[str]) -> Iterator[Candidate]:
    """Each count of what the question names with the first part told behind it."""
    done = rates()[ctx.measure() or ""][0][0] if ctx.measure() != "c:landing_rate" else ""
    for whole in ctx.links(want, 6):
        part = next((e for e in steps(ctx, whole.entry) if not done or done in e.core), None)
        if part is None or not telling & _group(whole.entry):
            continue
        pair = (whole, replace(whole, entry=part))
        coverage, missing = together(ctx.index, want, pair)
        made = share(ctx, Pair(pair[1], whole, whole.score), CAME)
        yield replace(made, coverage=coverage, missing=missing)


def _group(entry: Entry) -> frozenset[str]:
    """What a count is a count of, and the group that it is of only."""
    return keys(entry.figure.unit, entry.notice.language).union(*entry.groups)


def steps(ctx: Context, whole: Entry) -> tuple[Entry, ...]:
    """The parts of a count that are told right behind it, the nearest first."""
    found = [e for e in ctx.index.entries if _came(whole, e)]
    return tuple(sorted(found, key=lambda e: e.figure.start))


def _came(whole: Entry, part: Entry) -> bool:
    a, b = whole.figure, part.figure
    if a.notice_id != b.notice_id or a.unit != b.unit or family(b.unit) != "count" or b.change_kind not in LEVEL:
        return False
    if not (0 < b.start - a.end <= REACH and 0 < b.value < a.value) or is_result(whole) != is_result(part):
        return False
    between = whole.notice.text[a.end : b.end + REACH // 4]
    return _one_end(whole, part) and bool(pattern("partitive").search(between))


def _one_end(whole: Entry, part: Entry) -> bool:
    """Whether the part is of the whole's time, or what it had come to by the end of it or since."""
    a, b = whole.months, part.months
    return a == b or bool(a and b and b.first is None and b.last >= a.last)


def _each(ctx: Context) -> Iterator[Candidate]:
    """ "Average size of those 58?": the amount that is told beside the count."""
    own = {t.key for t in ctx.reading.terms if t.key not in ctx.reading.soft | NEUTRAL}
    for bottom in _bottoms(ctx)[:2]:
        top = _worth(ctx, bottom)
        if top and own <= bottom.core | bottom.area | top.core:
            a, b = (Link(e, 1.0, 1.0, (), 1.0) for e in (top, bottom))
            yield ratio(ctx, Pair(a, b, EACH), 0.0)


def _bottoms(ctx: Context) -> tuple[Entry, ...]:
    """The counts that are spoken of: of the number that the asker names, or what the last answer rested on."""
    lent = {t for t, _ in ctx.lent_terms if not t.startswith("c:area_")}
    if not (lent or ctx.lent_entries) or not pattern("each_of_them").search(ctx.reading.text):
        return ()
    near = {e.figure.notice_id for e in ctx.lent_entries}
    given = {float(a.value) for a in ctx.reading.amounts if a.kind in ("count", "number")}
    told: Iterable[Entry] = ctx.lent_entries[:1]
    if given:
        valued = (e for e in ctx.index.entries if e.figure.value in given)
        told = (e for e in valued if e.figure.notice_id in near or e.core & lent)
    return tuple(e for e in told if family(e.figure.unit) == "count" and e.figure.change_kind in LEVEL)


def _worth(ctx: Context, count: Entry) -> Entry | None:
    """The amount that stands nearest behind a count in its sentence, else nearest before it."""
    f = count.figure
    beside = [
        e
        for e in ctx.index.entries
        if e.figure.beside(f)
        and family(e.figure.unit) == "money"
        and e.figure.change_kind in LEVEL
        and e.months == count.months
        and not e.twin
        and is_result(e) == is_result(count)
    ]
    return min(beside, key=lambda e: (e.figure.start < f.start, abs(e.figure.start - f.start)), default=None)
