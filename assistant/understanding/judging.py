"""Whether a reading explains enough of a question to be said aloud."""

import re

from assistant.understanding.asking import asked
from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, keys
from assistant.understanding.linking import NEUTRAL
from assistant.understanding.operations.lookup import is_mean
from assistant.understanding.operations.quotients import of_others
from assistant.understanding.patterns import pattern
from assistant.understanding.relations import same_series
from assistant.understanding.superlatives import says_first, thing
from assistant.understanding.terms import concepts, read_terms, words_of
from knowledge.figure import ChangeKind, Scenario
from knowledge.reading.amounts import read_amounts
from knowledge.reading.spans import Amount

ENOUGH = 0.55  # weight of the words that a reading must explain
LEAST = 0.28  # the same, less what it leaves unexplained
LOWEST = 0.15  # a score below which nothing is said
QUOTED = 0.1  # what a quotation loses where a share is asked for, which may be worked out
FULL = 0.85  # from which, with nothing missing, the same need not be reached
ENOUGH_TEXT = 0.45
# Concepts that people add without meaning another figure.
GENERIC = NEUTRAL | {
    f"c:{name}"
    for name in (
        "zone region national country expected establishment create innovation company investment added actual_use "
        "institution completion support symposium policy china rate industrial equipment recognised expansion signed "
        "leader"
    ).split()
}


def worth(ctx: Context, candidate: Candidate) -> float:
    """A candidate's score less what it leaves unexplained."""
    return (
        candidate.score
        - 0.3 * (1 - min(candidate.coverage, 1.0))
        - 0.12 * len(critical(ctx, candidate))
        - (0.2 if _narrow(ctx, candidate) else 0.0)
        - (QUOTED if candidate.operation == "text" and ctx.reading.has("share") else 0.0)
    )


def acceptable(ctx: Context, candidate: Candidate) -> bool:
    """Whether a reading explains enough of the question to be said aloud."""
    if candidate.coverage < (ENOUGH_TEXT if candidate.operation == "text" else ENOUGH) or critical(ctx, candidate):
        return False
    plain = not candidate.lead and candidate.operation in ("lookup", "growth", "share")
    if plain and _misses_operation(ctx, candidate):
        return False
    if candidate.operation in ("lookup", "growth") and (_unspoken(ctx) or _beside_the_point(ctx, candidate)):
        return False
    if candidate.operation == "lookup" and (_miscounts(ctx, candidate) or _counts_names(ctx)):
        return False
    if candidate.operation in ("lookup", "growth") and _only_planned(ctx, candidate):
        return False
    if candidate.operation == "growth" and _of_a_part(ctx, candidate.entries[0]):
        return False
    if candidate.operation == "share" and of_others(ctx, candidate):
        return False
    if _narrow(ctx, candidate) and ctx.reading.has("percent", "growth", "fall", "to_usd", "to_cny", "to_currency"):
        return False
    return candidate.score >= LOWEST and worth(ctx, candidate) >= (LOWEST if _explained(candidate) else LEAST)


def _explained(candidate: Candidate) -> bool:
    """Whether one published result explains every word of the question."""
    whole = not candidate.missing and candidate.coverage >= FULL
    return whole and candidate.operation == "lookup" and candidate.entries[0].figure.scenario == Scenario.ACTUAL


def _unspoken(ctx: Context) -> bool:
    """Whether the thing asked for is a word that no notice holds: "how many hospitals", "the average rent"."""
    for cue in ctx.reading.cues:
        if cue.name in ("count", "average"):
            behind = next((t for t in ctx.reading.terms if t.start >= cue.end), None)
            if behind and behind.key.startswith("w:") and behind.key not in ctx.index.postings:
                return True
    content = [t.key for t in ctx.reading.terms if t.key not in ctx.reading.soft and not t.key.startswith("c:area_")]
    unknown = [t for t in content if t[0] == "w" and t not in ctx.index.postings]
    known = [t for t in content if t not in unknown and t not in GENERIC]
    return bool(unknown) and not known and not ctx.lent_terms


def _misses_operation(ctx: Context, candidate: Candidate) -> bool:
    """Whether a plain look-up would leave out what the question wants done: "per month", "not foreign-funded"."""
    if ctx.reading.has("rank") and candidate.operation == "lookup":
        return True
    if ctx.reading.has("negated", "remainder"):
        return True
    if (
        candidate.operation == "growth"
        and ctx.reading.has("share")
        and not ctx.reading.has("growth", "fall", "percent")
    ):
        return True  # a share was asked for
    first = candidate.entries[0]
    if _asks_member(ctx) and not says_first(ctx.reading, first.figure.quote, first.notice.language):
        return True
    if ctx.reading.has("exchange_rate") and not ctx.reading.currency():
        return True
    if ctx.reading.has("sum") and any(
        a.kind in ("count", "number") and 2 <= a.value <= 12 for a in ctx.reading.amounts
    ):
        return True  # "the three funds together"
    if ctx.reading.has("average") and not is_mean(candidate.entries[0]):
        return True
    result, asks = candidate.entries[0].figure, pattern("yes_no").search(ctx.reading.text)
    if asks and ctx.reading.has("reach") and ctx.reading.has("target"):
        return result.change_kind != ChangeKind.SHARE  # whether a goal was met is not told by one of the two alone
    return ctx.reading.has("per") and " per " not in candidate.entries[0].figure.unit


def _asks_member(ctx: Context) -> bool:
    """Whether the question asks which of several is first: one figure alone does not say."""
    of_several = ctx.reading.has("which") or thing(ctx.reading.text)
    return ctx.reading.has("max", "min") and bool(of_several) and not ctx.lent_entries


def _beside_the_point(ctx: Context, candidate: Candidate) -> bool:
    """Whether a question that asks for no number has words that a figure leaves unexplained: "what worries them"."""
    numeric = ctx.reading.measure_asked or ctx.measure() is not None or ctx.lent_entries or ctx.reading.amounts
    return not numeric and any(t in ctx.index.postings for t in candidate.missing if t not in ctx.reading.soft)


def _counts_names(ctx: Context) -> bool:
    """Whether things are to be named one by one: how many there are is no answer."""
    wanted = asked(ctx.reading)
    return wanted is not None and wanted.listed and not ctx.lent_entries


def _miscounts(ctx: Context, candidate: Candidate) -> bool:
    """Whether money is asked of a counted group ("the nine deals") and the sentence tells it of another number."""
    asked = next((a for a in ctx.reading.amounts if a.kind in ("count", "number") and _definite(ctx, a)), None)
    figure, language = candidate.entries[0].figure, candidate.entries[0].notice.language
    if asked is None or not figure.unit.isupper():
        return False
    nouns = {t.key for t in read_terms(ctx.reading.text[asked.start :], ctx.reading.language)[:2]}
    counts = (a for a in read_amounts(figure.quote, language) if a.kind == "count")
    beside = [a.value for a in counts if nouns & {t.key for t in read_terms(a.noun, language)}]
    counted = [e for e in ctx.index.entries if e.figure.value == asked.value and nouns & e.core]
    elsewhere = counted and all(e.figure.quote != figure.quote for e in counted)
    return bool(elsewhere or (beside and asked.value not in beside))


def _only_planned(ctx: Context, candidate: Candidate) -> bool:
    """Whether a result is asked for, "how much did they use in 2023", and only the goal for that time is known."""
    if not ctx.reading.periods or not _to_come(candidate.entries[0]):
        return False
    return bool(pattern("achieved").search(ctx.reading.text)) and not ctx.reading.has("target", "forecast", "versus")


def _to_come(entry: Entry) -> bool:
    """Whether a figure is a goal, or a forecast for a time that had not ended when it was published."""
    published = entry.notice.published
    ahead = published and entry.months and entry.months.last > published.year * 12 + published.month - 1
    scenario = entry.figure.scenario
    return scenario == Scenario.TARGET or bool(scenario == Scenario.FORECAST and ahead)


def _definite(ctx: Context, amount: Amount) -> bool:
    return bool(re.search(r"\b(?:the|these|those|all) $", ctx.reading.text[: amount.start], re.IGNORECASE))


def _narrow(ctx: Context, candidate: Candidate) -> bool:
    """Whether a look-up would answer about a part (an industry, a partner country) that the question does not name."""
    if candidate.operation not in ("lookup", "growth", "false premise") or not candidate.entries:
        return False
    asked = {t.key for t in ctx.reading.terms} | {t for t, _ in ctx.lent_terms}
    said = asked | {f"c:{n}" for t in asked if t.startswith("c:") for n in concepts().near.get(t[2:], ())}
    inner = keys(ctx.reading.text, ctx.reading.language)  # "foreign" in "foreign trade"
    said |= inner | {
        g for group in candidate.entries[0].groups for g in group if words_of().get(g, frozenset()) & inner
    }
    first = candidate.entries[0]
    if keys(first.figure.label, first.notice.language) - NEUTRAL <= said:
        return False  # the question says all that the figure is called by
    return any(group - NEUTRAL and not group & said for group in first.groups)


def _of_a_part(ctx: Context, growth: Entry) -> bool:
    """Whether a change is one of a part that the question does not name, beside the level of the whole that it does."""
    inner = keys(ctx.reading.text, ctx.reading.language) | {t.key for t in ctx.reading.terms}
    own = keys(growth.figure.label, growth.notice.language) - NEUTRAL - growth.area
    places = frozenset(t for t in growth.topic if t[0] in "wn")  # names of the title
    if own <= inner or ctx.lent_terms or ctx.reading.language != growth.notice.language:
        return False
    levels = (
        keys(e.figure.label, e.notice.language) - NEUTRAL - e.area - places
        for e in ctx.index.entries
        if e.figure.notice_id == growth.figure.notice_id
        and e.months == growth.months
        and e.figure.change_kind == ChangeKind.LEVEL
        and e.figure.figure_id != growth.figure.relates_to
    )
    return any(whole and whole < own and whole <= inner and not (own - whole) & inner for whole in levels)


def critical(ctx: Context, candidate: Candidate) -> tuple[str, ...]:
    """Words that must not go unexplained: names, ordinals, and concepts that tell one figure from another."""
    proper = {t.key for t in ctx.reading.terms if t.proper}
    lenient = candidate.operation == "text"
    given = _given(ctx, candidate)
    return tuple(
        t
        for t in candidate.missing
        if t not in ctx.reading.soft
        and t not in GENERIC
        and t not in given
        and (t in proper or t[0] == "#" or t.startswith("c:" if not lenient else "c:area_"))
        and not (t.startswith("w:") and _mentioned(ctx, candidate, t))
    )


def _given(ctx: Context, candidate: Candidate) -> frozenset[str]:
    """Words of earlier turns that need no explaining: the figure goes on with the series of the last answer."""
    computed = ctx.reading.has("difference", "sum", "average", "share", "growth", "fall")
    if not ctx.lent_entries or candidate.operation != "lookup" or computed:
        return frozenset()
    last, entry = ctx.lent_entries[0], candidate.entries[0]
    told = [
        e
        for e in ctx.index.entries
        if e.figure.notice_id == last.figure.notice_id
        and e.figure.value == last.figure.value
        and e.figure.unit == last.figure.unit
        and e.months == last.months
    ]
    own = {t.key for t in ctx.reading.terms}
    goes_on = any(same_series(ctx.index, e, entry) for e in told)
    return frozenset(k for k, _ in ctx.lent_terms if k not in own) if goes_on else frozenset()


def _mentioned(ctx: Context, candidate: Candidate, term: str) -> bool:
    """Whether the notice of a figure names it somewhere (an agency, a programme)."""
    return any(e.order in ctx.index.postings.get(term, {}) for e in candidate.entries)
