"""Numbers that the asker names against each other: "one page says 2,340, another 2,318"."""

from collections.abc import Iterator
from itertools import product

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.operations.conversion import matching
from assistant.understanding.operations.parts import named
from assistant.understanding.operations.quotients import asked
from assistant.wording.phrases import say, table


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Two named numbers that are both published for one thing and period: both are told, newest first."""
    amounts = [a for a in ctx.reading.amounts if a.kind in ("count", "number", "money", "percent") and a.value > 12]
    if len(amounts) < 2 or asked(ctx):
        return
    for pair in product(*(matching(ctx, a) for a in amounts[:2])):
        if _one_thing(*pair):
            yield _both(ctx, tuple(sorted(pair, key=_published, reverse=True)))


def _one_thing(a: Entry, b: Entry) -> bool:
    same_unit = a.figure.unit == b.figure.unit and a.figure.change_kind == b.figure.change_kind
    return a.order != b.order and same_unit and a.months == b.months and a.figure.value != b.figure.value


def _published(entry: Entry) -> int:
    return entry.notice.published.toordinal() if entry.notice.published else 0


def _both(ctx: Context, pair: tuple[Entry, ...]) -> Candidate:
    language = ctx.reading.language
    links = {k.entry.order: k for k in ctx.links(ctx.want().but(periods=()), 400)}
    found = [links[e.order] for e in pair if e.order in links]
    items = table(language)["words"]["list"].join(
        say("item", language, value=f"{{F{i}}}", **named(e, language)) for i, e in enumerate(pair, 1)
    )
    return Candidate(
        operation="conflict",
        score=0.6 + max((k.score for k in found), default=0.0),
        entries=pair,
        headline="F1",
        message="list",
        parts={"items": items},
        coverage=max((k.coverage for k in found), default=0.0),
    )
