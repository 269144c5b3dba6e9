"""Untrusted files are parsed in a child process with limits of memory, time and reply; the parent never parses them.

The child is kept for the next file and is replaced when it dies, hangs, or has grown. It has no secrets in its
environment and may not open connections or start programs.
"""

import atexit
import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.errors import SourceError
from knowledge.sources.draft import Draft

# Allocators and thread pools that would reserve more than a parse needs.
_FRUGAL = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "ARROW_NUM_THREADS": "1",
}
_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a parse may use. Bytes and seconds."""

    memory: int = 1536 << 20
    seconds: float = 60.0
    reply: int = 12 << 20
    file: int = 2 << 30  # the largest file that it may write


class Sandbox:
    """One child process that parses, restarted as needed. Safe for use by several threads; one task at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def draft(self, reader: str, data: bytes, source: str, **arguments: Any) -> Draft:
        """The draft that `reader` (`module:function`) makes of the data. SourceError where it cannot."""
        fields = self.call(reader, data, {"source": source, **arguments}, source)
        day = fields["published"]
        lists = {name: tuple(fields[name]) for name in ("pages", "scanned", "warnings")}
        lists["transcribed"] = tuple(map(tuple, fields["transcribed"]))
        return Draft(**{**fields, **lists, "published": date.fromisoformat(day) if day else None})

    def call(self, task: str, data: bytes, arguments: dict[str, Any], source: str) -> Any:
        """What `task(data, **arguments)` returns, as JSON. SourceError where it fails or breaks a limit."""
        head = json.dumps({"task": task, "arguments": arguments, "reply": self.limits.reply}).encode()
        with self._lock:
            child = self._running()
            try:
                reply = self._exchange(child, head, data, source)
            except BaseException:
                self._end()
                raise
            if reply.get("last"):
                self._end()
        return _result(reply, source)

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            limits = json.dumps({"memory": self.limits.memory, "file": self.limits.file})
            self._child = subprocess.Popen(
                [sys.executable, "-m", "knowledge.sources.child", limits],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_FRUGAL | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONIOENCODING": "utf-8"},
                cwd=os.getcwd() if "" in sys.path else "/",
            )
        return self._child

    def _exchange(self, child: subprocess.Popen[bytes], head: bytes, data: bytes, source: str) -> dict[str, Any]:
        deadline = time.monotonic() + self.limits.seconds
        message = _LENGTH.pack(len(head)) + head + _LENGTH.pack(len(data)) + data
        sender = threading.Thread(target=_send, args=(child, message), daemon=True)
        sender.start()
        length = _LENGTH.unpack(self._receive(child, _LENGTH.size, deadline, source))[0]
        if length > self.limits.reply + 4096:
            raise SourceError(source, "holds more text than is read")
        reply: dict[str, Any] = json.loads(self._receive(child, length, deadline, source))
        sender.join()
        return reply

    def _receive(self, child: subprocess.Popen[bytes], count: int, deadline: float, source: str) -> bytes:
        assert child.stdout is not None  # made with PIPE
        parts, missing, fd = [], count, child.stdout.fileno()
        with selectors.DefaultSelector() as selector:
            selector.register(fd, selectors.EVENT_READ)
            while missing:
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise SourceError(source, f"took more than {self.limits.seconds:.0f} s to read")
                part = os.read(fd, min(missing, 1 << 20))
                if not part:
                    raise SourceError(source, f"needs more than {self.limits.memory >> 20} MB of memory to read")
                parts.append(part)
                missing -= len(part)
        return b"".join(parts)

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                _quietly(pipe.close)
        child.wait()


def _send(child: subprocess.Popen[bytes], message: bytes) -> None:
    """Hand the task over; a child that died on the way is noticed by the reading side."""
    pipe = child.stdin
    if pipe is not None:
        _quietly(lambda: (pipe.write(message), pipe.flush()))


def _quietly(action: Callable[[], Any]) -> None:
    """Run `action` on a pipe whose other end may be gone: whoever waits on the child learns of its death."""
    try:
        action()
    except (BrokenPipeError, ValueError, OSError):
        return


def _result(reply: dict[str, Any], source: str) -> Any:
    if "error" in reply:
        raise SourceError(source, *reply["error"])
    return reply["result"]


_shared: Sandbox | None = None
_guard = threading.Lock()


def shared() -> Sandbox:
    """The process's own sandbox."""
    global _shared  # noqa: PLW0603  # one child for the process, ended with it
    with _guard:
        if _shared is None:
            _shared = Sandbox()
            atexit.register(_shared.close)
        return _shared
