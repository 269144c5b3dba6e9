"""What a published number leaves open: its rounding as an interval, its qualifier, the digits a result supports."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from knowledge.figure import Figure, Qualifier, Scenario

MOST_DIGITS = 4
EXACT_UNITS = frozenset({"rank"})
RATES = frozenset({"percent", "percentage points", "times"})
DIGITS = re.compile(r"\d[\d.,'\u00a0\u202f ]*\d|\d")
OPPOSITE = {"over": "under", "under": "over", "nearly": "over", "about": "about", "exact": "exact"}
SAME_SIDE = {frozenset({"nearly", "under"}): "under"}


@dataclass(frozen=True, slots=True)
class Printed:
    """The digits of a published token: `value = mantissa * scale`, last digit worth `step` base units."""

    decimals: int
    scale: Decimal
    step: Decimal


def exact(value: float) -> Decimal:
    """A stored float as the decimal that was published (12.7, not 12.6999999999)."""
    return Decimal(f"{float(value):.12g}")


def printed(token: str, value: Decimal) -> Printed | None:
    """How `token` prints `value`; None where it has no digits (doubled, a third, 三成)."""
    found = DIGITS.search(unicodedata.normalize("NFKC", token))
    if not found or not value:
        return None
    for mantissa, decimals in _readings(found[0]):
        scale = abs(value) / mantissa if mantissa else Decimal(0)
        if scale and scale.normalize().as_tuple().digits == (1,) and scale >= 1:
            return Printed(decimals, scale, scale.scaleb(-decimals))
    return None


def half_width(figure: Figure) -> Decimal:
    """Half a unit of the last published digit, in base units; 0 for plans, ranks and counts given to the last one.

    A count such as 11,000 is taken as rounded to its trailing zeros, 8,512 and 20 as exact.
    """
    value = exact(figure.value)
    token = printed(figure.published_as, value)
    if token is None or figure.scenario is Scenario.TARGET or figure.unit in EXACT_UNITS:
        return Decimal(0)
    if figure.unit in RATES or token.scale > 1 or token.decimals:
        return token.step / 2
    zeros = len(str(int(abs(value)))) - len(str(int(abs(value))).rstrip("0"))
    return Decimal(10) ** zeros / 2 if zeros >= 2 and abs(value) >= 1000 else Decimal(0)


def bounds(value: Decimal, half: Decimal, qualifier: str, step: Decimal = Decimal(0)) -> tuple[Decimal, Decimal]:
    """The interval that a qualified, rounded number stands for, as far as its digits tell."""
    wide = 2 * half or step
    match qualifier:
        case "over":
            return value, value + wide
        case "nearly" | "under":
            return value - wide, value
        case "about":
            return value - wide, value + wide
    return value - half, value + half


def spread(
    function: Callable[[Mapping[str, Decimal]], Decimal], at: Mapping[str, tuple[Decimal, Decimal, Decimal]]
) -> tuple[Decimal, Decimal, dict[str, int]]:
    """Low, high, and the direction (-1, 0, 1) in which each operand moves the result.

    `at` holds (low, value, high) of each operand. Exact where the function is monotone in each of them.
    """
    middle = {name: value for name, (_, value, _) in at.items()}
    direction = {}
    for name, (low, value, high) in at.items():
        nudge = (abs(value) or Decimal(1)) * Decimal("0.001")
        below, above = (low, high) if high > low else (value - nudge, value + nudge)
        rise = function({**middle, name: above}) - function({**middle, name: below})
        direction[name] = (rise > 0) - (rise < 0)
    ends = [
        function(
            {
                name: (low, high)[(sign * side) > 0]
                for (name, (low, _, high)), sign in zip(at.items(), direction.values(), strict=True)
            }
        )
        for side in (-1, 1)
    ]
    return min(ends), max(ends), direction


def qualified(operands: Iterable[tuple[str, int]], rounded: bool) -> str:
    """The qualifier of a result from each operand's and the direction in which it moves the result."""
    sides = {OPPOSITE[q] if sign < 0 else q for q, sign in operands if sign} - {"exact"}
    if not sides:
        return Qualifier.ABOUT if rounded else Qualifier.EXACT
    if len(sides) == 1:
        return sides.pop()
    return SAME_SIDE.get(frozenset(sides), Qualifier.ABOUT)


def supported(value: Decimal, low: Decimal, high: Decimal, whole: bool) -> Decimal:
    """`value` rounded to the digits that its interval supports: two at least, four at most, all of an exact count."""
    if not value or (whole and value == value.to_integral_value() and high - low < 2):
        return value.to_integral_value() if value else value
    step = Decimal(1).scaleb(last_place(value, low, high))
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def last_place(value: Decimal, low: Decimal, high: Decimal) -> int:
    """The power of ten of the last digit worth printing: that of half the interval's width."""
    top = abs(value).adjusted() if value else 0
    finest = top - MOST_DIGITS + 1
    return min(max(finest, ((high - low) / 2).adjusted()), top - 1) if high > low else finest


def _readings(run: str) -> list[tuple[Decimal, int]]:
    """The numbers that a run of digits may stand for, most likely first, with their decimals."""
    run = re.sub(r"['\u00a0\u202f ]", "", run)
    found = []
    for point, comma in ((".", ","), (",", ".")):
        whole, _, part = run.replace(comma, "").partition(point)
        if point not in part and whole + part:
            found.append((Decimal(f"{whole or 0}.{part or 0}"), len(part)))
    return sorted(found, key=lambda reading: reading[1] == 3)
