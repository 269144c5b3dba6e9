"""Parts that a question names by their number alone, added up: 三次产业加起来, 三个市合计; their share of a whole."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.linking import Link, Want, family, together
from assistant.understanding.operations import totals
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.families import DIMENSION_WORDS, Family, families
from assistant.understanding.operations.parts import named
from assistant.understanding.operations.segments import Segment, halves, operand
from assistant.understanding.operations.totals import total
from assistant.understanding.patterns import pattern
from assistant.understanding.reading import Reading
from assistant.wording.phrases import table
from knowledge.figure import ChangeKind
from knowledge.reading.numerals import han_value

_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
SHARED = 0.45  # what the share of a sum gains over that of one of its parts


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as the sum over all members of a family of that size, or as what share of something they come to."""
    if ctx.reading.has("growth", "fall"):
        return
    if ctx.reading.has("sum", "agree"):
        yield from _sums(ctx)
    if ctx.reading.has("share", "percent"):
        yield from _shares(ctx)


def _sums(ctx: Context) -> Iterator[Candidate]:
    number = _number(ctx)
    for group in families(ctx) if number else ():
        if len(group.entries) == number and not group.by_period and _adds_up(group):
            made = total(ctx, group.entries, group.link, 0.35 + _fits(ctx, group))
            yield replace(made, operation="sum of all parts")


def _number(ctx: Context) -> int:
    """How many parts the question speaks of; 0 where it does not say."""
    named = pattern("all_of").search(ctx.reading.text)
    if named is None:
        return 0
    return int(named["number"]) if named["number"].isdigit() else int(han_value(named["number"]) or 0)


def _shares(ctx: Context) -> Iterator[Candidate]:
    """四大产业合计占工业总产值多少, A和B合计占C多少: the parts in front are added up and divided by the whole."""
    for part, whole in halves(ctx, "of"):
        if not pattern("part_in_front").fullmatch(ctx.reading.text[part.end : whole.start]):
            continue
        own = ctx.but(reading=_only(ctx.reading, part))
        if not (own.reading.has("sum") or _number(own)):
            continue
        sums = sorted((*_sums(own), *totals.candidates(own)), key=lambda c: -c.score)
        for found in [c for c in sums if len(c.expressions) == 1 and not _leaves_a_name(own, c)][:2]:
            yield from _of(ctx, found, operand(ctx, whole, part))


def _leaves_a_name(ctx: Context, found: Candidate) -> bool:
    """Whether a sum leaves a name of its own side unexplained."""
    return any(t.proper and t.key in found.missing for t in ctx.reading.terms)


def _only(reading: Reading, part: Segment) -> Reading:
    """The question with nothing but one of its sides; its periods hold for all of it."""
    text = " " * part.start + reading.text[part.start : part.end] + " " * (len(reading.text) - part.end)
    return replace(
        reading,
        text=text,
        terms=part.terms,
        amounts=part.amounts,
        cues=tuple(c for c in reading.cues if part.start <= c.start and c.end <= part.end and c.name != "share"),
    )


def _of(ctx: Context, found: Candidate, want: Want) -> Iterator[Candidate]:
    """The share that a sum comes to of each figure that may be the whole."""
    first, size = found.entries[0], sum(e.figure.value for e in found.entries)
    for link in ctx.links(want.but(kinds=_LEVEL, units=frozenset({first.figure.unit})), 4):
        e = link.entry
        if e in found.entries or e.months != first.months or not 0 < size <= e.figure.value or not is_result(e):
            continue
        language, n = ctx.reading.language, len(found.entries) + 1
        links = tuple(Link(x, 1.0, 1.0, (), 1.0) for x in (*found.entries, e))
        coverage, missing = together(ctx.index, ctx.want().but(measure=None), links)
        yield Candidate(
            operation="share of a sum",
            score=(found.score + link.score) / 2 + SHARED,
            entries=(*found.entries, e),
            expressions=(*found.expressions, (f"share(C1, F{n})", "percent")),
            headline="C2",
            message="share",
            parts={
                "value": "{C2}",
                "part": "{C1}",
                "whole": f"{{F{n}}}",
                "part_what": table(language)["words"]["list"].join(named(x, language)["what"] for x in found.entries),
                **named(e, language, "whole_"),
                "when": named(first, language)["when"],
            },
            missing=missing,
            coverage=coverage,
        )


def _adds_up(group: Family) -> bool:
    first = group.entries[0].figure
    alike = all(e.figure.change_kind in _LEVEL and is_result(e) for e in group.entries)
    return alike and family(first.unit) in ("money", "count")


def _fits(ctx: Context, group: Family) -> float:
    """Whether the family is told apart by what the question speaks of: industries, areas, countries."""
    asked = {t.key for t in ctx.reading.terms}
    wanted = [d for d, words in DIMENSION_WORDS.items() if words & asked]
    return 0.15 if group.dimension in wanted else -0.15 if wanted else 0.0
