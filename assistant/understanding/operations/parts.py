"""Fill-ins that many sentences share."""

from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import Link, Want
from assistant.wording.phrases import caption, mark, moment, what
from knowledge.figure import ChangeKind

PRESENT = 0.62  # coverage from which a figure may be said to be the one meant


def named(entry: Entry, language: str, prefix: str = "") -> dict[str, str]:
    """`when`, `what` and `mark` of a figure, under a prefix."""
    figure = entry.figure
    return {
        f"{prefix}when": moment(figure, language),
        f"{prefix}what": caption(figure, language),
        f"{prefix}mark": mark(figure, language),
        f"{prefix}label": what(figure, language),
    }


def sum_words(coverages: list[float]) -> float:
    """Mean of several operands' coverages."""
    return sum(coverages) / len(coverages) if coverages else 0.0


def best(ctx: Context, want: Want) -> Link | None:
    """The best figure for an operand, if there is any."""
    links = ctx.links(want, 1)
    return links[0] if links else None


def signed(entry: Entry) -> str:
    """up, down or flat: the direction of a change."""
    value = entry.figure.value
    return "up" if value > 0 else "down" if value < 0 else "flat"


def is_growth(entry: Entry) -> bool:
    """Whether a figure is a change over an earlier period."""
    return entry.figure.change_kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH)


def joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """What neither of two operands explains."""
    return tuple(t for t in first if t in second)
