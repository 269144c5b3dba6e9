"""Watched places are brought up to date while the server runs, every `sync_minutes`."""

import asyncio
from collections import Counter

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.state import Services
from knowledge.errors import TallyError

log = structlog.get_logger("tally.api")


async def syncing(services: Services) -> None:
    """Bring what is watched up to date again and again. `sync_minutes` 0 leaves it to `tally sync`."""
    minutes = services.settings.sync_minutes
    while minutes > 0:
        await asyncio.sleep(60 * minutes)
        try:
            counts = await asyncio.to_thread(_sync, services)
            log.info("watched places synced", **counts)
        except (TallyError, SQLAlchemyError):
            log.exception("watched places could not be synced; tried again next time")


def _sync(services: Services) -> dict[str, int]:
    from knowledge.sync import Places, sync

    outcomes = sync(services.library, Places(services.library.store).all())
    return dict(Counter(outcome.status for outcome in outcomes))
