"""The Mattermost bot: slash commands and outgoing webhooks. Two converters and a thin handler."""

import asyncio
import hmac
import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

import httpx
from fastapi import Request
from starlette.responses import JSONResponse, Response

from api.bots.asking import ask
from api.bots.channels import Channels, ChannelSettings
from api.bots.commands import Commands
from api.bots.deliveries import Delivery
from api.bots.inbox import Handler, Inbox, Save
from api.bots.markdown import listed_markdown, markdown, plain
from api.bots.news import News
from api.bots.render import in_language, render
from api.bots.waiting import Waiting
from api.bots.words import FALLBACK, word
from assistant.answer import Answer
from assistant.service import Assistant
from assistant.settings import Settings

Payload = dict[str, str]

COMMAND_SECONDS = 2.5  # then the answer comes by the response address
WEBHOOK_SECONDS = 25.0  # Mattermost gives an outgoing webhook 30
LONGEST = 16_000  # Mattermost cuts posts at 16,383 characters


def to_question(payload: Payload) -> str:
    """The question of a slash command, or of an outgoing webhook without its trigger word."""
    text, trigger = payload.get("text", "").strip(), payload.get("trigger_word", "")
    return text[len(trigger) :].lstrip(" :,") if trigger and text.startswith(trigger) else text


def to_response(text: str, payload: Payload, *, private: bool = False) -> dict[str, Any]:
    """Mattermost's answer: a post in the channel, a comment on the post that triggered it, or for its author alone."""
    kind = ("ephemeral" if private else "in_channel") if "command" in payload else "comment"
    return {"response_type": kind, "text": text[:LONGEST]}


class MattermostBot:
    """Answers Mattermost. `tokens` are the secrets of its commands and webhooks; any of them is right."""

    def __init__(self, settings: Settings, assistant: Assistant, channels: Channels, commands: Commands) -> None:
        given = settings.mattermost_token.get_secret_value() if settings.mattermost_token else ""
        self._tokens = tuple(token.strip().encode() for token in given.split(",") if token.strip())
        hook = settings.mattermost_webhook_url
        self._hook = hook.get_secret_value() if hook else ""
        self._assistant, self._channels, self._commands = assistant, channels, commands
        self._waiting = Waiting()

    def handlers(self) -> dict[str, Handler]:
        """Handler by kind of delivery."""
        return {"mattermost.ask": self._answer} | ({"mattermost.news": self._news} if self._hook else {})

    async def handle(self, request: Request, inbox: Inbox) -> Response:
        """One request of Mattermost's: 401 without the right token, else a response of the documented shape."""
        payload = await _payload(request)
        if not self._is_known(payload.get("token", ""), request.headers.get("authorization", "")):
            return JSONResponse({"message": "the token is not one of TALLY_MATTERMOST_TOKEN"}, status_code=401)
        question, key = to_question(payload), _settings_key(payload)
        settings = await asyncio.to_thread(self._channels.of, key)
        if reply := await asyncio.to_thread(self._commands.run, question, key):
            text = listed_markdown(reply)
            return JSONResponse(to_response(text, payload, private=True))
        if not question:
            text = plain(word("empty", settings.language or FALLBACK, example="…"))
            return JSONResponse(to_response(text, payload, private=True))
        return JSONResponse(await self._asked(payload, question, settings, inbox))

    async def _asked(self, payload: Payload, question: str, settings: ChannelSettings, inbox: Inbox) -> dict[str, Any]:
        kept = {k: v for k, v in payload.items() if k not in ("token", "text")} | {"question": question}
        delivery = Delivery(_delivery_id(payload), "mattermost.ask", kept)
        self._waiting.expect(delivery.delivery_id)
        if not await inbox.accept(delivery):
            self._waiting.forget(delivery.delivery_id)
            return {}
        later = bool(payload.get("response_url"))
        answer = await self._waiting.within(delivery.delivery_id, COMMAND_SECONDS if later else WEBHOOK_SECONDS)
        if answer is None:
            text = word("working" if later else "late", settings.language or FALLBACK)
            return to_response(plain(text), payload, private=True)
        return to_response(answer["text"], payload)

    async def _answer(self, delivery: Delivery, save: Save) -> None:
        payload = delivery.payload
        settings = await asyncio.to_thread(self._channels.of, _settings_key(payload))
        if delivery.result is None:
            answer = await self._ask(payload, settings)
            await save(answer.model_dump(mode="json"))
        else:
            answer = Answer(**delivery.result)
        text = markdown(in_language(render(answer), settings.language))
        if self._waiting.deliver(delivery.delivery_id, {"text": text}):
            return
        if payload.get("response_url"):
            await _post(payload["response_url"], to_response(text, payload))

    async def _ask(self, payload: Payload, settings: ChannelSettings) -> Answer:
        today = datetime.now(UTC).date()
        place = payload.get("root_id") or f"{payload.get('channel_id')}\n{payload.get('user_id')}\n{today}"
        conversation = sha256(f"{payload.get('team_id')}\n{place}".encode()).hexdigest()[:32]
        return await ask(
            self._assistant,
            payload["question"],
            as_of=today,
            conversation_id=f"mattermost-{conversation}",
            owner=f"mattermost:{payload.get('team_id', '')}",
            collection=settings.collection,
        )

    async def _news(self, delivery: Delivery, _save: Save) -> None:
        news = News.from_payload(delivery.payload)
        text = listed_markdown(news.listing)
        await _post(self._hook, {"channel": news.channel.rsplit(":", 1)[-1], "text": text[:LONGEST]})

    def _is_known(self, token: str, header: str) -> bool:
        """The body's token must be ours; where the header names one as well, so must that."""
        named = header.removeprefix("Token ").strip() if header.startswith("Token ") else token
        return all(any(hmac.compare_digest(given.encode(), ours) for ours in self._tokens) for given in (token, named))


async def _payload(request: Request) -> Payload:
    """The fields of a form or of JSON; none where the body is neither."""
    body = await request.body()
    try:
        if request.headers.get("content-type", "").startswith("application/json"):
            found = json.loads(body)
            return {k: str(v) for k, v in found.items() if v is not None} if isinstance(found, dict) else {}
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=100))
    except (ValueError, RecursionError):
        return {}


def _settings_key(payload: Payload) -> str:
    return f"mattermost:{payload.get('team_id', '')}:{payload.get('channel_name') or payload.get('channel_id', '')}"


def _delivery_id(payload: Payload) -> str:
    own = payload.get("trigger_id") or payload.get("post_id") or json.dumps(payload, sort_keys=True)
    return f"mattermost:{sha256(own.encode()).hexdigest()}"


async def _post(url: str, body: dict[str, Any]) -> None:
    """Send JSON to Mattermost. httpx.HTTPError where it is not taken."""
    async with httpx.AsyncClient(timeout=10, follow_redirects=False) as client:
        (await client.post(url, json=body)).raise_for_status()
