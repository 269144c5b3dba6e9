"""The one line on a foreign page: another origin, hostile styles, a strict policy with Trusted Types."""

from typing import Any

import pytest

from tests.api.widget.conftest import Host, Served, strict_policy
from tests.api.widget.fake_api import Fake
from tests.api.widget.recorded import NOTICE_TEXT, sentence

pytestmark = pytest.mark.browser
VIOLATIONS = (
    "window.violations = []; document.addEventListener('securitypolicyviolation',"
    " (e) => window.violations.push(e.violatedDirective + ' ' + e.blockedURI))"
)
COLOURS = """() => [...document.querySelector("tally-chat").shadowRoot.querySelectorAll("*")]
    .filter((n) => n.getClientRects().length && getComputedStyle(n).color === "rgb(255, 0, 0)").length"""


def test_ask_read_the_source_change_a_chip_follow_up_and_come_back(
    opened: Any, host: Host, fake: Fake, api: Served
) -> None:
    seen = opened(host.url)
    page = seen.page
    page.evaluate(VIOLATIONS)
    seen.open()
    assert page.evaluate(COLOURS) == 0

    seen.ask("How many new enterprises in 2023?")
    card = page.locator("tally-chat .card.answered")
    card.wait_for()
    assert card.locator(".headline .number").inner_text() == "4,120"
    assert card.locator(".caption").inner_text() == "New enterprises registered · Harbour City FTZ · 2023"

    mark = card.locator(".prose .mark")
    mark.click()
    lit = page.locator("tally-chat .sheet mark").first
    lit.wait_for()
    told = "".join(page.locator("tally-chat .sheet mark").all_inner_texts())
    assert told == sentence(NOTICE_TEXT, "4,120")
    assert inside(page, ".sheet mark", ".sheet .body")
    assert page.evaluate("() => document.querySelector('tally-chat').shadowRoot.activeElement.className") == "name"
    seen.picture("embedded-source")
    page.keyboard.press("Escape")
    assert not page.locator("tally-chat .sheet").is_visible()
    assert page.evaluate("() => document.querySelector('tally-chat').shadowRoot.activeElement.className") == "mark"

    page.locator("tally-chat .chip[data-part=time_period]").click()
    field = page.locator("tally-chat .edit input")
    field.fill("2022")
    field.press("Enter")
    page.locator("tally-chat .question .note").wait_for()
    seen.settled()
    assert fake.asked[-1]["interpretation"] == {"time_period": "2022"}
    assert fake.asked[-1]["question"] == "How many new enterprises in 2023?"

    seen.ask("compare 2023 and 2024")
    picture = page.locator("tally-chat .plot img")
    picture.wait_for()
    assert picture.get_attribute("alt", timeout=1000).startswith("Bar chart")
    page.get_by_role("button", name="Show table").click()
    assert page.locator("tally-chat td.number").first.inner_text().replace("\u2060", " ") == "4,120 enterprises 1"
    assert page.locator("tally-chat td.number .mark").count() == 2
    assert len({b.get("conversation_id") for b in fake.asked[1:]}) == 1

    page.reload()
    seen.open()
    page.locator("tally-chat .turn").nth(2).wait_for()
    assert page.locator("tally-chat .turn").count() == 3

    assert page.evaluate("() => window.violations ?? []") == []
    assert seen.troubles == []
    assert seen.hosts() == {f"127.0.0.1:{api.port}", host.url.split("/")[2]}
    assert page.context.cookies() == []


def inside(page: Any, inner: str, outer: str) -> bool:
    """Whether one element is in view within another."""
    page.wait_for_timeout(400)  # the scroll is smooth
    found: bool = page.evaluate(
        """([inner, outer]) => {
            const root = document.querySelector("tally-chat").shadowRoot;
            const [a, b] = [inner, outer].map((s) => root.querySelector(s).getBoundingClientRect());
            return a.top >= b.top && a.bottom <= b.bottom && a.height > 0;
        }""",
        [inner, outer],
    )
    return found


def test_the_chart_is_drawn_where_the_policy_takes_no_blob_images(opened: Any, host: Host, api: Served) -> None:
    host.policy = strict_policy(api.url, images="")
    seen = opened(host.url)
    seen.open()
    seen.ask("compare 2023 and 2024")
    canvas = seen.page.locator("tally-chat .plot canvas")
    canvas.wait_for()
    assert canvas.get_attribute("aria-label", timeout=1000).startswith("Bar chart")


def test_text_streams_before_the_answer_and_is_announced_once(opened: Any, host: Host) -> None:
    seen = opened(host.url)
    seen.open()
    page = seen.page
    page.evaluate("""() => {
        window.announced = [];
        const status = document.querySelector("tally-chat").shadowRoot.querySelector(".chat > [role=status]");
        const watch = new MutationObserver(() => window.announced.push(status.textContent));
        watch.observe(status, {childList: true, characterData: true, subtree: true});
    }""")
    seen.ask("slowly, how many in 2023?")
    page.locator("tally-chat .step", has_text="Finding published figures").wait_for()
    page.locator("tally-chat .draft", has_text="4,120 new").wait_for()
    assert page.locator("tally-chat .card.answered").count() == 0
    page.locator("tally-chat .card.answered").wait_for()
    assert page.evaluate("() => window.announced") == [
        "Answer: 4,120 new enterprises were registered in the zone in 2023 [1]."
    ]


def test_with_the_keyboard_alone(opened: Any, host: Host) -> None:
    seen = opened(host.url)
    page = seen.page
    page.locator("tally-chat .launcher").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("How many")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("new enterprises in 2023?")
    page.keyboard.press("Enter")
    page.locator("tally-chat .card.answered").wait_for()
    assert page.locator("tally-chat .question p").first.inner_text().endswith("How many\nnew enterprises in 2023?")
    focused = "() => document.querySelector('tally-chat').shadowRoot.activeElement?.className ?? ''"
    assert page.evaluate("() => document.querySelector('tally-chat').shadowRoot.activeElement.tagName") == "TEXTAREA"
    page.keyboard.press("ArrowUp")
    assert page.locator("tally-chat textarea").input_value().startswith("How many")
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(focused) == "mark":
            break
    assert page.evaluate(focused) == "mark"
    page.keyboard.press("Enter")
    page.locator("tally-chat .sheet mark").first.wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "mark"
    page.keyboard.press("Escape")
    assert not page.locator("tally-chat .panel").is_visible()
    assert page.evaluate(focused) == "launcher"


def test_language_theme_and_phone(opened: Any, host: Host) -> None:
    host.script = 'data-accent="#ff8800" data-heading="Statistics desk" data-suggestions="First?|Second?"'
    phone = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark", "locale": "zh-CN"}
    seen = opened(host.url, **phone)
    seen.open()
    page = seen.page
    assert page.locator("tally-chat textarea").get_attribute("placeholder") == "询问已发布的数据…"
    assert page.locator("tally-chat .title").inner_text() == "Statistics desk"
    assert page.locator("tally-chat .suggestion").all_inner_texts() == ["First?", "Second?"]
    assert page.locator("tally-chat .tally").get_attribute("data-theme") == "dark"
    seen.ask("新登记企业多少家？")
    page.locator("tally-chat .card.answered").wait_for()
    assert page.locator("tally-chat .headline .figure").inner_text().replace(" ", "") == "4,120家企业"
    box = page.locator("tally-chat .panel").bounding_box()
    assert (box["x"], box["width"]) == (0, 360)
    log = "document.querySelector('tally-chat').shadowRoot.querySelector('.log')"
    assert page.evaluate(f"() => {log}.scrollWidth <= {log}.clientWidth")
    seen.picture("phone-dark-zh")
    page.evaluate("() => document.querySelector('tally-chat').setAttribute('lang', 'en')")
    assert page.locator("tally-chat textarea").get_attribute("placeholder") == "Ask about a published figure…"
    assert page.locator("tally-chat .turn").count() == 1


def test_right_to_left_pages_have_the_panel_at_their_end(opened: Any, host: Host) -> None:
    seen = opened(host.url)
    page = seen.page
    page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
    seen.open()
    seen.ask("What share was foreign-funded?")
    page.locator("tally-chat .card.answered").wait_for()
    panel = page.locator("tally-chat .panel").bounding_box()
    assert panel["x"] < 100
    formula = page.locator("tally-chat .formula")
    assert formula.evaluate("(n) => getComputedStyle(n).direction") == "ltr"  # or "= 412 ÷ 4,120" reads backwards
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    seen.picture("right-to-left")


def test_the_tag_placed_inline_and_the_javascript_api(opened: Any, host: Host, fake: Fake) -> None:
    host.body = f'<h1>An agency</h1><tally-chat api="{host.api}" greeting="Ask us."></tally-chat>'
    host.css = "tally-chat {width: 500px; height: 600px; color: red !important}"
    seen = opened(host.url)
    page = seen.page
    page.locator("tally-chat textarea").wait_for()
    assert page.locator("tally-chat .launcher").count() == 0
    assert page.locator("tally-chat").bounding_box()["width"] == 500
    assert page.locator("tally-chat .welcome p").inner_text() == "Ask us."
    page.evaluate("""async () => {
        window.heard = [];
        for (const type of ["ask", "answer", "citation"]) Tally.on(type, (detail) => window.heard.push([type, detail]));
        await Tally.ask("How many new enterprises in 2023?", {time_period: "2023"});
    }""")
    page.locator("tally-chat .card.answered").wait_for()
    heard = page.evaluate("() => window.heard")
    assert [kind for kind, _ in heard] == ["ask", "answer"]
    assert heard[1][1]["answer"]["value"]["value"] == 4120
    assert fake.asked[0]["interpretation"] == {"time_period": "2023"}
    page.evaluate("() => Tally.reset()")
    page.locator("tally-chat .welcome").wait_for()


def test_thumbs_copy_and_permalink(opened: Any, host: Host, fake: Fake) -> None:
    seen = opened(host.url, permissions=["clipboard-read", "clipboard-write"])
    seen.open()
    page = seen.page
    seen.ask("How many new enterprises in 2023?")
    page.locator("tally-chat .card.answered").wait_for()
    page.get_by_role("button", name="Copy with sources").click()
    page.locator("tally-chat .told", has_text="Copied").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.splitlines()[1] == (
        "[1] Harbour City free trade zone: results of 2023, 2024-02-11, https://harbour.example/2024/results"
    )
    page.get_by_role("button", name="Not helpful").click()
    page.get_by_role("textbox", name="What was wrong?").fill("wrong year")
    page.keyboard.press("Enter")
    page.locator("tally-chat .told", has_text="Thank you").wait_for()
    assert fake.feedback[0][1] == {"rating": "down", "reason": "wrong year"}
    page.get_by_role("button", name="Copy link to this answer").click()
    page.locator("tally-chat .told", has_text="Link copied").wait_for()
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert link == f"{host.api}/#/answers/{fake.feedback[0][0]}"


def test_clarify_options_and_suggestions_ask(opened: Any, host: Host, fake: Fake) -> None:
    seen = opened(host.url)
    seen.open()
    page = seen.page
    seen.ask("new enterprises?")
    page.get_by_role("button", name="New enterprises in 2023").click()
    page.locator("tally-chat .card.answered").wait_for()
    page.get_by_role("button", name="How many of them were foreign-funded?").click()
    seen.settled()
    assert [b["question"] for b in fake.asked] == [
        "new enterprises?",
        "New enterprises in 2023",
        "How many of them were foreign-funded?",
    ]
