"""Numbers that nothing published but published numbers give: a target from a completion rate, a rest, a yearly rate."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import Link
from assistant.understanding.operations.goals import completed_level, linked, shares_of_goals
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.pairs import partners
from assistant.understanding.operations.parts import named
from assistant.understanding.periods import Months, code_of
from assistant.understanding.relations import from_goal
from assistant.wording.periods import when
from knowledge.figure import ChangeKind, Scenario

_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as something implied."""
    yield from _implied_target(ctx)
    yield from _target_against_level(ctx)
    yield from _points_from_target(ctx)
    yield from _rest_of_year(ctx)
    yield from _yearly_rate(ctx)


def _implied_target(ctx: Context) -> Iterator[Candidate]:
    """A level that is a published share of the annual target gives the target."""
    if not ctx.reading.has("target"):
        return
    for share in shares_of_goals(ctx):
        level = completed_level(ctx, share)
        if level is None:
            continue
        year = share.months.last // 12 if share.months else None
        link = linked(ctx, level)
        if link is None or year is None or not _year_fits(ctx, year):
            continue
        language = ctx.reading.language
        yield Candidate(
            operation="implied target",
            score=link.score + (0.12 if ctx.reading.has("implied") else -0.25),
            entries=(level, share),
            expressions=(("F1 / (F2 / 100)", level.figure.unit),),
            headline="C1",
            message="implied_target",
            parts={
                "value": "{C1}",
                "when": str(year),
                "level": "{F1}",
                "share": "{F2}",
                "what": named(level, language)["label"],
            },
            missing=link.missing,
            coverage=link.coverage,
        )


def _target_against_level(ctx: Context) -> Iterator[Candidate]:
    """An implied target set against the level of another year."""
    if not ctx.reading.has("versus", "difference", "max", "min") or len(ctx.periods) < 2:
        return
    language = ctx.reading.language
    for found in _implied_target(ctx):
        level, share = found.entries
        year = (level.months.last if level.months else 0) // 12
        others = tuple(p for p in ctx.periods if p.last // 12 != year)
        want = level_want(ctx).but(kinds=_LEVEL, scenarios=frozenset({"actual"}), periods=others)
        own = Link(level, found.score, found.coverage, found.missing, 1.0)
        for other in partners(ctx, own, want)[:1] if others else ():
            target = level.figure.value / (share.figure.value / 100)
            up = target > other.entry.figure.value
            yield replace(
                found,
                operation="implied target against actual",
                score=found.score + 0.45,
                entries=(level, share, other.entry),
                expressions=(*found.expressions, ("C1 - F3", None)),
                headline="C2",
                message="target_higher" if up else "target_lower",
                parts={**found.parts, "gap": "{C2:abs}", "other": "{F3}", **named(other.entry, language, "other_")},
            )


def _year_fits(ctx: Context, year: int) -> bool:
    return not ctx.periods or any(
        (p.first if p.first is not None else p.last) // 12 <= year <= p.last // 12 for p in ctx.periods
    )


def _points_from_target(ctx: Context) -> Iterator[Candidate]:
    """A rate that stands so many points above or below its target gives the target."""
    if not ctx.reading.has("target"):
        return
    for points in ctx.index.entries:
        figure = points.figure
        if not from_goal(points):
            continue
        before = [
            e
            for e in ctx.index.entries
            if e.figure.notice_id == figure.notice_id
            and e.figure.beside(figure)
            and e.figure.unit == "percent"
            and e.figure.change_kind == ChangeKind.SHARE
            and e.figure.start < figure.start
        ]
        rate = max(before, key=lambda e: e.figure.start, default=None)
        link = linked(ctx, rate) if rate else None
        if rate is None or link is None or not _year_fits(ctx, (rate.months.last // 12) if rate.months else 0):
            continue
        own = ctx.measure() in rate.core and not link.missing
        if ctx.reading.has("reach") and own:
            yield _reached_by_points(ctx, link, points)
            continue
        yield Candidate(
            operation="implied target",
            score=link.score + (0.2 if ctx.reading.has("implied") else 0.1 if own else -0.25),
            entries=(rate, points),
            expressions=(("F1 - F2", "percent"),),
            headline="C1",
            message="implied_points",
            parts={
                "value": "{C1}",
                "level": "{F1}",
                "points": "{F2:abs}",
                "what": named(rate, ctx.reading.language)["label"],
            },
            missing=link.missing,
            coverage=link.coverage,
        )


def _reached_by_points(ctx: Context, link: Link, points: Entry) -> Candidate:
    """ "Was the rate reached?": it stands so many points above or below its goal."""
    more = points.figure.value >= 0
    return Candidate(
        operation="target against actual",
        score=link.score + 0.35,
        entries=(link.entry, points),
        expressions=(("F1 - F2", "percent"),),
        headline="F2",
        truth=more,
        message="reached" if more else "missed",
        parts={
            "a_value": "{F1}",
            "b_value": "{C1}",
            "value": "{F2:abs}",
            **named(link.entry, ctx.reading.language, "a_"),
            "what": named(link.entry, ctx.reading.language)["label"],
            "when": named(link.entry, ctx.reading.language)["when"],
        },
        missing=link.missing,
        coverage=link.coverage,
    )


def _rest_of_year(ctx: Context) -> Iterator[Candidate]:
    """What is left of a stretch from January on when its published beginning is taken away: a second half."""
    for rest in ctx.periods or ctx.spans[-1:]:
        if rest.first is None or rest.length >= 12 or rest.first % 12 == 0:
            continue
        begin = rest.first // 12 * 12
        year, begun = Months(begin, rest.last), Months(begin, rest.first - 1)
        want = level_want(ctx).but(kinds=_LEVEL, scenarios=None)
        for whole in ctx.links(want.but(periods=(year,)), 4):
            for part in (k.entry for k in partners(ctx, whole, want.but(periods=(begun,)))[:1]):
                if Scenario.TARGET in (part.figure.scenario, whole.entry.figure.scenario):
                    continue
                stock = part.months is None or part.months.first is None or whole.entry.months != year
                if stock or not 0 < part.figure.value < whole.entry.figure.value:
                    continue
                language = ctx.reading.language
                yield Candidate(
                    operation="implied rest",
                    score=whole.score + 0.05,
                    entries=(whole.entry, part),
                    expressions=(("F1 - F2", None),),
                    headline="C1",
                    message="implied_rest",
                    parts={
                        "value": "{C1}",
                        "when": when(code_of(rest), language),
                        "whole": "{F1}",
                        "part": "{F2}",
                        **named(whole.entry, language, "whole_"),
                        **named(part, language, "part_"),
                        "what": named(whole.entry, language)["label"],
                    },
                    missing=whole.missing,
                    coverage=whole.coverage,
                )


def _yearly_rate(ctx: Context) -> Iterator[Candidate]:
    """The yearly growth between two levels some years apart."""
    ends = sorted(ctx.endpoints, key=lambda p: p.last)
    if not ctx.reading.has("cagr") or len(ends) < 2:
        return
    first, last = ends[0], ends[-1]
    want = level_want(ctx).but(kinds=_LEVEL, scenarios=None, families=frozenset({"money", "count"}))
    years = (last.last - first.last) // 12
    if not 1 <= years <= 12:
        return
    for link in ctx.links(want.but(periods=(first,)), 4):
        for end in (k.entry for k in partners(ctx, link, want.but(periods=(last,)))[:2]):
            yield yearly(ctx, link, end, years)


def yearly(ctx: Context, link: Link, end: Entry, years: int) -> Candidate:
    """The growth a year that leads from one level to another, so many years on."""
    language = ctx.reading.language
    return Candidate(
        operation="yearly growth",
        score=link.score + 0.4,
        entries=(link.entry, end),
        expressions=((f"cagr(F2, F1, {years})", "percent"),),
        headline="C1",
        message="cagr",
        parts={
            "value": "{C1}",
            "a": "{F1}",
            "b": "{F2}",
            **named(link.entry, language, "a_"),
            **named(end, language, "b_"),
            "what": named(link.entry, language)["label"],
        },
        missing=link.missing,
        coverage=link.coverage,
    )
