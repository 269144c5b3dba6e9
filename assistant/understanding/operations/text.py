"""Who, which, where, why: answered by the sentence that holds the answer."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice, pairwise

from assistant.understanding.asking import Asked, asked, type_noun
from assistant.understanding.candidate import Candidate
from assistant.understanding.claims import claim_of
from assistant.understanding.context import Context
from assistant.understanding.holding import gives_reason, holds, is_about, may_explain
from assistant.understanding.lists import items
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import fit, months
from assistant.understanding.quoting import quoted, window
from assistant.understanding.sentence_index import Sentence, score, sentences
from assistant.understanding.superlatives import says_first, thing
from assistant.understanding.terms import Term
from assistant.wording.phrases import table
from knowledge.reading.amounts import read_amounts

_NUMERIC = ("count", "money", "share", "percent", "growth", "sum", "difference", "average", "per", "series")
LISTED = 0.8  # coverage from which a sentence with a list answers a question that names a number of things
FOREIGN = 0.1  # weight of a word that a sentence in another language cannot hold
EXPLAINED = 0.5  # coverage from which what had happened before is taken as the reason
HEADING = 0.3
NEXT = 0.05  # less for a reason in the sentence behind
UNTYPED = 0.15  # less where neither a sentence nor its neighbours name the kind of thing
CROWDED = 0.03  # less for each number of a sentence, where none is asked for
KIND = 0.6  # weight of the word that says what kind of thing is asked for: "which industry"
MANY = 6
BEST = 4  # sentences looked at


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as a question to the text."""
    wanted = asked(ctx.reading)
    if wanted and not wanted.surely and ctx.lent_terms:
        wanted = None  # "what's planned for 2024?" goes on with the last number
    counted = any(a.kind in ("count", "number") for a in ctx.reading.amounts) and not ctx.reading.has(*_NUMERIC)
    superlative = ctx.reading.has("max", "min") and (ctx.reading.has("which") or bool(thing(ctx.reading.text)))
    worked_out = ctx.reading.has("rank", "sum", "difference", "exchange_rate", "to_currency")
    why = wanted is not None and wanted.kind == "reason"
    claim = claim_of(ctx.reading)
    counted = counted and not (claim and claim.asked)
    if (worked_out or (ctx.reading.has("max", "min") and not superlative and not _surely(wanted))) and not why:
        return
    if pattern("ranked_period").search(ctx.reading.text) or (ctx.reading.has("series") and ctx.measure() and not why):
        return
    ranked = _ranked(ctx, wanted, only_withheld=not (wanted or counted or superlative))
    telling = (f for f in ranked if not wanted or _tells_sums(ctx, f[2]))
    for value, missing, sentence in islice(telling, BEST):
        if why and not is_about(sentence, ctx.measure()):
            continue  # a reason for something else
        if superlative and not why and not _says_first(ctx, wanted, sentence, missing):
            continue
        lists = counted and value >= LISTED and bool(items(sentence.text))
        if wanted or lists or superlative or sentence.withheld:
            yield _answer(ctx, wanted, sentence, value, missing)


def _says_first(ctx: Context, wanted: Asked | None, sentence: Sentence, missing: tuple[str, ...]) -> bool:
    """Whether a sentence says itself what is first among things of the asked kind."""
    of_kind = _surely(wanted) or type_noun(ctx.reading) not in missing
    return of_kind and says_first(ctx.reading, sentence.text, sentence.notice.language)


def _surely(wanted: Asked | None) -> bool:
    return wanted is not None and wanted.kind in ("person", "place", "name")


def _lean(ctx: Context, wanted: Asked | None, sentence: Sentence, value: float) -> float:
    """What speaks for answering with a sentence: the question asks for one, and for a reason only if it gives one."""
    if wanted and wanted.kind == "reason":
        return 0.15 if gives_reason(sentence, ctx.reading) else -0.1 if _explains(ctx, sentence, value) else -0.45
    if ctx.reading.has("max", "min"):
        return (0.25 if ctx.reading.has("which") else 0.4) if thing(ctx.reading.text) else 0.1
    if len(ctx.periods) > 1 and ctx.measure():
        return -0.5  # a number for each of several periods is asked for
    return 0.0 if wanted is None else 0.3 if wanted.surely else 0.15


def _explains(ctx: Context, sentence: Sentence, value: float) -> bool:
    told = ctx.measure() is None or ctx.measure() in sentence.terms
    return gives_reason(sentence, ctx.reading) or (value >= EXPLAINED and told and may_explain(sentence))


def _ranked(ctx: Context, wanted: Asked | None, only_withheld: bool) -> list[tuple[float, tuple[str, ...], Sentence]]:
    named, speaking = ctx.named_notices() or None, _speaking(ctx)
    proper = frozenset(t.key for t in ctx.reading.terms if t.proper or t.key.startswith("c:area_"))
    rows = {(e.figure.notice_id, e.figure.quote) for e in ctx.index.entries if e.figure.cell}
    index = sentences(ctx.library, ctx.version, ctx.collection)
    terms, kind, homes = _terms(ctx), type_noun(ctx.reading), _homes(ctx)
    found = []
    for sentence in index.sentences:
        if (sentence.notice.notice_id, sentence.text) in rows:  # a row of figures says nothing beside them
            continue
        if only_withheld and not sentence.withheld:
            continue
        if named is not None and sentence.notice.notice_id not in named:
            continue
        foreign = sentence.notice.language != ctx.reading.language
        weights = tuple((t, w * FOREIGN if foreign and t[0] in "wz" and t not in proper else w) for t, w in terms)
        home = homes.get(sentence.notice.notice_id, frozenset())
        value, missing = score(index, sentence, weights + ctx.lent_terms, proper, wanted is not None, home)
        value += _leaning(ctx, wanted, sentence, speaking)
        value -= UNTYPED if kind in missing and not foreign and not _surely(wanted) else 0.0
        found.append((value, missing, sentence))
    if wanted and wanted.kind == "reason":
        found = _carried(ctx, found)
    found.sort(key=lambda f: (bool(proper.intersection(f[1])), -f[0]))  # what names another place is no answer
    return found


def _homes(ctx: Context) -> dict[str, frozenset[str]]:
    """The places that the figures of each notice are of, and what those lie in."""
    found: dict[str, frozenset[str]] = {}
    for e in ctx.index.entries:
        found[e.figure.notice_id] = found.get(e.figure.notice_id, frozenset()) | e.lineage | e.area
    return found


def _carried(
    ctx: Context, found: list[tuple[float, tuple[str, ...], Sentence]]
) -> list[tuple[float, tuple[str, ...], Sentence]]:
    """The sentences, where a reason that follows what is asked about is about it too."""
    made = found[:1]
    for (before, missed, told), (value, missing, sentence) in pairwise(found):
        other_time = told.months and ctx.periods and not set(told.months) & set(ctx.periods)
        follows = told.notice == sentence.notice and is_about(sentence, ctx.measure()) and not other_time
        if follows and before > value + NEXT and (may_explain(sentence) or gives_reason(sentence, ctx.reading)):
            value, missing = before - NEXT, missed
        made.append((value, missing, sentence))
    return made


def _terms(ctx: Context) -> tuple[tuple[str, float], ...]:
    """The words of the question with their weights, without those that only ask."""
    asking = [(c.start, c.end) for c in ctx.reading.cues if c.name in ("which", "why", "count", "confirm")]
    who = pattern("asks_person").search(ctx.reading.text) if ctx.reading.language != "zh" else None
    speaking = who.span() if who else (0, 0)  # who "presented" it is who said it

    def asks(term: Term) -> bool:
        inside = any(a <= term.start and term.end <= b for a, b in asking) and term.key in ctx.reading.soft
        return inside or (speaking[0] <= term.start and term.end <= speaking[1] and term.key != "c:leader")

    silent = {t.key for t in ctx.reading.terms if asks(t)}
    kind, soft = type_noun(ctx.reading), ctx.reading.soft
    factors = {t: KIND if t == kind else 2.0 if t in soft else 1.0 for t, _ in ctx.weighted()}
    return tuple((t, w * factors[t]) for t, w in ctx.weighted() if t not in silent)


def _leaning(ctx: Context, wanted: Asked | None, sentence: Sentence, speaking: frozenset[str]) -> float:
    bonus = 0.0
    if wanted:
        bonus += holds(wanted, sentence, ctx.reading)
        bonus -= HEADING if sentence.heading else 0.0
        numeric = ctx.reading.has("growth", "fall", "max", "min", *_NUMERIC)
        bonus -= 0.0 if numeric else CROWDED * min(len(sentence.digits), MANY)
    if any(t.key.startswith("#") and t.key not in sentence.terms for t in ctx.reading.terms):
        bonus -= 0.2
    events = [m for p in ctx.reading.notice_periods if (m := months(p.code))]
    bonus += 0.15 if any(p == m for p in (*ctx.periods, *events) for m in sentence.months) else 0.0
    if ctx.periods:
        bonus -= 0.0 if sentence.notice.notice_id in speaking else 0.45
        if sentence.notice.published:
            years = {p.last // 12 for p in ctx.periods}
            near = sentence.notice.published.year in years or sentence.notice.published.year - 1 in years
            bonus += 0.04 if near else -0.1
    numbers = {n for a in ctx.reading.amounts for n in re.findall(r"\d+(?:[.,]\d+)*", a.text)}
    if numbers and not (wanted and wanted.count):
        bonus += 0.12 if numbers <= sentence.digits else -0.05
    return bonus


def _tells_sums(ctx: Context, sentence: Sentence) -> bool:
    """Whether a sentence names the sums of money that the question names, or need not."""
    sums = {a.value for a in ctx.reading.amounts if a.kind == "money"}
    if not sums or ctx.reading.has("why"):
        return True
    return sums <= _values(sentence.text, sentence.notice.language)


@lru_cache(maxsize=4096)
def _values(text: str, language: str) -> frozenset[object]:
    return frozenset(a.value for a in read_amounts(text, language))


def _rates_named(ctx: Context) -> bool:
    return any(a.kind in ("percent", "multiple", "money") for a in ctx.reading.amounts)


def _speaking(ctx: Context) -> frozenset[str]:
    """Notices that give a figure for an asked period."""
    return frozenset(
        e.figure.notice_id
        for e in ctx.index.entries
        for p in ctx.periods
        if e.months and (fit(p, e.months) or e.months == p)
    )


def _answer(
    ctx: Context, wanted: Asked | None, sentence: Sentence, value: float, missing: tuple[str, ...]
) -> Candidate:
    start, end = window(sentence, frozenset(t.key for t in ctx.reading.terms))
    parts = {"quote": quoted(sentence.notice.text[start:end]), "mark": "{P1}"}
    listed, names_things = items(sentence.text), ctx.reading.has("which")
    made = Candidate(
        operation="text",
        score=value + _lean(ctx, wanted, sentence, value),
        passages=((sentence.notice.notice_id, start, end),),
        headline="",
        message="quote",
        parts=parts,
        missing=missing,
        coverage=value,
        table=(("",), *((i,) for i in listed)) if len(listed) >= 2 and names_things else (),
    )
    if wanted and wanted.kind == "reason" and not _explains(ctx, sentence, value):
        return replace(made, message="why_unknown", status="refused")
    if sentence.withheld and not (wanted and wanted.kind == "reason"):
        return replace(made, score=value, message="refuse_suppressed", status="refused", headline=None, table=())
    if wanted and 2 <= len(listed) < wanted.count and names_things and not _rates_named(ctx):
        named = pattern("asks_so_many").search(ctx.reading.text)
        said = next((a.text.strip() for a in ctx.reading.amounts if a.value == wanted.count), named and named["number"])
        together = table(ctx.reading.language)["words"]["list"].join(listed)
        number = (str(wanted.count), "", said or str(wanted.count))
        return replace(
            made, message="partly", asked=(number,), parts={"count": "{Q1}", "items": together, "mark": "{P1}"}
        )
    return made
