"""Preliminary figures: `preliminary data show`, `a provisional $1.2 billion`, 据初步统计, or a whole period's."""

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.figure import Scenario
from knowledge.ledger.context import Context, State
from knowledge.ledger.draft import Draft
from knowledge.reading.calendar import month_span
from knowledge.reading.periods import read_periods
from knowledge.reading.words import Lexicon, either

DIRECTLY = 12  # characters between `a provisional` and its number
BRACKET = re.compile(r"\s?[(（\[][^()（）\[\]\d]{0,30}$")


@lru_cache(maxsize=8)
def _patterns(lex: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(preliminary, statistics that are so called): the words for figures stand in front of it or behind."""
    early = either(lex.table("roles", "preliminary"), lex.spaced)
    if not lex.spaced:
        return re.compile(early), re.compile(early)
    figures = either(lex.table("roles", "statistics"))
    told = rf"{early}\s(?:[^\W\d]+\s){{0,2}}?{figures}|{figures}(?:\s[^\W\d]+){{0,3}}?\s{early}(?!\s[^\W\d]+\s?\d)"
    return re.compile(early, re.IGNORECASE), re.compile(told, re.IGNORECASE)


def mark(text: str, drafts: Sequence[Draft], offset: int, context: Context, state: State) -> None:
    """Set the status of what a line calls preliminary; what it says without numbers is kept for the whole notice."""
    early, told = _patterns(context.lex)
    if not early.search(text):
        return
    whole = told.search(text)
    for match in early.finditer(text):
        behind = next((d for d in drafts if 0 <= d.start - offset - match.end() <= DIRECTLY), None)
        bracket = BRACKET.search(text[: match.start()])
        named = next((d for d in drafts if bracket and 0 <= bracket.start() - (d.end - offset) <= DIRECTLY), None)
        if named is not None or (behind is not None and whole is None):
            _set([d for d in (named or behind,) if d is not None])
            return
    if whole and drafts:
        latest = max((_last(d.period) for d in drafts if _plain(d)), default=0)
        _set([d for d in drafts if _last(d.period) == latest])
    elif whole:
        codes = [p.code for p in read_periods(text, context.anchor, context.lex.language) if p.code]
        state.provisional += codes[:1] or [context.period]


def settle(drafts: Sequence[Draft], state: State) -> None:
    """Mark all figures of the periods whose figures a notice calls preliminary."""
    if state.provisional:
        _set([d for d in drafts if d.period in state.provisional])


def _set(drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        if _plain(draft):
            draft.status = "preliminary"


def _plain(draft: Draft) -> bool:
    return draft.status == "normal" and draft.scenario is Scenario.ACTUAL and not draft.compared


def _last(code: str) -> int:
    span = month_span(code)
    return span[1] if span is not None else 0
