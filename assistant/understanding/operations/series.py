"""One indicator over its periods, a target or an implied value among them where they are asked for."""

from collections.abc import Iterator

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, grouping
from assistant.understanding.linking import Link, Want
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.pairs import goes_with, harmony, partners
from assistant.understanding.operations.parts import named
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months, code_of, earlier, fit
from assistant.understanding.relations import growth_of
from assistant.wording.periods import period
from assistant.wording.phrases import mark, say, table
from knowledge.figure import ChangeKind, Scenario

_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE, ChangeKind.SHARE})
PLANNED = frozenset({"target", "forecast"})
MOST = 8
EACH, COMPLETE = 0.01, 0.15
NARROWED = 0.15  # what a figure loses for being of a group that the others are not of


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as a series over time."""
    has = ctx.reading.has
    if (has("implied") and not has("series")) or not (has("series") or _lists(ctx)):
        return
    want = level_want(ctx).but(periods=(), kinds=_LEVEL, scenarios=PLANNED if _goals_alone(ctx) else None)
    years = _years(ctx)
    for link in ctx.links(want, 6):
        members = _of_years(ctx, link, want, years) if years else _members(ctx, link, want)
        if len(members) >= 2:
            yield series(ctx, link, members)


def _lists(ctx: Context) -> bool:
    """Whether several times are named and nothing is to be done with their figures; "plus the goal" adds one more."""
    has = ctx.reading.has
    if has("growth", "fall", "difference", "versus", "cagr", "average", "share", "max", "min"):
        return False
    many = len(ctx.periods) >= 2 or any(p.length > 24 for p in ctx.periods)
    return many and (bool(pattern("plus_the_goal").search(ctx.reading.text)) or not (ctx.adds_up or has("sum")))


def _years(ctx: Context) -> tuple[Months, ...]:
    """Each whole year that is asked for, where nothing but whole years is."""
    text, spans = ctx.reading.text, ctx.periods
    both = ctx.reading.has("actual", "versus", "reach", "difference")
    parts = pattern("quarterly").search(text) or pattern("by_month").search(text)
    if both or parts or not spans or any(p.first is None or p.first % 12 or p.length < 12 for p in spans):
        return ()
    years = sorted({y for p in spans for y in range((p.first or 0) // 12, p.last // 12 + 1)})
    return tuple(Months(y * 12, y * 12 + 11) for y in years) if len(years) > 1 else ()


def _of_years(ctx: Context, anchor: Link, want: Want, years: tuple[Months, ...]) -> tuple[Entry, ...]:
    """For each year the figure that goes with the anchor best: a result, else a goal where goals are spoken of."""
    planned = ctx.reading.has("target", "forecast")
    chosen = []
    for year in years:
        found = [k for k in ctx.links(want.but(periods=(year,)), 40) if goes_with(anchor, k)]
        found = [k for k in found if planned or is_result(k.entry) == is_result(anchor.entry)]
        best = max(found, key=lambda k: _suits(ctx, anchor, k, year), default=None)
        chosen += [best.entry] if best else []
    return tuple(dict.fromkeys(chosen))


def _suits(ctx: Context, anchor: Link, link: Link, year: Months) -> tuple[float, bool, bool, float]:
    """What decides between figures for one year: its time, result before goal, what holds now, words, company."""
    e = link.entry
    alike = 0.0 if e.order == anchor.entry.order else harmony(ctx, anchor, link, True)
    alike -= NARROWED if grouping(e.figure).keys() - grouping(anchor.entry.figure).keys() else 0.0
    return _dated(year, link), is_result(e), not e.superseded, link.score + 2 * alike


def _dated(year: Months, link: Link) -> float:
    """How well a figure's time is the year: what is published for all of it, or had come together by its end."""
    m = link.entry.months
    return 1.0 if m and _yearly(m) and m.last == year.last else fit(year, m)


def _goals_alone(ctx: Context) -> bool:
    """Whether goals are asked for and no results: "which goals were set for 2022 and 2023"."""
    goals = [c.start for c in ctx.reading.cues if c.name == "target"]
    dated = [p.start for p in ctx.reading.periods]
    return (
        bool(goals) and len(dated) >= 2 and min(goals) < min(dated) and not ctx.reading.has("actual", "versus", "reach")
    )


def _members(ctx: Context, link: Link, want: Want) -> tuple[Entry, ...]:
    """One figure a period, oldest first, inside the asked stretch."""
    planned = ctx.reading.has("target", "forecast")
    both = planned and ctx.reading.has("actual", "versus", "reach", "difference")
    chosen: dict[object, Entry] = {}
    for k in sorted((link, *partners(ctx, link, want, 80)), key=_rank, reverse=True):
        e = k.entry
        apart = not is_result(e) and is_result(link.entry)
        if e.months is None or (apart and not planned):
            continue
        if _asked(ctx, e.months):
            chosen.setdefault((e.months.last, e.months.length, e.figure.scenario if both else ""), e)
    members = sorted(chosen.values(), key=lambda e: e.months.last if e.months else 0)
    for name, length in (("quarterly", 3), ("by_month", 1)):
        parts = [e for e in members if e.months and e.months.length == length]
        if pattern(name).search(ctx.reading.text) and len(parts) >= 2:
            inside = [e for e in parts if e.months and (not ctx.periods or _inside(ctx.periods, e.months))]
            return tuple((inside or parts)[-12:])
    if link.entry.months and link.entry.months.length == 12:
        whole = [e for e in members if (e.months and _yearly(e.months)) or e.figure.scenario != Scenario.ACTUAL]
        members = whole if len(whole) >= 2 else members
    return tuple(members[-MOST:])


def _inside(asked: tuple[Months, ...], have: Months) -> bool:
    return any(p.first is not None and have.first is not None and p.first <= have.first <= p.last for p in asked)


def _yearly(months: Months) -> bool:
    """A whole year, or what had come together by its end."""
    return months.length == 12 or (months.first is None and months.last % 12 == 11)


def _rank(link: Link) -> tuple[bool, bool, bool, float, int]:
    published = link.entry.notice.published
    return (
        is_result(link.entry),
        link.entry.figure.scenario != Scenario.TARGET,
        not link.entry.superseded,
        round(link.score, 1),
        published.toordinal() if published else 0,
    )


def _asked(ctx: Context, have: Months) -> bool:
    if not ctx.periods:
        return True
    if any(fit(p, have) for p in ctx.periods) or (ctx.reading.has("series") and len(ctx.periods) == 1):
        return True
    starts = [p.first if p.first is not None else p.last for p in ctx.periods]
    ranged = len(ctx.periods) == 2 or any(p.length > 12 for p in ctx.periods)
    low, high = min(starts) - 9, max(p.last for p in ctx.periods) + 9
    begin = have.first if have.first is not None else have.last
    return ranged and low <= begin and have.last <= high


def series(ctx: Context, link: Link, members: tuple[Entry, ...]) -> Candidate:
    """One figure a period, in words."""
    language = ctx.reading.language
    entries: list[Entry] = list(members)
    items = [_item(e, f"{{F{i}}}", language) for i, e in enumerate(members, 1)]
    expressions: tuple[tuple[str, str | None], ...] = ()
    first = members[0]
    asked = _years(ctx) or ctx.endpoints
    if ctx.periods and first.months and min(p.last for p in asked) == first.months.last - 12:
        growth = growth_of(ctx.index, first)
        if growth and growth.figure.unit == "percent":
            entries.append(growth)
            expressions = ((f"F1 / (1 + F{len(entries)} / 100)", first.figure.unit),)
            code = code_of(earlier(first.months, 12))
            items.insert(0, f"{period(code, language)} {{C1}} ({table(language)['marks']['implied']})")
    return Candidate(
        operation="series",
        score=link.score + (0.2 if ctx.reading.has("series") else 0.1) + _complete(ctx, members),
        entries=tuple(entries),
        expressions=expressions,
        headline="",
        message="series",
        parts={
            "items": table(language)["words"]["list"].join(items),
            **named(link.entry, language),
            "what": named(link.entry, language)["label"],
        },
        missing=link.missing,
        coverage=link.coverage,
        table=(("", "value"), *((period(e.figure.time_period, language), e.figure.published_as) for e in members)),
        chart=len(members) > 2,
    )


def _complete(ctx: Context, members: tuple[Entry, ...]) -> float:
    """What a series gains for each member, and for each asked time that it has."""
    held = [any(e.months and fit(p, e.months) for e in members) for p in _years(ctx) or ctx.endpoints]
    return EACH * len(members) + (COMPLETE * sum(held) / len(held) if held and _lists(ctx) else 0.0)


def _item(entry: Entry, slot: str, language: str) -> str:
    marked = mark(entry.figure, language)
    return say(
        "series_item",
        language,
        period=period(entry.figure.time_period, language),
        value=slot,
        mark=f" ({marked})" if marked else "",
    )
