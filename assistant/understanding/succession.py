"""Which figure replaces which: a revised value what was first published, a goal in force the one before it."""

from collections.abc import Callable, Iterator, Mapping

from assistant.understanding.patterns import pattern
from knowledge.figure import Figure, ObsStatus, Scenario
from knowledge.notice import Notice

FARTHEST = 0.4  # of a value, that a revision moves it by
NEARBY = 0.1  # the same where the two are not called alike

Words = Callable[[Figure], frozenset[str]]
Series = Callable[[Figure], tuple[object, ...]]  # the indicator first, then all else that must be the same


def successors(figures: list[Figure], notices: Mapping[str, Notice], words: Words, series: Series) -> dict[str, str]:
    """What replaces a figure, by figure ids."""
    found = {**_revised(figures, notices, words, series), **_goals(figures, notices, words, series)}
    return {old: new for old, new in found.items() if found.get(new) != old}


def _revised(figures: list[Figure], notices: Mapping[str, Notice], words: Words, series: Series) -> dict[str, str]:
    """The revised value of a series, or what a revision names a value as the former of."""
    revised = [f for f in figures if f.obs_status == ObsStatus.REVISED]
    latest = {series(f): f for f in sorted(revised, key=lambda f: _day(f, notices))}
    former: dict[tuple[object, ...], Figure] = {}
    for f in (f for f in figures if f.obs_status == ObsStatus.PRELIMINARY):
        beside = [r for r in revised if (r.notice_id, r.unit, r.time_period) == (f.notice_id, f.unit, f.time_period)]
        newer = next((r for r in beside if r.indicator == f.indicator), beside[0] if len(beside) == 1 else None)
        if newer:
            former[f.value, f.unit, f.time_period] = newer
    found = {}
    for f in figures:
        newer = former.get((f.value, f.unit, f.time_period)) or latest.get(series(f))
        newer = newer or _renewed(f, revised, words, series)
        if newer is None or f.obs_status == ObsStatus.REVISED or _day(f, notices) > _day(newer, notices):
            continue
        if abs(f.value - newer.value) <= FARTHEST * abs(newer.value):
            found[f.figure_id] = newer.figure_id
    return found


def _renewed(figure: Figure, revised: list[Figure], words: Words, series: Series) -> Figure | None:
    """The one revised figure of another notice that is close to this one and shares all but the wording with it."""
    own = words(figure)
    near = [
        r
        for r in revised
        if r.notice_id != figure.notice_id
        and series(r)[1:] == series(figure)[1:]
        and abs(r.value - figure.value) <= NEARBY * abs(r.value)
        and own <= words(r)
    ]
    return near[0] if len(near) == 1 and own else None


def _goals(figures: list[Figure], notices: Mapping[str, Notice], words: Words, series: Series) -> dict[str, str]:
    """The goal in force for a time: what a sentence changed the former one to, else what was set last."""
    goals = [f for f in figures if f.scenario == Scenario.TARGET and f.time_period]
    changed = {old.figure_id: new for old, new in _changed(goals)}
    current = [g for g in goals if g.figure_id not in changed]
    found = {old: new.figure_id for old, new in changed.items()}
    for goal in goals:
        later = [
            g
            for g in current
            if g.notice_id != goal.notice_id
            and _day(g, notices) > _day(goal, notices)
            and series(g)[1:] == series(goal)[1:]
            and abs(g.value - goal.value) <= FARTHEST * abs(g.value)
            and _called_alike(g, goal, words)
        ]
        newest = [g for g in later if _day(g, notices) == max(_day(h, notices) for h in later)]
        if len({g.value for g in newest}) == 1 and newest[0].value != goal.value:
            found[goal.figure_id] = newest[0].figure_id
    return found


def _called_alike(a: Figure, b: Figure, words: Words) -> bool:
    """Whether two goals are of one thing: one indicator, or the words of the one among those of the other."""
    own, other = words(a), words(b)
    return a.indicator == b.indicator or bool(own and other and (own <= other or other <= own))


def _changed(goals: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """The former and the new value of goals that a sentence says were changed."""
    for a in goals:
        for b in goals:
            one = a.notice_id == b.notice_id and a.quote == b.quote and a.unit == b.unit and a.start < b.start
            if not one or a.time_period != b.time_period or a.value == b.value:
                continue
            start = a.start - max(a.quote.find(a.published_as), 0)
            before, gap = a.quote[: a.start - start], a.quote[a.end - start : b.start - start]
            if pattern("former_value").search(before) and pattern("new_value").fullmatch(gap):
                yield a, b
            elif pattern("changed").search(a.quote) and pattern("was_former").fullmatch(gap):
                yield b, a


def _day(figure: Figure, notices: Mapping[str, Notice]) -> int:
    published = notices[figure.notice_id].published
    return published.toordinal() if published else 0
