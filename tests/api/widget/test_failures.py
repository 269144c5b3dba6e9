"""When things go wrong the page says what happened and what to do, and loses nothing."""

from typing import Any

import pytest

from tests.api.widget.conftest import Host, Served
from tests.api.widget.fake_api import Fake, create
from tests.api.widget.recorded import LOOKUP

pytestmark = pytest.mark.browser

TOLD = [
    ("busy now", "Too many questions at once. Try again in 7 seconds."),
    ("broken", "Something went wrong on the server."),
    ("trouble", "Something went wrong on the server."),
    ("cut", "The connection broke before the answer was complete. Nothing unverified is shown."),
]


def failed(page: Any) -> Any:
    """The card of a failure, once it is there."""
    card = page.locator("tally-chat .card.failed")
    card.wait_for()
    return card


@pytest.mark.parametrize(("question", "words"), TOLD)
def test_a_failure_says_what_to_do_and_shows_nothing_unverified(
    opened: Any, host: Host, question: str, words: str
) -> None:
    seen = opened(host.url)
    seen.open()
    seen.ask(question)
    text = failed(seen.page).inner_text()
    assert words in text and "Half a sent" not in text and "<b>" not in text
    assert failed(seen.page).get_by_role("button", name="Try again").is_visible()


def test_a_connection_that_breaks_once_is_taken_up_again(opened: Any, host: Host, fake: Fake) -> None:
    seen = opened(host.url)
    seen.open()
    seen.ask("cut once: how many in 2023?")
    seen.page.locator("tally-chat .card.answered").wait_for()
    assert len(fake.asked) == 2 and seen.page.locator("tally-chat .turn").count() == 1


def test_a_server_that_says_nothing_is_given_up_and_can_be_asked_again(opened: Any, host: Host, fake: Fake) -> None:
    host.script = 'data-timeout="1.5"'
    seen = opened(host.url)
    seen.open()
    seen.ask("stall")
    seen.page.locator("tally-chat .slow", has_text="longer than usual").wait_for()
    assert "The server has gone quiet" in failed(seen.page).inner_text()


def test_stop_keeps_the_question_and_the_next_one_is_asked(opened: Any, host: Host, fake: Fake) -> None:
    seen = opened(host.url)
    seen.open()
    page = seen.page
    seen.ask("stall")
    page.locator("tally-chat .waiting").wait_for()
    seen.ask("How many new enterprises in 2023?")
    seen.ask("What share was foreign-funded?")
    assert page.locator("tally-chat .turn[data-status=queued]").count() == 2
    page.locator("tally-chat .turn[data-status=queued]").last.get_by_role("button").click()
    assert len(fake.asked) == 1
    page.get_by_role("button", name="Stop", exact=True).click()
    page.locator("tally-chat .card.answered").wait_for()
    assert [b["question"] for b in fake.asked] == ["stall", "How many new enterprises in 2023?"]
    assert "Stopped." in failed(page).inner_text()
    assert page.get_by_role("button", name="Ask again").is_visible()
    assert not page.get_by_role("button", name="Stop", exact=True).is_visible()


def test_offline_waits_and_asks_when_connected_again(opened: Any, host: Host, fake: Fake) -> None:
    seen = opened(host.url)
    seen.open()
    page = seen.page
    page.context.set_offline(True)
    seen.ask("How many new enterprises in 2023?")
    page.locator("tally-chat .step", has_text="Connection lost").wait_for()
    page.context.set_offline(False)
    page.locator("tally-chat .card.answered").wait_for()
    assert len(fake.asked) == 1


def test_the_server_stopped_in_mid_answer_and_started_again(opened: Any, host: Host, api: Served, fake: Fake) -> None:
    seen = opened(host.url)
    seen.open()
    page = seen.page
    seen.ask("slowly: how many in 2023?")
    page.locator("tally-chat .draft", has_text="4,120").wait_for()
    api.stop()
    card = failed(page)
    assert "4,120" not in card.inner_text()
    again = Served(create(fake), api.port)
    try:
        card.get_by_role("button", name="Try again").click()
        page.locator("tally-chat .card.answered").wait_for()
        assert page.locator("tally-chat .turn").count() == 1
    finally:
        again.stop()


def test_a_conversation_that_is_gone_begins_a_new_one(opened: Any, host: Host, fake: Fake) -> None:
    seen = opened(host.url)
    seen.open()
    seen.ask("How many new enterprises in 2023?")
    seen.page.locator("tally-chat .card.answered").wait_for()
    fake.conversations.clear()
    seen.page.reload()
    seen.open()
    seen.page.locator("tally-chat .welcome").wait_for()
    seen.ask("How many new enterprises in 2023?")
    seen.page.locator("tally-chat .card.answered").wait_for()
    assert fake.asked[-1].get("conversation_id") is None


def test_two_hundred_messages_of_history(opened: Any, host: Host, fake: Fake) -> None:
    seen = opened(host.url)
    seen.open()
    seen.ask("How many new enterprises in 2023?")
    seen.page.locator("tally-chat .card.answered").wait_for()
    (conversation, answers) = next(iter(fake.conversations.items()))
    fake.conversations[conversation] = [
        {**LOOKUP, "answer_id": f"h{i}", "conversation_id": conversation, "question": f"Question {i}?"}
        for i in range(200)
    ] + answers
    seen.page.reload()
    seen.open()
    seen.page.locator("tally-chat .turn").nth(200).wait_for(state="attached")
    seen.ask("What share was foreign-funded?")
    seen.settled()
    assert seen.page.locator("tally-chat .turn").count() == 202
    last = seen.page.locator("tally-chat .turn").last.locator(".headline")
    last.wait_for()
    assert last.is_visible() and seen.troubles == []


def test_a_notice_that_cannot_be_read_still_shows_the_quote(opened: Any, host: Host, fake: Fake) -> None:
    fake.notices.clear()
    seen = opened(host.url)
    seen.open()
    seen.ask("How many new enterprises in 2023?")
    seen.page.locator("tally-chat .prose .mark").click()
    quote = seen.page.locator("tally-chat .sheet blockquote")
    quote.wait_for()
    assert "registered 4,120 new enterprises" in quote.inner_text()
