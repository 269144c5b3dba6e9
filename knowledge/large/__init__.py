"""Large tables: their numbers as series and observations, too many to be held in memory as figures.

Such a table is stored by its series (what is measured, where, in which unit) and their observations; the readable rows
are kept in blocks. A question looks up the few series that it names, and these become figures like any other: each
stands in its block, which is a notice of its own, `text[start:end] == published_as`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select

from knowledge.figure import Figure
from knowledge.large.reader import IN, block_of, figure_of, in_blocks, observed
from knowledge.large.schema import blocks, current, observations, series
from knowledge.large.writer import CHUNK, Writer
from knowledge.notice import Notice
from knowledge.sources.tabular import Block
from knowledge.store import Store
from knowledge.tables import notices

if TYPE_CHECKING:
    import pandas as pd

_S, _O, _B = series.c, observations.c, blocks.c


@dataclass(frozen=True, slots=True)
class Names:
    """What the series of the current large tables are called: few names, however many rows."""

    labels: tuple[str, ...]
    areas: tuple[str, ...]
    values: tuple[tuple[str, str], ...]  # of dimensions: name, value


class LargeTables:
    """The large tables of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        store.create(series, observations, blocks)
        self._names: tuple[int, Names] | None = None

    def put(self, notice: Notice, found: Iterable[Block]) -> int:
        """Store a table's rows before its notice, whose storing makes them count; the number of observations.

        Rows are written in many short transactions, so that others can write between them. What a killed load of the
        same table left behind is cleared first. Memory holds one chunk and the names of the series.
        """
        self.clear(notice.notice_id)
        writer = Writer(self.store, notice.notice_id)
        for block in found:
            writer.take(block)
        writer.flush()
        return writer.count

    def clear(self, notice_id: str) -> None:
        """Take out the rows of a notice."""
        with self.store.write() as connection:
            gone = select(_S.series_id).where(_S.notice_id == notice_id)
            connection.execute(delete(observations).where(_O.series_id.in_(gone)))
            connection.execute(delete(series).where(_S.notice_id == notice_id))
            connection.execute(delete(blocks).where(_B.notice_id == notice_id))

    def names(self, version: int) -> Names:
        """The names of the current tables, read once a version."""
        if self._names is None or self._names[0] != version:
            with self.store.read() as connection:
                labels = connection.scalars(current(select(_S.label).distinct())).all()
                areas = connection.scalars(current(select(_S.ref_area).distinct())).all()
                dimensions = connection.scalars(current(select(_S.dimensions).distinct()).limit(50_000)).all()
            values = sorted({pair for text in dimensions for pair in json.loads(text).items()})
            self._names = (version, Names(tuple(labels), tuple(areas), tuple(values)))
        return self._names[1]

    def find(
        self,
        labels: Sequence[str],
        areas: Sequence[str] = (),
        *,
        collection: str | None = None,
        years: Sequence[str] = (),
        fits: Callable[[dict[str, str]], bool] = lambda _: True,
        limit: int = 600,
    ) -> tuple[tuple[Figure, Notice], ...]:
        """Figures of the series so named, latest periods first, each with the block that it stands in.

        `years` keeps the periods that begin with one of them; `fits` decides by the dimensions of a series.
        """
        query = current(select(series)).where(_S.label.in_(labels[:IN]))
        if areas:
            query = query.where(_S.ref_area.in_(areas[:IN]))
        if collection is not None:
            query = query.where(notices.c.collection == collection)
        with self.store.read() as connection:
            chosen = connection.execute(query.limit(20_000)).mappings().all()
            kept = {row["series_id"]: row for row in chosen if fits(json.loads(row["dimensions"]))}
            found = list(observed(connection, list(kept), years, limit))
            return tuple(in_blocks(connection, found, kept))

    def figures(
        self, collection: str | None = None, wanted: Callable[[str], bool] = lambda _: True
    ) -> Iterator[Figure]:
        """Every figure of the current tables whose source is wanted, by table and place; memory holds one block."""
        tables = current(select(_S.notice_id, notices.c.source, notices.c.collection).distinct())
        with self.store.read() as connection:
            for notice_id, source, group in connection.execute(tables.order_by(notices.c.source)).all():
                if collection in (None, group) and wanted(source):
                    yield from self._of_table(connection, notice_id)

    def _of_table(self, connection: Connection, notice_id: str) -> Iterator[Figure]:
        named = [column for column in _S if column.name not in ("series_id", "notice_id")]
        query = select(observations, *named).join(series, _S.series_id == _O.series_id)
        query = query.where(_S.notice_id == notice_id).order_by(_O.block, _O.start)
        block: Notice | None = None
        for row in connection.execute(query.execution_options(yield_per=CHUNK)).mappings():
            if block is None or block.notice_id != f"{notice_id}.{row['block']}":
                block = block_of(connection, notice_id, row["block"])
            yield figure_of(row, row, block)

    def block(self, notice_id: str) -> Notice | None:
        """The block of that id, "table id.number", as a notice."""
        of, point, number = notice_id.rpartition(".")
        if not point or not number.isdecimal():
            return None
        with self.store.read() as connection:
            there = connection.scalar(select(_B.number).where(_B.notice_id == of, _B.number == int(number)))
            return None if there is None else block_of(connection, of, int(number))

    def frame(self) -> "pd.DataFrame":
        """Every current observation: indicator, label, ref_area, unit, time_period as categories, and value."""
        import pandas as pd

        columns = ["indicator", "label", "ref_area", "unit"]
        wanted = current(select(_S.series_id, *(_S[name] for name in columns)))
        numbers = select(_O.series_id, _O.time_period, _O.value).execution_options(yield_per=CHUNK)
        with self.store.read() as connection:
            named = pd.DataFrame(connection.execute(wanted).all(), columns=["series_id", *columns])
            parts = [
                pd.DataFrame(part, columns=["series_id", "time_period", "value"])
                for part in connection.execute(numbers).partitions()
            ]
        kinds = dict.fromkeys(columns, "category")
        whole = pd.concat(parts) if parts else pd.DataFrame(columns=["series_id", "time_period", "value"])
        merged = whole.astype({"time_period": "category"}).merge(named.astype(kinds), on="series_id")
        return merged.sort_values(["label", "ref_area", "time_period"]).reset_index(drop=True)
