"""`tally keys`: who may use the API."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import console

if TYPE_CHECKING:
    from api.keys import KeyStore

keys = typer.Typer(help="Keys of the API.", no_args_is_help=True)


class KeyRole(StrEnum):
    READER = "reader"
    ADMIN = "admin"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(keys, name="keys")


@keys.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose key it is.")],
    role: Annotated[KeyRole, typer.Option("--role", help="An admin also adds and removes notices.")] = KeyRole.READER,
) -> None:
    """Make a key and print it, once: only its hash is kept."""
    from api.keys import check_name

    with _store() as store:
        key, text = store.add(check_name(name), role.value, datetime.now(UTC))
    print(text)
    print(f"tally: key {key.key_id} ({role}) made for {key.name}; it is not shown again", file=sys.stderr)


@keys.command("list")
def list_keys(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False) -> None:
    """The keys, without their secrets."""
    from dataclasses import asdict

    with _store() as store:
        found = store.list()
    if as_json:
        return console.emit(asdict(key) for key in found)
    for key in found:
        print(f"{key.key_id}  {key.role:<6}  {key.created}  {key.name}")
    return None


@keys.command()
def remove(key_id: Annotated[str, typer.Argument(metavar="ID", help="As `tally keys list` prints it.")]) -> None:
    """Revoke a key; a running server forgets it within seconds."""
    with _store() as store:
        store.remove(key_id)
    print(f"key {key_id} removed")


@contextmanager
def _store() -> "Iterator[KeyStore]":
    from api.keys import KeyStore
    from knowledge.store import Store

    settings = console.settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    store = Store.open(settings.home, settings.database_url)
    try:
        yield KeyStore(store)
    finally:
        store.close()
