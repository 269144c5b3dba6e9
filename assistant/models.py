"""The chat models of the agent: any OpenAI-compatible endpoint, or the embedded planner behind the same interface."""

from contextvars import ContextVar
from typing import Any

import httpx2
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.settings import Settings
from assistant.understanding.plan import Plan

EMBEDDED = "embedded"  # the name that asks for the planner
NO_KEY = SecretStr("none")  # local endpoints take any
current_plan: ContextVar[Plan] = ContextVar("current_plan")


def chat(settings: Settings, client: httpx2.AsyncClient) -> ChatOpenAI:
    """The model of the settings. It never retries: the agent does, once, within its budget.

    `client` carries the requests and is closed by whoever made it.
    """
    return ChatOpenAI(
        model=settings.model,
        api_key=settings.openai_api_key or NO_KEY,
        base_url=settings.openai_base_url,
        max_retries=0,
        timeout=settings.budget_seconds,
        stream_chunk_timeout=settings.budget_seconds,
        http_async_client=client,
    )


class EmbeddedModel(BaseChatModel):
    """The planner as a chat model: it emits its plan's tool calls, then the plan's draft.

    The plan is taken from `current_plan`, which the agent sets for each question.
    """

    @property
    def _llm_type(self) -> str:
        return EMBEDDED

    def bind_tools(self, tools: Any, **kwargs: Any) -> Runnable[Any, AIMessage]:
        """The planner knows its tools."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=reply(current_plan.get(), messages))])

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return self._generate(messages)


def reply(plan: Plan, messages: list[BaseMessage]) -> AIMessage:
    """The next message of a plan after these messages."""
    last = max((at for at, message in enumerate(messages) if isinstance(message, HumanMessage)), default=0)
    if plan.calls and not any(isinstance(message, ToolMessage) for message in messages[last:]):
        calls = [
            {"name": call.name, "args": call.args, "id": f"call_{number}", "type": "tool_call"}
            for number, call in enumerate(plan.calls, 1)
        ]
        return AIMessage("", tool_calls=calls)
    return AIMessage(plan.draft)
