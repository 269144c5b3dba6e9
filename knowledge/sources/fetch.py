"""The one fetcher: http and https only, every hop checked, sizes and times limited, polite to hosts."""

import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore

from knowledge.errors import SourceError
from knowledge.sources.addresses import Guard

AGENT = "tally/0.1 (statistics assistant; respects robots.txt)"
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_CHUNK = 1 << 16
# Types that are read -> the suffix of their kind; "" where the first bytes decide.
TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.apache.parquet": ".parquet",
    "application/vnd.sdmx.data+csv": ".csv",
    "application/vnd.sdmx.genericdata+xml": ".xml",
    "application/vnd.sdmx.structurespecificdata+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/octet-stream": "",
    "binary/octet-stream": "",
    "application/zip": "",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a fetch may use and how often a host is asked. Seconds and bytes."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 90.0
    most: int = 100 << 20
    redirects: int = 5
    delay: float = 1.0  # between two requests to one host


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. `data` is None where the server says that nothing has changed."""

    url: str  # after redirects
    data: bytes | None
    kind: str = ""  # a suffix, "" where the address or the first bytes decide
    etag: str = ""
    modified: str = ""
    charset: str = ""


class _Backend(httpcore.NetworkBackend):
    """Connects to addresses that the guard has checked, and to no others: what was checked is what is used."""

    def __init__(self, guard: Guard, inner: httpcore.NetworkBackend) -> None:
        self.guard, self.inner = guard, inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        error: Exception | None = None
        for address in self.guard.addresses(host, port)[:4]:
            try:
                return self.inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error or httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(self, path: str, *_: Any, **__: Any) -> httpcore.NetworkStream:
        raise httpcore.ConnectError(f"{path}: only TCP is used")

    def sleep(self, seconds: float) -> None:
        self.inner.sleep(seconds)


@dataclass
class Fetcher:
    """Fetches addresses under rules. Safe for several threads; requests to one host keep their distance."""

    guard: Guard = field(default_factory=Guard)
    rules: Rules = field(default_factory=Rules)
    network: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Any] = time.sleep
    permitted: Callable[[str], bool] | None = None  # robots.txt

    def __post_init__(self) -> None:
        self._asked: dict[str, float] = {}
        self._lock = threading.Lock()

    def get(self, url: str, *, etag: str = "", modified: str = "") -> Fetched:
        """Fetch an address, following redirects. SourceError where it may not or cannot be."""
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip, identity", "Accept": "*/*"}
        headers |= {name: value for name, value in conditions.items() if value}
        deadline = self.now() + self.rules.total
        here = url
        for _ in range(self.rules.redirects + 1):
            here = self.guard.check(here)
            if self.permitted is not None and not self.permitted(here):
                raise SourceError(url, "is closed to robots by the host's robots.txt")
            answer = self._once(here, headers, deadline, url)
            if isinstance(answer, Fetched):
                return answer
            if here.startswith("https:") and answer.startswith("http:"):
                raise SourceError(url, f"leads from https to {answer}")
            here = answer
        raise SourceError(url, f"is redirected more than {self.rules.redirects} times")

    def _once(self, url: str, headers: dict[str, str], deadline: float, source: str) -> Fetched | str:
        """What one address answers: the document, or where it leads."""
        self._keep_distance(urlsplit(url).netloc)
        with self._response(url, headers, source) as response:
            told = {name.decode().lower(): value.decode("latin-1") for name, value in response.headers}
            if response.status in _REDIRECTS and told.get("location"):
                return urljoin(url, told["location"].strip())
            if response.status == 304:
                return Fetched(url, None)
            if response.status != 200:
                raise SourceError(source, f"answers {response.status}", _remedy(response.status))
            kind, charset = _type(told.get("content-type", ""), source)
            if int(told["content-length"]) > self.rules.most if told.get("content-length", "").isdecimal() else False:
                raise SourceError(source, f"is larger than {self.rules.most >> 20} MB")
            data = b"".join(self._body(response, told.get("content-encoding", ""), deadline, source))
        return Fetched(url, data, kind, told.get("etag", ""), told.get("last-modified", ""), charset)

    @contextmanager
    def _response(self, url: str, headers: dict[str, str], source: str) -> Iterator[httpcore.Response]:
        rules = self.rules
        timeout = {"connect": rules.connect, "read": rules.read, "write": rules.read, "pool": rules.read}
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=ssl.create_default_context(), network_backend=_Backend(self.guard, self.network)
                ) as pool,
                pool.stream("GET", url, headers=[*headers.items()], extensions={"timeout": timeout}) as response,
            ):
                yield response
        except httpcore.TimeoutException:
            raise SourceError(source, f"did not answer within {rules.read:.0f} s") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, ssl.SSLError) as error:
            raise SourceError(source, f"cannot be fetched ({error or type(error).__name__})") from None

    def _body(self, response: httpcore.Response, encoding: str, deadline: float, source: str) -> Iterator[bytes]:
        """The body unpacked, never more than allowed in all."""
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise SourceError(source, f"comes packed as {encoding!r}, which was not asked for")
        unpack = zlib.decompressobj(47) if encoding not in ("", "identity") else None
        total = 0
        for raw in response.iter_stream():
            for part in _parts(raw, unpack, source):
                total += len(part)
                if total > self.rules.most:
                    raise SourceError(source, f"is larger than {self.rules.most >> 20} MB")
                yield part
            if self.now() > deadline:
                raise SourceError(source, f"took more than {self.rules.total:.0f} s to fetch")

    def _keep_distance(self, host: str) -> None:
        with self._lock:
            due = self._asked.get(host, -self.rules.delay) + self.rules.delay
            wait = due - self.now()
            self._asked[host] = max(due, self.now())
        if wait > 0:
            self.sleep(wait)


def _parts(raw: bytes, unpack: Any, source: str) -> Iterator[bytes]:
    """A piece of the body as it is, or unpacked in bounded pieces."""
    if unpack is None:
        yield raw
        return
    try:
        while raw:
            yield unpack.decompress(raw, _CHUNK)
            raw = unpack.unconsumed_tail
    except zlib.error:
        raise SourceError(source, "is packed in a way that cannot be unpacked") from None


def _type(told: str, source: str) -> tuple[str, str]:
    """The suffix and charset of a content type. SourceError where that type is not read."""
    name, _, parameters = told.partition(";")
    name = name.strip().lower()
    charset = parameters.partition("charset=")[2].strip(" \"';") if "charset=" in parameters else ""
    if name and name not in TYPES:
        raise SourceError(source, f"is of type {name!r}, which is not read")
    return TYPES.get(name, ""), charset


def _remedy(status: int) -> str:
    if status in (401, 403):
        return "it may need a login: save the page and add the file"
    return "check the address" if status in (404, 410) else "try again later"
