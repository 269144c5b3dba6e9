"""The application: its parts, its middleware in order, its routes, its life."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI
from prometheus_client import CollectorRegistry, Gauge
from prometheus_fastapi_instrumentator.middleware import PrometheusInstrumentatorMiddleware
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from api import (
    answers,
    chat,
    conversations,
    document,
    health,
    library,
    logs,
    mcp,
    openai,
    problems,
    sessions,
    telemetry,
    uploads,
)
from api.bots import routes as bots
from api.charts import Charts
from api.guard import Headers, Identity, SameOrigin, TextPaths, TrustedHost
from api.keys import SESSION_HEADER, Access, is_loopback
from api.limits import BodyLimit, Deadline, Limits, RateLimit, Slots
from api.logs import RequestLog
from api.opening import open_library
from api.retention import retention, running
from api.state import Services
from api.syncing import syncing
from api.widget import routes as widget
from assistant.service import Assistant
from assistant.settings import Settings, load
from knowledge.library import Library

ROUTERS: Sequence[APIRouter] = (
    chat.router,
    openai.router,
    conversations.router,
    answers.router,
    library.router,
    uploads.router,
    sessions.router,
    health.router,
    widget.router,
    bots.router,
)


def create_app(
    settings: Settings | None = None,
    *,
    library: Library | None = None,
    assistant: Assistant | None = None,
    limits: Limits | None = None,
) -> FastAPI:
    """The application. What is not given is opened when it starts, from the settings, and closed when it ends."""
    logs.ensure()
    chosen = settings or load()
    bounds = limits or Limits()
    registry = CollectorRegistry()
    app = FastAPI(
        title="Tally",
        version=version("tally-assistant"),
        description="Answers about investment statistics, each number followed to the sentence that published it.",
        lifespan=_lifespan(chosen, library, assistant, bounds),
        middleware=middleware(chosen, bounds, registry),
        docs_url=None,
        redoc_url=None,
    )
    app.state.registry = registry
    app.state.gauges = {"slots": Gauge("tally_answers_under_way", "Answers being made now", registry=registry)}
    problems.install(app)
    document.install(app)
    for router in ROUTERS:
        app.include_router(router)
    app.router.routes.append(Route("/mcp", mcp.Endpoint(), methods=["GET", "POST", "DELETE"], include_in_schema=False))
    if chosen.telemetry:
        telemetry.instrument(app)
    return app


def middleware(settings: Settings, limits: Limits, registry: CollectorRegistry) -> list[Middleware]:
    """Every layer a request passes, outermost first."""
    return [
        Middleware(RequestLog),
        Middleware(PrometheusInstrumentatorMiddleware, registry=registry, excluded_handlers=["/metrics"]),
        Middleware(Headers),
        Middleware(TrustedHost, hosts=allowed_hosts(settings)),
        Middleware(TextPaths),
        Middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=[
                "Authorization",
                "Content-Type",
                "X-API-Key",
                SESSION_HEADER,
                "X-Request-ID",
                "Last-Event-ID",
            ],
            expose_headers=["X-Request-ID", SESSION_HEADER, "Retry-After", "Link", "Content-Disposition"],
            max_age=3600,
        ),
        Middleware(SameOrigin, origins=settings.cors_origins),
        Middleware(Identity),
        Middleware(RateLimit, settings=settings),
        Middleware(BodyLimit, settings=settings, limits=limits),
        Middleware(Deadline, settings=settings),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
    ]


def allowed_hosts(settings: Settings) -> tuple[str, ...]:
    """Names that the server answers to; on loopback only its own, so that no web page can rebind one to it."""
    public = (urlsplit(settings.public_url).hostname or "",) if settings.public_url else ()
    if settings.allowed_hosts:
        return (*settings.allowed_hosts, *public)
    return ("localhost", "127.0.0.1", "::1", settings.host, *public) if is_loopback(settings.host) else ("*",)


Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def _lifespan(settings: Settings, library: Library | None, assistant: Assistant | None, limits: Limits) -> Lifespan:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        given = library or (assistant.library if assistant else None)
        opened = await asyncio.to_thread(open_library, settings) if given is None else given
        services = Services(
            settings=settings,
            assistant=assistant or Assistant(opened, settings),
            library=opened,
            access=Access(settings, opened.store),
            charts=Charts(),
            slots=Slots(limits.answers),
            limits=limits,
        )
        app.state.services = services
        app.state.mcp = mcp.over_http(services.assistant, allowed_hosts(settings), settings.cors_origins)
        try:
            async with app.state.mcp.session_manager.run(), running(retention(services)), running(syncing(services)):
                yield
        finally:
            await services.assistant.close()  # given or not: its connections belong to this loop
            services.charts.close()
            if given is None:
                opened.close()

    return lifespan
