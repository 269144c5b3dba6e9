"""What every request must pass before a route sees it: its host, its origin, its address, its sender."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers as RequestHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.keys import SESSION_HEADER, Caller, now
from api.problems import Problem, refuse

_SAFE = ("GET", "HEAD", "OPTIONS")
_KNOWN_CALLERS = ("/v1", "/mcp", "/metrics")
_DEFAULTS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


class Headers:
    """Sets the headers that keep browsers safe where a route has not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_defaults(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                more = [pair for pair in _DEFAULTS if pair[0] not in present]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self.app(scope, receive, with_defaults)


class TrustedHost:
    """421 for names that the server does not answer to."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app, self._hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "*" in self._hosts:
            return await self.app(scope, receive, send)
        host = RequestHeaders(scope=scope).get("host", "")
        if _name(host) in self._hosts:
            return await self.app(scope, receive, send)
        problem = Problem(421, f"host {host[:100]!r} is not served here; add it to TALLY_ALLOWED_HOSTS")
        return await refuse(problem, scope, receive, send)


class TextPaths:
    """400 for addresses that hold a NUL, which no store should see."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and ("\x00" in scope["path"] or _nul_in_query(scope["query_string"])):
            problem = Problem(400, "the address holds a NUL character; leave it out", code="malformed")
            return await refuse(problem, scope, receive, send)
        return await self.app(scope, receive, send)


class SameOrigin:
    """403 for changes that a page of another origin sends, unless the origin is allowed."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self.app, self._origins = app, frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _changes(scope) or self._allowed(RequestHeaders(scope=scope)):
            return await self.app(scope, receive, send)
        origin = RequestHeaders(scope=scope).get("origin", "")
        problem = Problem(403, f"origin {origin[:100]!r} is not allowed; add it to TALLY_CORS_ORIGINS")
        return await refuse(problem, scope, receive, send)

    def _allowed(self, headers: RequestHeaders) -> bool:
        origin = headers.get("origin")
        if origin is None or "*" in self._origins or origin in self._origins:
            return True
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


class Identity:
    """Finds out who sent a request, once; routes and the rate limit read `scope["state"]["caller"]`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_KNOWN_CALLERS):
            return await self.app(scope, receive, send)
        caller = scope["app"].state.services.access.identify(scope, now())
        scope["state"]["caller"] = caller
        fresh = caller.session if isinstance(caller, Caller) else None
        return await self.app(scope, receive, _with_session(send, fresh) if fresh else send)


def _changes(scope: Scope) -> bool:
    return scope["method"] not in _SAFE or scope["path"] == "/mcp"


def _with_session(send: Send, token: str) -> Send:
    """Tells a newcomer the session that was opened for it, unless the route has opened one."""
    name = SESSION_HEADER.lower().encode()

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start" and all(name != given for given, _ in message["headers"]):
            message = {**message, "headers": [*message["headers"], (name, token.encode())]}
        await send(message)

    return told


def _name(host: str) -> str:
    """The name in a Host header, without port and brackets."""
    bare = host.rpartition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    return bare.lower()


def _nul_in_query(query: bytes) -> bool:
    if b"%00" not in query and b"\x00" not in query:
        return False
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return any("\x00" in part for pair in pairs for part in pair)
