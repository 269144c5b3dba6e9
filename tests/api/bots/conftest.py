"""A server with the bots, a fake Slack on a real socket, and an assistant that answers as it is told."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from api import problems
from api.bots.routes import router
from api.charts import Charts
from api.keys import Access
from api.limits import Limits, Slots
from api.state import Services
from assistant.answer import Answer
from assistant.event import Event
from assistant.service import Assistant
from assistant.settings import Settings
from knowledge.library import Library
from tests.fakes.slack_server import APP_TOKEN, SECRET, TOKEN, FakeSlack, Sender

Reply = Callable[[str], Answer]


def canned(question: str) -> Answer:
    """A short answer to anything."""
    return Answer(
        answer_id=f"a-{abs(hash(question))}",
        question=question,
        status="answered",
        text=f"8,512 projects landed in 2023 [1]. You asked: {question}",
        value={"value": 8512, "unit": "projects", "text": "8,512 projects"},
        citations=[
            {
                "n": 1,
                "notice_id": "n1",
                "source": "001.txt",
                "title": "A notice",
                "published": "2024-02-20",
                "url": "http://example.org/a",
                "quote": "8,512 projects landed",
                "start": 0,
                "end": 21,
            }
        ],
        suggestions=["And the landing rate?"],
        interpretation={"indicator": "projects landed", "time_period": "2023"},
    )


class ToldAssistant(Assistant):
    """Answers by `reply` after `delay` seconds and remembers what it was asked; keeps turns as the real one does."""

    def __init__(self, library: Library, settings: Settings, reply: Reply = canned, delay: float = 0.0) -> None:
        super().__init__(library, settings)
        self.reply, self.delay = reply, delay
        self.asked: list[dict[str, Any]] = []

    async def ask(self, text: str, **how: Any) -> Answer:
        self.asked.append({"text": text, **how})
        await asyncio.sleep(self.delay)
        return self.reply(text).model_copy(update={"conversation_id": how.get("conversation_id")})

    async def stream(self, text: str, **how: Any) -> AsyncIterator[Event]:
        answer = await self.ask(text, **how)
        yield Event("step", {"text": "searching"})
        for word in answer.text.split(" "):
            yield Event("text", {"text": word + " "})
        yield Event("answer", answer.model_dump(mode="json"))


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def settings(slack: FakeSlack, tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path,
        embedder="none",
        slack_signing_secret=SecretStr(SECRET),
        slack_bot_token=SecretStr(TOKEN),
        slack_app_token=SecretStr(APP_TOKEN),
        slack_api_url=slack.api_url,
        mattermost_token=SecretStr("mm-one, mm-two"),
        webhook_secret=SecretStr("whsec_dGFsbHktd2ViaG9vay1zZWNyZXQtZm9yLXRlc3Rz"),
    )


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path, embedder="none")


@asynccontextmanager
async def serving(settings: Settings, assistant: Assistant, grace: float = 5.0) -> AsyncIterator[str]:
    """The bots on a real socket; the server's address."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        charts, limits = Charts(), Limits(grace=grace)
        app.state.services = Services(
            settings=settings, assistant=assistant, library=assistant.library, charts=charts,
            access=Access(settings, assistant.library.store), slots=Slots(100), limits=limits,
        )  # fmt: skip
        yield
        charts.close()

    app = FastAPI(lifespan=lifespan)
    problems.install(app)
    app.include_router(router)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", timeout_graceful_shutdown=2))
        task = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            if task.done():
                await task
            await asyncio.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


@pytest.fixture
def told(library: Library, settings: Settings) -> ToldAssistant:
    return ToldAssistant(library, settings)


@pytest.fixture
async def sender(settings: Settings, told: ToldAssistant) -> AsyncIterator[Sender]:
    """Slack sending to a running server."""
    async with serving(settings, told) as url, Sender(url + "/slack/events") as sends:
        yield sends


Settled = Callable[[], Awaitable[None]]
