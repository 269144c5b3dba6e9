"""The level before a published change: a later level with its growth, its multiple or the step that led to it."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import Link
from assistant.understanding.operations.conversion import matching
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.pairs import comparable, one_place
from assistant.understanding.operations.parts import named
from assistant.understanding.periods import Months, code_of, counted_years, earlier, fit, months
from assistant.understanding.relations import changes_to, level_of
from assistant.wording.periods import when
from knowledge.figure import ChangeKind

_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE, ChangeKind.SHARE})
_TELLING = ("percent", "points", "multiple", "money")
RATES = frozenset({"c:rate", "c:landing_rate"})
IMPLIED = 0.15  # the question says that the value is to be worked out
NAMED = 0.35  # the question names the change or the level after it by its number
UNSAID = -0.1  # an implied value where a published one may be meant
LATER = (12, 1, 3)  # months from a level to the one that a change from it leads to
FEW, MANY = 5, 20  # levels looked at
NEAR = 0.2  # the level itself is named
WORSE = 0.5  # how much worse a published level may explain the words
SMALL = 12  # a count up to which names nothing


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as the level before a change."""
    given = _named(ctx)
    if not given and ctx.reading.has("target", "left", "completion"):
        return  # of a goal
    seen: set[tuple[int, int]] = set()
    for link in _levels(ctx, given):
        for change in (*changes_to(ctx.index, link.entry), *_put_together(ctx, link.entry, given)):
            before, pair = _before(link.entry, change), (link.entry.order, change.order)
            told = bool(given & set(pair))
            if before is None or pair in seen or not _fits(ctx, link.entry, change, before, told):
                continue
            if not told and not _asked(ctx) and _published(ctx, link, before):
                continue
            seen.add(pair)
            pointed = replace(link, score=link.score + (NEAR if pair[0] in given else 0.0), coverage=1.0, missing=())
            bonus = NAMED if told else IMPLIED if _asked(ctx) else UNSAID
            yield _implied(ctx, pointed if told else link, change, before, bonus)


def _named(ctx: Context) -> frozenset[int]:
    """The figures whose numbers the question names."""
    if not (ctx.reading.has("implied", "growth", "fall") or ctx.periods):
        return frozenset()
    telling = (
        a for a in ctx.reading.amounts if a.kind in ("percent", "points", "multiple", "money") or a.value > SMALL
    )
    return frozenset(e.order for a in telling for e in matching(ctx, a))


def _levels(ctx: Context, given: frozenset[int]) -> Iterator[Link]:
    """The levels whose change may lead back to what is asked for: of a rate, where a rate is asked for."""
    want = level_want(ctx).but(scenarios=None, kinds=_LEVEL)
    if any(t.key in RATES and t.key not in ctx.reading.soft for t in ctx.reading.terms):
        want = want.but(families=frozenset({"percent"}))
    periods = tuple(earlier(p, -n) for p in ctx.spans for n in LATER if n == 12 or p.length == n)
    if periods:
        yield from ctx.links(want.but(periods=periods), FEW)
    if given:
        for link in ctx.links(want.but(periods=()), len(ctx.index.entries)):
            if link.entry.order in given or given & {c.order for c in changes_to(ctx.index, link.entry)}:
                yield link
    elif _asked(ctx) and (not periods or counted_years(ctx.reading.text) < 0):
        yield from ctx.links(want.but(periods=()), MANY)


def _put_together(ctx: Context, level: Entry, given: frozenset[int]) -> tuple[Entry, ...]:
    """The changes that the asker names beside a level of the same notice and time, whatever either is called."""
    if level.order not in given:
        return ()
    beside = (e for e in ctx.index.entries if e.order in given and e.figure.notice_id == level.figure.notice_id)
    return tuple(e for e in beside if e.figure.change_kind == ChangeKind.YOY_GROWTH and e.months == level.months)


def _asked(ctx: Context) -> bool:
    return ctx.reading.has("implied")


def _before(level: Entry, change: Entry) -> Months | None:
    """When the level before a change was."""
    base = months(change.figure.base_period or "")
    if base and level.months and change.months == level.months != base and base.length == level.months.length:
        return base
    return earlier(level.months, 12) if level.months and change.figure.change_kind != ChangeKind.MOM_GROWTH else None


def _fits(ctx: Context, level: Entry, change: Entry, before: Months, told: bool) -> bool:
    """Whether a level and its change belong together, lead to the asked time, and no level is published for it."""
    of = level_of(ctx.index, change)
    if level.figure.unit == "percent" and change.figure.unit != "percentage points":
        return False
    another = of is not None and of.figure.value != level.figure.value and not level.twin
    if change.figure.comparable_basis or another or level.months is None:
        return False
    asked = ctx.moments
    if asked and not any(fit(p, before) for choices in asked for p in choices):
        back = counted_years(ctx.reading.text) < 0 or (told and _asked(ctx))
        return back and all(any(fit(p, level.months) for p in choices) for choices in asked)
    return bool(asked) or told or _asked(ctx)


def _published(ctx: Context, link: Link, before: Months) -> bool:
    """Whether a level of the asked time is published that answers about as well."""
    want = level_want(ctx).but(scenarios=None, kinds=_LEVEL, periods=(before,))
    found = (k for k in ctx.links(want, FEW) if k.score >= link.score - WORSE)
    return any(comparable(link, k) and one_place(link, k) for k in found)


def _formula(change: Entry) -> str:
    """The level before a change, F1 being the level after it and F2 the change."""
    if change.figure.change_kind == ChangeKind.DIFFERENCE or change.figure.unit == "percentage points":
        return "F1 - F2"
    return "F1 / F2" if change.figure.unit == "times" else "F1 / (1 + F2 / 100)"


def _implied(ctx: Context, link: Link, change: Entry, before: Months, bonus: float) -> Candidate:
    language, times = ctx.reading.language, change.figure.unit == "times"
    return Candidate(
        operation="implied previous",
        score=link.score + bonus,
        entries=(link.entry, change),
        expressions=((_formula(change), link.entry.figure.unit),),
        headline="C1",
        message="implied_previous_times" if times else "implied_previous",
        parts={
            "value": "{C1}",
            "when": when(code_of(before), language),
            "level": "{F1}",
            "growth": "{F2}",
            **named(link.entry, language, "level_"),
            "what": named(link.entry, language)["label"],
        },
        missing=link.missing,
        coverage=link.coverage,
    )
