"""How much anybody may take: rate, body size, time, and answers under way at once."""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.keys import Caller, Role
from api.problems import Problem, refuse
from assistant.settings import Settings

_BUCKETS = 10_000  # callers remembered
_GUARDED = ("/v1", "/mcp")


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds and counts that are not settings: tests shorten them."""

    heartbeat: float = 15.0  # between comments of a silent stream
    receipt: float = 12.0  # for a request to arrive whole
    stall: float = 20.0  # for a client to read what was sent
    grace: float = 5.0  # for streams to finish when the server stops
    answers: int = 512  # under way at once in this process
    upload_bytes: int = 60_000_000


class Slots:
    """Answers under way; a slot is held only while its answer is made."""

    def __init__(self, size: int) -> None:
        self._size, self.taken = size, 0

    def check(self) -> None:
        """Problem 503 where every slot is taken."""
        if self.taken >= self._size:
            raise Problem(503, f"{self._size} answers are under way; try again shortly", headers={"Retry-After": "2"})

    @contextmanager
    def hold(self) -> Iterator[None]:
        """One slot, given back however the answer ends."""
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1


@dataclass(slots=True)
class Bucket:
    """A token bucket: `rate` a minute, as many at once."""

    rate: int
    tokens: float = field(default=-1.0)
    at: float = 0.0

    def take(self, now: float) -> float:
        """Seconds to wait; 0 where the request may go on. `now` in seconds of any steady clock."""
        full = float(self.rate)
        self.tokens = full if self.tokens < 0 else min(full, self.tokens + (now - self.at) * full / 60)
        self.at = now
        if self.tokens >= 1:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens) * 60 / full


class RateLimit:
    """429 for whoever asks too often. The machine's own user is counted only where the limit was set by hand."""

    def __init__(self, app: ASGIApp, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.app, self._rate, self._clock = app, settings.rate_limit_per_minute, clock
        self._spare_local = "rate_limit_per_minute" not in settings.model_fields_set
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait = self._wait(scope)
        if not wait:
            return await self.app(scope, receive, send)
        seconds = math.ceil(wait)
        problem = Problem(
            429,
            f"more than {self._rate} requests in a minute; wait {seconds} s",
            headers={"Retry-After": str(seconds), "RateLimit-Limit": str(self._rate)},
        )
        return await refuse(problem, scope, receive, send)

    def _wait(self, scope: Scope) -> float:
        if scope["type"] != "http" or self._rate <= 0 or not scope["path"].startswith(_GUARDED):
            return 0.0
        caller = scope["state"].get("caller")
        if isinstance(caller, Caller) and caller.local and self._spare_local:
            return 0.0
        name = caller.limited_by if isinstance(caller, Caller) else f"address:{(scope.get('client') or ['?'])[0]}"
        bucket = self._buckets.setdefault(name, Bucket(self._rate))
        self._buckets.move_to_end(name)
        if len(self._buckets) > _BUCKETS:
            self._buckets.popitem(last=False)
        return bucket.take(self._clock())


class BodyLimit:
    """413 for bodies above the limit, announced or not; an admin's uploads have their own."""

    def __init__(self, app: ASGIApp, settings: Settings, limits: Limits) -> None:
        self.app, self._limit, self._upload = app, settings.max_body_bytes, limits.upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        limit = self._upload if _may_upload(scope) else self._limit
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced[:20]) > limit:
            return await refuse(_too_large(limit), scope, receive, send)
        return await self.app(scope, _counted(receive, limit), send)


class Deadline:
    """504 for what takes longer than `request_timeout_seconds`; a stream that has begun is cut instead."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self._seconds = app, settings.request_timeout_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == "/v1/notices":  # an ingest takes what it takes
            return await self.app(scope, receive, send)
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            async with asyncio.timeout(self._seconds):
                return await self.app(scope, receive, watched)
        except TimeoutError:
            if begun:
                raise
            problem = Problem(504, f"no answer within {self._seconds:g} s; ask again or narrow the question")
            return await refuse(problem, scope, receive, send)


def _may_upload(scope: Scope) -> bool:
    caller = scope["state"].get("caller")
    return scope["path"] == "/v1/notices" and isinstance(caller, Caller) and caller.role >= Role.ADMIN


def _counted(receive: Receive, limit: int) -> Receive:
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise _too_large(limit)
        return message

    return counted


def _too_large(limit: int) -> Problem:
    return Problem(413, f"the body is larger than {limit} bytes; send less, or raise TALLY_MAX_BODY_BYTES")
