"""How many there are and what they are worth, asked together: both figures of the sentence that tells them."""

from collections.abc import Iterator

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import OFF, family, together
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.parts import named
from assistant.understanding.patterns import pattern
from assistant.wording.phrases import say, table
from knowledge.figure import ChangeKind

BOTH = 0.3
LOOKED_AT = 4  # counts that may be meant
REACH = 120  # characters behind a count within which its money stands
_LEVELS = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as a count with the money that goes with it."""
    if not pattern("twofold").search(ctx.reading.text):
        return
    want = level_want(ctx).but(families=frozenset({"count"}), kinds=_LEVELS)
    language = ctx.reading.language
    for link in ctx.links(want, LOOKED_AT):
        worth = _worth(ctx, link.entry)
        if worth is None:
            continue
        both = next(
            (k for k in ctx.links(want.but(families=None, periods=()), 60) if k.entry.order == worth.order), None
        )
        coverage, missing = together(ctx.index, want, (link, both)) if both else (link.coverage, link.missing)
        pair = (link.entry, worth)
        items = [say("item", language, value=f"{{F{n}}}", **named(e, language)) for n, e in enumerate(pair, 1)]
        yield Candidate(
            operation="list",
            score=link.score + BOTH,
            entries=pair,
            headline="F1",
            message="list",
            parts={"items": table(language)["words"]["list"].join(items)},
            missing=tuple(m for m in missing if not m.startswith(OFF)),
            coverage=coverage,
        )


def _worth(ctx: Context, count: Entry) -> Entry | None:
    """The first money told behind a count in its sentence."""
    figure = count.figure
    behind = (
        e
        for e in ctx.index.entries
        if e.figure.beside(figure)
        and family(e.figure.unit) == "money"
        and e.figure.change_kind in _LEVELS
        and 0 < e.figure.start - figure.end < REACH
    )
    return min(behind, key=lambda e: e.figure.start, default=None)
