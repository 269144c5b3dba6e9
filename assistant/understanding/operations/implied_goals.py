"""Goals that nothing published but results give: a result is so much percent of its goal, or so many points from it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import OFF, Link, family, together
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.pairs import partners
from assistant.understanding.operations.parts import named
from assistant.understanding.patterns import pattern
from assistant.understanding.rates import rates
from assistant.understanding.relations import overlap
from assistant.understanding.terms import concepts
from knowledge.figure import ChangeKind, Scenario

_AMOUNT = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
_RELATED = ("versus", "difference", "max", "min", "at_least", "at_most")
FARTHEST = 400  # characters between an amount and the sentence that says what part of its goal it is
SAME = 0.02  # of a goal: published and implied are one
ASKED, UNASKED, ALONE = 0.2, -0.25, 0.1  # what an implied goal gains: asked for, not asked for, known in no other way


@dataclass(frozen=True, slots=True)
class ImpliedGoal:
    """`result` and what was said of it: `told` is its share of the goal, or the points that it is off the goal by."""

    result: Entry
    told: Entry
    link: Link
    kind: Literal["share", "above", "below"]
    value: float

    @property
    def year(self) -> int | None:
        """The year that the goal is for."""
        return self.told.months.last // 12 if self.told.months else None

    @property
    def unit(self) -> str:
        """The unit of the goal."""
        return self.result.figure.unit

    @property
    def expression(self) -> str:
        """The goal from F1, the result, and F2, what was said of it."""
        if self.kind == "share":
            return "F1 / (F2 / 100)"
        signed = self.told.figure.value if self.kind == "above" else -self.told.figure.value
        return "F1 - F2" if signed >= 0 else "F1 + F2"


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as an implied goal: the goal itself, whether it was reached, how it stands to another year."""
    if not ctx.reading.has("target"):
        return
    if ctx.reading.has("sum", "series") and not ctx.reading.has("implied"):
        return
    for goal in implied_goals(ctx):
        rate = goal.kind != "share" and ctx.measure() in goal.result.core and not goal.link.missing
        if rate and ctx.reading.has("reach"):
            yield _reached(ctx, goal)
            continue
        if ctx.reading.has("implied") or not ctx.reading.has("reach", "actual"):
            yield _told(ctx, goal, 0.1 if rate else UNASKED)
        if ctx.reading.has(*_RELATED) and len(ctx.periods) >= 2:
            yield from _against_level(ctx, goal)


def implied_goals(ctx: Context) -> Iterator[ImpliedGoal]:
    """The goals that published results imply, for the years that are asked about."""
    for share in shares_of_goals(ctx):
        level = completed_level(ctx, share)
        if level is not None and share.figure.value > 0:
            yield from _fitting(ctx, level, share, "share", level.figure.value / (share.figure.value / 100))
    for points in ctx.index.entries:
        rate = _rate_of(ctx, points) if points.figure.unit == "percentage points" else None
        if rate is None:
            continue
        said = _between(rate, points)
        if not pattern("goal_behind").search(said):
            continue
        below = bool(pattern("short_by").search(said))
        gap = abs(points.figure.value)
        value = rate.figure.value + gap if below else rate.figure.value - gap
        yield from _fitting(ctx, rate, points, "below" if below else "above", value)


def _fitting(
    ctx: Context, result: Entry, told: Entry, kind: Literal["share", "above", "below"], value: float
) -> Iterator[ImpliedGoal]:
    own, other = linked(ctx, result), linked(ctx, told)
    if own is None or other is None:
        return
    coverage, missing = together(ctx.index, ctx.want().but(periods=(), scenarios=None), (own, other))
    off = tuple(m for m in own.missing if m.startswith(OFF))
    missing = tuple(m for m in missing if not m.startswith(OFF))
    if kind == "share" or ctx.measure() not in (*rates(), "c:rate"):  # the gap to a rate's goal names the rate
        missing = (*missing, *off)
    made = ImpliedGoal(result, told, replace(own, coverage=coverage, missing=missing), kind, value)
    if made.year is not None and _year_fits(ctx, made.year):
        yield made


def _year_fits(ctx: Context, year: int) -> bool:
    return not ctx.periods or any(
        (p.first if p.first is not None else p.last) // 12 <= year <= p.last // 12 for p in ctx.periods
    )


def _rate_of(ctx: Context, points: Entry) -> Entry | None:
    """The rate that a gap in percentage points is told of: the last percentage before it in its sentence."""
    before = [
        e
        for e in ctx.index.entries
        if e.figure.notice_id == points.figure.notice_id
        and e.figure.beside(points.figure)
        and e.figure.unit == "percent"
        and e.figure.change_kind == ChangeKind.SHARE
        and e.figure.start < points.figure.start
    ]
    return max(before, key=lambda e: e.figure.start, default=None)


def _between(rate: Entry, points: Entry) -> str:
    """What a sentence says from a rate on: in Chinese up to the points, else to its end."""
    figure = points.figure
    begin = figure.quote.find(rate.figure.published_as) + len(rate.figure.published_as)
    end = figure.quote.find(figure.published_as) if points.notice.language == "zh" else len(figure.quote)
    return figure.quote[begin : max(end, begin) + (len(figure.published_as) if points.notice.language == "zh" else 0)]


def _told(ctx: Context, goal: ImpliedGoal, unasked: float) -> Candidate:
    """The goal itself."""
    language = ctx.reading.language
    asked = ASKED if ctx.reading.has("implied") else ALONE if _alone(ctx, goal) else unasked
    message = {"share": "implied_target", "above": "implied_points", "below": "implied_points_below"}[goal.kind]
    return Candidate(
        operation="implied target",
        score=goal.link.score + asked,
        entries=(goal.result, goal.told),
        expressions=((goal.expression, goal.unit),),
        headline="C1",
        message=message,
        parts={
            "value": "{C1}",
            "when": str(goal.year),
            "level": "{F1}",
            "share": "{F2}",
            "points": "{F2:abs}",
            "what": named(goal.result, language)["label"],
        },
        missing=goal.link.missing,
        coverage=goal.link.coverage,
    )


def _alone(ctx: Context, goal: ImpliedGoal) -> bool:
    """Whether no published goal is the implied one, or only one that a question about a changed goal does not mean."""
    changed = bool(pattern("changed").search(ctx.reading.text))
    measures = concepts().measures.keys()
    published = [
        e.figure.value
        for e in ctx.index.entries
        if e.figure.scenario != Scenario.ACTUAL
        and e.figure.unit == goal.unit
        and e.months is not None
        and e.months.last // 12 == goal.year
        and bool(e.core & goal.result.core & measures)
    ]
    close = any(abs(v - goal.value) <= SAME * abs(v) for v in published)
    return not published or (changed and not close)


def _against_level(ctx: Context, goal: ImpliedGoal) -> Iterator[Candidate]:
    """An implied goal set against the result of another year."""
    if goal.kind != "share":
        return
    language, found = ctx.reading.language, _told(ctx, goal, UNASKED)
    others = tuple(p for p in ctx.periods if p.last // 12 != goal.year)
    want = level_want(ctx).but(kinds=_AMOUNT, scenarios=frozenset({"actual"}), periods=others)
    for other in partners(ctx, goal.link, want)[:1] if others else ():
        yield replace(
            found,
            operation="implied target against actual",
            score=found.score + 0.45,
            entries=(goal.result, goal.told, other.entry),
            expressions=(*found.expressions, ("C1 - F3", None)),
            headline="C2",
            message="target_higher" if goal.value > other.entry.figure.value else "target_lower",
            parts={**found.parts, "gap": "{C2:abs}", "other": "{F3}", **named(other.entry, language, "other_")},
        )


def _reached(ctx: Context, goal: ImpliedGoal) -> Candidate:
    """ "Was the rate reached?": it stands so many points above or below its goal."""
    more, language = goal.kind == "above", ctx.reading.language
    return Candidate(
        operation="target against actual",
        score=goal.link.score + 0.35,
        entries=(goal.result, goal.told),
        expressions=((goal.expression, "percent"),),
        headline="F2",
        truth=more,
        message="reached" if more else "missed",
        parts={
            "a_value": "{F1}",
            "b_value": "{C1}",
            "value": "{F2:abs}",
            **named(goal.result, language, "a_"),
            "what": named(goal.result, language)["label"],
            "when": named(goal.result, language)["when"],
        },
        missing=goal.link.missing,
        coverage=goal.link.coverage,
    )


def shares_of_goals(ctx: Context) -> list[Entry]:
    """The published shares that say how much of a goal was reached."""
    return [
        e
        for e in ctx.index.entries
        if e.figure.change_kind == ChangeKind.SHARE
        and e.figure.unit == "percent"
        and pattern("target").search(f"{e.figure.label} {e.figure.relates_to or ''} {_around(e)}")
    ]


def _around(entry: Entry) -> str:
    quote, token = entry.figure.quote, entry.figure.published_as
    at = quote.find(token)
    around = quote[max(at - 14, 0) : at + len(token) + 30] if at >= 0 else ""
    return pattern("against_goal").sub(" ", around)


def completed_level(ctx: Context, share: Entry) -> Entry | None:
    """The amount that a published share of a goal is about: what it is tied to, else what was told last before it."""
    tied = next((e for e in ctx.index.entries if e.figure.figure_id == share.figure.relates_to), None)
    if tied and tied.figure.change_kind in _AMOUNT:
        return tied
    amounts = [
        e
        for e in ctx.index.entries
        if e.figure.notice_id == share.figure.notice_id
        and e.figure.change_kind in _AMOUNT
        and family(e.figure.unit) in ("money", "count")
        and 0 <= share.figure.start - e.figure.end <= FARTHEST
    ]
    last = max((e for e in amounts if not e.figure.beside(share.figure)), key=lambda e: e.figure.start, default=None)
    beside = [e for e in amounts if e.figure.beside(share.figure) and e.figure.scenario != Scenario.TARGET]
    before = [e for e in amounts if last and e.figure.beside(last.figure) and e.figure.scenario == Scenario.ACTUAL]
    told = [e for e in beside or before if not pattern("goal_before").search(_in_front(e))]
    return max(told, key=lambda e: (_akin(ctx, e, share), e.figure.start), default=None)


def _in_front(entry: Entry) -> str:
    """The sentence of a figure up to its number."""
    return entry.figure.quote[: max(entry.figure.quote.find(entry.figure.published_as), 0)]


def _akin(ctx: Context, level: Entry, share: Entry) -> bool:
    """Whether a share of a goal names the measure of an amount."""
    measures = concepts().measures.keys() - {"c:rate", "c:completion", "c:value"}
    return bool(level.core & share.core & measures) or overlap(ctx.index, level.core, share.core) > 0.5


def linked(ctx: Context, entry: Entry) -> Link | None:
    """How well an entry explains the question's words, whatever its period and scenario."""
    want = ctx.want().but(periods=(), scenarios=None)
    return next((k for k in ctx.links(want, len(ctx.index.entries)) if k.entry.order == entry.order), None)
