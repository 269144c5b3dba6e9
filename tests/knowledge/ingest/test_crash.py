"""A process killed in mid-ingest leaves whole notices only; adding again ends where an undisturbed ingest ends."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.library import Library

SCRIPT = (
    "import sys; from pathlib import Path; from knowledge.library import Library\n"
    "from tests.knowledge.ingest.test_crash import opened\n"
    "for folder in sorted(Path(sys.argv[2]).iterdir()):\n"
    "    library = opened(Path(sys.argv[1]))\n"
    "    library.add([str(folder)], progress=lambda outcome: print(outcome.status, flush=True))\n"
    "    library.close()"
)
ROOT = Path(__file__).parents[3]
SENTENCE = "In {year}, {count:,} projects landed in district {name}, up {rate} percent. "
NOTICES = 60


class Letters:
    """A tiny embedder, so that the vector index is part of what is killed."""

    name = "letters"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counts = np.array([[t.lower().count(chr(97 + i)) + 0.01 for i in range(26)] for t in texts], dtype=np.float32)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


def opened(home: Path) -> Library:
    """A library whose vector index is on disk."""
    return Library.open(home, embedder=Letters())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "notices"
    made.mkdir()
    for number in range(NOTICES):
        lines = [
            SENTENCE.format(year=2000 + line, count=1000 * number + line, name=number, rate=line / 2)
            for line in range(20)
        ]
        (made / str(number // 10)).mkdir(exist_ok=True)
        (made / str(number // 10) / f"{number:03}.txt").write_text("\n".join(lines), encoding="utf-8")
    return made


def state(library: Library) -> set[tuple[object, ...]]:
    """All that is known, notice by notice."""
    figures = library.figures()
    return {
        (
            notice.source,
            notice.text,
            tuple(f.as_row()["figure_id"] for f in figures if f.notice_id == notice.notice_id),
            library.passages(notice.notice_id),
        )
        for notice in library.notices()
    }


def kill_in_mid_ingest(home: Path, folder: Path, after: int, pause: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(home), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    for _ in range(after):
        process.stdout.readline()
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def crash(folder: Path, tmp_path: Path, kills: int, seed: int) -> None:
    undisturbed = opened(tmp_path / f"undisturbed{seed}")
    undisturbed.add([str(folder)])
    expected = state(undisturbed)
    assert len(expected) == NOTICES
    undisturbed.close()
    chance = random.Random(seed)
    home = tmp_path / f"home{seed}"
    for kill in range(kills):
        kill_in_mid_ingest(home, folder, after=5 + 7 * kill % 25, pause=chance.random() * 0.02)
        library = opened(home)
        assert state(library) <= expected
        assert len(library.notices()) >= 2
        assert library.index.faults() == []
        library.close()
    library = opened(home)
    library.add([str(folder)])
    assert state(library) == expected
    library.close()


def test_a_killed_ingest_leaves_whole_notices(folder: Path, tmp_path: Path) -> None:
    crash(folder, tmp_path, kills=3, seed=1)


@pytest.mark.soak
def test_many_killed_ingests_leave_whole_notices(folder: Path, tmp_path: Path) -> None:
    for seed in range(10):
        crash(folder, tmp_path, kills=8, seed=seed)
