"""Cells of a flattened table as drafts: period, unit and label from row, column and caption."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from knowledge.figure import ChangeKind, Scenario
from knowledge.ledger.catalogue import Area
from knowledge.ledger.context import Context, State
from knowledge.ledger.dimensions import typed
from knowledge.ledger.draft import Draft
from knowledge.ledger.grid import CAPTION, MARK, Cell, Grid, Row
from knowledge.ledger.headers import YEARS
from knowledge.reading.amounts import read_amounts
from knowledge.reading.calendar import year_before
from knowledge.reading.periods import read_periods
from knowledge.reading.spans import Amount
from knowledge.reading.words import Lexicon, either

GROWTH = re.compile(
    r"growth|change|increase|yoy|y-o-y|year[- ]on[- ]year|over previous|同比|增长|增速|±|veränderung|wachstum|zuwachs|"
    r"évolution|variation|croissance|progression",
    re.IGNORECASE,
)
MONTHLY = re.compile(r"month[- ]on[- ]month|环比|vormonat|sur un mois", re.IGNORECASE)
SHARE = re.compile(r"share|percentage of|proportion|占比|比重|anteil|part\b", re.IGNORECASE)
TARGET = re.compile(r"target|goal|plan(?:ned)?\b|目标|计划|ziel|plan\b|objectif", re.IGNORECASE)
FORECAST = re.compile(r"forecast|projected|expected|预测|预计|prognose|prévision", re.IGNORECASE)
LETTER = re.compile(r"\s?([kmbt])\b", re.IGNORECASE)
MULTIPLIER = re.compile(r"(?<![\d.,])(10|100|1,?000|10,?000)\s$")
UNIT_NOTE = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]|单位[::]\S+")
FOOTNOTE = re.compile(f"{MARK}$")
REVISED = re.compile(r"(?:\(r\)|(?<=[\d\s)%])r)$")
EARLY = re.compile(r"(?:\([pe]\)|(?<=[\d\s)%])[pe])$")
BY = re.compile(r"\s(?:nach|par|by)\s[^\d,;:|]+$")
CLASSIFIER = re.compile(r"[(（\[](?:number|no\.|个|家|人|项|户|宗|件|Anzahl|nombre)[)）\]]", re.IGNORECASE)
WHOLE_YEAR = re.compile(r"(?:full |whole |entire )?year|全年|gesamtjahr|jahr|année(?: entière)?", re.IGNORECASE)
YEARLESS = re.compile(r"^(?!.*(?:19|20)\d{2}).+$")
TOTAL = re.compile(
    r"(?:sub|grand )?total\b|all(?: \w+)?$|overall|world|gesamt|insgesamt|zusammen|ensemble|"
    r"总计|合计|总数|全国|全市|全省|全年",
    re.IGNORECASE,
)
PLURAL = re.compile(r"[A-Za-z-]{3,}[^s\W]s")
SUB = re.compile(r"^\s*(?:其中[::]?|of which:?|davon:?|dont:?|including:?|[-–•*·])\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Scale:
    unit: str = ""
    factor: Decimal = Decimal(1)
    kind: str = ""


@lru_cache(maxsize=8)
def _patterns(lex: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    spaced = lex.spaced
    return (
        re.compile(either(lex.table("scales"), False) + ("(?![a-z])" if spaced else ""), re.IGNORECASE),
        re.compile(
            rf"(?P<sign>{either(lex.table('currency_before'), True)})|"
            rf"(?P<word>{either(lex.table('currency_after'), spaced)})",
            re.IGNORECASE,
        ),
        re.compile(either(lex.table("units", "percent"), False), re.IGNORECASE),
    )


def _scale(text: str, context: Context) -> _Scale:
    """The unit that a header, row label or caption states: `US$ million`, 亿元, %."""
    lex = context.lex
    scales, currency, percent = _patterns(lex)
    money, scale = currency.search(text), scales.search(text)
    factor = lex.number(scale.group(), "scales") if scale else Decimal(1)
    letter = LETTER.match(text, money.end()) if money and not scale else None
    if letter and (found := lex.table("scale_letters").get(letter[1].lower())):
        factor = Decimal(str(found))  # `€m`
    if scale and (times := MULTIPLIER.search(text[: scale.start()])):
        factor *= Decimal(times[1].replace(",", ""))  # `100 million yuan`
    if money:
        sample = f"{money['sign']}1" if money["sign"] else f"1 {money['word']}"
        found = read_amounts(sample, lex.language, context.country)
        return _Scale(found[0].unit if found else "", factor, "money")
    if percent.search(text):
        return _Scale("percent", Decimal(1), "percent")
    return _Scale("", factor, "")


def _period(text: str, context: Context) -> str:
    if re.fullmatch(YEARS, text) and context.lex.language == "zh":
        text = text.removesuffix("度").removesuffix("年") + "年"
    found = read_periods(
        text,
        context.anchor,
        context.lex.language,
        fiscal=context.fiscal or None,
        country=context.country,
        fiscal_month=context.fiscal_month,
    )
    return next((p.code for p in found if p.code), "")


def _is_note(bracket: str, context: Context) -> bool:
    return bool(_scale(bracket, context).unit or re.search(r"\d{4}", bracket) or CLASSIFIER.fullmatch(bracket))


def _words(text: str, context: Context) -> str:
    """A label without its period and its note of unit."""
    plain = CAPTION.sub(
        "",
        UNIT_NOTE.sub(lambda m: "" if _is_note(m.group(), context) else m.group(), text),
    )
    for period in reversed(
        read_periods(plain, context.anchor, context.lex.language, fiscal=context.fiscal, country=context.country)
    ):
        plain = plain[: period.start] + " " + plain[period.end :]
    return " ".join(SUB.sub("", plain).split()).strip(" ,:：-–|%")


def _untold(caption: str, context: Context) -> str:
    """A caption without the unit behind its comma: `FDI stock by country, EUR million`."""
    head, comma, unit = caption.rpartition(",")
    scale = _scale(unit, context)
    told = comma and (scale.unit or scale.factor != 1) and len(unit.split()) <= 4
    return head if told else caption


def _by(caption: str) -> str:
    """A caption without what its rows are sorted by: `Investitionen nach Städten`, `Projets par secteur`."""
    return BY.sub("", caption) or caption


def _amount(cell: Cell, context: Context) -> Amount | None:
    found = [
        a
        for a in read_amounts(FOOTNOTE.sub("", cell.text), context.lex.language, context.country)
        if a.kind not in ("ordinal", "duration")
    ]
    return found[0] if found else None


def _counted(column: str, context: Context) -> str:
    """The noun that a column counts: `Certificates`, `New companies`."""
    last = (_words(column, context).split() or [""])[-1]
    return last.lower() if PLURAL.fullmatch(last) and not _scale(column, context).unit else ""


class Tabular:
    """One grid under reading."""

    def __init__(self, grid: Grid, context: Context, state: State) -> None:
        self.grid, self.context, self.state = grid, context, state
        self.caption = grid.caption
        self.title = _words(_untold(grid.caption, context), context)

    def read(self) -> Iterator[Draft]:
        """A draft for every numeric cell, row by row."""
        for row in self.grid.rows:
            for n, cell in enumerate(row.cells):
                if cell is None:
                    continue
                amount = _amount(cell, self.context)
                if amount is not None:
                    yield self._draft(row, n, cell, amount)

    def _draft(self, row: Row, n: int, cell: Cell, amount: Amount) -> Draft:
        column = self.grid.columns[n]
        scale = self._unit(row, column)
        kind = amount.kind if amount.kind in ("money", "percent") else scale.kind or "count"
        unit = amount.unit if amount.kind in ("money", "percent") else scale.unit
        factor = (
            scale.factor
            if amount.kind not in ("money", "percent") or (amount.half_width <= 1 and amount.kind == "money")
            else Decimal(1)
        )
        start = cell.start + amount.start
        draft = Draft(
            replace(amount, kind=kind),
            start,
            cell.start + amount.end,
            (row.start, row.end),
            float(amount.value * factor),
            unit,
            qualifier=amount.qualifier,
            extracted_by="table",
        )
        if REVISED.search(cell.text) or REVISED.search(row.label.text[-3:]):
            draft.status = "revised"
        elif EARLY.search(cell.text):
            draft.status = "preliminary"
        around = f"{self.caption} | {column} | {row.label.text}"
        draft.label = self._label(row, column)
        if self.title and self.title not in draft.label:
            draft.dimensions["table"] = self.title
        if self.state.section and self.state.section not in (self.title, draft.label):
            draft.dimensions["section"] = self.state.section
        draft.period = self._period(row.label.text, column)
        draft.area = self._area(draft, row, column)
        member = _words(row.label.text, self.context)
        if self.grid.members and member and not TOTAL.match(member) and self.grid.members not in draft.dimensions:
            known = self.grid.members == "district" and draft.area != (self.state.area or self.context.area)
            if not known and not typed(draft.label, self.grid.members):
                draft.dimensions[self.grid.members] = member
        if kind == "count" and not draft.unit:
            draft.unit = _counted(column, self.context)
        self._kind(draft, column, row, around)
        draft.scenario = (
            Scenario.TARGET
            if TARGET.search(f"{column} {row.label.text}")
            else Scenario.FORECAST
            if FORECAST.search(f"{column} {row.label.text}")
            else Scenario.ACTUAL
        )
        return draft

    def _period(self, row: str, column: str) -> str:
        """The period of a cell: of its row, a quarter or month in the year of its column or of the caption."""
        own = _period(row, self.context)
        for other in (column, self.caption):
            if own and YEARLESS.match(row) and (year := re.search(r"(?:19|20)\d{2}", other)):
                joint = f"{year.group()}年{row}" if self.context.lex.language == "zh" else f"{row} {year.group()}"
                own = _period(joint, self.context) or own
                break
        return (
            own
            or _period(column, self.context)
            or _period(self.caption, self.context)
            or self.state.period
            or self.context.period
        )

    def _unit(self, row: Row, column: str) -> _Scale:
        for text in (column, row.label.text, self.caption):
            scale = _scale(text, self.context)
            if scale.unit or scale.factor != 1:
                if not scale.unit:
                    return replace(
                        scale,
                        unit=_scale(self.caption, self.context).unit,
                        kind=_scale(self.caption, self.context).kind,
                    )
                return scale
        return _Scale()

    def _label(self, row: Row, column: str) -> str:
        own, over = _words(row.label.text, self.context), _words(column, self.context)
        if GROWTH.search(over) and len(re.sub(GROWTH, "", over)) < 12:
            over = ""
        if WHOLE_YEAR.fullmatch(own) and own != row.label.text:
            own = ""
        parts = [p for p in (own, over) if p and any(c.isalpha() for c in p)]
        caption = _by(self.title)
        if caption and (
            not parts
            or SHARE.fullmatch(over)
            or (
                len(parts) == 1
                and not (" " in over and _scale(column, self.context).unit)  # it says what it measures
                and not self.context.catalogue.match_indicator(parts[0], self.context.lex.language)
            )
        ):
            parts = [*parts, caption]
        joint = "" if self.context.lex.language == "zh" else ", "
        return joint.join(dict.fromkeys(parts)) or self.state.label

    def _kind(self, draft: Draft, column: str, row: Row, around: str) -> None:
        text = column or f"{self.caption} {row.label.text}"
        if draft.amount.kind != "percent":
            return
        if GROWTH.search(text) or (not SHARE.search(around) and GROWTH.search(around)):
            draft.kind = ChangeKind.MOM_GROWTH if MONTHLY.search(text) else ChangeKind.YOY_GROWTH
            draft.base = year_before(draft.period) or None
        else:
            draft.kind = ChangeKind.SHARE

    def _area(self, draft: Draft, row: Row, column: str) -> str:
        """The area of row, column or caption; a foreign country is where the investment of the row comes from."""
        for text in (row.label.text, column, self.caption):
            found = next(iter(self.context.catalogue.areas_in(text)), None)
            if found and not self._foreign(found[2]):
                return text[found[0] : found[1]]
            if found:
                draft.dimensions["counterpart"] = text[found[0] : found[1]]
                break
        return self.state.area or self.context.area

    def _foreign(self, area: Area) -> bool:
        own, home = {self.context.country}, self.context.home.area
        if home is None or area.kind != "country" or self.context.catalogue.within(home.code, area.code):
            return False
        return not (own - {None}) & {area.country, area.parent}
