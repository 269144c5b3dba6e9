"""Whether the server lives, is ready, and what it measures."""

from typing import Literal

import structlog
from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from api.keys import AnyCaller
from api.problems import responses
from api.state import Served, Services

router = APIRouter(tags=["operation"])
log = structlog.get_logger("tally.api")


class Health(BaseModel):
    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """`degraded` answers, with less than it is set up for; `unready` does not."""

    status: Literal["ready", "degraded", "unready"]
    checks: dict[str, str]


@router.get("/healthz", operation_id="health")
async def health() -> Health:
    """The process lives."""
    return Health()


@router.get("/readyz", operation_id="readiness", responses={503: {"model": Readiness}})
def readiness(served: Served) -> JSONResponse:
    """Whether questions are answered, and what is degraded."""
    checks = _checks(served)
    words = {word.partition(":")[0] for word in checks.values()}
    status = "unready" if "failed" in words else "degraded" if "degraded" in words else "ready"
    found = Readiness.model_validate({"status": status, "checks": checks})
    return JSONResponse(found.model_dump(), 503 if status == "unready" else 200)


@router.get(
    "/metrics",
    operation_id="metrics",
    response_class=Response,
    responses={**responses(401), 200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(request: Request, _: AnyCaller, served: Served) -> Response:
    """Prometheus' text format."""
    request.app.state.gauges["slots"].set(served.slots.taken)
    return Response(generate_latest(request.app.state.registry), media_type=CONTENT_TYPE_LATEST)


def _checks(served: Services) -> dict[str, str]:
    return {"library": _library(served), "search": _search(served), "model": _model(served)}


def _library(served: Services) -> str:
    try:
        count = len(served.library.notices())
    except Exception as error:  # whatever it is, readiness says so
        log.exception("the library cannot be read")
        return f"failed: {type(error).__name__}; `tally doctor` says more"
    return f"ok: {count} notices" if count else "degraded: no notices yet; `tally add PATH` brings some"


def _search(served: Services) -> str:
    if served.settings.embedder == "none":
        return "degraded: by words alone, for TALLY_EMBEDDER is none"
    return f"ok: words and {served.settings.embedder}"


def _model(served: Services) -> str:
    if reason := served.assistant.degraded:
        return f"degraded: {reason}"
    return f"ok: {served.settings.model if served.settings.has_llm else 'embedded planner'}"
