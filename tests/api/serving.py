"""Tally on a real socket, for tests: uvicorn in a thread, on a free port."""

import asyncio
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.limits import Limits
from api.server import Patient, config
from assistant.answer import Answer
from assistant.question import Question
from assistant.service import Assistant, Event
from assistant.settings import Settings
from knowledge.library import Library


@dataclass
class Served:
    """A running server."""

    app: FastAPI
    url: str
    port: int
    settings: Settings
    server: uvicorn.Server
    clients: list[httpx.Client] = field(default_factory=list)

    @property
    def services(self) -> Any:
        return self.app.state.services

    def client(self, key: str | None = None, **options: Any) -> httpx.Client:
        """An HTTP client, with a key where one is given; closed with the server."""
        headers = {**({"Authorization": f"Bearer {key}"} if key else {}), **options.pop("headers", {})}
        made = httpx.Client(base_url=self.url, headers=headers, timeout=60, trust_env=False, **options)
        self.clients.append(made)
        return made

    def key(self, name: str, role: str = "reader") -> str:
        """A new key of the server."""
        return self.services.access.keys.add(name, role, datetime.now(UTC))[1]


@contextmanager
def serving(
    home: Path,
    *,
    assistant: type[Assistant] = Assistant,
    library: Library | None = None,
    limits: Limits | None = None,
    changed: Callable[[FastAPI], None] | None = None,
    **settings: Any,
) -> Iterator[Served]:
    """A server until the block ends."""
    chosen = Settings(home=home, port=0, **{"embedder": "none", **settings})
    known = library or Library.open(home, embedder="none")
    bounds = limits or Limits()
    app = create_app(chosen, library=known, assistant=assistant(known, chosen), limits=bounds)
    if changed:
        changed(app)
    protocol = type("Quick", (Patient,), {"limits": bounds})
    server = uvicorn.Server(config(app, chosen, http=protocol))
    thread = threading.Thread(target=server.run, name="served")
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        served = Served(app, f"http://127.0.0.1:{port}", port, chosen, server)
        yield served
        for client in served.clients:
            client.close()
    finally:
        server.should_exit = True
        thread.join(30)
        if library is None:
            known.close()
    assert not thread.is_alive(), "the server did not stop"


class Scripted(Assistant):
    """An assistant whose answers need no library: `wait N` in a question makes it wait, `boom` makes it fail."""

    begun = 0
    ended = 0

    async def _answer(self, question: Question, report: Any) -> Answer:
        type(self).begun += 1
        try:
            report(Event("step", {"text": "thinking"}))
            if question.text.startswith("wait"):
                await asyncio.sleep(float(question.text.split()[1]))
            if question.text.startswith("boom"):
                raise RuntimeError("a secret of ours")
            report(Event("text", {"text": "Eight."}))
            chart = {
                "mark": "bar",
                "data": {"values": [{"a": 1}]},
                "encoding": {"x": {"field": "a", "type": "nominal"}},
            }
            return Answer(
                answer_id=uuid.uuid4().hex,
                conversation_id=question.conversation_id,
                question=question.text,
                status="answered",
                text="Eight.",
                chart=chart if "chart" in question.text else None,
                interpretation=dict(question.interpretation),
            )
        finally:
            type(self).ended += 1


def until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait for what must come true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.01)
