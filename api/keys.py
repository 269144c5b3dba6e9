"""Who asks: API keys with roles, stored hashed; signed anonymous sessions; the machine's own user on loopback."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from ipaddress import ip_address
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import sqlalchemy as sa
from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader, HTTPBearer

from api.problems import Problem
from assistant.settings import Settings
from knowledge.errors import AskerError, NotFound
from knowledge.store import Store
from knowledge.tables import metadata

SESSION_HEADER = "X-Tally-Session"
_KEY, _SESSION = "tally_", "tallys_"
_REMEMBERED = timedelta(seconds=5)
_ENDED = "this session is not known, or has ended"
_WRONG = "this key is not known"
_FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-real-ip")

_keys = sa.Table(
    "api_keys",
    metadata,
    sa.Column("key_id", sa.String(16), primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("role", sa.String(10), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("created", sa.String(32), nullable=False),
)
_secrets = sa.Table(
    "api_secrets",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.String(100), nullable=False),
)


class Role(IntEnum):
    """What a caller may do; each role may do all that the ones below it may."""

    VISITOR = 0  # an anonymous session: asks, reads
    READER = 1  # a key: the same, and opens sessions for others
    ADMIN = 2  # adds and removes notices


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever sent a request; `owner` is what conversations and answers belong to."""

    owner: str
    role: Role
    limited_by: str  # what the rate limit counts
    local: bool = False
    session: str | None = None  # the token of a session that this request has opened


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is listed: the secret is shown once, when it is made."""

    key_id: str
    name: str
    role: Literal["reader", "admin"]
    created: str


class KeyStore:
    """Keys in the SQL store, as SHA-256 of 256 random bits."""

    def __init__(self, store: Store) -> None:
        self._store = store
        store.create(_keys, _secrets)

    def add(self, name: str, role: Literal["reader", "admin"], now: datetime) -> tuple[Key, str]:
        """A new key and its secret text, which cannot be shown again."""
        key = Key(secrets.token_hex(6), name, role, now.isoformat(timespec="seconds"))
        text = f"{_KEY}{key.key_id}_{secrets.token_urlsafe(32)}"
        row = {"key_id": key.key_id, "name": name, "role": role, "hash": _hash(text), "created": key.created}
        with self._store.write() as db:
            db.execute(_keys.insert().values(**row))
        return key, text

    def list(self) -> tuple[Key, ...]:
        """Every key, oldest first."""
        columns = (_keys.c.key_id, _keys.c.name, _keys.c.role, _keys.c.created)
        with self._store.read() as db:
            return tuple(Key(*row) for row in db.execute(sa.select(*columns).order_by(_keys.c.created)))

    def remove(self, key_id: str) -> None:
        """Revoke a key. NotFound where there is none of that id."""
        with self._store.write() as db:
            if not db.execute(_keys.delete().where(_keys.c.key_id == key_id)).rowcount:
                raise NotFound(f"key {key_id!r} is not known; `tally keys list` shows those that are")

    def find(self, text: str) -> Key | None:
        """The key whose secret text this is."""
        key_id = text.removeprefix(_KEY).partition("_")[0]
        with self._store.read() as db:
            row = db.execute(sa.select(_keys).where(_keys.c.key_id == key_id)).mappings().first()
        if row is None or not hmac.compare_digest(row["hash"], _hash(text)):
            return None
        return Key(row["key_id"], row["name"], row["role"], row["created"])

    def signing_secret(self) -> bytes:
        """The secret that signs sessions: made once, shared by every worker of the store."""
        query = sa.select(_secrets.c.value).where(_secrets.c.name == "sessions")
        with self._store.read() as db:
            found = db.execute(query).scalar()
        if found is None:
            try:
                with self._store.write() as db:
                    db.execute(_secrets.insert().values(name="sessions", value=secrets.token_hex(32)))
            except sa.exc.IntegrityError:
                pass  # another worker was first: its secret is read below
            with self._store.read() as db:
                found = db.execute(query).scalar_one()
        return bytes.fromhex(found)


class Sessions:
    """Anonymous sessions as signed text: nothing is stored for them."""

    def __init__(self, secret: bytes, days: int) -> None:
        self._secret, self._days = secret, days

    def open(self, now: datetime) -> tuple[str, datetime]:
        """A new session's token and when it ends."""
        ends = now + timedelta(days=self._days)
        body = f"{secrets.token_hex(12)}.{int(ends.timestamp())}"
        return f"{_SESSION}{body}.{self._sign(body)}", ends

    def owner(self, token: str, now: datetime) -> str | None:
        """The owner that a token stands for; None where it is forged or past."""
        body, _, signature = token.removeprefix(_SESSION).rpartition(".")
        name, _, ends = body.partition(".")
        sound = hmac.compare_digest(self._sign(body).encode(), signature.encode("utf-8", "replace"))
        return f"session:{name}" if sound and int(ends) > now.timestamp() else None

    def _sign(self, body: str) -> str:
        mac = hmac.new(self._secret, body.encode("utf-8", "replace"), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(mac).decode().rstrip("=")


class Access:
    """Tells who sent a request, or why it is not let in."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings, self.keys = settings, KeyStore(store)
        self.sessions = Sessions(self.keys.signing_secret(), max(settings.retention_days, 1))
        self._remembered: dict[str, tuple[Key, datetime]] = {}

    def identify(self, scope: Mapping[str, Any], now: datetime) -> Caller | Problem:
        """The caller of an ASGI scope, or why it is not let in."""
        headers = dict(scope["headers"])
        address = scope["client"][0] if scope.get("client") else "unknown"
        local = self._is_local(headers, address)
        is_open = self.settings.require_key is False or (self.settings.require_key is None and local)
        token = _token(headers)
        if token.startswith(_SESSION):
            owner = self.sessions.owner(token, now)
            return Caller(owner, Role.VISITOR, f"address:{address}", local) if owner else _refused(_ENDED)
        if token.startswith(_KEY):
            key = self._found(token, now)
            return Caller(f"key:{key.key_id}", Role[key.role.upper()], f"key:{key.key_id}") if key else _refused(_WRONG)
        if not is_open and (token or not self.settings.anonymous_sessions):
            return _refused(_WRONG if token else "a key is needed")
        if local and is_open and not _cross_origin(headers):
            return Caller("local", Role.ADMIN, f"address:{address}", True)
        session, _ = self.sessions.open(now)
        return Caller(self.sessions.owner(session, now) or "", Role.VISITOR, f"address:{address}", local, session)

    def _is_local(self, headers: Mapping[bytes, bytes], address: str) -> bool:
        """Whether a request comes from this machine to a server that serves this machine alone, past no proxy."""
        forwarded = any(name in headers for name in _FORWARDED)
        return not forwarded and is_loopback(address) and is_loopback(self.settings.host)

    def _found(self, text: str, now: datetime) -> Key | None:
        """The key of a text, remembered for a few seconds: a removed key ends within them."""
        digest = _hash(text)
        known = self._remembered.get(digest)
        if known is None or known[1] < now:
            key = self.keys.find(text)
            if key is None:
                self._remembered.pop(digest, None)
                return None
            known = self._remembered[digest] = (key, now + _REMEMBERED)
        return known[0]


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def now() -> datetime:
    """The clock, at the edge."""
    return datetime.now(UTC)


def _caller(
    request: Request,
    _bearer: Annotated[Any, Security(HTTPBearer(auto_error=False, scheme_name="key"))],
    _header: Annotated[Any, Security(APIKeyHeader(name="X-API-Key", auto_error=False, scheme_name="header"))],
) -> Caller:
    found: Caller | Problem = request.state.caller
    if isinstance(found, Problem):
        raise found
    return found


AnyCaller = Annotated[Caller, Depends(_caller)]


def _admin(caller: AnyCaller) -> Caller:
    if caller.role < Role.ADMIN:
        raise Problem(403, "this takes a key with the role admin; make one with `tally keys add NAME --role admin`")
    return caller


AdminCaller = Annotated[Caller, Depends(_admin)]


def check_name(name: str) -> str:
    """A key's name. AskerError where it is empty or long."""
    if not name.strip() or len(name) > 200:
        raise AskerError(f"key name {name!r}: give 1 to 200 characters that tell whose key it is")
    return name.strip()


def _token(headers: Mapping[bytes, bytes]) -> str:
    scheme, _, bearer = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if scheme.lower() == "bearer" and bearer.strip():
        return bearer.strip()
    found = headers.get(b"x-api-key") or headers.get(SESSION_HEADER.lower().encode(), b"")
    return found.decode("latin-1").strip()


def _cross_origin(headers: Mapping[bytes, bytes]) -> bool:
    """Whether a page of another origin sends this: it is a visitor, wherever it runs."""
    origin = headers.get(b"origin", b"").decode("latin-1")
    return bool(origin) and urlsplit(origin).netloc.lower() != headers.get(b"host", b"").decode("latin-1").lower()


def _refused(reason: str) -> Problem:
    remedy = "send `Authorization: Bearer KEY`; `tally keys add NAME` makes one"
    return Problem(401, f"{reason}; {remedy}", headers={"WWW-Authenticate": "Bearer"})


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
