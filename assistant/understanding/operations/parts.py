"""Fill-ins that many sentences share."""

from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import Link, Want
from assistant.wording.phrases import caption, mark, moment, what


def named(entry: Entry, language: str, prefix: str = "") -> dict[str, str]:
    """`when`, `what` and `mark` of a figure, under a prefix."""
    figure = entry.figure
    return {
        f"{prefix}when": moment(figure, language),
        f"{prefix}what": caption(figure, language),
        f"{prefix}mark": mark(figure, language),
        f"{prefix}label": what(figure, language),
    }


def best(ctx: Context, want: Want) -> Link | None:
    """The best figure for an operand, if there is any."""
    links = ctx.links(want, 1)
    return links[0] if links else None


def signed(entry: Entry) -> str:
    """up, down or flat: the direction of a change."""
    value = entry.figure.value
    return "up" if value > 0 else "down" if value < 0 else "flat"


def joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """What neither of two operands explains."""
    return tuple(t for t in first if t in second)
