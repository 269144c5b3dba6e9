"""Parts that a question names one by one, added up: "A plus B", "A, B and C together", "do A and B make the total"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, worth
from assistant.understanding.linking import OFF, Link, Want, family, together
from assistant.understanding.operations import coherent
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.segments import Segment, operand, segment, split
from assistant.understanding.periods import fit
from assistant.understanding.reading import ORDINALS
from assistant.understanding.terms import concepts
from knowledge.figure import ChangeKind

MOST = 6  # parts
LOOSE = 3  # stretches that may name a part or only frame the parts
OWN = 0.5  # what a word must be worth for the part that it names
NAMES = 0.15  # and for the words that name only it
MONEY = 0.25  # and for being of money
FEW = 12  # a number above it is no number of parts
PARTS = 3  # choices of parts that are put forward
TALLY = 0.1  # of a score, for each named part that is found
LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
WHOLE = frozenset({"c:total", "w:global", "w:whole", "w:overal"})


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
    measures, soft, known = concepts().measures, ctx.reading.soft, ctx.index.postings
    named, loose, whole = [], [], None
    for s in split(ctx, "and"):
        own = [t.key for t in s.terms if t.key not in soft]
        telling = [
            t for t in own if t not in measures and t not in WHOLE and t in known and not _place(t) and t[0] != "n"
        ]
        if ctx.reading.has("agree") and _names_whole(s, own):
            whole = whole or s
        elif telling:
            named.append(s)
        elif own:
            loose.append(s)
    if len(loose) > LOOSE:
        named, loose = sorted((*named, *loose), key=lambda s: s.start), []
    return named, loose, whole


def _names_whole(stretch: Segment, own: list[str]) -> bool:
    """Whether a stretch names what parts are held against: "the Polish total", "the AED 1.28bn that they report"."""
    if any(a.kind in ("money", "count", "number") and a.value > FEW for a in stretch.amounts):
        return True
    held = "agree" in stretch.cues and "sum" not in stretch.cues
    return held or bool(own) and bool(set(own) & WHOLE) and all(t in WHOLE or _place(t) for t in own)


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
            score = choice.score + TALLY * len(entries) + NAMES * sum(told) / len(told) + _in_money(ctx, entries)
            yield _parts(ctx, replace(choice.links[0], score=score), entries, _whole_of(ctx, entries, whole))


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
    own, named, whole = stretches[i], 0.0, 0.0
    apart = dated and bool(own.periods) and all(own.periods != o.periods for o in stretches if o is not own)
    for key in {t.key for t in own.terms if t.key not in ctx.reading.soft}:
        table, weight = worth(ctx.index, key), ctx.index.idf(key)
        held = [table.get(e.order, 0.0) for e in entries]
        most = held[i] == max(held) and held[i] > (0.0 if edition(key) else OWN)
        apart = apart or (most and held[i] > min(held))
        whole += weight
        named += weight if most else 0.0
    return max(named / whole if whole else 0.0, OWN) if apart else 0.0


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
