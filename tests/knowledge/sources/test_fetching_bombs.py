"""Forty bombs: each is refused or read within limits, in a child; the parent neither grows nor waits."""

import os
import threading
import time
from collections.abc import Iterator

import pytest

from knowledge import sources
from knowledge.errors import SourceError
from knowledge.sources import sandbox
from knowledge.sources.draft import Draft
from knowledge.sources.sandbox import Limits, Sandbox
from tests.knowledge.sources.bombs import BOMBS

GROWTH = 64 << 20


def resident() -> int:
    """Memory of this process now, in bytes."""
    with open("/proc/self/statm", encoding="ascii") as numbers:
        return int(numbers.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Watch:
    """Looks at this process's memory and at how long a short sleep takes, as a health check would wait."""

    def __init__(self) -> None:
        self.peak, self.longest = 0, 0.0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._end.is_set():
            self.peak = max(self.peak, resident())
            began = time.perf_counter()
            time.sleep(0.01)
            self.longest = max(self.longest, time.perf_counter() - began)


@pytest.fixture(autouse=True)
def short_sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    tight = Sandbox(Limits(memory=768 << 20, seconds=8))
    monkeypatch.setattr(sandbox, "shared", lambda: tight)
    yield
    tight.close()


def test_there_are_forty() -> None:
    assert len(BOMBS) == 40


QUICK = frozenset(
    ("laughs.docx", "laughs.xlsx", "laughs.xml", "outside-file.xml", "outside-file.docx", "outside-net.docx",
     "quadratic.docx", "deep.docx", "spans.docx", "beyond.xlsx", "far-cell.xlsx", "nested.docx", "length.pdf",
     "circle.pdf", "page.parquet")
)  # fmt: skip


@pytest.mark.parametrize("name", [n if n in QUICK else pytest.param(n, marks=pytest.mark.soak) for n in BOMBS])
def test_a_bomb_is_contained(name: str) -> None:
    data = BOMBS[name]()
    before = resident()
    with Watch() as watch:
        found = attempt(data, name)
    assert watch.peak - before <= GROWTH
    if isinstance(found, Draft):
        assert "root:" not in found.text
        assert len(found.text) < 20_000_000
    else:
        assert name in str(found)


def attempt(data: bytes, name: str) -> Draft | SourceError:
    try:
        return sources.read(data, name)
    except SourceError as error:
        return error


def test_a_child_that_hangs_is_ended_and_the_next_file_is_read() -> None:
    tight = Sandbox(Limits(seconds=1))
    with pytest.raises(SourceError, match="more than 1 s"):
        tight.call("tests.knowledge.sources.test_fetching_bombs:hang", b"", {}, "slow.pdf")
    assert tight.call("tests.knowledge.sources.test_fetching_bombs:echo", b"abc", {}, "quick.pdf") == 3
    tight.close()


def test_a_child_may_not_connect_or_start_programs() -> None:
    tight = Sandbox()
    for task in ("connect", "start"):
        with pytest.raises(SourceError, match="PermissionError"):
            tight.call(f"tests.knowledge.sources.test_fetching_bombs:{task}", b"", {}, "x.pdf")
    tight.close()


def hang(data: bytes) -> None:
    """Run in a child."""
    time.sleep(60)


def echo(data: bytes) -> int:
    """Run in a child."""
    return len(data)


def connect(data: bytes) -> None:
    """Run in a child."""
    import socket

    socket.create_connection(("127.0.0.1", 9))


def start(data: bytes) -> None:
    """Run in a child."""
    import subprocess

    subprocess.run(["true"], check=True)
