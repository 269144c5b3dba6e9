"""A Slack to test against: its Web API on a real socket, and the sender of events, commands and clicks.

The Web API is answered as Slack documents it and checks what Slack checks: the token, the shape and limits of blocks,
that messages do not unfurl. The sender signs, retries with Slack's headers, and can skew its clock.
"""

import asyncio
import contextlib
import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

TOKEN, APP_TOKEN, SECRET = "xoxb-fake-token", "xapp-fake-token", "fake-signing-secret"
TEAM, BOT_USER, BOT_ID = "T0TALLY", "U0TALLY", "B0TALLY"


@dataclass
class Call:
    """One call of the Web API or of a response address."""

    method: str
    args: dict[str, Any]
    at: float = 0.0


@dataclass
class FakeSlack:
    """The server side. `calls` is everything that it was asked; `failing` maps a method to errors still to give."""

    calls: list[Call] = field(default_factory=list)
    failing: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    url: str = ""
    socket: web.WebSocketResponse | None = None
    acks: dict[str, dict[str, Any]] = field(default_factory=dict)
    _stamps: Any = field(default_factory=lambda: itertools.count(1))
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> "FakeSlack":
        app = web.Application(client_max_size=20_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_post("/respond/{key}", self._respond)
        app.router.add_get("/socket", self._socket)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]  # aiohttp has no public way
        self.url = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.socket is not None:
            await self.socket.close()
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def response_url(self, key: str = "r1") -> str:
        return f"{self.url}/respond/{key}"

    def of(self, method: str) -> list[dict[str, Any]]:
        """The arguments of each call of a method, in order."""
        return [call.args for call in self.calls if call.method == method]

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What was posted, whether whole or streamed or by a response address."""
        posted = ("chat.postMessage", "chat.stopStream", "respond")
        return [call.args for call in self.calls if call.method in posted]

    async def until(self, count: int, method: str = "", seconds: float = 8) -> None:
        """Wait for so many messages, or calls of a method."""
        end = time.monotonic() + seconds
        while len(self.of(method) if method else self.messages) < count:
            if time.monotonic() > end:
                raise TimeoutError(f"{len(self.of(method) if method else self.messages)} of {count} {method}")
            await asyncio.sleep(0.01)

    async def _api(self, request: web.Request) -> web.Response:
        method, args = request.match_info["method"], await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.calls.append(Call(method, args, time.monotonic()))
        if token != (APP_TOKEN if method == "apps.connections.open" else TOKEN):
            return web.json_response({"ok": False, "error": "invalid_auth"})
        if self.failing.get(method):
            error = self.failing[method].pop(0)
            if error == "ratelimited":
                return web.json_response({"ok": False, "error": error}, status=429, headers={"Retry-After": "0"})
            if error == "cut":  # it is done, but nobody hears of it
                self._result(method, args)
                assert request.transport is not None
                request.transport.abort()
            return web.json_response({"ok": False, "error": error})
        if problem := _faults(method, args):
            return web.json_response({"ok": False, "error": "invalid_blocks", "detail": problem})
        return web.json_response({"ok": True, **self._result(method, args)})

    def _result(self, method: str, args: dict[str, Any]) -> dict[str, Any]:
        if method == "auth.test":
            return {"team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT_ID, "user": "tally", "team": "Test"}
        if method in ("chat.postMessage", "chat.startStream"):
            args["ts"] = f"1700000000.{next(self._stamps):06}"
            return {"ts": args["ts"], "channel": args["channel"]}
        if method in ("conversations.replies", "conversations.history"):
            thread = args.get("ts")
            found = [
                m for m in self.of("chat.postMessage") + self.of("chat.stopStream") if m["channel"] == args["channel"]
            ]
            return {"messages": [m for m in found if thread in (None, m.get("thread_ts"))]}
        if method == "files.getUploadURLExternal":
            name = f"F{next(self._stamps)}"
            return {"file_id": name, "upload_url": f"{self.url}/upload/{name}"}
        if method == "files.completeUploadExternal":
            return {"files": [{"id": f["id"]} for f in args["files"]]}
        if method == "apps.connections.open":
            return {"url": self.url.replace("http", "ws") + "/socket"}
        return {}

    async def _upload(self, request: web.Request) -> web.Response:
        self.files[request.match_info["file"]] = await request.read()
        return web.Response(text="OK")

    async def _respond(self, request: web.Request) -> web.Response:
        args = await request.json()
        self.calls.append(Call("respond", {**args, "key": request.match_info["key"]}, time.monotonic()))
        if problem := _faults("respond", args):
            return web.Response(status=400, text=problem)
        return web.Response(text="ok")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        self.socket = web.WebSocketResponse()
        await self.socket.prepare(request)
        await self.socket.send_json({"type": "hello", "num_connections": 1})
        async for message in self.socket:
            if message.type == aiohttp.WSMsgType.TEXT:
                envelope = json.loads(message.data)
                self.acks[envelope["envelope_id"]] = envelope
        return self.socket


@dataclass
class Sender:
    """Slack as the one who sends, to the bot's address."""

    target: str
    secret: str = SECRET
    skew: float = 0.0  # seconds that Slack's clock is ahead
    session: aiohttp.ClientSession | None = None
    seconds: list[float] = field(default_factory=list)  # what each acknowledgement took

    async def __aenter__(self) -> "Sender":
        self.session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self.session is not None
        await self.session.close()

    async def event(self, event: dict[str, Any], event_id: str, retry: int = 0) -> int:
        """Send an event, as its n-th retry; the status."""
        body = json.dumps(envelope(event, event_id)).encode()
        retried = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
        return (await self.send(body, "application/json", retried))[0]

    async def command(self, text: str, response_url: str, **more: str) -> tuple[int, str]:
        """A slash command."""
        form = {
            "command": "/tally", "text": text, "team_id": TEAM, "channel_id": "C1", "user_id": "U1",
            "trigger_id": f"t.{time.time_ns()}", "response_url": response_url, "token": "legacy", **more,
        }  # fmt: skip
        return await self.send(urlencode(form).encode())

    async def interaction(self, payload: dict[str, Any]) -> tuple[int, str]:
        """A click, a shortcut or a dialogue."""
        return await self.send(urlencode({"payload": json.dumps(payload)}).encode())

    async def send(
        self, body: bytes, kind: str = "application/x-www-form-urlencoded", headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Signed now, by Slack's clock."""
        stamp = str(int(time.time() + self.skew))
        return await self.raw(body, {"Content-Type": kind, **signed(self.secret, stamp, body), **(headers or {})})

    async def raw(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        """These bytes with these headers."""
        assert self.session is not None
        began = time.perf_counter()
        async with self.session.post(self.target, data=body, headers=headers) as response:
            text = await response.text()
            self.seconds.append(time.perf_counter() - began)
            return response.status, text


def signed(secret: str, stamp: str, body: bytes) -> dict[str, str]:
    """The headers that prove a request."""
    mac = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac}"}


def envelope(event: dict[str, Any], event_id: str) -> dict[str, Any]:
    """An event as the Events API sends it."""
    return {
        "token": "legacy", "team_id": TEAM, "api_app_id": "A1", "event": event, "type": "event_callback",
        "event_id": event_id, "event_time": int(time.time()), "authorizations": [{"user_id": BOT_USER, "is_bot": True}],
    }  # fmt: skip


def mention(text: str, ts: str, *, channel: str = "C1", user: str = "U1", **more: Any) -> dict[str, Any]:
    """Somebody asks in a channel."""
    return {"type": "app_mention", "user": user, "text": f"<@{BOT_USER}> {text}", "ts": ts, "channel": channel, **more}


def direct(text: str, ts: str, *, channel: str = "D1", user: str = "U1", **more: Any) -> dict[str, Any]:
    """Somebody asks in a direct message."""
    return {
        "type": "message", "channel_type": "im", "user": user, "text": text, "ts": ts, "channel": channel, **more,
    }  # fmt: skip


def click(message: dict[str, Any], prefix: str, response_url: str = "", user: str = "U1") -> dict[str, Any]:
    """The click on the first button of a message whose action begins so."""
    buttons = [e for b in message["blocks"] if b["type"] == "actions" for e in b["elements"]]
    button = next(e for e in buttons if e["action_id"].startswith(prefix))
    channel, stamp = message.get("channel", "C1"), message.get("ts", "1700000000.900000")
    return {
        "type": "block_actions", "team": {"id": TEAM}, "user": {"id": user}, "trigger_id": f"t.{time.time_ns()}",
        "channel": {"id": channel}, "response_url": response_url,
        "container": {"type": "message", "message_ts": stamp, "channel_id": channel, "is_ephemeral": False},
        "message": {"ts": stamp, "thread_ts": message.get("thread_ts"), "text": message.get("text", "")},
        "actions": [{**button, "type": "button", "action_ts": str(time.time()), "block_id": "b"}],
    }  # fmt: skip


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    raw = {**dict(request.query), **{k: v for k, v in (await request.post()).items() if isinstance(v, str)}}
    parsed: dict[str, Any] = {}
    for name, value in raw.items():
        parsed[name] = value
        if name in ("blocks", "metadata", "files", "prompts", "view", "chunks"):
            with contextlib.suppress(json.JSONDecodeError):
                parsed[name] = json.loads(value)
    return parsed


def _faults(method: str, args: dict[str, Any]) -> str:
    if method == "chat.postMessage" and any(
        str(args.get(key)).lower() not in ("false", "0") for key in ("unfurl_links", "unfurl_media")
    ):
        return "would unfurl"
    return "; ".join(faults(args.get("blocks") or [], args.get("text") or ""))


def faults(blocks: list[dict[str, Any]], text: str = "") -> list[str]:
    """What Slack's documented limits forbid in a message."""
    found = ["more than 50 blocks"] * (len(blocks) > 50) + ["text over 40,000"] * (len(text) > 40_000)
    found += ["message over 13,000"] * (len(json.dumps(blocks, ensure_ascii=False)) > 13_000)
    actions: list[str] = []
    for block in blocks:
        kind, elements = block.get("type"), block.get("elements") or []
        if kind not in ("rich_text", "actions", "context", "section", "header", "divider", "image"):
            found.append(f"block type {kind}")
        if kind == "actions":
            actions += [element["action_id"] for element in elements]
            found += ["actions without or with over 25 elements"] * (not 1 <= len(elements) <= 25)
            found += [fault for element in elements for fault in _button_faults(element)]
        if kind == "context":
            found += ["context over 10 elements"] * (len(elements) > 10)
        if kind == "section":
            found += ["section text"] * (not 1 <= len(block["text"]["text"]) <= 3000)
        if kind == "header":
            found += ["header text"] * (not 1 <= len(block["text"]["text"]) <= 150)
        if kind == "rich_text":
            found += [fault for section in elements for fault in _rich_faults(section)]
    found += ["action ids repeat"] * (len(actions) != len(set(actions)))
    return found


def _button_faults(button: dict[str, Any]) -> list[str]:
    wrong = {
        "button text": 1 <= len(button["text"]["text"]) <= 75,
        "button text type": button["text"]["type"] == "plain_text",
        "button value": len(button.get("value", "")) <= 2000,
        "action id": 1 <= len(button["action_id"]) <= 255,
    }
    return [name for name, right in wrong.items() if not right]


def _rich_faults(section: dict[str, Any]) -> list[str]:
    kinds = {"rich_text_section", "rich_text_preformatted", "rich_text_quote", "rich_text_list"}
    found = [] if section["type"] in kinds else [section["type"]]
    size = 0
    for element in section["elements"]:
        if element["type"] not in ("text", "link") or not element.get("text"):
            found.append(f"element {element}")
        if element["type"] == "link" and not (
            element["url"].startswith(("http://", "https://")) and len(element["url"]) <= 3000
        ):
            found.append("link")
        size += len(element.get("text", ""))
    return found + ["rich text over 3000"] * (size > 3000)
