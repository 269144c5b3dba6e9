"""Slack over HTTP: what is not plainly from Slack never reaches the parser."""

import json
from urllib.parse import parse_qs

from fastapi import Request
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.responses import JSONResponse, Response


class SlackHttp:
    """Bolt's adapter behind a door: 401 for what Slack has not signed, 400 for what bolt could not read."""

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        self._handler, self._verifier = AsyncSlackRequestHandler(app), SignatureVerifier(signing_secret)

    async def handle(self, request: Request) -> Response:
        """What bolt answers, or the door's refusal."""
        if not self._is_from_slack(await request.body(), request):
            return JSONResponse({"error": "invalid request"}, status_code=401)
        if not _is_readable(await request.body()):
            return JSONResponse({"error": "unreadable request"}, status_code=400)
        answered: Response = await self._handler.handle(request)
        return answered

    def _is_from_slack(self, body: bytes, request: Request) -> bool:
        stamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12 and signature.isascii()):
            return False
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return bool(self._verifier.is_valid(text, stamp, signature))


def _is_readable(body: bytes) -> bool:
    """Whether the body is a form, or an object of JSON with the parts that every event has."""
    text = body.decode("utf-8")
    if not text.startswith("{"):
        payload = parse_qs(text).get("payload")
        return "=" in text and (payload is None or _object(payload[0]) is not None)
    found = _object(text)
    return found is not None and isinstance(found.get("event", {}), dict) and isinstance(found.get("type"), str)


def _object(text: str) -> dict[str, object] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
