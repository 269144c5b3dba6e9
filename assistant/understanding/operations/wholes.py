"""Parts that a question names by their number alone, added up: 三次产业加起来, 三个市合计."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.linking import family
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.families import DIMENSION_WORDS, Family, families
from assistant.understanding.operations.totals import total
from assistant.understanding.patterns import pattern
from knowledge.figure import ChangeKind
from knowledge.reading.numerals import han_value

_LEVEL = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as the sum over all members of a family of that size."""
    named = pattern("all_of").search(ctx.reading.text)
    if not named or not ctx.reading.has("sum", "agree") or ctx.reading.has("growth", "fall"):
        return
    number = int(named["number"]) if named["number"].isdigit() else han_value(named["number"])
    for group in families(ctx):
        if len(group.entries) == number and not group.by_period and _adds_up(group):
            made = total(ctx, group.entries, group.link, 0.35 + _fits(ctx, group))
            yield replace(made, operation="sum of all parts")


def _adds_up(group: Family) -> bool:
    first = group.entries[0].figure
    alike = all(e.figure.change_kind in _LEVEL and is_result(e) for e in group.entries)
    return alike and family(first.unit) in ("money", "count")


def _fits(ctx: Context, group: Family) -> float:
    """Whether the family is told apart by what the question speaks of: industries, areas, countries."""
    asked = {t.key for t in ctx.reading.terms}
    wanted = [d for d, words in DIMENSION_WORDS.items() if words & asked]
    return 0.15 if group.dimension in wanted else -0.15 if wanted else 0.0
