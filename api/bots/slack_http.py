"""Slack over HTTP: what is not plainly from Slack never reaches the parser."""

from fastapi import Request
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.responses import JSONResponse, Response


class SlackHttp:
    """Bolt's adapter behind a door: 401 for whatever bolt could not even read without failing."""

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        self._handler, self._verifier = AsyncSlackRequestHandler(app), SignatureVerifier(signing_secret)

    async def handle(self, request: Request) -> Response:
        """Slack's answer, or 401."""
        if not self._is_from_slack(await request.body(), request):
            return JSONResponse({"error": "invalid request"}, status_code=401)
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
