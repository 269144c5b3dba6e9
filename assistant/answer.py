"""The Answer document: the one thing that every surface renders. Its keys are a contract."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Value(BaseModel):
    """A headline number in base units."""

    model_config = ConfigDict(frozen=True)
    value: float | bool
    unit: str
    qualifier: str = "exact"
    text: str = ""  # in words, as the answer's text prints it: "over 60 percent"


class Citation(BaseModel):
    """Where a number or a statement was published; `text[start:end] == quote` in the notice."""

    model_config = ConfigDict(frozen=True)
    n: int
    notice_id: str
    source: str
    title: str
    published: str | None
    url: str | None
    quote: str
    start: int
    end: int


class DerivationRow(BaseModel):
    """A computed number: plain arithmetic over handles, so that anybody can do it again."""

    model_config = ConfigDict(frozen=True)
    handle: str
    expression: str  # "F1 - F2"
    operands: list[str]
    value: float
    unit: str
    qualifier: str = "exact"
    interval: tuple[float, float] | None = None  # what the published rounding allows
    formula: str  # in words: "11,000 projects - 7,700 projects"
    text: str = ""  # the result in words, with the digits that the interval supports


class Table(BaseModel):
    model_config = ConfigDict(frozen=True)
    columns: list[str]
    rows: list[list[Any]]


class Answer(BaseModel):
    """See the README for a worked example."""

    model_config = ConfigDict(frozen=True)
    answer_id: str
    conversation_id: str | None = None
    question: str = ""
    status: Literal["answered", "refused", "clarify"]
    text: str
    language: str = "en"
    value: Value | None = None
    figures: list[dict[str, Any]] = Field(default_factory=list)  # Figure.as_row() + handle, citation
    derivations: list[DerivationRow] = Field(default_factory=list)
    citations: list[Citation] = Field(default_factory=list)
    table: Table | None = None
    chart: dict[str, Any] | None = None  # Vega-Lite
    chart_alt: str | None = None
    interpretation: dict[str, Any] = Field(default_factory=dict)
    suggestions: list[str] = Field(default_factory=list)
    options: list[str] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
    answered_by: str = "embedded"
    elapsed_ms: float = 0.0
