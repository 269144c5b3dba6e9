"""The place of one period among the periods of its series: "where does 2023 rank among the years"."""

from collections.abc import Iterator

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import Link, Want
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.families import in_stretch
from assistant.understanding.operations.pairs import partners
from assistant.understanding.operations.parts import named
from assistant.understanding.patterns import pattern
from assistant.understanding.terms import Term
from assistant.wording.periods import period
from assistant.wording.phrases import say

MOST = 60  # periods that are set in order


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as the place of the asked period among all of its series, or among those of an asked stretch."""
    if not pattern("ranked_period").search(ctx.reading.text):
        return
    want = _wanted(ctx)
    for link in ctx.links(want, 6):
        if link.entry.months not in ctx.periods or not is_result(link.entry):
            continue
        others = tuple(_others(ctx, link, want.but(periods=())))
        if others:
            yield _standing(ctx, link, (link.entry, *others))


def _wanted(ctx: Context) -> Want:
    """What is ranked: the words of the question but those that ask for the place."""
    asking = [m.span() for m in pattern("ranking_words").finditer(ctx.reading.text)]

    def asks(term: Term) -> bool:
        return any(start <= term.start and term.end <= end for start, end in asking)

    dropped = {term.key for term in ctx.reading.terms if asks(term)}
    want = ctx.want()
    return want.but(terms=tuple((t, w) for t, w in want.terms if t not in dropped) or want.terms)


def _others(ctx: Context, link: Link, want: Want) -> Iterator[Entry]:
    """One figure for each other period of the same length."""
    seen = {link.entry.months}
    for found in partners(ctx, link, want, 400):
        entry = found.entry
        alike = entry.months and link.entry.months and entry.months.length == link.entry.months.length
        if alike and entry.months not in seen and is_result(entry) and in_stretch(found, ctx.stretch):
            seen.add(entry.months)
            yield entry
        if len(seen) == MOST:
            return


def _standing(ctx: Context, link: Link, entries: tuple[Entry, ...]) -> Candidate:
    language = ctx.reading.language
    ordered = sorted(range(len(entries)), key=lambda i: -entries[i].figure.value)
    beside = ordered[0] or ordered[1]  # the highest, or where that is the asked period itself the one behind it
    handles = ", ".join(f"F{i}" for i in range(1, len(entries) + 1))
    value = f"{{F{beside + 1}}}"
    return Candidate(
        operation="rank",
        score=link.score + 0.35,
        entries=entries,
        expressions=((f"rank(F1, {handles})", None),),
        headline="C1",
        message="standing" if ordered[0] else "standing_first",
        parts={
            "name": _name(entries[0], language),
            "value": "{C1}",
            "own": "{F1}",
            "other": say("rank_item", language, name=_name(entries[beside], language), value=value),
            **named(entries[0], language),
        },
        missing=link.missing,
        coverage=link.coverage,
        table=(("", "value"), *((_name(entries[i], language), entries[i].figure.published_as) for i in ordered)),
        chart=len(entries) > 2,
    )


def _name(entry: Entry, language: str) -> str:
    return period(entry.figure.time_period, language)
