"""Amounts: a number with its scale, unit, currency and qualifier as one span."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from knowledge.reading import nouns, numerals, qualifiers
from knowledge.reading.identifiers import identifies, part_of_name
from knowledge.reading.ranges import joined
from knowledge.reading.ranks import read_ranks
from knowledge.reading.spans import Amount
from knowledge.reading.words import Lexicon, either, lexicon, narrow

SPACES = " \u00a0\u202f\u2009"
YEARS = range(1900, 2101)
ORDINAL = re.compile(r"(?:st|nd|rd|th|ème|eme|er|re|e)(?![^\W_])|\.(?=\s[A-ZÄÖÜ][a-zäöü]+)(?!\s*$)", re.IGNORECASE)
PER_HUNDRED = re.compile(r"百分之(?P<num>\d+(?:\.\d+)?|[〇零一二两三四五六七八九十百点]{1,8})")
TENTHS = re.compile(r"(?P<num>[一二两三四五六七八九]|\d(?:\.\d)?)成(?P<half>半)?(?![立功为员本长交果效都])")
BASIS_POINTS = re.compile(r"\s?(?:basis\spoints|bps?)(?![^\W_])", re.IGNORECASE)
FACTOR = re.compile(
    r"(?:multipli\w+\spar|factor\sof|Faktor(?:\svon)?)\s(?:plus\sde\s|près\sde\s|environ\s|about\s|over\s)?$",
    re.IGNORECASE,
)
MINUS = re.compile(r"(?<![^\W_])(?:minus)\s$", re.IGNORECASE)
SCALE_OF = re.compile(r"[\s\u00a0\u202f]d(?:e(?=[\s\u00a0\u202f])|['’])")
SCALE_LIMIT = 4


@dataclass(frozen=True, slots=True)
class _Unit:
    end: int
    name: str
    kind: str
    noun: str = ""
    factor: Decimal = Decimal(1)


@lru_cache(maxsize=8)
def _numeral(lex: Lexicon) -> re.Pattern[str]:
    signs = [s for s in lex.table("currency_before") if s.isalpha()]
    glued = "|".join(rf"(?<=(?<![^\W_]){sign})" for sign in sorted(signs))  # RM8.6bn, USD5m
    return re.compile(rf"(?:(?<![A-Za-z0-9_])|{glued})(?:{numerals.digits(lex)})")


@lru_cache(maxsize=8)
def _currency_before(lex: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?P<sign>{either(lex.table('currency_before'), False)})\s?$")


@lru_cache(maxsize=8)
def _unit_pattern(lex: Lexicon) -> re.Pattern[str]:
    spaced = lex.spaced
    kinds = [
        ("points", lex.table("units", "points")),
        ("percent", lex.table("units", "percent")),
        ("times", lex.table("units", "times")),
        ("money", lex.table("currency_after")),
    ]
    of = r"(?:d['’]|de\s)?" if lex.language == "fr" else ""
    return re.compile(
        r"[\s\u00a0\u202f-]?" + of + "(?:" + "|".join(f"(?P<{k}>{either(w, spaced)})" for k, w in kinds) + ")",
        re.IGNORECASE,
    )


@lru_cache(maxsize=8)
def _scale_pattern(lex: Lexicon) -> re.Pattern[str]:
    words = either(lex.table("scales"), False)
    edge = r"(?![a-zäöüßéè])" if lex.spaced else ""
    return re.compile(rf"[\s\u00a0\u202f-]?(?P<scale>{words}){edge}", re.IGNORECASE if lex.language != "fr" else 0)


@lru_cache(maxsize=8)
def _classifier(lex: Lexicon) -> re.Pattern[str]:
    return re.compile(either(lex.table("nouns", "classifiers"), False))


@lru_cache(maxsize=8)
def _verbs(lex: Lexicon) -> frozenset[str]:
    from knowledge.reading.verbs import forms

    return forms(lex)


def _currency(sign: str, country: str | None, lex: Lexicon) -> str:
    if sign == "$":
        return str(lex.table("dollar").get(country or "US", "USD"))
    if sign == "¥":
        return str(lex.table("yen").get(country or "CN", "CNY"))
    return sign


def _named_currency(code: str, wording: str, country: str | None, lex: Lexicon) -> str:
    """A name that several currencies share is that of the notice's country; a printed code stays what it is."""
    shared = {} if wording.isupper() else lex.table("shared_names", code)
    return str(shared.get(country or "", _currency(code, country, lex)))


class _Text:
    """One text under the reader; every look-around is bounded, so that reading is linear in its length."""

    def __init__(self, text: str, lex: Lexicon, country: str | None) -> None:
        self.text, self.lex, self.country = narrow(text), lex, country
        self.printed = text

    def digits(self) -> Iterator[Amount]:
        pos = 0
        pattern = _numeral(self.lex)
        while match := pattern.search(self.text, pos):
            amount = None if self._names(match) else self._amount(match)
            if amount:
                yield amount
            pos = max(match.end(), amount.end if amount and amount.kind != "count" else 0)

    def _names(self, match: re.Match[str]) -> bool:
        """Whether digits belong to a name, and measure nothing."""
        start, end = match.span()
        measured = self._scaled(end, False)[1] != 1 or self._unit(end) is not None
        return part_of_name(self.text, start, end) or (identifies(self.text, start) and not measured)

    def _amount(self, match: re.Match[str]) -> Amount | None:
        read = numerals.value_of(match.group(), self.lex)
        if read is None:
            return None
        value, decimals = read
        start, end = match.start(), match.end()
        currency = _currency_before(self.lex).search(self.text[max(0, start - 6) : start])
        if currency:
            start -= len(currency.group())
        negative = self._sign(start)
        start -= 1 if negative is not None else 0
        worded = None if negative is not None or currency else MINUS.search(self.text[max(0, start - 7) : start])
        if worded:
            negative, start = True, start - len(worded.group())
        return self._finish(start, end, value, decimals, currency["sign"] if currency else "", negative, match.group())

    def _sign(self, start: int) -> bool | None:
        """True for a printed minus, False for a plus, None for none."""
        char, left = self.text[start - 1 : start], self.text[start - 2 : start - 1] if start > 1 else ""
        if char and char in "-−–+" and (not left or left in " \t|(（:：,，;；、\n") and char != "":
            return char != "+"
        return None

    def _finish(
        self, start: int, end: int, value: Decimal, decimals: int, sign: str, negative: bool | None, numeral: str
    ) -> Amount | None:
        qualifier, scale, end = self._scaled(end, bool(sign))
        if self.lex.language == "zh" and scale != 1:
            more, end = self._compound(end, scale)
            value += more / scale if scale else Decimal(0)
        table = self.lex.table("currency_before")
        unit = self._unit(end)
        if sign:
            same = unit if unit and unit.kind == "money" else None
            unit = _Unit(same.end if same else end, _currency(str(table[sign]), self.country, self.lex), "money")
        if unit is None and scale == 1 and FACTOR.search(self.text[max(0, start - 24) : start]):
            unit = _Unit(end, "times", "multiple")
        if unit is None and scale == 1:
            unit = self._bare(end, numeral)
            if unit is None:
                return None
        past = end if scale == 1 else self._past_of(end)
        counted = self._counted(past)
        counted = replace(counted, end=end) if counted and past != end else counted
        unit = unit or counted or _Unit(end, "", "number")
        factor = scale * unit.factor
        signed = -value if negative else value
        span_end = unit.end
        amount = Amount(
            start,
            span_end,
            self.printed[start:span_end],
            signed * factor,
            unit.name,
            unit.kind,
            noun=unit.noun,
            half_width=Decimal("0.5") * factor * Decimal(1).scaleb(-decimals),
        )
        return self._qualified(amount, qualifier)

    def _scaled(self, end: int, money: bool) -> tuple[str | None, Decimal, int]:
        """(inner qualifier, scale, end) of the scale words behind a numeral."""
        qualifier, scale = None, Decimal(1)
        for _ in range(SCALE_LIMIT):
            char = self.text[end : end + 1]
            inner = qualifiers.inner(char, self.lex) if char else None
            if inner:
                qualifier, end = inner, end + 1
                continue
            match = _scale_pattern(self.lex).match(self.text, end)
            if not match:
                break
            scale *= self.lex.number(match["scale"], "scales")
            end = match.end()
        letter = self.text[end : end + 1]
        letters = self.lex.table("scale_letters")
        beyond = self.text[end + 1 : end + 2]
        if letter.isspace() and self.text[end + 2 : end + 3] in "€$£" and beyond in letters:
            return qualifier, Decimal(letters[beyond]), end + 2
        if (money or beyond in tuple("€$£")) and scale == 1 and letter in letters and not beyond.isalpha():
            return qualifier, Decimal(letters[letter]), end + 1
        return qualifier, scale, end

    def _compound(self, end: int, scale: Decimal) -> tuple[Decimal, int]:
        """3亿5000万: what a smaller part adds, and where it ends."""
        match = re.compile(r"(\d{1,4}(?:\.\d+)?)(千万|百万|十万|万|千)").match(self.text, end)
        if match and self.lex.number(match[2], "scales") < scale:
            return Decimal(match[1]) * self.lex.number(match[2], "scales"), match.end()
        return Decimal(0), end

    def _unit(self, end: int) -> _Unit | None:
        match = _unit_pattern(self.lex).match(self.text, end)
        if not match:
            return None
        kind, wording = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "money":
            code = self.lex.values("currency_after")[re.sub(r"\s+", " ", wording).casefold()]
            return _Unit(match.end(), _named_currency(str(code), wording, self.country, self.lex), "money")
        if kind == "times":
            return _Unit(match.end(), "times", "multiple")
        return _Unit(match.end(), "percentage points" if kind == "points" else "percent", kind)

    def _bare(self, end: int, numeral: str) -> _Unit | None:
        """The unit of a number with neither scale nor unit: a year, an ordinal, a count, a plain number; None "
        "for a name."""
        beyond = self.text[end : end + 1]
        basis = BASIS_POINTS.match(self.text, end)
        if basis:
            return _Unit(basis.end(), "percentage points", "points", factor=Decimal("0.01"))
        if self.lex.spaced and ORDINAL.match(self.text, end) and numeral.isdigit() and len(numeral) <= 3:
            return _Unit(end, "", "ordinal")
        year = numeral.isdigit() and len(numeral) == 4 and int(numeral) in YEARS
        counted = self._counted(end)
        if year and (self.lex.spaced or counted is None):
            return _Unit(end, "", "year")
        if beyond.isalpha() and beyond < "\u4e00":
            return None
        if beyond == "-" and self.text[end + 1 : end + 2].isalpha():
            return None
        return counted or _Unit(end, "", "number")

    def _past_of(self, end: int) -> int:
        """Behind the word that joins a French scale to what it counts: `15 millions de visiteurs`."""
        joint = SCALE_OF.match(self.text, end) if self.lex.language == "fr" else None
        return joint.end() if joint else end

    def _counted(self, end: int) -> _Unit | None:
        if not self.lex.spaced:
            return self._classified(end)
        stop = nouns.noun_end(self.text, end, self.lex, _verbs(self.lex))
        if stop <= end:
            return None
        noun = self.text[end:stop].strip(SPACES)
        if nouns.lasts(noun, self.lex):
            return _Unit(end, noun.split()[0].casefold().strip("-"), "duration")
        return _Unit(end, nouns.head(noun, self.lex), "count", noun)

    def _classified(self, end: int) -> _Unit | None:
        match = _classifier(self.lex).match(self.text, end)
        if not match:
            return None
        if match.group() in self.lex.table("nouns", "excluded"):
            return _Unit(end, match.group(), "duration")
        stop = nouns.noun_end(self.text, match.end(), self.lex)
        return _Unit(match.end(), match.group(), "count", self.text[match.end() : stop].lstrip("的"))

    def _qualified(self, amount: Amount, inner: str | None) -> Amount:
        before, _ = qualifiers.before(self.text, amount.start, self.lex)
        after, _ = qualifiers.after(self.text, amount.end, self.lex)
        if before == "over" and amount.kind == "count" and qualifiers.hands_on(self.text, amount.start, amount.end):
            before = qualifiers.EXACT
        name = inner or (before if before != qualifiers.EXACT else after)
        return replace(amount, qualifier=name)

    def words(self) -> Iterator[Amount]:
        """Number words, multiples and fractions of languages with spaces."""
        for match in numerals.in_every(self.lex).finditer(self.text):
            part, whole = (numerals.small(match[name], self.lex) for name in ("part", "whole"))
            if part and whole and part < whole:
                value = (part * 100 / whole).quantize(Decimal("0.01"))
                yield self._qualified(self._named(match, value, "percent", "percent"), None)
        for match in self.lex.pattern("fractions").finditer(self.text):
            if nouns.in_order(self.text, match, self.lex, _verbs(self.lex)):
                continue
            value = self.lex.number(match.group(), "fractions")
            yield self._qualified(self._named(match, value, "percent", "percent"), None)
        for match in self.lex.pattern("multiples").finditer(self.text):
            yield self._qualified(
                self._named(match, self.lex.number(match.group(), "multiples"), "times", "multiple"), None
            )
        if self.lex.spaced:
            for match in numerals.number_words(self.lex).finditer(self.text):
                amount = self._word_number(match)
                if amount:
                    yield amount

    def _word_number(self, match: re.Match[str]) -> Amount | None:
        value = numerals.word_value(match.group(), self.lex)
        _, scale, end = self._scaled(match.end(), False)
        unit = self._unit(end) or self._counted(end) or _Unit(end, "", "number")
        amount = Amount(
            match.start(),
            unit.end,
            self.printed[match.start() : unit.end],
            value * scale,
            unit.name,
            unit.kind,
            noun=unit.noun,
            half_width=Decimal("0.5") * scale,
        )
        return self._qualified(amount, None)

    def _named(self, match: re.Match[str], value: Decimal, unit: str, kind: str) -> Amount:
        return Amount(match.start(), match.end(), self.printed[match.start() : match.end()], value, unit, kind)

    def han(self) -> Iterator[Amount]:
        """Han numerals that count something, 百分之三十, 三成, 两倍."""
        for match in PER_HUNDRED.finditer(self.text):
            value = _decimal(match["num"])
            if value is not None:
                yield self._qualified(self._named(match, value, "percent", "percent"), None)
        for match in TENTHS.finditer(self.text):
            value = _decimal(match["num"])
            if value is not None:
                yield self._qualified(
                    self._named(match, value * 10 + (5 if match["half"] else 0), "percent", "percent"), None
                )
        for match in numerals.HAN_NUMERAL.finditer(self.text):
            amount = self._han_count(match)
            if amount:
                yield amount

    def _han_count(self, match: re.Match[str]) -> Amount | None:
        value = numerals.han_value(match.group())
        if value is None or self.text[max(0, match.start() - 1) : match.start()] in ("第", "十", "百", '"', "“"):
            return None
        qualifier, scale, end = self._scaled(match.end(), False)
        unit = self._unit(end)
        if unit is None:
            unit = self._classified(end)
            if unit is None or unit.kind != "count" or (value < 100 and scale == 1 and unit.name in "个项种件次支条份"):
                return None
        amount = Amount(
            match.start(),
            unit.end,
            self.printed[match.start() : unit.end],
            value * scale,
            unit.name,
            unit.kind,
            noun=unit.noun,
            half_width=Decimal("0.5") * scale,
        )
        return self._qualified(amount, qualifier)


def _decimal(numeral: str) -> Decimal | None:
    if numeral[0].isdigit():
        return Decimal(numeral)
    whole, _, part = numeral.partition("点")
    value = numerals.han_value(whole) if whole else None
    if value is None or not part:
        return value
    return value + Decimal("0." + "".join(str(numerals.HAN_DIGITS.get(c, 0)) for c in part))


def read_amounts(text: str, language: str = "en", country: str | None = None) -> tuple[Amount, ...]:
    """Every amount of a text by place, values in base units; `country` (ISO 3166) says what a bare $ or ¥ is.

    Years, ordinals and durations are reported under those kinds, so that a caller may leave them out.
    """
    reader = _Text(text, lexicon(language), country)
    found = [*read_ranks(reader.text, reader.lex), *reader.words(), *reader.digits()]
    if not reader.lex.spaced:
        found += reader.han()
    found.sort(key=lambda a: (a.start, -a.end))
    apart: list[Amount] = []
    for amount in found:
        if not apart or amount.start >= apart[-1].end:
            apart.append(amount)
    return tuple(joined(apart, text))
