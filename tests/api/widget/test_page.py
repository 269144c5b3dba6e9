"""The full page: conversations, notices, figures, permalinks, and the page that writes the snippet."""

from typing import Any

import pytest

from tests.api.widget.conftest import Served
from tests.api.widget.fake_api import Fake

pytestmark = pytest.mark.browser


def test_conversations_are_listed_opened_and_deleted(opened: Any, api: Served, fake: Fake) -> None:
    seen = opened(api.url)
    page = seen.page
    seen.ask("How many new enterprises in 2023?")
    page.locator(".list a", has_text="How many new enterprises").wait_for()
    first = page.url
    page.get_by_role("button", name="New conversation").first.click()
    page.locator("tally-chat .welcome").wait_for()
    seen.ask("What share was foreign-funded?")
    page.locator(".list a", has_text="What share").wait_for()
    assert page.locator(".list a").count() == 2 and page.url != first
    page.locator(".list a", has_text="How many").click()
    page.locator("tally-chat .question", has_text="How many").wait_for()
    assert page.url == first
    page.reload()
    page.locator("tally-chat .question", has_text="How many").wait_for()
    page.get_by_role("button", name="Delete this conversation: How many new enterprises in 2023?").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.locator(".list a", has_text="How many").wait_for(state="detached")
    page.locator("tally-chat .welcome").wait_for()
    assert len(fake.conversations) == 1 and seen.troubles == []


def test_a_permalink_shows_the_answer_and_whether_it_holds(opened: Any, api: Served, fake: Fake) -> None:
    made = fake.answer({"question": "What share was foreign-funded?"})
    seen = opened(f"{api.url}/#/answers/{made['answer_id']}")
    seen.page.locator("tally-chat .card.answered").wait_for()
    assert "it still holds" in seen.page.locator(".stored").inner_text()
    gone = opened(f"{api.url}/#/answers/nothing")
    gone.page.locator(".stored", has_text="no longer stored").wait_for()


def test_a_notice_is_read_with_its_figures(opened: Any, api: Served) -> None:
    seen = opened(f"{api.url}/#/notices")
    page = seen.page
    page.locator(".list a", has_text="results of 2023").click()
    page.locator(".reader .text").wait_for()
    assert "4,120" in page.locator(".reader .published").all_inner_texts()
    page.locator(".figures-of button", has_text="412").last.click()
    assert page.locator(".reader mark").inner_text() == "412"
    assert page.get_by_role("link", name="Original page").get_attribute("rel") == "noopener noreferrer"
    assert seen.troubles == []


def test_figures_are_filtered_sorted_drawn_and_downloaded(opened: Any, api: Served) -> None:
    seen = opened(f"{api.url}/#/figures")
    page = seen.page
    page.locator("tbody tr").nth(4).wait_for()
    page.get_by_role("button", name="Value").click()
    page.wait_for_function("() => document.querySelector('[aria-sort=ascending]')")
    assert "sort=value" in seen.requests[-1]
    page.get_by_label("Label or sentence").fill("new enterprises")
    page.locator(".count", has_text="3 of 3").wait_for()
    page.get_by_role("button", name="Chart", exact=True).click()
    assert page.locator(".bars .bar").count() == 3
    assert page.locator(".bars").get_attribute("aria-label") == "Bar chart of 3 figures in enterprises."
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename == "figures.csv"
    assert "format=csv" in seen.requests[-1] or any("format=csv" in r for r in seen.requests)
    assert seen.troubles == []


def test_the_snippet_follows_the_options(opened: Any, api: Served) -> None:
    seen = opened(f"{api.url}/embed")
    page = seen.page
    code = page.locator("pre code").first
    assert code.inner_text() == f'<script src="{api.url}/widget.js" async></script>'
    page.locator("input[name=heading]").fill('The "desk" & <co>')
    page.locator("textarea[name=suggestions]").fill("One?\n\nTwo?")
    page.locator("select[name=position]").select_option("start")
    assert code.inner_text() == (
        f'<script src="{api.url}/widget.js" async data-heading="The &quot;desk&quot; &amp; &lt;co>" '
        'data-suggestions="One?|Two?" data-position="start"></script>'
    )
    assert page.locator("tally-chat .title").inner_text() == 'The "desk" & <co>'
    page.locator("select[name=placement]").select_option("inline")
    assert code.inner_text().startswith("<tally-chat heading=") and "position" not in code.inner_text()
    assert seen.troubles == []


def test_language_and_appearance_are_kept(opened: Any, api: Served) -> None:
    seen = opened(api.url)
    page = seen.page
    page.get_by_label("Language").select_option("zh")
    page.get_by_role("link", name="公告").wait_for()
    page.get_by_label("外观").select_option("dark")
    page.reload()
    assert page.locator("body").get_attribute("data-theme") == "dark"
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.locator("tally-chat textarea").get_attribute("placeholder") == "询问已发布的数据…"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"
    page.locator("tally-chat textarea").wait_for()


def test_no_section_asks_another_host_or_breaks_its_own_policy(opened: Any, api: Served) -> None:
    seen = opened(api.url)
    for section in ("/#/ask", "/#/notices/n1", "/#/figures", "/embed"):
        seen.page.goto(api.url + section)
        seen.page.wait_for_timeout(300)
    assert seen.hosts() == {f"127.0.0.1:{api.port}"} and seen.troubles == []
