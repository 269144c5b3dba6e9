"""Published arithmetic checked: twin currencies, parts and totals, rates of counts, growth of levels, notices apart."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from knowledge.figure import ChangeKind, Figure, Qualifier, Scenario
from knowledge.ledger.catalogue import Catalogue, load, tokens
from knowledge.ledger.flag import Flag
from knowledge.notice import Notice

MONEY = frozenset("CNY USD EUR GBP HKD SGD JPY CHF AUD CAD NZD TWD KRW INR".split())
LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)
RATE_SLACK = 0.03  # of the median implied exchange rate
PART_REACH = 0.05  # parts that miss a total by more are no parts of it
POINTS_SLACK = 2.0
GROWTH_SLACK = 0.012
TYPED = ("ownership", "industry", "counterpart", "event", "part", "district")  # dimensions that tell figures apart
SMALL = frozenset("the a an of in to for and number total value".split())


def check(figures: Sequence[Figure], notice: Notice | None = None) -> tuple[Flag, ...]:
    """Findings within one notice; `notice` only lends its id."""
    notice_id = notice.notice_id if notice else figures[0].notice_id if figures else ""
    return tuple(
        Flag(code, tuple(f.figure_id for f in found), text, notice_id, severity)
        for code, severity, look in WITHIN
        for found, text in look(figures)
    )


def across(
    figures: Sequence[Figure], notices: Mapping[str, Notice], catalogue: Catalogue | None = None
) -> tuple[Flag, ...]:
    """Findings between notices: one indicator, area and period with two values, or a growth that another level "
    "belies."""
    known = catalogue or load()
    return (*_conflicts(figures, notices, known), *_growth_across(figures, known))


Found = Iterator[tuple[tuple[Figure, ...], str]]
Key = tuple[object, ...]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def _rounding(figure: Figure) -> float:
    """Half a unit of the last printed digit, in base units."""
    digits = "".join(c for c in figure.published_as if c.isdigit() or c in ".,")
    whole = digits.replace(",", "").replace(".", "").lstrip("0")
    if not whole or not figure.value:
        return 0.5
    decimals = len(digits.rpartition(".")[2]) if "." in digits and not digits.endswith(".") else 0
    printed = float(digits.replace(",", "") or 0) if digits.count(".") <= 1 else 0.0
    scale = abs(figure.value) / printed if printed else 1.0
    return float(0.5 * scale * 10.0**-decimals)


def _twins(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    for a, b in pairwise(figures):
        same = (a.quote, a.label, a.time_period, a.change_kind) == (b.quote, b.label, b.time_period, b.change_kind)
        if same and {a.unit, b.unit} <= MONEY and a.unit != b.unit and a.value and b.value:
            yield a, b


def _exchange_rates(figures: Sequence[Figure]) -> Found:
    """Twins whose implied exchange rate is far from that of the notice's other twins."""
    rates: dict[tuple[str, str], list[tuple[float, Figure, Figure]]] = defaultdict(list)
    for a, b in _twins(figures):
        rates[a.unit, b.unit].append((a.value / b.value, a, b))
    for (first, second), found in rates.items():
        middle = median(rate for rate, _, _ in found)
        for rate, a, b in found:
            slack = RATE_SLACK + _rounding(a) / abs(a.value) + _rounding(b) / abs(b.value)
            if len(found) > 1 and abs(rate / middle - 1) > slack:
                yield (
                    (a, b),
                    (
                        f"{a.published_as} and {b.published_as} imply {rate:.3g} {first} per {second}; "
                        f"the notice's other amounts imply {middle:.3g}"
                    ),
                )


def _shares(figures: Sequence[Figure]) -> Found:
    """Shares of one whole in one sentence that add up to more than everything."""
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.change_kind is ChangeKind.SHARE and figure.unit == "percent" and figure.value < 100:
            groups[figure.quote, figure.time_period].append(figure)
    for found in groups.values():
        total = sum(f.value for f in found)
        if len(found) > 2 and 100 + sum(map(_rounding, found)) < total < 110:
            yield tuple(found), f"the {len(found)} shares of the sentence add up to {total:.4g} percent"


def _parts(figures: Sequence[Figure]) -> Found:
    """Amounts of one sentence or row that nearly, but not quite, add up to a total of the same notice."""
    levels = [f for f in figures if f.change_kind in LEVELS and f.value > 0]
    rows: dict[tuple[str, str, str, str], list[Figure]] = defaultdict(list)
    for figure in levels:
        rows[figure.quote, figure.unit, figure.time_period, figure.scenario].append(figure)
    totals: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in levels:
        totals[figure.unit, figure.time_period].append(figure)
    for (quote, unit, period, _), row in rows.items():
        inside = [f for f in row if "total" in tokens(f.label)]
        parts = [f for f in row if f not in inside]
        if len(parts) < 2 or not unit:
            continue
        candidates = inside or (
            [t for t in totals[unit, period] if t.quote != quote and t.end <= row[0].start][-3:]
            if len(parts) > 2
            else []
        )
        total, slack = sum(p.value for p in parts), sum(map(_rounding, parts))
        for whole in candidates:
            gap = abs(whole.value - total)
            if (gap > slack + _rounding(whole) and gap < PART_REACH * whole.value) or (
                inside and gap > slack + _rounding(whole)
            ):
                yield (whole, *parts), f"the parts add up to {_number(total)}, the total says {whole.published_as}"
            elif 0 < gap <= slack + _rounding(whole) and gap > _rounding(whole):
                yield (
                    (whole, *parts),
                    (
                        f"the parts add up to {_number(total)}, the total says {whole.published_as}; rounding "
                        f"explains the difference"
                    ),
                )


def _stem(label: str) -> str:
    """The word a rate is of: landing rate is of what landed."""
    words = list(tokens(label))
    for i, word in enumerate(words):
        if word in ("rate", "quote") and i:
            return words[i - 1][:4]
        if word == "率" and i > 1:
            return words[i - 2] + words[i - 1]
    return ""


def _rates(figures: Sequence[Figure]) -> Found:
    """A rate against the counts that it is made of."""
    counts = [
        f
        for f in figures
        if f.change_kind in LEVELS and f.unit not in MONEY | {"percent", "percentage points", "times"} and f.value > 0
    ]
    for rate in figures:
        stem = _stem(rate.label) if rate.change_kind is ChangeKind.SHARE and rate.unit == "percent" else ""
        if not stem:
            continue
        alike = [
            f
            for f in counts
            if (f.time_period, f.scenario == Scenario.ACTUAL) == (rate.time_period, rate.scenario == Scenario.ACTUAL)
            and f.quote == rate.quote
        ]
        upper = [
            f
            for f in alike
            if _speaks(f.label, stem) and f.dimensions.get("ownership") == rate.dimensions.get("ownership")
        ]
        lower = [
            f
            for f in alike
            if not _speaks(f.label, stem) and upper and f.unit == upper[0].unit and f.value > upper[0].value
        ]
        if upper and lower:
            implied = 100 * upper[0].value / lower[0].value
            if abs(implied - rate.value) > POINTS_SLACK:
                yield (
                    (rate, upper[0], lower[0]),
                    (
                        f"{upper[0].published_as} of {lower[0].published_as} is {implied:.1f} percent, "
                        f"while the text says {_said(rate)}"
                    ),
                )


def _said(figure: Figure) -> str:
    return figure.published_as if figure.qualifier is Qualifier.EXACT else f"{figure.qualifier} {figure.published_as}"


def _speaks(label: str, stem: str) -> bool:
    return any(word.startswith(stem) for word in tokens(label)) or (len(stem) == 2 and stem in label)


def _key(figure: Figure) -> Key:
    typed = {k: v for k, v in figure.dimensions.items() if k in TYPED}
    words = frozenset(tokens(figure.label)) - SMALL
    return figure.indicator, figure.unit, figure.ref_area, words, tuple(sorted(typed.items()))


def _growths(figures: Sequence[Figure]) -> Found:
    """A growth against the two levels that it joins."""
    levels: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.change_kind in LEVELS and figure.scenario is Scenario.ACTUAL:
            levels[_key(figure)].append(figure)
    by_id = {f.figure_id: f for f in figures}
    for growth in figures:
        level = by_id.get(growth.relates_to or "")
        if (
            growth.change_kind is not ChangeKind.YOY_GROWTH
            or growth.unit != "percent"
            or level is None
            or growth.comparable_basis
        ):
            continue
        for base in levels[_key(level)]:
            if base.time_period == growth.base_period and base.value and level.change_kind in LEVELS:
                yield from _belies(growth, level, base)


def _belies(growth: Figure, level: Figure, base: Figure) -> Found:
    actual = 100 * (level.value / base.value - 1)
    slack = 100 * (GROWTH_SLACK + _rounding(level) / level.value + _rounding(base) / base.value)
    if abs(actual - growth.value) > slack:
        yield (
            (growth, level, base),
            (
                f"{base.published_as} ({base.time_period}) to {level.published_as} ({level.time_period}) is "
                f"{actual:+.1f} percent, "
                f"while the text says {growth.published_as}"
            ),
        )


WITHIN: tuple[tuple[str, str, Callable[[Sequence[Figure]], Found]], ...] = (
    ("exchange_rate", "warning", _exchange_rates),
    ("shares_total", "warning", _shares),
    ("parts_total", "warning", _parts),
    ("rate_of_counts", "warning", _rates),
    ("growth_of_levels", "warning", _growths),
)


def key_across(figure: Figure, catalogue: Catalogue) -> Key:
    """What figures of several notices are of the same thing by, their period apart."""
    area = catalogue.match_area(figure.ref_area) if figure.ref_area else None
    _, unit, _, words, typed = _key(figure)
    what = figure.indicator if figure.indicator in catalogue.indicators else words
    return what, unit, area.code if area else figure.ref_area, typed, figure.change_kind in LEVELS, figure.scenario


def _conflicts(figures: Sequence[Figure], notices: Mapping[str, Notice], catalogue: Catalogue) -> Iterator[Flag]:
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.change_kind in LEVELS and figure.time_period:
            groups[(*key_across(figure, catalogue), figure.time_period)].append(figure)
    for group in groups.values():
        for other in group[1:]:
            first = group[0]
            if first.notice_id == other.notice_id or _agree(first, other) or not _same_words(first, other):
                continue
            dates = [notices[f.notice_id].published for f in (first, other) if f.notice_id in notices]
            later = len(dates) == 2 and None not in dates and dates[0] != dates[1]
            code = "revision" if later and abs(first.value - other.value) < 0.1 * abs(first.value) else "conflict"
            said = [
                f"{f.published_as} ({notices[f.notice_id].published if f.notice_id in notices else f.source})"
                for f in (first, other)
            ]
            yield Flag(
                code,
                (first.figure_id, other.figure_id),
                f"{first.label}, {first.time_period}: {' against '.join(said)}",
                "",
                "warning",
            )


def _same_words(a: Figure, b: Figure) -> bool:
    """Whether two labels are of the same thing: most words shared, and no name of its own in each."""
    if _names(a.label) - set(tokens(b.label)) and _names(b.label) - set(tokens(a.label)):
        return False
    mine, theirs = set(tokens(a.label)) - SMALL, set(tokens(b.label)) - SMALL
    return len(mine & theirs) >= 0.6 * max(1, min(len(mine), len(theirs)))


def _names(label: str) -> frozenset[str]:
    """Words inside a label that begin with a capital: places and companies that are not in the catalogue."""
    return frozenset(name for word in label.split()[1:] if word[:1].isupper() for name in tokens(word))


def _agree(a: Figure, b: Figure) -> bool:
    """Whether two published values can both be right, rounding and qualifiers allowed for."""
    low, high = sorted((a, b), key=lambda f: f.value)
    if high.value - low.value <= _rounding(a) + _rounding(b):
        return True
    return low.qualifier in (Qualifier.OVER, Qualifier.ABOUT) or high.qualifier in (
        Qualifier.UNDER,
        Qualifier.NEARLY,
        Qualifier.ABOUT,
    )


def _growth_across(figures: Sequence[Figure], catalogue: Catalogue) -> Iterator[Flag]:
    levels: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.change_kind in LEVELS:
            levels[(*key_across(figure, catalogue), figure.time_period)].append(figure)
    by_id = {f.figure_id: f for f in figures}
    for growth in figures:
        level = by_id.get(growth.relates_to or "")
        usable = (
            growth.change_kind is ChangeKind.YOY_GROWTH and growth.unit == "percent" and not growth.comparable_basis
        )
        if not usable or level is None or level.change_kind not in LEVELS or not level.value:
            continue
        for base in levels.get((*key_across(level, catalogue), growth.base_period), ()):
            if base.notice_id != growth.notice_id and base.value and _same_words(base, level):
                for found, text in _belies(growth, level, base):
                    yield Flag("growth_of_levels", tuple(f.figure_id for f in found), text, "", "warning")
