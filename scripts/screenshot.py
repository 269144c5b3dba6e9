"""Makes the README's picture: the page with an answer, its arithmetic and the sentence that published it.

    .venv/bin/python -m scripts.screenshot [FILE]

Needs Chromium; serves the sample notices from a folder of its own.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.api.widget.conftest import CHROMIUM, FLAGS
from tests.bench.page import serving

TARGET = Path("docs/images/tally.png")
EARLIER = ("How many projects landed in 2023?", "Rank the sources of FDI growth in 2023")
QUESTION = "Average expected investment per new project in 2023?"


def main(target: Path) -> None:
    """Ask, open the source, take the picture."""
    if CHROMIUM is None:
        sys.exit("no Chromium found: install Debian's package chromium")
    target.parent.mkdir(parents=True, exist_ok=True)
    with serving() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1360, "height": 830}, device_scale_factor=1.25, locale="en-GB")
        page.goto(url)
        for question in EARLIER:
            ask(page, question)
            page.get_by_role("button", name="New conversation").first.click()
            page.locator("tally-chat .welcome").wait_for()
        ask(page, QUESTION)
        page.locator("tally-chat .card .prose .mark").first.click()
        page.locator("tally-chat .sheet mark").first.wait_for()
        page.wait_for_timeout(800)
        page.screenshot(path=target)
        browser.close()
    print(target)


def ask(page: Page, question: str) -> None:
    """Ask and wait for the answer."""
    field = page.locator("tally-chat textarea")
    field.fill(question)
    field.press("Enter")
    page.locator("tally-chat .card.answered").last.wait_for()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
