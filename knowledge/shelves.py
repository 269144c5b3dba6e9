"""What the store holds on notices and figures: the queries, and the writes that are one transaction each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy.sql import Select

from knowledge import rows, tables
from knowledge.errors import NotFound
from knowledge.figure import Figure
from knowledge.indexed import Indexed
from knowledge.ledger.correction import Correction
from knowledge.ledger.flag import Flag
from knowledge.notice import Notice, Passage
from knowledge.outcome import Outcome, Status
from knowledge.store import Store

_N, _S, _P, _F, _V = tables.notices.c, tables.sources.c, tables.passages.c, tables.figures.c, tables.vectors.c
_IN = 500  # ids in one statement
_ROWS = 10_000  # rows held at once while figures are read


@dataclass(frozen=True, slots=True)
class Known:
    """A source as last taken in."""

    notice_id: str
    file_hash: str


class Shelves:
    """Notices, passages, figures, flags and corrections of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    # --- reading

    def notices(self) -> tuple[Notice, ...]:
        """The current notices, by source."""
        query = select(tables.notices).where(_N.retired_at.is_(None)).order_by(_N.source, _N.notice_id)
        return tuple(rows.notice_of(row) for row in self._all(query))

    def notice(self, notice_id: str) -> Notice:
        """A notice, former versions among them. NotFound where the id is not known."""
        found = next(self._all(select(tables.notices).where(_N.notice_id == notice_id)), None)
        if found is None:
            raise NotFound(f"notice {notice_id!r} is not known; `tally notices` lists those that are")
        return rows.notice_of(found)

    def versions(self, source: str) -> tuple[Notice, ...]:
        """The former versions of a source, oldest first."""
        query = select(tables.notices).where(_N.source == source, _N.retired_at.is_not(None)).order_by(_N.retired_at)
        return tuple(rows.notice_of(row) for row in self._all(query))

    def former(self) -> tuple[Notice, ...]:
        """Former versions and vanished notices, oldest first."""
        query = select(tables.notices).where(_N.retired_at.is_not(None)).order_by(_N.retired_at, _N.notice_id)
        return tuple(rows.notice_of(row) for row in self._all(query))

    def passages(self, notice_id: str) -> tuple[Passage, ...]:
        query = select(tables.passages).where(_P.notice_id == notice_id).order_by(_P.start)
        return tuple(rows.passage_of(row) for row in self._all(query))

    def passages_of(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Passages by id; those not held are left out."""
        found: dict[str, Passage] = {}
        for part in _parts(ids):
            query = select(tables.passages).where(_P.passage_id.in_(part))
            found |= {row["passage_id"]: rows.passage_of(row) for row in self._all(query)}
        return found

    def figures(self, notice_id: str | None = None) -> tuple[Figure, ...]:
        """Figures as extracted, by notice and place; of the current notices, or of one notice, former ones included."""
        query = select(*rows.FIGURE_COLUMNS).join(tables.notices, _N.notice_id == _F.notice_id)
        query = query.where(_N.retired_at.is_(None) if notice_id is None else _F.notice_id == notice_id)
        with self.store.read() as connection:
            found = connection.execution_options(yield_per=_ROWS).execute(
                query.order_by(_N.source, _N.notice_id, _F.start)
            )
            return tuple(map(rows.figure_of, found))

    def is_table(self, notice_id: str) -> bool:
        """Whether a notice's figures were read from the cells of a table."""
        cells = select(_F.figure_id).where(_F.notice_id == notice_id, _F.cell.is_not(None)).limit(1)
        return next(self._all(cells), None) is not None

    def flags(self) -> tuple[Flag, ...]:
        return tuple(rows.flag_of(row) for row in self._all(select(tables.flags).order_by(tables.flags.c.flag_id)))

    def corrections(self) -> tuple[Correction, ...]:
        """Every correction, oldest first."""
        query = select(tables.corrections).order_by(tables.corrections.c.correction_id)
        return tuple(rows.correction_of(row) for row in self._all(query))

    def known(self, source: str, collection: str) -> Known | None:
        query = select(tables.sources).where(_S.source == source, _S.collection == collection)
        found = next(self._all(query), None)
        return Known(found["notice_id"], found["file_hash"]) if found else None

    def holder(self, notice_id: str) -> Notice | None:
        """The current notice of that id, where there is one."""
        query = select(tables.notices).where(_N.notice_id == notice_id, _N.retired_at.is_(None))
        found = next(self._all(query), None)
        return rows.notice_of(found) if found else None

    def sources(self) -> tuple[str, ...]:
        """Every source that a current notice came from."""
        return tuple(row["source"] for row in self._all(select(_S.source).distinct().order_by(_S.source)))

    def sources_in(self, collection: str) -> tuple[str, ...]:
        """Every source that a current notice of a collection came from."""
        query = select(_S.source).where(_S.collection == collection).order_by(_S.source)
        return tuple(row["source"] for row in self._all(query))

    def log_entries(self, limit: int = 100) -> tuple[dict[str, Any], ...]:
        """The latest entries of the ingest log, newest first."""
        query = select(tables.ingest_log).order_by(tables.ingest_log.c.entry_id.desc()).limit(limit)
        return tuple(self._all(query))

    def _all(self, query: Select[Any]) -> Iterator[dict[str, Any]]:
        with self.store.read() as connection:
            yield from (dict(row) for row in connection.execute(query).mappings().all())

    # --- writing

    def put(
        self,
        notice: Notice,
        file_hash: str,
        passages: Sequence[Passage],
        indexed: Indexed,
        figures: Iterable[tuple[Figure, ...]],
        flags: Sequence[Flag],
        status: Status = "added",
    ) -> Outcome:
        """Store a notice with all that belongs to it, in place of its source's former version; logged with it."""
        with self.store.change() as connection:
            _link(connection, notice, file_hash)
            _drop(connection, [notice.notice_id])
            _insert(connection, tables.notices, [rows.notice_row(notice)])
            put_passages(connection, passages, indexed)
            count = 0
            for chunk in figures:
                count += len(chunk)
                _insert(connection, tables.figures, [rows.figure_row(f) for f in chunk])
            _insert(connection, tables.flags, [rows.flag_row(f) for f in flags])
            outcome = Outcome(notice.source, status, notice.title, notice.published, count, "", notice.notice_id)
            _log(connection, outcome)
        return outcome

    def link(self, notice: Notice, file_hash: str) -> None:
        """Note that a source holds a notice that is known already."""
        with self.store.change() as connection:
            _link(connection, notice, file_hash)

    def replace_figures(self, notice: Notice, figures: Sequence[Figure], flags: Sequence[Flag]) -> None:
        """Put a notice's figures and flags in place of its former ones."""
        with self.store.change() as connection:
            connection.execute(delete(tables.figures).where(_F.notice_id == notice.notice_id))
            connection.execute(delete(tables.flags).where(tables.flags.c.notice_id == notice.notice_id))
            _insert(connection, tables.figures, [rows.figure_row(f) for f in figures])
            _insert(connection, tables.flags, [rows.flag_row(f) for f in flags])

    def remove(self, source: str) -> Notice | None:
        """Take a source out of the store, with its notice and former versions where no other source holds them."""
        with self.store.change() as connection:
            held = list(connection.scalars(select(_S.notice_id).where(_S.source == source)))
            former = select(_N.notice_id).where(_N.source == source, _N.retired_at.is_not(None))
            first = connection.execute(select(tables.notices).where(_N.notice_id.in_(held))).mappings().first()
            connection.execute(delete(tables.sources).where(_S.source == source))
            gone = [i for i in held if not _hand_on(connection, i)] + list(connection.scalars(former))
            _drop(connection, gone)
            return rows.notice_of(dict(first)) if first else None

    def retire(self, source: str, collection: str) -> Notice | None:
        """Let a source hold its notice no more; the notice stays as a former version where no other source holds it."""
        with self.store.change() as connection:
            here = (_S.source == source) & (_S.collection == collection)
            held = connection.scalar(select(_S.notice_id).where(here))
            if held is None:
                return None
            row = connection.execute(select(tables.notices).where(_N.notice_id == held)).mappings().one()
            connection.execute(delete(tables.sources).where(here))
            if not _hand_on(connection, held):
                connection.execute(update(tables.notices).where(_N.notice_id == held).values(retired_at=now()))
                _drop_index(connection, [held])
                connection.execute(delete(tables.flags).where(tables.flags.c.notice_id == held))
            return rows.notice_of(dict(row))

    def put_cross_flags(self, flags: Sequence[Flag]) -> None:
        """Put the findings across notices in place of the former ones."""
        with self.store.change() as connection:
            connection.execute(delete(tables.flags).where(tables.flags.c.notice_id == ""))
            _insert(connection, tables.flags, [rows.flag_row(f) for f in flags])

    def correct(self, corrections: Sequence[Correction]) -> None:
        """Keep corrections."""
        with self.store.change() as connection:
            _insert(connection, tables.corrections, [rows.correction_row(c) for c in corrections])

    def log(self, outcome: Outcome) -> None:
        """Keep what became of a source."""
        with self.store.write() as connection:
            _log(connection, outcome)

    def count(self) -> dict[str, int]:
        """How many rows each of the main tables holds."""
        kept = (tables.notices, tables.passages, tables.figures, tables.flags, tables.corrections)
        with self.store.read() as connection:
            return {t.name: connection.scalar(select(func.count()).select_from(t)) or 0 for t in kept}


def put_passages(connection: Connection, passages: Sequence[Passage], indexed: Indexed) -> None:
    """Store passages with their terms and vectors."""
    _insert(
        connection,
        tables.passages,
        [
            {
                "passage_id": p.passage_id,
                "notice_id": p.notice_id,
                "start": p.start,
                "end": p.end,
                "text": p.text,
                "terms": terms,
                "terms_version": indexed.terms_version,
            }
            for p, terms in zip(passages, indexed.terms, strict=True)
        ],
    )
    vectors = zip(passages, indexed.vectors, strict=True) if indexed.vectors else ()
    rows_ = [{"passage_id": p.passage_id, "embedder": indexed.embedder, "vector": v} for p, v in vectors]
    _insert(connection, tables.vectors, rows_)


def replace_passages(connection: Connection, notice_id: str, passages: Sequence[Passage], indexed: Indexed) -> None:
    """Put passages in place of a notice's former ones."""
    _drop_index(connection, [notice_id])
    put_passages(connection, passages, indexed)


def now() -> datetime:
    """The moment, as the store keeps it."""
    return rows.naive(datetime.now(UTC))


def _insert(connection: Connection, table: Table, values: list[dict[str, Any]]) -> None:
    if values:
        connection.execute(insert(table), values)


def _log(connection: Connection, outcome: Outcome) -> None:
    kept = ("source", "status", "title", "notice_id", "figures", "reason")
    entry = {name: getattr(outcome, name) for name in kept}
    _insert(connection, tables.ingest_log, [entry | {"at": now()}])


def _link(connection: Connection, notice: Notice, file_hash: str) -> None:
    """Let a source hold this notice; the notice that it held before retires when no source holds it any more."""
    here = (_S.source == notice.source) & (_S.collection == notice.collection)
    former = connection.scalar(select(_S.notice_id).where(here))
    connection.execute(delete(tables.sources).where(here))
    entry = {"source": notice.source, "collection": notice.collection, "notice_id": notice.notice_id}
    _insert(connection, tables.sources, [entry | {"file_hash": file_hash, "added_at": now()}])
    if former and former != notice.notice_id and not _hand_on(connection, former):
        connection.execute(update(tables.notices).where(_N.notice_id == former).values(retired_at=now()))
        _drop_index(connection, [former])
        connection.execute(delete(tables.flags).where(tables.flags.c.notice_id == former))


def _hand_on(connection: Connection, notice_id: str) -> bool:
    """Give a notice to another source that holds it. False where there is none."""
    heir = connection.scalar(select(_S.source).where(_S.notice_id == notice_id).order_by(_S.added_at).limit(1))
    if heir is None:
        return False
    connection.execute(update(tables.notices).where(_N.notice_id == notice_id).values(source=heir))
    connection.execute(update(tables.figures).where(_F.notice_id == notice_id).values(source=heir))
    return True


def _drop(connection: Connection, notice_ids: Sequence[str]) -> None:
    """Delete notices and all that belongs to them but the corrections."""
    _drop_index(connection, notice_ids)
    for table in (tables.figures, tables.flags, tables.notices):
        for part in _parts(notice_ids):
            connection.execute(delete(table).where(table.c.notice_id.in_(part)))


def _drop_index(connection: Connection, notice_ids: Sequence[str]) -> None:
    for part in _parts(notice_ids):
        inside = select(_P.passage_id).where(_P.notice_id.in_(part))
        connection.execute(delete(tables.vectors).where(_V.passage_id.in_(inside)))
        connection.execute(delete(tables.passages).where(_P.notice_id.in_(part)))


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[i : i + _IN] for i in range(0, len(ids), _IN))
