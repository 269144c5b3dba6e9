"""One contract for the embedded index and for a Chroma server."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import httpx
import numpy as np
import pytest

from knowledge.index.vectors import ChromaVectors, Vectors

WIDTH = 8


def vector(passage_id: str) -> Vectors:
    seed = sum(ord(c) * 31**i for i, c in enumerate(passage_id)) % 2**32
    made = np.random.default_rng(seed).normal(size=WIDTH).astype(np.float32)
    return made / np.float32(np.linalg.norm(made))


def fetch(ids: Sequence[str]) -> Mapping[str, Vectors]:
    return {passage_id: vector(passage_id) for passage_id in ids}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chroma = shutil.which("chroma", path=Path(sys.executable).parent)
    if chroma is None:
        pytest.skip("the chroma command is not installed beside this Python")
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    process = subprocess.Popen(
        [chroma, "run", "--path", str(tmp_path_factory.mktemp("chroma")), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            if httpx.get(f"{url}/api/v2/heartbeat").is_success:
                break
        except httpx.TransportError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait()


Open = Callable[[], ChromaVectors]


@pytest.fixture(params=["embedded", "server"])
def open_index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    opened: list[ChromaVectors] = []
    url = request.getfixturevalue("server") if request.param == "server" else ""

    def make() -> ChromaVectors:
        found = (
            ChromaVectors.server(url, "test", str(tmp_path))
            if url
            else ChromaVectors.embedded(tmp_path / "index", "test")
        )
        assert found is not None
        opened.append(found)
        return found

    yield make
    for index in opened:
        index.close()


def ids(count: int) -> list[str]:
    return [f"passage-{n}" for n in range(count)]


def test_what_is_synced_is_found_by_its_vector(open_index: Open) -> None:
    index = open_index()
    assert index.nearest(vector("any"), 3) == {}
    index.sync(1, ids(50), fetch)
    assert index.check(ids(50), fetch) == ""
    for passage_id in ids(50)[::10]:
        nearest = index.nearest(vector(passage_id), 3)
        assert next(iter(nearest)) == passage_id
        assert len(nearest) == 3
        assert nearest[passage_id] == pytest.approx(1.0, abs=1e-5)


def test_similarity_is_the_cosine(open_index: Open) -> None:
    index = open_index()
    index.sync(1, ids(20), fetch)
    query = vector("a question")
    for passage_id, score in index.nearest(query, 20).items():
        assert score == pytest.approx(float(vector(passage_id) @ query), abs=1e-5)


def test_a_later_sync_adds_and_takes_away(open_index: Open) -> None:
    index = open_index()
    index.sync(1, ids(20), fetch)
    index.sync(2, ids(30)[5:], fetch)
    assert index.check(ids(30)[5:], fetch) == ""
    assert set(index.nearest(vector("x"), 100)) == set(ids(30)[5:])
    index.sync(3, [], fetch)
    assert index.nearest(vector("x"), 100) == {}


def test_what_is_up_to_date_is_not_sent_again(open_index: Open) -> None:
    index = open_index()
    index.sync(1, ids(10), fetch)

    def never(_: Sequence[str]) -> Mapping[str, Vectors]:
        raise AssertionError("sent again")

    index.sync(1, ids(10), never)
    index.sync(2, ids(10), never)


def test_it_is_kept_from_one_opening_to_the_next(open_index: Open) -> None:
    first = open_index()
    first.sync(7, ids(10), fetch)
    first.close()
    again = open_index()
    assert again.check(ids(10), fetch) == ""


def test_faults_are_told(open_index: Open) -> None:
    index = open_index()
    index.sync(1, ids(10), fetch)
    assert "10 vectors, the store 11" in index.check(ids(11), fetch)
    assert "own vector" in index.check(ids(10), lambda wanted: {i: -vector(i) for i in wanted})
    index.clear()
    assert index.nearest(vector("x"), 5) == {}


def test_the_embedded_index_has_one_owner_at_a_time(tmp_path: Path) -> None:
    first = ChromaVectors.embedded(tmp_path / "index", "test")
    assert first is not None
    assert ChromaVectors.embedded(tmp_path / "index", "test") is None
    first.close()
    second = ChromaVectors.embedded(tmp_path / "index", "test")
    assert second is not None
    second.close()


def test_stores_that_share_a_server_do_not_mix(server: str) -> None:
    one, two = (ChromaVectors.server(server, "test", owner) for owner in ("/one", "/two"))
    one.sync(1, ids(5), fetch)
    assert two.nearest(vector("x"), 5) == {}
    one.close()
    two.close()
