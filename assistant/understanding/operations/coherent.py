"""Several figures chosen together: each fits its own words, and all of them belong to one calculation.

What belongs together is decided here once: one unit and kind, results with results, one notice or one indicator, one
time unless the operands name their own, no number twice, no whole beside its parts.
"""

from dataclasses import dataclass

from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, grouping
from assistant.understanding.linking import Link, Want
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.pairs import comparable, harmony
from assistant.understanding.terms import concepts

DEPTH = 14  # figures that are tried for an operand
BEAM = 24  # choices that are carried from one operand to the next
UNSAID = 0.4  # what a figure loses that leaves all words of its operand unexplained
ROUNDING = 0.02  # of a value, that its parts may miss it by
NESTED = 0.2  # what a choice loses for holding a part and what may be its whole


@dataclass(frozen=True, slots=True)
class Choice:
    """One figure for each operand, and how well they fit, each and together."""

    links: tuple[Link, ...]
    own: float = 0.0  # how well each fits its own words, summed
    fit: float = 0.0  # and the others, summed over all pairs

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The figures, in the order of the operands."""
        return tuple(k.entry for k in self.links)

    @property
    def score(self) -> float:
        """Both as means, so that choices of different size can be compared."""
        size = len(self.links)
        return self.own / size + (self.fit / (size * (size - 1) / 2) if size > 1 else 0.0)


def together(ctx: Context, wants: tuple[Want, ...], *, one_time: bool) -> tuple[Choice, ...]:
    """The coherent choices for operands that are added up or set in order, best first."""
    beam = [Choice(())]
    for want in wants:
        links = ctx.links(want, DEPTH)
        grown = [_with(ctx, c, k) for c in beam for k in links if all(belong(o, k, one_time=one_time) for o in c.links)]
        beam = sorted(grown, key=lambda c: -c.score)[:BEAM]
    return tuple(beam)


def _with(ctx: Context, choice: Choice, link: Link) -> Choice:
    fit = sum(harmony(ctx, o, link, True) - _nested(o.entry, link.entry) for o in choice.links)
    own = link.score - UNSAID * (1 - min(link.coverage, 1.0))
    return Choice((*choice.links, link), choice.own + own, choice.fit + fit)


def belong(x: Link, y: Link, *, one_time: bool) -> bool:
    """Whether two figures may be operands of one sum."""
    a, b = x.entry, y.entry
    if a.order == b.order or not comparable(x, y) or (one_time and a.months != b.months):
        return False
    if is_result(a) != is_result(b):
        return False
    if a.figure.notice_id == b.figure.notice_id:
        return True
    akin = a.figure.indicator == b.figure.indicator or bool(a.core & b.core & concepts().measures.keys())
    return akin and (one_time or _one_area(a, b))


def _one_area(a: Entry, b: Entry) -> bool:
    """Whether two figures can be of one area, or of an area and one in it."""
    return not a.area or not b.area or bool(a.area & (b.area | b.lineage) or b.area & a.lineage)


def makes_another(entries: tuple[Entry, ...]) -> bool:
    """Whether one of the entries is what the others add up to, but for rounding: a whole is no part."""
    size = sum(e.figure.value for e in entries)
    return len(entries) > 2 and any(abs(2 * e.figure.value - size) <= ROUNDING * abs(e.figure.value) for e in entries)


def _nested(a: Entry, b: Entry) -> float:
    """What two figures lose of which the one is of a group and the other of all: part and whole, as it seems."""
    small, large = sorted((a, b), key=lambda e: abs(e.figure.value))
    one = a.figure.notice_id == b.figure.notice_id and a.months == b.months
    return NESTED if one and grouping(large.figure).items() < grouping(small.figure).items() else 0.0
