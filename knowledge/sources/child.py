"""The child process in which untrusted files are parsed. Run by `knowledge.sources.sandbox`, never imported.

Reads tasks from standard input, answers on standard output, both as length and bytes.
"""

import json
import os
import resource
import struct
import sys
from dataclasses import asdict, replace
from importlib import import_module
from typing import Any, BinaryIO

from knowledge.errors import SourceError
from knowledge.sources.draft import Draft

_LENGTH = struct.Struct(">Q")
_FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec")
_GROWN = 600 << 20
_TASKS = 500


def main() -> None:
    """Serve tasks until standard input ends or the process has grown."""
    limits = json.loads(sys.argv[1])
    _limit(limits["memory"], limits["file"])
    tasks, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints must not mix with the answers
    for number in range(1, _TASKS + 1):
        head = _read(tasks)
        if head is None:
            return
        data = _read(tasks) or b""
        answer = _answer(json.loads(head), data)
        del data
        answer["last"] = number == _TASKS or _peak() > _GROWN or _reserved() > limits["memory"] // 2
        payload = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
        answers.write(_LENGTH.pack(len(payload)) + payload)
        answers.flush()
        if answer["last"]:
            return


def _read(stream: BinaryIO) -> bytes | None:
    length = stream.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    return stream.read(_LENGTH.unpack(length)[0])


def _answer(head: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        return {"result": _fitting(_run(head, data), head["reply"])}
    except SourceError as error:
        return {"error": [error.reason, error.remedy]}
    except MemoryError:
        return {"error": ["needs more memory to read than is allowed", "split it"]}
    except RecursionError:
        return {"error": ["is nested too deeply to be read", ""]}
    except Exception as error:  # parsers raise whatever they like on damaged input: the parent names the file
        return {"error": [f"is damaged: its parser failed ({type(error).__name__})", "export it again"]}


def _run(head: dict[str, Any], data: bytes) -> Any:
    module, _, function = head["task"].partition(":")
    return getattr(import_module(module), function)(data, **head["arguments"])


def _fitting(result: Any, most: int) -> Any:
    """The result as JSON values, refused where it is larger than the parent takes."""
    if isinstance(result, Draft):
        if len(result.text) > most or len(result.text.encode("utf-8", "replace")) > most:
            raise SourceError("", f"holds more than {most >> 20} MB of text", "split it")
        fields = asdict(replace(result, figures=None))
        del fields["figures"]
        return {**fields, "published": result.published.isoformat() if result.published else None}
    return result


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _reserved() -> int:
    """The address space in use, which the limit counts; allocators keep more of it than they need."""
    try:
        with open("/proc/self/statm", encoding="ascii") as numbers:
            return int(numbers.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _limit(memory: int, file: int) -> None:
    os.nice(10)
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    sys.addaudithook(_refuse)


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"{event} is not allowed while parsing")


if __name__ == "__main__":
    main()
