"""One published figure, a change that was published, or several of them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.cues import read_cues
from assistant.understanding.figure_index import GROUPS, Entry, grouping
from assistant.understanding.linking import Link, Want
from assistant.understanding.operations.pairs import partners
from assistant.understanding.operations.parts import named, signed
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import earlier
from assistant.understanding.relations import level_of
from knowledge.figure import ChangeKind, Scenario

GOALS = 0.3  # what a change from one goal to another loses where one goal is spoken of
MONEY_ONLY = frozenset({"money"})
_CHANGES = frozenset({ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH})


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as a look-up: of a level, and where the words speak of change, of a change."""
    has = ctx.reading.has
    moving = has("growth", "fall") or _goes_on(ctx)
    if not moving or (has("count") and not _in_percent(ctx)):
        yield from _levels(ctx)
    if (moving or has("percent")) and not has("why"):
        yield from _changes(ctx)


def _goes_on(ctx: Context) -> bool:
    """Whether a follow-up that says nothing to do goes on asking for a change: "and services?"."""
    other = ctx.reading.has("count", "money", "share", "target", "versus", "to_usd", "sum", "completion", "average")
    return ctx.operation == "growth" and not other


def _in_percent(ctx: Context) -> bool:
    """Whether the answer is wanted in percent by that very word."""
    cues = (ctx.reading.text[c.start : c.end] for c in ctx.reading.cues if c.name == "percent")
    return any(re.search(r"%|percent|prozent|pour ?cent|百分之", words, re.IGNORECASE) for words in cues)


def _levels(ctx: Context) -> Iterator[Candidate]:
    want = level_want(ctx)
    several = 0.4 if len(ctx.periods) > 1 else 0.0  # one figure does not answer for several periods
    several += 0.35 if _goes_on(ctx) and not ctx.reading.has("growth", "fall") else 0.0
    several += 0.15 if ctx.reading.has("difference", "sum", "average", "agree") else 0.0
    part = bool(ctx.lent_entries) and bool(pattern("of_them").search(ctx.reading.text))
    beside = want.but(periods=(), notice_ids=ctx.nearby()) if part and not ctx.reading.periods else None
    for link in (*ctx.links(want, 8), *(ctx.links(beside, 4) if beside else ())):
        if part and not _part_of(link.entry, ctx.lent_entries[0]):
            continue
        if link.entry.figure.change_kind == ChangeKind.DIFFERENCE and ctx.lent_entries and not _asks_change(ctx):
            continue  # "and a year earlier?" asks for a level again
        found = level(ctx, link)
        mean = 0.3 if ctx.reading.has("average") and is_mean(link.entry) else 0.0
        yield replace(found, score=found.score - several + mean)
    if want.families == MONEY_ONLY:  # "how much" may ask for a count after all
        for link in ctx.links(want.but(families=None), 4):
            yield replace(level(ctx, link), score=link.score - 0.15)


def _asks_change(ctx: Context) -> bool:
    return ctx.reading.has("difference", "growth", "fall", "versus", "share", "percent")


def _part_of(entry: Entry, whole: Entry) -> bool:
    """Whether a figure can be a part of what was counted before: "how many of them"."""
    return entry.figure.unit != whole.figure.unit or entry.figure.value < whole.figure.value


def is_mean(entry: Entry) -> bool:
    """Whether a figure was published as an average."""
    return any(c.name == "average" for c in read_cues(entry.clause, entry.notice.language))


def level_want(ctx: Context) -> Want:
    """What a plain look-up asks for: the family of unit that the question word wants."""
    has, want = ctx.reading.has, ctx.want()
    if unit := ctx.interpretation.get("unit"):
        return want.but(units=frozenset({unit}))
    if currency := ctx.reading.currency():
        return want.but(units=currency)
    if has("count"):
        return want.but(families=frozenset({"count"}))
    if has("percent", "share"):
        return want.but(families=frozenset({"percent", "points"}))
    if has("money") and not has("growth", "fall"):
        return want.but(families=MONEY_ONLY)
    return want


def level(ctx: Context, link: Link) -> Candidate:
    """A look-up of one figure, in words."""
    figure, language = link.entry.figure, ctx.reading.language
    if figure.change_kind in _CHANGES:
        return change(ctx, link)
    message = "lookup_target" if figure.scenario == Scenario.TARGET else "lookup"
    return Candidate(
        operation="lookup",
        score=link.score,
        entries=(link.entry,),
        message=message,
        parts={"value": "{F1}", **named(link.entry, language)},
        missing=link.missing,
        coverage=link.coverage,
    )


def _changes(ctx: Context) -> Iterator[Candidate]:
    kinds = frozenset({ChangeKind.MOM_GROWTH}) if ctx.reading.has("monthly") else _CHANGES
    want = ctx.want().but(kinds=kinds, families=frozenset({"percent", "times", "points"}))
    for link in ctx.links(want, 6):
        yield change(ctx, link, -0.2 if ctx.reading.has("count") else 0.12)


def change(ctx: Context, link: Link, bonus: float = 0.0) -> Candidate:
    """A published change in words, with the level that it led to where that is known."""
    language = ctx.reading.language
    entries: tuple[Entry, ...] = (link.entry,)
    remarks: tuple[tuple[str, dict[str, str]], ...] = ()
    reached = level_of(ctx.index, link.entry)
    if reached and reached.figure.published_as != link.entry.figure.published_as:
        entries, remarks = (link.entry, reached), (("growth_with_level", {"level": "{F2}"}),)
    times = link.entry.figure.unit == "times"
    return Candidate(
        operation="growth",
        score=link.score + bonus,
        entries=entries,
        message="growth_flat" if times else f"growth_{signed(link.entry)}",
        parts={"value": "{F1}" if times else "{F1:abs}", **named(link.entry, language)},
        remarks=remarks,
        missing=link.missing,
        coverage=link.coverage,
        headline="F1",
    )


def computed_growth(ctx: Context) -> Iterator[Candidate]:
    """Growth between two published levels: of two named periods, or of one and the year before it."""
    if not ctx.reading.has("growth", "fall", "percent") or not ctx.spans:
        return
    want = ctx.want().but(kinds=frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE, ChangeKind.SHARE}))
    ends = ctx.endpoints or ctx.spans  # a part of a year without its year: of any known year
    spans = {(m.first if m.first is not None else m.last, m.last) for m in ctx.endpoints}
    asked = len(spans) >= 2
    last = (max(ends, key=lambda m: m.last),) if ctx.endpoints else ends
    for link in ctx.links(want.but(periods=last), 4):
        if link.entry.months is None:
            continue
        before = min(ends, key=lambda m: m.last) if asked else earlier(link.entry.months, 12)
        for other in partners(ctx, link, want.but(periods=(before,)), 12)[:2]:
            members = grouping(other.entry.figure).keys() ^ grouping(link.entry.figure).keys()
            if other.entry.figure.scenario == link.entry.figure.scenario and not members & GROUPS - {"ownership"}:
                found = growth_between(ctx, link, other.entry, asked)
                yield replace(found, score=found.score - (GOALS if _of_goals(ctx, link.entry, other.entry) else 0.0))


def _of_goals(ctx: Context, new: Entry, old: Entry) -> bool:
    """Whether a change is from goal to goal where the question names but one goal: the other is a result."""
    return ctx.one_goal() and new.figure.scenario == old.figure.scenario == Scenario.TARGET


def growth_between(ctx: Context, link: Link, earlier: Entry, asked: bool) -> Candidate:
    """The percentage change from an earlier level to a later one."""
    language, new, old = ctx.reading.language, link.entry, earlier
    up = new.figure.value >= old.figure.value
    return Candidate(
        operation="change",
        score=link.score + (0.2 if asked else 0.02),
        entries=(new, old),
        expressions=(("growth(F1, F2)", "percent"),),
        headline="C1",
        message="computed_growth_up" if up else "computed_growth_down",
        parts={
            "value": "{C1:abs}",
            "new": "{F1}",
            "old": "{F2}",
            **named(new, language, "new_"),
            **named(old, language, "old_"),
            "what": named(new, language)["label"],
        },
        missing=link.missing,
        coverage=link.coverage,
    )
