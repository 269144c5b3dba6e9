"""Subscriptions: told of new figures once, at the right time, and never of what was known before."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.bots.channels import Channels
from api.bots.commands import Commands
from api.bots.deliveries import Deliveries, Delivery
from api.bots.inbox import Inbox, Save
from api.bots.news import News, Newsroom
from api.bots.subscriptions import Subscriptions
from knowledge.library import Library
from tests.api.bots.conftest import ToldAssistant
from tests.fakes.slack_server import FakeSlack, Sender

FIRST = """title: Harbour zone reports its 2022 results
url: http://example.org/2022
date: 2023-02-01
---
In 2022, 310 projects landed in Tianjin. The landing rate was 41 percent.
"""
SECOND = """title: Harbour zone reports its 2023 results
url: http://example.org/2023
date: 2024-02-01
---
In 2023, 415 projects landed in Tianjin. The landing rate was 44 percent. In 2022, 310 projects landed in Tianjin.
"""
CHANNEL = "slack:T1:C1"


class Desk:
    """A newsroom whose messages are kept instead of posted."""

    def __init__(self, library: Library, workers: int = 1) -> None:
        self.sent: list[News] = []
        self.now = datetime(2024, 2, 5, 7, 30, tzinfo=UTC)  # a Monday
        self.subscriptions, self.channels = Subscriptions(library.store), Channels(library.store)
        self.commands = Commands(library, self.channels, self.subscriptions, clock=lambda: self.now)
        self.inboxes = [Inbox(Deliveries(library.store), {"slack.news": self._send}) for _ in range(workers)]
        self.rooms = [
            Newsroom(library, self.subscriptions, inbox, ["slack"], clock=lambda: self.now) for inbox in self.inboxes
        ]

    async def _send(self, delivery: Delivery, _save: Save) -> None:
        self.sent.append(News.from_payload(delivery.payload))

    async def round(self) -> None:
        for room, inbox in zip(self.rooms, self.inboxes, strict=True):
            await room.round()
            await inbox.idle()


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    folder = tmp_path / "notices"
    folder.mkdir()
    (folder / "1.txt").write_text(FIRST)
    return folder


async def test_new_figures_are_told_once_and_old_ones_never(library: Library, notices: Path) -> None:
    library.add([str(notices)])
    desk = Desk(library, workers=2)
    reply = desk.commands.run("subscribe projects landed", CHANNEL)
    assert reply is not None
    assert reply.title == "Subscribed (number 1)"
    await desk.round()
    assert desk.sent == []
    (notices / "2.txt").write_text(SECOND)
    library.add([str(notices)])
    await desk.round()
    await desk.round()
    (news,) = desk.sent
    assert news.listing.title == "New figures: Harbour zone reports its 2023 results"
    assert [line.split(":")[0] for line, _ in news.listing.lines] == ["415 projects"]
    source = news.listing.lines[0][1]
    assert source is not None
    assert (source.url, source.published) == ("http://example.org/2023", "2024-02-01")


async def test_digests_wait_for_their_hour(library: Library, notices: Path) -> None:
    library.add([str(notices)])
    desk = Desk(library)
    desk.commands.run("subscribe everything daily 8", CHANNEL)
    desk.commands.run("subscribe landing rate weekly at 9:00", CHANNEL)
    (notices / "2.txt").write_text(SECOND)
    library.add([str(notices)])
    for day, hour, expected in (
        (5, 8, 0),
        (6, 7, 0),
        (6, 8, 1),
        (6, 9, 1),
        (7, 9, 1),
        (12, 8, 1),
        (12, 9, 2),
        (12, 10, 2),
    ):
        desk.now = datetime(2024, 2, day, hour, 30, tzinfo=UTC)
        await desk.round()
        assert len(desk.sent) == expected, (day, hour)
    assert len(desk.sent[0].listing.lines) == 2
    assert [line.split(":")[0] for line, _ in desk.sent[1].listing.lines] == ["44 percent"]


async def test_what_was_not_sent_is_sent_after_a_restart(library: Library, notices: Path) -> None:
    desk = Desk(library)
    desk.commands.run("subscribe everything", CHANNEL)
    library.add([str(notices)])

    async def hangs(_delivery: Delivery, _save: Save) -> None:
        await asyncio.sleep(60)

    inbox = Inbox(Deliveries(library.store), {"slack.news": hangs})
    await Newsroom(library, desk.subscriptions, inbox, ["slack"], clock=lambda: desk.now).round()
    await inbox.stop(grace=0.1)
    await desk.inboxes[0].start()
    await desk.inboxes[0].idle()
    await desk.inboxes[0].stop()
    assert len(desk.sent) == 1


def test_commands_name_what_is_wrong(library: Library, notices: Path) -> None:
    library.add([str(notices)])
    commands = Desk(library).commands
    said = {text: commands.run(text, CHANNEL) for text in (
        "subscribe", "subscribe sunshine", "subscribe projects landed daily 25", "unsubscribe 7", "unsubscribe x",
        "settings language=xx", "settings colour=red", "subscriptions", "help", "How many projects landed?",
        "check how the weather is", "check In 2022, 999 projects landed in Tianjin.",
        "subscribe projects landed, landing rate weekly", "settings language=de collection=press",
    )}  # fmt: skip
    assert said["How many projects landed?"] is None
    assert said["check how the weather is"] is None  # nothing to check: a question
    checked = said["check In 2022, 999 projects landed in Tianjin."]
    assert checked is not None
    assert checked.lines[0][0].startswith("✗ 999: contradicted. Published is 310 projects")
    titles = {text: reply.title for text, reply in said.items() if reply}
    assert "sunshine: no such indicator" in titles["subscribe sunshine"]
    assert "landing rate" in titles["subscribe sunshine"].lower()
    assert titles["subscribe"].startswith("Say what to subscribe to")
    assert titles["subscribe projects landed daily 25"].startswith("Say what to subscribe to")
    assert titles["unsubscribe 7"].startswith("7: no such subscription here")
    assert titles["settings language=xx"].startswith("language=xx is not known")
    assert titles["settings colour=red"].startswith("colour=red is not known")
    assert titles["subscriptions"] == "No subscriptions here"
    assert titles["subscribe projects landed, landing rate weekly"] == "Subscribed (number 1)"
    settings = said["settings language=de collection=press"]
    assert settings is not None
    assert settings.plain.splitlines()[1:] == ["language: de", "collection: press"]


def test_a_channel_ends_only_its_own_subscriptions(library: Library, notices: Path) -> None:
    library.add([str(notices)])
    desk = Desk(library)
    desk.commands.run("subscribe everything", CHANNEL)
    other = desk.commands.run("unsubscribe 1", "slack:T1:C2")
    assert other is not None
    assert "no such subscription" in other.title
    listed = desk.commands.run("subscriptions", CHANNEL)
    assert listed is not None
    assert listed.plain.splitlines()[1:] == ["1: everything; as soon as a notice arrives"]
    desk.commands.run("unsubscribe 1", CHANNEL)
    assert desk.subscriptions.all() == ()


def test_a_revised_value_is_news(library: Library, notices: Path) -> None:
    library.add([str(notices)])
    desk = Desk(library)
    desk.commands.run("subscribe everything", CHANNEL)
    figures = library.figures()
    assert desk.subscriptions.untold(1, figures) == ()
    revised = replace(figures[0], value=311.0)
    assert desk.subscriptions.untold(1, [*figures, revised, replace(revised, notice_id="n2")]) == (
        replace(revised, notice_id="n2"),
    )


async def test_slack_is_told(sender: Sender, slack: FakeSlack, told: ToldAssistant, notices: Path) -> None:
    status, _ = await sender.command("subscribe everything", slack.response_url())
    assert status == 200
    await slack.until(1)
    assert slack.messages[0]["response_type"] == "ephemeral"
    assert not told.asked
    told.library.add([str(notices)])
    await slack.until(1, "chat.postMessage", seconds=15)
    message = slack.of("chat.postMessage")[0]
    assert message["channel"] == "C1"
    assert "310 projects" in str(message["blocks"])
    assert "http://example.org/2022" in str(message["blocks"])
