"""Web addresses are sources like files: fetched, read, known again."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from knowledge.library import Library

PAGES = {
    "/2024-02/20/a.html": (
        "text/html",
        b"<html><title>Landed</title><p>In 2023, 8,512 projects landed in Beijing.</p></html>",
    ),
    "/plain": ("application/octet-stream", b"<!doctype html><p>In 2022, 5,794 projects landed in Beijing.</p>"),
    "/notes.txt": ("text/plain", b"In 2021, 4,000 projects landed in Beijing."),
    "/picture": ("application/octet-stream", b"\x89PNG\r\n"),
}


class Pages(BaseHTTPRequestHandler):
    """A site of four pages."""

    def do_GET(self) -> None:
        kind, body = PAGES.get(self.path, ("text/plain", b""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path, embedder="none", allow_private_addresses=True)
    opened.fetcher.rules = type(opened.fetcher.rules)(delay=0.0)
    yield opened
    opened.close()


def test_pages_are_added_once(library: Library, site: str) -> None:
    addresses = [site + path for path in PAGES]
    outcomes = library.add(addresses)
    assert [o.status for o in outcomes] == ["added", "added", "added", "failed"]
    assert "PNG" in outcomes[3].reason
    assert {f.published_as for f in library.figures()} >= {"8,512", "5,794", "4,000"}
    first = next(n for n in library.notices() if n.title == "Landed")
    assert (first.url, str(first.published)) == (addresses[0], "2024-02-20")
    assert [o.status for o in library.add(addresses)] == ["unchanged", "unchanged", "unchanged", "failed"]
    assert [o.status for o in library.remove(addresses[:1])] == ["removed"]


def test_a_page_that_is_not_there_fails_by_name(library: Library, site: str) -> None:
    outcome = library.add([f"{site}/gone.html"])[0]
    assert (outcome.status, "404" in outcome.reason) == ("failed", True)


def test_private_addresses_are_refused_unless_allowed(tmp_path: Path, site: str) -> None:
    library = Library.open(tmp_path / "guarded", embedder="none")
    outcome = library.add([f"{site}/notes.txt"])[0]
    assert outcome.status == "failed"
    assert library.notices() == ()
    library.close()
