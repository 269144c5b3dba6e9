"""Passages found again by words and by meaning, the two fused.

Words: BM25. Meaning: cosine of embeddings. Each is spread over 0..1 among the candidates, then summed by weight.
"""

import threading
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from knowledge import tables
from knowledge.figure import Figure
from knowledge.index import snapshot as snapshots
from knowledge.index import terms as words
from knowledge.index.dense import Dense
from knowledge.index.embedder import Embedder
from knowledge.index.snapshot import PERIOD, Mask, Snapshot
from knowledge.indexed import Indexed
from knowledge.notice import Notice, Passage
from knowledge.reading.language import detect
from knowledge.shelves import Shelves, replace_passages
from knowledge.store import Store

DENSE_WEIGHT = 0.4
DENSE_WEIGHT_PERIOD = 0.2  # near-duplicate periodical notices: meaning cannot tell months apart
CANDIDATES = 60
_HEAD_PERIODS = 6  # more would crowd the passage out of what the embedder reads
Scores = NDArray[np.float32]


class Index:
    """The passages of one store, searchable. Safe for concurrent use; follows the store's version."""

    def __init__(
        self, store: Store, home: Path, embedder: Embedder | None, *, server: str | None = None, own: bool = True
    ) -> None:
        self._store, self.embedder = store, embedder
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._dense = Dense(store, embedder.name, home / "index", server=server, own=own) if embedder else None

    def prepare(self, notice: Notice, passages: Sequence[Passage], figures: Sequence[Figure]) -> Indexed:
        """What the index keeps of a notice's passages, before they are stored."""
        placed = sorted(figures, key=_start)
        periods = [_periods_in(passage, placed) for passage in passages]
        heads = [_head(notice, held) for held in periods]
        terms = tuple(_terms(notice, *parts) for parts in zip(passages, heads, periods, strict=True))
        if self.embedder is None or not passages:
            return Indexed(terms, words.VERSION)
        vectors = self.embedder.embed([f"{h}\n{p.text}" for h, p in zip(heads, passages, strict=True)])
        return Indexed(terms, words.VERSION, tuple(v.astype("<f4").tobytes() for v in vectors), self.embedder.name)

    def search(
        self, query: str, *, limit: int, after: date | None, before: date | None, collection: str | None
    ) -> list[tuple[str, float]]:
        """Passage ids with their score in 0..1, best first. Passages about a period that is named come first."""
        snapshot = self.current()
        mask = snapshot.allowed(after, before, collection)
        if not query.strip() or not mask.any() or limit < 1:
            return []
        terms = words.terms(query, detect(query))
        named = words.narrowest(query)
        about = snapshot.about(named) & mask
        vector = None if self.embedder is None else self.embedder.embed([query])[0]
        if about.any():
            scores = {r: (1 + s) / 2 for r, s in self._fused(snapshot, terms, vector, about, DENSE_WEIGHT).items() if s}
            if len(scores) < limit:
                others = self._fused(snapshot, terms, vector, mask & ~about, DENSE_WEIGHT_PERIOD)
                scores |= {row: score / 2 for row, score in others.items()}
        else:
            scores = self._fused(snapshot, terms, vector, mask, DENSE_WEIGHT_PERIOD if named else DENSE_WEIGHT)
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return [(snapshot.ids[row], score) for row, score in best if score > 0]

    def _fused(
        self, snapshot: Snapshot, terms: list[str], vector: Scores | None, mask: Mask, weight: float
    ) -> dict[int, float]:
        """The candidates among the rows allowed, by row, with their score in 0..1."""
        lexical = np.where(mask, snapshot.lexical.scores(terms), 0.0)
        rows = {int(row) for row in np.argsort(-lexical, kind="stable")[:CANDIDATES] if lexical[row] > 0}
        if vector is None or self._dense is None:
            return _spread({row: float(lexical[row]) for row in rows})
        near = self._dense.similar(snapshot, vector, CANDIDATES, mask)
        near |= self._dense.compare(snapshot, vector, sorted(rows - near.keys()))
        by_words = _spread({row: float(lexical[row]) for row in rows | near.keys()})
        by_meaning = _spread(near)
        return {row: (1 - weight) * score + weight * by_meaning.get(row, 0.0) for row, score in by_words.items()}

    def current(self) -> Snapshot:
        """The snapshot of the store's present version."""
        version = self._store.version
        with self._lock:
            if self._snapshot is None or self._snapshot.version != version:
                self._snapshot = snapshots.take(self._store)
            return self._snapshot

    def settle(self) -> None:
        """Bring the vector index up to date after an ingest, where this process owns it."""
        if self._dense is not None:
            self._dense.refresh(self.current())

    def rebuild(self, notices: Sequence[Notice], told: Callable[[Notice], None] | None = None) -> bool:
        """Make terms and vectors anew from the notices, then the vector index. Whether that index is owned here."""
        for notice in notices:
            self._rebuild(notice)
            if told:
                told(notice)
        return self._dense.rebuild(self.current()) if self._dense is not None else False

    def _rebuild(self, notice: Notice) -> None:
        shelves = Shelves(self._store)
        passages, figures = shelves.passages(notice.notice_id), shelves.figures(notice.notice_id)
        indexed = self.prepare(notice, passages, figures)
        with self._store.change() as connection:
            replace_passages(connection, notice.notice_id, passages, indexed)

    def faults(self) -> list[str]:
        """What is wrong: passages without vectors, terms of old rules, a vector index that holds something else."""
        found = []
        snapshot = self.current()
        if old := self._outdated():
            found.append(f"{old} passages are indexed by former rules; run `tally reindex`")
        if self._dense is None:
            return found
        if missing := self._dense.missing():
            found.append(f"{missing} passages have no vectors of this embedder; run `tally reindex`")
        if fault := self._dense.check(snapshot):
            found.append(f"the vector index {fault}; run `tally reindex`")
        return found

    def _outdated(self) -> int:
        query = select(tables.passages.c.passage_id).where(tables.passages.c.terms_version != words.VERSION)
        with self._store.read() as connection:
            return len(connection.execute(query).all())

    def close(self) -> None:
        """Let go of the vector index."""
        if self._dense is not None:
            self._dense.close()


def _terms(notice: Notice, passage: Passage, head: str, periods: Sequence[str]) -> str:
    """The terms of a passage and its head, then the periods that it is about, marked."""
    named = words.periods(f"{notice.title}\n{passage.text}")
    marks = dict.fromkeys(PERIOD + code for period in (*periods, *named) for code in words.codes(period))
    return " ".join([*words.terms(f"{head}\n{passage.text}", notice.language), *marks])


def _head(notice: Notice, periods: Sequence[str]) -> str:
    """What stands before a passage when it is indexed, and only then: title, month of publication, periods."""
    month = notice.published.strftime("%Y-%m") if notice.published else ""
    return " | ".join(part for part in (notice.title, month, " ".join(periods[:_HEAD_PERIODS])) if part)


def _periods_in(passage: Passage, placed: Sequence[Figure]) -> tuple[str, ...]:
    """The periods of the figures in a passage; `placed` are all the notice's figures by place."""
    first, last = bisect_left(placed, passage.start, key=_start), bisect_left(placed, passage.end, key=_start)
    return tuple(dict.fromkeys(figure.time_period for figure in placed[first:last] if figure.time_period))


def _start(figure: Figure) -> int:
    return figure.start


def _spread(scores: dict[int, float]) -> dict[int, float]:
    """Scores over 0..1, the best at 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high <= low:
        return dict.fromkeys(scores, 1.0 if high > 0 else 0.0)
    return {row: (score - low) / (high - low) for row, score in scores.items()}
