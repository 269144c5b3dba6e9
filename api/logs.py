"""Logs as JSON lines on stderr, each with its request id; what people write is not logged unless `log_chat` is set."""

import logging.config
import re
import secrets
import time
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.keys import Caller
from api.problems import Problem, refuse
from assistant.settings import Settings

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_TALKATIVE = ("sse_starlette", "openai", "httpx", "httpx2", "httpcore", "mcp", "slack_bolt", "multipart", "asyncio")

log = structlog.get_logger("tally.api")


def configure(settings: Settings) -> None:
    """Set up this process's logging: structlog and the standard library end in the same JSON lines."""
    shared = _shared()
    render = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()]
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "processors": render, "foreign_pre_chain": shared}
    quiet = {} if settings.log_chat else {name: {"level": "WARNING"} for name in _TALKATIVE}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": formatter},
            "handlers": {
                "stderr": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "json"}
            },
            "root": {"handlers": ["stderr"], "level": settings.log_level.upper()},
            "loggers": quiet,
        }
    )
    _structure(shared)


def ensure() -> None:
    """Structured logs where the process has set up none: no handler, and no variables in tracebacks."""
    if not structlog.is_configured():
        _structure(_shared())


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]


def _structure(shared: list[Any]) -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


class RequestLog:
    """Gives each request its id, logs its end, and turns what nobody caught into a 500 without a trace of us."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        status, begun = 499, time.perf_counter()

        async def tagged(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*_kept(message["headers"]), (b"x-request-id", request_id.encode())]}
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, tagged)
            except Exception:
                log.exception("unexpected error", path=_route(scope))
                if status != 499:
                    raise  # too late for another response: the server cuts the connection
                bug = Problem(500, "something went wrong on our side; the request id finds it in the log", code="bug")
                return await refuse(bug, scope, receive, tagged)
            finally:
                _log_end(scope, status, begun)
        return None


def _log_end(scope: Scope, status: int, begun: float) -> None:
    caller = scope["state"].get("caller")
    log.info(
        "request",
        method=scope["method"],
        path=_route(scope),
        status=status,
        ms=round((time.perf_counter() - begun) * 1000, 1),
        caller=caller.owner if isinstance(caller, Caller) else None,
    )


def _route(scope: Scope) -> str:
    """The template of the path, for ids are nobody's business."""
    return str(getattr(scope.get("route"), "path", "") or scope["path"].split("/", 2)[1])


def _request_id(scope: Scope) -> str:
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
    return given.decode() if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)


def _kept(headers: Any) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.lower() != b"x-request-id"]
