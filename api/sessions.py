"""Sessions: what an anonymous page asks with, so that its conversations are its own."""

from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.keys import SESSION_HEADER, AnyCaller, now
from api.problems import responses
from api.state import Served

router = APIRouter(prefix="/v1", tags=["access"])


class Session(BaseModel):
    """Send the token as `X-Tally-Session`, or as a bearer token."""

    token: str = Field(examples=["tallys_3f2a….1767225600.Qx…"])
    expires: datetime


@router.post("/sessions", operation_id="openSession", status_code=201, responses=responses(401, 403, 429))
def open_session(_: AnyCaller, served: Served, response: Response) -> Session:
    """A new anonymous session. Where keys are required a key opens it, unless `anonymous_sessions` is set."""
    token, expires = served.access.sessions.open(now())
    response.headers[SESSION_HEADER] = token
    return Session(token=token, expires=expires)
