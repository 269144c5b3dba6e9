"""Large tables: their numbers as series and observations, too many to be held in memory as figures.

Such a table is stored by its series (what is measured, where, in which unit) and their observations; the readable rows
are kept in blocks. A question looks up the few series that it names, and these become figures like any other: each
stands in its block, which is a notice of its own, `text[start:end] == published_as`.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
)

from knowledge.figure import ChangeKind, Figure, ObsStatus, Scenario
from knowledge.notice import Notice
from knowledge.sources.observations import Observation
from knowledge.sources.tabular import Block, Placed
from knowledge.store import Store
from knowledge.tables import metadata, notices

if TYPE_CHECKING:
    import pandas as pd

_CHUNK = 20_000
_IN = 400

series = Table(
    "series",
    metadata,
    Column("series_id", BigInteger, primary_key=True, autoincrement=False),
    Column("notice_id", String(64), nullable=False, index=True),
    Column("indicator", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("ref_area", Text, nullable=False),
    Column("dimensions", Text, nullable=False),
    Column("unit", String(100), nullable=False),
    Column("scenario", String(16), nullable=False),
    Column("change_kind", String(16), nullable=False),
)
observations = Table(
    "observations",
    metadata,
    Column("series_id", BigInteger, nullable=False),
    Column("time_period", String(64), nullable=False),
    Column("value", Float(53), nullable=False),
    Column("token", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("cell", Text, nullable=False),
    Column("block", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("line_start", Integer, nullable=False),
    Column("line_end", Integer, nullable=False),
)
blocks = Table(
    "blocks",
    metadata,
    Column("notice_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", LargeBinary, nullable=False),
)
Index("observations_series", observations.c.series_id, observations.c.time_period)
Index("series_named", series.c.label, series.c.ref_area)

_S, _O, _B = series.c, observations.c, blocks.c
Key = tuple[str, str, str, str, str, str, str]
_KEY = ("indicator", "label", "ref_area", "dimensions", "unit", "scenario", "change_kind")


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
        writer = _Writer(self.store, notice.notice_id)
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
                labels = connection.scalars(_current(select(_S.label).distinct())).all()
                areas = connection.scalars(_current(select(_S.ref_area).distinct())).all()
                dimensions = connection.scalars(_current(select(_S.dimensions).distinct()).limit(50_000)).all()
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
        query = _current(select(series)).where(_S.label.in_(labels[:_IN]))
        if areas:
            query = query.where(_S.ref_area.in_(areas[:_IN]))
        if collection is not None:
            query = query.where(notices.c.collection == collection)
        with self.store.read() as connection:
            chosen = [dict(row) for row in connection.execute(query.limit(20_000)).mappings()]
            kept = {row["series_id"]: row for row in chosen if fits(json.loads(row["dimensions"]))}
            found = list(_observed(connection, list(kept), years, limit))
            return tuple(self._figures(connection, found, kept))

    def _figures(
        self, connection: Connection, found: Sequence[dict[str, Any]], chosen: dict[int, dict[str, Any]]
    ) -> Iterator[tuple[Figure, Notice]]:
        read: dict[tuple[str, int], Notice] = {}
        for row in found:
            of = chosen[row["series_id"]]
            place = (of["notice_id"], row["block"])
            if place not in read:
                read[place] = _block(connection, *place)
            yield _figure(row, of, read[place]), read[place]

    def block(self, notice_id: str) -> Notice | None:
        """The block of that id, "table id.number", as a notice."""
        of, point, number = notice_id.rpartition(".")
        if not point or not number.isdecimal():
            return None
        with self.store.read() as connection:
            there = connection.scalar(select(_B.number).where(_B.notice_id == of, _B.number == int(number)))
            return None if there is None else _block(connection, of, int(number))

    def frame(self) -> "pd.DataFrame":
        """Every current observation: indicator, label, ref_area, unit, time_period as categories, and value."""
        import pandas as pd

        columns = ["indicator", "label", "ref_area", "unit"]
        wanted = _current(select(_S.series_id, *(_S[name] for name in columns)))
        numbers = select(_O.series_id, _O.time_period, _O.value).execution_options(yield_per=_CHUNK)
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


def _current(query: Any) -> Any:
    """A query over series kept to the notices that are current."""
    return query.join(notices, notices.c.notice_id == _S.notice_id).where(notices.c.retired_at.is_(None))


class _Writer:
    """Collects rows and writes them chunk by chunk, each chunk with the series that are new in it."""

    def __init__(self, store: Store, notice_id: str) -> None:
        self.store, self.notice_id = store, notice_id
        self.count = 0
        self._first = int(notice_id[:8], 16) << 22  # a range of ids for each notice
        self._known: dict[Key, int] = {}
        self._series: list[dict[str, Any]] = []
        self._observations: list[dict[str, Any]] = []
        self._blocks: list[dict[str, Any]] = []

    def take(self, block: Block) -> None:
        """Add the rows of a block."""
        text = zlib.compress(block.text.encode(), 3)
        self._blocks.append({"notice_id": self.notice_id, "number": block.number, "text": text})
        for placed in block.placed:
            self._observations.append(self._row(placed, block.number))
        if len(self._observations) >= _CHUNK:
            self.flush()

    def _row(self, placed: Placed, block: int) -> dict[str, Any]:
        seen = placed.observation
        return {
            "series_id": self._series_of(seen),
            "time_period": seen.time_period,
            "value": float(seen.value),
            "token": seen.token,
            "status": str(seen.obs_status),
            "cell": placed.cell,
            "block": block,
            "start": placed.start,
            "end": placed.end,
            "line_start": placed.line[0],
            "line_end": placed.line[1],
        }

    def _series_of(self, seen: Observation) -> int:
        dimensions = json.dumps(seen.dimensions, ensure_ascii=False, sort_keys=True)
        kinds = (seen.unit, str(seen.scenario), str(seen.change_kind))
        key = (seen.indicator, seen.label, seen.ref_area, dimensions, *kinds)
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = self._first + len(self._known)
            named = dict(zip(_KEY, key, strict=True))
            self._series.append({"series_id": number, "notice_id": self.notice_id} | named)
        return number

    def flush(self) -> None:
        """Write what has been collected, in one transaction."""
        with self.store.write() as connection:
            for table, rows in ((series, self._series), (observations, self._observations), (blocks, self._blocks)):
                if rows:
                    connection.execute(insert(table), rows)
        self.count += len(self._observations)
        self._series, self._observations, self._blocks = [], [], []


def _observed(connection: Connection, ids: Sequence[int], years: Sequence[str], limit: int) -> Iterator[dict[str, Any]]:
    """Observations of the series, latest first, at most `limit` in all."""
    left = limit
    for begin in range(0, len(ids), _IN):
        if left <= 0:
            return
        query = select(observations).where(_O.series_id.in_(ids[begin : begin + _IN]))
        if years:
            query = query.where(func.substr(_O.time_period, 1, 4).in_(years))
        found = connection.execute(query.order_by(_O.time_period.desc()).limit(left)).mappings().all()
        left -= len(found)
        yield from (dict(row) for row in found)


def _block(connection: Connection, notice_id: str, number: int) -> Notice:
    of = connection.execute(select(notices).where(notices.c.notice_id == notice_id)).mappings().one()
    packed = connection.scalar(select(_B.text).where(_B.notice_id == notice_id, _B.number == number))
    return Notice(
        notice_id=f"{notice_id}.{number}",
        source=of["source"],
        title=of["title"],
        text=zlib.decompress(packed or b"").decode(),
        language=of["language"],
        published=of["published"],
        url=of["url"],
        section=of["section"],
        collection=of["collection"],
        media_type=of["media_type"],
    )


def _figure(row: dict[str, Any], of: dict[str, Any], block: Notice) -> Figure:
    return Figure(
        figure_id=f"{block.notice_id}:{row['start']}",
        indicator=of["indicator"],
        label=of["label"],
        value=row["value"],
        unit=of["unit"],
        published_as=row["token"],
        notice_id=block.notice_id,
        source=block.source,
        quote=block.text[row["line_start"] : row["line_end"]],
        start=row["start"],
        end=row["end"],
        ref_area=of["ref_area"],
        dimensions=json.loads(of["dimensions"]),
        time_period=row["time_period"],
        scenario=Scenario(of["scenario"]),
        change_kind=ChangeKind(of["change_kind"]),
        obs_status=ObsStatus(row["status"]),
        extracted_by="table",
        cell=row["cell"],
    )
