"""Printed ranges: 10-15 percent is one amount with an upper end, from 10 to 15 percent are two."""

import re
from dataclasses import replace
from decimal import Decimal

from knowledge.reading.spans import Amount

DASHES = "-–—~至到"
JOINERS = re.compile(r"\s?(?:[-–—~至到]|to|bis|à|and|und|et|至|到)\s?", re.IGNORECASE)
MOVES = re.compile(
    r"\b(?:from|rose from|passe\w*\sde|passer\sde|von|"
    r"(?:révis|corrig|rectifi|relev|abaiss|ramen|port)\w*\s(?:à la (?:hausse|baisse)\s)?de)\s(?:[^\W\d_]+\s)?$",
    re.IGNORECASE,
)
BY = re.compile(r"\b(?:by|um)\s$", re.IGNORECASE)  # rose by 4,200 to 61,700
APART = 4


def joined(amounts: list[Amount], text: str) -> list[Amount]:
    """Printed ranges (10-15 percent, 5%至6%) as one amount with its upper end."""
    out: list[Amount] = []
    for amount in amounts:
        last = out[-1] if out else None
        gap = text[last.end : amount.start] if last else ""
        if last and len(gap) <= 5 and last.high is None and JOINERS.fullmatch(gap):
            ranged = _range(last, amount, gap.strip(), text)
            told = ranged is not None and last.kind == "number" and amount.value > APART * last.value
            if ranged and (
                (told and BY.search(text[max(0, last.start - 12) : last.start]))
                or MOVES.search(text[max(0, last.start - 40) : last.start])
            ):
                out[-1] = replace(
                    ranged, end=last.end, text=last.text, high=None
                )  # from 11.2 to 13.4 million: two amounts
            elif ranged:
                out[-1] = ranged
                continue
        out.append(amount)
    return out


def _range(low: Amount, high: Amount, joiner: str, text: str) -> Amount | None:
    bare = low.kind in ("number", "count") and not low.noun
    if joiner in ("and", "und", "et") and not re.search(
        r"(?:between|zwischen|entre)\s$", text[max(0, low.start - 12) : low.start], re.IGNORECASE
    ):
        return None
    if high.kind in ("year", "ordinal", "duration", "rank") or not (
        bare or (low.kind == high.kind and joiner in DASHES)
    ):
        return None
    factor = (
        high.half_width / low.half_width
        if bare
        and low.value < 1000
        and high.kind in ("money", "percent", "points", "multiple")
        and high.half_width >= low.half_width
        and "." not in low.text
        else Decimal(1)
    )
    scale = Decimal(1)
    if bare and high.kind == "money" and factor >= 1000:
        scale = Decimal(10) ** (factor.adjusted())
    value = low.value * scale
    if value >= high.value:
        return None
    return replace(
        high, start=low.start, text=text[low.start : high.end], value=value, high=high.value, qualifier=low.qualifier
    )
