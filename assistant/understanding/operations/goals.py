"""A goal and what came of it: met or missed, by how much, how far along, what is left, how far above another year."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log2

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import AKIN, Entry, grouping, worth
from assistant.understanding.linking import OFF, Link, Want, together
from assistant.understanding.operations.comparison import compared, is_result
from assistant.understanding.operations.implied_goals import completed_level, linked, shares_of_goals
from assistant.understanding.operations.pairs import Pair, comparable, harmony, one_place
from assistant.understanding.operations.parts import named
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months, counted_years, fit, holds
from assistant.understanding.terms import concepts
from assistant.wording.phrases import say, table
from knowledge.figure import ChangeKind, Scenario

_PLANNED = frozenset({"target", "forecast"})
_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE, ChangeKind.SHARE})
_RELATIONS = (
    "versus", "reach", "met", "actual", "difference", "why", "left", "completion", "share", "percent", "confirm",
    "at_least", "at_most", "max", "min", "growth",
)  # fmt: skip
_OF_FORECASTS = ("versus", "reach", "actual", "difference", "why")
PUBLISHED = 0.45  # what a published share of a known goal gains, before one that is worked out
BOTH = 0.3  # a goal and its result explain a question together
FAR = 0.25  # amounts of so different a size that one is hardly the goal of the other
BESIDE = 0.15  # a goal in the sentence of its result
ROUNDED = 0.06  # percent, that a published share may be rounded by
TIMES = 5  # of its goal, beyond which a whole year's result is one of something else
UNLIKE = 0.05  # a goal and a result of different groups
PART = 0.15  # a result of only the beginning of the time of its goal, unasked
ENDED = 0.4  # how much better the words must fit a result on the way than that of the whole time
PIECE = 0.35  # a result of some months inside it
ANOTHER = 0.15  # only one of two years is named
OLDER = 0.04  # a goal of an earlier year where the question names none
NEXT_TO = 4  # results beside which goals are looked for
BEHIND = 240  # characters between a result and a goal that is called nothing else
UNNAMED = 0.1  # what such a goal loses
GENERAL = frozenset({"c:value", "c:investment", "c:planned"})
RATES = frozenset({"c:rate", "c:landing_rate"})
GOALS, RESULTS = 12, 60  # looked through
WORSE = 0.45  # how much worse than the best a goal or a result may explain the words


@dataclass(frozen=True, slots=True)
class _Goal:
    """A result and a goal that belong together; `across` where they are of different times."""

    result: Link
    goal: Link
    score: float
    across: bool


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as a goal set against a result."""
    has = ctx.reading.has
    if not (has("target", "completion") and has(*_RELATIONS)) and not (has("forecast") and has(*_OF_FORECASTS)):
        return
    found = sorted(_found(ctx), key=lambda f: -f.score)
    for one in found[:4]:
        yield _across(ctx, one) if one.across else _said(ctx, one)
    if _asks_part(ctx):
        yield from _published_parts(ctx, found)


def _found(ctx: Context) -> list[_Goal]:
    want = ctx.want().but(kinds=_LEVEL, scenarios=None, periods=())
    kind = concepts().measures.get(ctx.measure() or "", "")
    rated = any(t.key in RATES for t in ctx.reading.terms)
    alike = want.but(families=frozenset({kind})) if kind in ("count", "money") and not rated else want
    return _ended(ctx, list(_pairs(ctx, alike)) or list(_pairs(ctx, want)))


def _pairs(ctx: Context, want: Want) -> Iterator[_Goal]:
    planned = [k for k in ctx.links(want.but(scenarios=_PLANNED), GOALS) if not _came(ctx, k.entry)]
    came = [k for k in ctx.links(want, RESULTS) if _came(ctx, k.entry)]
    results = _in_force(ctx, came, ctx.reading.has("first"))
    goals = _in_force(ctx, [*planned, *_told_beside(ctx, results[:NEXT_TO], planned)], ctx.first_goal())
    latest = max((k.entry.months.last for k in goals if k.entry.months), default=0)
    for goal in goals:
        for result in results:
            if goal.score < goals[0].score - WORSE or result.score < results[0].score - WORSE:
                continue
            timing = _timing(ctx, result.entry, goal.entry)
            if timing is None or not comparable(result, goal) or not one_place(result, goal):
                continue
            if (_judges(ctx) and _open(result.entry, goal.entry)) or _another(result.entry, goal.entry):
                continue
            score = (result.score + goal.score) / 2 + 2 * harmony(ctx, result, goal, True) + BOTH + timing
            score += _together(ctx, result.entry, goal.entry) - _apart(result.entry, goal.entry)
            score -= 0.0 if grouping(result.entry.figure) == grouping(goal.entry.figure) else UNLIKE
            if not ctx.spans and goal.entry.months:
                score -= OLDER * (latest - goal.entry.months.last) // 12
            yield _Goal(result, goal, score, not _inside(result.entry, goal.entry))


def _told_beside(ctx: Context, results: list[Link], known: list[Link]) -> Iterator[Link]:
    """Goals that are called nothing but that, told beside the result they are for: "the agency's target was 45 bn"."""
    measures = concepts().measures
    taken = {k.entry.order for k in known if k.coverage >= results[0].coverage} if results else set()
    for result in results:
        figure = result.entry.figure
        for entry in ctx.index.entries:
            goal = entry.figure
            near = goal.notice_id == figure.notice_id and abs(goal.start - figure.start) <= BEHIND
            if not near or goal.scenario not in _PLANNED or goal.unit != figure.unit or entry.order in taken:
                continue
            own = {t for t in entry.head | (entry.core & measures.keys()) if measures.get(t) in ("money", "count")}
            if not own - GENERAL and entry.months == result.entry.months:
                taken.add(entry.order)
                yield replace(result, entry=entry, score=result.score - UNNAMED)


def _in_force(ctx: Context, links: list[Link], first: bool) -> list[Link]:
    """The figures without those that were replaced later, or without the later ones where the first are asked for."""
    orders, later = {k.entry.order for k in links}, ctx.index.successors
    dropped = {old for old in orders if later.get(old) in orders}
    if first:
        dropped = {later[old] for old in dropped}
    return [k for k in links if k.entry.order not in dropped]


def _came(ctx: Context, entry: Entry) -> bool:
    """Whether a figure counts as what came of a goal: a result, or where forecasts are asked about what is expected."""
    expected = entry.figure.scenario == Scenario.FORECAST and ctx.reading.has("forecast") and ctx.reading.has("target")
    return expected or is_result(entry)


def _judges(ctx: Context) -> bool:
    """Whether a goal is asked to be met or missed, which is known at its end."""
    has = ctx.reading.has
    return has("reach", "met", "why", "confirm") and not has("left", "completion", "percent", "share", "versus")


def _open(result: Entry, goal: Entry) -> bool:
    """Whether the time of a goal goes on behind a result that does not reach it yet."""
    reached, due = result.months, goal.months
    ends = reached is not None and due is not None and reached.first is not None and reached.last < due.last
    return ends and result.figure.value < goal.figure.value and _inside(result, goal)


def _inside(result: Entry, goal: Entry) -> bool:
    return bool(result.months and goal.months and holds(goal.months, result.months))


def _timing(ctx: Context, result: Entry, goal: Entry) -> float | None:
    """How well the times of a result and a goal suit each other and the question; None where they do not."""
    reached, due = result.months, goal.months
    if reached is None or due is None:
        return None
    asked = ctx.moments
    if holds(due, reached):
        if not all(any(_answers(p, reached, due) for p in choices) for choices in asked):
            return None
        return _progress(ctx, reached, due)
    before = counted_years(ctx.reading.text) or pattern("year_before").search(ctx.reading.text)
    if ctx.reading.has("completion", "left") and not (len(asked) > 1 or before):
        return None
    of_result = [any(fit(p, reached) for p in choices) for choices in asked]
    of_goal = [any(fit(p, due) for p in choices) for choices in asked]
    if not all(a or b for a, b in zip(of_result, of_goal, strict=True)):
        return None
    if len(asked) > 1:
        return 0.0 if any(of_result) and any(of_goal) else None
    following = due.last - reached.last == 12 and before
    return -ANOTHER if following and asked else None


def _answers(asked: Months, reached: Months, due: Months) -> bool:
    """Whether an asked time is that of the result or of its goal, the day of the result, or the rest of the time."""
    if fit(asked, reached) or fit(asked, due):
        return True
    ends = asked.last == reached.last and asked.length <= 1
    rest = asked.last == due.last and asked.first is not None and asked.first == reached.last + 1
    return ends or rest


def _progress(ctx: Context, reached: Months, due: Months) -> float:
    """A result of the whole time first, then what was reached from its beginning on, the latest; then pieces of it."""
    if due.first is None or reached == due or (reached.first is None and reached.last == due.last):
        return 0.0
    named = any(fit(p, reached) and p.length < due.length for choices in ctx.moments for p in choices)
    if reached.first in (None, due.first):
        return (0.0 if named else -PART) - 0.1 * (due.last - reached.last) / due.length
    return -PIECE


def _ended(ctx: Context, found: list[_Goal]) -> list[_Goal]:
    """Without what was reached on the way where the whole time is named and its result is known, in words as good."""
    if ctx.reading.has("completion", "left"):
        return found
    asked = [p for choices in ctx.moments for p in choices]

    def whole(one: _Goal) -> bool:
        reached, due = one.result.entry.months, one.goal.entry.months
        return reached is not None and due is not None and reached.last == due.last and due in asked

    best = {one.goal.entry.order: one.result.score for one in found if whole(one) and not one.across}
    return [
        one
        for one in found
        if one.across or whole(one) or one.result.score > best.get(one.goal.entry.order, -1.0) + ENDED
    ]


def _together(ctx: Context, result: Entry, goal: Entry) -> float:
    """What speaks for two amounts: one sentence, and a published share that is their quotient."""
    if result.figure.notice_id != goal.figure.notice_id or not goal.figure.value:
        return 0.0
    percent = 100 * result.figure.value / goal.figure.value
    shares = (e.figure for e in ctx.index.entries if e.figure.notice_id == goal.figure.notice_id)
    told = any(f.change_kind == ChangeKind.SHARE and abs(f.value - percent) <= ROUNDED for f in shares)
    return (BESIDE if result.figure.quote == goal.figure.quote else 0.0) + (BESIDE if told else 0.0)


def _another(result: Entry, goal: Entry) -> bool:
    small, large = sorted((abs(result.figure.value), abs(goal.figure.value)))
    stock = bool(result.months and result.months.first is None)
    return (stock or result.months == goal.months) and large > TIMES * small


def _apart(result: Entry, goal: Entry) -> float:
    """What speaks against two amounts by their size: a whole year's result is seldom far from its goal."""
    small, large = sorted((abs(result.figure.value), abs(goal.figure.value)))
    if large > 10 * small or not small:
        return FAR
    reached, due = result.months, goal.months
    whole = bool(reached and due and reached.length == due.length)
    return min(FAR, 0.1 * log2(large / small)) if whole and small else 0.0


def _across(ctx: Context, found: _Goal) -> Candidate:
    """The goal of one time against the result of another, the later one first."""
    a, b = found.goal, found.result
    if (b.entry.months and a.entry.months) and b.entry.months.last > a.entry.months.last:
        a, b = b, a
    coverage, missing = _explained(ctx, a, b)
    made = compared(ctx, Pair(a, b, found.score), 0.0)
    return replace(made, coverage=coverage, missing=missing)


def _explained(ctx: Context, a: Link, b: Link) -> tuple[float, tuple[str, ...]]:
    """What two figures explain together; the measure must be one of their own words, not just of their notice."""
    coverage, missing = together(ctx.index, ctx.want(), (a, b))
    measure = ctx.measure()
    asked = measure if measure in {t.key for t in ctx.reading.terms} - ctx.reading.soft else None
    # another measure that the question names may be meant: what is left to invest for an expenditure goal
    heads = {t.key for t in ctx.reading.terms} & (a.entry.head | b.entry.head)
    told = asked is None or bool(heads) or max(worth(ctx.index, asked).get(k.entry.order, 0.0) for k in (a, b)) >= AKIN
    if not told and asked is not None:
        return coverage, tuple(dict.fromkeys((*missing, asked)))
    return coverage, tuple(m for m in missing if not (heads and m.startswith(OFF)))


def _said(ctx: Context, found: _Goal) -> Candidate:
    """A result against its goal, as the question wants it put."""
    language, has = ctx.reading.language, ctx.reading.has
    a, b = found.result.entry, found.goal.entry
    more = a.figure.value >= b.figure.value
    coverage, missing = _explained(ctx, found.result, found.goal)
    message, expression, unit, score = "vs", "F1 - F2", None, found.score
    truth: bool | None = None
    if has("why"):
        message = "not_missed" if more else "missed"
        claimed_less = bool(pattern("short_of").search(ctx.reading.text))
        score += 0.5 if claimed_less == more else 0.0  # a false premise is put right before anything else
    elif _asks_part(ctx) and a.figure.unit != "percent":
        message, expression, unit = "completed_of", "share(F1, F2)", "percent"
    elif has("left"):
        message, expression = ("nothing_left", "F1 - F2") if more else ("left_to_goal", "F2 - F1")
    elif _asks_whether(ctx):
        message = "reached" if more else "missed"
        truth = more if not has("difference", "count", "money", "percent") else None
        if has("percent") and a.figure.unit != "percent" and not pattern("yes_no").search(ctx.reading.text):
            expression, unit = "growth(F1, F2)", "percent"
    elif has("percent") and a.figure.unit != "percent":
        expression, unit = "growth(F1, F2)", "percent"
    words = table(language)["words"]
    return Candidate(
        operation="target against actual",
        score=score,
        entries=(a, b),
        expressions=((expression, unit),),
        headline="C1",
        message=message,
        truth=truth,
        parts={
            "value": "{C1:abs}",
            "a_value": "{F1}",
            "b_value": "{F2}",
            "direction": words["higher"] if more else words["lower"],
            **named(a, language, "a_"),
            **named(b, language, "b_"),
            "what": named(a, language)["label"],
            **named(a, language),
        },
        missing=missing,
        coverage=coverage,
    )


def _asks_part(ctx: Context) -> bool:
    """Whether a part of the goal is asked for, not how far above or below it the result is."""
    has = ctx.reading.has
    apart = has("difference", "at_least", "versus", "growth", "fall", "met", "left") and not has("completion")
    return has("completion") or (has("share", "percent") and not apart)


def _asks_whether(ctx: Context) -> bool:
    has = ctx.reading.has
    return has("reach", "confirm") or bool(has("met") and pattern("yes_no").search(ctx.reading.text))


def _published_parts(ctx: Context, found: list[_Goal]) -> Iterator[Candidate]:
    """A published share of a goal, with the amount it is of and the goal where they are known."""
    language, each = ctx.reading.language, []
    for share in shares_of_goals(ctx):
        level = completed_level(ctx, share)
        months = (level or share).months
        link = linked(ctx, level or share)
        if link is None or months is None:
            continue
        if not all(any(fit(p, months) or holds(p, months) for p in choices) for choices in ctx.moments):
            continue
        goal = next((f.goal.entry for f in found if level and f.result.entry.order == level.order), None)
        entries = tuple(e for e in (share, level, goal) if e)
        each.append((link, share, level or share))
        yield Candidate(
            operation="completion",
            score=link.score + BOTH + (PUBLISHED if goal else 0.1),
            entries=entries,
            headline="F1",
            message="completed_of" if goal else "completed",
            parts={"value": "{F1}", "a_value": "{F2}", "b_value": "{F3}", **named(level or share, language)},
            missing=link.missing,
            coverage=link.coverage,
        )
    yield from _each_part(ctx, each)


def _each_part(ctx: Context, told: list[tuple[Link, Entry, Entry]]) -> Iterator[Candidate]:
    """The published shares of the goals of several measures that the question names."""
    language = ctx.reading.language
    asked = list(
        dict.fromkeys(t.key for t in ctx.reading.terms if concepts().measures.get(t.key) in ("money", "count"))
    )
    best = [max((t for t in told if m in t[2].head), key=lambda t: t[0].score, default=None) for m in asked]
    chosen = [t for t in best if t]
    if len(asked) < 2 or len(chosen) < len(asked) or len({share.order for _, share, _ in chosen}) < len(chosen):
        return
    links = tuple(link for link, _, _ in chosen)
    coverage, missing = together(ctx.index, ctx.want().but(periods=(), scenarios=None), links)
    items = [say("item", language, value=f"{{F{n}}}", **named(of, language)) for n, (_, _, of) in enumerate(chosen, 1)]
    yield Candidate(
        operation="completion",
        score=max(k.score for k in links) + BOTH + PUBLISHED + 0.2,
        entries=tuple(share for _, share, _ in chosen),
        headline="",
        message="list",
        parts={"items": table(language)["words"]["list"].join(items)},
        missing=tuple(m for m in missing if not m.startswith(OFF)),
        coverage=coverage,
    )
