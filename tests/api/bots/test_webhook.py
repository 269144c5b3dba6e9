"""The generic webhook: signed both ways, and answered once for each id."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from api.bots.webhook import Signature
from assistant.answer import Answer
from assistant.settings import Settings
from knowledge.errors import OperatorError
from tests.api.bots.conftest import ToldAssistant, serving

SECRET = "whsec_dGFsbHktd2ViaG9vay1zZWNyZXQtZm9yLXRlc3Rz"
QUESTION = {"question": "How many projects landed in 2023?"}


@pytest.fixture
async def client(settings: Settings, told: ToldAssistant) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(settings, told) as url, httpx.AsyncClient(base_url=url, timeout=20) as http:
        yield http


async def send(
    client: httpx.AsyncClient, body: Any, message_id: str = "m1", secret: str = SECRET, ago: int = 0
) -> httpx.Response:
    data = json.dumps(body).encode() if not isinstance(body, bytes) else body
    headers = Signature(secret, clock=lambda: time.time() - ago).sign(message_id, data)
    return await client.post("/webhook", content=data, headers={**headers, "Content-Type": "application/json"})


def test_the_signature_is_the_standards() -> None:
    body = b'{"test": 2432232314}'  # the example of the specification
    sign = Signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", clock=lambda: 1614265330)
    assert sign.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", body)["webhook-signature"] == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


async def test_a_signed_question_gets_a_signed_answer(client: httpx.AsyncClient, told: ToldAssistant) -> None:
    answered = await send(client, QUESTION | {"as_of": "2024-03-01", "conversation_id": "c-1"})
    assert answered.status_code == 200
    assert Signature(SECRET).verify(answered.headers, answered.content) == "m1"
    body = answered.json()
    assert Answer(**body["answer"]).value is not None
    assert body["markdown"].startswith("**8,512 projects** landed")
    assert told.asked[0]["as_of"].isoformat() == "2024-03-01"
    assert told.asked[0]["conversation_id"] == "c-1"


async def test_the_same_id_gets_the_same_answer(client: httpx.AsyncClient, told: ToldAssistant) -> None:
    told.delay = 0.3
    first, second = await asyncio.gather(send(client, QUESTION), send(client, QUESTION))
    third = await send(client, QUESTION)
    assert first.content == second.content == third.content
    assert len(told.asked) == 1
    assert (await send(client, {"question": "another?"})).status_code == 409


@pytest.mark.parametrize("ago", [301, -302, 10**8])
async def test_stale_messages_are_refused(client: httpx.AsyncClient, told: ToldAssistant, ago: int) -> None:
    assert (await send(client, QUESTION, ago=ago)).status_code == 401
    assert not told.asked


async def test_what_is_not_signed_is_refused(client: httpx.AsyncClient, told: ToldAssistant) -> None:
    data = json.dumps(QUESTION).encode()
    good = Signature(SECRET).sign("m1", data)
    bad = [
        {},
        {**good, "webhook-signature": ""},
        {**good, "webhook-signature": "v1,AAAA"},
        {**good, "webhook-signature": good["webhook-signature"].replace("v1,", "v2,")},
        {**good, "webhook-id": "m2"},
        {**good, "webhook-timestamp": "now"},
        {**good, "webhook-timestamp": str(int(good["webhook-timestamp"]) + 1)},
        Signature("another").sign("m1", data),
    ]
    for headers in bad:
        assert (await client.post("/webhook", content=data, headers=headers)).status_code == 401
    assert (await client.post("/webhook", content=data + b" ", headers=good)).status_code == 401
    assert not told.asked
    rotated = {**good, "webhook-signature": "v1,AAAA " + good["webhook-signature"]}
    assert (await client.post("/webhook", content=data, headers=rotated)).status_code == 200


@pytest.mark.parametrize("body", [b"{", b"[]", {}, {"question": ""}, {"question": 1}, QUESTION | {"more": 1}])
async def test_malformed_questions_are_named(client: httpx.AsyncClient, body: Any) -> None:
    refused = await send(client, body)
    assert refused.status_code == 422
    assert refused.json()["detail"].startswith("body.")


def test_a_secret_that_is_not_base64_is_the_operators_to_mend() -> None:
    with pytest.raises(OperatorError, match="TALLY_WEBHOOK_SECRET"):
        Signature("whsec_***")
