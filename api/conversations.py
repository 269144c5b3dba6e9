"""Conversations: each owner lists, reads and deletes its own."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.responses import Response

from api.bodies import StrictRoute
from api.chat import FAULTS
from api.keys import AnyCaller
from api.problems import Problem
from api.state import Served
from assistant.answer import Answer

router = APIRouter(prefix="/v1/conversations", tags=["answers"], route_class=StrictRoute)
ConversationId = Annotated[str, Path(pattern=r"^[A-Za-z0-9._:-]{1,100}$")]
_MOST = 1000


class Listed(BaseModel):
    """A conversation in the list."""

    conversation_id: str
    title: str
    turns: int
    updated: datetime


class ConversationList(BaseModel):
    conversations: list[Listed]


class TurnDocument(BaseModel):
    question: str
    answer: Answer


class ConversationDocument(BaseModel):
    conversation_id: str
    turns: list[TurnDocument]


@router.get("", operation_id="listConversations", responses=FAULTS)
async def list_conversations(
    caller: AnyCaller, served: Served, limit: Annotated[int, Query(ge=1, le=_MOST)] = 50
) -> ConversationList:
    """Your conversations, the latest first."""
    found = await asyncio.to_thread(served.assistant.conversations.listed, caller.owner, limit)
    rows = [
        Listed(
            conversation_id=each.conversation_id,
            title=each.title,
            turns=each.turns,
            updated=each.updated.replace(tzinfo=UTC),
        )
        for each in found
    ]
    return ConversationList(conversations=rows)


@router.get("/{conversation_id}", operation_id="getConversation", responses=FAULTS)
async def get_conversation(conversation_id: ConversationId, caller: AnyCaller, served: Served) -> ConversationDocument:
    """A conversation of yours, oldest turn first."""
    turns = await asyncio.to_thread(served.assistant.conversations.history, conversation_id, caller.owner, most=_MOST)
    if not turns:
        raise Problem(404, f"no conversation {conversation_id!r}; GET /v1/conversations lists yours")
    rows = [TurnDocument(question=turn.question, answer=turn.answer) for turn in turns if turn.answer]
    return ConversationDocument(conversation_id=conversation_id, turns=rows)


@router.delete(
    "/{conversation_id}",
    operation_id="deleteConversation",
    status_code=204,
    response_class=Response,
    responses=FAULTS,
)
async def delete_conversation(conversation_id: ConversationId, caller: AnyCaller, served: Served) -> Response:
    """Delete a conversation of yours with its answers and feedback."""
    await asyncio.to_thread(served.assistant.conversations.forget, conversation_id, caller.owner)
    return Response(status_code=204)
