"""Conversations end: those older than `retention_days` are deleted, hour by hour, while the server runs."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.keys import now
from api.state import Services

_EVERY = 3600.0  # seconds

log = structlog.get_logger("tally.api")


async def retention(services: Services) -> None:
    """Delete what is past its time, at once and then every hour. `retention_days` 0 keeps everything."""
    days = services.settings.retention_days
    while days > 0:
        before = now().replace(tzinfo=None) - timedelta(days=days)
        try:
            gone = await asyncio.to_thread(services.assistant.conversations.expire, before)
            log.info("conversations expired", turns=gone)
        except SQLAlchemyError:
            log.exception("conversations could not be expired; tried again in an hour")
        await asyncio.sleep(_EVERY)


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """The work beside what is inside, and no longer."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
