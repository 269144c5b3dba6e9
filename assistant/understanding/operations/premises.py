"""What a question takes for granted, checked against the ledger: a fall that was a rise, a miss that was none."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import OFF, Link, Want
from assistant.understanding.operations.pairs import partners
from assistant.understanding.operations.parts import named
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import earlier
from assistant.understanding.relations import growth_of, level_of
from knowledge.figure import ChangeKind

_CHANGES = frozenset({ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH})
_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
LEAST = 0.4  # the same of a change by the very percentage that is named
SAID = 0.2  # what the very percentage explains of a question
SAME = 0.05  # percentage points within which a named change is the published one
TOLD = 0.5  # of the words' weight: a change that explains less is one of something else


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Corrections of what the question asserts."""
    named = any(a.kind in ("percent", "multiple", "count", "money", "number") for a in ctx.reading.amounts)
    asserts = ctx.reading.has("why", "confirm") or pattern("takes_for_granted").search(ctx.reading.text) or named
    if not asserts or ctx.reading.has("exchange_rate", "to_currency"):
        return
    claimed = _claimed(ctx)
    if claimed:
        yield from _direction(ctx, claimed)
    if pattern("beat").search(ctx.reading.text):
        yield from _not_beaten(ctx)


def _claimed(ctx: Context) -> str | None:
    """up or down: the direction that the question takes for granted."""
    up, down = ctx.reading.has("growth"), ctx.reading.has("fall")
    if up == down and ctx.reading.has("versus"):
        up, down = bool(pattern("more").search(ctx.reading.text)), bool(pattern("less").search(ctx.reading.text))
    if up == down:
        return None
    return "up" if up else "down"


def _direction(ctx: Context, claimed: str) -> Iterator[Candidate]:
    want = ctx.want().but(kinds=_CHANGES, families=frozenset({"percent", "times"}), scenarios=None)
    told = tuple(k for k in ctx.links(want, 8) if k.coverage >= TOLD)
    links = _of_value(ctx, want) or told[:4] or _within_years(ctx, want)
    for link in links:
        value = link.entry.figure.value
        true = "up" if value > 0 else "down"
        if link.score < links[0].score - 0.1 or (true == claimed and not ctx.reading.has("confirm")):
            return  # what fits best bears the claim out, or what is left fits worse
        if value and true != claimed:
            yield _correction(ctx, link, true)
        elif ctx.reading.has("confirm") and not ctx.reading.has("why"):
            yield _confirmation(ctx, link)


def _of_value(ctx: Context, want: Want) -> tuple[Link, ...]:
    """Changes by just the percentage that the question names; what their notices speak of need not be said again."""
    named = [abs(float(a.value)) for a in ctx.reading.amounts if a.kind in ("percent", "multiple")]
    found = [k for k in ctx.links(want, 60) if any(abs(abs(k.entry.figure.value) - v) < SAME for v in named)]
    return tuple(
        replace(
            k,
            coverage=min(k.coverage + SAID, 1.0),
            missing=tuple(t for t in k.missing if not _in_notice(ctx, k, t)),
        )
        for k in found[:2]
        if k.coverage >= LEAST
    )


def _in_notice(ctx: Context, link: Link, term: str) -> bool:
    return term.startswith(OFF) or link.entry.order in ctx.index.postings.get(term, {})


def _within_years(ctx: Context, want: Want) -> tuple[Link, ...]:
    """Changes over a part of an asked year, where none over the whole of it is published."""
    years = {p.last // 12 for p in ctx.periods}
    found = ctx.links(want.but(periods=()), 30)
    return tuple(k for k in found if k.entry.months and k.entry.months.last // 12 in years)[:4]


def _correction(ctx: Context, link: Link, true: str) -> Candidate:
    level = level_of(ctx.index, link.entry)
    entries: tuple[Entry, ...] = (link.entry, level) if level else (link.entry,)
    return Candidate(
        operation="false premise",
        score=link.score + (0.8 if ctx.reading.amounts else 0.65),
        entries=entries,
        headline="F1",
        truth=False if ctx.reading.has("confirm") and not ctx.reading.has("why") else None,
        message="not_fall" if true == "up" else "not_rise",
        parts={"growth": "{F1:abs}", **named(link.entry, ctx.reading.language)},
        remarks=(("growth_with_level", {"level": "{F2}"}),) if level else (),
        missing=link.missing,
        coverage=link.coverage,
    )


def _confirmation(ctx: Context, link: Link) -> Candidate:
    amount = next((a for a in ctx.reading.amounts if a.kind in ("percent", "multiple")), None)
    true = amount is None or abs(float(amount.value) - abs(link.entry.figure.value)) < SAME
    return _checked(ctx, link, true, 0.3)


def _checked(ctx: Context, link: Link, true: bool, bonus: float) -> Candidate:
    """A claim of the question held against the published figure."""
    return Candidate(
        operation="check claim",
        score=link.score + bonus,
        entries=(link.entry,),
        headline="F1",
        truth=true,
        message="claim_true" if true else "claim_false",
        parts={"value": "{F1}", **named(link.entry, ctx.reading.language)},
        missing=link.missing,
        coverage=link.coverage,
    )


def _not_beaten(ctx: Context) -> Iterator[Candidate]:
    """ "How come it beat last year" when it came out below."""
    spans = sorted(ctx.periods, key=lambda p: p.last)[-1:]
    changes = ctx.want().but(kinds=_CHANGES, periods=tuple(spans), scenarios=None)
    for link in ctx.links(changes, 3):
        if link.entry.figure.value < 0:
            yield _correction(ctx, link, "down")
    want = ctx.want().but(kinds=_LEVEL, scenarios=frozenset({"actual", "forecast"}))
    spans = sorted(ctx.periods, key=lambda p: p.last)
    wanted = want.but(periods=tuple(spans[-1:])) if spans else want
    for link in ctx.links(wanted, 4):
        if link.entry.months is None:
            continue
        published = growth_of(ctx.index, link.entry)
        if published is not None and published.figure.value < 0:
            yield _correction(ctx, replace(link, entry=published), "down")
        before = want.but(periods=(earlier(link.entry.months, 12),))
        for other in (k.entry for k in partners(ctx, link, before)[:1]):
            if link.entry.figure.value >= other.figure.value:
                continue
            language = ctx.reading.language
            yield Candidate(
                operation="false premise",
                score=link.score + 0.3,
                entries=(link.entry, other),
                expressions=(("growth(F1, F2)", "percent"),),
                headline="F1",
                message="not_beaten",
                parts={
                    "a_value": "{F1}",
                    "b_value": "{F2}",
                    "value": "{C1:abs}",
                    **named(link.entry, language, "a_"),
                    **named(other, language, "b_"),
                    "what": named(link.entry, language)["label"],
                },
                missing=link.missing,
                coverage=link.coverage,
            )
