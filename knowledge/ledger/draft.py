"""What the stages of extraction hand on: one number of a sentence with the role found for it so far."""

from dataclasses import dataclass, field

from knowledge.figure import ChangeKind, Scenario
from knowledge.reading.spans import Amount


@dataclass(slots=True)
class Draft:
    """A figure in the making; spans count into the notice's text."""

    amount: Amount
    start: int
    end: int
    quote: tuple[int, int]
    value: float
    unit: str
    label: str = ""
    kind: ChangeKind = ChangeKind.LEVEL
    scenario: Scenario = Scenario.ACTUAL
    qualifier: str = "exact"
    period: str = ""
    base: str | None = None
    area: str = ""
    relates: str | None = None
    parent: "Draft | None" = None  # the level that a growth, share or twin amount belongs to
    dimensions: dict[str, str] = field(default_factory=dict)
    comparable: bool = False
    status: str = "normal"
    extracted_by: str = "rules"
    subject: str = ""  # the noun phrase that later numbers of the sentence inherit
    noun: str = ""
    cell: str | None = None
    running: bool = False
    compared: bool = False  # only what another number is held against
    part: bool = False  # counts part of a whole that was named
    sums_up: bool = False  # a change that a look back ends with: `the decline is 4 percent`
    weak: bool = False  # dated by the day of the report alone

    @classmethod
    def of(cls, amount: Amount, offset: int, length: int) -> "Draft":
        """The number alone, of a sentence of `length` characters that begins at `offset`."""
        return cls(
            amount,
            offset + amount.start,
            offset + amount.end,
            (offset, offset + length),
            float(amount.value),
            amount.unit,
            qualifier=amount.qualifier,
            noun=amount.noun,
        )
