"""Parts that a question names one by one, added up: "A plus B", "A, B and C together", "do A and B make the total"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, worth
from assistant.understanding.linking import NEUTRAL, OFF, Link, Want, family, together
from assistant.understanding.operations import coherent
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.segments import Segment, operand, segment, split
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import fit
from assistant.understanding.reading import ORDINALS
from assistant.understanding.terms import Term, area_lineage, concepts
from knowledge.figure import ChangeKind

MOST = 6  # parts
LOOSE = 3  # stretches that may name a part or only frame the parts
OWN = 0.5  # what a word must be worth for the part that it names
NAMES = 0.15  # and for the words that name only it
AGREED = 0.3  # and for making the published total that is asked about
MONEY = 0.3  # and for being of money
FEW = 12  # a number above it is no number of parts
PARTS = 3  # choices of parts that are put forward
TALLY = 0.1  # of a score, for each named part that is found
LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
WHOLE = frozenset({"c:total", "w:global", "w:whole", "w:overal"})
COUNTRIES = frozenset(
    f"c:{n}"
    for n in "france germany uk usa japan korea singapore netherlands switzerland australia hong_kong china".split()
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The operands of one sum, what they explain together, and the whole where it is named."""

    entries: tuple[Entry, ...]
    merged: Link
    whole: Entry | None


def found(ctx: Context) -> Iterator[Parts]:
    """The named parts with the figures that are meant, best first."""
    named, loose, whole = _stretches(ctx)
    made: list[Parts] = []
    for size in range(len(loose), -1, -1):
        for more in combinations(loose, size):
            chosen = tuple(sorted((*named, *more), key=lambda s: s.start))
            for stretches in (chosen, *_merged(ctx, chosen)):
                if 2 <= len(stretches) <= MOST:
                    made += _chosen(ctx, stretches, whole)
    yield from sorted(made, key=lambda p: -p.merged.score)[:PARTS]


def _merged(ctx: Context, stretches: tuple[Segment, ...]) -> Iterator[tuple[Segment, ...]]:
    """Two neighbours as one part: "exports and (training and research spending)"."""
    for i, (a, b) in enumerate(pairwise(stretches)):
        yield (*stretches[:i], segment(ctx, a.start, b.end), *stretches[i + 2 :])


def _stretches(ctx: Context) -> tuple[list[Segment], list[Segment], Segment | None]:
    """The stretches between connectors: those that name parts, those that may, and the one that names the whole."""
    measures, known, held = concepts().measures, ctx.index.postings, ctx.reading.has("agree")
    named, loose, whole = [], [], None
    for s in (part for cut in split(ctx, "parts") for part in _places(ctx, cut)):
        own = _own(ctx, s)
        telling = [t for t in own if t not in measures and t in known and not _place(t) and t[0] != "n"]
        if held and _names_whole(s):
            whole = whole or s
        elif telling:
            named.append(s)
        elif own:
            loose.append(s)
    if len(loose) > LOOSE:
        named, loose = sorted((*named, *loose), key=lambda s: s.start), []
    return named, loose, whole


def _own(ctx: Context, stretch: Segment) -> tuple[str, ...]:
    """The words of a stretch that may tell one part from another."""
    frame = ctx.reading.soft | WHOLE | NEUTRAL - {"c:new"}
    return tuple(dict.fromkeys(t.key for t in stretch.terms if t.key not in frame))


def _places(ctx: Context, stretch: Segment) -> Iterator[Segment]:
    """A stretch cut between places that follow each other: "Japan the US"; a place and where it lies stay together."""
    start, text = stretch.start, ctx.reading.text
    for a, b in pairwise(stretch.terms):
        beside = pattern("article").fullmatch(text[a.end : b.start])
        if beside and _lands(a.key) and _lands(b.key) and not _within(text, a, b):
            yield segment(ctx, start, b.start)
            start = b.start
    yield stretch if start == stretch.start else segment(ctx, start, stretch.end)


def _lands(term: str) -> bool:
    return _place(term) or term in COUNTRIES


def _within(text: str, a: Term, b: Term) -> bool:
    """Whether one place lies in the other."""
    return b.key in area_lineage(text[a.start : a.end]) or a.key in area_lineage(text[b.start : b.end])


def _names_whole(stretch: Segment) -> bool:
    """Whether a stretch names what parts are held against: "the Polish total", "the AED 1.28bn that they report"."""
    if any(a.kind in ("money", "count", "number") and a.value > FEW for a in stretch.amounts):
        return True
    held = "agree" in stretch.cues and "sum" not in stretch.cues
    return held or any(t.key in WHOLE for t in stretch.terms)


def _place(term: str) -> bool:
    return term.startswith("c:area_")


def _chosen(ctx: Context, stretches: tuple[Segment, ...], whole: Segment | None) -> Iterator[Parts]:
    dated = len({s.periods for s in stretches if s.periods}) > 1
    apart = dated or any(edition(t.key) for s in stretches for t in s.terms)
    kinds, families = sort_of(ctx)
    wants = tuple(
        operand(ctx, s, *(o for o in stretches if o is not s)).but(kinds=kinds, families=families) for s in stretches
    )
    for choice in coherent.together(ctx, wants, one_time=not apart):
        entries = choice.entries
        if not _planned_alike(ctx, entries) or coherent.makes_another(entries) or not _all_times(ctx, entries):
            continue
        told = [_told(ctx, stretches, entries, i, dated) for i in range(len(entries))]
        if all(told):
            made = _whole_of(ctx, entries, whole)
            score = choice.score + TALLY * len(entries) + NAMES * sum(told) / len(told) + _in_money(ctx, entries)
            yield _parts(ctx, replace(choice.links[0], score=score + (AGREED if made else 0.0)), entries, made)


def _parts(ctx: Context, first: Link, entries: tuple[Entry, ...], whole: Entry | None) -> Parts:
    """The parts with what they and their whole explain of all words of the question."""
    shown = entries if whole is None else (*entries, whole)
    coverage, missing = together(ctx.index, _all_words(ctx), tuple(replace(first, entry=e) for e in shown))
    kept = tuple(t for t in missing if not t.startswith(OFF) and not (edition(t) and _held(ctx, t, entries)))
    return Parts(entries, replace(first, coverage=coverage, missing=kept), whole)


def _held(ctx: Context, term: str, entries: tuple[Entry, ...]) -> bool:
    """Whether the notice of one part alone speaks of that edition of an event."""
    table = worth(ctx.index, term)
    return len({e.figure.notice_id for e in entries if table.get(e.order)}) == 1


def _in_money(ctx: Context, entries: tuple[Entry, ...]) -> float:
    """What amounts gain where nothing asks for a number: the total of the deals is what they are worth."""
    counted = ctx.reading.has("count") or concepts().measures.get(ctx.measure() or "") == "count"
    return 0.0 if counted or family(entries[0].figure.unit) != "money" else MONEY


def _all_words(ctx: Context) -> Want:
    """The words that parts and whole explain together; "total" says what to do."""
    want = level_want(ctx)
    return want.but(terms=tuple((t, w) for t, w in want.terms if t not in WHOLE) or want.terms)


def _told(ctx: Context, stretches: tuple[Segment, ...], entries: tuple[Entry, ...], i: int, dated: bool) -> float:
    """How much of its stretch names this figure rather than another part; 0 where nothing tells it from them."""
    own = stretches[i]
    held = {key: _worths(ctx, key, entries) for key in _own(ctx, own)}
    most = {key for key, h in held.items() if h[i] == max(h) and h[i] > (0.0 if edition(key) else OWN)}
    apart = any(held[key][i] > min(held[key]) for key in most)
    apart = apart or (dated and bool(own.periods) and all(own.periods != o.periods for o in stretches if o is not own))
    if any(not _place(key) and key[0] != "n" for key in most):
        apart = apart or all(_other(ctx, stretches[k], entries, k, i) for k in range(len(entries)) if k != i)
    whole = sum(ctx.index.idf(key) for key in held)
    return max(sum(ctx.index.idf(key) for key in most) / whole if whole else 0.0, OWN) if apart else 0.0


def _other(ctx: Context, stretch: Segment, entries: tuple[Entry, ...], k: int, i: int) -> bool:
    """Whether a word names another part and not this one: "new and safeguarded jobs", where all jobs are new."""
    held = (_worths(ctx, key, entries) for key in _own(ctx, stretch))
    return any(h[k] > OWN and h[k] > h[i] for h in held)


def _worths(ctx: Context, term: str, entries: tuple[Entry, ...]) -> tuple[float, ...]:
    table = worth(ctx.index, term)
    return tuple(table.get(e.order, 0.0) for e in entries)


def edition(term: str) -> bool:
    """Whether a term says which of several events: the 32nd, the third."""
    return term[0] == "#" or term.removeprefix("w:") in ORDINALS


def _all_times(ctx: Context, entries: tuple[Entry, ...]) -> bool:
    """Whether each asked time has its part, where several are asked for."""
    times = ctx.endpoints
    return len(times) < 2 or all(any(e.months and fit(t, e.months) for e in entries) for t in times)


def _planned_alike(ctx: Context, entries: tuple[Entry, ...]) -> bool:
    """Results are added to results; goals only where the question is about goals."""
    return ctx.reading.has("target", "forecast") or all(is_result(e) for e in entries)


def sort_of(ctx: Context) -> tuple[frozenset[ChangeKind], frozenset[str]]:
    """Kinds and families of unit that the parts are of: counts, shares, or any amounts."""
    has = ctx.reading.has
    if has("share", "percent"):
        return frozenset({ChangeKind.SHARE}), frozenset({"percent"})
    if has("count") != has("money"):
        return LEVEL, frozenset({"count" if has("count") else "money"})
    return LEVEL, frozenset({"money", "count"})


def _whole_of(ctx: Context, parts: tuple[Entry, ...], named: Segment | None) -> Entry | None:
    """The published total of the parts: of the value that the asker gives, about as large, or what the words name."""
    first, size = parts[0], sum(e.figure.value for e in parts)
    beside = [
        e
        for e in ctx.index.entries
        if e.figure.notice_id == first.figure.notice_id
        and e.figure.unit == first.figure.unit
        and e.figure.change_kind in LEVEL
        and e.months == first.months
        and e not in parts
    ]
    given = {float(a.value) for a in ctx.reading.amounts if a.value and a.value > FEW}
    for value in sorted(given):
        if held := [e for e in beside if abs(e.figure.value - value) <= 1e-6 * value]:
            return held[0]
    if not ctx.reading.has("agree") and named is None:
        return None
    near = [e for e in beside if abs(e.figure.value - size) <= 0.02 * abs(size)]
    return min(near, key=lambda e: abs(e.figure.value - size), default=None)
