"""The same questions in a channel, a thread, a direct message, the pane, by slash command: the figures of the API."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from api.bots import slack_blocks
from api.bots.markdown import markdown
from api.bots.render import render
from assistant.answer import Answer
from knowledge.library import Library
from knowledge.samples import folder
from tests.api.serving import Served, serving
from tests.api.twelve import QUESTIONS
from tests.fakes.slack_server import SECRET, TOKEN, FakeSlack, Sender, direct, faults, mention

FOLLOW_UP = ("How many projects landed in 2023?", "And what is the goal for 2024?")
DAY, STAMP = "2024-03-01", 1_709_290_000


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("home")
    with folder() as samples:
        library = Library.open(made, embedder="none")
        library.add([str(samples / "two-zones-2023.txt")])
        library.close()
    return made


@pytest.fixture
def served(home: Path, slack: FakeSlack) -> Iterator[Served]:
    secrets = {
        "slack_signing_secret": SecretStr(SECRET),
        "slack_bot_token": SecretStr(TOKEN),
        "slack_api_url": slack.api_url,
        "mattermost_token": SecretStr("mm"),
    }
    with serving(home, **secrets) as running:
        yield running


def of_the_api(served: Served, *questions: str) -> Answer:
    """The API's last answer of a conversation."""
    client, conversation = served.client(), None
    for question in questions:
        asked = {"question": question, "as_of": DAY, "conversation_id": conversation}
        body = client.post("/v1/chat", json={k: v for k, v in asked.items() if v}).raise_for_status().json()
        conversation = body["conversation_id"]
    return Answer(**body)


def shown(message: dict[str, Any] | list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a message says, without its buttons."""
    blocks = message if isinstance(message, list) else message["blocks"]
    return [block for block in blocks if block["type"] == "rich_text"]


async def test_every_way_of_asking_gives_the_figures_of_the_api(served: Served, slack: FakeSlack) -> None:
    async with Sender(served.url + "/slack/events") as sender:
        for n, question in enumerate(QUESTIONS):
            expected = render(of_the_api(served, question))
            blocks = slack_blocks.blocks(expected)
            assert faults(blocks) == []
            stamp, before = f"{STAMP + n}.000100", len(slack.messages)
            await sender.event(mention(question, stamp), f"EvM{n}")
            await sender.event(direct(question, stamp, channel=f"D{n}"), f"EvD{n}")
            await sender.event(direct(question, stamp, channel="DP", thread_ts=stamp), f"EvP{n}")
            await sender.command(question, slack.response_url(), channel_id=f"C{n}")
            await slack.until(before + 4)
            answers = slack.messages[before:]
            streamed = next(m for m in answers if m.get("channel") == "DP")
            for message in answers:
                wanted = slack_blocks.blocks(expected, sentence=message is not streamed)
                assert shown(message) == shown(wanted), question
                assert faults(message["blocks"], message.get("text", "")) == []


async def test_a_follow_up_in_a_thread_is_the_apis_follow_up(served: Served, slack: FakeSlack) -> None:
    expected = of_the_api(served, *FOLLOW_UP)
    root = f"{STAMP}.000900"
    async with Sender(served.url + "/slack/events") as sender:
        await sender.event(mention(FOLLOW_UP[0], root), "EvT1")
        await slack.until(1)
        await sender.event(mention(FOLLOW_UP[1], f"{STAMP + 9}.000900", thread_ts=root), "EvT2")
        await slack.until(2)
    assert shown(slack.messages[1]) == shown(slack_blocks.blocks(render(expected)))


def test_mattermost_gives_the_figures_of_the_api(served: Served) -> None:
    for n, question in enumerate(QUESTIONS):
        form = {
            "command": "/tally",
            "text": question,
            "token": "mm",
            "team_id": "t",
            "channel_id": f"c{n}",
            "trigger_id": f"x{n}",
        }
        answered = served.client().post("/mattermost", data=form).raise_for_status().json()
        assert answered["text"] == markdown(render(of_the_api(served, question)))
