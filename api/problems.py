"""Errors as RFC 9457 problem documents: each names the field, the value and the remedy; no stack trace leaves."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from knowledge.errors import AskerError, NotFound, OperatorError

MEDIA_TYPE = "application/problem+json"
_SHOWN = 120  # characters of an offending value that are echoed

log = structlog.get_logger("tally.api")


class Fault(BaseModel):
    """One thing that is wrong with the request."""

    field: str = Field(examples=["body.question"])
    value: str = Field(examples=["''"])
    remedy: str = Field(examples=["String should have at least 1 character"])


class ProblemDocument(BaseModel):
    """RFC 9457, with the request id and the faults of single fields."""

    type: str = Field(examples=["urn:tally:problem:not-found"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["answer 'a1' is not known; list yours with GET /v1/conversations"])
    request_id: str | None = None
    errors: list[Fault] = Field(default_factory=list)


class Problem(HTTPException):
    """Raise it anywhere in a request: it becomes a problem document."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        code: str | None = None,
        errors: list[Fault] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, headers)
        self.code = code or HTTPStatus(status).phrase.lower().replace(" ", "-")
        self.errors = errors or []


def document(problem: Problem, request_id: str | None = None) -> dict[str, Any]:
    """The problem as JSON types."""
    return ProblemDocument(
        type=f"urn:tally:problem:{problem.code}",
        title=HTTPStatus(problem.status_code).phrase,
        status=problem.status_code,
        detail=_printable(problem.detail),
        request_id=request_id,
        errors=problem.errors,
    ).model_dump()


def response(problem: Problem, request_id: str | None = None) -> Response:
    """The problem as a response."""
    return Response(
        json.dumps(document(problem, request_id), ensure_ascii=False),
        problem.status_code,
        headers=dict(problem.headers or {}),
        media_type=MEDIA_TYPE,
    )


async def refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request with the problem, from a middleware."""
    await response(problem, scope["state"].get("request_id"))(scope, receive, send)


def of(error: Exception) -> Problem:
    """The problem that an exception is; anything unexpected is ours, and says no more than that."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, NotFound):
        return Problem(404, str(error))
    if isinstance(error, AskerError):
        return Problem(400, str(error))
    if isinstance(error, OperatorError):
        return Problem(503, str(error), code="operator")
    if isinstance(error, RequestValidationError):
        return _invalid(error)
    if isinstance(error, HTTPException):
        return Problem(error.status_code, _detail(error), headers=error.headers)
    return Problem(500, "something went wrong on our side; the request id finds it in the log", code="bug")


def install(app: FastAPI) -> None:
    """Every error that a route raises leaves as a problem document."""
    for kind in (HTTPException, RequestValidationError, AskerError, OperatorError):
        app.add_exception_handler(kind, _handle)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route: these statuses are problem documents."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def shown(value: Any) -> str:
    """A value as it may be echoed: short, printable."""
    text = repr(value)
    return _printable(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


async def _handle(request: Request, error: Exception) -> Response:
    problem = of(error)
    if problem.status_code == 405:
        problem.headers = {"Allow": ", ".join(sorted(_methods(request)))}
    if problem.status_code >= 500:
        log.error("request failed", status=problem.status_code, detail=problem.detail)
    return response(problem, getattr(request.state, "request_id", None))


def _methods(request: Request) -> set[str]:
    """Every method that the address takes, whichever route takes it."""
    fitting = [route for route in request.app.routes if route.matches(request.scope)[0] is not Match.NONE]
    return {method for route in fitting for method in getattr(route, "methods", None) or ()}


def _invalid(error: RequestValidationError) -> Problem:
    faults = [
        Fault(field=".".join(map(str, e["loc"])), value=shown(e.get("input")), remedy=_printable(e["msg"]))
        for e in error.errors()[:20]
    ]
    first = faults[0]
    detail = f"{first.field} {first.value}: {first.remedy}"
    malformed = any(e["type"] == "json_invalid" for e in error.errors())
    return Problem(400 if malformed else 422, detail, code="malformed" if malformed else "invalid", errors=faults)


def _detail(error: HTTPException) -> str:
    if error.status_code == 404 and error.detail == "Not Found":
        return "nothing is served at this address; see /openapi.json"
    if error.status_code == 405:
        return "this address does not take that method; the Allow header names those it takes"
    return str(error.detail)


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
