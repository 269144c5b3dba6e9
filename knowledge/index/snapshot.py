"""What the search goes by at one version of the store: passages in rows, with their words, periods and place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from knowledge import tables
from knowledge.index.lexical import Lexical
from knowledge.store import Store

PERIOD = "p:"  # marks a term that is a period which the passage is about
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Snapshot:
    """Row i of every column is the same passage."""

    version: int
    ids: tuple[str, ...]
    notice_ids: tuple[str, ...]
    published: NDArray[np.int32]  # ordinals, 0 where the date is not known
    collections: NDArray[np.str_]
    terms: tuple[list[str], ...]

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Passage id to row."""
        return {passage_id: row for row, passage_id in enumerate(self.ids)}

    @cached_property
    def lexical(self) -> Lexical:
        """BM25 over the terms."""
        return Lexical([[term for term in terms if not term.startswith(PERIOD)] for terms in self.terms])

    def allowed(self, after: date | None, before: date | None, collection: str | None) -> Mask:
        """The rows within the dates (both included) and the collection; undated passages are in no range."""
        mask: Mask = np.ones(len(self.ids), dtype=np.bool_)
        if after is not None:
            mask &= self.published >= after.toordinal()
        if before is not None:
            mask &= (self.published <= before.toordinal()) & (self.published > 0)
        if collection is not None:
            mask &= self.collections == collection
        return mask

    def about(self, periods: Sequence[str]) -> Mask:
        """The rows that are about one of the periods."""
        wanted = {PERIOD + period for period in periods}
        return np.fromiter((not wanted.isdisjoint(terms) for terms in self.terms), dtype=np.bool_, count=len(self.ids))


def take(store: Store) -> Snapshot:
    """The snapshot of the store as it is now."""
    passages, notices = tables.passages.c, tables.notices.c
    query = (
        select(passages.passage_id, passages.notice_id, passages.terms, notices.published, notices.collection)
        .join(tables.notices, notices.notice_id == passages.notice_id)
        .order_by(notices.source, passages.notice_id, passages.start)
    )
    with store.read() as connection:
        version = connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == "version")) or 0
        rows = connection.execute(query).all()
    return Snapshot(
        version,
        tuple(row.passage_id for row in rows),
        tuple(row.notice_id for row in rows),
        np.array([row.published.toordinal() if row.published else 0 for row in rows], dtype=np.int32),
        np.array([row.collection for row in rows], dtype=np.str_),
        tuple(row.terms.split() for row in rows),
    )
