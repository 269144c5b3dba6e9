"""A Plan: what a question was understood to ask, as a script of tool calls and a slotted draft.

A plan is a value: it can be printed, tested, replayed through the agent, or run with no framework at all.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["answered", "refused", "clarify"]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One call of a tool of `assistant.tools`, arguments as JSON values."""

    name: str
    args: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """The chosen reading of a question.

    `calls` run in order; `draft` names the handles they make. Slots of a draft:
    `{F1}` `{C1}` `{Q1}` value, unit and qualifier, then the citation mark; `{F1:abs}` the same without its sign;
    `{F1:bare}` without the mark; `{P1}` the mark alone, behind a verbatim quote of that passage.
    The first figure or derivation slot is the headline, unless `headline` says otherwise ("" for none).
    """

    operation: str
    status: Status
    draft: str
    calls: tuple[ToolCall, ...] = ()
    language: str = "en"
    headline: str | None = None
    truth: bool | None = None  # the headline of a yes/no answer that has no number
    interpretation: dict[str, Any] = field(default_factory=dict)
    table: tuple[tuple[str, ...], ...] = ()  # first row: column names; cells may hold slots
    suggestions: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    score: float = 0.0
    figure_ids: tuple[str, ...] = ()  # what it rests on, for goldens and for the twin reading
