"""Numbers in words: a value, its unit and its qualifier as each language writes them.

A published number keeps its published digits; a computed one shows the digits that its interval supports.
"""

import tomllib
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from assistant import intervals, units
from assistant.evidence import Evidence
from knowledge.errors import ModelError
from knowledge.figure import Figure

FALLBACK = "en"
UNCUT = 100  # things that can be counted: from so many on no part of one is told
FULL_COUNT = Decimal(10) ** 7  # counts below it are written out


@cache
def tables() -> dict[str, dict[str, Any]]:
    """The words of each language."""
    return tomllib.loads(files("assistant").joinpath("wording/numbers.toml").read_text(encoding="utf-8"))


def amount(
    value: Decimal,
    unit: str,
    *,
    qualifier: str = "exact",
    language: str = FALLBACK,
    token: str | None = None,
    bounds: tuple[Decimal, Decimal] | None = None,
    absolute: bool = False,
) -> str:
    """`over 60 percent`, `$9.43 billion`, `8,512个项目`, `−17.7 percent`.

    `token` is the published print, whose digits are kept; `bounds` is the interval of a computed value.
    """
    words = tables().get(language) or tables()[FALLBACK]
    locale = language if language in tables() else FALLBACK
    if unit == "rank":
        return _ordinal(int(value), words)
    value, power, decimals = _digits(value, unit, words, token, bounds)
    number = _number(value, power, decimals, words, locale, absolute)
    text = _with_unit(number, unit, words, scaled=power > 0)
    if (absolute or value >= 0) and text[:1] == "-":
        text = text[1:]
    pattern: str = words["qualifiers"].get(qualifier, "{}")
    return pattern.replace("{}", text)


def handle(name: str, evidence: Evidence, language: str, form: str = "") -> str:
    """The number of a handle in words. ModelError where the handle is not known."""
    absolute = form == "abs"
    if figure := evidence.figures.get(name):
        return amount(
            intervals.exact(figure.value),
            figure.unit,
            qualifier=str(figure.qualifier),
            language=language,
            token=figure.published_as,
            absolute=absolute,
        )
    if derived := evidence.derivations.get(name):
        return amount(
            derived.value,
            derived.unit,
            qualifier=derived.qualifier,
            language=language,
            bounds=(derived.low, derived.high),
            absolute=absolute,
        )
    if asked := evidence.asked.get(name):
        return asked.text
    known = ", ".join([*evidence.figures, *evidence.derivations, *evidence.passages, *evidence.asked])
    raise ModelError(f"{{{name}}} is not known; known are {known or 'none'}")


def _digits(
    value: Decimal, unit: str, words: dict[str, Any], token: str | None, bounds: tuple[Decimal, Decimal] | None
) -> tuple[Decimal, int, int]:
    """The value to print, the power of ten of its scale word (0 for none), and its decimals."""
    if bounds is not None:
        whole = not units.parse(unit).currency and unit not in intervals.RATES and " per " not in unit
        shown = intervals.supported(value, *bounds, whole=whole)
        shown = shown.quantize(Decimal(1), rounding=ROUND_HALF_UP) if whole and abs(shown) >= UNCUT else shown
        power = _scale(shown, words) if units.parse(unit).bases and _large(shown, unit) else 0
        place = _place(shown) if bounds[0] == bounds[1] else intervals.last_place(value, *bounds)
        if whole and shown == shown.to_integral_value():
            place = max(place, 0)
        return shown, power, max(0, power - place)
    print_ = intervals.printed(token, value) if token else None
    if print_ is None:
        power = _scale(value, words) if _large(value, unit) else 0
        return value, power, max(0, power - _place(value))
    exponent, step = print_.scale.adjusted(), print_.step.adjusted()
    power = 0 if exponent == 0 else _scale(value, words, exponent)
    place = min(step, _place(value)) if power == exponent else _place(value)
    return value, power, max(0, power - place)


def _large(value: Decimal, unit: str) -> bool:
    """Whether a scale word is wanted: money from ten thousand, counts from ten million, rates never."""
    if unit in intervals.RATES:
        return False
    money = bool(units.parse(unit.partition(" per ")[0]).currency)
    return abs(value) >= (10_000 if money else FULL_COUNT)


def _scale(value: Decimal, words: dict[str, Any], published: int | None = None) -> int:
    """The power of the scale word: the published one where the language has it, else the largest that fits."""
    powers = [power for power, *_ in words["scales"]]
    if published in powers:
        return int(published or 0)
    return next((int(power) for power in powers if abs(value) >= Decimal(10) ** power), 0)


def _place(value: Decimal) -> int:
    """The power of ten of the last digit that is not zero."""
    return int(value.normalize().as_tuple().exponent) if value else 0


def _number(value: Decimal, power: int, decimals: int, words: dict[str, Any], locale: str, absolute: bool) -> str:
    from babel.numbers import format_decimal

    scaled = abs(value) / Decimal(10) ** power
    scaled = scaled.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = str(format_decimal(scaled, format=pattern, locale=locale))
    word = next((one if scaled == 1 else many for p, many, one in words["scales"] if p == power), "") if power else ""
    return ("−" if value < 0 and not absolute else "") + text + word


def _with_unit(number: str, unit: str, words: dict[str, Any], *, scaled: bool = False) -> str:
    if unit == units.PERCENT:
        return str(words["percent"]).replace("{}", number)
    if unit == units.POINTS:
        return str(words["points"]).replace("{}", number)
    if unit == "times":
        return str(words["times"]).replace("{}", number)
    above, _, below = unit.partition(" per ")
    if below:
        return str(words["per"]).format(_with_unit(number, above, words, scaled=scaled), _noun(below, words, one=True))
    sign, number = ("−", number[1:]) if number[:1] == "−" else ("", number)
    if code := units.parse(unit).currency:
        pattern = str(words["money"].get(code, words["other_money"]))
        if not scaled:
            number = number.removesuffix(" de")
        text = pattern.replace("{}", number).replace("{code}", code)
        return sign + (text.replace(" de euros", " d'euros") if scaled else text)
    if not unit:
        return sign + number.removesuffix(" de")
    return sign + str(words["count"]).format(number, _noun(unit, words))


def _noun(noun: str, words: dict[str, Any], one: bool = False) -> str:
    """The counted noun in the language's words, or as published."""
    if noun in units.CURRENCIES:
        name = str(words["money"].get(noun, noun)).replace("{}", "").strip()
        return name if name.isalpha() else noun
    known = words.get("nouns", {})
    many = noun if noun in known else units.plural(units.singular(noun))
    if many in known:
        measure, word = known[many]
        return str(word) if one else f"{measure}{word}"
    if known and " " in many and many.rsplit(" ", 1)[1] in known and words["count"] == "{}{}":
        measure = known[many.rsplit(" ", 1)[1]][0]
        return noun if one else f"{measure} {noun}"
    shown = units.singular(noun) if one else noun
    return shown[:1].upper() + shown[1:] if words.get("capitals") else shown


def _ordinal(place: int, words: dict[str, Any]) -> str:
    names = words["ordinals"]
    return str(names[place - 1]) if 0 < place <= len(names) else str(words["ordinal"]).replace("{}", str(place))


def amount_of(figure: Figure, language: str) -> str:
    """A figure's number in words."""
    value = intervals.exact(figure.value)
    return amount(value, figure.unit, qualifier=str(figure.qualifier), language=language, token=figure.published_as)
