"""One number that the asker names as a percentage of another: "448 out of 640 is what percent?"."""

from collections.abc import Iterator
from itertools import product

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import Link
from assistant.understanding.operations.conversion import matching
from assistant.understanding.operations.pairs import Pair
from assistant.understanding.operations.shares import share
from assistant.understanding.relations import same_unit
from knowledge.reading.spans import Amount

NAMED = 1.5  # score of a quotient whose two numbers the asker has written
COUNTED = ("count", "number", "money")


def candidates(ctx: Context) -> Iterator[Candidate]:
    """The two named numbers as published figures of one notice, the smaller as a share of the larger."""
    amounts = asked(ctx)
    if ctx.reading.has("growth", "fall", "difference"):
        return
    if not amounts:
        return
    for found in product(*(matching(ctx, a) for a in amounts)):
        part, whole = sorted(found, key=_size)
        if _size(part) < _size(whole) and _together(part, whole):
            first, second = Link(part, 1.0, 1.0, (), 1.0), Link(whole, 1.0, 1.0, (), 1.0)
            yield share(ctx, Pair(first, second, NAMED), 0.0)


def asked(ctx: Context) -> tuple[Amount, ...]:
    """The two numbers of which a quotient is asked; () where it is not of two."""
    amounts = tuple(a for a in ctx.reading.amounts if a.kind in COUNTED and a.value)
    return amounts if len(amounts) == 2 and ctx.reading.has("share", "percent") else ()


def of_others(ctx: Context, candidate: Candidate) -> bool:
    """Whether a share is of other numbers than the two that the asker has named."""
    told = [_size(e) for e in candidate.entries]
    return any(all(abs(abs(float(a.value)) - t) > 1e-6 * t for t in told) for a in asked(ctx))


def _size(entry: Entry) -> float:
    return abs(entry.figure.value)


def _together(part: Entry, whole: Entry) -> bool:
    a, b = part.figure, whole.figure
    return a.notice_id == b.notice_id and a.scenario == b.scenario and same_unit(a.unit, b.unit)
