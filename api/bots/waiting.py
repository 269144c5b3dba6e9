"""Answers that a request waits for a while: from the inbox to the response, or later by another way."""

import asyncio
from typing import Any


class Waiting:
    """Who waits for which delivery in this process."""

    def __init__(self) -> None:
        self._futures: dict[str, asyncio.Future[dict[str, Any]]] = {}

    def expect(self, delivery_id: str) -> "asyncio.Future[dict[str, Any]]":
        """The answer to come; the same for all who wait for the same delivery."""
        return self._futures.setdefault(delivery_id, asyncio.get_running_loop().create_future())

    async def within(self, delivery_id: str, seconds: float) -> dict[str, Any] | None:
        """The answer, or None where it does not come in time: then nobody waits any more."""
        future = self.expect(delivery_id)
        await asyncio.wait([future], timeout=seconds)
        if future.done():
            return future.result()
        self.forget(delivery_id)
        return None

    def forget(self, delivery_id: str) -> None:
        """Nobody waits any more."""
        self._futures.pop(delivery_id, None)

    def deliver(self, delivery_id: str, result: dict[str, Any]) -> bool:
        """Give the answer to those who wait; False where nobody does."""
        future = self._futures.pop(delivery_id, None)
        if future is None or future.done():
            return False
        future.set_result(result)
        return True
