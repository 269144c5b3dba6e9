"""The agent: LangChain's `create_agent` over a chat model and our tools, held to a budget and to the gate.

One middleware wraps both kinds of call. Tools run through `Toolbox.call` whatever the model writes, so that every path
validates alike; nothing a model sends is executed in any other way.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, cast

import httpx2
import openai
import structlog
from langchain.agents import create_agent
from langchain.agents.middleware.types import AgentMiddleware, AgentState, ModelRequest, ModelResponse
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, AnyMessage, HumanMessage, ToolMessage
from langchain_core.tools import StructuredTool
from langgraph.prebuilt.tool_node import ToolCallRequest

from assistant import answering, gate, prompts
from assistant.asked import register
from assistant.event import Event, Report, unheard
from assistant.gate import Grounds
from assistant.models import current_plan
from assistant.question import Question
from assistant.speaking import Speaker
from assistant.tools import FOR_MODELS, TOOLS, Toolbox
from assistant.understanding.plan import Plan
from knowledge.errors import ModelError

log = structlog.get_logger("tally.assistant")
ATTEMPTS = 2  # HTTP attempts of one answer's failing call
REACH = (openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError, httpx2.HTTPError, TimeoutError)


class AgentFailed(Exception):
    """The model gave no answer that can be shown. `reachable` is false where the endpoint is at fault."""

    def __init__(self, reason: str, *, reachable: bool = True) -> None:
        super().__init__(reason)
        self.reachable = reachable


@dataclass(slots=True)
class Run:
    """One question's way through the agent."""

    question: Question
    toolbox: Toolbox
    language: str
    report: Report
    most_calls: int
    calls: int = 0
    rounds: int = 0
    retried: bool = False
    replayed: bool = False  # a plan of the planner's: it may call twice
    seen: set[str] = field(default_factory=set)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def grounds(self) -> Grounds:
        """What a draft may lean on by now."""
        return gate.of(self.toolbox, self.question, self.language, prompts.prompt("system"))


class Guard(AgentMiddleware[AgentState[Any], Run, Any]):
    """Counts, retries once, runs the tools, and ends the turn after clarify or refuse."""

    async def awrap_model_call(
        self, request: ModelRequest[Run], handler: Callable[[ModelRequest[Run]], Awaitable[ModelResponse[Any]]]
    ) -> ModelResponse[Any]:
        run = request.runtime.context
        if run.toolbox.ending:
            return ModelResponse(result=[AIMessage("")])
        run.rounds += 1
        if run.rounds > run.most_calls + 3:
            raise AgentFailed(f"the model asked {run.rounds} times without an answer")
        try:
            return await handler(request)
        except REACH as error:
            if run.retried:
                raise
            run.retried = True
            log.info("the model is asked again", reason=type(error).__name__)
            return await handler(request)

    async def awrap_tool_call(
        self, request: ToolCallRequest, handler: Callable[[ToolCallRequest], Awaitable[Any]]
    ) -> ToolMessage:
        run: Run = cast(Any, request.runtime).context
        call = request.tool_call
        async with run.lock:
            return await _called(run, call["name"], call["args"], call["id"] or "")


async def _called(run: Run, name: str, args: dict[str, Any], call_id: str) -> ToolMessage:
    """The tool's result, or what to put right, as a message. AgentFailed on loops."""
    run.calls += 1
    if run.calls > run.most_calls:
        raise AgentFailed(f"more than {run.most_calls} tool calls")
    key = f"{name} {json.dumps(args, sort_keys=True, default=str)}"
    if key in run.seen and not run.replayed:
        raise AgentFailed(f"{name} called again with the same arguments")
    run.seen.add(key)
    if words := answering.step(name, args):
        run.report(Event("step", {"text": words}))
    try:
        if name == "search_notices":  # embeds and ranks; the others are quicker than a thread
            content = await asyncio.to_thread(run.toolbox.call, name, args)
        else:
            content = run.toolbox.call(name, args)
    except ModelError as error:
        return ToolMessage(str(error), tool_call_id=call_id, name=name, status="error")
    return ToolMessage(content, tool_call_id=call_id, name=name)


def _unrun(**_: Any) -> str:
    raise AssertionError("tools run in the guard")


def build(model: BaseChatModel, names: tuple[str, ...] = FOR_MODELS) -> Any:
    """The compiled agent of a model; built once, used by every question."""
    tools = [
        StructuredTool(name=name, description=TOOLS[name][0].__doc__ or name, args_schema=TOOLS[name][0], func=_unrun)
        for name in names
    ]
    return create_agent(model, tools, system_prompt=prompts.prompt("system"), middleware=[Guard()], context_schema=Run)


async def draft(
    agent: Any, question: Question, toolbox: Toolbox, language: str, report: Report, most_calls: int
) -> Plan:
    """The model's checked answer as a plan whose calls have been run. AgentFailed where there is none."""
    run, fault = Run(question, toolbox, language, report, most_calls), ""
    messages = opening(question, toolbox, language)
    try:
        for _ in range(2):
            messages, speaker = await _round(agent, messages, run)
            if toolbox.ending:
                return _ended(run)
            text = _text(messages[-1])
            fault = gate.whole(text, run.grounds()) or ""
            if not fault:
                speaker.finish(text)
                return Plan("model", "answered", text, language=language)
            log.info("the model's draft is sent back", reason=fault)
            messages = [*messages, HumanMessage(prompts.prompt("correction").replace("{reason}", fault))]
    except REACH as error:
        raise AgentFailed(f"the model cannot be reached: {type(error).__name__}", reachable=False) from error
    except openai.OpenAIError as error:
        raise AgentFailed(f"the model refused the request: {type(error).__name__}", reachable=False) from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise AgentFailed(f"the model's reply cannot be read: {type(error).__name__}: {error}") from error
    raise AgentFailed(f"the corrected draft does not hold either: {fault}")


async def replay(agent: Any, plan: Plan, question: Question, toolbox: Toolbox, report: Report) -> None:
    """Run a plan's calls through the agent, as a model would. AgentFailed where a call is refused."""
    run = Run(question, toolbox, plan.language, report, len(plan.calls), replayed=True)
    current_plan.set(plan)
    state = await agent.ainvoke({"messages": [HumanMessage(question.text)]}, context=run)
    faults = [m.text for m in state["messages"] if isinstance(m, ToolMessage) and m.status == "error"]
    if faults:
        raise AgentFailed(str(faults[0]))


def opening(question: Question, toolbox: Toolbox, language: str) -> list[AnyMessage]:
    """The conversation and the question as messages, with the asker's numbers as handles."""
    messages: list[AnyMessage] = []
    for turn in question.turns:
        messages.append(HumanMessage(turn.question))
        if turn.answer:
            messages.append(AIMessage(turn.answer.text))
    asked = register(question.text, language, toolbox)
    lines = [question.text, "", f"(Today is {question.as_of.isoformat()}.)"]
    lines += [f"({handle} is your handle for the asker's {number.text!r}.)" for handle, number in asked.items()]
    lines += [f"(The asker means {part}: {value}.)" for part, value in question.interpretation.items()]
    return [*messages, HumanMessage("\n".join(lines))]


async def _round(agent: Any, messages: list[AnyMessage], run: Run) -> tuple[list[AnyMessage], Speaker]:
    """One way through the agent; its text is spoken as far as it holds."""
    speaker = Speaker(run.grounds, run.toolbox, run.language, run.report)
    final = messages
    if run.report is unheard:
        state = await agent.ainvoke({"messages": messages}, context=run)
        return state["messages"], speaker
    async for mode, part in agent.astream({"messages": messages}, context=run, stream_mode=["messages", "values"]):
        if mode == "values":
            final = part["messages"]
        elif isinstance(part[0], AIMessageChunk):
            speaker.hear(part[0].text)
    return final, speaker


def _text(message: AnyMessage) -> str:
    return str(message.text).strip() if isinstance(message, AIMessage) else ""


def _ended(run: Run) -> Plan:
    """The plan of a turn that clarify or refuse ended. AgentFailed where its words do not hold."""
    ending = run.toolbox.ending
    assert ending is not None
    grounds = run.grounds()
    words = f"{ending.text} {ending.nearest}".strip()
    for part in (words, *ending.options):
        if fault := gate.check(part, grounds):
            raise AgentFailed(f"the words of {ending.status} do not hold: {fault}")
    return Plan("model", ending.status, words, language=run.language, options=ending.options)
