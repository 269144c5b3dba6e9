"""How far a number moved between two notices: "by how many from the May press conference to the June notice"."""

from collections.abc import Iterator

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.linking import Want
from assistant.understanding.operations.comparison import compared
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.pairs import Pair, pairs
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months, months
from knowledge.figure import ChangeKind
from knowledge.reading.spans import Period

_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
_NUMBERS = frozenset({"count", "money"})
TOLD = 0.3  # both ends of the stretch are named


def candidates(ctx: Context) -> Iterator[Candidate]:
    """The level that the later notice tells, less that of the earlier one."""
    spoken = sorted((*ctx.reading.periods, *ctx.reading.notice_periods), key=lambda p: p.code.removeprefix("to "))
    naming = [p for p in spoken if pattern("notice_noun").search(ctx.reading.text[p.end :])]
    if not naming or len(spoken) != 2 or not ctx.reading.has("difference", "growth", "fall"):
        return
    if any(t.key not in ctx.index.postings and t.key not in ctx.reading.soft for t in ctx.reading.terms):
        return  # a thing that no notice names
    want = level_want(ctx)
    want = want.but(kinds=_LEVEL, periods=(), scenarios=frozenset({"actual"}), families=want.families or _NUMBERS)
    former, later = (_ends(ctx, want, p, p in naming) for p in spoken)
    for a in later:
        for b in former:
            for pair in pairs(ctx, a, b, even=True, limit=4)[:2]:
                if pair.a.entry.figure.notice_id != pair.b.entry.figure.notice_id and not _partly_new(pair):
                    yield compared(ctx, pair, TOLD)


def _partly_new(pair: Pair) -> bool:
    """Whether only one of two levels counts what was newly added."""
    a, b = ("c:new" in e.core and "c:total" not in e.core for e in (pair.a.entry, pair.b.entry))
    return a != b


def _ends(ctx: Context, want: Want, period: Period, naming: bool) -> list[Want]:
    """What one end may be: told by a notice of that time or, where no notice is meant, dated then."""
    span = months(period.code)
    if span is None:
        return []
    told = want.but(notice_ids=_published(ctx, span))
    return [told] if naming else [want.but(notice_ids=None, periods=(span,)), told]


def _published(ctx: Context, span: Months) -> frozenset[str]:
    """The notices of a time."""
    first = span.first if span.first is not None else span.last
    dated = ((e.figure.notice_id, e.notice.published) for e in ctx.index.entries)
    return frozenset(i for i, day in dated if day and first <= day.year * 12 + day.month - 1 <= span.last)
