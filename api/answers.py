"""Answers by their permalink: read, checked against what is known now, rated, and drawn."""

import asyncio
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.responses import Response

from api.bodies import StrictRoute
from api.charts import MEDIA_TYPES, Format
from api.chat import FAULTS
from api.keys import AnyCaller, now
from api.problems import Problem
from api.replay import replay
from api.state import Served
from assistant.answer import Answer

router = APIRouter(prefix="/v1", tags=["answers"], route_class=StrictRoute)
AnswerId = Annotated[str, Path(pattern=r"^[A-Za-z0-9._:-]{1,100}$")]


class Permalink(BaseModel):
    """An answer as it was given, and what the same question gives now."""

    answer: Answer
    holds: bool | None = Field(description="Whether the plan, run again, comes to the same; null where it was not run.")
    reason: str = Field(default="", description="What has changed, where it does not hold.")
    now: Answer | None = Field(default=None, description="Today's answer, where it does not hold.")
    checked: datetime | None = None


class Feedback(BaseModel):
    """What the asker thinks of an answer."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"rating": "down", "reason": "wrong year"}]}
    )
    rating: Literal["up", "down"]
    reason: Annotated[str, StringConstraints(max_length=2000)] = ""


@router.get("/answers/{answer_id}", operation_id="getAnswer", responses=FAULTS)
async def get_answer(
    answer_id: AnswerId,
    caller: AnyCaller,
    served: Served,
    check: Annotated[bool, Query(description="Run the plan again and say whether the answer still holds.")] = True,
) -> Permalink:
    """An answer of yours, and whether it still holds."""
    kept = await asyncio.to_thread(served.assistant.conversations.kept, answer_id, caller.owner)
    if not check:
        return Permalink(answer=kept.answer, holds=None)
    outcome = await asyncio.to_thread(replay, kept, served.library)
    return Permalink(answer=kept.answer, holds=outcome.holds, reason=outcome.reason, now=outcome.answer, checked=now())


@router.post(
    "/answers/{answer_id}/feedback",
    operation_id="rateAnswer",
    status_code=204,
    response_class=Response,
    responses=FAULTS,
)
async def rate_answer(answer_id: AnswerId, body: Feedback, caller: AnyCaller, served: Served) -> Response:
    """Thumbs up or down, with a reason; the latest counts."""
    at = now().replace(tzinfo=None)
    await asyncio.to_thread(
        served.assistant.conversations.rate, answer_id, caller.owner, body.rating, at, comment=body.reason
    )
    return Response(status_code=204)


@router.get(
    "/charts/{answer_id}.{form}",
    operation_id="getChart",
    response_class=Response,
    responses={**FAULTS, 200: {"content": {media: {"schema": {"type": "string"}} for media in MEDIA_TYPES.values()}}},
)
async def get_chart(answer_id: AnswerId, form: Format, caller: AnyCaller, served: Served) -> Response:
    """The chart of an answer of yours as a picture."""
    answer = await asyncio.to_thread(served.assistant.conversations.answer, answer_id, caller.owner)
    if answer.chart is None:
        raise Problem(404, f"answer {answer_id!r} has no chart; ask to see or compare several figures")
    body = await served.charts.render(answer.chart, form)
    headers = {"Cache-Control": "private, max-age=86400, immutable"}
    return Response(body, media_type=MEDIA_TYPES[form], headers=headers)
