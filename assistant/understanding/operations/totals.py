"""Figures added up: over periods, over named parts, and whether the parts make the published total."""

from collections.abc import Iterator

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import OFF, Link, Want
from assistant.understanding.operations import named_parts
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.pairs import comparable, harmony
from assistant.understanding.operations.parts import named
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months
from assistant.understanding.relations import levels_akin, same_series
from assistant.wording.phrases import say, table
from knowledge.figure import ChangeKind

_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
COUNTED = 0.25  # "the three funds together": as many as the question says
MORE = 0.01  # what a sum gains for each part that is named: none is left out
PUBLISHED = 0.3  # what a sum of parts loses where the total that is asked for is published


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as a sum."""
    moved = ctx.reading.has("growth", "fall") and not ctx.reading.has("agree")
    if not (ctx.adds_up or ctx.averages_periods or ctx.reading.has("agree")) or moved:
        return
    if len(ctx.endpoints) >= 2:
        yield from _over_periods(ctx, ctx.endpoints)
    if ctx.stretch and _from_to(ctx):
        yield from _over_range(ctx, ctx.stretch)
    elif not ctx.periods and ctx.reading.has("calendar"):
        yield from _over_range(ctx, Months(0, 12 * 9999))
    if ctx.reading.has("sum", "agree"):
        for parts in named_parts.found(ctx):
            yield total(ctx, parts.entries, parts.merged, MORE * len(parts.entries), parts.whole)


def _from_to(ctx: Context) -> bool:
    """Whether the periods are the ends of a stretch, not named one by one."""
    spans = sorted({(p.start, p.end) for p in ctx.reading.periods})
    if len(spans) < 2:
        return len(ctx.periods) == 1
    return bool(pattern("from_to").fullmatch(ctx.reading.text[spans[0][1] : spans[1][0]].strip()))


def _named_count(ctx: Context) -> int:
    """How many periods the question says there are ("the five years"), 0 where it does not."""
    return next((int(a.value) for a in ctx.reading.amounts if a.kind in ("count", "number") and 2 <= a.value <= 12), 0)


def _over_periods(ctx: Context, periods: tuple[Months, ...]) -> Iterator[Candidate]:
    want = _plain(level_want(ctx)).but(kinds=_LEVEL)
    for first in ctx.links(want.but(periods=periods[:1]), 4):
        rest = [_same_in(ctx, first, want.but(periods=(p,))) for p in periods[1:]]
        entries = (first.entry, *(e for e in rest if e))
        if all(rest) and _of_one_kind(ctx, entries):
            yield total(ctx, entries, first, 0.25)


def _same_in(ctx: Context, first: Link, want: Want) -> Entry | None:
    """The figure of another period that fits both the words and the first figure best."""
    found = [
        k
        for k in ctx.links(want, 12)
        if comparable(first, k) and k.score >= first.score - 0.3 and is_result(k.entry) == is_result(first.entry)
    ]
    best = max(found, key=lambda k: k.score + 2 * harmony(ctx, first, k, True), default=None)
    return best.entry if best else None


def _over_range(ctx: Context, span: Months) -> Iterator[Candidate]:
    """Every period of a series inside the span, where they follow each other without a gap or an overlap."""
    want = _plain(level_want(ctx)).but(kinds=_LEVEL, periods=())
    for link in ctx.links(want, 6):
        inside = sorted(
            (e for e in (link.entry, *levels_akin(ctx.index, link.entry)) if _within(e, span) and _counts(e, link)),
            key=lambda e: e.months.last if e.months else 0,
        )
        chosen = _chain(inside)
        first, last = (chosen[0].months, chosen[-1].months) if chosen else (None, None)
        if _named_count(ctx) not in (0, len(chosen)):
            continue
        if len(chosen) >= 2 and first and last and first.first is not None:
            open_ended = not span.first
            whole = open_ended or (abs(first.first - (span.first or 0)) <= 6 and abs(last.last - span.last) <= 6)
            yield total(ctx, tuple(chosen), link, 0.3 if whole else 0.0)


def _plain(want: Want) -> Want:
    """The same without "total", which says what to do."""
    kept = tuple((t, w) for t, w in want.terms if t != "c:total")
    return want.but(terms=kept or want.terms)


def _counts(entry: Entry, link: Link) -> bool:
    """Whether a figure may be added to another: a result, and of the same scenario."""
    return is_result(entry) and entry.figure.scenario == link.entry.figure.scenario


def _within(entry: Entry, span: Months) -> bool:
    m = entry.months
    if m is None or m.first is None or span.first is None:
        return False
    lean = 9 if m.length >= 12 else 0  # a financial year leans over the edges
    return span.first - lean <= m.first and m.last <= span.last + lean


def _chain(entries: list[Entry]) -> list[Entry]:
    chain: list[Entry] = []
    for e in entries:
        last = chain[-1].months if chain else None
        if last is None or (e.months and e.months.first == last.last + 1 and e.months.length == last.length):
            chain.append(e)
    return chain


def _named_whole(ctx: Context, entry: Entry) -> bool:
    """Whether a figure is the number that the parts are asked to come to: "do A and B add up to the 1.28 billion"."""
    values = (float(a.value) for a in ctx.reading.amounts if a.kind in ("money", "count", "number"))
    return ctx.reading.has("agree", "sum") and any(
        abs(v - entry.figure.value) <= 1e-6 * abs(v) for v in values if v > 12
    )


def _of_one_kind(ctx: Context, entries: tuple[Entry, ...]) -> bool:
    """Results are added to results; goals only where the question is about goals."""
    planned = ctx.reading.has("target", "forecast")
    return len({e.figure.scenario for e in entries}) == 1 and (planned or all(is_result(e) for e in entries))


def total(ctx: Context, entries: tuple[Entry, ...], link: Link, bonus: float, whole: Entry | None = None) -> Candidate:
    """The sum of figures, each named; with the published total beside it where one is known."""
    language = ctx.reading.language
    separator = table(language)["words"]["list"]
    items = separator.join(
        say("sum_item", language, value=f"{{F{i}}}", **_item(e, entries, language)) for i, e in enumerate(entries, 1)
    )
    published = whole or _published_total(ctx, entries)
    remarks: tuple[tuple[str, dict[str, str]], ...] = ()
    handles = [f"F{i}" for i in range(1, len(entries) + 1)]
    mean = ctx.averages_periods and not ctx.reading.has("sum")
    expression = f"mean({', '.join(handles)})" if mean else " + ".join(handles)
    expressions: tuple[tuple[str, str | None], ...] = ((expression, None),)
    bonus += COUNTED if _named_count(ctx) == len(entries) else 0.0
    message, truth = "mean" if mean else "sum", None
    parts = {"value": "{C1}", "items": items}
    if published and (whole or ctx.reading.has("agree")):
        n = len(entries) + 1
        expressions = (*expressions, (f"C1 - F{n}", None))
        same = abs(sum(e.figure.value for e in entries) - published.figure.value) <= 1e-6 * abs(published.figure.value)
        asks = ctx.reading.has("sum") and not ctx.reading.has("confirm")
        if (whole or asks) and pattern("adds_up").search(ctx.reading.text):
            truth = same
            message = "sums_to_total" if same else "sums_not_to_total"
            parts = {"value": "{C1}", "total": f"{{F{n}}}", "gap": "{C2:abs}"}
        else:
            remarks = ((("same_total" if same else "rounded_gap"), {"total": f"{{F{n}}}", "gap": "{C2:abs}"}),)
        entries = (*entries, published)
    return Candidate(
        operation="sum",
        score=link.score + bonus,
        entries=entries,
        expressions=expressions,
        headline="C1",
        truth=truth,
        message=message,
        parts=parts,
        remarks=remarks,
        missing=tuple(t for t in link.missing if not t.startswith(OFF)),
        coverage=link.coverage,
    )


def _item(entry: Entry, entries: tuple[Entry, ...], language: str) -> dict[str, str]:
    parts = named(entry, language)
    if len({e.months for e in entries}) == 1 and len(entries) > 2:
        parts["when"] = ""
    return parts


def _published_total(ctx: Context, entries: tuple[Entry, ...]) -> Entry | None:
    """A figure of the same notice, period and unit that is about as large as the sum."""
    size = sum(e.figure.value for e in entries)
    first = entries[0]
    near = [
        e
        for e in ctx.index.entries
        if e.figure.notice_id == first.figure.notice_id
        and e.figure.unit == first.figure.unit
        and e.months == first.months
        and e.order not in {x.order for x in entries}
        and abs(e.figure.value - size) <= 0.02 * abs(size)
    ]
    return min(near, key=lambda e: abs(e.figure.value - size), default=None)


def parts_of_total(ctx: Context) -> Iterator[Candidate]:
    """ "Do the three parts add up to the total": the parts found from the total."""
    if not ctx.reading.has("agree", "sum"):
        return
    want: Want = ctx.want().but(kinds=_LEVEL, families=frozenset({"money", "count"}), measure=None)
    for link in ctx.links(want, 6):
        whole = link.entry
        siblings = [
            e
            for e in ctx.index.entries
            if e.figure.notice_id == whole.figure.notice_id
            and e.figure.unit == whole.figure.unit
            and e.months == whole.months
            and e.order != whole.order
            and e.figure.scenario == whole.figure.scenario
            and 0 < e.figure.value < whole.figure.value
            and not same_series(ctx.index, e, whole)
        ]
        chosen = _summing(siblings, whole.figure.value) or _side_by_side(ctx, whole, siblings)
        if chosen:
            named = whole if _named_whole(ctx, whole) else None
            yield total(ctx, chosen, link, 0.2 if ctx.reading.has("agree") else -PUBLISHED, named)


def _side_by_side(ctx: Context, whole: Entry, entries: list[Entry]) -> tuple[Entry, ...]:
    """The parts that one sentence tells one after another, where it is asked whether they make a named whole."""
    if not (_named_whole(ctx, whole) and ctx.reading.has("agree")):
        return ()
    told: dict[str, list[Entry]] = {}
    for entry in entries:
        told.setdefault(entry.figure.quote, []).append(entry)
    most = max(told.values(), key=len, default=[])
    return tuple(most) if len(most) > 2 and sum(e.figure.value for e in most) < whole.figure.value else ()


def _summing(entries: list[Entry], size: float) -> tuple[Entry, ...]:
    """Neighbouring figures of one text that add up to about `size`."""
    ordered = sorted(entries, key=lambda e: e.figure.start)
    for length in (2, 3, 4, 5):
        for i in range(len(ordered) - length + 1):
            run = ordered[i : i + length]
            if abs(sum(e.figure.value for e in run) - size) <= 0.01 * size:
                return tuple(run)
    return ()
