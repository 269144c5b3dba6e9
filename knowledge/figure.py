"""One published number: an observation of the ledger, in the words of SDMX."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any


class Qualifier(StrEnum):
    EXACT = "exact"
    OVER = "over"
    NEARLY = "nearly"
    ABOUT = "about"
    UNDER = "under"


class Scenario(StrEnum):
    ACTUAL = "actual"
    TARGET = "target"
    FORECAST = "forecast"


class ChangeKind(StrEnum):
    LEVEL = "level"
    YOY_GROWTH = "yoy_growth"
    MOM_GROWTH = "mom_growth"
    DIFFERENCE = "difference"
    SHARE = "share"
    CUMULATIVE = "cumulative"
    RANK = "rank"


class ObsStatus(StrEnum):
    NORMAL = "normal"
    PRELIMINARY = "preliminary"
    REVISED = "revised"


class FigureStatus(StrEnum):
    OK = "ok"
    FLAGGED = "flagged"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Mention:
    """A further span of the same fact in the same notice."""

    start: int
    end: int
    published_as: str
    quote: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number with its place in the text: `notice.text[start:end] == published_as`.

    `value` is in base units (1.3 trillion yuan is 1.3e12; 12.7 percent is 12.7; a fall is negative).
    `time_period` is SDMX: `2023`, `2023-H1`, `2023-Q1`, `2024-04`, ranges `2021-01/2021-05`, fiscal years
    `2022-04/2023-03`, stocks and running totals `to 2023-04-30`; "" where the text does not tell.
    """

    figure_id: str
    indicator: str  # code of the catalogue, or a slug
    label: str  # the words as published
    value: float
    unit: str  # CNY, USD, percent, percentage points, times, projects, ...
    published_as: str
    notice_id: str
    source: str
    quote: str  # the sentence
    start: int
    end: int
    ref_area: str = ""
    dimensions: dict[str, str] = field(default_factory=dict)  # ownership, industry, counterpart, district, event, ...
    time_period: str = ""
    qualifier: Qualifier = Qualifier.EXACT
    scenario: Scenario = Scenario.ACTUAL
    change_kind: ChangeKind = ChangeKind.LEVEL
    base_period: str | None = None  # what a growth is measured from
    relates_to: str | None = None  # figure_id, or words, of what a growth or share is of
    comparable_basis: bool = False  # like-for-like growth does not reproduce the published levels
    obs_status: ObsStatus = ObsStatus.NORMAL
    mentions: tuple[Mention, ...] = ()
    extracted_by: str = "rules"  # rules | table | model | person
    status: FigureStatus = FigureStatus.OK
    cell: str | None = None  # sheet and cell range, for tables

    def beside(self, other: "Figure") -> bool:
        """Whether one sentence of one notice states both."""
        mine = {self.quote, *(m.quote for m in self.mentions)}
        return self.notice_id == other.notice_id and not mine.isdisjoint(
            {other.quote, *(m.quote for m in other.mentions)}
        )

    def stated(self) -> Iterator["Figure"]:
        """The figure as each sentence states it: itself, then, under the same `figure_id`, as the others print it."""
        yield self
        own = Mention(self.start, self.end, self.published_as, self.quote)
        for at, mention in enumerate(self.mentions):
            if mention.quote != self.quote:
                others = (own, *self.mentions[:at], *self.mentions[at + 1 :])
                yield replace(self, **asdict(mention), mentions=others)

    def as_row(self) -> dict[str, Any]:
        """The figure as JSON types, keys as above: what `tally figures --json` prints."""
        row = {name: str(v) if isinstance(v := getattr(self, name), StrEnum) else v for name in _NAMES}
        return row | {"dimensions": dict(self.dimensions), "mentions": [asdict(m) for m in self.mentions]}


_NAMES = tuple(field.name for field in fields(Figure))
