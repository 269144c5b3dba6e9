"""An OpenAI-compatible server of scripted replies, over real sockets, with every fault a client has to bear.

    with FakeOpenAI([call("find_figures", text="projects"), say("{F1} landed.")]) as server:
        ...  # base_url=server.url

A script is a list of replies, taken in turn, or a function from the request's body to a reply. Chat completions and
responses are served, whole and streamed.
"""

import asyncio
import json
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

FAULTS = (
    "timeout",
    "429",
    "500",
    "503",
    "reset",
    "truncated",
    "malformed",
    "empty",
    "unknown_tool",
    "wrong_arguments",
    "loop",
    "refusal",
)


@dataclass(frozen=True)
class Reply:
    """One reply: text, tool calls, or a fault. `cut` sends so many bytes of the body and closes."""

    text: str = ""
    calls: tuple[tuple[str, str], ...] = ()  # name, arguments as JSON text
    fault: str = ""
    cut: int | None = None
    refusal: str = ""
    seconds: float = 0.0


Script = Iterable[Reply] | Callable[[dict[str, Any]], Reply]


def say(text: str, **parts: Any) -> Reply:
    """A reply of words."""
    return Reply(text=text, **parts)


def call(name: str, **arguments: Any) -> Reply:
    """A reply that calls one tool."""
    return Reply(calls=((name, json.dumps(arguments)),))


def calls(*pairs: tuple[str, dict[str, Any]]) -> Reply:
    """A reply that calls several tools at once."""
    return Reply(calls=tuple((name, json.dumps(arguments)) for name, arguments in pairs))


def fault(kind: str) -> Reply:
    """A reply that goes wrong."""
    return Reply(fault=kind)


class FakeOpenAI:
    """The server; `requests` holds every body it was sent."""

    def __init__(self, script: Script = ()) -> None:
        self.requests: list[dict[str, Any]] = []
        self.script(script)
        self._ready, self._loop = threading.Event(), asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def script(self, script: Script) -> None:
        """Replace what is left of the script."""
        self._brain = script if callable(script) else None
        self._queue = deque() if callable(script) else deque(script)

    def __enter__(self) -> "FakeOpenAI":
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._main())
        self._loop.close()

    async def _main(self) -> None:
        self._stop = asyncio.Event()
        self._open: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went away, or the server stops: there is nobody left to tell
        finally:
            self._open.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            (int(row.split(":")[1]) for row in head.split("\r\n") if row.lower().startswith("content-length")), 0
        )
        body = json.loads(await reader.readexactly(length) or b"{}")
        path = head.split(" ")[1]
        self.requests.append(body)
        reply = (
            self._brain(body)
            if self._brain
            else self._queue.popleft()
            if self._queue
            else say("(the script is at its end)")
        )
        return await self._answer(writer, path, body, reply)

    async def _answer(self, writer: asyncio.StreamWriter, path: str, body: dict[str, Any], reply: Reply) -> bool:
        await asyncio.sleep(reply.seconds)
        match reply.fault:
            case "timeout":
                await self._stop.wait()
                return False
            case "429" | "500" | "503":
                error = {"error": {"message": "scripted", "type": "scripted", "code": reply.fault}}
                await _send(writer, int(reply.fault), "application/json", json.dumps(error).encode())
                return True
            case "reset":
                writer.transport.abort()
                return False
            case "malformed":
                await _send(writer, 200, "application/json", b'{"id": "x", "choices": [{"message": {"content": "12,0')
                return True
            case "empty":
                reply = say("")
            case "unknown_tool":
                reply = call("run_python", code="print(99)")
            case "wrong_arguments":
                reply = Reply(calls=(("calculate", '{"expression": 12, "code": "import os"'),))
            case "loop":
                reply = call("search_notices", query="again")
            case "refusal":
                reply = Reply(refusal="I cannot help with that.")
        return await self._speak(writer, path, body, reply, reply.cut if reply.fault != "truncated" else 300)

    async def _speak(
        self, writer: asyncio.StreamWriter, path: str, body: dict[str, Any], reply: Reply, cut: int | None
    ) -> bool:
        shape = responses if path.endswith("/responses") else completions
        if not body.get("stream"):
            data = json.dumps(shape.whole(body, reply)).encode()
            kind = "application/json"
        else:
            data = b"".join(shape.stream(body, reply))
            kind = "text/event-stream"
        if cut is None:
            await _send(writer, 200, kind, data)
            return True
        writer.write(_head(200, kind, len(data)) + data[:cut])
        await writer.drain()
        return False


async def _send(writer: asyncio.StreamWriter, status: int, kind: str, data: bytes) -> None:
    writer.write(_head(status, kind, len(data)) + data)
    await writer.drain()


def _head(status: int, kind: str, length: int) -> bytes:
    return f"HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n".encode()


def _pieces(text: str, size: int = 7) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


class completions:
    """The shapes of /v1/chat/completions."""

    @staticmethod
    def whole(body: dict[str, Any], reply: Reply) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": reply.text or None, "refusal": reply.refusal or None}
        if reply.calls:
            message["tool_calls"] = [
                {"id": f"call_{n}_{id(reply)}", "type": "function", "function": {"name": name, "arguments": arguments}}
                for n, (name, arguments) in enumerate(reply.calls)
            ]
        finish = "tool_calls" if reply.calls else "stop"
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": body.get("model", "fake"),
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }

    @staticmethod
    def stream(body: dict[str, Any], reply: Reply) -> Iterable[bytes]:
        deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
        deltas += [{"content": piece} for piece in _pieces(reply.text)]
        deltas += [{"refusal": reply.refusal}] if reply.refusal else []
        for n, (name, arguments) in enumerate(reply.calls):
            head = {
                "index": n,
                "id": f"call_{n}_{id(reply)}",
                "type": "function",
                "function": {"name": name, "arguments": ""},
            }
            deltas.append({"tool_calls": [head]})
            deltas += [
                {"tool_calls": [{"index": n, "function": {"arguments": piece}}]} for piece in _pieces(arguments, 11)
            ]
        rows = [(delta, None) for delta in deltas] + [({}, "tool_calls" if reply.calls else "stop")]
        for delta, finish in rows:
            yield _sse(completions.chunk(body, [{"index": 0, "delta": delta, "finish_reason": finish}]))
        if (body.get("stream_options") or {}).get("include_usage"):
            usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
            yield _sse({**completions.chunk(body, []), "usage": usage})
        yield b"data: [DONE]\n\n"

    @staticmethod
    def chunk(body: dict[str, Any], choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": body.get("model", "fake"),
            "choices": choices,
        }


class responses:
    """The shapes of /v1/responses."""

    @staticmethod
    def whole(body: dict[str, Any], reply: Reply) -> dict[str, Any]:
        output: list[dict[str, Any]] = [
            {"type": "function_call", "id": f"fc_{n}", "call_id": f"call_{n}", "name": name, "arguments": arguments,
             "status": "completed"}
            for n, (name, arguments) in enumerate(reply.calls)
        ]  # fmt: skip
        if reply.text or not output:
            content = {"type": "output_text", "text": reply.text, "annotations": []}
            output.append(
                {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [content]}
            )
        return {
            "id": "resp_1",
            "object": "response",
            "created_at": 1,
            "status": "completed",
            "model": body.get("model", "fake"),
            "output": output,
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": [],
            "error": None,
            "incomplete_details": None,
            "instructions": None,
            "metadata": {},
            "usage": {
                "input_tokens": 1, "output_tokens": 1, "total_tokens": 2,
                "input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0},
            },
        }  # fmt: skip

    @staticmethod
    def stream(body: dict[str, Any], reply: Reply) -> Iterable[bytes]:
        full = responses.whole(body, reply)
        yield _event("response.created", 0, response={**full, "status": "in_progress", "output": []})
        number = 1
        for at, item in enumerate(full["output"]):
            started = {
                **item,
                "status": "in_progress",
                **({"content": []} if item["type"] == "message" else {"arguments": ""}),
            }
            yield _event("response.output_item.added", number, output_index=at, item=started)
            kind = (
                "response.output_text.delta" if item["type"] == "message" else "response.function_call_arguments.delta"
            )
            words = reply.text if item["type"] == "message" else item["arguments"]
            if item["type"] == "message":
                part = {"type": "output_text", "text": "", "annotations": []}
                yield _event(
                    "response.content_part.added",
                    number,
                    item_id=item["id"],
                    output_index=at,
                    content_index=0,
                    part=part,
                )
            for piece in _pieces(words):
                number += 1
                yield _event(
                    kind, number, item_id=item["id"], output_index=at, content_index=0, delta=piece, logprobs=[]
                )
            yield _event("response.output_item.done", number + 1, output_index=at, item=item)
            number += 2
        yield _event("response.completed", number, response=full)


def _sse(data: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(data)}\n\n".encode()


def _event(kind: str, number: int, **parts: Any) -> bytes:
    data = {"type": kind, "sequence_number": number, **parts}
    return f"event: {kind}\ndata: {json.dumps(data)}\n\n".encode()
