"""Units as an algebra: yuan and yuan make a ratio, yuan and projects make yuan per project, yuan and dollars an error.

A unit is a product of bases with whole exponents. `percent` is a base of its own, so that a percentage
has to be divided by 100 before it scales anything; `times` and ratios have no base at all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.errors import ModelError

CURRENCIES = frozenset(
    [
        "CUR",
        "REN",
        "CIE",
        "CNY",
        "USD",
        "EUR",
        "GBP",
        "SGD",
        "HKD",
        "JPY",
        "INR",
        "KRW",
        "CHF",
        "CAD",
        "AUD",
        "NZD",
        "SEK",
        "NOK",
        "DKK",
        "TWD",
        "BRL",
        "ZAR",
        "MXN",
        "RUB",
        "MYR",
        "THB",
        "IDR",
        "VND",
        "PLN",
        "CZK",
        "HUF",
        "TRY",
        "SAR",
        "AED",
        "ILS",
        "MOP",
        "PHP",
    ]
)
ALIASES = {
    "yuan": "CNY",
    "rmb": "CNY",
    "renminbi": "CNY",
    "dollars": "USD",
    "us dollars": "USD",
    "euros": "EUR",
    "euro": "EUR",
    "pounds": "GBP",
    "%": "percent",
    "per cent": "percent",
    "pct": "percent",
    "pp": "percentage points",
    "percentage point": "percentage points",
    "ratio": "",
    "times": "",
    "x": "",
}
IRREGULAR = {"people": "person", "headquarters": "headquarters", "series": "series", "businesses": "business"}
_PLURAL = {singular: plural for plural, singular in IRREGULAR.items()}
PERCENT, POINTS = "percent", "percentage points"


@dataclass(frozen=True, slots=True)
class Unit:
    """Bases and their exponents, sorted. `any_unit` is a number that takes the unit of its partner."""

    bases: tuple[tuple[str, int], ...] = ()
    any_unit: bool = False

    def __mul__(self, other: "Unit") -> "Unit":
        return _product([*self.bases, *other.bases])

    def __truediv__(self, other: "Unit") -> "Unit":
        return _product([*self.bases, *((base, -power) for base, power in other.bases)])

    @property
    def plain(self) -> bool:
        """Whether it is a bare ratio."""
        return not self.bases

    def power(self, base: str) -> int:
        return dict(self.bases).get(base, 0)

    @property
    def name(self) -> str:
        """`CNY`, `projects`, `CNY per project`, `percent`, or `times` for a ratio."""
        above = [plural(base) for base, power in self.bases if power > 0 for _ in range(power)]
        below = [base for base, power in self.bases if power < 0 for _ in range(-power)]
        if not self.bases:
            return "times"
        return " per ".join([" ".join(above) or "1", *below])

    @property
    def currency(self) -> str:
        """The currency where the unit is money and nothing else."""
        return self.bases[0][0] if self.bases in {((code, 1),) for code in CURRENCIES} else ""


def parse(name: str) -> Unit:
    """The unit of a name as figures carry it."""
    name = ALIASES.get(name.strip().casefold(), name.strip())
    above, *below = re.split(r"\s+per\s+", name)
    return _product([*_bases(above, 1), *(pair for part in below for pair in _bases(part, -1))])


def singular(noun: str) -> str:
    """`projects` to `project`; a word that is no English plural stays."""
    head, _, last = noun.rpartition(" ")
    if last in IRREGULAR:
        one = IRREGULAR[last]
    elif last.endswith("ies") and len(last) > 4:
        one = last[:-3] + "y"
    elif re.search(r"(ss|sh|ch|x)es$", last):
        one = last[:-2]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")):
        one = last[:-1]
    else:
        one = last
    return f"{head} {one}".strip()


def plural(noun: str) -> str:
    """`project` to `projects`; codes, percent and words of other scripts stay."""
    head, _, last = noun.rpartition(" ")
    if (
        noun in (PERCENT, POINTS, "rank")
        or noun in CURRENCIES
        or last.isupper()
        or not last.isascii()
        or not last.isalpha()
    ):
        return noun
    if last in _PLURAL:
        many = _PLURAL[last]
    elif re.search(r"[^aeiou]y$", last):
        many = last[:-1] + "ies"
    elif re.search(r"(s|sh|ch|x)$", last):
        many = last + "es"
    else:
        many = last + "s"
    return f"{head} {many}".strip()


def added(left: Unit, right: Unit, sign: str) -> Unit:
    """The unit of a sum or difference. ModelError with a suggestion where there is none."""
    if left.any_unit or right.any_unit:
        return right if left.any_unit else left
    pair = {left.name, right.name}
    if pair == {PERCENT} and sign == "-":
        return parse(POINTS)
    if pair == {PERCENT, POINTS}:
        return left if left.name == PERCENT else right
    if left == right:
        return left
    if kin := _kin(left, right):
        return kin
    if left.currency and right.currency:
        raise ModelError(
            f"{left.name} and {right.name} cannot be combined with {sign}; use figures of one currency, or "
            f"convert(amount, twin in {right.name}, twin in {left.name}) with an amount that a notice gives in both"
        )
    if PERCENT in pair:
        raise ModelError(f"{left.name} and {right.name} cannot be combined with {sign}; divide the percentage by 100")
    raise ModelError(f"{left.name} and {right.name} cannot be combined with {sign}; compare figures of one unit")


def divided(left: Unit, right: Unit) -> Unit:
    """The unit of a quotient; kinds of one noun cancel (foreign-funded projects of projects)."""
    return Unit() if _kin(left, right) else left / right


def _kin(left: Unit, right: Unit) -> Unit | None:
    """The wider of two counted nouns of one head: `projects` of `foreign-funded projects` and `projects`."""
    if len(left.bases) != 1 or len(right.bases) != 1 or left.bases[0][1] != 1 or right.bases[0][1] != 1:
        return None
    one, two = left.bases[0][0].split(), right.bases[0][0].split()
    if {PERCENT, POINTS} & {left.name, right.name} or not one or not two or one[-1] != two[-1]:
        return None
    return left if len(one) <= len(two) else right


def _bases(name: str, power: int) -> Iterable[tuple[str, int]]:
    name = ALIASES.get(name.casefold(), name)
    if not name or name == "1":
        return ()
    keep = name in CURRENCIES or name in (PERCENT, POINTS)
    return ((name if keep else singular(name), power),)


def _product(pairs: Iterable[tuple[str, int]]) -> Unit:
    powers: dict[str, int] = {}
    for base, power in pairs:
        powers[base] = powers.get(base, 0) + power
    return Unit(tuple(sorted((base, power) for base, power in powers.items() if power)))
