"""Answers per second and their times at 1, 8 and 32 clients, by one worker and by two: wrk against `tally serve`.

The embedded planner answers a rotation of questions on the sample notices, each answer kept in the store as always.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

CLIENTS = (1, 8, 32)
WORKERS = (1, 2)
SECONDS = 10
SERVE = "from api.cli import main; main()"
SCRIPT = """
local questions = {
  "How many projects landed in the Two Zones in 2023?",
  "What was the landing rate in 2023?",
  "How many foreign-funded projects should land in 2024?",
  "Average expected investment per new project in 2023?",
  "What was the landing rate in 2019?",
}
local n = 0
request = function()
  n = n + 1
  local body = '{"as_of": "2024-03-01", "question": "' .. questions[n % #questions + 1] .. '"}'
  return wrk.format("POST", "/v1/chat", {["Content-Type"] = "application/json"}, body)
end
done = function(summary, latency, requests)
  local e = summary.errors
  print(string.format("RESULT %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
"""


def main() -> None:
    """Print the table; ends with an error where an answer failed."""
    if not shutil.which("wrk"):
        print("not measured: wrk is not installed (`apt-get install wrk`)")
        return
    failed = 0
    print(f"{os.cpu_count()} cores, wrk beside the server; {SECONDS} s each")
    print("workers  clients  answers/s   p50 ms   p99 ms  failed  resident MB")
    for workers in WORKERS:
        with tempfile.TemporaryDirectory() as folder, serving(Path(folder), workers) as (url, server):
            for clients in CLIENTS:
                requests, micros, p50, p99, errors = load(url, clients, Path(folder))
                failed += errors
                rate = requests / (micros / 1e6)
                times = f"{p50 / 1000:7.1f}  {p99 / 1000:7.1f}"
                print(f"{workers:7}  {clients:7}  {rate:9.1f}  {times}  {errors:6}  {resident(server):11}")
    if failed:
        sys.exit(f"{failed} answers failed")


def load(url: str, clients: int, folder: Path) -> list[int]:
    """Requests, microseconds, p50 and p99 in microseconds, errors."""
    script = folder / "ask.lua"
    script.write_text(SCRIPT)
    threads = str(min(clients, 2))
    command = [
        "wrk",
        "-t",
        threads,
        "-c",
        str(clients),
        "-d",
        f"{SECONDS}s",
        "--timeout",
        "30s",
        "-s",
        str(script),
        url,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+)", done.stdout)
    assert found, done.stdout
    return [int(part) for part in found.groups()]


@contextmanager
def serving(home: Path, workers: int) -> Iterator[tuple[str, int]]:
    """`tally serve` on the sample notices, warmed by a few questions: its address and process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("TALLY_", "OPENAI_"))}
    command = [sys.executable, "-c", SERVE, "serve", "--port", str(port), "--workers", str(workers)]
    environment = {**inherited, "TALLY_HOME": str(home)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, server)
        for _ in range(10 * workers):
            httpx.post(
                f"{url}/v1/chat", json={"question": "How many projects landed in 2023?"}, timeout=60, trust_env=False
            )
        yield url, server.pid
    finally:
        server.terminate()
        server.wait(30)


def resident(pid: int) -> int:
    """Megabytes held by a process and its children, shared pages counted in each."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20 + sum(resident(int(child)) for child in children)


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            httpx.get(f"{url}/healthz", timeout=5, trust_env=False).raise_for_status()
            return
        except httpx.TransportError:
            time.sleep(0.2)
    sys.exit("the server did not start")
