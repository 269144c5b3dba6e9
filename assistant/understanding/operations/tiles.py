"""A stretch that nothing is published for, but its parts are: a half from its quarters, a year from its halves."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import family
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.totals import total
from assistant.understanding.periods import Months
from assistant.understanding.relations import levels_akin
from knowledge.figure import ChangeKind

_FLOW = frozenset({ChangeKind.LEVEL})


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings of one asked stretch as the sum of the published parts that fill it."""
    if ctx.reading.has("growth", "fall", "share", "target", "forecast", "implied", "max", "min", "which"):
        return
    spans = [s for s in (ctx.periods or ctx.spans)[-6:] if s.first is not None and 3 <= s.length <= 12]
    if len(ctx.periods) > 1:
        return
    want = level_want(ctx).but(kinds=_FLOW, periods=(), scenarios=None)
    for link in ctx.links(want, 8):
        if family(link.entry.figure.unit) not in ("money", "count"):
            continue
        series = [e for e in (link.entry, *levels_akin(ctx.index, link.entry)) if is_result(e)]
        for span in spans:
            if any(e.months == span for e in series):
                continue  # it is published as it is
            parts = _filled(series, span)
            if len(parts) >= 2:
                made = total(ctx, parts, link, 0.2 if ctx.reading.has("sum") else 0.02)
                yield replace(made, operation="parts of a stretch")


def _filled(series: list[Entry], span: Months) -> tuple[Entry, ...]:
    """The parts that fill a stretch without gap or overlap, the longest first; nothing where they do not."""
    at, chosen = span.first or 0, []
    while at <= span.last:
        fitting = [
            (e.months.length, e)
            for e in series
            if e.months
            and e.months.first == at
            and e.months.last <= span.last
            and e.months.length < span.length
            and not e.months.day
        ]
        if not fitting:
            return ()
        length, part = max(fitting, key=lambda f: (f[0], -f[1].order))
        chosen.append(part)
        at += length
    return tuple(chosen)
