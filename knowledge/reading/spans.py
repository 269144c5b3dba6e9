"""What a reader finds in a text: typed spans. `text[span.start:span.end] == span.text` always."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its scale, unit and currency as one span.

    `value` is in base units, signed only by a printed sign; `kind` says how to take it.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str  # CNY, USD, ..., percent, percentage points, times, rank, the counted noun, or ""
    kind: str  # money | percent | points | multiple | count | ordinal | year | number
    qualifier: str = "exact"  # exact | over | nearly | about | under
    high: Decimal | None = None  # upper end of a printed range
    noun: str = ""  # counted noun phrase as printed, e.g. "foreign-funded projects"
    half_width: Decimal = Decimal(0)  # half a unit of the last printed digit, in base units


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time. `code` is SDMX (see Figure.time_period), "" where it could not be resolved."""

    start: int
    end: int
    text: str
    code: str
    relative: bool = False  # resolved from a date outside the text ("last year")
    kind: str = "year"  # year | half | quarter | month | range | fiscal | stock | day | plan | same_period | shifted
