"""`tally serve` as a process of its own, with other commands beside it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.cli.conftest import Tally


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def started(port: int, *more: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "serve", "--port", str(port), *more],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ,
    )  # fmt: skip
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(process.communicate()[1])
        try:
            if httpx.get(f"http://127.0.0.1:{port}/healthz").is_success:
                return process
        except httpx.TransportError:
            time.sleep(0.1)
    process.kill()
    raise TimeoutError("the server does not answer")


def ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    process.send_signal(signal.SIGINT)
    return process.communicate(timeout=60)


def ask(port: int, question: str) -> dict[str, Any]:
    found: dict[str, Any] = httpx.post(
        f"http://127.0.0.1:{port}/v1/chat", json={"question": question}, timeout=60
    ).json()
    return found


@pytest.fixture
def port(home: Path) -> Iterator[int]:
    yield free_port()


def test_an_empty_store_is_served_with_samples_and_others_work_beside_it(
    port: int, tally: Tally, notices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALLY_EMBEDDER", "minilm")
    process = started(port)
    try:
        question = "How many projects landed in the Two Zones in 2023?"
        served, beside = ask(port, question), json.loads(tally("ask", question, "--json").out)
        assert served["citations"] and served["text"] == beside["text"]
        assert "8,512" in served["text"]
        added = notices / "new.txt"
        added.write_text("In 2031, 77 airships landed in Potsdam.", encoding="utf-8")
        assert tally("add", str(added)).out.endswith("1 new\n")
        assert ask(port, "How many airships landed in Potsdam in 2031?")["value"]["value"] == 77
    finally:
        out, err = ended(process)
    assert f"http://127.0.0.1:{port}" in out
    assert "sample notices" in out
    assert "Traceback" not in err


def test_a_store_with_notices_gets_no_samples(port: int, tally: Tally, notices: Path) -> None:
    tally("add", str(notices))
    out, _ = ended(started(port))
    assert "with 2 notices" in out
    assert tally("notices").out.endswith("2 notices\n")


def test_samples_can_be_declined(port: int, tally: Tally) -> None:
    out, _ = ended(started(port, "--no-samples"))
    assert "with 0 notices" in out


def test_a_taken_port_is_told_in_one_line(tally: Tally) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = tally("serve", "--port", str(taken.getsockname()[1]))
    assert ran.code == 2
    assert "--port" in ran.err and ran.err.count("\n") == 1


def test_the_samples_are_sound(tally: Tally) -> None:
    from knowledge.samples import folder

    with folder() as path:
        assert tally("add", str(path)).code == 0
    listed = [json.loads(line) for line in tally("notices", "--json").out.splitlines()]
    assert len(listed) >= 10
    for row in listed:
        assert row["url"].startswith("http")
        assert row["published"]
        assert row["title"]
    assert {row["language"] for row in listed} == {"en", "zh"}
