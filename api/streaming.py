"""Answers as server-sent events: numbered, with heartbeats; a client that goes away takes its answer with it."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import anyio
import structlog
from fastapi import Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from api import problems
from api.state import Services
from assistant.service import Event

_T = TypeVar("_T")
_KINDS = ["step", "text", "figure", "citation", "answer", "error"]
EVENT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "One event of the stream.",
    "properties": {
        "id": {"type": "string"},
        "event": {"type": "string", "enum": [*_KINDS, "message"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
    "required": ["data"],
}
log = structlog.get_logger("tally.api")


def stream(events: AsyncIterator[ServerSentEvent], served: Services) -> EventSourceResponse:
    """The response that sends them; 503 where every slot is taken."""
    served.slots.check()
    return EventSourceResponse(
        _held(events, served),
        ping=served.limits.heartbeat,
        ping_message_factory=lambda: ServerSentEvent(comment="still here", sep="\n"),
        send_timeout=served.limits.stall,
        shutdown_event=anyio.Event(),
        shutdown_grace_period=served.limits.grace,
        sep="\n",
    )


async def numbered(events: AsyncIterator[Event], request_id: str) -> AsyncIterator[ServerSentEvent]:
    """Events of the assistant on the wire; what goes wrong becomes the last event, `error`."""
    number = 0
    safe = failing_last(events, request_id)
    async with closing(safe):
        async for event in safe:
            number += 1
            yield sse(event.kind, event.data, number)


async def failing_last(events: AsyncIterator[Event], request_id: str) -> AsyncIterator[Event]:
    """The events; an exception becomes an `error` event that holds the problem document."""
    try:
        async with closing(events):
            async for event in events:
                yield event
    except Exception as error:
        problem = problems.of(error)
        if problem.status_code >= 500:
            log.exception("an answer failed")
        yield Event("error", problems.document(problem, request_id))


def sse(kind: str, data: dict[str, Any], number: int) -> ServerSentEvent:
    """One event; its data is one line of JSON."""
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=kind, id=str(number), sep="\n")


async def unless_gone(request: Request, work: Coroutine[Any, Any, _T]) -> _T:
    """The result, or cancellation of the work as soon as the client has gone."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise problems.Problem(408, "the client went away")
        return task.result()
    finally:
        for pending in (task, gone):
            pending.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _held(events: AsyncIterator[ServerSentEvent], served: Services) -> AsyncIterator[ServerSentEvent]:
    with served.slots.hold():
        async with closing(events):
            async for event in events:
                yield event


@asynccontextmanager
async def closing(events: AsyncIterator[Any]) -> AsyncIterator[None]:
    """Ends the events' work now, not when the garbage collector finds them."""
    try:
        yield
    finally:
        if isinstance(events, AsyncGenerator):
            await events.aclose()
