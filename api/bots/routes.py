"""The bots' addresses: `/slack/events`, `/mattermost`, `/webhook`; each answers 404 until its secret is set."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from api.bots.assembly import Bots, assemble, has_slack
from api.problems import Problem
from api.state import Services
from assistant.settings import Settings


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    served = cast(Services, app.state.services)
    settings = served.settings
    bots = assemble(settings, served.assistant, served.charts)
    app.state.bots = bots
    if bots.slack is not None and settings.slack_signing_secret is not None:
        from api.bots.slack_http import SlackHttp

        app.state.slack = SlackHttp(bots.slack.app, settings.slack_signing_secret.get_secret_value())
    await bots.start()
    try:
        yield
    finally:
        await bots.stop(served.limits.grace)


router = APIRouter(lifespan=_lifespan, include_in_schema=False)


@router.post("/slack/events")
async def slack_events(request: Request) -> Response:
    """Everything that Slack sends: events, commands, clicks."""
    if not has_slack(_settings(request)):
        raise _off("Slack", "SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN")
    answered: Response = await request.app.state.slack.handle(request)
    return answered


@router.post("/mattermost")
async def mattermost(request: Request) -> Response:
    """A slash command or an outgoing webhook of Mattermost."""
    running = bots(request)
    if running.mattermost is None:
        raise _off("Mattermost", "TALLY_MATTERMOST_TOKEN")
    return await running.mattermost.handle(request, running.inbox)


@router.post("/webhook")
async def webhook(request: Request) -> Response:
    """A signed question from anything else."""
    running = bots(request)
    if running.webhook is None:
        raise _off("the webhook", "TALLY_WEBHOOK_SECRET")
    return await running.webhook.handle(request, running.inbox)


def bots(request: Request) -> Bots:
    """The server's bots."""
    return cast(Bots, request.app.state.bots)


def _settings(request: Request) -> Settings:
    return cast(Services, request.app.state.services).settings


def _off(name: str, variables: str) -> Problem:
    return Problem(404, f"{name} is not configured here; set {variables}", code="not-configured")
