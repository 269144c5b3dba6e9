"""What the Slack bot does with a delivery: asks, keeps the answer, posts it once."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from api.bots import slack_blocks
from api.bots.asking import ask as ask_assistant
from api.bots.asking import refusal
from api.bots.channels import Channels, ChannelSettings
from api.bots.check_message import listing
from api.bots.commands import Commands
from api.bots.deliveries import Delivery
from api.bots.document import Document, Listing
from api.bots.inbox import Handler, Save
from api.bots.news import News
from api.bots.prompts import prompts as suggested
from api.bots.render import in_language, render
from api.bots.slack_payloads import Ask, day
from api.bots.slack_poster import Poster
from api.bots.slack_stream import Pane
from api.bots.words import FALLBACK, word
from assistant.answer import Answer
from assistant.service import Assistant


class SlackAnswers:
    """The handlers of the inbox, by the kind of delivery."""

    def __init__(
        self,
        assistant: Assistant,
        client: AsyncWebClient,
        poster: Poster,
        channels: Channels,
        commands: Commands,
    ) -> None:
        self._assistant, self._client, self._poster = assistant, client, poster
        self._channels, self._commands = channels, commands

    def handlers(self) -> Mapping[str, Handler]:
        """Handler by kind."""
        return {
            "slack.ask": self.ask,
            "slack.command": self.command,
            "slack.check": self.check,
            "slack.prompts": self.prompts,
            "slack.news": self.news,
        }

    async def ask(self, delivery: Delivery, save: Save) -> None:
        """A question in a channel, a thread, a direct message, the pane, or behind a button."""
        ask = Ask(**delivery.payload)
        if delivery.attempts > 1 and await self._posted(delivery, ask):
            return
        if (reply := await self._commanded(ask)) and ask.place != "response":
            await self._say(reply, channel=ask.channel, thread=ask.thread, delivery_id=delivery.delivery_id)
        else:
            await self._ask(ask, delivery, save)

    async def _ask(self, ask: Ask, delivery: Delivery, save: Save) -> None:
        settings = await self._settings(ask.settings_key)
        if not ask.text:
            await self._post(await self._empty(settings), ask, delivery)
            return
        pane = Pane(self._client, ask) if ask.place == "pane" and delivery.attempts == 1 else None
        document = await self._document(delivery, ask, settings, pane, save)
        if pane is None or not await pane.close(document, delivery.delivery_id):
            await self._post(document, ask, delivery)
        if ask.place != "response":
            await self._poster.attach(document, channel=ask.channel, thread=ask.thread)

    async def command(self, delivery: Delivery, save: Save) -> None:
        """A slash command: a question, or one of the bot's own commands, whose answer only its author sees."""
        ask = Ask(**delivery.payload)
        if reply := await self._commanded(ask):
            await self._whisper(ask.response_url, reply)
        else:
            await self._ask(ask, delivery, save)

    async def check(self, delivery: Delivery, _save: Save) -> None:
        """The message shortcut: every number of a message looked up, shown to whoever asked."""
        payload = delivery.payload
        settings = await self._settings(payload["settings_key"])
        said_on = date.fromisoformat(payload["said_on"])
        found = await asyncio.to_thread(listing, payload["text"], self._assistant.library, said_on, settings)
        await self._whisper(payload["response_url"], found)

    async def prompts(self, delivery: Delivery, _save: Save) -> None:
        """Suggested prompts of a fresh assistant pane."""
        questions = await asyncio.to_thread(suggested, self._assistant.library)
        if not questions:
            return
        await self._client.assistant_threads_setSuggestedPrompts(
            channel_id=delivery.payload["channel"],
            thread_ts=delivery.payload["thread"],
            title=word("prompts", FALLBACK),
            prompts=[{"title": question[:100], "message": question} for question in questions[:4]],
        )

    async def news(self, delivery: Delivery, _save: Save) -> None:
        """New figures for a channel that subscribes to them."""
        news = News.from_payload(delivery.payload)
        channel = news.channel.rsplit(":", 1)[-1]
        sought = {"channel": channel, "thread": "", "delivery_id": delivery.delivery_id}
        if delivery.attempts > 1 and await self._poster.find(**sought):
            return
        await self._say(news.listing, **sought)

    async def gave_up(self, delivery: Delivery) -> None:
        """Say that a question stays unanswered."""
        if delivery.kind not in ("slack.ask", "slack.command"):
            return
        ask = Ask(**delivery.payload)
        sorry = refusal(word("failed", (await self._settings(ask.settings_key)).language or FALLBACK), ask.text)
        await self._post(render(sorry), ask, delivery)

    async def _document(
        self, delivery: Delivery, ask: Ask, settings: ChannelSettings, pane: Pane | None, save: Save
    ) -> Document:
        if delivery.result is not None:
            answer = Answer(**delivery.result)
        else:
            answer = await (self._streamed(ask, settings, pane) if pane else self._asked(ask, settings))
            await save(answer.model_dump(mode="json"))
        return in_language(render(answer), settings.language)

    async def _asked(self, ask: Ask, settings: ChannelSettings) -> Answer:
        return await ask_assistant(self._assistant, ask.text, **self._arguments(ask, settings))

    async def _streamed(self, ask: Ask, settings: ChannelSettings, pane: Pane) -> Answer:
        await pane.status(settings.language or FALLBACK)
        arguments: dict[str, Any] = self._arguments(ask, settings)
        async for event in self._assistant.stream(ask.text, **arguments):
            if event.kind == "text":
                await pane.text(str(event.data.get("text", "")))
            elif event.kind == "answer":
                return Answer(**event.data)
            elif event.kind == "error":
                break
        return await self._asked(ask, settings)

    def _arguments(self, ask: Ask, settings: ChannelSettings) -> dict[str, Any]:
        return {
            "as_of": day(ask, datetime.now(UTC).date()),
            "conversation_id": ask.conversation_id,
            "owner": f"slack:{ask.team}",
            "collection": settings.collection,
            "interpretation": ask.interpretation or None,
        }

    async def _commanded(self, ask: Ask) -> Listing | None:
        return await asyncio.to_thread(self._commands.run, ask.text, ask.settings_key)

    async def _say(self, listing: Listing, *, channel: str, thread: str, delivery_id: str) -> None:
        text = slack_blocks.fallback_of(listing.plain)
        blocks = slack_blocks.listed_blocks(listing)
        await self._poster.message(blocks, text, channel=channel, thread=thread, delivery_id=delivery_id)

    async def _whisper(self, url: str, listing: Listing) -> None:
        text = slack_blocks.fallback_of(listing.plain)
        await self._poster.respond_blocks(url, slack_blocks.listed_blocks(listing), text, in_channel=False)

    async def _settings(self, channel: str) -> ChannelSettings:
        return await asyncio.to_thread(self._channels.of, channel)

    async def _posted(self, delivery: Delivery, ask: Ask) -> bool:
        if ask.place == "response":
            return False
        sought = {"channel": ask.channel, "thread": ask.thread, "delivery_id": delivery.delivery_id}
        return await self._poster.find(**sought) is not None

    async def _post(self, document: Document, ask: Ask, delivery: Delivery) -> None:
        if ask.place == "response":
            await self._poster.respond(ask.response_url, document, in_channel=True)
        else:
            await self._poster.post(document, channel=ask.channel, thread=ask.thread, delivery_id=delivery.delivery_id)

    async def _empty(self, settings: ChannelSettings) -> Document:
        language = settings.language or FALLBACK
        examples = await asyncio.to_thread(suggested, self._assistant.library, language, settings.collection)
        text = word("empty", language, example=examples[0] if examples else "…")
        answer = refusal(text, language=language).model_copy(update={"suggestions": list(examples[:4])})
        return render(answer)
