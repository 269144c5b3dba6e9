"""A currency that a sentence says once: `12.4 billion dirhams`, and beside it `7.2 billion`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from knowledge.ledger.draft import Draft
from knowledge.reading.spans import Amount

LARGE = Decimal("1e9")  # a bare count of thousand millions is money where money is spoken of
MILLIONS = Decimal("1e6")
SAME_SCALE = 1000
CLOSE = 30  # of smaller amounts: `310 million euros, hotels 205 million`

RESTATED = re.compile(
    r"\s?[(（\[,/]?\s?(?:or|about|around|some|approximately|roughly|equivalent to|or about|equal to|nearly|"
    r"over|more than|i\.e\.|rund|etwa|umgerechnet|ca\.|soit|environ|or around|some|=|≈|approx\.?|,|\s)*"
)


def restated_in(last: Draft | None, draft: Draft, gap: str) -> Draft | None:
    """The same money in another currency, in parentheses or behind a comma; `gap` is the text between the two."""
    if last is None or draft.amount.kind != "money" or last.amount.kind != "money":
        return None
    if last.unit == draft.unit or not RESTATED.fullmatch(gap):
        return None
    return replace(
        last,
        amount=draft.amount,
        start=draft.start,
        end=draft.end,
        value=draft.value * (-1 if last.value < 0 else 1),
        unit=draft.unit,
        qualifier=draft.qualifier if draft.qualifier != "exact" else last.qualifier,
        parent=last,
        dimensions=dict(last.dimensions),
    )


def shared(amounts: Sequence[Amount], before: str, language: str = "en") -> list[Amount]:
    """The amounts; bare large numbers in the currency of the nearest money, else that of the sentence before."""
    money = [a for a in amounts if a.kind == "money"]
    least = LARGE if language == "en" else MILLIONS  # `12 million` counts people there, too
    return [_priced(a, money, before, least) if a.kind == "number" and not a.unit else a for a in amounts]


def _priced(amount: Amount, money: Sequence[Amount], before: str, least: Decimal) -> Amount:
    scaled = any(c.isalpha() for c in amount.text)
    near = min(money, key=lambda a: abs(a.start - amount.start), default=None)
    unit = near.unit if near is not None else before
    beside = near is not None and _alike(abs(near.value), abs(amount.value), CLOSE)
    if not unit or not scaled or (abs(amount.value) < least and not beside):
        return amount
    if near is not None and not _alike(abs(near.value), abs(amount.value)):
        return amount
    return replace(amount, unit=unit, kind="money")


def _alike(a: Decimal, b: Decimal, scale: int = SAME_SCALE) -> bool:
    return bool(a) and bool(b) and 1 / scale <= float(a / b) <= scale
