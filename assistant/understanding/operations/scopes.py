"""The same total for the core of an area: `the New Area had 214 billion. Of this, the core zone contributed 178`."""

import re

from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry
from assistant.understanding.linking import family
from assistant.understanding.patterns import pattern
from knowledge.figure import ChangeKind

_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
_NAME = re.compile(r"\b[A-Z]{3,6}\b")
BEHIND = 500  # characters within which the core is told behind the whole


def core_of(ctx: Context, whole: Entry) -> tuple[Entry, str] | None:
    """The figure of an area's core told behind that of the whole area, and what the core is called."""
    figure = whole.figure
    if (
        figure.change_kind not in _LEVEL
        or family(figure.unit) not in ("money", "count")
        or ctx.reading.language == "zh"
    ):
        return None
    behind = [
        e
        for e in ctx.index.entries
        if e.figure.notice_id == figure.notice_id
        and e.figure.unit == figure.unit
        and e.months == whole.months
        and e.figure.change_kind == figure.change_kind
        and 0 < e.figure.start - figure.end <= BEHIND
        and 0.3 * figure.value < e.figure.value < figure.value
    ]
    for entry in sorted(behind, key=lambda e: e.figure.start):
        called = _called(entry)
        if called:
            return entry, called
    return None


def _called(entry: Entry) -> str:
    """What a sentence calls the core that it tells a part of the whole for; nothing where it tells of no core."""
    figure = entry.figure
    at = figure.quote.find(figure.published_as)
    if at < 0 or not pattern("of_the_whole").search(figure.quote):
        return ""
    before = figure.quote[figure.quote.rfind(";", 0, at) + 1 : at]
    if found := pattern("core_area").search(before):
        return found.group().strip().removeprefix("The ")
    names = set(_NAME.findall(entry.notice.title))
    return next((n for n in reversed(_NAME.findall(before)) if n in names or n in entry.notice.text[:600]), "")
