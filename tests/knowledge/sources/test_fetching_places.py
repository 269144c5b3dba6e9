"""Watched folders, feeds, sitemaps and single addresses, on a local server: polite, resumable, history kept."""

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from knowledge.library import Library
from knowledge.sync import Place, Places, sync

PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>Published: 14 March 2023</p><p>{1}</p></body></html>"


def sentence(number: int, year: int = 2022) -> str:
    return f"In {year}, Town{number:03d} recorded foreign direct investment of ${number + 1}.5 million."


@dataclass
class Site:
    """What the local server answers, and what it was asked."""

    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)  # path, If-None-Match
    base: str = ""


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append((self.path, self.headers.get("If-None-Match", "")))
            if self.path not in served.pages:
                self.send_error(404)
                return
            kind, body = served.pages[self.path]
            tag = f'"{hash(body)}"'
            unchanged = self.headers.get("If-None-Match") == tag
            self.send_response(304 if unchanged else 200)
            self.send_header("ETag", tag)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", "0" if unchanged else str(len(body)))
            self.end_headers()
            if not unchanged:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    served.base = f"http://127.0.0.1:{server.server_port}"
    yield served
    server.shutdown()
    server.server_close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "home", embedder="none", allow_private_addresses=True)
    opened.fetcher.sleep = lambda _: None
    yield opened
    opened.close()


def put(site: Site, path: str, number: int, text: str = "") -> None:
    site.pages[path] = (
        "text/html; charset=utf-8",
        PAGE.format(f"Report of Town{number:03d}", text or sentence(number)).encode(),
    )


def test_an_address_is_added_once_and_then_only_asked_for_changes(site: Site, library: Library) -> None:
    put(site, "/1.html", 1)
    url = f"{site.base}/1.html"
    assert library.add([url])[0].status == "added"
    assert library.notices()[0].url == url
    assert library.add([url])[0].status == "unchanged"
    assert site.asked[-1][1] != ""
    put(site, "/1.html", 1, sentence(7))
    assert library.add([url])[0].status == "changed"
    assert [f.value for f in library.figures()] == [8.5e6]


def test_private_addresses_are_refused_unless_allowed(site: Site, tmp_path: Path) -> None:
    guarded = Library.open(tmp_path / "guarded", embedder="none")
    outcome = guarded.add([f"{site.base}/1.html"])[0]
    assert outcome.status == "failed"
    assert "not on the public internet" in outcome.reason
    assert site.asked == []
    guarded.close()


def test_robots_are_obeyed(site: Site, library: Library) -> None:
    put(site, "/open.html", 1)
    put(site, "/closed/2.html", 2)
    site.pages["/robots.txt"] = ("text/plain", b"User-agent: *\nDisallow: /closed/\n")
    told = library.add([f"{site.base}/open.html", f"{site.base}/closed/2.html"])
    assert [o.status for o in told] == ["added", "failed"]
    assert "robots.txt" in told[1].reason
    assert not [path for path, _ in site.asked if path.startswith("/closed")]


def feed(site: Site, *paths: str) -> bytes:
    items = "".join(f"<item><title>t</title><link>{site.base}{path}</link></item>" for path in paths)
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{items}</channel></rss>".encode()


def atom(site: Site, *paths: str) -> bytes:
    entries = "".join(f"<entry><link href='{path}'/><updated>2023-03-14</updated></entry>" for path in paths)
    return f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode()


def sitemap(site: Site, *paths: str) -> bytes:
    urls = "".join(f"<url><loc>{site.base}{path}</loc><lastmod>2023-03-14</lastmod></url>" for path in paths)
    return f"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode()


@pytest.mark.parametrize("make", [feed, atom, sitemap])
def test_what_a_listing_lists_is_added_and_one_failure_is_told(make: Any, site: Site, library: Library) -> None:
    for number in (1, 2):
        put(site, f"/{number}.html", number)
    site.pages["/feed.xml"] = ("application/xml", make(site, "/1.html", "/gone.html", "/2.html"))
    told = library.add([f"{site.base}/feed.xml"])
    assert [o.status for o in told] == ["added", "failed", "added"]
    assert "answers 404" in told[1].reason


def test_an_index_of_sitemaps_is_followed(site: Site, library: Library) -> None:
    put(site, "/1.html", 1)
    site.pages["/part.xml"] = ("application/xml", sitemap(site, "/1.html"))
    index = f"<?xml version='1.0'?><sitemapindex><sitemap><loc>{site.base}/part.xml</loc></sitemap></sitemapindex>"
    site.pages["/sitemap.xml"] = ("application/xml", index.encode())
    assert [o.status for o in library.add([f"{site.base}/sitemap.xml"])] == ["added"]


def test_a_watched_feed_takes_in_what_is_new(site: Site, library: Library) -> None:
    put(site, "/1.html", 1)
    site.pages["/feed.xml"] = ("application/rss+xml", feed(site, "/1.html"))
    watched = Places(library.store)
    watched.watch(f"{site.base}/feed.xml", "news")
    assert [o.status for o in sync(library, watched.all())] == ["added"]
    put(site, "/2.html", 2)
    site.pages["/feed.xml"] = ("application/rss+xml", feed(site, "/2.html"))
    assert [o.status for o in sync(library, watched.all())] == ["added"]
    assert len(library.notices("news")) == 2  # what a feed no longer lists stays


def write(folder: Path, number: int, year: int = 2022) -> Path:
    path = folder / f"{number:03d}.txt"
    text = f"title: Town{number:03d}\ndate: 2023-03-14\n---\nReport of Town{number:03d}\n\n{sentence(number, year)}\n"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_vanished_notice_leaves_the_answers_and_keeps_its_history(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    first = write(folder, 1)
    write(folder, 2)
    place = Place(str(folder), "default")
    assert [o.status for o in sync(library, [place])] == ["added", "added"]
    first.unlink()
    assert sorted(o.status for o in sync(library, [place])) == ["removed", "unchanged"]
    assert [n.title for n in library.notices()] == ["Town002"]
    former = library.shelves.versions(str(first))
    assert [n.title for n in former] == ["Town001"]
    assert library.notice(former[0].notice_id).text.endswith("million.")
    write(folder, 1)
    assert sorted(o.status for o in sync(library, [place])) == ["added", "unchanged"]
    assert len(library.figures()) == 2


def test_a_folder_that_cannot_be_read_removes_nothing(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    write(folder, 1)
    place = Place(str(folder), "default")
    sync(library, [place])
    folder.rename(tmp_path / "elsewhere")
    assert [o.status for o in sync(library, [place])] == ["failed"]
    assert len(library.notices()) == 1


def state(library: Library) -> set[tuple[str, str, float, str, str]]:
    return {(f.source, f.label, f.value, f.time_period, f.quote) for f in library.figures()}


def churn(library: Library, folder: Path, files: int, rounds: int, seed: int) -> None:
    """Change, remove and re-add at random while somebody asks."""
    chance = random.Random(seed)
    for number in range(files):
        write(folder, number)
    ended = threading.Event()
    trouble: list[BaseException] = []

    def ask() -> None:
        while not ended.is_set():
            try:
                known = {n.notice_id for n in library.notices()}
                seen = library.figures()
                hits = library.search("foreign direct investment", limit=3)
                assert all(hit.passage.text in hit.notice.text for hit in hits)
                assert len({f.figure_id for f in seen}) == len(seen) or not known
            except BaseException as error:
                trouble.append(error)
                return

    asker = threading.Thread(target=ask)
    asker.start()
    place = Place(str(folder), "default")
    for _ in range(rounds):
        sync(library, [place])
        for number in chance.sample(range(files), files // 3):
            kind = chance.choice(("change", "remove", "again"))
            path = folder / f"{number:03d}.txt"
            if kind == "remove":
                path.unlink(missing_ok=True)
            else:
                write(folder, number, 2022 if kind == "again" else chance.choice((2019, 2020, 2021)))
    sync(library, [place])
    ended.set()
    asker.join()
    assert trouble == []


@pytest.mark.parametrize(("files", "rounds"), [(30, 3), pytest.param(500, 4, marks=pytest.mark.soak)])
def test_the_library_equals_a_fresh_ingest(files: int, rounds: int, library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    churn(library, folder, files, rounds, seed=files)
    fresh = Library.open(tmp_path / "fresh", embedder="none")
    fresh.add([str(folder)])
    assert state(library) == state(fresh)
    assert {n.source for n in library.notices()} == {n.source for n in fresh.notices()}
    fresh.close()


def test_nothing_of_another_collection_leaks(library: Library, tmp_path: Path) -> None:
    """The same questions over two collections of unlike figures, asked of each and of one that does not exist."""
    from datetime import date

    from assistant.answering import planned
    from assistant.question import Question
    from knowledge.focus import focused

    for name, number in (("north", 100), ("south", 200)):
        folder = tmp_path / name
        folder.mkdir()
        for at in range(5):
            write(folder, number + at)
        (folder / "t.csv").write_text(f"City,Year,FDI (USD million)\nPort{name},2022,{number}.25\n", encoding="utf-8")
        library.add([str(folder)], collection=name)
    for mine, other, number in (("north", "south", 200), ("south", "north", 100), ("none", "north", 100)):
        foreign = [f"{number + at + 1}.5" for at in range(5)] + [f"{number}.25", f"Port{other}"]
        for words in (
            sentence(number),
            f"FDI in Port{other} in 2022?",
            "Total FDI in 2022?",
            "Which town had the most FDI?",
        ):
            question = Question(words.replace("recorded", "what"), date(2024, 2, 1), collection=mine)
            answer = planned(question, focused(library, [question.text], mine), lambda _: None)
            for figure in answer.figures:
                assert library.notice(figure["notice_id"]).collection == mine
            for citation in answer.citations:
                assert library.notice(citation.notice_id).collection == mine
            said = answer.text.replace(question.text, "")
            assert not [token for token in foreign if token in said and token not in question.text]
