"""Several figures of one kind: all that a question counts ("the three funds"), or all but those that it names."""

from collections import defaultdict
from collections.abc import Iterator

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import Link, Want
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.parts import named
from assistant.understanding.operations.segments import within
from assistant.understanding.operations.totals import total
from assistant.understanding.patterns import pattern
from assistant.understanding.relations import kind_group
from assistant.understanding.terms import Term
from assistant.wording.phrases import say, table
from knowledge.figure import ChangeKind

_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
_AMOUNTS = frozenset({"money", "count"})
MOST = 6  # parts that are taken away one by one


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as a sum of all, or as what is left without some."""
    if ctx.reading.has("sum") and not ctx.spans:
        yield from _all(ctx)
    if pattern("all_but").search(ctx.reading.text) and not ctx.reading.has("growth", "fall"):
        yield from _all_but(ctx)


def _all(ctx: Context) -> Iterator[Candidate]:
    """ "The three funds together": as many figures of one notice and unit as the question counts."""
    counted = next((a for a in ctx.reading.amounts if a.kind in ("count", "number") and 2 <= a.value <= 9), None)
    if counted is None:
        return
    groups: dict[tuple[object, ...], dict[float, Link]] = defaultdict(dict)
    for link in ctx.links(level_want(ctx).but(kinds=_LEVEL, families=_AMOUNTS, values=()), 60):
        e = link.entry
        told = ctx.measure() is None or ctx.measure() in e.core
        if told and not link.missing and is_result(e) and not e.twin:
            groups[e.figure.notice_id, e.figure.unit, kind_group(e)].setdefault(e.figure.value, link)
    for group in groups.values():
        if len(group) == counted.value:
            links = sorted(group.values(), key=lambda k: k.entry.figure.start)
            first = Link(links[0].entry, sum(k.score for k in links) / len(links), 1.0, (), 1.0)
            yield total(ctx, tuple(k.entry for k in links), first, 0.4)


def _all_but(ctx: Context) -> Iterator[Candidate]:
    """ "How much lies outside solar and textiles": the whole less each part that is named."""
    names = _left_out(ctx)
    cut = next(pattern("all_but").finditer(ctx.reading.text))
    taken = {t.key for name in names for t in name}
    taken |= {t.key for t in ctx.reading.terms if cut.start() <= t.start and t.end <= cut.end()}
    if not 1 <= len(names) <= MOST:
        return
    want = level_want(ctx).but(kinds=_LEVEL, families=_families(ctx), values=())
    kept = tuple((t, w) for t, w in want.terms if t not in taken)
    kept = kept or tuple((t, w) for t, w in want.helpful if t not in taken)
    if not kept:
        return
    for whole in ctx.links(want.but(terms=kept), 8):
        parts = [_part(ctx, want, name, whole.entry) for name in names]
        found = [p for p in parts if p]
        distinct = len({p.order for p in found}) == len(names)
        if distinct and is_result(whole.entry) and sum(p.figure.value for p in found) < whole.entry.figure.value:
            yield _rest(ctx, whole, tuple(found))


def _families(ctx: Context) -> frozenset[str]:
    money, count = ctx.reading.has("money"), ctx.reading.has("count")
    return _AMOUNTS if money == count else frozenset({"money" if money else "count"})


def _left_out(ctx: Context) -> tuple[tuple[Term, ...], ...]:
    """The words of each part that is left out: from the word that says so to the next that asks."""
    text = ctx.reading.text
    cut = next(pattern("all_but").finditer(text))
    stop = pattern("asks_on").search(text, cut.end())
    end = stop.start() if stop else len(text)
    names = (s.terms for s in within(ctx, "and", cut.end(), end))
    areas = (tuple(t for t in name if t.key not in ctx.reading.soft) for name in names)
    return tuple(name for name in areas if name)


def _part(ctx: Context, want: Want, name: tuple[Term, ...], whole: Entry) -> Entry | None:
    """The figure of a named part: of the whole's notice, period and unit, in the words of the name."""
    terms = tuple((t.key, 1.0) for t in name)
    part = want.but(terms=terms, units=frozenset({whole.figure.unit}), notice_ids=frozenset({whole.figure.notice_id}))
    for link in ctx.links(part.but(measure=None, periods=()), 6):
        e = link.entry
        own = e.core | e.area
        if "c:outside" in e.core:
            continue  # already what is left
        if e.order != whole.order and e.months == whole.months and is_result(e) and any(t in own for t, _ in terms):
            return e if not link.missing else None
    return None


def _rest(ctx: Context, whole: Link, parts: tuple[Entry, ...]) -> Candidate:
    language = ctx.reading.language
    percent = ctx.reading.has("share", "percent") and not pattern("how_much_of").search(ctx.reading.text)
    items = table(language)["words"]["list"].join(
        say("sum_item", language, value=f"{{F{i}}}", **(named(e, language) | {"when": ""}))
        for i, e in enumerate(parts, 2)
    )
    return Candidate(
        operation="remainder",
        score=whole.score + 0.3 + 0.1 * len(parts),
        entries=(whole.entry, *parts),
        expressions=(
            (" - ".join(f"F{i}" for i in range(1, len(parts) + 2)), None),
            *((("share(C1, F1)", "percent"),) if percent else ()),
        ),
        headline="C2" if percent else "C1",
        message="all_but",
        parts={
            "value": "{C2}" if percent else "{C1}",
            "whole": "{F1}",
            "items": items,
            **named(whole.entry, language, "whole_"),
        },
        missing=whole.missing,
        coverage=(whole.coverage + 1) / 2,
    )
