# ruff: noqa: E501  # lists of addresses
"""Two hundred addresses and redirect chains against the real fetcher on local hosts: none reaches the canary."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore
import pytest

from knowledge.errors import SourceError
from knowledge.sources.addresses import Guard
from knowledge.sources.fetch import Fetcher, Rules

PUBLIC = "93.184.216.34"
PORT = 80

# Where the canary would answer: this machine and its neighbours, in every spelling.
V4 = (
    "127.0.0.1 127.0.0.2 127.1.2.3 127.255.255.254 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 "
    "192.168.1.254 169.254.169.254 169.254.0.1 100.64.0.1 100.127.255.255 0.0.0.0 0.1.2.3 192.0.0.1 192.0.2.7 198.18.0.1 "
    "198.51.100.4 203.0.113.9 224.0.0.1 239.1.2.3 240.0.0.1 255.255.255.255 192.0.0.170 198.19.255.1 172.20.10.2 "
    "10.10.10.10 127.0.1.1"
).split()
V6 = (
    "::1 :: ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:192.168.1.1 ::127.0.0.1 64:ff9b::7f00:1 "
    "64:ff9b::a00:1 64:ff9b::a9fe:a9fe 2002:7f00:1:: 2002:a00:1:: 2002:c0a8:101:: 2001:0:7f00:1::1 fe80::1 febf::1 fc00::1 "
    "fd12:3456:789a::1 ff02::1 ff05::2 fec0::1 2001:db8::1 100::1 2001:10::1 64:ff9b:1::7f00:1"
).split()
SPELLED = (
    "2130706433 0x7f000001 017700000001 0x7f.0.0.1 0177.0.0.1 127.1 127.0.1 0 0x0 3232235777 0xa9fea9fe 2852039166 "
    "0x7f.1 0177.1 127.0.0.1. localhost LOCALHOST localhost. ①②⑦.⓪.⓪.① １２７.０.０.１ 0251.0376.0251.0376 1 "
    "00000177.0.0.1 0x7F000001 127.000.000.001"
).split()
SCHEMES = (
    "file:///etc/passwd gopher://127.0.0.1/ ftp://127.0.0.1/x dict://127.0.0.1:11211/ ldap://127.0.0.1 data:text/html,hi "
    "javascript:alert(1) jar:http://127.0.0.1!/ ws://127.0.0.1 ssh://127.0.0.1 about:blank unix:///run/docker.sock "
    "//127.0.0.1/ http:///x http://:80/ http:127.0.0.1"
).split()
ODD = (
    "http://user@127.0.0.1/",
    "http://public.test@127.0.0.1/",
    "http://127.0.0.1#@public.test/",
    "http://127.0.0.1\\@public.test/",
    "http://public.test\\@127.0.0.1/",
    "http://public.test:80@127.0.0.1/",
    "http://[::1]/",
    "http://[::1%25lo]/",
    "http://127.0.0.1:80\t/",
    "http://127.0.0.1\n/",
    "http://public.test:99999/",
    "http://public.test:0/",
    "http://public.test:x/",
    "http://" + "a" * 5000 + ".test/",
)
REDIRECTS = ("/to", "/hop2", "/hop3", "/relative", "/meta")


@dataclass
class Hosts:
    """The outside as the fetcher sees it: names, their addresses, and what was connected to."""

    names: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    connected: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        """Each look-up takes the next answer of a name; the last one stays."""
        bare = host.rstrip(".").lower()
        if bare in self.names:
            answers = self.names[bare]
            return answers.pop(0) if len(answers) > 1 else answers[0]
        if bare == "localhost":
            return ("127.0.0.1", "::1")
        import socket

        try:  # numbers in any spelling, as the system reads them
            return (socket.inet_ntoa(socket.inet_aton(bare)),)
        except OSError:
            pass
        try:
            socket.inet_pton(socket.AF_INET6, bare.partition("%")[0])
        except OSError:
            raise OSError(f"{host} is not known") from None
        return (bare,)


class Local(httpcore.SyncBackend):
    """Connects to the local server for the public address, and to the canary for every other one."""

    def __init__(self, hosts: Hosts, public: int, canary: int) -> None:
        self.hosts, self.public, self.canary = hosts, public, canary

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.hosts.connected.append(host)
        target = self.public if host == PUBLIC else self.canary
        return super().connect_tcp("127.0.0.1", target, timeout, local_address, socket_options)


class Outside(BaseHTTPRequestHandler):
    """A public host that redirects to wherever its query says."""

    def do_GET(self) -> None:
        path, _, target = self.path.partition("?")
        from urllib.parse import unquote

        target = unquote(target)
        hops = {"/to": target, "/hop3": f"http://public.test/hop2?{target}", "/hop2": f"http://public.test/to?{target}"}
        if path in ("/ok", "/robots.txt"):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<html><body>fine</body></html>")
            return
        self.send_response(302)
        self.send_header("Location", hops.get(path, target))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silent."""


class Canary(BaseHTTPRequestHandler):
    """What must never be reached."""

    def do_GET(self) -> None:
        self.server.reached.append(self.path)  # type: ignore[attr-defined]  # set by the fixture
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silent."""


@dataclass
class Net:
    fetcher: Fetcher
    hosts: Hosts
    reached: list[str]


@pytest.fixture(scope="module")
def net() -> Iterator[Net]:
    outside = ThreadingHTTPServer(("127.0.0.1", 0), Outside)
    canary = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    canary.reached = []  # type: ignore[attr-defined]  # read by the handler
    servers = (outside, canary)
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    hosts = Hosts({"public.test": [(PUBLIC,)]})
    network = Local(hosts, outside.server_port, canary.server_port)
    fetcher = Fetcher(Guard(resolve=hosts.resolve), Rules(delay=0, connect=2, read=2), network)
    yield Net(fetcher, hosts, canary.reached)  # type: ignore[attr-defined]  # as above
    for server in servers:
        server.shutdown()
        server.server_close()


def targets() -> list[str]:
    """Addresses of the canary."""
    return [f"http://{host}/" for host in (*V4, *SPELLED)] + [f"http://[{host}]/" for host in V6]


def corpus() -> list[str]:
    """Two hundred and more: straight, odd, by name, and through redirects."""
    straight = targets()
    chains = [f"http://public.test{hop}?{target}" for hop in REDIRECTS[:4] for target in straight[::4]]
    schemes = [f"http://public.test/to?{target}" for target in SCHEMES]
    return list(dict.fromkeys([*straight, *SCHEMES, *ODD, *chains, *schemes]))


def test_the_corpus_is_large() -> None:
    assert len(corpus()) >= 200


def test_the_outside_is_reached(net: Net) -> None:
    assert net.fetcher.get("http://public.test/ok").data == b"<html><body>fine</body></html>"
    assert net.fetcher.get("http://public.test/to?http://public.test/ok").data is not None


@pytest.mark.parametrize("url", corpus())
def test_no_address_reaches_the_canary(url: str, net: Net) -> None:
    net.reached.clear()
    net.hosts.connected.clear()
    with pytest.raises(SourceError):
        net.fetcher.get(url)
    assert net.reached == []
    assert set(net.hosts.connected) <= {PUBLIC}


@pytest.mark.parametrize("address", [*V4, *V6])
def test_no_name_leads_to_the_canary(address: str, net: Net) -> None:
    net.reached.clear()
    net.hosts.names["inside.test"] = [(PUBLIC, address)]  # one bad address among good ones
    with pytest.raises(SourceError, match="not on the public internet"):
        net.fetcher.get("http://inside.test/")
    assert net.reached == []


def test_a_name_that_changes_after_the_check_is_not_followed(net: Net) -> None:
    """Rebinding: the first look-up is public, later ones are not; one look-up serves check and connection."""
    net.reached.clear()
    net.hosts.connected.clear()
    net.hosts.names["rebind.test"] = [(PUBLIC,), ("127.0.0.1",)]
    assert net.fetcher.get("http://rebind.test/ok").data is not None
    assert net.hosts.connected == [PUBLIC]
    with pytest.raises(SourceError, match=r"127\.0\.0\.1"):
        net.fetcher.get("http://rebind.test/ok")
    assert net.reached == []


def test_private_addresses_are_fetched_where_that_is_allowed(net: Net) -> None:
    net.reached.clear()
    allowed = Fetcher(Guard(allow_private=True, resolve=net.hosts.resolve), net.fetcher.rules, net.fetcher.network)
    assert allowed.get("http://10.0.0.1/x").data == b""
    assert net.reached == ["/x"]
