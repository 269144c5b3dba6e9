"""A printed cell to its value: grouped digits, decimal commas, accounting brackets, percent signs, flags behind it."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from knowledge.figure import ObsStatus
from knowledge.reading.words import narrow
from knowledge.sources.mapping import FLAGS, status_of

_FLAGGED = re.compile(r"^(?P<number>.*?\d[%‰]?)\s*(?:[(（\[]?(?P<flag>[^\W\d_]{1,4}|[*†‡¹²³⁴⁵]+)[)）\]]?)$")
_GROUPS = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3}(?:\D|$))")
_SIGNS = {"↑": "", "▲": "", "+": "", "＋": "", "↓": "-", "▼": "-", "−": "-", "–": "-", "-": "-", "－": "-"}
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,2})?", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as printed; `token` is the part of the cell that prints it."""

    token: str
    value: Decimal
    percent: bool = False
    status: ObsStatus = ObsStatus.NORMAL


@lru_cache(maxsize=4096)
def read_cell(text: str, decimal: str = ".", flags: tuple[tuple[str, str], ...] = tuple(FLAGS.items())) -> Cell | None:
    """The number that a cell prints, or None. `decimal` is the table's decimal sign."""
    cell = text.strip()
    if decimal == "." and _PLAIN.fullmatch(cell):
        return Cell(cell, Decimal(cell))
    status = ObsStatus.NORMAL
    number = _number(cell, decimal)
    if number is None and (match := _FLAGGED.match(cell)):
        meaning = dict(flags).get(match["flag"].casefold())
        if meaning is None and match["flag"][0].isalpha():
            return None  # letters that are no flag are a unit or a word: not for us to guess
        cell, status = match["number"].strip(), status_of(meaning or "")
        number = _number(cell, decimal)
    if number is None:
        return None
    return Cell(cell, number[0], number[1], status)


def _number(cell: str, decimal: str) -> tuple[Decimal, bool] | None:
    text = narrow(cell).strip()
    negative = len(text) > 2 and text[0] in "(（" and text[-1] in ")）"
    text = text[1:-1] if negative else text
    if text[:1] in _SIGNS:
        text = _SIGNS[text[0]] + text[1:].strip()
    percent = text.endswith("%")
    text = _GROUPS.sub("", text.rstrip("%").strip())
    plain = _pointed(text, decimal)
    if plain is None or not _PLAIN.fullmatch(plain):
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return (-value if negative else value), percent


def _pointed(text: str, decimal: str) -> str | None:
    """The number with a decimal point and no group signs; None where commas and points do not group."""
    group = "," if decimal == "." else "."
    whole, sign, rest = text.partition(decimal)
    if group in rest:
        return None
    parts = whole.split(group)
    if len(parts) > 1 and (not 1 <= len(parts[0].lstrip("+-")) <= 3 or any(len(part) != 3 for part in parts[1:])):
        return None
    return "".join(parts) + ("." + rest if sign else "")


def decimal_sign(cells: list[str]) -> str:
    """ "," where numbers are printed with a decimal comma, "." otherwise."""
    commas = sum(bool(re.fullmatch(r"-?\d{1,3}(?:[. ]\d{3})*,\d{1,2}\s*%?|-?\d+,\d{4,}", cell)) for cell in cells)
    points = sum(bool(re.fullmatch(r"-?\d{1,3}(?:[, ]\d{3})*\.\d+\s*%?|-?\d+\.\d+\s*%?", cell)) for cell in cells)
    return "," if commas > points else "."
