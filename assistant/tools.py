"""The closed set of tools: plain functions over one Library that turn arguments into handles.

The agent, the MCP endpoint and the planner's script all call the same functions; no tool runs code, opens a
socket or writes a file. Results are compact rows, bounded in number and length.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant import calculator, finding, rendering
from assistant.evidence import Asked, Evidence
from assistant.understanding.plan import ToolCall
from knowledge.errors import ModelError, NotFound
from knowledge.figure import Figure
from knowledge.known import Known
from knowledge.notice import Notice, Passage

MAX_ROWS = 40
MAX_PASSAGE = 900
MAX_RESULT = 6_000
SPAN_ID = re.compile(r"(.+):(\d+):(\d+)")

Text = Annotated[str, Field(max_length=400)]
Name = Annotated[str, Field(max_length=200)]


class Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FindFigures(Arguments):
    """Published figures as handles F1, F2, ... with value, indicator, area, period, scenario.
    Give what you know, e.g. indicator="new projects", ref_area="Beijing", time_period="2023"."""

    indicator: Name | None = Field(None, description="what is measured: a code or words")
    text: Text | None = Field(None, description="words to look for in label and sentence")
    ref_area: Name | None = None
    time_period: Name | None = Field(
        None, description="2023, 2023-H1, 2023-Q1, 2024-04, 2021-01/2021-05, to 2023-04-30"
    )
    scenario: Literal["actual", "target", "forecast"] | None = None
    unit: Name | None = Field(None, description="CNY, USD, percent, percentage points, projects, ...")
    change_kind: Name | None = Field(None, description="level, yoy_growth, share, difference, cumulative, rank")
    dimensions: dict[Name, Name] | None = Field(None, description='e.g. {"ownership": "foreign-funded"}')
    limit: int = Field(12, ge=1, le=MAX_ROWS)
    figure_ids: tuple[Name, ...] | None = Field(None, max_length=MAX_ROWS, description="exactly these, in this order")


class SearchNotices(Arguments):
    """Passages of notices as handles P1, P2, ... by words and meaning, for what is said rather than counted."""

    query: Text = ""
    published_after: date | None = None
    published_before: date | None = None
    limit: int = Field(5, ge=1, le=12)
    passage_ids: tuple[Name, ...] | None = Field(
        None, max_length=MAX_ROWS, description="exactly these; notice_id:start:end is a stretch of its own"
    )


class Calculate(Arguments):
    """A number computed from handles, as C1, C2, ...: + - * / **, sum, mean, min, max, rank, share(part, whole),
    growth(new, old), cagr(new, old, years), convert(amount, twin, twin in the other currency).
    Examples: "F1 - F2", "share(F3, F1)", "F1 / (1 + F2 / 100)". Literals: 1, 100 and counts up to 12 only."""

    expression: Text
    unit: Name | None = Field(None, description='"percent" for a ratio in percent')


class DrawChart(Arguments):
    """A chart of handles of one unit, beside the answer."""

    handles: tuple[Name, ...] = Field(min_length=1, max_length=MAX_ROWS)
    kind: Literal["bar", "line", "share"] | None = None


class Clarify(Arguments):
    """Ask back, once, when the question can mean several things. Ends the turn."""

    question: Text
    options: tuple[Name, ...] = Field(min_length=2, max_length=4)


class Refuse(Arguments):
    """Say that the notices do not tell, and name the nearest thing they do. Ends the turn."""

    reason: Text
    nearest: Text | None = None


class AskedNumber(Arguments):
    """A number that the asker wrote, as Q1, Q2, ...; `text` stands in the question."""

    value: Decimal
    unit: Name = ""
    text: Name


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that was asked for."""

    handles: tuple[str, ...]
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """A turn ended by clarify or refuse."""

    status: Literal["clarify", "refused"]
    text: str
    options: tuple[str, ...] = ()
    nearest: str = ""


@dataclass(slots=True)
class Toolbox:
    """The tools of one question; `evidence`, `chart` and `ending` fill while they are called."""

    library: Known
    collection: str | None = None
    asker_text: str = ""  # the question and the turns before it: where the asker's numbers stand
    evidence: Evidence = field(default_factory=Evidence)
    chart: Chart | None = None
    ending: Ending | None = None

    def call(self, name: str, args: dict[str, Any]) -> str:
        """The tool's result as text for the model. ModelError says what to put right."""
        if name not in TOOLS:
            raise ModelError(f"{name!r} is no tool; tools are {', '.join(TOOLS)}")
        schema, function = TOOLS[name]
        try:
            given = schema.model_validate(args)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or name
            raise ModelError(f"{name}: {where}: {first['msg']}; it takes {', '.join(schema.model_fields)}") from None
        return function(self, given)[:MAX_RESULT]

    def find_figures(self, given: FindFigures) -> str:
        figures = self.library.figures(self.collection)
        if given.figure_ids is not None:
            found = _chosen(figures, given.figure_ids)
        else:
            found = finding.find(
                figures, finding.Wanted(**given.model_dump(exclude={"limit", "figure_ids"})), given.limit
            )
        if not found:
            return f"no figure matches; {finding.nearest(figures, given.indicator or given.text or '')}"
        return "\n".join(self._row(self.evidence.add_figure(figure), figure) for figure in found)

    def search_notices(self, given: SearchNotices) -> str:
        if given.passage_ids is not None:
            pairs = [self._passage(passage_id) for passage_id in given.passage_ids]
        else:
            hits = self.library.search(
                given.query,
                limit=given.limit,
                published_after=given.published_after,
                published_before=given.published_before,
                collection=self.collection,
            )
            pairs = [(hit.passage, hit.notice) for hit in hits]
        rows = (
            f"{self.evidence.add_passage(p)} | {n.title}, {n.published or 'undated'} | {p.text[:MAX_PASSAGE]}"
            for p, n in pairs
        )
        return "\n".join(rows) or "no passage matches"

    def calculate(self, given: Calculate) -> str:
        derivation = calculator.calculate(given.expression, self.evidence, given.unit)
        handle = self.evidence.add_derivation(derivation)
        return f"{handle} | {rendering.handle(handle, self.evidence, 'en')} | {derivation.formula}"

    def draw_chart(self, given: DrawChart) -> str:
        units = [calculator.operand(handle, self.evidence).unit for handle in given.handles]
        most = max(units, key=units.count)
        drawn = tuple(handle for handle, unit in zip(given.handles, units, strict=True) if unit == most)
        self.chart = Chart(drawn, given.kind)
        left = "" if len(drawn) == len(units) else f"; one chart has one unit, it shows {', '.join(drawn)} only"
        return f"the chart is shown beside the answer{left}"

    def clarify(self, given: Clarify) -> str:
        self.ending = Ending("clarify", given.question, given.options)
        return "asked"

    def refuse(self, given: Refuse) -> str:
        self.ending = Ending("refused", given.reason, nearest=given.nearest or "")
        return "refused"

    def asked(self, given: AskedNumber) -> str:
        if given.text.casefold() not in self.asker_text.casefold():
            raise ModelError(f"{given.text!r} does not stand in the question")
        if not given.value.is_finite():
            raise ModelError(f"{given.text!r} is no finite number")
        return f"{self.evidence.add_asked(Asked(given.value, given.unit, given.text))} | {given.text}"

    def _passage(self, passage_id: str) -> tuple[Passage, Notice]:
        found = SPAN_ID.fullmatch(passage_id)
        try:
            if found is None:
                raise NotFound(passage_id)
            notice = self.library.notice(found[1])
        except NotFound:
            return self._stored(passage_id)
        start, end = int(found[2]), int(found[3])
        if not 0 <= start < end <= len(notice.text):
            raise ModelError(f"{passage_id}: the notice has {len(notice.text)} characters")
        return Passage(passage_id, notice.notice_id, start, end, notice.text[start:end]), notice

    def _stored(self, passage_id: str) -> tuple[Passage, Notice]:
        for notice in self.library.notices(self.collection):
            for passage in self.library.passages(notice.notice_id):
                if passage.passage_id == passage_id:
                    return passage, notice
        raise ModelError(f"no passage {passage_id!r}; search_notices finds them")

    def _row(self, handle: str, figure: Figure) -> str:
        dimensions = ", ".join(f"{k}={v}" for k, v in figure.dimensions.items())
        cells = (
            handle,
            rendering.handle(handle, self.evidence, "en"),
            figure.label,
            figure.indicator,
            figure.ref_area,
            dimensions,
            figure.time_period,
            figure.scenario,
            figure.change_kind,
        )
        return " | ".join(str(cell)[:120] for cell in cells)


TOOLS: dict[str, tuple[type[Arguments], Callable[[Toolbox, Any], str]]] = {
    "find_figures": (FindFigures, Toolbox.find_figures),
    "search_notices": (SearchNotices, Toolbox.search_notices),
    "calculate": (Calculate, Toolbox.calculate),
    "draw_chart": (DrawChart, Toolbox.draw_chart),
    "clarify": (Clarify, Toolbox.clarify),
    "refuse": (Refuse, Toolbox.refuse),
    "asked": (AskedNumber, Toolbox.asked),
}
FOR_MODELS = tuple(name for name in TOOLS if name != "asked")


def run(calls: Iterable[ToolCall], toolbox: Toolbox) -> Evidence:
    """The evidence that a plan's calls make, in order and with no framework."""
    for call in calls:
        toolbox.call(call.name, call.args)
    return toolbox.evidence


def _chosen(figures: Iterable[Figure], wanted: tuple[str, ...]) -> list[Figure]:
    known = {figure.figure_id: figure for figure in figures}
    if missing := [figure_id for figure_id in wanted if figure_id not in known]:
        raise ModelError(f"no figure {missing[0]!r}; find_figures with words finds them")
    return [known[figure_id] for figure_id in wanted]
