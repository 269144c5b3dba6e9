"""The inbox: what arrives is stored, acknowledged at once, then answered in the background, once."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import structlog

from api.bots.deliveries import Also, Deliveries, Delivery
from api.bots.failures import named

_T = TypeVar("_T")
log = structlog.get_logger("tally.bots")

Save = Callable[[dict[str, Any]], Awaitable[None]]
Handler = Callable[[Delivery, Save], Awaitable[None]]
GaveUp = Callable[[Delivery], Awaitable[None]]

AT_ONCE = 32
SWEEP_SECONDS = 5.0


class TakenOver(Exception):
    """Another worker has the delivery now: this one was too slow to keep its lease."""


class Inbox:
    """Answers deliveries by the handler of their kind.

    A handler calls `save` with what it has made before it posts it, and looks at `delivery.result` and
    `delivery.attempts` to take up what an earlier attempt left. It returns when the answer is out.
    """

    def __init__(
        self,
        deliveries: Deliveries,
        handlers: Mapping[str, Handler],
        *,
        gave_up: GaveUp | None = None,
        keep: Collection[str] = (),
        retention_days: float = 30,
        sweep_seconds: float = SWEEP_SECONDS,
    ) -> None:
        self.deliveries, self._handlers, self._gave_up = deliveries, handlers, gave_up
        self._keep = keep  # kinds whose answers are given again to whoever asks again
        self._retention_days, self._sweep_seconds = retention_days, sweep_seconds
        self._door = ThreadPoolExecutor(1, "bot-door")  # what must be known before it is acknowledged
        self._threads = ThreadPoolExecutor(2, "bot-inbox")  # the rest; neither waits for the pool that answers use
        self._tasks: set[asyncio.Task[None]] = set()
        self._incoming: list[tuple[Delivery, asyncio.Future[bool]]] = []
        self._writer: asyncio.Task[None] | None = None
        self._room = asyncio.Semaphore(AT_ONCE)
        self._sweeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Take up what was left unanswered and keep looking for more."""
        await self._sweep()
        self._sweeper = asyncio.create_task(self._keep_sweeping())

    async def stop(self, grace: float = 5.0) -> None:
        """Finish what ends within `grace` seconds; give the rest back to whoever comes next."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, *([self._sweeper] if self._sweeper else []), return_exceptions=True)
        await self.run(self.deliveries.release)
        self._door.shutdown()
        self._threads.shutdown()

    async def run(self, function: Callable[..., _T], *args: Any) -> _T:
        """A call of the store, off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *args)

    async def ask_first(self, function: Callable[..., _T], *args: Any) -> _T:
        """The same for a request that waits to be acknowledged: never behind the answers."""
        return await asyncio.get_running_loop().run_in_executor(self._door, function, *args)

    async def accept(self, delivery: Delivery, also: Also | None = None) -> bool:
        """Store it and begin to answer. False where it is answered already, or being answered.

        Raises where it could not be stored: then it must not be acknowledged.
        """
        if also is not None:
            ours = await self.run(self.deliveries.accept, delivery, also)
            if ours is not None:
                self._begin(ours)
            return ours is not None
        answered: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._incoming.append((delivery, answered))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        return await answered

    async def _write(self) -> None:
        """Store what has come in since the last time, until nothing has."""
        while self._incoming:
            batch, self._incoming = self._incoming, []
            try:
                taken = await self.ask_first(self.deliveries.accept_all, [delivery for delivery, _ in batch])
            except Exception as error:  # each of them hears of it, and is not acknowledged
                for _, answered in batch:
                    if not answered.done():
                        answered.set_exception(error)
                continue
            for ours, (_, answered) in zip(taken, batch, strict=True):
                if ours is not None:
                    self._begin(ours)
                if not answered.done():
                    answered.set_result(ours is not None)

    async def idle(self) -> None:
        """Wait until nothing is under way here."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    def _begin(self, delivery: Delivery) -> None:
        task = asyncio.create_task(self._answer(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, delivery: Delivery) -> None:
        async def save(result: dict[str, Any]) -> None:
            if not await self.run(self.deliveries.saved, delivery.delivery_id, result):
                raise TakenOver

        async with self._room:
            try:
                await self._handlers[delivery.kind](delivery, save)
            except TakenOver:
                log.warning("bot delivery taken over", kind=delivery.kind, attempt=delivery.attempts)
            except Exception as error:  # whatever it was, the delivery is not lost
                log.error("bot delivery failed", kind=delivery.kind, attempt=delivery.attempts, error=named(error))
                await self._failed(delivery)
            else:
                keep = delivery.kind in self._keep
                await self.run(partial(self.deliveries.done, delivery.delivery_id, keep=keep))

    async def _failed(self, delivery: Delivery) -> None:
        if await self.run(self.deliveries.failed, delivery) and self._gave_up is not None:
            try:
                await self._gave_up(delivery)
            except Exception as error:
                log.error("bot apology failed", kind=delivery.kind, error=named(error))

    async def _keep_sweeping(self) -> None:
        rounds = 0
        while True:
            await asyncio.sleep(self._sweep_seconds)
            try:
                await self._sweep()
                if rounds % 720 == 0:
                    await self.run(self.deliveries.forget, self._retention_days)
            except Exception as error:  # the store may be away for a while: the next round tries again
                log.error("bot sweep failed", error=named(error))
            rounds += 1

    async def _sweep(self) -> None:
        await self.run(self.deliveries.renew)
        for delivery in await self.run(self.deliveries.abandoned):
            self._begin(delivery)
