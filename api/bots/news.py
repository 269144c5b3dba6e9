"""New figures for those who subscribe: found when the library's version moves or a digest is due, posted once."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import groupby
from typing import Any

import structlog

from api.bots.deliveries import Delivery
from api.bots.document import Listing, Source
from api.bots.failures import named
from api.bots.inbox import Inbox
from api.bots.render import caption, web_address
from api.bots.subscriptions import Subscription, Subscriptions, fact, told
from api.bots.texts import clean
from api.bots.words import FALLBACK, word
from knowledge.figure import Figure
from knowledge.library import Library

log = structlog.get_logger("tally.bots")
POLL_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class News:
    """A message about new figures: each line with the source that it rests on."""

    channel: str
    listing: Listing

    def as_payload(self) -> dict[str, Any]:
        """JSON types."""
        lines = [[line, asdict(source) if source else None] for line, source in self.listing.lines]
        return {"title": self.listing.title, "channel": self.channel, "lines": lines}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> "News":
        """The message that `as_payload` wrote."""
        lines = tuple((line, Source(**source) if source else None) for line, source in payload["lines"])
        return cls(payload["channel"], Listing(payload["title"], lines))


class Newsroom:
    """Watches one library for its subscribers. Safe beside other workers: the store decides who tells what."""

    def __init__(
        self,
        library: Library,
        subscriptions: Subscriptions,
        inbox: Inbox,
        platforms: Iterable[str],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._library, self._subscriptions, self._inbox = library, subscriptions, inbox
        self._platforms, self._clock, self._poll_seconds = frozenset(platforms), clock, poll_seconds
        self._seen: dict[int, int] = {}  # version at which a subscription was last looked at
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Watch until stopped."""
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Stop watching."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def round(self) -> int:
        """Look once; how many messages were begun."""
        begun = 0
        version, now = await self._inbox.run(lambda: self._library.version), self._clock()
        for wish in await self._inbox.run(self._subscriptions.all):
            if wish.channel.partition(":")[0] in self._platforms and self._due(wish, version, now):
                begun += await self._tell(wish, version, now)
        return begun

    async def _watch(self) -> None:
        while True:
            try:
                await self.round()
            except Exception as error:  # the store may be away for a while: the next round tries again
                log.error("news round failed", error=named(error))
            await asyncio.sleep(self._poll_seconds)

    def _due(self, wish: Subscription, version: int, now: datetime) -> bool:
        if wish.every == "notice":
            return self._seen.get(wish.number) != version
        right_day = wish.every == "day" or now.weekday() == 0
        return right_day and now.hour >= wish.hour and wish.last < now.date().isoformat()

    async def _tell(self, wish: Subscription, version: int, now: datetime) -> int:
        fresh = await self._inbox.run(self._fresh, wish)
        begun = 0
        messages = self._messages(wish, fresh)
        for title, figures in messages:
            lines = tuple(self._line(figure, wish.language or FALLBACK) for figure in figures)
            news = News(wish.channel, Listing(title, lines))
            facts = [fact(figure) for figure in figures]
            key = sha256("\n".join(sorted(facts)).encode()).hexdigest()[:32]
            delivery = Delivery(
                f"news:{wish.number}:{key}", f"{wish.channel.partition(':')[0]}.news", news.as_payload()
            )
            begun += await self._inbox.accept(delivery, partial(told, number=wish.number, facts=facts))
        if begun == len(messages):  # else another worker tells some of them: look again
            self._seen[wish.number] = version
        if wish.every != "notice":
            await self._inbox.run(self._subscriptions.digest_done, wish.number, now.date().isoformat())
        return begun

    def _fresh(self, wish: Subscription) -> tuple[Figure, ...]:
        wanted = [figure for figure in self._library.figures(wish.collection) if wish.wants(figure)]
        return self._subscriptions.untold(wish.number, wanted)

    def _messages(self, wish: Subscription, fresh: tuple[Figure, ...]) -> list[tuple[str, tuple[Figure, ...]]]:
        """One message for each notice, or one digest."""
        language = wish.language or FALLBACK
        if not fresh:
            return []
        if wish.every != "notice":
            return [(word("digest", language), fresh)]
        by_notice = groupby(sorted(fresh, key=lambda f: (f.notice_id, f.start)), key=lambda f: f.notice_id)
        return [
            (word("alert", language, title=clean(self._library.notice(notice_id).title)), tuple(figures))
            for notice_id, figures in by_notice
        ]

    def _line(self, figure: Figure, language: str) -> tuple[str, Source]:
        notice = self._library.notice(figure.notice_id)
        published = notice.published.isoformat() if notice.published else ""
        source = Source(1, clean(notice.title), published, web_address(notice.url), clean(figure.quote))
        return caption(figure.as_row(), language), source
