"""Slow, half-sent, aborted and too many: none of them holds the server."""

import asyncio
import gc
import os
import socket
import time

import httpx
import pytest

from api.limits import Bucket, Limits
from tests.api.serving import Scripted, serving, until

HALF = {
    "no byte": b"",
    "half a request line": b"POST /v1/ch",
    "half a header": b"POST /v1/chat HTTP/1.1\r\nHost: localhost\r\nContent-",
    "half a body": b"POST /v1/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b'Content-Length: 30\r\n\r\n{"question":',
    "half a chunk": b"POST /v1/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b'Transfer-Encoding: chunked\r\n\r\n20\r\n{"question":',
}


@pytest.mark.parametrize("sent", HALF.values(), ids=HALF)
def test_a_half_sent_request_is_closed(tmp_path, sent):
    with serving(tmp_path, assistant=Scripted, limits=Limits(receipt=0.5)) as served, _connected(served) as connection:
        connection.sendall(sent)
        assert _is_closed(connection)


def test_a_second_half_sent_request_on_the_same_connection_is_closed(tmp_path):
    with serving(tmp_path, assistant=Scripted, limits=Limits(receipt=0.5)) as served, _connected(served) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"200 OK" in connection.recv(65536)
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHo")
        assert _is_closed(connection)


def test_a_request_that_drips_is_closed_and_one_that_flows_is_not(tmp_path):
    with serving(tmp_path, assistant=Scripted, limits=Limits(receipt=0.5), max_body_bytes=10_000_000) as served:
        with _connected(served) as connection, pytest.raises(OSError):
            connection.sendall(b"POST /v1/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n")
            for _ in range(100):
                connection.sendall(b" ")
                time.sleep(0.05)

        def flowing():
            for _ in range(15):
                time.sleep(0.1)
                yield b" " * 100_000
            yield b'{"question": "How many?"}'

        headers = {"Content-Type": "application/json"}
        assert served.client().post("/v1/chat", content=flowing(), headers=headers).status_code == 200


def test_an_answer_in_the_making_is_not_cut_by_the_receipt_deadline(tmp_path):
    with serving(tmp_path, assistant=Scripted, limits=Limits(receipt=0.3)) as served:
        assert served.client().post("/v1/chat", json={"question": "wait 1"}).status_code == 200


def test_a_client_that_does_not_read_is_cut(tmp_path):
    with serving(tmp_path, assistant=Scripted, limits=Limits(stall=0.5)) as served:

        @served.app.get("/endless")
        async def endless():
            from starlette.responses import StreamingResponse

            async def body():
                while True:
                    await asyncio.sleep(0)
                    yield b"x" * 100_000

            return StreamingResponse(body())

        with _connected(served) as connection:
            connection.sendall(b"GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n")
            until(lambda: not _established(served.port))


def test_an_answer_past_its_time_is_a_504(tmp_path):
    with serving(tmp_path, assistant=Scripted, request_timeout_seconds=0.3) as served:
        response = served.client().post("/v1/chat", json={"question": "wait 60"})
        assert response.status_code == 504 and response.headers["content-type"] == "application/problem+json"
        until(lambda: served.services.slots.taken == 0)


def test_a_bucket_fills_again():
    bucket = Bucket(60)
    assert [bucket.take(0.0) for _ in range(60)] == [0.0] * 60
    assert bucket.take(0.0) == pytest.approx(1.0)
    assert bucket.take(2.0) == 0.0
    assert bucket.take(2.0) == 0.0
    assert bucket.take(2.0) > 0


def test_aborted_streams_leave_nothing(tmp_path):
    _abort_storm(tmp_path, 100)


@pytest.mark.soak
def test_a_thousand_aborted_streams_leave_nothing(tmp_path):
    _abort_storm(tmp_path, 1000)


def test_streams_stay_alive_beside_each_other(tmp_path):
    _concurrent(tmp_path, 60)


@pytest.mark.soak
def test_three_hundred_streams_stay_alive_beside_each_other(tmp_path):
    _concurrent(tmp_path, 300)


@pytest.mark.soak
def test_five_hundred_half_sent_requests_are_closed_within_fifteen_seconds(tmp_path):
    with serving(tmp_path, assistant=Scripted) as served:
        begun = time.monotonic()
        connections = [_connected(served) for _ in range(500)]
        for connection, sent in zip(connections, list(HALF.values()) * 100, strict=True):
            connection.sendall(sent)
        assert served.client().get("/healthz").status_code == 200
        closed = sum(_is_closed(connection) for connection in connections)
        seconds = time.monotonic() - begun
        for connection in connections:
            connection.close()
    print(f"{closed} of 500 half-sent requests closed within {seconds:.1f} s")
    assert closed == 500 and seconds < 15


def _abort_storm(home, count):
    with serving(home, assistant=Scripted, rate_limit_per_minute=0) as served:
        asyncio.run(_aborted(served.url, 5))
        until(lambda: served.services.slots.taken == 0)
        before = _files(), _tasks()
        ended = Scripted.ended
        asyncio.run(_aborted(served.url, count))
        until(lambda: Scripted.ended - ended == count, 60)
        until(lambda: served.services.slots.taken == 0)
        until(lambda: _files() <= before[0] and _tasks() <= before[1], 30)
        assert served.client().post("/v1/chat", json={"question": "How many?"}).status_code == 200
        print(f"{count} streams aborted: files {before[0]} -> {_files()}, tasks {before[1]} -> {_tasks()}, slots 0")


async def _aborted(url, count):
    async with httpx.AsyncClient(base_url=url, trust_env=False, limits=httpx.Limits(max_connections=50)) as client:

        async def one(_):
            async with client.stream("POST", "/v1/chat", json={"question": "wait 60", "stream": True}) as response:
                async for line in response.aiter_lines():
                    if line.startswith("event: step"):
                        break

        for start in range(0, count, 50):
            await asyncio.gather(*(one(n) for n in range(start, min(start + 50, count))))


def _concurrent(home, count):
    limits = Limits(heartbeat=0.5)
    with serving(home, assistant=Scripted, limits=limits, rate_limit_per_minute=0) as served:
        ended, healthy, slowest = asyncio.run(_beside(served, count))
    print(f"{count} streams ended whole; /healthz answered {healthy} times meanwhile, slowest {slowest * 1000:.0f} ms")
    assert ended == count and healthy >= 5


async def _beside(served, count):
    limits = httpx.Limits(max_connections=count + 10)
    async with httpx.AsyncClient(base_url=served.url, trust_env=False, limits=limits, timeout=60) as client:

        async def one():
            response = await client.post("/v1/chat", json={"question": "wait 4", "stream": True})
            return "event: answer" in response.text and ": still here" in response.text

        streams = [asyncio.create_task(one()) for _ in range(count)]
        healthy, slowest = 0, 0.0
        while not all(stream.done() for stream in streams):
            begun = time.perf_counter()
            healthy += (await client.get("/healthz")).status_code == 200
            slowest = max(slowest, time.perf_counter() - begun)
            await asyncio.sleep(0.2)
        return sum([stream.result() for stream in streams]), healthy, slowest


def _connected(served):
    return socket.create_connection(("127.0.0.1", served.port), timeout=20)


def _is_closed(connection):
    """Whether the server ends the connection; what it sends before is read."""
    try:
        while connection.recv(65536):
            pass
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True


def _established(port):
    """Server-side connections of a port, from the kernel's table."""
    with open("/proc/net/tcp") as table:
        rows = [line.split() for line in list(table)[1:]]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == "01" for row in rows)


def _files():
    gc.collect()
    return len(os.listdir("/proc/self/fd"))


def _tasks():
    return sum(isinstance(thing, asyncio.Task) and not thing.done() for thing in gc.get_objects())
