"""What a part leaves of its whole, and what a published share of a whole comes to."""

import re
from collections.abc import Iterator

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, grouping, keys
from assistant.understanding.linking import Link, Want
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.pairs import Pair, pairs
from assistant.understanding.operations.parts import joined, named
from knowledge.figure import ChangeKind

_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
_SHARE = frozenset({ChangeKind.SHARE})
_OF = re.compile(r"(?:share|Anteil|part) (?:of|an|de|du|des)\b|占")
_PERCENT = frozenset({"percent"})


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as a remainder or as a share of an amount."""
    has = ctx.reading.has
    if has("negated") and has("count", "money") and not has("share", "percent", "growth", "fall"):
        yield from _rest(ctx)
    if has("negated") and has("share", "percent") and not has("growth", "fall"):
        yield from _rest_of_share(ctx)
    amount = has("to_currency") or (has("count", "money") and not has("share"))
    if amount and not has("percent", "growth", "fall", "negated", "per", "average"):
        yield from _amount_of_share(ctx)


def _denied(ctx: Context) -> frozenset[str]:
    """The words that the question denies: those behind "not"."""
    ends = [c.end for c in ctx.reading.cues if c.name == "negated"]
    inside = [(c.start, c.end) for c in ctx.reading.cues if c.name == "negated"]
    behind = [t for t in ctx.reading.terms if t.start >= ends[0] or any(a <= t.start < b for a, b in inside)]
    return frozenset(t.key for t in behind if not t.key.startswith("c:area_"))


def _rest(ctx: Context) -> Iterator[Candidate]:
    """ "How many of the projects did not land": all less those that did."""
    denied = _denied(ctx)
    part = ctx.want().but(kinds=_LEVEL, families=frozenset({"count", "money"}))
    kept = tuple((t, w) for t, w in part.terms if t not in denied)
    whole = part.but(terms=kept or part.terms, helpful=tuple(t for t in part.terms if t[0] in denied))
    for pair in pairs(ctx, part, whole, limit=8):
        a, b = pair.a.entry, pair.b.entry
        if a.figure.unit == b.figure.unit and _is_part(a, b, denied) and is_result(a) == is_result(b):
            yield _left(ctx, pair, 0.25)


def _is_part(part: Entry, whole: Entry, denied: frozenset[str]) -> bool:
    """Whether one figure is the denied part of the other."""
    within = part.months == whole.months or (
        part.months is not None and whole.months is not None and part.months.last == whole.months.last
    )
    said = denied & (part.core | part.area)
    return (
        bool(said)
        and not denied & whole.core
        and within
        and part.figure.notice_id == whole.figure.notice_id
        and 0 < part.figure.value < whole.figure.value
    )


def _left(ctx: Context, pair: Pair, bonus: float) -> Candidate:
    language, part, whole = ctx.reading.language, pair.a.entry, pair.b.entry
    return Candidate(
        operation="remainder",
        score=pair.score + bonus,
        entries=(whole, part),
        expressions=(("F1 - F2", None),),
        headline="C1",
        message="rest",
        parts={
            "value": "{C1}",
            "whole": "{F1}",
            "part": "{F2}",
            **named(whole, language, "whole_"),
            **named(part, language, "part_"),
        },
        missing=joined(pair.a.missing, pair.b.missing),
        coverage=max(pair.a.coverage, pair.b.coverage),
    )


def _rest_of_share(ctx: Context) -> Iterator[Candidate]:
    """ "What share was not foreign-funded": a hundred less the published share."""
    language = ctx.reading.language
    for link in ctx.links(ctx.want().but(kinds=_SHARE, families=_PERCENT), 4):
        if _denied(ctx) <= set(link.missing) or link.entry.figure.value >= 100:
            continue
        yield Candidate(
            operation="remainder",
            score=link.score + 0.3,
            entries=(link.entry,),
            expressions=(("100 - F1", "percent"),),
            headline="C1",
            message="rest_of_share",
            parts={"value": "{C1}", "part": "{F1}", **named(link.entry, language, "part_")},
            missing=link.missing,
            coverage=link.coverage,
        )


def _amount_of_share(ctx: Context) -> Iterator[Candidate]:
    """ "How much of it went to software", where only the percentage is published: that share of the whole."""
    want = ctx.want()
    asked = {t.key for t in ctx.reading.terms}
    families = frozenset({"count"} if ctx.reading.has("count") else {"money"})
    shares = want.but(kinds=_SHARE, families=_PERCENT, measure=None, rates=True, units=None)
    for share in ctx.links(shares, 6):
        for whole in ctx.links(_whole_of(want, share, families), 6):
            if asked & (share.entry.core - whole.entry.core) and _holds(share, whole):
                yield _product(ctx, share, whole)
                break


def _whole_of(want: Want, share: Link, families: frozenset[str]) -> Want:
    """The want of the amount that a share is of: the words that the share's own label does not take up."""
    own = share.entry.core
    rest = tuple((t, w) for t, w in want.terms if t not in own or t == want.measure)
    return want.but(kinds=_LEVEL, families=families, terms=rest or want.terms, helpful=(), rates=False)


def _holds(share: Link, whole: Link) -> bool:
    a, b = share.entry, whole.entry
    told = {t for t in whole.missing if t not in share.missing}
    return (
        a.figure.notice_id == b.figure.notice_id
        and a.months == b.months
        and not grouping(b.figure)
        and is_result(a) == is_result(b)
        and 0 < a.figure.value < 100
        and not told
        and not joined(share.missing, whole.missing)
        and bool(_whole_told(a) & b.core or a.figure.quote == b.figure.quote)
    )


def _whole_told(entry: Entry) -> frozenset[str]:
    """The words of what a share says that it is of."""
    told = _OF.split(entry.figure.label, maxsplit=1)
    return keys(told[1], entry.notice.language) if len(told) > 1 else frozenset()


def _product(ctx: Context, share: Link, whole: Link) -> Candidate:
    language, part, level = ctx.reading.language, share.entry, whole.entry
    return Candidate(
        operation="share of amount",
        score=(share.score + whole.score) / 2 - 0.05,
        entries=(part, level),
        expressions=(("F2 * F1 / 100", level.figure.unit),),
        headline="C1",
        message="amount_of_share",
        parts={
            "value": "{C1}",
            "share": "{F1}",
            "whole": "{F2}",
            **named(part, language, "part_"),
            **named(level, language, "whole_"),
        },
        missing=joined(share.missing, whole.missing),
        coverage=max(share.coverage, whole.coverage),
    )
