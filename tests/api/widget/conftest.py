"""A real Chromium, the fake server and a foreign page; with no Chromium the browser tests are skipped by name."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from starlette.responses import HTMLResponse

from tests.api.widget.fake_api import Fake, create

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ARTEFACTS = Path("test-artefacts/widget")
HOSTILE_CSS = (
    "* {color: red !important; font: 30px cursive !important; letter-spacing: 4px !important; margin: 7px !important}"
    "button {border: 9px solid lime !important; display: block !important} div {display: inline !important}"
    "textarea, dialog {display: none !important} tally-chat {opacity: 0 !important; filter: blur(9px) !important}"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name what is skipped where there is no browser."""
    if CHROMIUM is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium found: install Debian's package chromium"))


class Served:
    """An ASGI app on a port of its own, in a thread."""

    def __init__(self, app: FastAPI, port: int = 0) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", port))
        self.port = self.socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=0)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        """End the server, whatever it is doing."""
        self.server.should_exit = self.server.force_exit = True
        self.thread.join(10)
        self.socket.close()


@dataclass
class Host:
    """A page of a foreign origin that embeds the widget; `body` and `policy` may be changed before it is opened."""

    api: str
    script: str = ""
    body: str = "<h1>An agency</h1><p>Its own page.</p>"
    css: str = HOSTILE_CSS
    policy: str = ""
    served: Served | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Where the page is."""
        assert self.served is not None
        return f"http://localhost:{self.served.port}/"

    def app(self) -> FastAPI:
        """The foreign server."""
        app = FastAPI()

        @app.get("/")
        def page() -> HTMLResponse:
            html = (
                '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An agency</title>'
                '<meta name="viewport" content="width=device-width, initial-scale=1">'
                f'<link rel="icon" href="data:,"><link rel="stylesheet" href="/host.css"></head>'
                f"<body><main>{self.body}</main>"
                f'<script src="{self.api}/widget.js" async {self.script}></script></body></html>'
            )
            headers = {"Content-Security-Policy": self.policy} if self.policy else {}
            return HTMLResponse(html, headers=headers)

        @app.get("/host.css")
        def css() -> HTMLResponse:
            return HTMLResponse(self.css, media_type="text/css")

        return app


def strict_policy(api: str, images: str = " blob:") -> str:
    """What `/embed` tells a host to allow, and nothing else."""
    return (
        f"default-src 'none'; script-src {api}; connect-src {api}; style-src 'self'; img-src data:{images}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file of tests."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def fake() -> Fake:
    """The state of the fake server: what was asked, what is answered."""
    return Fake()


@pytest.fixture
def api(fake: Fake) -> Iterator[Served]:
    """The fake server."""
    served = Served(create(fake))
    yield served
    served.stop()


@pytest.fixture
def host(api: Served) -> Iterator[Host]:
    """The foreign page, strict and hostile."""
    page = Host(api.url, policy=strict_policy(api.url))
    page.served = Served(page.app())
    yield page
    page.served.stop()


@dataclass
class Watched:
    """A page and what went on in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def hosts(self) -> set[str]:
        """Every host that was asked for anything."""
        return {urlsplit(u).netloc for u in self.requests if urlsplit(u).scheme in ("http", "https", "ws", "wss")}

    def chat(self) -> Any:
        """The element."""
        return self.page.locator("tally-chat")

    def ask(self, question: str) -> None:
        """Type a question and send it."""
        field = self.page.locator("tally-chat textarea")
        field.fill(question)
        field.press("Enter")

    def open(self) -> None:
        """Press the launcher."""
        self.page.locator("tally-chat .launcher").click()

    def settled(self) -> None:
        """Wait until nothing is being answered."""
        self.page.wait_for_function("() => !document.querySelector('tally-chat').conversation.busy")

    def picture(self, name: str) -> None:
        """Keep a screenshot for people to look at."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Any]:
    """Opens pages that are watched; every context is closed in the end."""
    contexts: list[BrowserContext] = []

    def begin(url: str, **options: Any) -> Watched:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watched = Watched(page)
        page.on("request", lambda request: watched.requests.append(request.url))
        page.on("pageerror", lambda error: watched.troubles.append(str(error)))
        page.on(
            "console",
            lambda message: (
                watched.troubles.append(message.text)
                if message.type == "error" and "Failed to load resource" not in message.text
                else None
            ),
        )
        page.goto(url)
        return watched

    yield begin
    for context in contexts:
        context.close()
