"""A reading of a question as a value: which figures, what to do with them, how well it explains the words."""

from dataclasses import dataclass, field

from assistant.understanding.figure_index import Entry
from assistant.understanding.plan import Status


@dataclass(frozen=True, slots=True)
class Candidate:
    """One complete reading. Entries are named F1, F2, ... in order, asked numbers Q1, ..., expressions C1, ...

    `message` is a key of the wording tables; `parts` fill it and may hold slots.
    """

    operation: str
    score: float
    entries: tuple[Entry, ...] = ()
    message: str = "lookup"
    lead: str = ""  # said in front of the message: "yes", "no", "not_so"
    expressions: tuple[tuple[str, str | None], ...] = ()  # (expression, unit or None)
    asked: tuple[tuple[str, str, str], ...] = ()  # (value, unit, text)
    passages: tuple[tuple[str, int, int], ...] = ()  # (notice_id, start, end) -> P1, ...
    headline: str | None = None
    truth: bool | None = None
    parts: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    coverage: float = 1.0
    table: tuple[tuple[str, ...], ...] = ()
    chart: bool = False
    remarks: tuple[tuple[str, dict[str, str]], ...] = ()  # further sentences: (message, parts)
    status: Status = "answered"
    options: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    subject: Entry | None = None  # the one thing among others that the question names
    told: bool = False  # the question names the cell of a table: there is nothing to ask back
