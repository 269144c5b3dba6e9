"""The embedded planner: from a question to the one plan that explains its words best, or to a refusal that says why."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.question import Question
from assistant.understanding import about, figure_index, outcomes
from assistant.understanding.candidate import Candidate
from assistant.understanding.claims import claim_of
from assistant.understanding.context import Context
from assistant.understanding.figure_index import FigureIndex
from assistant.understanding.followups import Lent, Past, dated, lend, periods_of
from assistant.understanding.joining import joined
from assistant.understanding.linking import EXACT
from assistant.understanding.names import resolve
from assistant.understanding.operations import (
    comparison,
    conflicts,
    conversion,
    former,
    funnels,
    goals,
    groups,
    implications,
    implied_goals,
    lookup,
    notices_apart,
    premises,
    quotients,
    ranking,
    remainders,
    series,
    shares,
    standing,
    tabulated,
    text,
    tiles,
    totals,
    twofold,
    wholes,
)
from assistant.understanding.patterns import pattern
from assistant.understanding.plan import Plan
from assistant.understanding.reading import read, yearless
from assistant.understanding.sounds import heard
from assistant.understanding.verdicts import judged
from knowledge.known import Known
from knowledge.reading.script import simplified

LONGEST = 2000  # characters of a question that are read

OPERATIONS: tuple[Callable[[Context], Iterator[Candidate]], ...] = (
    lookup.candidates,
    lookup.computed_growth,
    former.candidates,
    implied_goals.candidates,
    implications.candidates,
    comparison.candidates,
    notices_apart.candidates,
    twofold.candidates,
    goals.candidates,
    totals.candidates,
    groups.candidates,
    totals.parts_of_total,
    tiles.candidates,
    wholes.candidates,
    shares.candidates,
    quotients.candidates,
    funnels.candidates,
    remainders.candidates,
    ranking.candidates,
    standing.candidates,
    tabulated.candidates,
    series.candidates,
    conversion.candidates,
    premises.candidates,
    conflicts.candidates,
    text.candidates,
)


def plan(question: Question, library: Known) -> Plan:
    """The plan for a question. Pure: the same question over the same library gives the same plan."""
    index = figure_index.build(library, library.version, question.collection)
    past: list[Past] = []
    for turn in question.turns:
        ctx = context(turn.question, question, library, index, tuple(past))
        chosen = best(ctx)
        past.append(remember(ctx, chosen))
    pieces = sub_questions(question.text)
    first = _one(pieces[0], question, library, index, tuple(past))
    if len(pieces) == 1 or first[0].status != "answered":
        return first[0] if len(pieces) == 1 else _one(question.text, question, library, index, tuple(past))[0]
    second = _one(pieces[1], question, library, index, (*past, remember(first[1], first[2])))
    if first[2] is not None and _told(first, second[1]):
        return outcomes.settle(first[1], replace(first[2], truth=None), ())
    if second[0].status != "answered":
        whole = _one(question.text, question, library, index, tuple(past))[0]
        return whole if whole.status == "answered" and whole.operation == first[0].operation else first[0]
    if second[0].draft == first[0].draft:  # the second half says nothing of its own
        return _one(question.text, question, library, index, tuple(past))[0]
    return joined(first[0], second[0])


def _one(
    words: str, question: Question, library: Known, index: FigureIndex, past: tuple[Past, ...]
) -> tuple[Plan, Context, Candidate | None]:
    ctx = context(words, question, library, index, past)
    if told := about.answer(ctx):
        return told, ctx, None
    found = ranked(ctx)
    chosen = next((c for c in found if outcomes.acceptable(ctx, c)), None)
    return outcomes.settle(ctx, chosen, found), ctx, chosen


def _told(first: tuple[Plan, Context, Candidate | None], second: Context) -> bool:
    """Whether an answer already says what a second part asks for: `did it reach its goal, and by how many?`."""
    known = {t.key for t in first[1].reading.terms}
    new = [t for t in second.reading.terms if t.key not in second.reading.soft and t.key not in known]
    asks = second.reading.has("difference") and not new and not second.reading.periods
    return asks and first[0].operation in ("target against actual", "compare", "difference")


def context(words: str, question: Question, library: Known, index: FigureIndex, past: tuple[Past, ...]) -> Context:
    """A question read, with what the conversation lends it."""
    clean = simplified(unicodedata.normalize("NFKC", words)[:LONGEST].strip())
    reading = resolve(read(clean, question.as_of, index.words, index.names, index.quoted), index)
    reading = heard(reading, index)
    lent = lend(reading, past, index) if past else Lent()
    reading = dated(reading, past) if lent.entries or lent.terms else reading
    return Context(
        reading=reading,
        index=index,
        library=library,
        collection=question.collection,
        lent_terms=lent.terms,
        lent_periods=lent.periods,
        lent_entries=lent.entries,
        operation=lent.operation,
        interpretation=dict(question.interpretation),
        version=library.version,
    )


def ranked(ctx: Context) -> tuple[Candidate, ...]:
    """All complete readings, best first."""
    claim = claim_of(ctx.reading)
    found = [judged(claim, c) for operation in OPERATIONS for c in operation(ctx)]
    return tuple(sorted(found, key=lambda c: -round(outcomes.worth(ctx, c), EXACT)))


def best(ctx: Context) -> Candidate | None:
    """The best acceptable reading."""
    return next((c for c in ranked(ctx) if outcomes.acceptable(ctx, c)), None)


def remember(ctx: Context, chosen: Candidate | None) -> Past:
    """A turn as later turns may lean on it."""
    periods = periods_of(ctx.reading) or ctx.lent_periods
    vague = all(yearless(p) and p.relative for p in ctx.reading.periods) and not ctx.lent_periods
    if vague and chosen and chosen.entries and chosen.entries[0].months:
        periods = (chosen.entries[0].months,)
    entries = chosen.entries if chosen else ()
    return Past(ctx.reading, periods, entries, chosen.operation if chosen else "", ctx.lent_terms)


def sub_questions(words: str) -> tuple[str, ...]:
    """A question of two parts as two; anything else whole."""
    cut = pattern("break").search(words)
    if not cut:
        return (words,)
    first, second = words[: cut.start()].strip(), words[cut.end() :].strip(" ?？")
    asked = pattern("asks").search(first) and (
        pattern("asks").search(second) or not cut.group().strip().startswith("?")
    )
    whole = len(first) > 8 and len(second) > 5 and asked
    return (first, second) if whole else (words,)
