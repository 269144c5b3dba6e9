"""Feeds and sitemaps: the addresses that they list. XML is parsed in a child process."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from knowledge.errors import SourceError

_LISTING = re.compile(rb"<(?:\w+:)?(?:rss|feed|urlset|sitemapindex|RDF)[\s>]")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_MOST = 5000


def looks_like_listing(url: str) -> bool:
    """Whether an address is likely to be a feed or sitemap, so that it is worth a look before it is added."""
    path = urlsplit(url).path.lower().rstrip("/")
    return path.endswith((".xml", ".rss", ".atom", ".rdf", "/feed", "/rss", "/atom")) or "sitemap" in path


def is_listing(data: bytes) -> bool:
    """Whether a document is a feed, a sitemap, or an index of sitemaps."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return head.startswith((b"<?xml", b"<rss", b"<feed", b"<urlset", b"<sitemapindex")) and bool(_LISTING.search(head))


def links(data: bytes, base: str, source: str) -> list[list[str]]:
    """What a feed or sitemap lists, in its order, each as [kind, address, stamp]; kind is "item" or "listing".

    The stamp is the listing's own date of change, "" where it tells none. Run in a child process.
    """
    from lxml import etree

    if _DOCTYPE.search(data[:4000]):
        raise SourceError(source, "declares a document type or entities, which feeds have no use for")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(source, f"is a damaged feed ({error.msg})") from None
    found: dict[str, list[str]] = {}
    for kind, address, stamp in _entries(root):
        whole = urljoin(base, address.strip())
        if whole.startswith(("http://", "https://")):
            found.setdefault(whole, [kind, whole, stamp.strip()])
    return list(found.values())[:_MOST]


def _entries(root: Any) -> Iterator[tuple[str, str, str]]:
    name = _local(root)
    if name in ("urlset", "sitemapindex"):
        for entry in root:
            place = _child(entry, "loc")
            if place:
                yield ("listing" if name == "sitemapindex" else "item"), place, _child(entry, "lastmod")
        return
    for entry in root.iter("{*}item", "{*}entry"):
        place = _child(entry, "link") or _atom_link(entry) or _permalink(entry)
        if place:
            yield "item", place, _child(entry, "updated") or _child(entry, "pubDate") or _child(entry, "date")


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def _child(entry: Any, name: str) -> str:
    return next(((node.text or "") for node in entry if _local(node) == name and (node.text or "").strip()), "")


def _atom_link(entry: Any) -> str:
    nodes = [node for node in entry if _local(node) == "link" and node.get("href")]
    best = next((node for node in nodes if node.get("rel", "alternate") == "alternate"), None)
    return str(best.get("href")) if best is not None else ""


def _permalink(entry: Any) -> str:
    """An RSS guid that is an address."""
    guid = _child(entry, "guid")
    return guid if guid.startswith(("http://", "https://")) else ""
