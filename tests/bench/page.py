"""What a person waits for: the launcher, the panel's first paint, the first verified words and the whole first answer.

A fresh browser profile against `tally serve` with the sample notices each time; medians of several rounds.
"""

import statistics
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.load import serving

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
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), 1) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        first, *rounds = [measured(browser, url) for _ in range(ROUNDS + 1)]
        browser.close()
    print(f"{'':50} first  median of {ROUNDS}")
    for key, words in ROWS.items():
        print(f"{words:50} {first[key]:6.0f}  {statistics.median(r[key] for r in rounds):6.0f}")


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
