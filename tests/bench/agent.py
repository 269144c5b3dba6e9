"""What our answer costs beside a bare `create_agent` with the same two tool calls, and where the rest goes.

The model is instant: the embedded planner behind its adapter, with a plan made beforehand. Import times are those of
fresh processes.
"""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

ROUNDS = 200
QUESTION = "How many projects landed in Harbour in 2031?"


def main() -> None:
    """Print medians in milliseconds, the ratio, and the parts."""
    for name in ("assistant.service", "assistant.prompted"):
        print(f"import {name}: {_import_seconds(name):.2f} s")
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(_measure(Path(home)))


def _import_seconds(name: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {name}"], check=True)
    return time.perf_counter() - began


async def _measure(home: Path) -> None:
    from langchain.agents import create_agent
    from langchain_core.messages import HumanMessage

    from assistant import agent, answering, composing, gate
    from assistant.event import unheard
    from assistant.models import EmbeddedModel, current_plan
    from assistant.question import Question
    from assistant.service import Assistant
    from assistant.settings import Settings
    from assistant.tools import TOOLS
    from assistant.understanding import planner
    from assistant.understanding.plan import Plan, ToolCall
    from tests.assistant.shelf import harbour

    shelf, question = harbour(home), Question(QUESTION, date(2032, 6, 1))
    ids = [figure.figure_id for figure in shelf.figures()]
    plan = Plan(
        "difference", "answered", "{C1:abs} fewer landed than were added in 2031: {F1} of {F2}.",
        (ToolCall("find_figures", {"figure_ids": [ids[5], ids[0]]}), ToolCall("calculate", {"expression": "F1 - F2"})),
    )  # fmt: skip

    def find_figures(figure_ids: list[str]) -> str:
        """Figures by id."""
        return "F1 | 9,241 projects"

    def calculate(expression: str) -> str:
        """A number from figures."""
        return "C1 | 4,759 projects"

    bare = create_agent(EmbeddedModel(), [find_figures, calculate], system_prompt="Answer.")
    ours = agent.build(EmbeddedModel(), tuple(TOOLS))
    direct = Assistant(shelf, Settings(openai_api_key=None, openai_base_url=None))

    async def run_bare() -> None:
        current_plan.set(plan)
        await bare.ainvoke({"messages": [HumanMessage(QUESTION)]})

    async def run_loop() -> None:
        toolbox = answering.toolbox_for(question, shelf)
        await agent.replay(ours, plan, question, toolbox, unheard)

    async def run_agent() -> None:
        toolbox = answering.toolbox_for(question, shelf)
        await agent.replay(ours, plan, question, toolbox, unheard)
        answering.composed(plan, toolbox, question)

    async def run_plain() -> None:
        toolbox = answering.toolbox_for(question, shelf)
        answering.perform(plan, toolbox, unheard)
        answering.composed(plan, toolbox, question)

    done = answering.toolbox_for(question, shelf)
    answering.perform(plan, done, unheard)

    async def run_gate() -> None:
        gate.whole(plan.draft, gate.of(done, question, "en"))

    async def run_compose() -> None:
        composing.compose(plan, done, question)

    async def run_planner() -> None:
        planner.plan(question, shelf)

    async def run_ask() -> None:
        await direct.ask(QUESTION, as_of=date(2032, 6, 1))

    base = await _median("bare create_agent, two tool calls", run_bare)
    whole = await _median("our agent, gate and Answer, same calls", run_agent)
    print(f"  ratio {whole / base:.2f}")
    await _median("  of it: the agent with our guard and tools", run_loop)
    await _median("  of it: the gate, as for a model's draft", run_gate)
    await _median("  of it: composing", run_compose)
    await _median("the same plan without a framework", run_plain)
    await _median("the planner alone", run_planner)
    await _median("Assistant.ask, no key, kept in the store", run_ask)
    await direct.close()


async def _median(name: str, work: Callable[[], Awaitable[Any]]) -> float:
    """The median of one piece of work in milliseconds, printed with its 99th percentile."""
    spent = []
    for number in range(ROUNDS + 10):
        began = time.perf_counter()
        await work()
        if number >= 10:
            spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    print(f"{name}: {statistics.median(spent):.2f} ms, p99 {spent[int(ROUNDS * 0.99) - 1]:.2f} ms")
    return statistics.median(spent)


if __name__ == "__main__":
    main()
