"""A part of a whole, an average, one figure per another."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, grouping, keys
from assistant.understanding.linking import NEUTRAL, OFF, Link, Want, family, together
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.pairs import Pair, pairs
from assistant.understanding.operations.parts import joined, named
from assistant.understanding.operations.segments import Segment, halves, operand, split
from assistant.understanding.patterns import pattern
from assistant.understanding.rates import rates
from assistant.understanding.relations import same_unit
from assistant.understanding.terms import concepts
from knowledge.figure import ChangeKind

_BRANCH = re.compile(r"[\u4e00-\u9fff](?:类|业|产业|领域)")
_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
JOINED = re.compile(r"\s(?:\w+\s){0,4}?(?:for|in|into|across|through|from|of|by|with)\s(?:\w+\s)?")  # $5bn went into 40
ORDERED = 0.1  # what a share gains where the words say which is the part and which the whole
UNASKED = 0.2  # what a ratio loses for a member that the question does not name
MEMBERS = frozenset({"part", "counterpart", "district", "industry", "company"})
_SHARE = frozenset({ChangeKind.SHARE})


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as a share or as a ratio."""
    has = ctx.reading.has
    if has("share", "percent") and not has("growth", "fall", "points"):
        yield from _published_share(ctx)
    if has("share", "percent") and not has("growth", "fall"):
        yield from part_of_whole(ctx)
    if has("share", "percent") and len(ctx.lent_entries) >= 2 and not any(ctx.known_terms()):
        first, second = (Link(e, 1.0, 1.0, (), 1.0) for e in ctx.lent_entries[:2])
        if first.entry.figure.unit == second.entry.figure.unit:
            yield percent_of(ctx, first, second)
    if has("share", "percent") and ctx.lent_entries and pattern("pointing").search(ctx.reading.text):
        yield from _of_that(ctx)
    if has("share", "percent") and ctx.lent_entries and pattern("of_another").search(ctx.reading.text):
        yield from _of_another(ctx)
    if has("average", "per") and not has("exchange_rate", "cagr"):
        yield from _ratio(ctx)
    if has("implied") and ctx.measure() in rates():
        yield from defined_rate(ctx, ctx.want(), 0.3)


def _published_share(ctx: Context) -> Iterator[Candidate]:
    want = ctx.want().but(kinds=_SHARE, families=frozenset({"percent"}))
    several = 0.6 if ctx.reading.has("sum") and len(split(ctx, "and")) > 1 else 0.0  # one share of several asked for
    for link in ctx.links(want, 6):
        yield Candidate(
            operation="share",
            score=link.score + 0.35 - several - _inexact(ctx, link),  # before a share that is worked out
            entries=(link.entry,),
            message="lookup",
            parts={"value": "{F1}", **named(link.entry, ctx.reading.language)},
            missing=link.missing,
            coverage=link.coverage,
        )


def _inexact(ctx: Context, link: Link) -> float:
    """What "over 60 percent" loses where the exact share is asked for and may be worked out."""
    return 0.5 if ctx.reading.has("exact") and link.entry.figure.qualifier != "exact" else 0.0


def _of_another(ctx: Context) -> Iterator[Candidate]:
    """占新引进的比例? behind an answer: that answer is the part, the words name the whole."""
    part = ctx.lent_entries[0]
    want = ctx.want().but(kinds=_LEVEL, units=frozenset({part.figure.unit}), values=())
    for whole in ctx.links(want.but(periods=(part.months,)) if part.months else want, 4):
        e = whole.entry
        if 0 < part.figure.value < e.figure.value and e.months == part.months and not _unasked(ctx, e):
            yield share(ctx, Pair(Link(part, 1.0, 1.0, (), 1.0), whole, 0.8 + whole.score / 2), 0.1)


def _of_that(ctx: Context) -> Iterator[Candidate]:
    """ "What share of that landed?": what the last answer was about is the whole."""
    whole = ctx.lent_entries[0]
    want = ctx.want().but(kinds=_LEVEL, units=frozenset({whole.figure.unit}), values=(), measure=None)
    if whole.months:
        want = want.but(periods=(whole.months,))
    for part in ctx.links(want, 4):
        e = part.entry
        if (
            e.order != whole.order
            and 0 < e.figure.value < whole.figure.value
            and part.coverage >= 1
            and e.months == whole.months
        ):
            yield share(ctx, Pair(part, Link(whole, 1.0, 1.0, (), 1.0), 1.0 + part.score / 2), 0.0)


def part_of_whole(ctx: Context) -> Iterator[Candidate]:
    """Part and whole from the two sides of "of", "in", "是"; the part may add words to the whole."""
    sides = (*halves(ctx, "of"), *halves(ctx, "and"))
    ordered = [s for s in sides if _in_order(ctx, *s)]
    found = [c for p, w in ordered for c in _shares(ctx, operand(ctx, p, w), operand(ctx, w), ORDERED, ordered=True)]
    found += [c for p, w in ordered or sides for c in (*_of_all(ctx, p, w), *_of_all(ctx, w, p))]
    yield from found
    if ordered:  # A占B: A is the part
        return
    for left, right in sides:
        for part, whole in ((left, right), (right, left)):
            yield from _shares(ctx, operand(ctx, part, whole), operand(ctx, whole), 0.0)
    want = ctx.want()
    measured = tuple((t, w) for t, w in want.terms if t == ctx.measure())  # jobs, of which some are in construction
    yield from _shares(ctx, want, want.but(helpful=want.terms, terms=want.terms[:1]), -0.05)
    if measured not in ((), want.terms[:1]):
        yield from _shares(ctx, want, want.but(helpful=want.terms, terms=measured), -0.2)


def _in_order(ctx: Context, part: Segment, whole: Segment) -> bool:
    """Whether a connector says which is the part, A占B, and something is named on both of its sides."""
    named = all(any(t.key not in ctx.reading.soft for t in s.terms) for s in (part, whole))
    return named and bool(pattern("part_in_front").fullmatch(ctx.reading.text[part.end : whole.start]))


def _of_all(ctx: Context, part: Segment, whole: Segment) -> Iterator[Candidate]:
    """民间投资占全部投资: a whole that is only called the total is what the part was told of."""
    rest = {t.key for t in whole.terms} - NEUTRAL - concepts().measures.keys() - ctx.reading.soft
    if rest or not any(t.key == "c:total" for t in whole.terms):
        return
    for link in ctx.links(operand(ctx, part, whole).but(kinds=_LEVEL, families=frozenset({"count", "money"})), 3):
        e = link.entry
        wider = [
            x
            for x in ctx.index.entries
            if x.figure.notice_id == e.figure.notice_id
            and x.months == e.months
            and x.figure.unit == e.figure.unit
            and x.figure.scenario == e.figure.scenario
            and x.figure.change_kind in _LEVEL
            and not grouping(x.figure)
            and 0 < e.figure.value < x.figure.value
            and x.figure.start < e.figure.start
        ]
        if wider:
            nearest = max(wider, key=lambda x: x.figure.start)
            yield share(ctx, Pair(link, Link(nearest, 1.0, 1.0, (), 1.0), 0.5 + link.score / 2), ORDERED)


def defined_rate(ctx: Context, want: Want, bonus: float) -> Iterator[Candidate]:
    """A rate worked out from the counts that define it, for the group and period of the want."""
    part, whole = rates()[ctx.measure() or ""]
    rest = tuple((t, w) for t, w in want.terms if t != ctx.measure())
    counts = want.but(kinds=_LEVEL, families=frozenset({"count"}), measure="c:project")
    top = counts.but(terms=(*rest, *((t, 1.0) for t in part)))
    bottom = counts.but(terms=(*rest, *((t, 1.0) for t in whole)))
    for pair in pairs(ctx, top, bottom, limit=6):
        a, b = pair.a.entry, pair.b.entry
        fits = _one_end(a, b) and a.figure.scenario == b.figure.scenario and _group(a) == _group(b)
        if fits and 0 < a.figure.value < b.figure.value and part[0] in a.core and part[0] not in b.core:
            yield share(ctx, pair, bonus)


def _one_end(part: Entry, whole: Entry) -> bool:
    """Whether two counts are of one time, or the part is what it had come to by the end of it."""
    a, b = part.months, whole.months
    return a == b or bool(a and b and a.first is None and a.last == b.last)


def _group(entry: Entry) -> dict[str, str]:
    """What a count is of only, but for what makes it the part."""
    return {k: v for k, v in grouping(entry.figure).items() if k != "part"}


def _shares(ctx: Context, part: Want, whole: Want, bonus: float, *, ordered: bool = False) -> Iterator[Candidate]:
    """Pairs of a part and its whole; where the words say which is which, the part must explain its own."""
    levels = {"kinds": _LEVEL, "families": frozenset({"count", "money"})}
    for pair in pairs(ctx, part.but(**levels), whole.but(**levels), limit=6)[:6]:
        if ordered and pair.a.missing:
            unknown = any(t[0] in "wz" and t not in ctx.index.postings for t in pair.a.missing)
            if unknown and _own_language(ctx, pair.a.entry):
                continue  # a part that no notice knows
            own = tuple(t for t in pair.a.missing if not t.startswith(OFF))
            pair = replace(pair, b=replace(pair.b, missing=own, coverage=pair.a.coverage))
        a, b = pair.a.entry, pair.b.entry
        if not 0 < a.figure.value < b.figure.value or a.months != b.months:
            continue
        if is_result(a) != is_result(b) or a.figure.unit != b.figure.unit or _siblings(a, b) or _apart(a, b):
            continue
        if ctx.index.successors.get(a.order) == b.order or ctx.index.successors.get(b.order) == a.order:
            continue  # one thing before and after its revision
        apart = a.figure.notice_id != b.figure.notice_id and not (a.area & b.area)
        yield share(ctx, pair, bonus + _nested(ctx, a, b) - (0.25 if apart or _unasked(ctx, a) else 0.0))


def _own_language(ctx: Context, entry: Entry) -> bool:
    return entry.notice.language == ctx.reading.language


def _apart(part: Entry, whole: Entry) -> bool:
    """Whether both are of one row of a table, and the whole measures what the part does not."""
    tabled = part.figure.extracted_by == whole.figure.extracted_by == "table"
    return tabled and part.figure.beside(whole.figure) and not whole.core <= part.core


def _siblings(part: Entry, whole: Entry) -> bool:
    """Whether both are parts of something larger: projects from China are no part of those from America."""
    own, other = grouping(part.figure), grouping(whole.figure)
    if MEMBERS & other.keys() - own.keys() and not part.core > whole.core:
        return True  # one branch is no part of another
    return any(own.get(key, value) != value for key, value in other.items())


def _unasked(ctx: Context, part: Entry) -> bool:
    """Whether a part is one of a group (a district, an industry) that the question does not name."""
    said = {t.key for t in ctx.reading.terms} | {t for t, _ in ctx.lent_terms}
    said |= {word for name in said for word in ctx.index.names.parts.get(name, ())}
    said |= {f"c:{n}" for t in said if t.startswith("c:") for n in concepts().near.get(t[2:], ())}
    groups = grouping(part.figure).items()
    places = [keys(v, part.notice.language) for k, v in groups if k in ("district", "company", "part")]
    return any(place and not place & said for place in places)


def _nested(ctx: Context, part: Entry, whole: Entry) -> float:
    """A part stands beside its whole, and says all that the whole says and more."""
    beside = 0.2 if part.figure.beside(whole.figure) else 0.0
    general = whole.core - whole.area - NEUTRAL
    if _BRANCH.search(part.figure.label) and _BRANCH.search(whole.figure.label) and not general <= part.core:
        beside -= 0.25  # another branch of the same whole
    if general == part.core - part.area - NEUTRAL and grouping(part.figure) == grouping(whole.figure):
        return beside - 0.3  # nothing says that the one is a part of the other
    telling = {t.key for t in ctx.reading.terms} & (part.core - whole.core)
    beside += 0.08 if telling else -0.08
    return beside + (0.15 if general < part.core | part.area else 0.0)


def share(ctx: Context, pair: Pair, bonus: float) -> Candidate:
    """Part divided by whole, in percent."""
    language, a, b = ctx.reading.language, pair.a.entry, pair.b.entry
    return Candidate(
        operation="share",
        score=pair.score + bonus,
        entries=(a, b),
        expressions=(("share(F1, F2)", "percent"),),
        headline="C1",
        message="share",
        parts={
            "value": "{C1}",
            "part": "{F1}",
            "whole": "{F2}",
            **named(a, language, "part_"),
            **named(b, language, "whole_"),
            "when": named(a, language)["when"],
        },
        missing=joined(pair.a.missing, pair.b.missing),
        coverage=max(pair.a.coverage, pair.b.coverage),
    )


def _ratio(ctx: Context) -> Iterator[Candidate]:
    """ "A per B": a total divided by a count of the same notice and period."""
    if ctx.reading.language == "zh" and (both := _each(ctx)):
        yield from _shared_out(ctx, *both)
        return
    sides = [(left, right) for left, right in halves(ctx, "per")]
    for left, right in sides:
        top, bottom = _amount(operand(ctx, left, right)), _count(ctx, right, left)
        yield from _ratios(ctx, top.but(kinds=_LEVEL), bottom, 0.2)
    if not sides:
        want = ctx.want()
        money = want.but(kinds=_LEVEL, families=frozenset({"money"}))
        count = want.but(kinds=_LEVEL, families=frozenset({"count"}))
        kinds = concepts().measures
        counted = [t for t, _ in want.terms if kinds.get(t) == "count"]
        yield from _ratios(ctx, money, count.but(measure=counted[0]) if counted else count, 0.1)
        if len(counted) >= 2 and counted[0] != counted[1]:
            top, bottom = (want.but(kinds=_LEVEL, families=frozenset({"count"}), measure=m) for m in counted[:2])
            yield from _ratios(ctx, top, bottom, 0.2)


def _amount(want: Want) -> Want:
    """The want of what is shared out: of money, where a word of money is what is asked for."""
    named = [concepts().measures.get(t) for t, _ in want.terms]
    return want.but(families=frozenset({"money"})) if "money" in named and "count" not in named else want


def _each(ctx: Context) -> tuple[str, str] | None:
    """平均每个项目带来多少就业岗位: what is shared out and what divides it; None where not both are named."""
    kinds = concepts().measures
    cue = max((c.end for c in ctx.reading.cues if c.name in ("per", "average")), default=0)
    named = [t for t in ctx.reading.terms if t.key in kinds and t.key not in ctx.reading.soft]
    bottom = next((t.key for t in named if t.start >= cue and kinds[t.key] == "count"), None)
    top = next((t.key for t in reversed(named) if t.key != bottom and kinds[t.key] in ("count", "money")), None)
    return (top, bottom) if top and bottom else None


def _shared_out(ctx: Context, top: str, bottom: str) -> Iterator[Candidate]:
    """The ratios of two named measures."""
    want = ctx.want().but(kinds=_LEVEL)
    divided, by = (tuple((t, w) for t, w in want.terms if t != other) for other in (bottom, top))
    family_of = frozenset({"money" if concepts().measures[top] == "money" else "count"})
    above = want.but(terms=divided or want.terms, helpful=want.terms, families=family_of, measure=top)
    below = want.but(terms=by or want.terms, helpful=want.terms, families=frozenset({"count"}), measure=bottom)
    for found in _ratios(ctx, above, below, 0.3):
        if top not in found.entries[0].head and not found.entries[0].head <= frozenset({bottom}):
            continue  # of another measure
        links = tuple(Link(e, 1.0, 1.0, (), 1.0) for e in found.entries)
        coverage, missing = together(ctx.index, ctx.want().but(measure=None), links)
        yield replace(found, coverage=coverage, missing=missing)


def _count(ctx: Context, own: Segment, other: Segment) -> Want:
    return operand(ctx, own, other).but(kinds=_LEVEL, families=frozenset({"count"}))


def _ratios(ctx: Context, top: Want, bottom: Want, bonus: float) -> Iterator[Candidate]:
    for pair in pairs(ctx, top, bottom, alike=False, limit=8)[:6]:
        a, b = pair.a.entry, pair.b.entry
        if a.months != b.months or (same_unit(a.figure.unit, b.figure.unit) and a.figure.unit == b.figure.unit):
            continue
        if family(a.figure.unit) not in ("money", "count") or b.figure.value == 0:
            continue
        if pattern("per_head").search(a.figure.label):
            continue
        planned = ctx.reading.has("target", "forecast")
        if is_result(a) != is_result(b) or not (planned or is_result(a)):
            continue
        one_sided = UNASKED if any("part" in grouping(e.figure) and _unasked(ctx, e) for e in (a, b)) else 0.0
        yield ratio(ctx, pair, bonus + _same_group(a, b) - one_sided)


def _same_group(a: Entry, b: Entry) -> float:
    """A total and its count stand close together and speak of one group."""
    closeness = 0.12 if a.figure.beside(b.figure) else 0.0
    first, second = sorted((a.figure, b.figure), key=lambda f: f.start)
    at = first.quote.find(first.published_as) + len(first.published_as)
    between = first.quote[at : at + max(second.start - first.end, 0)]
    closeness += 0.1 if closeness and JOINED.fullmatch(between) else 0.0
    return closeness - (0.1 if grouping(a.figure) != grouping(b.figure) else 0.0)


def ratio(ctx: Context, pair: Pair, bonus: float) -> Candidate:
    """One figure divided by another."""
    language, a, b = ctx.reading.language, pair.a.entry, pair.b.entry
    return Candidate(
        operation="ratio",
        score=pair.score + bonus,
        entries=(a, b),
        expressions=(("F1 / F2", None),),
        headline="C1",
        message="ratio",
        parts={
            "value": "{C1}",
            "part": "{F1}",
            "whole": "{F2}",
            **named(a, language, "part_"),
            **named(b, language, "whole_"),
            "when": named(a, language)["when"],
        },
        missing=joined(pair.a.missing, pair.b.missing),
        coverage=(pair.a.coverage + pair.b.coverage) / 2,
    )


def percent_of(ctx: Context, part: Link, whole: Link) -> Candidate:
    """The share of two figures that are already known (follow-ups)."""
    small, large = sorted((part, whole), key=lambda k: k.entry.figure.value)
    return share(ctx, Pair(small, large, (part.score + whole.score) / 2), 0.3)
