"""Slack without an address of our own: the bot holds a socket to Slack, and nothing needs to reach it."""

import asyncio
import signal

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from api.bots.assembly import assemble
from api.charts import Charts
from assistant.service import Assistant
from assistant.settings import Settings
from knowledge.errors import OperatorError


async def serve(settings: Settings, assistant: Assistant, stopped: asyncio.Event, ready: asyncio.Event) -> None:
    """Answer until `stopped`; `ready` is set once Slack has taken the connection. OperatorError without the tokens."""
    charts = Charts()
    bots = assemble(settings, assistant, charts, socket_mode=True)
    if bots.slack is None or settings.slack_app_token is None:
        raise OperatorError("socket mode needs SLACK_BOT_TOKEN (xoxb-...) and SLACK_APP_TOKEN (xapp-...)")
    socket = AsyncSocketModeHandler(bots.slack.app, settings.slack_app_token.get_secret_value())
    await bots.start()
    try:
        await socket.connect_async()
        ready.set()
        await stopped.wait()
    finally:
        await socket.close_async()
        await bots.stop()
        charts.close()


async def until_told(settings: Settings, assistant: Assistant) -> None:
    """Answer until the process is asked to end."""
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    await serve(settings, assistant, stopped, asyncio.Event())
