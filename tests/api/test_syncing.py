"""Watched places are brought up to date by the running server."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from api import syncing
from knowledge.library import Library
from knowledge.sync import Places


async def test_the_server_syncs_what_is_watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "a.txt").write_text("Report\n\nIn 2022, Riverton signed 31 projects.\n", encoding="utf-8")
    library = Library.open(tmp_path / "home", embedder="none")
    Places(library.store).watch(str(folder), "default")
    rounds = 0

    async def sleep(_: float) -> None:
        nonlocal rounds
        rounds += 1
        if rounds > 1:
            raise asyncio.CancelledError

    monkeypatch.setattr(syncing.asyncio, "sleep", sleep)
    services: Any = SimpleNamespace(settings=SimpleNamespace(sync_minutes=5), library=library)
    with pytest.raises(asyncio.CancelledError):
        await syncing.syncing(services)
    assert len(library.notices()) == 1
    library.close()


async def test_without_a_time_the_server_leaves_it_to_the_command() -> None:
    services: Any = SimpleNamespace(settings=SimpleNamespace(sync_minutes=0))
    await syncing.syncing(services)
