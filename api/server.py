"""The server process: uvicorn, and what it lacks: a deadline for requests to arrive and for clients to read."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

import h11
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.supervisors import Multiprocess

from api.app import create_app
from api.limits import Limits
from api.logs import configure
from assistant.settings import Settings

_FLOOR = 32_768  # bytes a second that a long upload must keep up


class Patient(H11Protocol):
    """uvicorn's protocol that gives up on a request that does not arrive whole and on a client that does not read."""

    limits: ClassVar[Limits] = Limits()
    _arriving: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    _since = 0.0
    _received = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn does
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._expect()
        else:
            self._arrived()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        self.resume_writing()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stalled = self.loop.call_later(self.limits.stall, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _expect(self) -> None:
        if self._arriving is None:
            self._since, self._received = self.loop.time(), 0
            self._arriving = self.loop.call_later(self.limits.receipt, self._late)

    def _late(self) -> None:
        self._arriving = None
        if self._received >= _FLOOR * (self.loop.time() - self._since):
            self._arriving = self.loop.call_later(1.0, self._late)
        else:
            self.transport.abort()

    def _arrived(self) -> None:
        if self._arriving is not None:
            self._arriving.cancel()
            self._arriving = None


def config(app: Callable[[], FastAPI] | FastAPI, settings: Settings, **more: Any) -> uvicorn.Config:
    """uvicorn's configuration for Tally."""
    chosen: dict[str, Any] = {
        "factory": not isinstance(app, FastAPI),
        "host": settings.host,
        "port": settings.port,
        "http": Patient,
        "ws": "none",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": list(settings.trusted_proxies),
        "timeout_keep_alive": 10,
        "timeout_graceful_shutdown": int(Patient.limits.grace) + 5,
    }
    return uvicorn.Config(app, **{**chosen, **more})


def run(settings: Settings, workers: int = 1) -> None:
    """Serve until a signal comes; streams under way get a few seconds to finish."""
    served = config(partial(worker, settings), settings, workers=workers)
    if workers == 1:
        uvicorn.Server(served).run()
    else:
        Multiprocess(served, sockets=[served.bind_socket()]).run()


def worker(settings: Settings) -> FastAPI:
    """The application of one process, its logs set up."""
    configure(settings)
    return create_app(settings)
