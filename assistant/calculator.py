"""`calculate`: exact arithmetic over handles; units, scenarios, rounding and qualifiers are carried along."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, DecimalException, localcontext

from assistant import expressions, intervals, units
from assistant.evidence import Derivation, Evidence
from assistant.expressions import Binary, Call, Node, Number, Ref
from assistant.rendering import amount
from assistant.units import PERCENT, POINTS, Unit
from knowledge.errors import ModelError
from knowledge.figure import Figure

PRECISION = Context(prec=28)
RATIO, PERCENT_UNIT = Unit(), units.parse(PERCENT)


@dataclass(frozen=True, slots=True)
class Operand:
    """A handle's number: value and interval in base units."""

    value: Decimal
    low: Decimal
    high: Decimal
    unit: Unit
    unit_name: str
    qualifier: str
    scenario: str
    period: str
    shown: str  # the number in words


@dataclass(frozen=True, slots=True)
class Kind:
    """What a subtree measures: its unit, and its scenario ("" for a bare number)."""

    unit: Unit
    scenario: str = ""
    literal: Decimal | None = None


def calculate(expression: str, evidence: Evidence, unit: str | None = None) -> Derivation:
    """The derivation of an expression over the handles of `evidence`.

    `unit` asks for a unit (`percent` for a ratio). ModelError, with a suggestion, for unknown handles, units that
    do not combine, sums of actual and planned numbers, literals of the model's own, division by zero.
    """
    tree = expressions.parse(expression)
    operands = {handle: operand(handle, evidence) for handle in expressions.handles(tree)}
    if not operands:
        raise ModelError("the expression names no handle; numbers come from find_figures, not from memory")
    with localcontext(PRECISION):
        try:
            return _derive(tree, operands, unit)
        except DecimalException as error:
            raise ModelError(f"{expression} has no finite value ({type(error).__name__})") from None


def operand(handle: str, evidence: Evidence) -> Operand:
    """The number of a handle. ModelError where it is not known."""
    if figure := evidence.figures.get(handle):
        return _published(figure)
    if derived := evidence.derivations.get(handle):
        words = amount(derived.value, derived.unit, bounds=(derived.low, derived.high))
        return Operand(
            derived.value,
            derived.low,
            derived.high,
            units.parse(derived.unit),
            derived.unit,
            derived.qualifier,
            derived.scenario,
            derived.period,
            words,
        )
    if asked := evidence.asked.get(handle):
        value = asked.value
        own = units.parse(asked.unit) if asked.unit else Unit(any_unit=True)
        return Operand(value, value, value, own, asked.unit, "exact", "", "", asked.text)
    known = [*evidence.figures, *evidence.derivations, *evidence.asked]
    raise ModelError(f"{handle} is not known; known are {', '.join(known) or 'none yet: call find_figures first'}")


def _published(figure: Figure) -> Operand:
    value, half = intervals.exact(figure.value), intervals.half_width(figure)
    token = intervals.printed(figure.published_as, value)
    low, high = intervals.bounds(value, half, figure.qualifier, token.step if token else Decimal(0))
    unit = units.parse(figure.unit)
    words = amount(value, figure.unit, token=figure.published_as)
    return Operand(
        value, low, high, unit, figure.unit, str(figure.qualifier), str(figure.scenario), figure.time_period, words
    )


def _derive(tree: Node, operands: Mapping[str, Operand], unit: str | None) -> Derivation:
    middle = {handle: each.value for handle, each in operands.items()}
    if isinstance(tree, Call) and tree.name == "rank":
        return _ranked(tree, operands)
    tree = expressions.plain(tree, lambda node: evaluate(node, middle))
    tree, found = _in_unit(tree, measure(tree, operands), unit)
    operands = {handle: operands[handle] for handle in expressions.handles(tree)}
    at = {handle: (each.low, each.value, each.high) for handle, each in operands.items()}
    low, high, direction = intervals.spread(lambda values: evaluate(tree, values), at)
    value = evaluate(tree, middle)
    qualifier = intervals.qualified(
        ((each.qualifier, direction[handle]) for handle, each in operands.items()), rounded=high > low
    )
    literal = {h: f"{each.value.normalize():f}" for h, each in operands.items() if h.startswith("Q")}
    return Derivation(
        expression=expressions.write(tree, lambda handle: literal.get(handle, handle)),
        operands=tuple(handle for handle in operands if handle not in literal),
        value=value,
        unit=_named(found.unit, operands),
        low=low,
        high=high,
        qualifier=qualifier,
        formula=expressions.write(tree, lambda handle: operands[handle].shown),
        scenario=found.scenario or "actual",
        period=_one({each.period for each in operands.values()}, ""),
    )


def evaluate(node: Node, values: Mapping[str, Decimal]) -> Decimal:
    """The value of a tree of plain arithmetic. DecimalException where it has none."""
    match node:
        case Number(value):
            return value
        case Ref(handle):
            return values[handle]
        case Binary(sign, left, right):
            one, two = evaluate(left, values), evaluate(right, values)
            match sign:
                case "+":
                    return one + two
                case "-":
                    return one - two
                case "*":
                    return one * two
                case "/":
                    return one / two
            if abs(two) > expressions.MAX_YEARS:
                raise ModelError(f"an exponent of {two} is too large")
            return one**two
        case Call(name, args):
            if name == "rank":
                raise ModelError("rank stands alone: rank(F1, F1, F2, ...)")
            return evaluate(expressions.plain(Call(name, args), lambda each: evaluate(each, values)), values)


def measure(node: Node, operands: Mapping[str, Operand]) -> Kind:
    """The unit and scenario of a tree. ModelError where they do not combine."""
    match node:
        case Number(value):
            return Kind(RATIO, literal=value)
        case Ref(handle):
            return Kind(operands[handle].unit, operands[handle].scenario)
        case Binary(sign, left, right):
            one, two = measure(left, operands), measure(right, operands)
            return {"+": _sum, "-": _difference, "*": _product, "/": _quotient, "**": _power}[sign](one, two)
        case Call(name):
            raise ModelError(f"{name} cannot stand inside another operation")


def _sum(one: Kind, two: Kind) -> Kind:
    scenarios = {one.scenario, two.scenario} - {""}
    if len(scenarios) > 1:
        raise ModelError(
            f"{' and '.join(sorted(scenarios))} numbers are not added up; "
            "compare them by - or /, or add those of one kind"
        )
    return Kind(_level(one, two, "+"), _one(scenarios, ""))


def _difference(one: Kind, two: Kind) -> Kind:
    return Kind(_level(one, two, "-"), _mixed(one, two))


def _level(one: Kind, two: Kind, sign: str) -> Unit:
    """A percentage may be taken from or put on 100; any other bare number stays with ratios."""
    pair = {one.literal, two.literal} - {None}
    if pair == {Decimal(100)} and PERCENT_UNIT in (one.unit, two.unit):
        return PERCENT_UNIT
    if pair == {Decimal(0)}:
        return two.unit if one.literal is not None else one.unit
    return units.added(one.unit, two.unit, sign)


def _product(one: Kind, two: Kind) -> Kind:
    if Decimal(100) in (one.literal, two.literal):
        other = two if one.literal is not None else one
        if other.unit.plain:
            return Kind(PERCENT_UNIT, other.scenario)
    return Kind(one.unit * two.unit, _mixed(one, two))


def _quotient(one: Kind, two: Kind) -> Kind:
    if two.literal == 100 and one.unit.power(PERCENT) > 0:
        return Kind(one.unit / PERCENT_UNIT, one.scenario)
    if two.literal == 100 and one.unit.power(POINTS) > 0:
        return Kind(one.unit / units.parse(POINTS), one.scenario)
    return Kind(units.divided(one.unit, two.unit), _mixed(one, two))


def _power(one: Kind, two: Kind) -> Kind:
    if not one.unit.plain or not two.unit.plain:
        raise ModelError(f"only a ratio has powers, not {one.unit.name}")
    return Kind(one.unit, one.scenario)


def _in_unit(tree: Node, found: Kind, wanted: str | None) -> tuple[Node, Kind]:
    """The tree in the unit that was asked for; a ratio less one is a percentage in any case."""
    if found.unit.power(PERCENT) and found.unit != PERCENT_UNIT:
        raise ModelError(f"{found.unit.name} is no unit of a result; divide the percentage by 100")
    less_one = isinstance(tree, Binary) and tree.sign == "-" and tree.right == expressions.ONE
    if found.unit.plain and (less_one or (wanted and units.parse(wanted) == PERCENT_UNIT)):
        return Binary("*", tree, expressions.HUNDRED), Kind(PERCENT_UNIT, found.scenario)
    if wanted and not found.unit.any_unit and units.parse(wanted) != found.unit:
        if {units.parse(wanted).name, found.unit.name} == {PERCENT, POINTS}:
            return tree, Kind(units.parse(wanted), found.scenario)
        if units.divided(units.parse(wanted), found.unit).plain:
            return tree, found
        raise ModelError(f"the result is in {found.unit.name}, not in {wanted}; leave the unit out or use convert")
    return tree, found


def _ranked(tree: Call, operands: Mapping[str, Operand]) -> Derivation:
    """The place of the first operand among all, largest first; equal values share a place."""
    if not all(isinstance(arg, Ref) for arg in tree.args) or len(operands) < 2:
        raise ModelError(f"rank orders two handles or more; write {expressions.FORMS['rank']}")
    first, *_ = operands.values()
    if any(each.unit != first.unit for each in operands.values()):
        raise ModelError(f"rank orders figures of one unit, not {', '.join({e.unit.name for e in operands.values()})}")
    place = Decimal(1 + sum(each.value > first.value for each in operands.values()))
    return Derivation(
        expression=f"rank({', '.join(operands)})",
        operands=tuple(operands),
        value=place,
        unit="rank",
        low=place,
        high=place,
        qualifier="exact",
        formula=f"place of {first.shown} among {', '.join(each.shown for each in operands.values())}",
        scenario=_one({each.scenario for each in operands.values()} - {""}, "mixed"),
        period=_one({each.period for each in operands.values()}, ""),
    )


def _named(unit: Unit, operands: Mapping[str, Operand]) -> str:
    """The unit's name, in the words of the operand that already has it."""
    if unit.any_unit:
        return ""
    if unit.plain:
        return "times"
    return next((each.unit_name for each in operands.values() if each.unit == unit), unit.name)


def _mixed(one: Kind, two: Kind) -> str:
    return _one({one.scenario, two.scenario} - {""}, "mixed") if one.scenario or two.scenario else ""


def _one(options: set[str], otherwise: str) -> str:
    return next(iter(options)) if len(options) == 1 else otherwise
