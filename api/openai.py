"""The OpenAI protocol: clients talk to Tally as to a model named `tally`; the Answer rides in `x_tally`."""

import json
import re
import secrets
import time
from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from sse_starlette import ServerSentEvent
from starlette.responses import JSONResponse, Response

from api.bodies import StrictRoute
from api.chat import FAULTS, answered
from api.fields import Day, Id, Short
from api.keys import AnyCaller, Caller
from api.problems import Fault, Problem
from api.state import Served
from api.streaming import EVENT_SCHEMA, closing, failing_last, stream
from assistant.answer import Answer
from assistant.service import Event

MODEL = "tally"
_LONGEST = 4000
_MOST_TURNS = 6  # each earlier question is answered first
_UNASKED = "What can you answer?"
_MARK = re.compile(r"\[(\d+)\]")

router = APIRouter(prefix="/v1", tags=["openai"], route_class=StrictRoute)


class Message(BaseModel):
    """A message as chat clients send it; only what people wrote is read."""

    role: str = Field(max_length=40)
    content: str | list[dict[str, Any]] | None = None

    def text(self) -> str:
        """The words, parts joined."""
        if isinstance(self.content, list):
            parts = [part.get("text") for part in self.content if part.get("type") in ("text", "input_text")]
            words = " ".join(part for part in parts if isinstance(part, str))
        else:
            words = self.content or ""
        return words.replace("\x00", "").strip()


class StreamOptions(BaseModel):
    include_usage: StrictBool | None = None


class CompletionRequest(BaseModel):
    """What is read of a completion request; parameters that other models have are ignored."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"model": MODEL, "messages": [{"role": "user", "content": "How many projects?"}]}]
        }
    )
    messages: list[Message] = Field(min_length=1, max_length=1000)
    model: str = Field(MODEL, max_length=200)
    stream: StrictBool | None = None
    stream_options: StreamOptions | None = None
    as_of: Day | None = None
    conversation_id: Id | None = None
    collection: Short | None = None

    def questions(self) -> list[str]:
        """What the user asked, oldest first; where nothing was asked, what Tally is for. Problem 422 on too much."""
        asked = [message.text() for message in self.messages if message.role == "user"]
        asked = [text for text in asked if text] or [_UNASKED]
        if len(asked[-1]) > _LONGEST:
            raise _unusable(f"the question has {len(asked[-1])} characters; ask in at most {_LONGEST}")
        return [text for text in asked[-_MOST_TURNS:] if len(text) <= _LONGEST]

    def arguments(self, caller: Caller) -> dict[str, Any]:
        """As the assistant takes them: earlier questions are the conversation, unless one is named."""
        *earlier, question = self.questions()
        return {
            "text": question,
            "as_of": self.as_of or date.today(),
            "conversation_id": self.conversation_id,
            "owner": caller.owner,
            "earlier": () if self.conversation_id else tuple(earlier),
            "collection": self.collection,
            "interpretation": None,
        }


class Completion(BaseModel):
    """A chat completion, and the Answer it is made from."""

    id: str
    object: str = "chat.completion"
    created: int
    model: str
    choices: list[dict[str, Any]]
    usage: dict[str, int]
    x_tally: Answer


class Model(BaseModel):
    id: str = MODEL
    object: str = "model"
    created: int = 1_700_000_000
    owned_by: str = MODEL


class ModelList(BaseModel):
    object: str = "list"
    data: list[Model]


_CHUNKS = {
    "description": "The completion; or chunks of it, ended by `[DONE]`.",
    "content": {"text/event-stream": {"schema": EVENT_SCHEMA}},
}


@router.get("/models", operation_id="listModels", responses=FAULTS)
async def list_models(_: AnyCaller) -> ModelList:
    """The one model there is."""
    return ModelList(data=[Model()])


@router.get("/models/{model}", operation_id="getModel", responses=FAULTS)
async def get_model(model: Annotated[str, Path(max_length=200)], _: AnyCaller) -> Model:
    """The model `tally`."""
    if model != MODEL:
        raise Problem(404, f"model {model[:100]!r} is not known; the model is {MODEL!r}")
    return Model()


@router.post(
    "/chat/completions",
    operation_id="createChatCompletion",
    response_model=Completion,
    responses={**FAULTS, 200: _CHUNKS},
)
async def complete(body: CompletionRequest, request: Request, caller: AnyCaller, served: Served) -> Response:
    """Answer the last message of the user, as OpenAI's chat completions do."""
    arguments = body.arguments(caller)
    base = (served.settings.public_url or str(request.base_url)).rstrip("/")
    if body.stream:
        events = served.assistant.stream(**arguments)
        writer = _Writer(body, base)
        return stream(writer.chunks(failing_last(events, request.state.request_id)), served)
    answer = await answered(request, served, arguments)
    return _whole(body, answer, base)


class _Writer:
    """Writes the chunks of one completion."""

    def __init__(self, body: CompletionRequest, base: str) -> None:
        self._body, self._base = body, base
        self._head = {
            "id": f"chatcmpl-{secrets.token_hex(12)}",
            "object": "chat.completion.chunk",
            "created": int(time.time()),
            "model": body.model,
        }
        self._sent = ""

    async def chunks(self, events: AsyncIterator[Event]) -> AsyncIterator[ServerSentEvent]:
        """Role, text as it is verified, annotations and the Answer without text, the end, usage, `[DONE]`."""
        yield self._chunk({"role": "assistant", "content": ""})
        async with closing(events):
            async for event in events:
                if event.kind == "text":
                    yield self._text(
                        self._more(event.data["text"]) if event.data.get("replace") else event.data["text"]
                    )
                elif event.kind == "error":
                    yield _data({"error": {"message": event.data["detail"], "type": "server_error", "code": None}})
                elif event.kind == "answer":
                    for chunk in self._end(Answer.model_validate(event.data)):
                        yield chunk
        yield ServerSentEvent("[DONE]", sep="\n")

    def _end(self, answer: Answer) -> list[ServerSentEvent]:
        content = content_of(answer)
        missing = self._more(content)
        chunks = [self._text(missing)] if missing.strip() else []
        if answer.citations:
            chunks.append(self._chunk({"annotations": annotations(answer, content, self._base)}))
        chunks.append(self._chunk({}, finish="stop", x_tally=answer.model_dump(mode="json")))
        if self._body.stream_options and self._body.stream_options.include_usage:
            chunks.append(_data({**self._head, "choices": [], "usage": _usage(self._body, content)}))
        return chunks

    def _more(self, whole: str) -> str:
        """What brings the text sent to the whole; nothing can be taken back, so another text comes under it."""
        return whole.removeprefix(self._sent) if whole.startswith(self._sent) else f"\n\n{whole}"

    def _text(self, text: str) -> ServerSentEvent:
        self._sent += text
        return self._chunk({"content": text})

    def _chunk(self, delta: dict[str, Any], finish: str | None = None, **more: Any) -> ServerSentEvent:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _data({**self._head, "choices": [choice], **more})


def content_of(answer: Answer) -> str:
    """The text, and the choices under a question that is asked back."""
    return "\n".join([answer.text, *(f"- {option}" for option in answer.options)])


def annotations(answer: Answer, content: str, base: str) -> list[dict[str, Any]]:
    """`url_citation` for each mark `[n]` of the text; a citation that no mark stands for spans the text."""
    known = {citation.n: citation for citation in answer.citations}
    marks = [(int(m[1]), m.start(), m.end()) for m in _MARK.finditer(content) if int(m[1]) in known]
    marks += [(n, 0, len(content)) for n in known if n not in {mark[0] for mark in marks}]
    return [
        {
            "type": "url_citation",
            "url_citation": {
                "start_index": start,
                "end_index": end,
                "title": known[n].title,
                "url": known[n].url or f"{base}/v1/notices/{known[n].notice_id}",
            },
        }
        for n, start, end in marks
    ]


def _whole(body: CompletionRequest, answer: Answer, base: str) -> Response:
    content = content_of(answer)
    message = {
        "role": "assistant",
        "content": content,
        "refusal": None,
        "annotations": annotations(answer, content, base),
    }
    document = Completion(
        id=f"chatcmpl-{secrets.token_hex(12)}",
        created=int(time.time()),
        model=body.model,
        choices=[{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        usage=_usage(body, content),
        x_tally=answer,
    )
    return JSONResponse(document.model_dump(mode="json"))


def _usage(body: CompletionRequest, content: str) -> dict[str, int]:
    """Tokens at four characters each: an estimate, for clients that will have a number."""
    prompt = sum(_tokens(message.text()) for message in body.messages)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": _tokens(content),
        "total_tokens": prompt + _tokens(content),
    }


def _tokens(text: str) -> int:
    return -(-len(text) // 4)


def _data(document: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(document, ensure_ascii=False), sep="\n")


def _unusable(remedy: str) -> Problem:
    return Problem(422, remedy, code="invalid", errors=[Fault(field="body.messages", value="", remedy=remedy)])
