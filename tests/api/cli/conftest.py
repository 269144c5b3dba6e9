"""The command line run in this process, with a home of its own."""

import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from api.cli.main import _run
from assistant import settings


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Tally = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("TALLY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TALLY_EMBEDDER", "none")
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "TALLY_DATABASE_URL", "TALLY_CHROMA_URL", "TALLY_LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield tmp_path / "home"
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()
    settings.load.cache_clear()


@pytest.fixture
def tally(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tally:
    def run(*arguments: str) -> Ran:
        settings.load.cache_clear()
        monkeypatch.setattr(sys, "argv", ["tally", *arguments])
        capsys.readouterr()
        code = _run()
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    folder = tmp_path / "notices"
    folder.mkdir()
    first = "In 2023, 8,512 projects landed in Beijing, and the landing rate exceeded 60 percent."
    second = "Foreign investment actually used in Beijing was 17.41 billion US dollars in 2022."
    (folder / "one.txt").write_text(f"title: Landed\ndate: 2024-02-20\n---\n{first}\n", encoding="utf-8")
    (folder / "two.txt").write_text(f"title: Capital\ndate: 2023-03-15\n---\n{second}\n", encoding="utf-8")
    return folder
