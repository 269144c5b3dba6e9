"""`POST /v1/chat`: a question in, an Answer out, whole or as it is made."""

from datetime import date
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Header, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.responses import Response

from api.bodies import StrictRoute
from api.fields import Day, Id, Name, Question, Short
from api.keys import AnyCaller, Caller
from api.problems import responses
from api.state import Served, Services
from api.streaming import EVENT_SCHEMA, numbered, stream, unless_gone
from assistant.answer import Answer

router = APIRouter(prefix="/v1", tags=["ask"], route_class=StrictRoute)
log = structlog.get_logger("tally.api")

FAULTS = responses(400, 401, 404, 408, 413, 422, 429, 503, 504)


class ChatRequest(BaseModel):
    """A question and what it is asked in."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "How many projects landed in 2023?"}]},
    )
    question: Question
    conversation_id: Id | None = Field(None, description="Follow up in this conversation of yours.")
    stream: StrictBool = Field(
        False, description="Server-sent events instead of JSON; so does `Accept: text/event-stream`."
    )
    as_of: Day | None = Field(None, description='What "last year" counts from; default today.')
    collection: Short | None = Field(None, description="Only notices of this collection.")
    interpretation: dict[Name, Short] = Field(
        default_factory=dict,
        max_length=30,
        description="Parts of an earlier interpretation, changed: they win over the words of the question.",
        examples=[{"time_period": "2022"}],
        json_schema_extra={"additionalProperties": False},
    )

    def arguments(self, caller: Caller) -> dict[str, Any]:
        """As the assistant takes them."""
        return {
            "text": self.question,
            "as_of": self.as_of or date.today(),
            "conversation_id": self.conversation_id,
            "owner": caller.owner,
            "collection": self.collection,
            "interpretation": self.interpretation or None,
        }


_ANSWER_ID = {"answer_id": "$response.body#/answer_id"}
_CONVERSATION_ID = {"conversation_id": "$response.body#/conversation_id"}
_STREAM = {
    "description": "The Answer; or events `step`, `text`, `figure`, `citation`, then `answer` or `error`.",
    "content": {
        "text/event-stream": {
            "schema": EVENT_SCHEMA,
            "example": 'id: 1\nevent: step\ndata: {"text": "searching notices"}\n\n',
        }
    },
    "links": {
        "answer": {"operationId": "getAnswer", "parameters": _ANSWER_ID},
        "feedback": {"operationId": "rateAnswer", "parameters": _ANSWER_ID},
        "chart": {"operationId": "getChart", "parameters": {**_ANSWER_ID, "form": "svg"}},
        "conversation": {"operationId": "getConversation", "parameters": _CONVERSATION_ID},
        "deletion": {"operationId": "deleteConversation", "parameters": _CONVERSATION_ID},
    },
}


@router.post("/chat", operation_id="ask", response_model=Answer, responses={**FAULTS, 200: _STREAM})
async def ask(
    body: ChatRequest,
    request: Request,
    caller: AnyCaller,
    served: Served,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """Ask a question. The answer is right and cited, or says that it does not know."""
    if served.settings.log_chat:
        log.info("question", text=body.question)
    if body.stream or "text/event-stream" in accept.lower():
        events = served.assistant.stream(**body.arguments(caller))
        return stream(numbered(events, request.state.request_id), served)
    return as_json(await answered(request, served, body.arguments(caller)))


async def answered(request: Request, served: Services, arguments: dict[str, Any]) -> Answer:
    """The whole Answer, in a slot; given up when the client goes away."""
    served.slots.check()
    with served.slots.hold():
        return await unless_gone(request, served.assistant.ask(**arguments))


def as_json(model: BaseModel) -> Response:
    """A model as it stands: pydantic wrote it, nothing needs to check it again."""
    return Response(model.model_dump_json(), media_type="application/json")
