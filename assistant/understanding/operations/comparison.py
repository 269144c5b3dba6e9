"""Two figures set against each other: difference, which is larger, yes or no."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import OFF, Link, Want
from assistant.understanding.operations.conversion import matching
from assistant.understanding.operations.pairs import Pair, comparable, one_place, pairs
from assistant.understanding.operations.parts import joined, named
from assistant.understanding.operations.segments import Segment, halves, operand
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import earlier, months
from assistant.understanding.relations import levels_akin, overlap, same_series
from assistant.understanding.terms import concepts
from knowledge.figure import ChangeKind

_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE, ChangeKind.SHARE})
_GROWTH = frozenset({ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH})
_THAN = re.compile(r"\b(?:than|als|que)\s(?:in\s|im\s|en\s)?(?:the\s|Jahr\s)?$", re.IGNORECASE)
NAMED = 0.6  # what a comparison gains whose one side the asker has named by its value
_COMPARE = ("versus", "difference", "confirm", "max", "min")


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as a comparison of two figures."""
    has = ctx.reading.has
    alone = not ctx.reading.periods and not ctx.known_terms()  # "what's the difference?"
    if has("difference", "versus") and (alone or pattern("the_two").search(ctx.reading.text)):
        yield from _last_two(ctx)
    if has(*_COMPARE) and not has("rank"):
        yield from _two_sides(ctx)
    if has("revised", "first") and len(ctx.endpoints) < 2 and has("difference", "versus", "growth", "fall"):
        yield from _revision(ctx)
    if has("difference"):
        yield from _from_named(ctx)
    if has("points") or (ctx.reading.year_ago and has("difference")):
        yield from _year_ago(ctx)
    if len(ctx.endpoints) == 2 and has("difference", "versus", "growth", "fall", "max", "min"):
        yield from _two_periods(ctx)


def is_result(entry: Entry) -> bool:
    """An actual figure, or a planned amount that was published as what came of its period."""
    figure, months = entry.figure, entry.months
    if figure.scenario == "actual":
        return True
    if figure.scenario == "target" and entry.notice.language != "zh":  # there, plans name what is invested
        return False
    published = entry.notice.published
    said_goal = pattern("target").search(entry.clause)
    return bool(months and published and published.year * 12 + published.month - 1 > months.last and not said_goal)


def _from_named(ctx: Context) -> Iterator[Candidate]:
    """An amount that the asker names against one of another time: "it will top 65bn: how much more?"."""
    amounts = [a for a in ctx.reading.amounts if a.kind == "money" or (a.kind in ("count", "number") and a.value > 12)]
    if len(amounts) != 1 or len(ctx.endpoints) != 2:
        return
    links = {k.entry.order: k for k in ctx.links(ctx.want().but(kinds=_LEVEL, periods=()), len(ctx.index.entries))}
    for entry in matching(ctx, amounts[0]):
        own = links.get(entry.order)
        others = tuple(p for p in ctx.endpoints if p != entry.months)
        if own is None or entry.months not in ctx.endpoints:
            continue
        want = ctx.want().but(kinds=_LEVEL, periods=others, units=frozenset({entry.figure.unit}), values=())
        for other in (k for k in ctx.links(want, 3) if is_result(k.entry) and one_place(own, k)):
            made = compared(ctx, Pair(own, other, NAMED + other.score), 0.0)
            missing = tuple(m for m in joined(own.missing, other.missing) if not m.startswith(OFF))
            yield replace(made, missing=missing, coverage=max(own.coverage, other.coverage))


def _last_two(ctx: Context) -> Iterator[Candidate]:
    """What the last two answers were about, set against each other: "the difference between the two"."""
    asked = sorted(ctx.lent_entries[:2], key=lambda e: -e.months.last if e.months else 0)
    if len(asked) < 2:
        return
    measured = ctx.measure() in {t.key for t in ctx.reading.terms}
    sides = [_beside(ctx, e) if measured else Link(e, 1.0, 1.0, (), 1.0) for e in asked]
    later, former = sides
    if later and former and comparable(later, former):
        yield compared(ctx, Pair(later, former, 1.0), 0.1)


def _beside(ctx: Context, entry: Entry) -> Link | None:
    """The measure that the question names, of the notice and time of an earlier answer."""
    if entry.months is None:
        return None
    want = ctx.want().but(kinds=_LEVEL, periods=(entry.months,), notice_ids=frozenset({entry.figure.notice_id}))
    kind = concepts().measures.get(ctx.measure() or "", "")
    want = want.but(families=frozenset({kind})) if kind in ("money", "count") else want
    return next(iter(ctx.links(want, 1)), None)


def _two_sides(ctx: Context) -> Iterator[Candidate]:
    """A against B, cut at "than", "vs", "or"."""
    connectors = ("versus", "and") if ctx.reading.has("max", "min", "confirm", "difference") else ("versus",)
    apart = len(ctx.endpoints) == 2
    for connector in connectors:
        for left, right in halves(ctx, connector):
            a, b = _operand(ctx, left, right), _operand(ctx, right, left)
            for pair in pairs(ctx, a, b, even=True, limit=5)[:3]:
                if _moves_against_another(ctx, pair) or _goal_of_another(ctx, pair):
                    continue
                if apart and _one_end(pair):
                    continue  # two times are asked for
                yield compared(ctx, pair, -0.05 if connector == "and" else 0.1)


def _one_end(pair: Pair) -> bool:
    """Whether two figures are of one time, or what is given by the end of it."""
    a, b = pair.a.entry.months, pair.b.entry.months
    return a == b or bool(a and b and a.last == b.last and None in (a.first, b.first))


def _goal_of_another(ctx: Context, pair: Pair) -> bool:
    """Whether a goal and a result share no word of what they are: the one is not the other's."""
    a, b = pair.a.entry, pair.b.entry
    return is_result(a) != is_result(b) and overlap(ctx.index, a.core - a.area, b.core - b.area) == 0


def _moves_against_another(ctx: Context, pair: Pair) -> bool:
    """Whether a change is asked for and the two are different things at one time: nothing grew or fell from b to a."""
    a, b = pair.a.entry, pair.b.entry
    moved = ctx.reading.has("growth", "fall") and not ctx.reading.has("versus")
    return moved and a.months == b.months and a.figure.indicator != b.figure.indicator


def _operand(ctx: Context, own: Segment, other: Segment) -> Want:
    want = operand(ctx, own, other)
    if ctx.reading.has("points"):
        return want.but(families=frozenset({"percent"}), kinds=_GROWTH if ctx.reading.has("growth", "fall") else None)
    if ctx.reading.has("count"):
        want = want.but(families=frozenset({"count"}))
    percent_asked = ctx.reading.has("percent")
    return want if percent_asked else want.but(kinds=_LEVEL) if not ctx.reading.has("growth") else want


def _revision(ctx: Context) -> Iterator[Candidate]:
    """The value of a revision against what it replaces."""
    links = {k.entry.order: k for k in ctx.links(ctx.want().but(kinds=_LEVEL), 60)}
    for old, new in ctx.index.successors.items():
        a, b = links.get(new), links.get(old)
        if a and b and a.entry.months == b.entry.months and a.entry.figure.unit == b.entry.figure.unit:
            yield compared(ctx, Pair(a, b, max(a.score, b.score) + 0.3), 0.0)


def _year_ago(ctx: Context) -> Iterator[Candidate]:
    """A level against that of its series a year before: 开工率比去年同期高几个百分点."""
    if len(ctx.endpoints) > 1 or ctx.reading.has("target"):
        return
    percent = frozenset({"percent"}) if ctx.reading.has("points") else None
    for link in ctx.links(ctx.want().but(kinds=_LEVEL, families=percent), 6):
        own = link.entry.months
        if own is None or not is_result(link.entry):
            continue
        before = (e for e in levels_akin(ctx.index, link.entry) if e.months == earlier(own, 12) and is_result(e))
        for other in list(before)[:1]:
            yield compared(ctx, Pair(link, replace(link, entry=other), link.score), 0.3)


def _two_periods(ctx: Context) -> Iterator[Candidate]:
    """One indicator in two periods."""
    first, second = sorted(ctx.endpoints, key=lambda p: p.last)
    want = ctx.want().but(kinds=_LEVEL)
    for pair in pairs(ctx, want.but(periods=(second,)), want.but(periods=(first,)), even=True, limit=5)[:3]:
        alike = same_series(ctx.index, pair.a.entry, pair.b.entry)
        if _only_goals(ctx, pair):
            continue
        asked = -0.1 if ctx.reading.has("why") else 0.0  # a reason is asked for, or a premise to be put right
        found = compared(ctx, pair, asked + (0.12 if alike else -0.05))
        yield replace(found, missing=tuple(dict.fromkeys((*pair.a.missing, *pair.b.missing))))


def _only_goals(ctx: Context, pair: Pair) -> bool:
    """Whether two goals are set against each other where the question names one goal, for one of its two times."""
    return ctx.one_goal() and not any(is_result(k.entry) for k in (pair.a, pair.b))


def _oriented(ctx: Context, pair: Pair) -> Pair:
    """The pair with the period behind "than" as what it is held against: "more than in 2013 in 2014"."""
    for period in ctx.reading.periods:
        if not _THAN.search(ctx.reading.text[: period.start]):
            continue
        base = months(period.code)
        if base == pair.a.entry.months and base != pair.b.entry.months:
            return Pair(pair.b, pair.a, pair.score)
    return pair


def compared(ctx: Context, pair: Pair, bonus: float) -> Candidate:
    """A against B, in words that say which is higher."""
    language, has = ctx.reading.language, ctx.reading.has
    pair = _oriented(ctx, pair)
    a, b = pair.a.entry, pair.b.entry
    up = a.figure.value > b.figure.value
    percent = has("percent") and a.figure.unit not in ("percent", "percentage points")
    direction = "same" if a.figure.value == b.figure.value else "higher" if up else "lower"
    parts = {
        "value": "{C1:abs}",
        "a": "{F1}",
        "b": "{F2}",
        **named(a, language, "a_"),
        **named(b, language, "b_"),
    }
    return Candidate(
        operation="difference",
        score=pair.score + bonus,
        entries=(a, b),
        expressions=((("growth(F1, F2)" if percent else "F1 - F2"), "percent" if percent else None),),
        headline="C1",
        message=f"difference_{direction}",
        parts=parts,
        missing=joined(pair.a.missing, pair.b.missing),
        coverage=(pair.a.coverage + pair.b.coverage) / 2,
    )
