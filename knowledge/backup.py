"""The whole store as one file: a zip with one file of JSON lines a table. It restores into any kind of store."""

import base64
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Date,
    DateTime,
    LargeBinary,
    Table,
    delete,
    func,
    insert,
    inspect,
    literal_column,
    select,
    update,
)

from knowledge import tables
from knowledge.errors import OperatorError
from knowledge.store import Store

FORMAT = 1
_MANIFEST = "manifest.json"
_CHUNK = 2_000


def write(store: Store, path: Path) -> dict[str, int]:
    """Write every table of the store to `path`, as of one moment; the number of rows by table.

    The tables of other packages must be defined: import their owners first. OperatorError where one is not, or the
    file cannot be written. A file that stands there is replaced when the new one is whole.
    """
    unfinished = path.with_name(path.name + ".part")
    try:
        with store.read() as connection:
            if store.engine.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            counts = _write(connection, unfinished)
        unfinished.replace(path)
    except OSError as error:
        raise OperatorError(f"{path}: the backup cannot be written ({error.strerror or error})") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return counts


def restore(store: Store, path: Path) -> dict[str, int]:
    """Put the backup in place of all that the store holds, in one transaction; the number of rows by table.

    OperatorError where the file is no backup, or one of a newer Tally; the store is then as it was.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            _compatible(path, manifest)
            with store.write() as connection:
                return _restore(connection, archive, manifest)
    except OSError as error:
        raise OperatorError(f"{path}: the backup cannot be read ({error.strerror or error})") from None
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise OperatorError(f"{path}: is no whole backup of Tally ({error})") from None


def _write(connection: Connection, path: Path) -> dict[str, int]:
    held = sorted(inspect(connection).get_table_names())
    known = tables.metadata.tables
    if unknown := [name for name in held if name not in known]:
        raise OperatorError(
            f"tables {', '.join(unknown)} are not known to this Tally; back up with the one that made them"
        )
    counts = {}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with (
        os.fdopen(descriptor, "wb") as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive,
    ):
        for name in held:
            counts[name] = _write_table(connection, archive, known[name])
        manifest = {"format": FORMAT, "schema": tables.SCHEMA, "tables": counts}
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
    return counts


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> int:
    count = 0
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as raw, TextIOWrapper(raw, "utf-8") as lines:
        rows = connection.execution_options(yield_per=_CHUNK).execute(select(table))
        for row in rows.mappings():
            lines.write(json.dumps({key: _plain(value) for key, value in row.items()}, ensure_ascii=False) + "\n")
            count += 1
    return count


def _compatible(path: Path, manifest: Any) -> None:
    if not isinstance(manifest, dict) or "tables" not in manifest:
        raise OperatorError(f"{path}: is no backup of Tally")
    if manifest.get("format") != FORMAT or manifest.get("schema", 0) > tables.SCHEMA:
        raise OperatorError(f"{path}: made by a newer Tally (schema {manifest.get('schema')}); upgrade Tally")
    if unknown := [name for name in manifest["tables"] if name not in tables.metadata.tables]:
        raise OperatorError(f"{path}: holds tables that this Tally does not know: {', '.join(unknown)}")


def _restore(connection: Connection, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> dict[str, int]:
    kept = [tables.metadata.tables[name] for name in manifest["tables"]]
    tables.metadata.create_all(connection, tables=kept)
    is_version = tables.meta.c.key == "version"
    before = connection.scalar(select(tables.meta.c.value).where(is_version)) or 0
    held = [tables.metadata.tables[n] for n in inspect(connection).get_table_names() if n in tables.metadata.tables]
    for table in held:
        connection.execute(delete(table))
    counts = {}
    for table in kept:
        counts[table.name] = 0
        rows = _rows(archive, table)
        while chunk := list(islice(rows, _CHUNK)):
            connection.execute(insert(table), chunk)
            counts[table.name] += len(chunk)
        _go_on_counting(connection, table)
    if counts != manifest["tables"]:
        raise ValueError("rows are missing")
    after = connection.scalar(select(tables.meta.c.value).where(is_version)) or 0
    connection.execute(update(tables.meta).where(is_version).values(value=max(before, after) + 1))
    return counts


def _rows(archive: zipfile.ZipFile, table: Table) -> Iterator[dict[str, Any]]:
    with archive.open(f"{table.name}.jsonl") as raw, TextIOWrapper(raw, "utf-8", newline="\n") as lines:
        for line in lines:
            row = json.loads(line)
            yield {column.name: _typed(column.type, row.get(column.name)) for column in table.columns}


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Let PostgreSQL count on from the highest number that was restored."""
    column = table.autoincrement_column
    if column is None or connection.dialect.name != "postgresql":
        return
    highest = connection.scalar(select(func.max(column)))
    if highest is not None:
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        connection.execute(select(func.setval(sequence, literal_column(str(int(highest))))))


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, date) else value


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
