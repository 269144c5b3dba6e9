"""The SQL store: an engine, its transactions, and the version that moves with every change of what is known."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, insert, inspect, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, SQLAlchemyError

from knowledge import tables
from knowledge.errors import OperatorError

DATABASE = "tally.db"
_BUSY_SECONDS = 30
_WRITE = "tally_write"


class Store:
    """One database. Safe for concurrent use by threads and processes; a write is one transaction, all or nothing."""

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine, self.place = engine, place

    @classmethod
    def open(cls, home: Path, database_url: str | None = None) -> "Store":
        """Open or create the store in `home`, or at `database_url`. OperatorError where that cannot be done."""
        if database_url:
            store = cls(_server(database_url), make_url(database_url).render_as_string(hide_password=True))
        else:
            store = cls(_sqlite(home / DATABASE), str(home / DATABASE))
        store._prepare()
        return store

    def _prepare(self) -> None:
        try:
            with self.read() as connection:
                made = inspect(connection).has_table(tables.meta.name)
                schema = (_value(connection, "schema") or 0) if made else 0
            if schema < tables.SCHEMA:
                schema = self._make()
        except OperatorError:
            self.engine.dispose()
            raise
        except DBAPIError as error:
            self.engine.dispose()
            reason = str(error.orig).splitlines()[0]
            raise OperatorError(f"{self.place}: the store cannot be opened or written ({reason})") from None
        if schema > tables.SCHEMA:
            raise OperatorError(f"{self.place}: made by a newer Tally (schema {schema}); upgrade Tally")

    def _make(self) -> int:
        with self.write() as connection:
            tables.metadata.create_all(connection, tables=_own_tables())
            for key, value in (("schema", tables.SCHEMA), ("version", 0)):
                if _value(connection, key) is None:
                    connection.execute(insert(tables.meta).values(key=key, value=value))
            return _value(connection, "schema") or 0

    def create(self, *owned: Table) -> None:
        """Create tables that another package keeps in this store, where they are missing."""
        with self.write() as connection:
            tables.metadata.create_all(connection, tables=list(owned))

    @property
    def version(self) -> int:
        """Moves with every change of notices and figures, in whichever process."""
        with self.read() as connection:
            return _value(connection, "version") or 0

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection with one consistent view."""
        with self._told("read"), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that leaves the library's version alone: conversations, keys, logs."""
        with (
            self._told("written"),
            self.engine.connect() as connection,
            connection.execution_options(**{_WRITE: True}).begin(),
        ):
            yield connection

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """A transaction that changes what is known: the version moves when it commits."""
        with self.write() as connection:
            connection.execute(
                update(tables.meta).where(tables.meta.c.key == "version").values(value=tables.meta.c.value + 1)
            )
            yield connection

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """What the database cannot do (disk full, no right to write, server gone) is for the operator to mend."""
        try:
            yield
        except OperationalError as error:
            reason = str(error.orig).splitlines()[0]
            raise OperatorError(f"{self.place}: the store cannot be {what} ({reason})") from error

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def _own_tables() -> list[Table]:
    return [value for value in vars(tables).values() if isinstance(value, Table)]


def _value(connection: Connection, key: str) -> int | None:
    found: int | None = connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == key))
    return found


def _server(url: str) -> Engine:
    url = url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url
    try:
        parsed = make_url(url)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(Path(parsed.database or DATABASE))
        return create_engine(parsed, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise OperatorError(
            f"TALLY_DATABASE_URL {_masked(url)}: {error}; expected postgresql://user:password@host/database"
        ) from None


def _masked(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "(not shown)"


def _sqlite(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we begin ourselves
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
