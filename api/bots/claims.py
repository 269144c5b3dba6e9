"""What a message claims: its numbers, each with what it is of, when, where, and whether it is called a result."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

import snowballstemmer

from knowledge.figure import Figure
from knowledge.ledger.catalogue import Catalogue, tokens
from knowledge.ledger.extract import extract
from knowledge.notice import Notice
from knowledge.reading import sentences
from knowledge.reading.amounts import read_amounts
from knowledge.reading.language import detect
from knowledge.reading.periods import read_periods
from knowledge.reading.spans import Amount, Period

CHECKED_KINDS = ("money", "percent", "points", "multiple", "count", "number")
_STEMMERS = {"en": "english", "de": "german", "fr": "french"}


@dataclass(frozen=True, slots=True)
class Claim:
    """One number of a message. `figure` is what it would be, had it been published; `periods` are those that its
    sentence names for it, empty where it names none."""

    figure: Figure
    amount: Amount
    sentence: str
    periods: tuple[str, ...]
    language: str


def read_claims(text: str, said_on: date, catalogue: Catalogue) -> tuple[Claim, ...]:
    """Every number of the message by place; years, ordinals and dates are none."""
    language = detect(text)
    notice = Notice("message", "message", "", text, language, published=said_on)
    figures = extract(notice, catalogue)
    claims = []
    for start, end in sentences.split(text, language):
        sentence = text[start:end]
        names = [(a, b) for a, b, _ in catalogue.areas_in(sentence)]
        periods = read_periods(sentence, said_on, language)
        named = tuple(period.code for period in periods if period.code)
        for amount in _amounts(sentence, language, periods, names):
            here = replace(amount, start=start + amount.start, end=start + amount.end)
            figure = _figure(figures, here) or _bare(here, sentence, notice)
            claims.append(Claim(_named(figure, catalogue, language), here, sentence, _meant(figure, named), language))
    return tuple(claims)


@lru_cache(maxsize=50_000)
def stems(text: str, language: str) -> frozenset[str]:
    """The words of a label as they are compared: stemmed, without numbers and short words."""
    stem = _stemmer(_STEMMERS.get(language, "english"))
    words = [word for word in tokens(text.replace("-", " ")) if not word.isdigit()]
    return frozenset(stem.stemWord(word) for word in words if len(word) > 2 or not word.isascii())


@lru_cache(maxsize=4)
def _stemmer(name: str) -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer(name)


def _amounts(
    sentence: str, language: str, periods: tuple[Period, ...], names: list[tuple[int, int]]
) -> Iterator[Amount]:
    """The numbers of a sentence but those of its dates and of names such as "Two Zones"."""
    taken = [(period.start, period.end) for period in periods] + names
    for amount in read_amounts(sentence, language):
        if amount.kind in CHECKED_KINDS and not any(start <= amount.start < end for start, end in taken):
            yield amount


def _figure(figures: tuple[Figure, ...], amount: Amount) -> Figure | None:
    """What the ledger's own reader made of the amount."""
    for figure in figures:
        spans = [(figure.start, figure.end), *((mention.start, mention.end) for mention in figure.mentions)]
        if any(start < amount.end and amount.start < end for start, end in spans):
            return figure
    return None


def _meant(figure: Figure, named: tuple[str, ...]) -> tuple[str, ...]:
    """The periods that the sentence gives the number: the one that was read for it, if that is named at all."""
    if not figure.indicator:
        return named
    own = figure.time_period
    return (own,) if any(own in (code, f"to {code}-12-31") for code in named) or own.startswith("to ") else ()


def _named(figure: Figure, catalogue: Catalogue, language: str) -> Figure:
    """The figure under the catalogue's code, where its label is one of the catalogue's names but for a place."""
    if figure.indicator in catalogue.indicators:
        return figure
    label = figure.label
    for start, end, _ in reversed(list(catalogue.areas_in(label))):
        label = label[:start] + label[end:]
    label = label.strip().removeprefix("市").removeprefix("省")
    known = catalogue.match_indicator(label, language) if label else None
    return replace(figure, indicator=known.code) if known else figure


def _bare(amount: Amount, sentence: str, notice: Notice) -> Figure:
    """An amount that the reader did not take for a figure: its sentence is all that is known of it."""
    return Figure(
        figure_id="", indicator="", label=amount.noun or sentence, value=float(amount.value), unit=amount.unit,
        published_as=amount.text, notice_id=notice.notice_id, source=notice.source, quote=sentence,
        start=amount.start, end=amount.end,
    )  # fmt: skip


def step(amount: Amount) -> Decimal:
    """One unit of the last digit that is not a zero: 8,500 is given to the hundreds."""
    exponent = amount.value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and amount.value else amount.half_width * 2
