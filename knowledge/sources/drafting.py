"""A mapping drafted by looking at a table: where its headings are, what each column is, what remains in doubt."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from knowledge.reading.language import detect
from knowledge.sources import dates
from knowledge.sources.cells import decimal_sign, read_cell
from knowledge.sources.grid import Row, Sheet, filled
from knowledge.sources.headings import counted_in, is_bare, read_unit, split_label
from knowledge.sources.mapping import MISSING, Column, Mapping, TableMap, column_letters
from knowledge.sources.observations import heading, named_by, slug
from knowledge.sources.timecodes import is_year, read_period

LOOKED_AT = 400  # rows
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.I))
    for role, pattern in (
        ("year", r"years?|年份?|年度|jahr|année|an"),
        ("quarter", r"quarter|季度|quartal|trimestre"),
        ("month", r"month|月份?|monat|mois"),
        (
            "time_period",
            r"time[ _]?period|period|date|time|时间|时期|日期|期间|zeit(raum)?|periode|période|temps|报告期",
        ),
        (
            "ref_area",
            r"ref[ _]?area|areas?|regions?|provinces?|cit(y|ies)|districts?|countr(y|ies)|territory|geo|economy|"
            r"location|地区|区域|省份?|省市|城市|区县|各区|国家(或地区)?|国别|"
            r"land|bundesland|gebiet|stadt|kreis|région|pays|ville|"
            r"territoire",
        ),
        (
            "indicator",
            r"indicators?|items?|series|variables?|measures?|subject|指标(名称)?|项目|名称|merkmal|indikator|indicateur|libellé",
        ),
        ("unit", r"units?( of measure)?|unit_measure|单位|计量单位|einheit|unité"),
        ("scale", r"unit_mult|scale|multiplier"),
        ("status", r"obs[ _]?status|status|flags?|标志|状态|备注|notes?|remarks?"),
        ("scenario", r"scenario|情景"),
        ("ignore", r"no\.?|#|序号|编号|id|row|index|nr\.?|n°|代码|code"),
        ("value", r"values?|obs[ _]?value|amount|数值|数据|值|金额|wert|betrag|valeur|montant"),
    )
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where a table stands on its sheet; row numbers from 1."""

    headings: tuple[int, ...]
    first: int
    last: int | None
    titles: tuple[str, ...]


def draft(sheets: Iterable[Sheet], name: str, is_area: Callable[[str], bool] = lambda _: False) -> Mapping:
    """A mapping of every sheet that holds a table. `name` is the file's, `is_area` tells names of places."""
    tables: list[TableMap] = []
    doubts: list[str] = []
    titles: list[str] = []
    sample: list[str] = []
    for sheet in sheets:
        rows = list(islice(sheet.rows, LOOKED_AT))
        sample += [cell for row in rows[:40] for cell in row if cell]
        shape = _shape(rows)
        if shape is None:
            continue
        titles += shape.titles
        language = detect(" ".join(cell for row in rows[:60] for cell in row))
        found, unsure = _table(sheet.name, rows, shape, language, is_area)
        tables.append(found)
        doubts += [f"{sheet.name}: {doubt}" if sheet.name else doubt for doubt in unsure]
    if not tables:
        doubts.append("no table was found: a row of headings above rows of numbers")
    text = "\n".join(dict.fromkeys(sample))
    title = next((t for t in titles if not read_unit(t) and not dates.first(t)), "")
    return Mapping(
        tables=tuple(tables),
        title=title or re.sub(r"\.\w+$", "", name).replace("_", " "),
        published=dates.stated(text),
        language=detect(text),
        doubts=tuple(doubts),
    )


def _shape(rows: Sequence[Row]) -> _Shape | None:
    """The headings and the data below them: the first row of numbers that is followed by more of its kind."""
    first = next((i for i, row in enumerate(rows) if _is_data(row) and _goes_on(rows, i)), None)
    if first is None:
        return None
    top = first
    while top > 0 and len(filled(rows[top - 1])) >= 2 and not _is_data(rows[top - 1]):
        top -= 1
    if top == first:
        return None
    titles = tuple(rows[i][filled(rows[i])[0]] for i in range(top) if filled(rows[i]))
    last = max((i for i in range(first, len(rows)) if _is_data(rows[i])), default=first)
    ends = last + 1 if len(rows) < LOOKED_AT and last + 1 < len(rows) else None
    return _Shape(tuple(range(top + 1, first + 1)), first + 1, ends, titles)


def _is_data(row: Row) -> bool:
    """Whether a row holds numbers that are not just the years of a heading."""
    numbers = [cell for cell in row if cell and (read_cell(cell) is not None or _comma_number(cell))]
    others = [cell for cell in row if cell and cell not in numbers]
    if not numbers:
        return False
    if all(is_year(cell) or read_period(cell) for cell in numbers):
        return False
    return not all(bool(read_period(cell, "2000")) for cell in others) or len(numbers) > 1 or not others


def _comma_number(cell: str) -> bool:
    return read_cell(cell, ",") is not None


def _goes_on(rows: Sequence[Row], at: int) -> bool:
    """Whether the next rows with anything in them are data too, or there are none."""
    below = [row for row in rows[at + 1 : at + 4] if len(filled(row)) > 1]
    return not below or any(map(_is_data, below))


def _table(
    sheet: str, rows: Sequence[Row], shape: _Shape, language: str, is_area: Callable[[str], bool]
) -> tuple[TableMap, list[str]]:
    heads = [rows[i - 1] for i in shape.headings]
    data = [row for row in rows[shape.first - 1 : shape.last] if filled(row)]
    width = max(len(row) for row in (*heads, *data))
    sign = decimal_sign([cell for row in data[:100] for cell in row])
    looked_at = (_column(i, heads, data, sign, language, is_area) for i in range(width))
    columns = settled([c for c in looked_at if c is not None], heads)
    constants = _constants(shape, columns, heads, language, is_area)
    found = TableMap(
        columns=tuple(columns),
        sheet=sheet,
        headings=shape.headings,
        first_row=shape.first,
        last_row=shape.last,
        constants=constants,
        decimal=sign,
    )
    return found, doubts_of(found, heads, data, language)


def _column(
    index: int, heads: Sequence[Row], data: Sequence[Row], sign: str, language: str, is_area: Callable[[str], bool]
) -> Column | None:
    """What one column is, by its heading and its cells; None for an empty one."""
    at, name = column_letters(index), heading(heads, index)
    cells = [row[index] for row in data if index < len(row) and row[index]]
    present = [cell for cell in cells if cell.casefold() not in MISSING]
    if not cells:
        return None
    if period := heading_period(heads, index):
        return Column(at, "value", time_period=period)
    label, _ = split_label(name, language)
    role = _named(label) or _named(name)
    numbers = sum(read_cell(cell, sign) is not None for cell in present)
    periods = sum(bool(read_period(cell, "2000")) for cell in present)
    numeric = bool(present) and numbers >= 0.8 * len(present)
    if role in ("year", "quarter", "month", "time_period"):
        return Column(at, period_role(role, present))
    if role == "value" and not numeric:
        role = None
    if role is None and numeric and periods < 0.8 * len(present):
        return Column(at, "value")
    if role is None and present and periods >= 0.8 * len(present) and (not name or not numeric or _years(present)):
        return Column(at, "time_period")
    if role is None and numeric:
        return Column(at, "value")
    if role is None and present and sum(map(is_area, present)) >= 0.6 * len(present):
        return Column(at, "ref_area")
    if role is None or (role in ("ref_area", "indicator") and numeric):
        return (
            Column(at, "dimension", name=slug(label or name or at)) if present and not numeric else Column(at, "ignore")
        )
    return Column(at, role)


def heading_period(heads: Sequence[Row], index: int) -> str:
    """The period of a column whose heading is one; a month below a year belongs to it."""
    parts = [row[index] for row in heads if index < len(row) and row[index]]
    year = next((code for part in parts if re.fullmatch(r"\d{4}", code := read_period(part))), "")
    codes = [code for part in parts if (code := read_period(part, year))]
    return max(codes, key=len, default="")


def period_role(role: str, cells: Sequence[str]) -> str:
    """Whole periods, whatever the heading says: "2023-03" in a column called month."""
    whole = sum(bool(read_period(cell)) for cell in cells)
    if role == "year" and all(is_year(cell) or re.fullmatch(r"\d{4}年?", cell) for cell in cells):
        return "year"
    return "time_period" if whole >= 0.8 * len(cells) else role


def _years(cells: Sequence[str]) -> bool:
    return all(is_year(cell) for cell in cells) and len(set(cells)) > 1


def _named(text: str) -> str | None:
    plain = re.sub(r"[\s_]+", " ", text).strip(" :：.")
    return next((role for role, pattern in _NAMES if pattern.fullmatch(plain)), None)


def settled(columns: list[Column], heads: Sequence[Row]) -> list[Column]:
    """Columns seen together: one label column of periods is the indicator; a year alone is the period."""
    roles = {c.role for c in columns}
    made = []
    for column in columns:
        if column.role == "year" and not roles & {"quarter", "month"}:
            column = Column(column.at, "time_period")
        wanted = "indicator" not in roles and not any(_labelled(c, heads) for c in columns if c.role == "value")
        if column.role == "dimension" and wanted and _first_dimension(columns) == column:
            column = Column(column.at, "indicator")
            roles.add("indicator")
        made.append(column)
    return made


def _labelled(column: Column, heads: Sequence[Row]) -> bool:
    """Whether the heading of a value column names an indicator."""
    if column.time_period:
        return False
    label, _ = split_label(named_by(heads, column.index))
    return not is_bare(label)


def _first_dimension(columns: Sequence[Column]) -> Column | None:
    return next((c for c in columns if c.role == "dimension"), None)


def _constants(
    shape: _Shape, columns: Sequence[Column], heads: Sequence[Row], language: str, is_area: Callable[[str], bool]
) -> dict[str, str]:
    """What the lines above the table say for all of it: unit, area, period, indicator."""
    constants: dict[str, str] = {}
    roles = {c.role for c in columns}
    corner = [heading(heads, c.index) for c in columns if c.role == "indicator"]
    for text in (*shape.titles, *corner):
        unit = read_unit(text, language) or split_label(text, language)[1]
        if unit and "unit" not in constants and unit.unit not in ("items", "index", "rank"):
            constants |= unit.fixed()
    whole = " ".join(shape.titles)
    area = next((t for t in _words(whole) if is_area(t)), "") if "ref_area" not in roles else ""
    if area:
        constants["ref_area"] = area
    if not roles & {"time_period", "year"} and not any(c.time_period for c in columns):
        years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", whole))
        if len(years) == 1:
            constants["time_period"] = years.pop()
    if "indicator" not in roles and not all(_labelled(c, heads) for c in columns if c.role == "value"):
        title = next((t for t in shape.titles if not read_unit(t, language)), "")
        if title:
            constants["indicator"] = _subject(title, constants.get("ref_area", ""))
    return constants


def _words(text: str) -> Iterable[str]:
    """Stretches of a title that may be a place: words, pairs of words, Han runs from the front."""
    words = re.findall(r"[^\W\d_]+", text)
    for word in words:
        if re.match(r"[\u4e00-\u9fff]", word):
            yield from (word[:length] for length in range(min(len(word), 8), 1, -1))
    yield from (f"{a} {b}" for a, b in pairwise(words))
    yield from (word for word in words if word[0].isupper())


def _subject(title: str, area: str) -> str:
    """A title without its number, its years and its place: "Table 3. FDI in Beijing, 2015-2023" -> "FDI"."""
    text = re.sub(r"^(?:table|tab\.|tabelle|tableau|表)\s*[\d.\-–]*\s*[.:：、]?\s*", "", title, flags=re.I)
    text, _ = split_label(text)
    text = re.sub(r"(?:19|20)\d\d\s*(?:[-–—至到]\s*(?:19|20)?\d\d)?\s*年?", " ", text)
    if area:
        text = re.sub(rf"(?:\b(?:in|of|for)\s+)?{re.escape(area)}", " ", text)
    return re.sub(r"\s+", " ", re.sub(r"\s+(?:by|nach|par)\s+.*$", "", text)).strip(" ,.:：;-–—") or title


def doubts_of(table: TableMap, heads: Sequence[Row], data: Sequence[Row], language: str) -> list[str]:
    """What a person should settle before the table is added."""
    roles = {c.role for c in table.columns}
    values = [c for c in table.columns if c.role == "value"]
    doubts = []
    if not values:
        doubts.append("no column of numbers was found")
    if "indicator" not in roles | set(table.constants) and not all(_labelled(c, heads) for c in values):
        doubts.append('nothing says what the numbers are: set constants = { indicator = "..." }')
    periods = roles & {"time_period", "year"} or "time_period" in table.constants
    if not periods and not all(c.time_period for c in values):
        doubts.append('nothing says which period the numbers are of: set constants = { time_period = "2023" }')
    if "unit" not in roles | set(table.constants) and not all(
        _has_unit(c, table, heads, data, language) for c in values
    ):
        doubts.append('nothing says the unit of some numbers: set constants = { unit = "CNY", scale = "1e8" }')
    return doubts


def _has_unit(column: Column, table: TableMap, heads: Sequence[Row], data: Sequence[Row], language: str) -> bool:
    """Whether heading, row labels or the cells themselves (%) say the unit."""
    label, unit = split_label(heading(heads, column.index), language)
    if unit or counted_in(label):
        return True
    labels = [c.index for c in table.columns if c.role == "indicator"]
    for row in data[:100]:
        said = any(i < len(row) and (split_label(row[i], language)[1] or counted_in(row[i])) for i in labels)
        cell = read_cell(row[column.index], table.decimal) if column.index < len(row) else None
        if cell is not None and not said and not cell.percent:
            return False
    return True
