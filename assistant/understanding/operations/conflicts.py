"""Several values of one thing: two that the asker names, all that notices give, or a goal that was changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, keys
from assistant.understanding.linking import OFF, Link, Want, family
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.conversion import matching
from assistant.understanding.operations.implied_goals import implied_goals
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.pairs import one_place
from assistant.understanding.operations.parts import named
from assistant.understanding.operations.quotients import asked
from assistant.understanding.patterns import pattern
from assistant.understanding.relations import kind_group, same_unit
from assistant.wording.phrases import say, table
from knowledge.figure import ChangeKind
from knowledge.reading.spans import Amount

_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE, ChangeKind.SHARE})
_COUNTED = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
LEAST = 12  # a bare number from which on it is no "two"
MOST = 6  # values told in one answer
CLOSE = 0.3  # how much worse than the best another value may explain the words
HALF = 0.5  # of a percentage point: a named whole percentage is the quotient that rounds to it
FRESH = frozenset({"c:new", "c:added", "w:newli", "w:open"})  # what was added in a time is no count of what there is


@dataclass(frozen=True, slots=True)
class Version:
    """A published value, or the quotient of two published counts."""

    entries: tuple[Entry, ...]

    @property
    def counted(self) -> bool:
        """Whether it is worked out from two counts."""
        return len(self.entries) == 2


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as values that stand against each other."""
    amounts = [a for a in ctx.reading.amounts if a.kind in ("count", "number", "money", "percent") and _telling(a)]
    if len(amounts) >= 2 and not asked(ctx):
        yield from _named(ctx, amounts[:2])
    if ctx.reading.has("conflict"):
        if ctx.reading.has("target"):
            yield from _goals(ctx)
        elif not ctx.periods:
            yield from _over_time(ctx)


def _telling(amount: Amount) -> bool:
    return amount.kind == "percent" or amount.value > LEAST


def _named(ctx: Context, amounts: list[Amount]) -> Iterator[Candidate]:
    """Two named numbers that are both published, or of which one is a published rate, the other that of the counts."""
    percent = any(a.kind == "percent" for a in amounts)
    links = {k.entry.order: k for k in ctx.links(ctx.want().but(periods=()), len(ctx.index.entries))}
    published = [_published_as(ctx, a, percent) for a in amounts]
    for pair in product(*published):
        if _one_thing(*pair):
            yield _told(ctx, tuple(Version((e,)) for e in sorted(pair, key=_day, reverse=True)), links)
    for n, amount in enumerate(amounts if percent else ()):
        for rate in published[1 - n]:
            if rate.figure.change_kind == ChangeKind.SHARE and rate.order in links:
                counts = _quotients(ctx, float(amount.value), rate, links)
                if counts is not None:
                    yield _told(ctx, (Version((rate,)), Version(counts)), links)


def _published_as(ctx: Context, amount: Amount, percent: bool) -> tuple[Entry, ...]:
    """The figures that a named number is: by its value, or by its digits where its scale is left out."""
    found = matching(ctx, amount)
    if amount.kind != "number" or (found and not percent):
        return found
    digits = re.compile(rf"(?<![\d.,]){re.escape(amount.text.strip())}(?![\d,]|\.\d)")
    alike = [e for e in ctx.index.entries if digits.search(e.figure.published_as)]
    return tuple(e for e in (*found, *alike) if not percent or e.figure.unit == "percent")


def _one_thing(a: Entry, b: Entry) -> bool:
    one_unit = a.figure.unit == b.figure.unit and kind_group(a) == kind_group(b)
    return a.order != b.order and one_unit and _same_time(a, b) and a.figure.value != b.figure.value


def _same_time(a: Entry, b: Entry) -> bool:
    """Whether two figures are of one time; what is given by its end may be the whole year's."""
    if a.months is None or b.months is None:
        return a.months == b.months
    return a.months == b.months or (a.months.last == b.months.last and None in (a.months.first, b.months.first))


def _quotients(ctx: Context, percent: float, rate: Entry, links: dict[int, Link]) -> tuple[Entry, Entry] | None:
    """The two counts of a rate's notice, of its group, whose quotient the asker names; those that the words mean."""
    counts = [
        e
        for e in ctx.index.entries
        if e.figure.notice_id == rate.figure.notice_id
        and family(e.figure.unit) in ("count", "money")
        and e.figure.change_kind in _COUNTED
        and is_result(e)
        and e.figure.value > 0
    ]
    fitting = [
        (links[a.order].score + links[b.order].score if {a.order, b.order} <= links.keys() else 0.0, (a, b))
        for a, b in product(counts, counts)
        if a.figure.unit == b.figure.unit and abs(100 * a.figure.value / b.figure.value - percent) <= HALF
    ]
    return max(fitting, key=lambda f: f[0], default=(0.0, None))[1]


def _told(ctx: Context, versions: tuple[Version, ...], links: dict[int, Link]) -> Candidate:
    """The values one after another, each with its time or with the counts it is the quotient of."""
    language = ctx.reading.language
    entries: list[Entry] = []
    items: list[str] = []
    expressions: list[tuple[str, str | None]] = []
    for version in versions:
        n = len(entries) + 1
        entries += version.entries
        if version.counted:
            expressions.append((f"share(F{n}, F{n + 1})", "percent"))
            counts = {"part": f"{{F{n}}}", "whole": f"{{F{n + 1}}}"}
            items.append(say("quotient_item", language, value=f"{{C{len(expressions)}}}", **counts))
        else:
            items.append(say("item", language, value=f"{{F{n}}}", **named(version.entries[0], language)))
    own = [links[e.order] for v in versions for e in v.entries[:1] if e.order in links]
    return Candidate(
        operation="conflict",
        score=0.6 + max((k.score for k in own), default=0.0),
        entries=tuple(entries),
        expressions=tuple(expressions),
        headline="F1",
        message="list",
        parts={"items": table(language)["words"]["list"].join(items)},
        coverage=max((k.coverage for k in own), default=0.0),
    )


def _over_time(ctx: Context) -> Iterator[Candidate]:
    """All values of one thing at the times that they were given for, oldest first."""
    want = level_want(ctx).but(kinds=_LEVEL, periods=())
    links = [k for k in ctx.links(want, 60) if is_result(k.entry) and k.entry.months]
    places = {t.key for t in ctx.reading.terms if t.key.startswith("c:area_")}
    for first in ([k for k in links if places & k.entry.area] or links)[:2]:
        alike = [k for k in links if k.score >= first.score - CLOSE and _goes_with(first, k, want)]
        at: dict[int, list[Link]] = {}
        for k in alike:
            at.setdefault(k.entry.months.last if k.entry.months else 0, []).append(k)
        chosen = [_fullest(group) for _, group in sorted(at.items())]
        told = [k.entry for n, k in enumerate(chosen) if k.entry.figure.value not in _values(chosen[:n])]
        if len(told) >= 2:
            made = _told(ctx, tuple(Version((e,)) for e in told[-MOST:]), {k.entry.order: k for k in chosen})
            yield made


def _values(links: list[Link]) -> set[float]:
    return {k.entry.figure.value for k in links}


def _goes_with(first: Link, other: Link, want: Want) -> bool:
    """Whether another figure measures what the first does, in one kind of unit and place, and counts no additions."""
    a, b = first.entry, other.entry
    asked = {t for t, _ in (*want.terms, *want.helpful)}
    fresh = (FRESH & b.core) - asked - a.core and "c:total" not in b.core
    alike = same_unit(a.figure.unit, b.figure.unit) and kind_group(a) == kind_group(b)
    return (
        alike
        and not _of_part(a, b)
        and not fresh
        and _one_place(first, other)
        and other.coverage >= first.coverage - 0.15
    )


def _one_place(a: Link, b: Link) -> bool:
    """Whether two figures can be of one place; "the two zones" is no other one."""
    known = [any(t.startswith("c:area_") for t in k.entry.area) for k in (a, b)]
    return not all(known) or one_place(a, b)


def _of_part(whole: Entry, entry: Entry) -> bool:
    """Whether a figure is of an area inside that of another; a notice about the part may tell the whole as such."""
    figure, language = entry.figure, entry.notice.language
    headed = {t for t in keys(entry.notice.title, language) if t.startswith("c:area_")}
    told = (keys(figure.quote, language) | headed) & entry.area
    if not whole.area & entry.lineage or whole.area & entry.area or not told:
        return False
    before = figure.quote[: max(figure.quote.find(figure.published_as), 0)]
    return not pattern("as_a_whole").search(before) or bool(keys(before, language) & entry.area)


def _fullest(links: list[Link]) -> Link:
    """Of several values at one time the largest count, else what explains the words best."""
    if family(links[0].entry.figure.unit) == "count":
        return max(links, key=lambda k: k.entry.figure.value)
    return max(links, key=lambda k: k.score)


def _goals(ctx: Context) -> Iterator[Candidate]:
    """The published goals for one time, with the goal that a result implies where that is another one."""
    language = ctx.reading.language
    want = level_want(ctx).but(kinds=_LEVEL, scenarios=frozenset({"target", "forecast"}))
    links = ctx.links(want, 12)
    for first in links[:2]:
        same = [k for k in links if _same_time(first.entry, k.entry) and _goes_with(first, k, want)]
        goals = sorted({k.entry.figure.value: k for k in reversed(same)}.values(), key=lambda k: _day(k.entry))
        made = _told(ctx, tuple(Version((k.entry,)) for k in goals[:MOST]), {k.entry.order: k for k in goals})
        for goal in implied_goals(ctx):
            apart = all(abs(goal.value - k.entry.figure.value) > 0.02 * abs(goal.value) for k in goals)
            if goal.unit != first.entry.figure.unit or not apart or not _explains(goal.link):
                continue
            n = len(made.entries) + 1
            told = {"value": "{C1}", "level": f"{{F{n}}}", "share": f"{{F{n + 1}}}", "when": str(goal.year)}
            expression = goal.expression.replace("F2", f"F{n + 1}").replace("F1", f"F{n}")
            yield Candidate(
                operation="conflict",
                score=made.score,
                entries=(*made.entries, goal.result, goal.told),
                expressions=((expression, goal.unit),),
                headline="F1",
                message="list",
                parts=made.parts,
                remarks=(("implied_target", {**told, "what": named(goal.result, language)["label"]}),),
                coverage=made.coverage,
            )
        if len(goals) >= 2:
            yield made


def _explains(link: Link) -> bool:
    """Whether a figure leaves none of the field's own words unexplained."""
    return not any(t.startswith(("c:", OFF)) for t in link.missing)


def _day(entry: Entry) -> int:
    return entry.notice.published.toordinal() if entry.notice.published else 0
