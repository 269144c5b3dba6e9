"""Mattermost: requests and responses of the documented shapes, and its tokens."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from aiohttp import web

from assistant.settings import Settings
from tests.api.bots.conftest import ToldAssistant, serving

COMMAND = {
    "channel_id": "c1", "channel_name": "town-square", "command": "/tally", "team_domain": "team", "team_id": "t1",
    "text": "How many projects landed in 2023?", "token": "mm-two", "trigger_id": "tr1", "user_id": "u1",
    "user_name": "someone", "response_url": "",
}  # fmt: skip
OUTGOING = {
    "channel_id": "c1", "channel_name": "town-square", "team_domain": "team", "team_id": "t1", "post_id": "p1",
    "text": "tally: How many projects landed in 2023?", "timestamp": "1445532266", "token": "mm-one",
    "trigger_word": "tally", "user_id": "u1", "user_name": "someone", "file_ids": "",
}  # fmt: skip


@pytest.fixture
async def client(settings: Settings, told: ToldAssistant) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(settings, told) as url, httpx.AsyncClient(base_url=url, timeout=20) as http:
        yield http


async def test_a_slash_command(client: httpx.AsyncClient, told: ToldAssistant) -> None:
    answered = await client.post("/mattermost", data=COMMAND, headers={"Authorization": "Token mm-two"})
    assert answered.status_code == 200
    body = answered.json()
    assert body["response_type"] == "in_channel"
    assert body["text"].startswith("**8,512 projects** landed in 2023 [\\[1\\]](<http://example.org/a>)")
    assert "[A notice](<http://example.org/a>), 2024-02-20" in body["text"]
    assert told.asked[0]["text"] == "How many projects landed in 2023?"
    assert told.asked[0]["owner"] == "mattermost:t1"


@pytest.mark.parametrize("as_json", [True, False])
async def test_an_outgoing_webhook(client: httpx.AsyncClient, told: ToldAssistant, as_json: bool) -> None:
    how: dict[str, Any] = {"json": OUTGOING} if as_json else {"data": OUTGOING}
    answered = await client.post("/mattermost", **how)
    assert answered.json()["response_type"] == "comment"
    assert "8,512 projects" in answered.json()["text"]
    assert told.asked[0]["text"] == "How many projects landed in 2023?"


@pytest.mark.parametrize(
    ("changed", "header"),
    [
        ({"token": "wrong"}, None),
        ({"token": ""}, None),
        ({"token": "mm-one, mm-two"}, None),
        ({}, "Token wrong"),
        ({"token": "wrong"}, "Token mm-two"),
        ({"token": "mm-zwölf"}, None),
    ],
)
async def test_another_token_is_refused(
    client: httpx.AsyncClient, told: ToldAssistant, changed: dict[str, str], header: str | None
) -> None:
    headers = {"Authorization": header} if header else {}
    answered = await client.post("/mattermost", data=COMMAND | changed, headers=headers)
    assert answered.status_code == 401
    assert "mm-one" not in answered.text
    assert not told.asked


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"token=mm-one"])
async def test_nonsense_is_refused_quietly(client: httpx.AsyncClient, told: ToldAssistant, body: bytes) -> None:
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        answered = await client.post("/mattermost", content=body, headers={"Content-Type": kind})
        assert answered.status_code in (200, 401)
    assert not told.asked


async def test_a_slow_answer_comes_by_the_response_address(client: httpx.AsyncClient, told: ToldAssistant) -> None:
    got: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def respond(request: web.Request) -> web.Response:
        got.put_nowait(await request.json())
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_post("/hooks/commands/x", respond)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/hooks/commands/x"
    told.delay = 3.2
    try:
        first = await client.post("/mattermost", data=COMMAND | {"response_url": address})
        assert first.json() == {"response_type": "ephemeral", "text": "Looking it up…"}
        later = await asyncio.wait_for(got.get(), 10)
    finally:
        await runner.cleanup()
    assert later["response_type"] == "in_channel"
    assert "8,512 projects" in later["text"]


async def test_a_conversation_is_a_thread_or_a_day_of_one_person(
    client: httpx.AsyncClient, told: ToldAssistant
) -> None:
    for n, more in enumerate([{"root_id": "r1"}, {"root_id": "r1", "user_id": "u2"}, {}, {}, {"user_id": "u2"}]):
        await client.post("/mattermost", data=COMMAND | more | {"trigger_id": f"tr{n}"})
    first, second, third, fourth, fifth = (asked["conversation_id"] for asked in told.asked)
    assert first == second
    assert third == fourth
    assert len({first, third, fifth}) == 3


async def test_commands_of_the_bot_are_private(client: httpx.AsyncClient, told: ToldAssistant) -> None:
    answered = await client.post("/mattermost", data=COMMAND | {"text": "settings language=zh"})
    assert answered.json()["response_type"] == "ephemeral"
    assert "language: zh" in answered.json()["text"].replace("\\", "").replace("\u2060", "")
    answered = await client.post("/mattermost", data=COMMAND)
    assert "来源" in answered.json()["text"]
    assert len(told.asked) == 1


async def test_without_a_token_the_address_is_not_there(settings: Settings, told: ToldAssistant) -> None:
    bare = settings.model_copy(update={"mattermost_token": None, "webhook_secret": None, "slack_bot_token": None})
    async with serving(bare, told) as url, httpx.AsyncClient(base_url=url) as http:
        for path in ("/mattermost", "/webhook", "/slack/events"):
            refused = await http.post(path, data=COMMAND)
            assert refused.status_code == 404
            assert "is not configured here" in refused.json()["detail"]
