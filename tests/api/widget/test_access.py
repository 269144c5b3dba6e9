"""For everyone: axe-core finds nothing to mend in any state, light and dark, of the panel and of the full page."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.api.widget.conftest import Host, Served, Watched
from tests.api.widget.fake_api import Fake

pytestmark = pytest.mark.browser
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # what the appearance can change
ALL = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


SCHEMES = [
    pytest.param("light", ALL, id="light"),
    pytest.param("dark", COLOURS, id="dark colours"),
    pytest.param("dark", ALL, id="dark", marks=pytest.mark.soak),
]


def check(seen: Watched, state: str, rules: dict[str, list[str]]) -> None:
    """No violation in what is shown; animations are let end first, for they fade colours."""
    seen.page.evaluate("() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => null)))")
    seen.page.wait_for_timeout(250)
    results = Axe().run(seen.page, options=rules)
    found = [
        (v["id"], [(n["html"][:200], n["failureSummary"]) for n in v["nodes"]]) for v in results.response["violations"]
    ]
    assert not found, state


@pytest.mark.parametrize(("scheme", "rules"), SCHEMES)
def test_every_state_of_the_panel(opened: Any, host: Host, scheme: str, rules: dict[str, list[str]]) -> None:
    host.css = ""
    host.policy = ""
    host.script = 'data-suggestions="First question?|Second question?" data-timeout="1.5" data-accent="#e0559b"'
    seen = opened(host.url, color_scheme=scheme)
    page = seen.page
    page.locator("tally-chat .launcher").wait_for()
    check(seen, "closed", rules)
    seen.open()
    check(seen, "welcome", rules)
    for question, state in (
        ("How many new enterprises in 2023?", "answered"),
        ("What share was foreign-funded?", "computed"),
        ("compare 2023 and 2024", "chart"),
        ("new enterprises?", "clarify"),
        ("anything of 2019", "refused"),
        ("broken", "failed"),
    ):
        seen.ask(question)
        seen.settled()
        check(seen, state, rules)
    page.get_by_role("button", name="Show table").click()
    page.locator("tally-chat .chip").first.click()
    page.get_by_role("button", name="Not helpful").first.click()
    check(seen, "table, chip and reason open", rules)
    seen.ask("stall")
    page.locator("tally-chat .slow", has_text="longer").wait_for()
    check(seen, "waiting", rules)
    seen.settled()
    page.locator("tally-chat .prose .mark").first.click()
    page.locator("tally-chat .sheet mark").first.wait_for()
    check(seen, "source beside the answer", rules)
    page.set_viewport_size({"width": 360, "height": 740})
    check(seen, "phone", rules)


@pytest.mark.parametrize(("scheme", "rules"), SCHEMES)
def test_every_section_of_the_full_page(
    opened: Any, api: Served, fake: Fake, scheme: str, rules: dict[str, list[str]]
) -> None:
    seen = opened(api.url, color_scheme=scheme, bypass_csp=True)  # axe is injected; the policy is tested elsewhere
    page = seen.page
    page.locator("tally-chat textarea").wait_for()
    check(seen, "ask", rules)
    seen.ask("What share was foreign-funded?")
    page.locator("tally-chat .card.answered").wait_for()
    page.locator(".list a").wait_for()
    check(seen, "conversation", rules)
    page.locator(".list .tool").first.click()
    check(seen, "delete?", rules)
    page.goto(f"{api.url}/#/notices")
    page.locator(".list a").first.click()
    page.locator(".figures-of button").first.click()
    check(seen, "notices", rules)
    page.goto(f"{api.url}/#/figures")
    page.locator("tbody tr").first.wait_for()
    page.get_by_label("Label or sentence").fill("new enterprises")
    page.locator(".count", has_text="3 of 3").wait_for()
    page.get_by_role("button", name="Chart").click()
    page.locator(".bars").wait_for()
    check(seen, "figures", rules)
    page.goto(f"{api.url}/embed")
    page.locator("tally-chat textarea").wait_for()
    check(seen, "embed", rules)
    page.set_viewport_size({"width": 360, "height": 740})
    for section in ("/#/ask", "/#/notices", "/#/figures", "/embed"):
        page.goto(api.url + section)
        page.wait_for_timeout(300)
        check(seen, f"phone {section}", rules)
