"""The language of `calculate`: + - * / ** and named functions over handles, read into a checked tree.

Functions are unfolded into plain arithmetic, so that what is shown with an answer can be done again by hand.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from knowledge.errors import ModelError

MAX_LENGTH = 400
MAX_DEPTH = 24
MAX_COUNT = 12
MAX_YEARS = 100
TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3})?(?![\w.]))|(?P<name>[A-Za-z]+[0-9]{0,4}(?!\w))|(?P<mark>\*\*|[-+*/(),]))"
)
HANDLE = re.compile(r"[FCQ][1-9][0-9]{0,3}")
FORMS = {
    "sum": "sum(F1, F2, ...)",
    "mean": "mean(F1, F2, ...)",
    "min": "min(F1, F2, ...)",
    "max": "max(F1, F2, ...)",
    "rank": "rank(F1, F1, F2, ...)",
    "share": "share(part, whole)",
    "growth": "growth(new, old)",
    "cagr": "cagr(new, old, years)",
    "convert": "convert(amount, twin in its currency, twin in the other)",
}


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Ref:
    handle: str


@dataclass(frozen=True, slots=True)
class Binary:
    sign: str  # + - * / **
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    args: tuple["Node", ...]


Node = Number | Ref | Binary | Call


def parse(text: str) -> Node:
    """The tree of an expression. ModelError names the fault and what is allowed."""
    if len(text) > MAX_LENGTH:
        raise ModelError(f"the expression has {len(text)} characters; at most {MAX_LENGTH} are read")
    parser = _Parser(list(_tokens(text)))
    tree = parser.sum(0)
    if parser.rest:
        raise ModelError(f"{parser.rest[0]!r} is one too many in {text!r}")
    return tree


def handles(node: Node) -> tuple[str, ...]:
    """The handles of a tree in order of appearance, each once."""
    return tuple(dict.fromkeys(_refs(node)))


def _refs(node: Node) -> Iterator[str]:
    match node:
        case Ref(handle):
            yield handle
        case Binary(_, left, right):
            yield from _refs(left)
            yield from _refs(right)
        case Call(_, args):
            for arg in args:
                yield from _refs(arg)


def plain(node: Node, value: Callable[[Node], Decimal]) -> Node:
    """The tree with its functions unfolded into arithmetic; `value` tells which operand min and max choose."""
    match node:
        case Binary(sign, left, right):
            return Binary(sign, plain(left, value), plain(right, value))
        case Call(name, args):
            inner = tuple(plain(arg, value) for arg in args)
            return Call(name, inner) if name == "rank" else _unfold(name, inner, value)
    return node


def write(node: Node, name: Callable[[str], str] = str) -> str:
    """The tree as text, brackets only where they are needed; `name` writes a handle."""
    match node:
        case Number(value):
            return f"{value.normalize():f}"
        case Ref(handle):
            return name(handle)
        case Call(function, args):
            return f"{function}({', '.join(write(arg, name) for arg in args)})"
        case Binary(sign, left, right):
            rank = _RANK[sign]
            first = _bracket(left, rank + (sign == "**"), name)
            return f"{first} {sign} {_bracket(right, rank + 1, name)}"


_RANK = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}
ONE, HUNDRED = Number(Decimal(1)), Number(Decimal(100))


def _bracket(node: Node, rank: int, name: Callable[[str], str]) -> str:
    text = write(node, name)
    return f"({text})" if isinstance(node, Binary) and _RANK[node.sign] < rank else text


def _unfold(name: str, args: tuple[Node, ...], value: Callable[[Node], Decimal]) -> Node:
    match name, args:
        case "sum", _:
            return _total(args)
        case "mean", _:
            return Binary("/", _total(args), Number(Decimal(len(args))))
        case "min", _:
            return min(args, key=value)
        case "max", _:
            return max(args, key=value)
        case "share", (part, whole):
            return Binary("*", Binary("/", part, whole), HUNDRED)
        case "growth", (new, old):
            return Binary("*", Binary("/", Binary("-", new, old), old), HUNDRED)
        case "cagr", (new, old, years):
            root = Binary("**", Binary("/", new, old), Binary("/", ONE, years))
            return Binary("*", Binary("-", root, ONE), HUNDRED)
        case "convert", (amount, here, there):
            return Binary("/", Binary("*", amount, there), here)
    raise ModelError(f"{name} with {len(args)} operands; write {FORMS[name]}")


def _total(args: tuple[Node, ...]) -> Node:
    tree = args[0]
    for arg in args[1:]:
        tree = Binary("+", tree, arg)
    return tree


def _tokens(text: str) -> Iterator[str]:
    at, text = 0, text.strip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise ModelError(
                f"{text[at : at + 20]!r} cannot be read; write handles (F1, C1, Q1), + - * / ** and {', '.join(FORMS)}"
            )
        yield found[0].strip()
        at = found.end()


class _Parser:
    """Recursive descent over the tokens; every method takes the depth it stands at."""

    def __init__(self, rest: list[str]) -> None:
        self.rest = rest

    def sum(self, depth: int) -> Node:
        return self._chain(("+", "-"), self.product, depth)

    def product(self, depth: int) -> Node:
        return self._chain(("*", "/"), self.power, depth)

    def power(self, depth: int) -> Node:
        base = self.signed(depth)
        if self._peek() != "**":
            return base
        self._take()
        exponent = self.signed(depth)
        if handles(exponent):
            raise ModelError("an exponent is a number such as 2 or (1/3), not a handle")
        return Binary("**", base, exponent)

    def signed(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise ModelError(f"more than {MAX_DEPTH} brackets in one another")
        if self._peek() == "-":
            self._take()
            return Binary("-", Number(Decimal(0)), self.signed(depth + 1))
        return self.atom(depth)

    def atom(self, depth: int) -> Node:
        token = self._take()
        if token == "(":
            inner = self.sum(depth + 1)
            self._expect(")")
            return inner
        if token[0].isdigit():
            return _literal(token, MAX_COUNT)
        if HANDLE.fullmatch(token):
            return Ref(token)
        if token in FORMS:
            return self._call(token, depth)
        raise ModelError(f"{token!r} is no handle and no function; functions are {', '.join(FORMS)}")

    def _call(self, name: str, depth: int) -> Node:
        self._expect("(")
        args = [self.sum(depth + 1)]
        while self._peek() == ",":
            self._take()
            if name == "cagr" and len(args) == 2 and self._peek()[:1].isdigit():
                args.append(_literal(self._take(), MAX_YEARS))
            else:
                args.append(self.sum(depth + 1))
        self._expect(")")
        return Call(name, tuple(args))

    def _chain(self, signs: tuple[str, ...], inner: Callable[[int], Node], depth: int) -> Node:
        tree = inner(depth)
        while self._peek() in signs:
            tree = Binary(self._take(), tree, inner(depth))
        return tree

    def _peek(self) -> str:
        return self.rest[0] if self.rest else ""

    def _take(self) -> str:
        if not self.rest:
            raise ModelError("the expression stops too early")
        return self.rest.pop(0)

    def _expect(self, token: str) -> None:
        if self._peek() != token:
            raise ModelError(f"{token!r} expected before {self._peek() or 'the end'!r}")
        self._take()


def _literal(token: str, most: int) -> Number:
    value = Decimal(token)
    if value != 100 and (value > most or value != value.to_integral_value()):
        raise ModelError(
            f"{token} is a number of its own; only 1, 100 and whole counts up to {MAX_COUNT} may be written, "
            "every other number has to be a handle"
        )
    return Number(value)
