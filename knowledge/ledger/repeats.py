"""A fact that a notice states more than once, in title, lead and body or rounded, is one figure with mentions."""

import re
from collections.abc import Sequence
from dataclasses import replace
from math import floor, log10

from knowledge.figure import ChangeKind, Figure, Mention, ObsStatus, Qualifier
from knowledge.ledger.catalogue import Catalogue, folded, tokens

STOP = frozenset("the a an of in to for by from and or with on at as its their this that total new number all".split())
CURRENCIES = frozenset(("percent", "CNY", "USD", "EUR"))
LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)
TYPED = ("ownership", "industry", "counterpart", "event", "part", "district", "company")
APART = ("counterpart", "district", "part", "industry", "ownership")  # one that only one of two has tells them apart
TOLD = ("action", "event", "company")  # two facts do not differ by the lack of one
STEM = 4  # letters
TELLING = 3  # digits that two numbers do not share by chance
BACK = re.compile(r"(?:\b(?:the|these|those|die|diese|den|diesen|les|ces)\s|[这该]\s?)$", re.IGNORECASE)
MOST_TWINS = 8  # looked through for a fact said before
SAME_WORDS = 0.5
NEAR = 0.05  # what rounding may take off or add


def joined(figures: Sequence[Figure], catalogue: Catalogue, title: str) -> dict[str, Figure]:
    """Each figure's id -> the figure that stands for its fact, which has the others under `mentions`."""
    groups: list[list[Figure]] = []
    known: dict[tuple[object, ...], list[list[Figure]]] = {}
    for figure in figures:
        indexes = [known.setdefault(key, []) for key in _keys(figure)]
        near = (group for index in indexes for group in index[:MOST_TWINS])
        group = next((g for g in near if _belongs(figure, g, catalogue, title)), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(figure)
        for index in indexes:
            if not any(g is group for g in index):
                index.append(group)
    return {f.figure_id: stands for group in groups for stands in [_standing(group, title)] for f in group}


def _keys(figure: Figure) -> tuple[tuple[object, ...], ...]:
    """Where a figure's fact may be found: under its value, and under what it rounds to."""
    shared = figure.change_kind, figure.time_period
    leading = f"{abs(figure.value):.1e}"  # two digits, as most titles print
    return (figure.value, *shared), (leading, figure.unit, *shared), (_series(figure),)


def _belongs(figure: Figure, group: Sequence[Figure], catalogue: Catalogue, title: str) -> bool:
    """Whether a figure states the fact of a group: what one of it says, and none of it says otherwise."""
    told = [f for f in group[:MOST_TWINS] if f.value == figure.value]
    if told:
        return any(same_fact(f, figure, catalogue, title) for f in told)
    return all(_rounds(f, figure, catalogue, title) for f in group[:MOST_TWINS])


def _standing(group: Sequence[Figure], title: str) -> Figure:
    """The fullest statement: from a sentence before a title, exact before rounded, the first of equals."""
    best = max(
        group, key=lambda f: (folded(f.quote) not in folded(title), digits(f), f.qualifier is Qualifier.EXACT, -f.start)
    )
    others = [f for f in group if f is not best][:MOST_TWINS]
    told = next((f.obs_status for f in group if f.obs_status is not ObsStatus.NORMAL), best.obs_status)
    mentions = tuple(Mention(f.start, f.end, f.published_as, f.quote) for f in others)
    return replace(best, mentions=mentions, obs_status=told) if others else best


def digits(figure: Figure) -> int:
    """How many digits of a number are told: 3 of 1.25 million, 2 of 1,300."""
    return len("".join(c for c in figure.published_as if c.isdigit()).strip("0")) or 1


def _step(figure: Figure) -> float:
    """The worth of the last digit that is told."""
    value = abs(figure.value)
    return float(10.0 ** (floor(log10(value)) + 1 - digits(figure))) if value else 0.0


def _series(figure: Figure) -> tuple[object, ...]:
    typed = tuple(sorted((k, v.casefold()) for k, v in figure.dimensions.items() if k in TYPED))
    kind = ChangeKind.LEVEL if figure.change_kind in LEVELS else figure.change_kind
    return figure.indicator, figure.unit, figure.ref_area, figure.time_period, figure.scenario, kind, typed


def _rounds(a: Figure, b: Figure, catalogue: Catalogue, title: str) -> bool:
    """Whether one of two values is the other with fewer digits: over 2,300 and 2,340."""
    if a.start == b.start or a.quote == b.quote or a.cell is not None or b.cell is not None:
        return False
    fine, coarse = sorted((a, b), key=_step)
    step, gap = _step(coarse), abs(fine.value) - abs(coarse.value)
    if _step(fine) >= step or fine.value * coarse.value <= 0 or abs(gap) > NEAR * abs(fine.value):
        return False
    if digits(coarse) < 2 and coarse.qualifier is Qualifier.EXACT:
        return False
    return _within(coarse.qualifier, gap, step) and a.unit == b.unit and _one_thing(a, b, catalogue, title)


def _within(qualifier: Qualifier, gap: float, step: float) -> bool:
    if qualifier is Qualifier.OVER:
        return 0 < gap < step
    if qualifier in (Qualifier.NEARLY, Qualifier.UNDER):
        return -step < gap < 0
    return abs(gap) <= (step if qualifier is Qualifier.ABOUT else 0.5 * step)


def same_fact(a: Figure, b: Figure, catalogue: Catalogue, title: str) -> bool:
    """Whether two figures of one notice state the same in the same digits."""
    if a.value != b.value or a.start == b.start or (a.unit != b.unit and {a.unit, b.unit} & CURRENCIES):
        return False
    return _one_thing(a, b, catalogue, title)


def _one_thing(a: Figure, b: Figure, catalogue: Catalogue, title: str) -> bool:
    """Whether two figures are of one thing, by what they are read as and by their words.

    Numbers of few digits meet by chance: those also need the same indicator and subject, or to be `the 48 projects`.
    """
    if a.change_kind != b.change_kind or a.time_period != b.time_period or a.extracted_by != b.extracted_by:
        return False
    if (a.scenario == "actual") != (b.scenario == "actual") or not _nested(a.ref_area, b.ref_area, catalogue):
        return False
    if any(_told(a, k) != _told(b, k) for k in APART) or any(_differ(a, b, k) for k in TOLD):
        return False
    mine, theirs = set(tokens(a.label)) - STOP, set(tokens(b.label)) - STOP
    if not mine or not theirs:
        return False
    telling = min(digits(a), digits(b)) >= TELLING
    if a.change_kind in LEVELS:
        if _points_back(b) and mine & theirs:
            return True
        if (mine <= theirs or theirs <= mine) and (telling or a.quote in title):
            return True
    alike = a.indicator == b.indicator and len(mine & theirs) >= SAME_WORDS * min(len(mine), len(theirs))
    return alike and (telling or not _differ(a, b, "subject"))


def _told(figure: Figure, dimension: str) -> str:
    return figure.dimensions.get(dimension, "").casefold()


def _differ(a: Figure, b: Figure, dimension: str) -> bool:
    """Whether both tell a dimension and no word of one begins as one of the other: lands, landed."""
    mine, theirs = ({w[:STEM] for w in tokens(_told(f, dimension)) if w not in STOP} for f in (a, b))
    return bool(mine and theirs) and not mine & theirs


def _points_back(figure: Figure) -> bool:
    """`these 48 projects`: the number is one that was given before."""
    return bool(BACK.search(figure.quote[: max(figure.quote.find(figure.published_as), 0)]))


def _nested(a: str, b: str, catalogue: Catalogue) -> bool:
    """Whether two areas may be one: the same, one not told, or one in the other."""
    if a == b or not a or not b:
        return True
    mine, theirs = catalogue.match_area(a), catalogue.match_area(b)
    if mine is None or theirs is None:
        return False
    return catalogue.within(mine.code, theirs.code) or catalogue.within(theirs.code, mine.code)
