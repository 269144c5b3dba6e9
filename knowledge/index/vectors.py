"""Vectors in Chroma: a derived index, made from the vectors table and thrown away when it is not believed.

The embedded index has one owner at a time, the process that holds its lock; a reader beside it would go stale unseen.
A Chroma server is shared by all.
"""

import hashlib
import logging
import re
import shutil
import sys
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import OperatorError

log = logging.getLogger("tally.index")
Vectors = NDArray[np.float32]
Fetch = Callable[[Sequence[str]], Mapping[str, Vectors]]  # passage ids -> their vectors, out of the store
_BATCH = 5_000  # Chroma takes 5,461 at once
_PROBES = 3


class ChromaVectors:
    """One collection of passage vectors under cosine distance."""

    def __init__(self, client: Any, name: str, lock: IO[bytes] | None = None) -> None:
        self._client, self._lock = client, lock
        self._name = re.sub(r"[^a-zA-Z0-9]+", "-", f"passages-{name}")
        self._collection = self._open()

    @classmethod
    def embedded(cls, folder: Path, embedder: str) -> "ChromaVectors | None":
        """The index in `folder`, or None where another process owns it. A broken one is made anew, empty."""
        lock = _lock(folder.parent / "index.lock")
        if lock is None:
            return None
        if held := sorted(folder.glob("*/")) if folder.is_dir() else []:
            try:
                return cls(_persistent(held[0]), embedder, lock)
            except Exception as error:  # whatever Chroma raises on a damaged folder
                log.warning("the vector index in %s is broken (%s) and is made anew", folder, error)
        return cls(_persistent(_emptied(folder)), embedder, lock)

    @classmethod
    def server(cls, url: str, embedder: str, owner: str) -> "ChromaVectors":
        """The index of the store `owner` on a Chroma server. OperatorError where it does not answer."""
        import chromadb

        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise OperatorError(f"TALLY_CHROMA_URL {url}: expected http://host:port")
        secure = parts.scheme == "https"
        try:
            client = chromadb.HttpClient(
                host=parts.hostname, port=parts.port or (443 if secure else 8000), ssl=secure, settings=_settings()
            )
            return cls(client, f"{embedder}-{hashlib.sha256(owner.encode()).hexdigest()[:8]}")
        except Exception as error:  # the client raises what its transport raises
            raise OperatorError(f"TALLY_CHROMA_URL {url}: no Chroma answers there ({error})") from None

    def _open(self) -> Any:
        return self._client.get_or_create_collection(
            self._name, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}
        )

    def sync(self, version: int, ids: Sequence[str], fetch: Fetch) -> None:
        """Bring the collection to hold exactly `ids`, as the store has them at `version`."""
        if self._stamp() == version and self._collection.count() == len(ids):
            return
        held, wanted = set(self._collection.get(include=[])["ids"]), set(ids)
        for part in _parts(sorted(held - wanted)):
            self._collection.delete(ids=part)
        for part in _parts(sorted(wanted - held)):
            vectors = fetch(part)
            self._collection.upsert(ids=list(vectors), embeddings=np.stack(list(vectors.values())))
        self._collection.modify(metadata={"version": version})

    def check(self, ids: Sequence[str], fetch: Fetch) -> str:
        """What is wrong with the collection, "" where nothing is: its count, and a few passages looked up."""
        if (count := self._collection.count()) != len(ids):
            return f"holds {count} vectors, the store {len(ids)}"
        step = max(1, len(ids) // _PROBES)
        for passage_id, vector in fetch(list(ids[::step][:_PROBES])).items():
            nearest = self.nearest(vector, 1)
            if not nearest or max(nearest.values()) < 0.999:
                return f"does not find passage {passage_id} by its own vector"
        return ""

    def nearest(self, vector: Vectors, limit: int) -> dict[str, float]:
        """The nearest passages by id with their cosine similarity."""
        limit = min(limit, self._collection.count())
        if not limit:
            return {}
        found = self._collection.query(query_embeddings=vector[None, :], n_results=limit, include=["distances"])
        return {i: 1.0 - float(d) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)}

    def clear(self) -> None:
        """Throw the collection away and begin an empty one."""
        self._client.delete_collection(self._name)
        self._collection = self._open()

    def close(self) -> None:
        """Let go of the index, for another process to own."""
        _hang_up(self._client)
        self._client.close()
        if self._lock is not None:
            self._lock.close()

    def _stamp(self) -> int | None:
        return (self._collection.metadata or {}).get("version")


def _hang_up(client: Any) -> None:
    """Close the sessions of a server's client, which its own `close` leaves open."""
    for part in (client, getattr(client, "_admin_client", None)):
        if (session := getattr(getattr(part, "_server", None), "_session", None)) is not None:
            session.close()


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def _persistent(folder: Path) -> Any:
    import chromadb

    return chromadb.PersistentClient(path=str(folder), settings=_settings())


def _emptied(folder: Path) -> Path:
    """A new place below `folder`, all else there thrown away. New, since Chroma remembers a path that failed."""
    if folder.is_dir():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)
    place = folder / uuid.uuid4().hex[:8]
    place.mkdir(parents=True)
    return place


def _lock(path: Path) -> IO[bytes] | None:
    """The lock of the embedded index, held until it is closed or the process ends; None where another holds it."""
    if sys.platform == "win32":
        return None  # no such lock there: vectors are searched in memory
    import fcntl

    file = path.open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _parts(ids: Sequence[str]) -> Iterable[list[str]]:
    return (list(ids[i : i + _BATCH]) for i in range(0, len(ids), _BATCH))
