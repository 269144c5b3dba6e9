"""Posting to Slack: messages that never unfurl, parse or mention, and that can be found again after a crash."""

from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from api.bots import slack_blocks
from api.bots.document import Document
from api.bots.failures import named
from api.bots.words import word
from api.charts import Charts

EVENT_TYPE = "tally_answer"
log = structlog.get_logger("tally.bots")


class Poster:
    """Sends documents to Slack and looks for those that were sent."""

    def __init__(self, client: AsyncWebClient, charts: Charts) -> None:
        self._client, self._charts = client, charts

    async def post(self, document: Document, *, channel: str, thread: str, delivery_id: str) -> str:
        """One message, in the thread if there is one; its timestamp."""
        return await self.message(
            slack_blocks.blocks(document), slack_blocks.fallback(document),
            channel=channel, thread=thread, delivery_id=delivery_id,
        )  # fmt: skip

    async def message(
        self, blocks: list[dict[str, Any]], text: str, *, channel: str, thread: str, delivery_id: str
    ) -> str:
        """Blocks and their text, marked with the delivery that they answer."""
        sent = await self._client.chat_postMessage(
            channel=channel,
            thread_ts=thread or None,
            text=text,
            blocks=blocks,
            metadata=mark(delivery_id),
            unfurl_links=False,
            unfurl_media=False,
            mrkdwn=False,
            parse="none",
            link_names=False,
        )
        return str(sent["ts"])

    async def find(self, *, channel: str, thread: str, delivery_id: str) -> str | None:
        """The timestamp of the message that answers a delivery, None where none is found."""
        try:
            if thread:
                page = await self._client.conversations_replies(
                    channel=channel, ts=thread, include_all_metadata=True, limit=200
                )
            else:
                page = await self._client.conversations_history(channel=channel, include_all_metadata=True, limit=100)
        except SlackApiError as error:  # a scope may be missing: then it is better said twice than never
            log.warning("slack history not readable", error=error.response.get("error"))
            return None
        for message in page.get("messages") or []:
            if (message.get("metadata") or {}).get("event_payload", {}).get("delivery") == delivery_id:
                return str(message["ts"])
        return None

    async def attach(self, document: Document, *, channel: str, thread: str) -> None:
        """The chart as a picture with its description, and a long table as CSV. The answer stands without them."""
        try:
            if document.chart is not None:
                picture = await self._charts.render(document.chart.spec, "png")
                alt = document.chart.alt[:1000]
                await self._upload(picture, "chart.png", alt[:200], channel, thread, alt)
            if (table := slack_blocks.long_table(document)) is not None:
                name = word("table", document.language, n=len(document.grid.rows) if document.grid else 0)
                await self._upload(table.encode("utf-8-sig"), "table.csv", name, channel, thread, None)
        except Exception as error:  # a picture that fails must not make the answer come twice
            log.error("slack attachment failed", error=named(error))

    async def respond(self, url: str, document: Document, *, in_channel: bool) -> None:
        """The document at a response address."""
        await self.respond_blocks(
            url, slack_blocks.blocks(document, respond=True), slack_blocks.fallback(document), in_channel=in_channel
        )

    async def respond_blocks(self, url: str, blocks: list[dict[str, Any]], text: str, *, in_channel: bool) -> None:
        """Blocks at a response address. Raises where Slack does not take them."""
        sent = await AsyncWebhookClient(url).send(
            text=text,
            blocks=blocks,
            response_type="in_channel" if in_channel else "ephemeral",
            replace_original=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        if sent.status_code != 200:
            raise ConnectionError(f"the response address answered {sent.status_code}")

    async def _upload(self, data: bytes, filename: str, title: str, channel: str, thread: str, alt: str | None) -> None:
        await self._client.files_upload_v2(
            file=data, filename=filename, title=title, alt_txt=alt, channel=channel, thread_ts=thread or None
        )


def mark(delivery_id: str) -> dict[str, Any]:
    """The metadata by which an answer is found again."""
    return {"event_type": EVENT_TYPE, "event_payload": {"delivery": delivery_id}}
