"""Tally as an MCP server: `ask` and the agent's tools with structured output, notices as resources; HTTP and stdio."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import Resource, ToolAnnotations
from pydantic import BaseModel, Field
from starlette.types import Receive, Scope, Send

from api.keys import Caller
from api.problems import Problem, refuse
from assistant import charts
from assistant.answer import Answer
from assistant.service import Assistant
from assistant.tools import Toolbox
from knowledge.errors import NotFound, TallyError

_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_INSTRUCTIONS = (
    "Tally answers questions about investment statistics from published notices. Use `ask` for a question in words: "
    "its numbers are verified and cited. The other tools find the published figures and compute with them by their ids."
)

Id = Annotated[str, Field(max_length=100)]
Ids = Annotated[list[Id], Field(min_length=1, max_length=40)]
Words = Annotated[str, Field(max_length=400)]


class Figures(BaseModel):
    """Published figures; `figure_id` names one to the other tools."""

    figures: list[dict[str, Any]]


class Found(BaseModel):
    """A passage and the notice it stands in."""

    notice_id: str
    title: str
    published: date | None
    url: str | None
    start: int
    end: int
    text: str


class Passages(BaseModel):
    passages: list[Found]


class Computed(BaseModel):
    """A number computed from published figures, with what their rounding allows."""

    value: float
    unit: str
    interval: tuple[float, float]
    qualifier: str
    formula: str


class Drawn(BaseModel):
    chart: dict[str, Any] = Field(description="Vega-Lite")
    alt: str


class TallyMCP(MCPServer[Any]):  # type: ignore[misc]  # mypy does not follow mcp
    """The server; its notices are listed as they are when asked."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__("tally", title="Tally", instructions=_INSTRUCTIONS, log_level="WARNING")
        self.assistant = assistant

    async def list_resources(self) -> list[Resource]:
        """Every notice."""
        notices = await asyncio.to_thread(self.assistant.library.notices)
        return [
            Resource(
                uri=f"tally://notices/{n.notice_id}",
                name=n.title,
                description=n.url or n.source,
                mime_type="text/plain",
            )
            for n in notices
        ]


def server(assistant: Assistant) -> TallyMCP:
    """An MCP server over one assistant."""
    served = TallyMCP(assistant)
    tools = Tools(assistant)
    for tool in (tools.ask, tools.find_figures, tools.search_notices, tools.calculate, tools.draw_chart):
        served.add_tool(tool, annotations=_READS)
    served.resource("tally://notices/{notice_id}", name="notice", mime_type="text/plain")(tools.notice)
    return served


class Tools:
    """The tools, each a thin face of what the agent itself uses."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant, self._library = assistant, assistant.library

    async def ask(
        self,
        question: Annotated[str, Field(min_length=1, max_length=4000)],
        context: Context[Any, Any],
        conversation_id: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9._:-]{1,100}$")] = None,
        as_of: date | None = None,
    ) -> Answer:
        """Answer a question about investment statistics: verified numbers with citations, or an honest refusal.

        Follow up by passing the answer's conversation_id. `as_of` is the day that "last year" counts from."""
        try:
            return await self._assistant.ask(
                question, as_of=as_of or date.today(), conversation_id=conversation_id, owner=_owner(context)
            )
        except TallyError as error:
            raise ToolError(str(error)) from None

    async def find_figures(
        self,
        text: Words = "",
        indicator: Words | None = None,
        ref_area: Words | None = None,
        time_period: Annotated[str | None, Field(description="2023, 2023-Q1, 2024-04, to 2023-04-30")] = None,
        scenario: Literal["actual", "target", "forecast"] | None = None,
        unit: Words | None = None,
        limit: Annotated[int, Field(ge=1, le=40)] = 12,
    ) -> Figures:
        """Published figures by what they measure, where, when; each with the sentence that published it."""
        wanted = {"text": text or None, "indicator": indicator, "ref_area": ref_area, "time_period": time_period}
        arguments = {**wanted, "scenario": scenario, "unit": unit, "limit": limit}
        toolbox = await self._run(lambda box: box.call("find_figures", arguments))
        return Figures(figures=[figure.as_row() for figure in toolbox.evidence.figures.values()])

    async def search_notices(
        self,
        query: Words,
        published_after: date | None = None,
        published_before: date | None = None,
        limit: Annotated[int, Field(ge=1, le=12)] = 5,
    ) -> Passages:
        """Passages of notices by words and meaning, for what is said rather than counted."""
        hits = await asyncio.to_thread(
            self._library.search,
            query,
            limit=limit,
            published_after=published_after,
            published_before=published_before,
        )
        return Passages(
            passages=[
                Found(
                    notice_id=hit.notice.notice_id,
                    title=hit.notice.title,
                    published=hit.notice.published,
                    url=hit.notice.url,
                    start=hit.passage.start,
                    end=hit.passage.end,
                    text=hit.passage.text,
                )
                for hit in hits
            ]
        )

    async def calculate(self, expression: Words, figure_ids: Ids, unit: Words | None = None) -> Computed:
        """Compute with published figures: F1, F2, ... in the expression are figure_ids in order.

        + - * / **, sum, mean, min, max, share(part, whole), growth(new, old), cagr(new, old, years)."""

        def compute(box: Toolbox) -> None:
            box.call("find_figures", {"figure_ids": figure_ids})
            box.call("calculate", {"expression": expression, "unit": unit})

        (made,) = (await self._run(compute)).evidence.derivations.values()
        return Computed(
            value=float(made.value),
            unit=made.unit,
            interval=(float(made.low), float(made.high)),
            qualifier=made.qualifier,
            formula=made.formula,
        )

    async def draw_chart(self, figure_ids: Ids, kind: Literal["bar", "line", "share"] | None = None) -> Drawn:
        """A Vega-Lite chart of published figures of one unit, with a text that says the same."""

        def draw(box: Toolbox) -> None:
            box.call("find_figures", {"figure_ids": figure_ids})
            box.call("draw_chart", {"handles": list(box.evidence.figures), "kind": kind})

        toolbox = await self._run(draw)
        chart, alt = charts.draw(tuple(toolbox.evidence.figures), kind, toolbox.evidence, "en")
        if chart is None:
            raise ToolError("these figures make no chart; choose figures of one unit")
        return Drawn(chart=chart, alt=alt or "")

    async def notice(self, notice_id: str) -> str:
        """A notice: title, date and address, then its text."""
        try:
            notice = await asyncio.to_thread(self._library.notice, notice_id)
        except NotFound as error:
            raise ResourceNotFoundError(str(error)) from None
        head = [notice.title, str(notice.published or ""), notice.url or notice.source]
        return "\n".join([*(line for line in head if line), "", notice.text])

    async def _run(self, work: Callable[[Toolbox], Any]) -> Toolbox:
        """A toolbox after its work. ToolError says what to put right."""
        toolbox = Toolbox(self._library)
        try:
            await asyncio.to_thread(work, toolbox)
        except TallyError as error:
            raise ToolError(str(error)) from None
        return toolbox


class Endpoint:
    """`/mcp`: lets in whom the API lets in, and hands over to the server of the running lifespan."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        caller = scope["state"]["caller"]
        if isinstance(caller, Problem):
            return await refuse(caller, scope, receive, send)
        await scope["app"].state.mcp.session_manager.handle_request(scope, receive, send)
        return None


def over_http(assistant: Assistant, hosts: tuple[str, ...], origins: tuple[str, ...]) -> TallyMCP:
    """A server for `/mcp`; the caller runs its `session_manager`. No session is kept between requests."""
    served = server(assistant)
    own = [f"{scheme}://{host}" for scheme in ("http", "https") for host in map(_bracketed, hosts)]
    served.streamable_http_app(
        stateless_http=True,
        json_response=True,
        transport_security=TransportSecuritySettings(
            enable_dns_rebinding_protection="*" not in hosts,
            allowed_hosts=[form for host in map(_bracketed, hosts) for form in (host, f"{host}:*")],
            allowed_origins=[*origins, *own, *(f"{origin}:*" for origin in own)],
        ),
    )
    return served


def _owner(context: Context[Any, Any]) -> str:
    """Whose conversation it is; over stdio, the machine's own user."""
    request = context.request_context.request
    caller = getattr(getattr(request, "state", None), "caller", None)
    return caller.owner if isinstance(caller, Caller) else "local"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
