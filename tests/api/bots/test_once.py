"""Each event is answered exactly once: through retries, restarts and crashes at the worst moment."""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from api.bots import assembly
from api.bots.deliveries import ATTEMPTS, LEASE_SECONDS, Deliveries, Delivery
from api.bots.inbox import Inbox, Save
from api.bots.slack_poster import mark
from assistant.settings import Settings
from knowledge.library import Library
from tests.api.bots.conftest import ToldAssistant, serving
from tests.fakes.slack_server import FakeSlack, Sender, mention

ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def process(home: Path, slack: FakeSlack, delay: float) -> AsyncIterator[tuple[subprocess.Popen[str], str]]:
    """A bot server in its own process, and its address."""
    server = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("storm_server.py")), str(home), slack.api_url, str(delay)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert server.stdout is not None
    url = await asyncio.to_thread(server.stdout.readline)
    assert url.startswith("http"), "the server did not start"
    try:
        yield server, url.strip() + "/slack/events"
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


async def storm(home: Path, slack: FakeSlack, events: int, delay: float, *, kill_after: float) -> list[float]:
    """Every event four times with Slack's headers, the server killed in between; what each acknowledgement took."""
    seconds: list[float] = []
    for retries in ((0, 1), (2, 3)):
        async with process(home, slack, delay) as (server, url), Sender(url) as sender:
            sent = [
                sender.event(mention(f"question {n}?", f"17000000{n:02}.000100"), f"Ev{n}", retry)
                for retry in retries
                for n in range(events)
            ]
            assert set(await asyncio.gather(*sent)) == {200}
            seconds += sender.seconds
            if retries == (0, 1):
                await asyncio.sleep(kill_after)
                server.send_signal(signal.SIGKILL)
            else:
                await slack.until(events, seconds=60)
                await asyncio.sleep(delay + 1)
    return seconds


async def test_a_killed_server_answers_after_its_restart_and_once(slack: FakeSlack, tmp_path: Path) -> None:
    await storm(tmp_path, slack, 8, 0.6, kill_after=0.2)
    assert Counter(m["thread_ts"] for m in slack.messages) == {f"17000000{n:02}.000100": 1 for n in range(8)}


@pytest.mark.soak
@pytest.mark.parametrize("kill_after", [0.0, 2.0, 5.05, 7.0])
async def test_fifty_events_four_times_each(slack: FakeSlack, tmp_path: Path, kill_after: float) -> None:
    seconds = sorted(await storm(tmp_path, slack, 50, 5.0, kill_after=kill_after))
    answers = Counter(m["thread_ts"] for m in slack.messages)
    p99 = seconds[int(len(seconds) * 0.99) - 1]
    print(f"killed after {kill_after} s: {len(answers)} answered, {sum(answers.values())} answers, ack p99 {p99:.3f} s")
    assert len(answers) == 50
    assert sum(answers.values()) == 50
    assert p99 <= 1.0


async def test_a_retry_whose_original_was_lost_is_answered(sender: Sender, slack: FakeSlack) -> None:
    await sender.event(mention("lost?", "1700000001.000100"), "Ev1", retry=2)
    await slack.until(1)


async def test_what_cannot_be_stored_is_not_acknowledged(
    sender: Sender, slack: FakeSlack, told: ToldAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Deliveries, "accept_all", lambda *_: 1 / 0)
        assert await sender.event(mention("first try?", "1700000001.000100"), "Ev1") == 500
    assert await sender.event(mention("first try?", "1700000001.000100"), "Ev1", retry=1) == 200
    await slack.until(1)


async def test_what_slack_cannot_confirm_now_is_sent_again(sender: Sender, slack: FakeSlack) -> None:
    slack.failing["auth.test"] = ["internal_error"]
    assert await sender.event(mention("who am I?", "1700000001.000100"), "Ev1") == 500
    assert await sender.event(mention("who am I?", "1700000001.000100"), "Ev1", retry=1) == 200
    await slack.until(1)


async def test_an_answer_that_was_posted_before_the_crash_is_not_posted_again(
    settings: Settings, told: ToldAssistant, slack: FakeSlack
) -> None:
    async with serving(settings, told, grace=0.0) as url, Sender(url + "/slack/events") as sender:
        told.delay = 60
        await sender.event(mention("posted?", "1700000001.000100"), "Ev1")
        await sender.event(mention("not posted?", "1700000002.000100"), "Ev2")
    posted = {"channel": "C1", "thread_ts": "1700000001.000100", "text": "x", "blocks": [], "ts": "1700000009.000001"}
    slack.calls.clear()
    slack.calls.append(_call("chat.postMessage", {**posted, "metadata": mark("slack:event:Ev1")}))
    told.delay = 0
    async with serving(settings, told):
        await slack.until(2)
        await asyncio.sleep(0.3)
    assert [m["thread_ts"] for m in slack.messages] == ["1700000001.000100", "1700000002.000100"]


async def test_a_post_whose_reply_was_cut_is_found_before_it_is_sent_again(
    settings: Settings, told: ToldAssistant, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembly, "Inbox", partial(Inbox, sweep_seconds=0.05))
    slack.failing["chat.postMessage"] = ["cut"]
    async with serving(settings, told) as url, Sender(url + "/slack/events") as sender:
        await sender.event(mention("cut?", "1700000001.000100"), "Ev1")
        await slack.until(1, "conversations.replies")
        await asyncio.sleep(0.2)
    assert len(slack.of("chat.postMessage")) == 1
    assert len(told.asked) == 1
    assert Deliveries(told.library.store).states() == {"done": 1}


async def test_a_limited_post_is_sent_when_slack_allows(sender: Sender, slack: FakeSlack) -> None:
    slack.failing["chat.postMessage"] = ["ratelimited"]
    await sender.event(mention("limited?", "1700000001.000100"), "Ev1")
    await slack.until(2, "chat.postMessage")


async def test_failures_are_tried_again_then_given_up_aloud(library: Library) -> None:
    now = [0.0]
    given_up: list[str] = []
    tried: list[int] = []

    async def fails(delivery: Delivery, _save: Save) -> None:
        tried.append(delivery.attempts)
        raise RuntimeError("no")

    async def gave_up(delivery: Delivery) -> None:
        given_up.append(delivery.delivery_id)

    deliveries = Deliveries(library.store, clock=lambda: now[0])
    inbox = Inbox(deliveries, {"k": fails}, gave_up=gave_up, sweep_seconds=0.01)
    await inbox.start()
    assert await inbox.accept(Delivery("d1", "k", {}))
    while not given_up:
        now[0] += 40
        await asyncio.sleep(0.02)
    await inbox.stop()
    assert tried == list(range(1, ATTEMPTS + 1))
    assert deliveries.states() == {"failed": 1}


def test_a_delivery_belongs_to_one_worker_until_its_lease_ends(library: Library) -> None:
    now = [1000.0]
    first, second = (Deliveries(library.store, clock=lambda: now[0]) for _ in range(2))
    delivery = Delivery("d1", "k", {"text": "private words"})
    assert first.accept(delivery) == delivery
    assert second.accept(delivery) is None
    assert second.abandoned() == []
    now[0] += LEASE_SECONDS - 1
    first.renew()
    now[0] += LEASE_SECONDS - 1
    assert second.abandoned() == []
    now[0] += 2
    (taken,) = second.abandoned()
    assert (taken.delivery_id, taken.payload, taken.attempts) == ("d1", {"text": "private words"}, 2)
    assert not first.saved("d1", {})  # too late: it is no longer the first one's
    first.done("d1")
    assert second.states() == {"taken": 1}
    second.done("d1")
    assert first.accept(delivery) is None
    assert "private words" not in str(_rows(library))


async def test_a_worker_that_lost_its_lease_posts_nothing(library: Library) -> None:
    now, posted = [0.0], list[str]()
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(delivery: Delivery, save: Save) -> None:
        begun.set()
        await go_on.wait()
        await save({"text": "x"})
        posted.append(delivery.delivery_id)

    first = Inbox(Deliveries(library.store, clock=lambda: now[0]), {"k": slow})
    await first.accept(Delivery("d1", "k", {}))
    await begun.wait()
    now[0] += LEASE_SECONDS + 1
    second = Deliveries(library.store, clock=lambda: now[0])
    assert [taken.delivery_id for taken in second.abandoned()] == ["d1"]
    go_on.set()
    await first.idle()
    assert posted == []
    await first.stop()


def test_old_deliveries_are_forgotten(library: Library) -> None:
    now = [0.0]
    deliveries = Deliveries(library.store, clock=lambda: now[0])
    deliveries.accept(Delivery("d1", "k", {}))
    now[0] += 31 * 86_400
    deliveries.accept(Delivery("d2", "k", {}))
    deliveries.forget(30)
    assert deliveries.states() == {"taken": 1}


def _rows(library: Library) -> object:
    import sqlalchemy as sa

    with library.store.read() as db:
        return db.execute(sa.text("select * from bot_deliveries")).all()


def _call(method: str, args: dict[str, object]) -> object:
    from tests.fakes.slack_server import Call

    return Call(method, args)
