"""A circuit breaker: a model that does not answer is left alone for a while, then tried by one question."""

import threading
from collections.abc import Callable

LIMIT = 3  # failures in a row that open it
REST_SECONDS = 30.0


class Breaker:
    """Closed, it lets everybody through; open, nobody; after its rest, one at a time until one succeeds."""

    def __init__(self, clock: Callable[[], float], limit: int = LIMIT, rest: float = REST_SECONDS) -> None:
        self._clock, self._limit, self._rest = clock, limit, rest
        self._failures, self._opened, self._trying = 0, 0.0, False
        self._lock = threading.Lock()

    @property
    def open(self) -> bool:
        """Whether the model is being spared."""
        with self._lock:
            return self._failures >= self._limit

    def allows(self) -> bool:
        """Whether this question may try the model; whoever may must report `worked`, `failed` or `left`."""
        with self._lock:
            if self._failures < self._limit:
                return True
            if self._trying or self._clock() - self._opened < self._rest:
                return False
            self._trying = True
            return True

    def worked(self) -> None:
        """The model answered, well or badly."""
        with self._lock:
            self._failures, self._trying = 0, False

    def failed(self) -> None:
        """The model could not be reached, or not in time."""
        with self._lock:
            self._failures, self._trying = self._failures + 1, False
            if self._failures >= self._limit:
                self._opened = self._clock()

    def left(self) -> None:
        """The question was given up before the model could tell."""
        with self._lock:
            self._trying = False
