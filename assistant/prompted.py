"""Answers by a chat model, the planner beside it: a twin that may disagree, a stand-in when the model fails."""

import asyncio
import time
from dataclasses import replace
from typing import Any

import httpx2
import structlog

from assistant import agent, answering, composing, intervals, models
from assistant.agent import AgentFailed
from assistant.answer import Answer
from assistant.breaker import Breaker
from assistant.event import Event, Report, unheard
from assistant.models import EMBEDDED, EmbeddedModel
from assistant.question import Question
from assistant.rendering import amount
from assistant.settings import Settings
from assistant.tools import TOOLS
from assistant.understanding import planner
from assistant.understanding.plan import Plan
from assistant.understanding.reading import language_of
from assistant.wording.notes import note
from knowledge.errors import ModelError
from knowledge.known import Known

log = structlog.get_logger("tally.assistant")
SAME = 0.005  # relative difference up to which two headlines are the same number


class Prompted:
    """One chat model for every question; the compiled agent is built once and reused."""

    def __init__(self, settings: Settings) -> None:
        self.name, self.settings = settings.model, settings
        self.breaker = Breaker(time.monotonic)
        self._client = httpx2.AsyncClient(timeout=settings.budget_seconds)
        self._agent = agent.build(models.chat(settings, self._client))

    async def close(self) -> None:
        """Close the connections to the model."""
        await self._client.aclose()

    async def answer(self, question: Question, library: Known, report: Report) -> Answer:
        """The model's answer where it holds, else the planner's; never later than the budget and the planner's time."""
        twin = asyncio.ensure_future(asyncio.to_thread(answering.planned, question, library, unheard))
        try:
            found = await self._drafted(question, library, report)
            return self._reconciled(found, await twin)
        except AgentFailed as error:
            log.warning("the planner answers instead of the model", reason=str(error), model=self.name)
            answer = await twin
            report(Event("text", {"text": answer.text, "replace": True}))
            return answer
        finally:
            if not twin.done():
                twin.cancel()

    async def _drafted(self, question: Question, library: Known, report: Report) -> Answer:
        """The model's checked answer. AgentFailed where there is none in time."""
        if not self.breaker.allows():
            raise AgentFailed("the model is being spared after failures in a row")
        told = self.breaker.left
        try:
            async with asyncio.timeout(self.settings.budget_seconds):
                answer = await self._composed(question, library, report)
            told = self.breaker.worked
            return answer
        except TimeoutError:
            told = self.breaker.failed
            raise AgentFailed(f"no answer within {self.settings.budget_seconds} s") from None
        except AgentFailed as error:
            told = self.breaker.worked if error.reachable else self.breaker.failed
            raise
        finally:
            told()

    async def _composed(self, question: Question, library: Known, report: Report) -> Answer:
        toolbox = answering.toolbox_for(question, library)
        language = language_of(question.text)
        try:
            plan = await agent.draft(self._agent, question, toolbox, language, report, self.settings.tool_calls)
            plan = replace(plan, interpretation=_interpretation(plan, toolbox.evidence.figures))
            return composing.compose(plan, toolbox, question, f"openai:{self.name}")
        except ModelError as error:
            raise AgentFailed(str(error)) from error

    def _reconciled(self, answer: Answer, twin: Answer) -> Answer:
        """The model's answer, with what the planner's reading says otherwise."""
        if not _differ(answer, twin):
            return answer
        log.warning("two readings differ", model=_number(answer), planner=_number(twin), question=answer.question)
        other = note("disagreement", answer.language, label="the planner", number=_number(twin))
        if self.settings.disagreement == "abstain":
            both = note("disagreement", answer.language, label=self.name, number=_number(answer))
            return twin.model_copy(
                update={
                    "status": "refused",
                    "value": None,
                    "text": note("unverified", answer.language),
                    "warnings": [both, other],
                }
            )
        return answer.model_copy(update={"warnings": [*answer.warnings, other]})


class Replayed:
    """The planner's own plan, replayed through the agent: the same answer by the longer way."""

    breaker = Breaker(time.monotonic)

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._agent = agent.build(EmbeddedModel(), tuple(TOOLS))

    async def close(self) -> None:
        """Nothing is open."""

    async def answer(self, question: Question, library: Known, report: Report) -> Answer:
        """The planner's answer; refused where its draft does not hold."""
        plan = await asyncio.to_thread(planner.plan, question, library)
        toolbox = answering.toolbox_for(question, library)
        try:
            await agent.replay(self._agent, plan, question, toolbox, report)
            answer = answering.composed(plan, toolbox, question)
        except (AgentFailed, ModelError) as error:
            log.error("the planner's draft does not hold", operation=plan.operation, reason=str(error))
            answer = answering.unverified(question, library, plan.language)
        report(Event("text", {"text": answer.text}))
        return answer


def build(settings: Settings) -> Prompted | Replayed:
    """What the settings ask for: the model of an endpoint, or the planner through the agent."""
    if settings.model == EMBEDDED:
        return Replayed(settings)
    return Prompted(settings)


def _differ(one: Answer, two: Answer) -> bool:
    """Whether both have a number for a headline, and not the same."""
    if one.status != "answered" or two.status != "answered" or one.value is None or two.value is None:
        return False
    first, second = one.value.value, two.value.value
    if isinstance(first, bool) or isinstance(second, bool):
        return first is not second and isinstance(first, bool) and isinstance(second, bool)
    return abs(abs(first) - abs(second)) > SAME * max(abs(first), abs(second))


def _number(answer: Answer) -> str:
    """An answer's headline in words."""
    value = answer.value
    if value is None or isinstance(value.value, bool):
        return str(value.value if value else None)
    figures = {row["value"]: row["published_as"] for row in answer.figures if row["unit"] == value.unit}
    return amount(
        intervals.exact(value.value),
        value.unit,
        qualifier=value.qualifier,
        language=answer.language,
        token=figures.get(value.value),
    )


def _interpretation(plan: Plan, figures: dict[str, Any]) -> dict[str, Any]:
    """What the answer turned out to be about, from the headline's figure."""
    first = next(iter(figures.values()), None)
    if first is None or plan.status != "answered":
        return {}
    return {
        "indicator": first.indicator,
        "time_period": first.time_period,
        "scenario": str(first.scenario),
        "unit": first.unit,
    }
