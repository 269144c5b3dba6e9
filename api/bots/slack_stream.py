"""An answer in the assistant pane as it is made: status, then verified text, then the blocks."""

from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from api.bots import slack_blocks
from api.bots.document import Document
from api.bots.slack_payloads import Ask
from api.bots.slack_poster import mark
from api.bots.words import word

log = structlog.get_logger("tally.bots")


class Pane:
    """One streamed answer. Where Slack does not stream, `close` says so and the caller posts instead."""

    def __init__(self, client: AsyncWebClient, ask: Ask) -> None:
        self._client, self._ask = client, ask
        self._stream: Any = None
        self._refused = False
        self.shown = ""

    async def status(self, language: str) -> None:
        """ "is looking it up" under the thread; nothing depends on it."""
        try:
            await self._client.assistant_threads_setStatus(
                channel_id=self._ask.channel, thread_ts=self._ask.thread, status=word("thinking", language)
            )
        except SlackApiError as error:
            log.info("slack status refused", error=error.response.get("error"))

    async def text(self, text: str) -> None:
        """More verified text."""
        if self._refused or not text:
            return
        try:
            if self._stream is None:
                self._stream = await self._client.chat_stream(
                    channel=self._ask.channel,
                    thread_ts=self._ask.thread,
                    recipient_team_id=self._ask.team,
                    recipient_user_id=self._ask.user,
                    buffer_size=80,
                )
            await self._stream.append(markdown_text=slack_blocks.stream_text(text))
            self.shown += text
        except SlackApiError as error:
            self._refused = True
            log.info("slack stream refused", error=error.response.get("error"))

    async def close(self, document: Document, delivery_id: str) -> bool:
        """End the stream with the rest of the message. False where nothing was streamed: post it whole."""
        if self._stream is None:
            return False
        complete = not self._refused and " ".join(self.shown.split()) == " ".join(document.plain.split())
        try:
            blocks = slack_blocks.blocks(document, sentence=not complete)
            await self._stream.stop(blocks=blocks, metadata=mark(delivery_id))
        except SlackApiError as error:
            log.info("slack stream refused", error=error.response.get("error"))
            return False
        return True
