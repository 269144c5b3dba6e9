"""Search: words and meaning fused, dates and collections respected, one owner of the index, none believed broken."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.errors import OperatorError
from knowledge.index.remote import OpenAIEmbedder
from knowledge.library import Hit, Library

TEXTS = {
    "landed": ("2024-02-20", "In 2023, 8,512 projects landed in Beijing, a landing rate of over 60 percent."),
    "capital": ("2023-03-15", "Foreign investment actually used in Beijing was 17.41 billion dollars in 2022."),
    "centers": ("2024-11-29", "The city hosts 149 research centers that were founded with money from abroad."),
    "quarter": ("2023-04-27", "一季度全市“两区”新增入库项目3000余个，同比增长258%。"),
    "may": ("2024-06-22", "Foreign direct investment in China was 412.51 billion yuan in January-May 2024."),
    "april": ("2024-05-22", "Foreign direct investment in China was 360.2 billion yuan in January-April 2024."),
}


class Counting:
    """A tiny embedder: letters counted. Remembers how much it was asked."""

    name = "counting"

    def __init__(self) -> None:
        self.texts = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += len(texts)
        counts = np.array([[t.lower().count(chr(97 + i)) + 0.01 for i in range(26)] for t in texts], dtype=np.float32)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "notices"
    made.mkdir()
    for name, (day, text) in TEXTS.items():
        (made / f"{name}.txt").write_text(f"title: About {name}\ndate: {day}\n---\n{text}\n", encoding="utf-8")
    return made


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "home")
    opened.add([str(folder)])
    yield opened
    opened.close()


def names(hits: Sequence[Hit]) -> list[str]:
    return [Path(hit.notice.source).stem for hit in hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("How many projects landed?", "landed"),
        ("landing rate", "landed"),
        ("scientific laboratories owned by multinational firms", "centers"),
        ("新增入库项目", "quarter"),
        ("FDI in China January-May 2024", "may"),
        ("8512", "landed"),
    ],
)
def test_the_right_passage_comes_first(library: Library, query: str, first: str) -> None:
    assert names(library.search(query))[0] == first


def test_scores_fall_from_one_to_nought(library: Library) -> None:
    scores = [hit.score for hit in library.search("foreign investment in Beijing")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_dates_are_respected_and_included(library: Library) -> None:
    found = library.search("investment projects", published_after=date(2024, 2, 20), published_before=date(2024, 5, 22))
    assert set(names(found)) == {"landed", "april"}


def test_the_limit_is_respected(library: Library) -> None:
    assert len(library.search("projects investment Beijing", limit=2)) == 2
    assert library.search("projects", limit=0) == ()


@pytest.mark.parametrize("query", ["", "   ", "???", "的", "the of", "\x00", "🙂"])
def test_odd_queries_do_no_harm(library: Library, query: str) -> None:
    assert all(hit.passage.text for hit in library.search(query))


def test_nothing_is_found_in_an_empty_library(tmp_path: Path) -> None:
    empty = Library.open(tmp_path / "empty")
    assert empty.search("anything") == ()
    empty.close()


def test_chroma_and_memory_give_the_same_answers(library: Library, tmp_path: Path) -> None:
    reader = Library.open(tmp_path / "home", own_index=False)
    for query in ("projects landed", "foreign money", "新增项目", "investment 2024"):
        ours, theirs = library.search(query), reader.search(query)
        assert names(ours) == names(theirs)
        np.testing.assert_allclose([h.score for h in ours], [h.score for h in theirs], atol=1e-4)
    reader.close()


def test_a_second_owner_searches_in_memory_and_follows_at_once(library: Library, tmp_path: Path) -> None:
    library.search("projects")  # takes the index
    second = Library.open(tmp_path / "home")
    assert names(second.search("landing rate"))[0] == "landed"
    extra = tmp_path / "extra.txt"
    extra.write_text("Zeppelin exports rose to 77 million yuan in 2023.", encoding="utf-8")
    library.add([str(extra)])
    assert names(second.search("zeppelin exports"))[0] == "extra"
    second.remove([str(extra)])
    assert "extra" not in names(library.search("zeppelin exports"))
    assert library.index.faults() == []
    second.close()


def test_the_index_is_free_again_when_its_owner_is_closed(library: Library, tmp_path: Path) -> None:
    library.close()
    for _ in range(3):
        again = Library.open(tmp_path / "home")
        assert names(again.search("landing rate"))[0] == "landed"
        assert again.index._dense is not None and again.index._dense._chroma is not None
        again.close()


@pytest.mark.parametrize("damage", ["bytes", "gone", "emptied", "file"])
def test_a_broken_index_is_made_anew(library: Library, tmp_path: Path, damage: str) -> None:
    library.close()
    index = tmp_path / "home" / "index"
    assert list(index.glob("*/chroma.sqlite3"))
    if damage == "bytes":
        for path in index.rglob("*"):
            if path.is_file():
                path.write_bytes(b"\x00garbage" * 50)
    elif damage == "gone":
        shutil.rmtree(index)
    elif damage == "emptied":
        next(index.glob("*/chroma.sqlite3")).unlink()
    else:
        shutil.rmtree(index)
        index.write_text("a file in its place")
    again = Library.open(tmp_path / "home")
    assert names(again.search("landing rate"))[0] == "landed"
    assert again.index.faults() == []
    again.close()


@pytest.mark.parametrize("broken", ["nearest", "sync"])
def test_an_index_that_breaks_while_it_is_used_costs_no_answer(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("disk gone")

    library.search("projects")
    monkeypatch.setattr(f"knowledge.index.vectors.ChromaVectors.{broken}", fail)
    extra = tmp_path / "extra.txt"
    extra.write_text("Zeppelin exports rose to 77 million yuan in 2023.", encoding="utf-8")
    assert library.add([str(extra)])[0].status == "added"
    assert names(library.search("zeppelin exports"))[0] == "extra"
    assert "in memory" in caplog.text
    library.close()
    monkeypatch.undo()
    again = Library.open(tmp_path / "home")
    assert again.index.faults() == []
    assert names(again.search("zeppelin exports"))[0] == "extra"
    again.close()


def test_vectors_lost_from_the_index_are_found_out_and_put_back(library: Library, tmp_path: Path) -> None:
    library.close()
    import chromadb
    from chromadb.config import Settings

    place = next((tmp_path / "home" / "index").iterdir())
    client = chromadb.PersistentClient(str(place), settings=Settings(anonymized_telemetry=False))
    collection = client.get_collection("passages-all-MiniLM-L6-v2", embedding_function=None)
    collection.delete(ids=collection.get(include=[], limit=2)["ids"])
    client.close()
    again = Library.open(tmp_path / "home")
    assert again.index.faults() == []
    again.close()


def test_each_passage_is_embedded_once(tmp_path: Path, folder: Path) -> None:
    embedder = Counting()
    library = Library.open(tmp_path / "counted", embedder=embedder)
    library.add([str(folder)])
    assert embedder.texts == len(TEXTS)
    library.add([str(folder)])
    assert embedder.texts == len(TEXTS)
    library.search("projects")
    assert embedder.texts == len(TEXTS) + 1
    library.close()


def test_another_embedder_is_told_and_reindexing_makes_it_good(library: Library, tmp_path: Path) -> None:
    library.close()
    other = Library.open(tmp_path / "home", embedder=Counting())
    assert any("vectors" in fault for fault in other.index.faults())
    assert names(other.search("landing rate"))[0] == "landed"  # by words meanwhile
    other.reindex()
    assert other.index.faults() == []
    other.close()


def test_searches_beside_changes_never_fail(library: Library, tmp_path: Path) -> None:
    failures: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                library.search("projects landed in Beijing")
            except BaseException as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(8):
        path = tmp_path / f"more{number % 3}.txt"
        path.write_text(f"Project number {number} landed in Beijing in 2023.", encoding="utf-8")
        library.add([str(path)])
        if number % 2:
            library.remove([str(path)])
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []


def test_another_process_reads_beside_the_owner(library: Library, tmp_path: Path) -> None:
    library.search("projects")
    script = (
        "import sys; from pathlib import Path; from knowledge.library import Library\n"
        "library = Library.open(Path(sys.argv[1])); print(library.search('landing rate')[0].notice.title)"
    )
    found = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "home")],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    assert found.stdout.strip() == "About landed"


class Embeddings(BaseHTTPRequestHandler):
    """An OpenAI-like `/embeddings` that counts letters; `broken` answers with an error."""

    broken = False

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        vectors = Counting().embed(body["input"]) * 3
        data = [{"object": "embedding", "index": i, "embedding": v.tolist()} for i, v in enumerate(vectors)]
        answer: dict[str, Any] = {"object": "list", "model": body["model"], "data": data[::-1], "usage": {}}
        text = json.dumps(answer).encode()
        self.send_response(400 if self.broken else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def embeddings_url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Embeddings)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


def test_openai_embeddings_are_brought_to_length_one_in_the_order_asked(embeddings_url: str) -> None:
    embedder = OpenAIEmbedder("text-embedding-test", "key", embeddings_url)
    texts = [f"text {chr(97 + i % 26) * i}" for i in range(130)]
    np.testing.assert_allclose(embedder.embed(texts), Counting().embed(texts), atol=1e-5)
    assert embedder.name == "openai-text-embedding-test"


def test_a_failing_embedding_server_is_an_operators_error(
    embeddings_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path
) -> None:
    monkeypatch.setattr(Embeddings, "broken", True)
    embedder = OpenAIEmbedder("text-embedding-test", "sk-hidden", embeddings_url)
    with pytest.raises(OperatorError, match="TALLY_EMBEDDER") as error:
        embedder.embed(["text"])
    assert "sk-hidden" not in str(error.value)
    library = Library.open(tmp_path / "remote", embedder=embedder)
    with pytest.raises(OperatorError, match="TALLY_EMBEDDER"):
        library.add([str(folder)])
    assert library.notices() == ()
    library.close()


@pytest.mark.parametrize("url", ["nonsense", "ftp://host", "http://127.0.0.1:9"])
def test_a_wrong_chroma_address_is_an_operators_error(tmp_path: Path, folder: Path, url: str) -> None:
    library = Library.open(tmp_path / "served", chroma_url=url, embedder=Counting())
    with pytest.raises(OperatorError, match="TALLY_CHROMA_URL"):
        library.add([str(folder)])
    library.close()
