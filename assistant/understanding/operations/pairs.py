"""Two operands chosen together: each must fit its own words, and both must fit each other."""

from dataclasses import dataclass

from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, grouping, keys
from assistant.understanding.linking import Link, Want, family
from assistant.understanding.relations import kind_group, overlap
from assistant.understanding.terms import concepts

LOPSIDED = 0.15
SLACK = 0.3  # how much worse a partner may explain the words


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures and how well they fit, each and together."""

    a: Link
    b: Link
    score: float


def pairs(
    ctx: Context, a: Want, b: Want, *, alike: bool = True, even: bool = False, limit: int = 8
) -> tuple[Pair, ...]:
    """The best pairs for two wants. `alike`: of one unit and kind (differences, sums); `even`: of one group."""
    found = []
    for x in ctx.links(a, limit):
        for y in ctx.links(b, limit):
            if x.entry.order == y.entry.order or (alike and not comparable(x, y)):
                continue
            uneven = LOPSIDED if even and _lopsided(ctx, x, y) else 0.0
            found.append(Pair(x, y, (x.score + y.score) / 2 + harmony(ctx, x, y, alike) - uneven))
    return tuple(sorted(found, key=lambda p: -p.score)[:limit])


def partners(ctx: Context, first: Link, want: Want, limit: int = 8) -> tuple[Link, ...]:
    """Figures that fit both another want and the first figure: of one unit and kind, one area, about as well linked."""
    found = [
        (k.score + 4 * harmony(ctx, first, k, True), k)
        for k in ctx.links(want, limit)
        if comparable(first, k) and k.score >= first.score - _slack(first, k) and one_place(first, k)
    ]
    return tuple(k for _, k in sorted(found, key=lambda f: -f[0]))


def _slack(first: Link, other: Link) -> float:
    """A notice names its series in full once: the same indicator in the same notice may say less."""
    a, b = first.entry.figure, other.entry.figure
    return 2 * SLACK if a.notice_id == b.notice_id and a.indicator == b.indicator else SLACK


def goes_with(anchor: Link, other: Link) -> bool:
    """Whether a figure can be of the anchor's series at another time: a notice names it in full only once."""
    if anchor.entry.order == other.entry.order:
        return True
    return comparable(anchor, other) and one_place(anchor, other) and other.score >= anchor.score - 2 * SLACK


def one_place(x: Link, y: Link) -> bool:
    """Whether two figures can be of one area and group."""
    a, b = x.entry, y.entry
    area = not a.area or not b.area or bool(a.area & b.area or a.area & b.lineage or b.area & a.lineage)
    groups, other = grouping(a.figure), grouping(b.figure)
    return area and all(groups[k].lower() == other[k].lower() for k in groups.keys() & other.keys())


def comparable(x: Link, y: Link) -> bool:
    """Whether two figures may be subtracted or added."""
    a, b = x.entry, y.entry
    one_time = a.months == b.months or (a.figure.notice_id == b.figure.notice_id and (headline(a) or headline(b)))
    same_fact = a.figure.value == b.figure.value and one_time
    return a.figure.unit == b.figure.unit and kind_group(a) == kind_group(b) and not same_fact


def headline(entry: Entry) -> bool:
    """Whether a figure stands in the title of its notice: the text says it again."""
    return entry.figure.quote.strip(" .") in entry.notice.title


def _lopsided(ctx: Context, x: Link, y: Link) -> bool:
    """Whether one of two figures is only of a group that the question does not name: projects from Japan, and all."""
    own, other = grouping(x.entry.figure), grouping(y.entry.figure)
    one_sided = {k: (own | other)[k] for k in own.keys() ^ other.keys()}
    asked = {t.key for t in ctx.reading.terms}
    said = asked | {f"c:{n}" for t in asked if t.startswith("c:") for n in concepts().near.get(t[2:], ())}
    return any(not keys(value, x.entry.notice.language) & said for value in one_sided.values())


def harmony(ctx: Context, x: Link, y: Link, alike: bool) -> float:
    """What speaks for two figures belonging to one calculation."""
    a, b = x.entry, y.entry
    bonus = 0.06 if a.figure.notice_id == b.figure.notice_id else 0.0
    bonus += 0.04 if a.figure.beside(b.figure) and not alike else 0.0
    bonus += 0.05 if a.area and a.area == b.area else 0.0
    bonus -= 0.1 if a.superseded != b.superseded and a.figure.scenario == b.figure.scenario else 0.0
    if alike:
        bonus += 0.12 if a.figure.indicator == b.figure.indicator else 0.12 * overlap(ctx.index, a.core, b.core)
    elif a.months == b.months:
        bonus += 0.08
    return bonus - (0.1 if family(a.figure.unit) != family(b.figure.unit) and alike else 0.0)
