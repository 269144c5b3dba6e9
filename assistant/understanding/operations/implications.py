"""Numbers that nothing published but published numbers give: the rest of a year, a yearly rate."""

from collections.abc import Iterator

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import Link
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.pairs import goes_with, partners
from assistant.understanding.operations.parts import named
from assistant.understanding.periods import Months, code_of
from assistant.wording.periods import when
from knowledge.figure import ChangeKind, Scenario

_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as something implied."""
    yield from _rest_of_year(ctx)
    yield from _yearly_rate(ctx)


def _rest_of_year(ctx: Context) -> Iterator[Candidate]:
    """What is left of a stretch from January on when its published beginning is taken away: a second half."""
    for rest in ctx.periods or ctx.spans[-1:]:
        if rest.first is None or rest.length >= 12 or rest.first % 12 == 0:
            continue
        begin = rest.first // 12 * 12
        year, begun = Months(begin, rest.last), Months(begin, rest.first - 1)
        want = level_want(ctx).but(kinds=_LEVEL, scenarios=None)
        for whole in ctx.links(want.but(periods=(year,)), 4):
            for part in (k.entry for k in partners(ctx, whole, want.but(periods=(begun,)))[:1]):
                if Scenario.TARGET in (part.figure.scenario, whole.entry.figure.scenario):
                    continue
                stock = part.months is None or part.months.first is None or whole.entry.months != year
                if stock or not 0 < part.figure.value < whole.entry.figure.value:
                    continue
                language = ctx.reading.language
                yield Candidate(
                    operation="implied rest",
                    score=whole.score + 0.05,
                    entries=(whole.entry, part),
                    expressions=(("F1 - F2", None),),
                    headline="C1",
                    message="implied_rest",
                    parts={
                        "value": "{C1}",
                        "when": when(code_of(rest), language),
                        "whole": "{F1}",
                        "part": "{F2}",
                        **named(whole.entry, language, "whole_"),
                        **named(part, language, "part_"),
                        "what": named(whole.entry, language)["label"],
                    },
                    missing=whole.missing,
                    coverage=whole.coverage,
                )


def _yearly_rate(ctx: Context) -> Iterator[Candidate]:
    """The yearly growth between two levels some years apart."""
    ends = sorted(ctx.endpoints, key=lambda p: p.last)
    if not ctx.reading.has("cagr") or len(ends) < 2:
        return
    first, last = ends[0], ends[-1]
    want = level_want(ctx).but(kinds=_LEVEL, scenarios=None, families=frozenset({"money", "count"}))
    years = (last.last - first.last) // 12
    if not 1 <= years <= 12:
        return
    for link in ctx.links(want.but(periods=(first,)), 4):
        ends_of = (k.entry for k in ctx.links(want.but(periods=(last,)), 8) if goes_with(link, k))
        for end in list(ends_of)[:2]:
            yield yearly(ctx, link, end, years)


def yearly(ctx: Context, link: Link, end: Entry, years: int) -> Candidate:
    """The growth a year that leads from one level to another, so many years on."""
    language = ctx.reading.language
    return Candidate(
        operation="yearly growth",
        score=link.score + 0.5,  # before how far apart the two are
        entries=(link.entry, end),
        expressions=((f"cagr(F2, F1, {years})", "percent"),),
        headline="C1",
        message="cagr",
        parts={
            "value": "{C1}",
            "a": "{F1}",
            "b": "{F2}",
            **named(link.entry, language, "a_"),
            **named(end, language, "b_"),
            "what": named(link.entry, language)["label"],
        },
        missing=link.missing,
        coverage=link.coverage,
    )
