"""What a person waits for: the launcher, the panel's first paint, the first verified words and the whole first answer.

A fresh browser profile against `tally serve` with the sample notices each time; medians of several rounds.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

ROUNDS = 7
QUESTION = "How many projects landed in 2023?"
HOST = '<!doctype html><title>host</title><link rel="icon" href="data:,"><script src="/widget.js" async></script>'
WATCH = """async (question) => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const chat = document.querySelector("tally-chat");
    const root = chat.shadowRoot;
    const times = {launcher: performance.now()};
    let began = performance.now();
    root.querySelector(".launcher").click();
    await frame();
    times.panel = performance.now() - began;
    began = performance.now();
    const words = () => root.querySelector(".draft")?.textContent || root.querySelector(".card.answered");
    chat.ask(question);
    while (!words()) await frame();
    times.words = performance.now() - began;
    while (!root.querySelector(".card.answered .number")) await frame();
    await frame();
    times.answer = performance.now() - began;
    times.bytes = performance.getEntriesByType("resource").filter((r) => /widget/.test(r.name))
        .reduce((sum, r) => sum + r.transferSize, 0);
    return times;
}"""
ROWS = {
    "launcher": "launcher on the page, from navigation (ms)",
    "panel": "panel painted, from the press (ms)",
    "words": "first verified words, from asking (ms)",
    "answer": "whole answer painted, from asking (ms)",
    "bytes": "widget over the wire (bytes)",
}


def main() -> None:
    """Print the medians; not measured where there is no Chromium."""
    from playwright.sync_api import sync_playwright

    from tests.api.widget.conftest import CHROMIUM, FLAGS

    if CHROMIUM is None:
        print("not measured: no Chromium (`apt-get install chromium`)")
        return
    with serving() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        first, *rounds = [measured(browser, url) for _ in range(ROUNDS + 1)]
        browser.close()
    print(f"{'':50} first  median of {ROUNDS}")
    for key, words in ROWS.items():
        print(f"{words:50} {first[key]:6.0f}  {statistics.median(r[key] for r in rounds):6.0f}")


@contextmanager
def serving() -> Iterator[str]:
    """`tally serve` on the sample notices, with no key, from a folder of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("TALLY_", "OPENAI_"))}
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", str(port)]
    with tempfile.TemporaryDirectory() as home:
        environment = {**inherited, "TALLY_HOME": home}
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
            try:
                yield _ready(f"http://127.0.0.1:{port}", server)
            finally:
                server.terminate()


def _ready(url: str, server: "subprocess.Popen[bytes]") -> str:
    while server.poll() is None:
        try:
            httpx.get(f"{url}/healthz", timeout=5, trust_env=False).raise_for_status()
            return url
        except httpx.TransportError:
            time.sleep(0.2)
    sys.exit("the server did not start")


def measured(browser: Any, url: str) -> dict[str, float]:
    """One visit by somebody new."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.route(f"{url}/host", lambda route: route.fulfill(body=HOST, content_type="text/html"))
    page.goto(f"{url}/host")
    page.locator("tally-chat .launcher").wait_for()
    times: dict[str, float] = page.evaluate(WATCH, QUESTION)
    context.close()
    return times
