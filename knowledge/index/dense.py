"""Similarity of meaning: out of Chroma where this process owns the index, else out of the store's vectors in memory.

The vectors table of the store is the truth of both.
"""

import logging
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select

from knowledge import tables
from knowledge.index.snapshot import Mask, Snapshot
from knowledge.index.vectors import ChromaVectors, Vectors
from knowledge.store import Store

log = logging.getLogger("tally.index")
_IN = 500
_FEW = 2_000  # so many vectors are compared one by one sooner than Chroma filters them
_DEEPER = 4  # how much further to look where rows are filtered out afterwards
Similar = dict[int, float]


class Dense:
    """The vectors of one embedder over one store."""

    def __init__(self, store: Store, embedder: str, folder: Path, *, server: str | None, own: bool) -> None:
        self._store, self._embedder, self._folder = store, embedder, folder
        self._server, self._own = server, own
        self._lock = threading.RLock()
        self._chroma: ChromaVectors | None = None
        self._synced = -1
        self._matrix: tuple[int, Vectors] | None = None

    def similar(self, snapshot: Snapshot, vector: Vectors, limit: int, mask: Mask) -> Similar:
        """The most similar of the rows allowed, with their cosine similarity."""
        chroma = self._chroma_at(snapshot)
        if chroma is not None:
            try:
                return self._in_chroma(chroma, snapshot, vector, limit, mask)
            except Exception as error:  # whatever Chroma raises; the store's vectors answer instead
                self._give_up(error)
        allowed = np.flatnonzero(mask)
        return _best(allowed, self._memory(snapshot)[allowed] @ vector, limit)

    def _in_chroma(self, chroma: ChromaVectors, snapshot: Snapshot, vector: Vectors, limit: int, mask: Mask) -> Similar:
        allowed = np.flatnonzero(mask)
        if len(allowed) <= min(_FEW, len(mask) - 1):
            return self.compare(snapshot, vector, allowed.tolist())
        found = chroma.nearest(vector, limit if len(allowed) == len(mask) else limit * _DEEPER)
        rows = {snapshot.row_of[i]: score for i, score in found.items() if i in snapshot.row_of}
        return dict([(row, score) for row, score in rows.items() if mask[row]][:limit])

    def compare(self, snapshot: Snapshot, vector: Vectors, rows: Sequence[int]) -> Similar:
        """The similarity of the rows named; those without a vector are left out."""
        held = self.fetch([snapshot.ids[row] for row in rows])
        return {row: float(held[i] @ vector) for row in rows if (i := snapshot.ids[row]) in held}

    def fetch(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of passages, out of the store."""
        held: dict[str, Vectors] = {}
        v = tables.vectors.c
        with self._store.read() as connection:
            for begin in range(0, len(ids), _IN):
                part = list(ids[begin : begin + _IN])
                query = select(v.passage_id, v.vector).where(v.embedder == self._embedder, v.passage_id.in_(part))
                held |= {row.passage_id: np.frombuffer(row.vector, dtype="<f4") for row in connection.execute(query)}
        return held

    def missing(self) -> int:
        """How many passages have no vector of this embedder."""
        v, p = tables.vectors.c, tables.passages.c
        held = select(v.passage_id).where(v.embedder == self._embedder)
        with self._store.read() as connection:
            return connection.scalar(select(func.count()).where(p.passage_id.not_in(held))) or 0

    def refresh(self, snapshot: Snapshot) -> bool:
        """Bring Chroma up to date, where this process owns it. Whether it does."""
        return self._chroma_at(snapshot) is not None

    def rebuild(self, snapshot: Snapshot) -> bool:
        """Throw Chroma's index away and make it anew from the store. Whether this process owns it."""
        with self._lock:
            if (chroma := self._taken()) is None:
                return False
            chroma.clear()
            self._synced = -1
        return self.refresh(snapshot)

    def check(self, snapshot: Snapshot) -> str:
        """What is wrong with the index, "" where nothing is or another process owns it."""
        chroma = self._chroma_at(snapshot)
        return chroma.check(self._with_vectors(snapshot), self.fetch) if chroma else ""

    def close(self) -> None:
        """Let go of the index."""
        with self._lock:
            if self._chroma is not None:
                self._chroma.close()
            self._chroma, self._matrix, self._synced = None, None, -1

    def _chroma_at(self, snapshot: Snapshot) -> ChromaVectors | None:
        """Chroma, holding what the snapshot holds; None where another process owns it, or it cannot be mended."""
        with self._lock:
            for trial in ("first", "last"):
                if (chroma := self._taken()) is None:
                    return None
                if self._synced == snapshot.version:
                    return chroma
                try:
                    self._sync(chroma, snapshot)
                    return chroma
                except Exception as error:  # whatever Chroma raises
                    if trial == "last" or self._server:
                        self._give_up(error)
                    else:
                        log.warning("the vector index is broken (%s) and is made anew", error)
                        self.close()
                        shutil.rmtree(self._folder, ignore_errors=True)
            return None

    def _give_up(self, error: Exception) -> None:
        """Search in memory from now on."""
        log.warning("the vector index cannot be used (%s); vectors are searched in memory", error)
        with self._lock:
            self.close()
            self._own, self._server = False, None

    def _sync(self, chroma: ChromaVectors, snapshot: Snapshot) -> None:
        ids = self._with_vectors(snapshot)
        first = self._synced < 0
        chroma.sync(snapshot.version, ids, self.fetch)
        if first and (fault := chroma.check(ids, self.fetch)):
            log.warning("the vector index %s; it is made anew", fault)
            chroma.clear()
            chroma.sync(snapshot.version, ids, self.fetch)
        self._synced = snapshot.version

    def _taken(self) -> ChromaVectors | None:
        """The index, taken now where it is free; None where another process owns it."""
        if self._chroma is None:
            self._synced = -1
            if self._server:
                self._chroma = ChromaVectors.server(self._server, self._embedder, self._store.place)
            elif self._own:
                self._chroma = ChromaVectors.embedded(self._folder, self._embedder)
        return self._chroma

    def _with_vectors(self, snapshot: Snapshot) -> list[str]:
        v = tables.vectors.c
        with self._store.read() as connection:
            held = set(connection.scalars(select(v.passage_id).where(v.embedder == self._embedder)))
        return [passage_id for passage_id in snapshot.ids if passage_id in held]

    def _memory(self, snapshot: Snapshot) -> Vectors:
        """All vectors by row; a row of zeros where there is none."""
        with self._lock:
            if self._matrix is None or self._matrix[0] != snapshot.version:
                self._matrix = (snapshot.version, self._read(snapshot))
            return self._matrix[1]

    def _read(self, snapshot: Snapshot) -> Vectors:
        v = tables.vectors.c
        query = select(v.passage_id, v.vector).where(v.embedder == self._embedder)
        rows, vectors = [], []
        with self._store.read() as connection:
            for passage_id, vector in connection.execute(query):
                if (row := snapshot.row_of.get(passage_id)) is not None:
                    rows.append(row)
                    vectors.append(vector)
        held: NDArray[np.float32] = np.frombuffer(b"".join(vectors), dtype="<f4").reshape(len(rows), -1)
        matrix = np.zeros((len(snapshot.ids), held.shape[1] if rows else 1), dtype=np.float32)
        matrix[rows] = held
        return matrix


def _best(rows: NDArray[np.intp], scores: Vectors, limit: int) -> Similar:
    top = np.argsort(-scores, kind="stable")[:limit]
    return {int(rows[i]): float(scores[i]) for i in top}
