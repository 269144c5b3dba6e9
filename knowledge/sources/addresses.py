"""Which addresses may be fetched: public ones, checked after the name is resolved and at every redirect."""

import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from knowledge.errors import SourceError

Resolve = Callable[[str, int], tuple[str, ...]]
_MAPPED = (
    ipaddress.ip_network("::ffff:0:0/96"),
    ipaddress.ip_network("::/96"),
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
)
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_TEREDO = ipaddress.ip_network("2001::/32")
_REMEDY = "set TALLY_ALLOW_PRIVATE_ADDRESSES=true if Tally may fetch from your own network"


def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host, as the system resolves them. OSError where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(row[4][0]) for row in found))


def is_public(address: str) -> bool:
    """Whether an address is on the public internet, seen through every way of writing IPv4 inside IPv6."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.is_multicast or not (ip.is_global or _inside(ip)):
            return False
        return all(_plainly_public(inner) for inner in _inside(ip)) if _inside(ip) else _plainly_public(ip)
    return _plainly_public(ip)


def _plainly_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local:
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local)


def _inside(ip: ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...]:
    """The IPv4 addresses that an IPv6 address carries."""
    if ip in _TEREDO and ip.teredo:
        return ip.teredo
    if ip in _SIX_TO_FOUR and ip.sixtofour:
        return (ip.sixtofour,)
    if any(ip in network for network in _MAPPED):
        return (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF),)
    return ()


def _ascii(parts: SplitResult, host: str, port: int | None) -> str:
    """The address in ASCII: the host as the network knows it, path and query escaped, no fragment."""
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise SourceError(parts.geturl(), f"host {host!r} is no name of a host") from None
    name = f"[{name}]" if ":" in name else name
    place = f"{name}:{port}" if port else name
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme, place, path, quote(parts.query, safe="/?%:@!$&'()*+,;=~-._"), ""))


@dataclass(frozen=True, slots=True)
class Guard:
    """Checks an address as a whole, then where its host leads."""

    allow_private: bool = False
    resolve: Resolve = resolve

    def check(self, url: str) -> str:
        """The address with its scheme and host in order. SourceError where it may not be fetched."""
        if len(url) > 4000 or re.search(r"[\x00-\x20\x7f\\]", url):
            raise SourceError(url[:200], "is no address: it holds spaces, backslashes or control characters")
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise SourceError(url, f"scheme {parts.scheme!r} is not fetched", "use http or https")
        if "@" in parts.netloc:
            raise SourceError(url, "holds a user name or password", "leave them out")
        try:
            host, port = parts.hostname, parts.port
        except ValueError:
            raise SourceError(url, "has a port that is no number") from None
        if not host or port == 0:
            raise SourceError(url, "names no host")
        return _ascii(parts, host, port)

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Where to connect for a host: every address it resolves to must be allowed. SourceError otherwise."""
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError):
            raise SourceError(host, "cannot be found", "check the address and the connection") from None
        if not found:
            raise SourceError(host, "cannot be found", "check the address and the connection")
        barred = [] if self.allow_private else [address for address in found if not is_public(address)]
        if barred:
            raise SourceError(host, f"leads to {barred[0]}, which is not on the public internet", _REMEDY)
        return found
