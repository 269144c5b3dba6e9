"""How figures stand to each other: the same series, its growth, its twin in another currency, its other periods."""

import re

from assistant.understanding.figure_index import UNITLESS, Entry, FigureIndex, grouping, keys
from assistant.understanding.linking import RELATIVE, family
from assistant.understanding.patterns import pattern
from knowledge.figure import ChangeKind, Figure

_CHANGES = (ChangeKind.YOY_GROWTH, ChangeKind.DIFFERENCE)
_LEVELS = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
# What may stand between an amount and the same amount in another currency.
_APPROXIMATES = re.compile(
    r"\s*(?:[(（,，]|\bor\b|或|约|即|合|折|\babout\b)\s*(?:or|about|around|some|roughly|approximately|"
    r"(?:the )?equivalent (?:to|of)|worth|"
    r"i\.e\.|equal to|that is|which is|namely|in other words|rund|etwa|umgerechnet|das (?:sind|ist)|also|"
    r"c['’]est-à-dire|"
    r"soit|environ|或|约|约合|折合|折|合|即|相当于|约为|等值|人民币|[(（,，\s])*",
    re.IGNORECASE,
)
STEP = 60  # characters within which a change stands behind its level
_SAME = 0.6  # overlap of own words from which two labels name one indicator


def overlap(index: FigureIndex, a: frozenset[str], b: frozenset[str]) -> float:
    """Weighted Jaccard of two term sets."""
    union = a | b
    if not union:
        return 1.0
    return sum(index.idf(t) for t in a & b) / sum(index.idf(t) for t in union)


def kind_group(entry: Entry) -> str:
    """Levels and running totals are one kind for comparison."""
    kind = entry.figure.change_kind
    return "level" if kind in _LEVELS else str(kind)


def same_series(index: FigureIndex, a: Entry, b: Entry) -> bool:
    """Whether two figures measure one thing in one unit: only period, scenario or notice may differ."""
    fa, fb = a.figure, b.figure
    if kind_group(a) != kind_group(b) or not same_unit(fa.unit, fb.unit):
        return False
    if a.former != b.former:
        return False  # all earlier editions of an event are not one of them
    if fa.dimensions.get("event") != fb.dimensions.get("event"):
        return False
    return same_thing(index, a, b)


def same_thing(index: FigureIndex, a: Entry, b: Entry) -> bool:
    """Whether two figures speak of one indicator, area and group, whatever their unit or kind."""
    fa, fb = a.figure, b.figure
    if not _same_area(a, b) or _groups(fa) != _groups(fb):
        return False
    return fa.indicator == fb.indicator or overlap(index, _named(a), _named(b)) >= _SAME


def _named(entry: Entry) -> frozenset[str]:
    """The own words of a figure without the verb that counted it: "new projects were introduced" are new projects."""
    done = keys(entry.figure.dimensions.get("action", ""), entry.notice.language)
    return entry.core - done or entry.core


def _groups(figure: Figure) -> frozenset[tuple[str, str]]:
    return frozenset((k, v.lower()) for k, v in grouping(figure).items())


def _same_area(a: Entry, b: Entry) -> bool:
    if not a.area or not b.area:
        return a.figure.notice_id == b.figure.notice_id
    return a.area <= b.area or b.area <= a.area


def same_unit(a: str, b: str) -> bool:
    """Counts of differently named things of one series are one unit; currencies are not."""
    return a == b or (family(a) == family(b) == "count")


def levels_akin(index: FigureIndex, entry: Entry) -> tuple[Entry, ...]:
    """The other members of an entry's series."""
    return tuple(e for e in index.entries if e.order != entry.order and same_series(index, e, entry))


def growth_of(index: FigureIndex, entry: Entry) -> Entry | None:
    """The published growth of a level over a year before: tied by the ledger, or akin in the same notice and period."""
    tied = [
        e
        for e in index.entries
        if e.figure.change_kind == ChangeKind.YOY_GROWTH and e.figure.relates_to == entry.figure.figure_id
    ]
    if tied:
        return tied[0]
    near = [
        e
        for e in index.entries
        if e.figure.change_kind == ChangeKind.YOY_GROWTH
        and e.figure.unit in ("percent", "times")
        and e.figure.notice_id == entry.figure.notice_id
        and e.months == entry.months
        and same_thing(index, e, entry)
    ]
    return min(near, key=lambda e: abs(e.figure.start - entry.figure.start), default=None)


def step_of(index: FigureIndex, entry: Entry) -> Entry | None:
    """The published amount by which a level changed over a year: "47, up by 5 from a year earlier"."""
    return next(
        (
            e
            for e in index.entries
            if e.figure.change_kind == ChangeKind.DIFFERENCE
            and e.figure.quote == entry.figure.quote
            and e.figure.notice_id == entry.figure.notice_id
            and e.figure.unit in (entry.figure.unit, "")
            and 0 < e.figure.start - entry.figure.end < STEP
            and not any(
                entry.figure.end <= x.figure.start < e.figure.start
                for x in index.entries
                if x.figure.quote == e.figure.quote and x.figure.notice_id == e.figure.notice_id
            )
        ),
        None,
    )


def changes_to(index: FigureIndex, entry: Entry) -> tuple[Entry, ...]:
    """The published changes that led to a level: its growth over a year, the step, what the ledger ties to it."""
    tied = [
        e
        for e in index.entries
        if e.figure.relates_to == entry.figure.figure_id
        and e.figure.change_kind in (ChangeKind.MOM_GROWTH, *_CHANGES)
        and not from_goal(e)
    ]
    found = (step_of(index, entry), growth_of(index, entry), *tied)
    return tuple(dict.fromkeys(e for e in found if e is not None))


def from_goal(points: Entry) -> bool:
    """Whether points count from a goal: the word stands behind them, in Chinese in front of them in their clause."""
    figure = points.figure
    if figure.unit != "percentage points":
        return False
    at = figure.quote.find(figure.published_as)
    clause = re.split("[,，;；。]", figure.quote[:at])[-1] if points.notice.language == "zh" else figure.quote[at:]
    return bool(pattern("goal_behind").search(clause))


def level_of(index: FigureIndex, growth: Entry) -> Entry | None:
    """The level that a growth modifies."""
    for e in index.entries:
        if e.figure.figure_id == growth.figure.relates_to and e.figure.change_kind not in RELATIVE:
            return twin_of(index, e) or e if e.twin else e
    near = [
        e
        for e in index.entries
        if e.figure.change_kind in _LEVELS
        and e.figure.unit not in UNITLESS
        and e.figure.notice_id == growth.figure.notice_id
        and e.months == growth.months
        and same_thing(index, e, growth)
    ]
    return min(near, key=lambda e: _behind(e, growth), default=None)


def _behind(level: Entry, growth: Entry) -> tuple[bool, bool, int]:
    """How far a level stands from a change that speaks of it: first what was said before it, in its first currency."""
    apart = level.figure.start - growth.figure.start
    return level.twin, apart > 0 and level.figure.quote != growth.figure.quote, abs(apart)


def twin_of(index: FigureIndex, entry: Entry) -> Entry | None:
    """The same amount in another currency, printed right beside it."""
    figure = entry.figure
    if family(figure.unit) != "money":
        return None
    beside = [
        e
        for e in index.entries
        if family(e.figure.unit) == "money"
        and e.figure.unit != figure.unit
        and e.figure.notice_id == figure.notice_id
        and e.months == entry.months
        and _beside(e, entry)
    ]
    return min(beside, key=lambda e: abs(e.figure.start - figure.start), default=None)


def _beside(a: Entry, b: Entry) -> bool:
    first, second = sorted((a.figure, b.figure), key=lambda f: f.start)
    at, apart = first.quote.find(first.published_as) + len(first.published_as), second.start - first.end
    return 0 < apart <= 30 and bool(_APPROXIMATES.fullmatch(first.quote[at : at + apart]))


def rate_pair(index: FigureIndex, notice_id: str, have: str, want: str) -> tuple[Entry, Entry] | None:
    """A pair of twin amounts of a notice in the two currencies: the notice's own exchange rate."""
    for e in index.entries:
        if e.figure.notice_id == notice_id and e.figure.unit == have:
            twin = twin_of(index, e)
            if twin and twin.figure.unit == want:
                return e, twin
    return None
