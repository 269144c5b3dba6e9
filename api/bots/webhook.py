"""The generic webhook: a signed question in, the Answer and its Markdown out, signed.

After standardwebhooks.com: headers `webhook-id`, `webhook-timestamp` and `webhook-signature`, the last being `v1,` and
the base64 of HMAC-SHA256 over `id.timestamp.body`.
"""

import base64
import binascii
import hmac
import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import Response

from api.bots.asking import ask
from api.bots.deliveries import Delivery
from api.bots.inbox import Handler, Inbox, Save
from api.bots.markdown import markdown
from api.bots.render import render
from api.bots.waiting import Waiting
from api.problems import Problem
from assistant.answer import Answer
from assistant.service import Assistant
from assistant.settings import Settings
from knowledge.errors import OperatorError

TOLERANCE = 300  # seconds that the sender's clock may be off
WAIT_SECONDS = 50.0


class WebhookQuestion(BaseModel):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    question: str = Field(min_length=1, max_length=4000)
    conversation_id: str | None = Field(None, pattern=r"^[A-Za-z0-9._:-]{1,100}$")
    as_of: date | None = None
    collection: str | None = Field(None, max_length=200)


def to_question(body: bytes) -> WebhookQuestion:
    """The question of a body. Problem 422 that names the field."""
    try:
        return WebhookQuestion.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        raise Problem(422, f"body.{'.'.join(map(str, first['loc'])) or '(whole)'}: {first['msg']}") from None


def to_response(answer: Answer) -> dict[str, Any]:
    """The Answer and the same as Markdown."""
    return {"answer": answer.model_dump(mode="json"), "markdown": markdown(render(answer))}


class Signature:
    """Signs and verifies with one shared secret (`whsec_` and base64, or any text)."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._key, self._clock = _key(secret), clock

    def sign(self, message_id: str, body: bytes) -> dict[str, str]:
        """The three headers of a message sent now."""
        stamp = str(int(self._clock()))
        return {
            "webhook-id": message_id,
            "webhook-timestamp": stamp,
            "webhook-signature": "v1," + self._mac(message_id, stamp, body),
        }

    def verify(self, headers: Mapping[str, str], body: bytes) -> str:
        """The message's id. Problem 401 where it is not proven, or not of now."""
        message_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        given = headers.get("webhook-signature", "")
        if not (0 < len(message_id) <= 200 and message_id.isascii() and stamp.isascii() and stamp.isdigit()):
            raise Problem(401, "webhook-id, webhook-timestamp and webhook-signature are needed")
        if len(stamp) > 12 or abs(self._clock() - int(stamp)) > TOLERANCE:
            raise Problem(401, f"webhook-timestamp is more than {TOLERANCE} s off")
        right = ("v1," + self._mac(message_id, stamp, body)).encode()
        if not any(hmac.compare_digest(one.encode(), right) for one in given.split(" ")):
            raise Problem(401, "webhook-signature does not match")
        return message_id

    def _mac(self, message_id: str, stamp: str, body: bytes) -> str:
        signed = f"{message_id}.{stamp}.".encode() + body
        return base64.b64encode(hmac.new(self._key, signed, sha256).digest()).decode()


class Webhook:
    """Answers signed questions; the same id again gets the same answer again."""

    def __init__(self, settings: Settings, assistant: Assistant) -> None:
        secret = settings.webhook_secret
        self._signature = Signature(secret.get_secret_value() if secret else "")
        self._assistant, self._waiting = assistant, Waiting()

    def handlers(self) -> dict[str, Handler]:
        """Handler by kind of delivery."""
        return {"webhook.ask": self._answer}

    async def handle(self, request: Request, inbox: Inbox) -> Response:
        """One question. 401 unproven, 422 malformed, 409 where the id was used for another question."""
        body = await request.body()
        message_id = self._signature.verify(request.headers, body)
        payload = to_question(body).model_dump(mode="json")
        delivery = Delivery(f"webhook:{sha256(message_id.encode()).hexdigest()}", "webhook.ask", payload)
        self._waiting.expect(delivery.delivery_id)
        if not await inbox.accept(delivery):
            kept = await inbox.run(inbox.deliveries.kept, delivery.delivery_id)
            if kept is None or kept[0] != payload:
                self._waiting.forget(delivery.delivery_id)
                raise Problem(409, "this webhook-id was used for another question; give each question its own")
            if kept[1] is not None:
                self._waiting.forget(delivery.delivery_id)
                return self._signed(message_id, to_response(Answer(**kept[1])))
        found = await self._waiting.within(delivery.delivery_id, WAIT_SECONDS)
        if found is None:
            raise Problem(503, "the answer is still being made; send the same again", headers={"Retry-After": "5"})
        return self._signed(message_id, found)

    async def _answer(self, delivery: Delivery, save: Save) -> None:
        asked = WebhookQuestion(**delivery.payload)
        if delivery.result is None:
            answer = await ask(
                self._assistant,
                asked.question,
                as_of=asked.as_of or datetime.now(UTC).date(),
                conversation_id=asked.conversation_id or delivery.delivery_id.replace(":", "-")[:60],
                owner="webhook",
                collection=asked.collection,
            )
            await save(answer.model_dump(mode="json"))
        else:
            answer = Answer(**delivery.result)
        self._waiting.deliver(delivery.delivery_id, to_response(answer))

    def _signed(self, message_id: str, response: dict[str, Any]) -> Response:
        body = json.dumps(response, ensure_ascii=False).encode()
        return Response(body, media_type="application/json", headers=self._signature.sign(message_id, body))


def _key(secret: str) -> bytes:
    if not secret.startswith("whsec_"):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise OperatorError("TALLY_WEBHOOK_SECRET: what follows whsec_ is not base64") from None
