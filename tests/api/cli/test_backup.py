"""A backup holds everything and comes back whole, or not at all."""

import json
import re
import zipfile
from pathlib import Path

import pytest

from api.cli.upkeep import TABLE_OWNERS
from tests.api.cli.conftest import Tally


def test_everything_comes_back(tally: Tally, notices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tally("add", str(notices))
    answer = json.loads(tally("ask", "How many projects landed in 2023?", "--json").out)
    figures = tally("figures", "--json").out
    backup = tmp_path / "all.tally"
    assert tally("backup", str(backup)).code == 0
    assert backup.stat().st_mode & 0o077 == 0
    monkeypatch.setenv("TALLY_HOME", str(tmp_path / "other"))
    assert tally("restore", str(backup)).code == 0
    assert tally("figures", "--json").out == figures
    assert tally("add", str(notices)).out.endswith("0 new, 2 unchanged\n")
    follow_up = tally("ask", "And the landing rate?", "--conversation", answer["conversation_id"], "--json")
    assert json.loads(follow_up.out)["status"] == "answered"
    assert tally("doctor").code == 0


def test_what_is_held_is_given_up_only_when_told(tally: Tally, notices: Path, tmp_path: Path) -> None:
    tally("add", str(notices / "one.txt"))
    backup = tmp_path / "one.tally"
    tally("backup", str(backup))
    tally("add", str(notices))
    refused = tally("restore", str(backup))
    assert refused.code == 2
    assert "--replace" in refused.err
    assert tally("notices").out.endswith("2 notices\n")
    assert tally("restore", str(backup), "--replace").code == 0
    assert tally("notices").out.endswith("1 notice\n")


@pytest.mark.parametrize("damage", ["cut", "rows", "text", "newer", "foreign"])
def test_a_damaged_backup_changes_nothing(tally: Tally, notices: Path, tmp_path: Path, damage: str) -> None:
    tally("add", str(notices))
    backup = tmp_path / "all.tally"
    tally("backup", str(backup))
    if damage == "cut":
        backup.write_bytes(backup.read_bytes()[:-200])
    elif damage == "text":
        backup.write_text("no zip at all")
    else:
        with zipfile.ZipFile(backup) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        manifest = json.loads(parts["manifest.json"])
        if damage == "rows":
            parts["figures.jsonl"] = b"\n".join(parts["figures.jsonl"].splitlines()[1:])
        elif damage == "newer":
            manifest["schema"] += 1
        else:
            manifest["tables"]["unheard_of"] = 0
        parts["manifest.json"] = json.dumps(manifest).encode()
        with zipfile.ZipFile(backup, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
    before = tally("figures", "--json").out
    ran = tally("restore", str(backup), "--replace")
    assert ran.code == 2
    assert str(backup) in ran.err
    assert tally("figures", "--json").out == before != ""


def test_a_backup_that_cannot_be_written_is_told(tally: Tally, notices: Path, tmp_path: Path) -> None:
    tally("add", str(notices))
    ran = tally("backup", str(tmp_path / "no" / "such" / "folder.tally"))
    assert ran.code == 2
    assert "cannot be written" in ran.err


def test_every_owner_of_tables_is_known_to_the_backup() -> None:
    root = Path(__file__).parents[3]
    owners = {
        ".".join(path.relative_to(root).with_suffix("").parts)
        for package in ("knowledge", "assistant", "api")
        for path in (root / package).rglob("*.py")
        if re.search(r"\bTable\(\s*\"\w+\",\s*(?:tables\.)?metadata", path.read_text(encoding="utf-8"))
    }
    assert owners - {"knowledge.tables"} == set(TABLE_OWNERS)
