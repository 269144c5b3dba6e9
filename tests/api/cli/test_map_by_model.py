"""`tally map` and `tally add` with a model to ask: its mapping is shown, kept and used; its failure is told."""

from pathlib import Path

import pytest

from tests.api.cli.conftest import Tally
from tests.assistant.test_source_model import TABLE, proposal
from tests.fakes.openai_server import FakeOpenAI, Reply, fault


def asked(monkeypatch: pytest.MonkeyPatch, server: FakeOpenAI, *script: Reply) -> None:
    server.script(script)
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("TALLY_SOURCES_MODEL", "seer-1")


def test_a_proposed_mapping_is_kept_for_a_person_to_change(
    tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "marlow.csv"
    table.write_text(TABLE, encoding="utf-8")
    with FakeOpenAI() as server:
        asked(monkeypatch, server, proposal())
        drafted = tally("map", str(table), "--yes")
        assert (drafted.code, drafted.err) == (0, "")
        assert 'unit = "EUR"' in (tmp_path / "marlow.csv.map.toml").read_text(encoding="utf-8")
        added = tally("add", str(table))  # by the mapping that is kept: nobody is asked
        assert added.code == 0, added.err
        assert len(server.requests) == 1


def test_a_model_that_fails_leaves_the_draft_and_its_doubts(
    tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "marlow.csv"
    table.write_text(TABLE, encoding="utf-8")
    with FakeOpenAI() as server:
        asked(monkeypatch, server, fault("500"))
        drafted = tally("map", str(table), "--yes")
    assert drafted.code == 2
    assert "seer-1 was asked to map" in drafted.err
    assert "nothing says which period" in drafted.err
