"""`tally slack`: the same bot over a socket, and the manifest that makes the app."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from api.bots.slack_manifest import manifest
from api.bots.socket_mode import serve
from assistant.settings import Settings
from knowledge.errors import AskerError, OperatorError
from tests.api.bots.conftest import ToldAssistant
from tests.fakes.slack_server import FakeSlack, envelope, mention

TALLY = str(Path(sys.executable).with_name("tally"))


async def test_events_over_a_socket_are_acknowledged_and_answered_once(
    settings: Settings, told: ToldAssistant, slack: FakeSlack
) -> None:
    stopped, ready = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(serve(settings, told, stopped, ready))
    await asyncio.wait_for(ready.wait(), 10)
    while slack.socket is None:
        await asyncio.sleep(0.01)
    payload = envelope(mention("How many?", "1700000001.000100"), "Ev1")
    for n in range(3):
        sent = {"type": "events_api", "envelope_id": f"e{n}", "payload": payload, "retry_attempt": n}
        await slack.socket.send_json(sent)
    command = {
        "command": "/tally", "text": "help", "team_id": "T0TALLY", "channel_id": "C1", "user_id": "U1",
        "trigger_id": "1.2", "response_url": slack.response_url(),
    }  # fmt: skip
    await slack.socket.send_json({"type": "slash_commands", "envelope_id": "e9", "payload": command})
    await slack.until(2)
    while len(slack.acks) < 4:
        await asyncio.sleep(0.01)
    stopped.set()
    await asyncio.wait_for(task, 20)
    assert set(slack.acks) == {"e0", "e1", "e2", "e9"}
    assert len(slack.of("chat.postMessage")) == 1
    assert "subscribe" in json.dumps(slack.of("respond")[0])


async def test_without_tokens_it_says_which(settings: Settings, told: ToldAssistant) -> None:
    bare = settings.model_copy(update={"slack_app_token": None})
    with pytest.raises(OperatorError, match="SLACK_APP_TOKEN"):
        await serve(bare, told, asyncio.Event(), asyncio.Event())


def test_the_manifest_names_what_the_bot_listens_to() -> None:
    app = yaml.safe_load(manifest("https://tally.example.com/"))
    assert app["settings"]["event_subscriptions"]["request_url"] == "https://tally.example.com/slack/events"
    assert app["settings"]["interactivity"]["request_url"] == "https://tally.example.com/slack/events"
    assert app["features"]["slash_commands"][0]["command"] == "/tally"
    assert app["features"]["shortcuts"][0]["callback_id"] == "check_figures"
    assert {"app_mention", "message.im", "assistant_thread_started"} <= set(
        app["settings"]["event_subscriptions"]["bot_events"]
    )
    assert {"chat:write", "files:write", "assistant:write"} <= set(app["oauth_config"]["scopes"]["bot"])
    socket = manifest(None)
    assert yaml.safe_load(socket)["settings"]["socket_mode_enabled"] is True
    assert "tally.example.org" not in socket


@pytest.mark.parametrize("url", ["http://tally.example.com", "tally.example.com", "https://", "https://a b"])
def test_the_manifest_wants_an_https_address(url: str) -> None:
    with pytest.raises(AskerError, match="https"):
        manifest(url)


def test_the_command_prints_the_manifest_and_names_missing_tokens(tmp_path: Path) -> None:
    clean = {"TALLY_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    shown = subprocess.run([TALLY, "slack", "--manifest"], capture_output=True, text=True, env=clean, check=True)
    assert yaml.safe_load(shown.stdout)["display_information"]["name"] == "Tally"
    refused = subprocess.run([TALLY, "slack"], capture_output=True, text=True, env=clean, check=False)
    assert refused.returncode == 2
    assert "SLACK_BOT_TOKEN" in refused.stderr
