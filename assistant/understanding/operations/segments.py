"""A question cut at its connectors: "A than B", "A and B", "A per B", each side an operand of its own."""

from dataclasses import dataclass

from assistant.understanding.context import Context
from assistant.understanding.linking import Want
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months
from assistant.understanding.terms import Term, concepts
from knowledge.reading.spans import Amount, Period

INHERITED = 0.4  # weight of words that one side lends the other


@dataclass(frozen=True, slots=True)
class Segment:
    """One side of a connector."""

    start: int
    end: int
    terms: tuple[Term, ...]
    periods: tuple[Months, ...]
    amounts: tuple[Amount, ...]
    cues: frozenset[str]


def split(ctx: Context, connector: str) -> tuple[Segment, ...]:
    """All segments between the connectors of one kind, empty ones left out."""
    text = ctx.reading.text
    spans: list[Period | Amount] = [*ctx.reading.periods, *ctx.reading.amounts, *ctx.reading.notice_periods]
    cuts = [
        (m.start(), m.end())
        for m in pattern(connector).finditer(text)
        if not any(s.start < m.end() and m.start() < s.end for s in spans)
        and not any(t.start < m.start() and m.end() < t.end for t in ctx.reading.terms)
    ]
    edges = [0, *(e for cut in cuts for e in cut), len(text)]
    made = [segment(ctx, edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]
    return tuple(s for s in made if s.terms or s.periods or s.amounts)


def within(ctx: Context, connector: str, start: int, end: int) -> tuple[Segment, ...]:
    """The segments of a stretch of the question between the connectors of one kind."""
    cuts = [(m.start(), m.end()) for m in pattern(connector).finditer(ctx.reading.text, start, end)]
    edges = [start, *(e for cut in cuts for e in cut), end]
    made = [segment(ctx, edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]
    return tuple(s for s in made if s.terms)


def halves(ctx: Context, connector: str) -> tuple[tuple[Segment, Segment], ...]:
    """Every way to cut the question in two at one connector."""
    text = ctx.reading.text
    spans: list[Period | Amount] = [*ctx.reading.periods, *ctx.reading.amounts]
    cut = []
    for m in pattern(connector).finditer(text):
        if any(s.start < m.end() and m.start() < s.end for s in spans):
            continue
        left, right = segment(ctx, 0, m.start()), segment(ctx, m.end(), len(text))
        if (left.terms or left.periods or left.amounts) and (right.terms or right.periods or right.amounts):
            cut.append((left, right))
    return tuple(cut)


def segment(ctx: Context, start: int, end: int) -> Segment:
    """What the question says between two places."""
    reading = ctx.reading
    inside = [p for p in reading.periods if start <= p.start and p.end <= end]
    return Segment(
        start,
        end,
        tuple(t for t in reading.terms if start <= t.start and t.end <= end),
        tuple(m for p in inside for m in ctx.choices(p)),
        tuple(a for a in reading.amounts if start <= a.start and a.end <= end),
        frozenset(c.name for c in reading.cues if start <= c.start and c.end <= end),
    )


def operand(ctx: Context, own: Segment, *others: Segment) -> Want:
    """The want of one side: its own words in full, the other sides' words as help, its own period or theirs."""
    weights = dict(ctx.weighted())
    mine = tuple(dict.fromkeys(t.key for t in own.terms))
    lent = tuple(t.key for o in others for t in o.terms if t.key not in mine)
    solid = tuple(k for k in mine if k not in ctx.reading.soft)
    helpful = tuple((k, weights.get(k, 1.0) * INHERITED) for k in dict.fromkeys(lent))
    if solid:
        terms = tuple((k, weights.get(k, 1.0)) for k in solid)
        helpful += tuple((k, weights.get(k, 1.0)) for k in mine if k not in solid)
    else:
        terms = ctx.want().terms
    periods = own.periods or next((o.periods for o in others if o.periods), ()) or ctx.spans
    return Want(
        terms=terms,
        helpful=(*helpful, *ctx.lent_terms),
        periods=periods,
        scenarios=_scenario(own, others),
        notice_ids=ctx.named_notices(),
        near=ctx.nearby(),
        measure=_measure(ctx, mine),
        plans=ctx.reading.has("target", "forecast", "completion"),
        values=tuple(abs(float(a.value)) for a in own.amounts if a.value),
        around=ctx.events(),
        first="first" in own.cues or (ctx.reading.has("first") and not any("first" in o.cues for o in others)),
        chinese=ctx.reading.language == "zh",
    )


def _measure(ctx: Context, mine: tuple[str, ...]) -> str | None:
    kinds = concepts().measures
    return next((k for k in mine if k in kinds), None) or ctx.measure()


def _scenario(own: Segment, others: tuple[Segment, ...]) -> frozenset[str] | None:
    if "target" in own.cues:
        return frozenset({"target", "forecast"})
    if "forecast" in own.cues and any("target" in o.cues for o in others):
        return frozenset({"forecast", "actual"})
    if any("target" in o.cues or "forecast" in o.cues for o in others) or "actual" in own.cues:
        return frozenset({"actual", "forecast"})
    return None
