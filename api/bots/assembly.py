"""The bots of one server, put together from its settings: only those that are configured."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from api.bots.channels import Channels
from api.bots.commands import Commands
from api.bots.deliveries import Deliveries
from api.bots.inbox import Inbox
from api.bots.mattermost import MattermostBot
from api.bots.news import Newsroom
from api.bots.subscriptions import Subscriptions
from api.bots.webhook import Webhook
from api.charts import Charts
from assistant.service import Assistant
from assistant.settings import Settings
from knowledge.errors import NotFound

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from api.bots.slack import SlackBot
    from api.bots.slack_answers import SlackAnswers


@dataclass(frozen=True, slots=True)
class Bots:
    """What runs beside the server."""

    assistant: Assistant
    channels: Channels
    commands: Commands
    inbox: Inbox
    newsroom: Newsroom
    slack: "SlackBot | None"
    mattermost: MattermostBot | None
    webhook: Webhook | None

    async def start(self) -> None:
        """Answer what is left, then listen for news."""
        await self.inbox.start()
        self.newsroom.start()

    async def stop(self, grace: float = 5.0) -> None:
        """Finish or give back."""
        await self.newsroom.stop()
        await self.inbox.stop(grace)


def assemble(settings: Settings, assistant: Assistant, charts: Charts, *, socket_mode: bool = False) -> Bots:
    """The bots that the settings ask for, over the assistant's own store."""
    store, deliveries = assistant.library.store, Deliveries(assistant.library.store)
    channels, subscriptions = Channels(store), Subscriptions(store)
    commands = Commands(assistant.library, channels, subscriptions)
    client, answers = None, None
    if has_slack(settings, socket_mode):
        client, answers = _slack_answers(settings, assistant, charts, channels, commands)
    mattermost = MattermostBot(settings, assistant, channels, commands) if settings.mattermost_token else None
    webhook = Webhook(settings, assistant) if settings.webhook_secret else None
    handlers = {
        kind: handler for face in (answers, mattermost, webhook) if face for kind, handler in face.handlers().items()
    }
    inbox = Inbox(
        deliveries,
        handlers,
        gave_up=answers.gave_up if answers else None,
        keep=("webhook.ask",),
        retention_days=settings.retention_days,
    )
    platforms = [kind.partition(".")[0] for kind in handlers if kind.endswith(".news")]
    newsroom = Newsroom(assistant.library, subscriptions, inbox, platforms)
    slack = _slack_bot(settings, assistant, client, inbox) if client else None
    return Bots(assistant, channels, commands, inbox, newsroom, slack, mattermost, webhook)


def has_slack(settings: Settings, socket_mode: bool = False) -> bool:
    """Whether Slack is configured: its signing secret over HTTP, its app token in socket mode."""
    proof = settings.slack_app_token if socket_mode else settings.slack_signing_secret
    return proof is not None and settings.slack_bot_token is not None


def _slack_answers(
    settings: Settings, assistant: Assistant, charts: Charts, channels: Channels, commands: Commands
) -> "tuple[AsyncWebClient, SlackAnswers]":
    from api.bots.slack import web_client
    from api.bots.slack_answers import SlackAnswers
    from api.bots.slack_poster import Poster

    client = web_client(settings)
    return client, SlackAnswers(assistant, client, Poster(client, charts), channels, commands)


def _slack_bot(settings: Settings, assistant: Assistant, client: "AsyncWebClient", inbox: Inbox) -> "SlackBot":
    from api.bots.slack import SlackBot

    async def feedback(answer_id: str, owner: str, helped: bool) -> None:
        verdict: Literal["up", "down"] = "up" if helped else "down"
        now = datetime.now(UTC).replace(tzinfo=None)
        try:
            await asyncio.to_thread(assistant.conversations.rate, answer_id, owner, verdict, now)
        except NotFound:  # the answer has expired: there is nothing left to rate
            return

    return SlackBot(settings, client, inbox, feedback)
