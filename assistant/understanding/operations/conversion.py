"""Money in another currency at a notice's own rate, the rate itself, and amounts that the asker wrote."""

from collections.abc import Iterator

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.currencies import codes_in
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import Link
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.parts import named
from assistant.understanding.patterns import pattern
from assistant.understanding.relations import rate_pair, twin_of
from knowledge.reading.spans import Amount


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as a conversion."""
    has = ctx.reading.has
    currency = ctx.reading.currency()
    rate = has("exchange_rate") and (not currency or pattern("asks_rate").search(ctx.reading.text))
    if rate:
        yield from _rate(ctx)
    if currency and not rate:
        yield from _converted(ctx, currency)
    if has("express") and ctx.reading.amounts:
        yield from _written(ctx)
    if ctx.reading.amounts and pattern("yes_no").search(ctx.reading.text):
        yield from _currency(ctx)


def matching(ctx: Context, amount: Amount) -> tuple[Entry, ...]:
    """Figures of the ledger that an amount of the question names by its value."""
    value = float(amount.value)
    return tuple(
        e
        for e in ctx.index.entries
        if value and abs(abs(e.figure.value) - abs(value)) <= 1e-6 * abs(value) and _unit_fits(amount, e)
    )


def _unit_fits(amount: Amount, entry: Entry) -> bool:
    unit = entry.figure.unit
    if amount.kind == "money":
        return unit == amount.unit or (
            amount.text.lstrip().startswith("$") and unit in ("USD", "SGD", "HKD", "AUD", "CAD", "NZD")
        )
    if amount.kind in ("percent", "points"):
        return unit in ("percent", "percentage points")
    return unit not in ("percent", "percentage points") or amount.kind == "number"


def _rate(ctx: Context) -> Iterator[Candidate]:
    links = ctx.links(ctx.want().but(families=frozenset({"money"}), periods=(), measure=None), 60)
    for link in links:
        twin = twin_of(ctx.index, link.entry)
        if twin:
            asked = any(
                abs(float(a.value) - e.figure.value) <= 1e-6 * abs(e.figure.value)
                for a in ctx.reading.amounts
                for e in (link.entry, twin)
            )
            sides = _sides(ctx, link.entry, twin)
            if not sides:
                continue
            local, foreign = sides
            unknown = () if asked else _unheld(ctx, link)
            yield Candidate(
                operation="exchange rate",
                score=link.score + (0.8 if asked or len(_pair(ctx)) >= 2 else 0.4),
                entries=(local, foreign),
                expressions=(("F1 / F2", None),),
                headline="C1",
                message="exchange_rate",
                parts={"value": "{C1}", "a": "{F1}", "b": "{F2}"},
                missing=unknown,
                coverage=link.coverage if unknown else 1.0,
            )


def _unheld(ctx: Context, link: Link) -> tuple[str, ...]:
    """The names and concepts that nothing in a notice holds: all that can be said of a rate is whose it is."""
    proper = {t.key for t in ctx.reading.terms if t.proper}
    telling = (t for t in link.missing if t in proper or t.startswith("c:"))
    return tuple(t for t in telling if link.entry.order not in ctx.index.postings.get(t, {}))


def _pair(ctx: Context) -> tuple[frozenset[str], ...]:
    """The currencies named in the words that ask for a rate."""
    cue = next(c for c in ctx.reading.cues if c.name == "exchange_rate")
    return codes_in(ctx.reading.text[cue.start : cue.end], ctx.reading.language)


def _sides(ctx: Context, a: Entry, b: Entry) -> tuple[Entry, Entry] | None:
    """What is divided by what: "yuan per dollar" as it says, else by the foreign currency; None for another pair."""
    named = _pair(ctx)
    if len(named) >= 2:
        fits = [(x, y) for x, y in ((a, b), (b, a)) if x.figure.unit in named[0] and y.figure.unit in named[1]]
        return fits[0] if fits else None
    if named and not {a.figure.unit, b.figure.unit} & named[0]:
        return None
    return (a, b) if b.figure.unit == "USD" else (b, a)


def _converted(ctx: Context, units: frozenset[str]) -> Iterator[Candidate]:
    """The figure meant, in the other currency: the published twin, else the notice's own rate."""
    sources = [Link(e, 1.2, 1.0, (), 1.0) for a in ctx.reading.amounts for e in matching(ctx, a)]
    want = level_want(ctx).but(units=None, families=frozenset({"money"}))
    sources = sources or list(ctx.links(want, 8))
    if not ctx.reading.terms and ctx.lent_entries:
        sources = [Link(e, 1.0, 1.0, (), 1.0) for e in ctx.lent_entries] + sources
    for link in sources:
        figure = link.entry.figure
        if figure.unit in units or not figure.unit.isupper():
            continue
        twin = twin_of(ctx.index, link.entry)
        if twin and twin.figure.unit in units:
            yield _twin(ctx, link, twin)
            continue
        pairs = (rate_pair(ctx.index, figure.notice_id, figure.unit, unit) for unit in sorted(units))
        if pair := next(filter(None, pairs), None):
            yield _at_rate(ctx, link, pair)


def _twin(ctx: Context, link: Link, twin: Entry) -> Candidate:
    return Candidate(
        operation="conversion",
        score=link.score + 0.15,
        entries=(twin, link.entry),
        message="conversion_twin",
        parts={"value": "{F1}", "amount": "{F2}", **named(link.entry, ctx.reading.language)},
        missing=link.missing,
        coverage=link.coverage,
    )


def _at_rate(ctx: Context, link: Link, pair: tuple[Entry, Entry]) -> Candidate:
    return Candidate(
        operation="conversion",
        score=link.score + 0.1,
        entries=(link.entry, *pair),
        expressions=(("F1 / (F2 / F3)", pair[1].figure.unit),),
        headline="C1",
        message="conversion",
        parts={"value": "{C1}", "amount": "{F1}", "a": "{F2}", "b": "{F3}", **named(link.entry, ctx.reading.language)},
        missing=link.missing,
        coverage=link.coverage,
    )


def _written(ctx: Context) -> Iterator[Candidate]:
    """An amount that the asker wrote: the published figure that it names, else the same number in other words."""
    for amount in ctx.reading.amounts:
        for entry in matching(ctx, amount)[:3]:
            same = entry.figure.qualifier == amount.qualifier
            yield Candidate(
                operation="express",
                score=1.0 + (0.1 if same else 0.0),
                entries=(entry,),
                message="matches_amount",
                parts={"value": "{F1}", **named(entry, ctx.reading.language)},
            )


def _currency(ctx: Context) -> Iterator[Candidate]:
    """ "Is the $12.7b US dollars?": the currency that the ledger read for the amount."""
    outside = ctx.reading.text
    for a in ctx.reading.amounts:
        outside = outside[: a.start] + " " * (a.end - a.start) + outside[a.end :]
    claimed = next((c for c in codes_in(outside, ctx.reading.language)), frozenset())
    if not claimed:
        return
    want = ctx.want().but(families=frozenset({"money"}), periods=())
    scores = {k.entry.order: k.score for k in ctx.links(want, 60)}
    for amount in ctx.reading.amounts:
        named_by = [
            e
            for e in ctx.index.entries
            if e.figure.unit.isupper() and abs(e.figure.value - float(amount.value)) <= 1e-6 * e.figure.value
        ]
        for entry in named_by:
            yes = entry.figure.unit in claimed
            yield Candidate(
                operation="check currency",
                score=0.9 + scores.get(entry.order, 0.0),
                entries=(entry,),
                headline="",
                truth=yes,
                message="currency_yes" if yes else "currency_no",
                parts={"value": "{F1}", "currency": entry.figure.unit, **named(entry, ctx.reading.language)},
            )
