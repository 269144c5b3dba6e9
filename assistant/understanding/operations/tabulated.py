"""What a question wants done with the cells of one table: one cell, a sum, a share, a ratio, a change, a series."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.understanding.candidate import Candidate
from assistant.understanding.cells import Asked, asked, relative
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import Link, family
from assistant.understanding.operations.comparison import compared
from assistant.understanding.operations.implications import yearly
from assistant.understanding.operations.lookup import growth_between, level
from assistant.understanding.operations.pairs import Pair
from assistant.understanding.operations.parts import named
from assistant.understanding.operations.series import series
from assistant.understanding.operations.shares import ratio, share
from assistant.understanding.operations.totals import total
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months, earlier
from assistant.wording.phrases import say, table
from knowledge.figure import ChangeKind

CHANGES = frozenset({ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH})
SURE = 0.25  # what a reading gains for a cell that row, column and time name
MOVED = 0.95  # where the changes of all members are held against each other
MOST = 6  # members that are listed
WHOLE = 0.05  # where it is the total of the table
_COMPUTED = (
    "max min rank sum agree average per share percent growth fall difference versus cagr series remainder place "
    "target forecast why which implied exchange_rate confirm reach".split()
)


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings over the cells of each table."""
    has = ctx.reading.has
    for found in asked(ctx):
        together = has("agree") or (has("sum") and pattern("adds_up").search(ctx.reading.text))
        if together and not found.members and not has("share"):
            yield from _adding_up(found)
        if has("average", "per") and not has("exchange_rate", "cagr"):
            yield from _ratio(found)
        if found.measure is None:
            continue
        if not has(*_COMPUTED):
            yield from _one(found)
        if has("sum") or ctx.adds_up or ctx.averages_periods:
            yield from _sum(found)
        if has("share", "percent") and not has("growth", "fall"):
            yield from _share(found)
        if has("growth", "fall"):
            yield from _published(found)
        if has("growth", "fall", "difference", "versus", "percent", "cagr"):
            yield from _change(found)
            yield from _moved(found)
        if has("difference", "versus", "confirm") and len(found.members) == 2:
            yield from _apart(found)
        if has("series") or len(found.times) > 1:
            yield from _series(found)


def _link(found: Asked, *entries: Entry, bonus: float = 0.0) -> Link:
    link = found.link(*entries)
    return replace(link, entry=entries[0], score=link.score + bonus)


def _one(found: Asked) -> Iterator[Candidate]:
    """The cell of one member, measure and time."""
    if len(found.members) > 1 or len(found.times) > 1:
        return
    entry = found.entry(found.member)
    if entry is None or (relative(entry) and not found.told):
        return
    named = bool(found.members) or not found.table.members
    yield replace(level(found.ctx, _link(found, entry, bonus=SURE if named else WHOLE)), told=_told(found))


def _told(found: Asked) -> bool:
    """Whether words tell row, column and time."""
    return bool(found.members) and found.told and (bool(found.times) or len(found.table.times) == 1)


def _sum(found: Asked) -> Iterator[Candidate]:
    """Several members at one time, or one over several times."""
    if len(found.members) >= 2:
        cells = tuple(e for m in found.members if (e := found.entry(m)))
        if len(cells) == len(found.members) and not any(relative(e) for e in cells):
            yield total(found.ctx, cells, _link(found, *cells), SURE)
        return
    times = found.times if len(found.times) > 2 else found.stretch if found.ctx.stretch else found.times
    cells = tuple(e for t in times if (e := found.entry(found.member, time=t)))
    apart = {e.months.length for e in cells if e.months} == {12}
    if len(cells) >= 2 and len(cells) == len(times) and apart and not any(relative(e) for e in cells):
        yield total(found.ctx, cells, _link(found, *cells), SURE)


def _adding_up(found: Asked) -> Iterator[Candidate]:
    """Whether all members make the published total."""
    for whole in _wholes(found):
        cells = tuple(e for m in found.table.members if (e := found.entry(m, time=whole.months)))
        cells = cells or _parts(found, whole) or tuple(e for t in found.stretch if (e := found.entry("", time=t)))
        if len(cells) >= 2 and not relative(whole):
            yield total(found.ctx, cells, _link(found, *cells, whole), SURE + 0.3, whole)


def _wholes(found: Asked) -> tuple[Entry, ...]:
    """The totals that may be meant: of the value that the asker gives, else of the one time, else of the latest."""
    if found.measure is None:
        return ()
    times = found.times or tuple(reversed(found.table.times))
    wholes = [e for t in (found.table.span, *times) if t and (e := found.entry("", time=t))]
    given = [
        e for e in (*wholes, *_elsewhere(found)) if any(a.value == e.figure.value for a in found.ctx.reading.amounts)
    ]
    return tuple((given or wholes)[:1])


def _elsewhere(found: Asked) -> Iterator[Entry]:
    """Totals that the text around the table gives."""
    unit = next((c.entry.figure.unit for c in found.table.cells if c.measure == found.measure), "")
    for entry in found.ctx.index.entries:
        if entry.figure.notice_id == found.table.notice.notice_id and entry.figure.unit == unit:
            yield entry


def _parts(found: Asked, whole: Entry | None) -> tuple[Entry, ...]:
    """The quarters or months that lie in the time of the whole."""
    span = whole.months if whole else None
    if span is None or span.first is None:
        return ()
    inside = [t for t in found.table.times if t.first is not None and span.first <= t.first and t.last <= span.last]
    cells = [e for t in inside if t != span and (e := found.entry("", time=t))]
    lengths = [e.months.length for e in cells if e.months]
    return tuple(cells) if len(set(lengths)) == 1 and sum(lengths) == span.length else ()


def _share(found: Asked) -> Iterator[Candidate]:
    """A member's published share, or its part of the total."""
    if len(found.members) >= 2:
        yield from _shares(found)
    if len(found.members) != 1:
        return
    member = found.members[0]
    shares = [m for m in found.table.measures if (e := found.entry(member, m)) and e.figure.change_kind == "share"]
    for entry in (found.entry(member, m) for m in shares):
        if entry:
            yield replace(level(found.ctx, _link(found, entry, bonus=SURE + 0.25)), told=_told(found))
    part, whole = found.entry(member), found.entry()
    if part and whole and not relative(part) and 0 < part.figure.value < whole.figure.value:
        link = _link(found, part)
        made = share(found.ctx, Pair(link, replace(link, entry=whole), link.score), 0.15)
        yield replace(made, told=_told(found))


def _shares(found: Asked) -> Iterator[Candidate]:
    """The published shares of several members as one."""
    if not found.ctx.reading.has("sum") and not pattern("and").search(found.ctx.reading.text):
        return
    for measure in found.table.measures:
        cells = tuple(e for m in found.members if (e := found.entry(m, measure)))
        if len(cells) == len(found.members) and all(e.figure.change_kind == "share" for e in cells):
            yield total(found.ctx, cells, _link(found, *cells), SURE + 0.25)
    cells, whole = tuple(e for m in found.members if (e := found.entry(m))), found.entry("")
    if whole and len(cells) == len(found.members) and not any(relative(e) for e in cells):
        yield _share_of_all(found, cells, whole)


def _share_of_all(found: Asked, cells: tuple[Entry, ...], whole: Entry) -> Candidate:
    """What several members make together of the total."""
    made = total(found.ctx, cells, _link(found, *cells), SURE + 0.25)
    language, last = found.ctx.reading.language, f"F{len(cells) + 1}"
    return replace(
        made,
        operation="share",
        entries=(*cells, whole),
        expressions=(made.expressions[0], (f"share(C1, {last})", "percent")),
        headline="C2",
        message="share",
        parts={
            "value": "{C2}",
            "part": "{C1}",
            "whole": f"{{{last}}}",
            **named(whole, language, "whole_"),
            "part_what": table(language)["words"]["list"].join(found.members),
            "when": named(whole, language)["when"],
        },
        told=True,
    )


def _ratio(found: Asked) -> Iterator[Candidate]:
    """One measure of a member divided by another: jobs per project, the average size of a project."""
    ctx, measures = found.ctx, found.measures
    kinds = {m: family(e.figure.unit) for m in found.table.measures if (e := _any(found, m))}
    if len(measures) == 1 and found.told and ctx.reading.has("average"):
        money = [m for m, kind in kinds.items() if kind == "money"]
        measures = (*money, *measures) if len(money) == 1 and kinds[measures[0]] == "count" else measures
    if len(measures) != 2 or len(found.members) > 1:
        return
    cue = max((c.end for c in ctx.reading.cues if c.name == "per"), default=0)
    behind = {t.key for t in ctx.reading.terms if t.start >= cue > 0}
    counts = [m for m in measures if kinds.get(m) == "count"]
    bottom = next((m for m in counts if found.table.measures[m] & behind), counts[-1] if counts else measures[1])
    top = next(m for m in measures if m != bottom)
    a, b = found.entry(found.member, measure=top), found.entry(found.member, measure=bottom)
    if a and b and b.figure.value and family(b.figure.unit) == "count" and not relative(a):
        link = _link(found, a, b)
        yield ratio(ctx, Pair(replace(link, entry=a), replace(link, entry=b), link.score), SURE + 0.1)


def _any(found: Asked, measure: str) -> Entry | None:
    return next((c.entry for c in found.table.cells if c.measure == measure), None)


def _published(found: Asked) -> Iterator[Candidate]:
    """The change of one member that a column of the table gives."""
    entry = found.entry(found.member)
    if len(found.members) == 1 and len(found.times) < 2 and entry and entry.figure.change_kind in CHANGES:
        yield replace(level(found.ctx, _link(found, entry, bonus=SURE + 0.2)), told=True)


def _change(found: Asked) -> Iterator[Candidate]:
    """One member's measure at two times: growth in percent, the difference, the yearly rate."""
    times = found.times if len(found.times) == 2 else _since(found)
    if len(found.members) > 1 or len(times) != 2:
        return
    old, new = (found.entry(found.member, time=t) for t in times)
    if not old or not new or relative(new) or old.figure.unit != new.figure.unit:
        return
    ctx, link = found.ctx, _link(found, new, old, bonus=SURE if found.members or not found.table.members else WHOLE)
    if ctx.reading.has("cagr"):
        years = (times[1].last - times[0].last) // 12
        if years:
            yield yearly(ctx, replace(link, entry=old), new, years)
    elif ctx.reading.has("difference", "versus") and not ctx.reading.has("percent"):
        yield compared(ctx, Pair(link, replace(link, entry=old), link.score), 0.1)
    elif ctx.reading.has("growth", "fall", "percent"):
        yield growth_between(ctx, link, old, True)


def _since(found: Asked) -> tuple[Months, ...]:
    """The one asked time, and the same a year before it, where growth in it is asked for."""
    if len(found.times) != 1 or not found.ctx.reading.has("growth", "fall"):
        return ()
    last = next((e.months for e in found.ctx.lent_entries if e.months in found.table.times), None)
    if last and last.last > found.times[0].last:
        return (found.times[0], last)  # "was that up from 2022?"
    before = earlier(found.times[0], 12)
    return (before, found.times[0]) if before in found.table.times else ()


def _apart(found: Asked) -> Iterator[Candidate]:
    """Two members set against each other."""
    cells = [e for m in found.members if (e := found.entry(m))]
    if len(cells) == 2 and cells[0].figure.change_kind == cells[1].figure.change_kind:
        link = _link(found, *cells, bonus=SURE)
        yield compared(found.ctx, Pair(link, replace(link, entry=cells[1]), link.score), 0.1)


def _series(found: Asked) -> Iterator[Candidate]:
    """One member's measure over its times."""
    has = found.ctx.reading.has
    if len(found.members) > 1 or has(
        "growth", "fall", "difference", "versus", "cagr", "average", "share", "max", "min"
    ):
        return
    if (has("sum") or found.ctx.adds_up) and not pattern("one_by_one").search(found.ctx.reading.text):
        return
    times = found.times if len(found.times) > 2 else found.stretch
    cells = tuple(e for t in times if (e := found.entry(found.member, time=t)))
    lengths = {e.months.length for e in cells if e.months}
    if len(cells) >= 2 and len(lengths) == 1 and all(e.figure.change_kind is not ChangeKind.DIFFERENCE for e in cells):
        each = 0.15 if pattern("one_by_one").search(found.ctx.reading.text) else 0.0
        yield series(found.ctx, _link(found, *cells, bonus=SURE + each), cells)


def _moved(found: Asked) -> Iterator[Candidate]:
    """Which member grew or fell most from one time to the next, or which did at all: worked out from the levels."""
    ctx, has = found.ctx, found.ctx.reading.has
    times = found.times if len(found.times) == 2 else _step(found)
    if len(times) != 2 or len(found.table.members) < 2 or not has("growth", "fall") or not has("max", "min", "which"):
        return
    rows = [m for m in found.members if len(found.members) > 1] or [
        m for m in found.table.members if m not in found.table.rest
    ]
    cells = {
        m: (new, old) for m in rows if (new := found.entry(m, time=times[1])) and (old := found.entry(m, time=times[0]))
    }
    if len(cells) < 2 or any(relative(new) or not old.figure.value for new, old in cells.values()):
        return
    percent = has("percent") or bool(pattern("in_relation").search(ctx.reading.text))
    moves = {m: _move(new, old, percent) for m, (new, old) in cells.items()}
    falling = has("fall")
    chosen = [m for m in moves if (moves[m] < 0) == falling and moves[m]]
    if has("max", "min"):
        least = has("min") != falling
        chosen = sorted(chosen or moves, key=lambda m: moves[m], reverse=not least)[:1]
    if chosen and len(chosen) <= MOST:
        yield _movers(found, {m: cells[m] for m in chosen}, percent)


def _move(new: Entry, old: Entry, percent: bool) -> float:
    gap = new.figure.value - old.figure.value
    return gap / abs(old.figure.value) if percent else gap


def _step(found: Asked) -> tuple[Months, ...]:
    """The asked time and the one before it, or the only two times of a table."""
    known = found.table.times
    if not found.times:
        return known if len(known) == 2 else ()
    before = [t for t in known if t.last < found.times[0].last and t.length == found.times[0].length]
    return (before[-1], found.times[0]) if before else ()


def _movers(found: Asked, cells: dict[str, tuple[Entry, Entry]], percent: bool) -> Candidate:
    language, pairs = found.ctx.reading.language, list(cells.values())
    items = table(language)["words"]["list"].join(
        say("rank_item", language, name=name, value=f"{{C{i}}}") for i, name in enumerate(cells, 1)
    )
    entries = tuple(e for pair in pairs for e in pair)
    link = _link(found, *entries)
    form = ("growth(F{0}, F{1})", "percent") if percent else ("F{0} - F{1}", None)
    return Candidate(
        operation="change",
        score=link.score + MOVED,
        entries=entries,
        expressions=tuple((form[0].format(2 * i + 1, 2 * i + 2), form[1]) for i in range(len(pairs))),
        headline="C1" if len(pairs) == 1 else "",
        message="ranked_items",
        parts={
            "items": items,
            **named(entries[0], language),
            "what": named(_whole(found) or entries[0], language)["what"],
        },
        missing=link.missing,
        coverage=link.coverage,
    )


def _whole(found: Asked) -> Entry | None:
    return found.entry("")
