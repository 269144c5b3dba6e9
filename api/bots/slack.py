"""The Slack bot: slack-bolt in front, the inbox behind. What arrives is stored, then acknowledged, then answered."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from api.bots import slack_payloads
from api.bots.deliveries import Delivery
from api.bots.failures import named
from api.bots.inbox import Inbox
from api.bots.slack_blocks import chip_view
from api.bots.slack_payloads import Ask, Payload
from api.bots.words import FALLBACK, word
from assistant.settings import Settings

COMMAND, SHORTCUT = "/tally", "check_figures"
log = structlog.get_logger("tally.bots")

Feedback = Callable[[str, str, bool], Awaitable[None]]  # answer, owner, whether it helped


def web_client(settings: Settings) -> AsyncWebClient:
    """Slack's Web API as this bot: waits when Slack asks it to, repeats nothing by itself."""
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    quiet = logging.getLogger("slack_bolt")
    return AsyncWebClient(
        token=token,
        base_url=settings.slack_api_url,
        logger=quiet,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=3)],
    )


class SlackBot:
    """Listens, keeps, acknowledges."""

    def __init__(self, settings: Settings, client: AsyncWebClient, inbox: Inbox, feedback: Feedback) -> None:
        self._client, self._inbox, self._feedback = client, inbox, feedback
        self._identity: AuthorizeResult | None = None
        self._asking = asyncio.Lock()
        quiet = logging.getLogger("slack_bolt")  # bolt logs whole bodies below this level
        quiet.setLevel(logging.ERROR)
        secret = settings.slack_signing_secret

        async def authorize() -> AuthorizeResult:  # bolt fills in arguments by name, `self` among them
            return await self._who()

        self.app = AsyncApp(
            name="slack_bolt.tally",  # bolt gives the logger of this name the level of `quiet`
            logger=quiet,
            signing_secret=secret.get_secret_value() if secret else "",
            client=client,
            authorize=authorize,
            before_authorize=self._not_replayed,
            process_before_response=True,  # acknowledged once it is stored
            raise_error_for_unhandled_request=True,
        )
        self._listen()

    def _listen(self) -> None:
        app = self.app
        for event in ("app_mention", "message"):
            app.event(event)(self._on_question)
        app.event("assistant_thread_started")(self._on_pane)
        app.command(COMMAND)(self._on_command)
        app.shortcut(SHORTCUT)(self._on_shortcut)
        for prefix, listener in (
            ("option", self._on_click),
            ("suggestion", self._on_click),
            ("chip", self._on_chip),
            ("feedback", self._on_feedback),
        ):
            app.action({"type": "block_actions", "action_id": re.compile(rf"^{prefix}:")})(listener)
        app.view("chip_changed")(self._on_dialogue)
        app.error(_quietly)

    async def _on_question(self, body: Payload) -> None:
        identity = await self._who()
        ask = slack_payloads.from_event(body, identity.bot_user_id or "")
        if ask is None:
            return
        if slack_payloads.needs_part(body) and not await self._inbox.ask_first(
            self._inbox.deliveries.took_part, ask.room, ask.user
        ):
            return
        await self._keep("slack.ask", body, ask)

    async def _on_pane(self, body: Payload) -> None:
        thread = body["event"]["assistant_thread"]
        payload = {"channel": thread["channel_id"], "thread": thread["thread_ts"]}
        await self._inbox.accept(Delivery(slack_payloads.delivery_id(body), "slack.prompts", payload))

    async def _on_command(self, body: Payload, ack: Any) -> None:
        ask = slack_payloads.from_command(body)
        await self._keep("slack.command", body, ask)
        await ack({"response_type": "ephemeral", "text": word("working", FALLBACK)})

    async def _on_shortcut(self, body: Payload, ack: Any) -> None:
        team, channel = (body.get("team") or {}).get("id", ""), body["channel"]["id"]
        payload = {
            "text": slack_payloads.plain_text(body["message"].get("text") or ""),
            "said_on": slack_payloads.asked_on(body["message"]["ts"]),
            "response_url": body["response_url"],
            "settings_key": f"slack:{team}:{channel}",
        }
        await self._inbox.accept(Delivery(slack_payloads.delivery_id(body), "slack.check", payload))
        await ack()

    async def _on_click(self, body: Payload, ack: Any) -> None:
        ask = slack_payloads.from_click(body)
        if ask.text:
            await self._keep("slack.ask", body, ask)
        await ack()

    async def _on_chip(self, body: Payload, ack: Any) -> None:
        value = slack_payloads.clicked(body)
        view = chip_view(value.get("l", FALLBACK), value["k"], value["v"], slack_payloads.chip_metadata(body))
        await self._client.views_open(trigger_id=body["trigger_id"], view=view)  # Slack takes it for three seconds only
        await ack()

    async def _on_dialogue(self, body: Payload, ack: Any) -> None:
        await self._keep("slack.ask", body, slack_payloads.from_dialogue(body))
        await ack()

    async def _on_feedback(self, body: Payload, ack: Any) -> None:
        value = slack_payloads.clicked(body)
        team = (body.get("team") or {}).get("id", "")
        helped = body["actions"][0]["action_id"] == "feedback:up"
        await self._feedback(value["a"], f"slack:{team}", helped)
        await ack()

    async def _keep(self, kind: str, body: Payload, ask: Ask) -> None:
        delivery = Delivery(slack_payloads.delivery_id(body), kind, ask.as_payload(), room=ask.room, asker=ask.user)
        await self._inbox.accept(delivery)

    async def _not_replayed(self, req: AsyncBoltRequest, next_: Callable[[], Awaitable[None]]) -> BoltResponse | None:
        """401 for a request that was sent before, byte for byte. Slack's own retries are told apart by their header:
        they are acknowledged, and their identity keeps them from being answered twice."""
        if req.mode == "http" and "x-slack-retry-num" not in req.headers and await self._replayed(req):
            return BoltResponse(status=401, body={"error": "invalid request"})
        await next_()
        return None

    async def _replayed(self, req: AsyncBoltRequest) -> bool:
        deliveries = self._inbox.deliveries
        if "event_id" in req.body:
            return await self._inbox.ask_first(deliveries.known, slack_payloads.delivery_id(req.body))
        signature = req.headers["x-slack-signature"][0]
        return not await self._inbox.ask_first(deliveries.first_seen, "slack:" + sha256(signature.encode()).hexdigest())

    async def _who(self) -> AuthorizeResult:
        """Who we are in Slack, asked once. A failure is raised, so that Slack sends again what we cannot take now."""
        async with self._asking:  # a storm after a start asks once as well
            if self._identity is None:
                self._identity = await self._asked_who()
            return self._identity

    async def _asked_who(self) -> AuthorizeResult:
        try:
            found = await self._client.auth_test()
        except Exception as error:
            raise ConnectionError(f"auth.test failed: {type(error).__name__}") from None
        return AuthorizeResult(
            enterprise_id=found.get("enterprise_id"),
            team_id=found.get("team_id"),
            bot_user_id=found.get("user_id"),
            bot_id=found.get("bot_id"),
            bot_token=self._client.token,
        )


async def _quietly(error: Exception) -> BoltResponse | None:
    """Bolt's error handler, without bodies: what we do not listen to is acknowledged, the rest is a 500."""
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=200, body="")
    log.error("slack request failed", error=named(error))
    return BoltResponse(status=500, body="")
