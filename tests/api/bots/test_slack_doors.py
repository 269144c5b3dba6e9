"""What is not from Slack, or is from yesterday, is not let in; and nothing secret is logged."""

import asyncio
import json
import logging
import random
import time
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import structlog

from tests.api.bots.conftest import ToldAssistant
from tests.fakes.slack_server import SECRET, TOKEN, FakeSlack, Sender, envelope, mention, signed

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that any logger says, structlog's lines among them."""
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, structlog.processors.JSONRenderer()],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    with caplog.at_level(logging.DEBUG):
        yield caplog
    structlog.reset_defaults()


async def test_a_thousand_bad_requests(
    sender: Sender, slack: FakeSlack, told: ToldAssistant, logged: pytest.LogCaptureFixture
) -> None:
    rng, statuses = random.Random(8), Counter[int]()
    replays: list[tuple[bytes, dict[str, str]]] = []
    for n in range(20):  # honest ones, to be replayed
        event = urlencode({"payload": json.dumps({"type": "shortcut", "n": n})}).encode()
        stamp = str(int(time.time()))
        headers = {"Content-Type": "application/x-www-form-urlencoded", **signed(SECRET, stamp, event)}
        assert (await sender.raw(event, headers))[0] == 200
        replays.append((event, headers))
    for n in range(20):
        body = json.dumps(envelope(mention("private words", f"17000001{n:02}.000100"), f"EvReplay{n}")).encode()
        headers = {**JSON, **signed(SECRET, str(int(time.time())), body)}
        assert (await sender.raw(body, headers))[0] == 200
        replays.append((body, headers))
    await slack.until(20)
    asked = len(told.asked)
    for batch in range(0, 1000, 50):
        bodies = [
            json.dumps(envelope(mention("private words", "1700000001.000100"), f"EvBad{batch + n}")) for n in range(50)
        ]
        sent = [sender.raw(*bad(body.encode(), batch + n, rng, replays)) for n, body in enumerate(bodies)]
        statuses.update(status for status, _ in await asyncio.gather(*sent))
    assert statuses == {401: 1000}
    assert len(told.asked) == asked
    assert len(slack.messages) == 20
    said = logged.text + str([record.__dict__ for record in logged.records])
    for secret in (SECRET, TOKEN, "private words", "v0=", '"token"', "legacy"):
        assert secret not in said


def bad(
    body: bytes, n: int, rng: random.Random, replays: list[tuple[bytes, dict[str, str]]]
) -> tuple[bytes, dict[str, str]]:
    """The n-th way to be refused."""
    now = int(time.time())
    good = signed(SECRET, str(now), body)
    mac = good["X-Slack-Signature"]
    ways = [
        lambda: (body, {**good, "X-Slack-Signature": "v0=" + "".join(rng.choices("0123456789abcdef", k=64))}),
        lambda: (body, signed("another secret", str(now), body)),
        lambda: (body, signed(SECRET, str(now - rng.randint(301, 10**6)), body)),
        lambda: (body, signed(SECRET, str(now + rng.randint(302, 10**6)), body)),
        lambda: (body, {"X-Slack-Signature": mac}),
        lambda: (body, {"X-Slack-Request-Timestamp": str(now)}),
        lambda: (body, {}),
        lambda: (body + b" ", good),
        lambda: (body.replace(b"private", b"altered"), good),
        lambda: (body, {**good, "X-Slack-Request-Timestamp": str(now + 1)}),
        lambda: (body, {**good, "X-Slack-Request-Timestamp": "soon"}),
        lambda: (body, {**good, "X-Slack-Request-Timestamp": "1" * 400}),
        lambda: (body, {**good, "X-Slack-Signature": "v0=ünicode"}),
        lambda: (body, {**good, "X-Slack-Signature": mac.upper()}),
        lambda: (b"\xff\xfe" + body, signed(SECRET, str(now), b"\xff\xfe" + body)),
        lambda: (body, {**good, "X-Slack-Signature": mac[3:]}),
        lambda: rng.choice(replays),
        lambda: rng.choice(replays),
        lambda: rng.choice(replays),
    ]
    data, headers = ways[n % len(ways)]()
    return data, {**JSON, **headers}


@pytest.mark.parametrize("skew", [-240.0, 240.0])
async def test_a_clock_that_is_a_little_off_is_fine(sender: Sender, slack: FakeSlack, skew: float) -> None:
    sender.skew = skew
    assert await sender.event(mention("skewed?", "1700000001.000100"), "Ev1") == 200
    await slack.until(1)


@pytest.mark.parametrize("skew", [-310.0, 310.0])
async def test_a_clock_that_is_far_off_is_not(sender: Sender, told: ToldAssistant, skew: float) -> None:
    sender.skew = skew
    assert await sender.event(mention("skewed?", "1700000001.000100"), "Ev1") == 401
    assert not told.asked


async def test_a_replay_that_poses_as_a_retry_changes_nothing(
    sender: Sender, slack: FakeSlack, told: ToldAssistant
) -> None:
    body = json.dumps(envelope(mention("once?", "1700000001.000100"), "Ev1")).encode()
    headers = {**JSON, **signed(SECRET, str(int(time.time())), body)}
    assert (await sender.raw(body, headers))[0] == 200
    assert (await sender.raw(body, {**headers, "X-Slack-Retry-Num": "1"}))[0] == 200
    await slack.until(1)
    assert len(told.asked) == 1


async def test_slack_may_verify_the_address(sender: Sender) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c1", "token": "legacy"}).encode()
    status, text = await sender.send(body, "application/json")
    assert (status, json.loads(text)) == (200, {"challenge": "c1"})


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"null", b"", b'{"event_id": 1}', b'{"event": []}'])
async def test_signed_nonsense_is_no_crash(sender: Sender, body: bytes) -> None:
    status, _ = await sender.send(body, "application/json")
    assert status in (200, 400, 404)


async def test_the_bot_leaves_the_logs_of_the_product_alone(sender: Sender, slack: FakeSlack) -> None:
    body = json.dumps(envelope(mention("a question", "1700000001.000100"), "EvLogs")).encode()
    assert (await sender.raw(body, {**JSON, **signed(SECRET, str(int(time.time())), body)}))[0] == 200
    await slack.until(1)
    assert logging.getLogger("tally.library").isEnabledFor(logging.WARNING)
    assert not logging.getLogger("slack_bolt.any").isEnabledFor(logging.WARNING)
