"""The chat model that readers of sources ask where they give up: one request, one reply, bounded in time."""

import asyncio
import base64
from typing import Any

from assistant.settings import Settings
from knowledge.errors import ModelError

MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError)  # what clients raise on a body of no protocol
SECONDS = 120.0  # for one reply; a page of small print takes long


class SourceModel:
    """A `knowledge.sources.model.Model` over an OpenAI-compatible endpoint. Pictures go in as data addresses."""

    def __init__(self, name: str, settings: Settings, seconds: float = SECONDS) -> None:
        self._name, self._seconds = name, seconds
        self._settings = settings.model_copy(update={"model": name, "budget_seconds": seconds})

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name

    def ask(self, prompt: str, picture: bytes = b"") -> str:
        """The reply. ModelError where there is none in time, or not a whole one."""
        return asyncio.run(self._ask(prompt, picture))

    async def _ask(self, prompt: str, picture: bytes) -> str:
        # Imported on first use: the frameworks take seconds to import.
        import httpx2
        from langchain_core.messages import HumanMessage
        from openai import OpenAIError

        from assistant import models

        parts: list[str | dict[str, Any]] = [{"type": "text", "text": prompt}]
        if picture:
            address = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
            parts.append({"type": "image_url", "image_url": {"url": address}})
        async with httpx2.AsyncClient(timeout=self._seconds) as client:
            chat = models.chat(self._settings, client)
            try:
                async with asyncio.timeout(self._seconds):
                    reply = await chat.ainvoke([HumanMessage(parts)])
            except TimeoutError:
                raise ModelError(f"it gave no answer within {self._seconds:g} s") from None
            except (OpenAIError, httpx2.HTTPError, *MALFORMED) as error:
                raise ModelError(f"it could not be asked ({type(error).__name__})") from error
        return _whole(reply)


def _whole(reply: Any) -> str:
    """The text of a reply. ModelError where it was refused, cut off, or empty."""
    if reply.additional_kwargs.get("refusal"):
        raise ModelError("it refused")
    if reply.response_metadata.get("finish_reason") == "length":
        raise ModelError("its reply was cut off")
    text: str = reply.text
    if not text.strip():
        raise ModelError("its reply is empty")
    return text
