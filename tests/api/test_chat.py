"""`POST /v1/chat` over a real socket: whole, streamed, followed up; wrong bodies are the sender's fault."""

import json

import httpx
import pytest

from api.limits import Limits
from tests.api.serving import Scripted, serving, until


def events_of(response):
    """The events of a streamed response."""
    blocks = [block for block in response.text.split("\n\n") if block]
    return [dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":")) for block in blocks]


def test_a_question_is_answered_as_json(scripted):
    response = scripted.client().post("/v1/chat", json={"question": "How many?"})
    assert response.status_code == 200
    answer = response.json()
    assert (answer["text"], answer["question"], answer["status"]) == ("Eight.", "How many?", "answered")
    assert answer["answer_id"] and answer["conversation_id"]


@pytest.mark.parametrize(
    "how", [{"json": {"question": "How many?", "stream": True}}, {"headers": {"Accept": "text/event-stream"}}]
)
def test_a_question_is_answered_as_events_with_ids(scripted, how):
    response = scripted.client().post("/v1/chat", **{"json": {"question": "How many?"}, **how})
    events = events_of(response)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert events[0]["event"] == "step" and events[-1]["event"] == "answer"
    assert [e["id"] for e in events] == [str(n + 1) for n in range(len(events))]
    assert json.loads(events[-1]["data"])["text"] == "Eight."


def test_a_changed_interpretation_reaches_the_assistant(scripted):
    body = {"question": "How many?", "interpretation": {"time_period": "2022"}}
    assert scripted.client().post("/v1/chat", json=body).json()["interpretation"] == {"time_period": "2022"}


def test_a_silent_stream_has_heartbeats(tmp_path):
    with serving(tmp_path, assistant=Scripted, limits=Limits(heartbeat=0.05)) as served:
        response = served.client().post("/v1/chat", json={"question": "wait 0.4", "stream": True})
    assert response.text.count(": still here") >= 2
    assert "event: answer" in response.text


def test_a_failure_in_a_stream_is_its_last_event_and_tells_nothing(scripted):
    response = scripted.client().post("/v1/chat", json={"question": "boom", "stream": True})
    last = events_of(response)[-1]
    assert last["event"] == "error"
    assert json.loads(last["data"])["status"] == 500
    assert "secret" not in response.text


def test_a_failure_is_a_problem_that_tells_nothing(scripted):
    response = scripted.client().post("/v1/chat", json={"question": "boom"})
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["request_id"] == response.headers["x-request-id"]
    assert "secret" not in response.text and "Traceback" not in response.text


def test_a_client_that_goes_away_frees_its_slot(scripted):
    begun, ended = Scripted.begun, Scripted.ended
    with scripted.client().stream("POST", "/v1/chat", json={"question": "wait 60", "stream": True}) as response:
        lines = response.iter_lines()
        next(lines)
    with pytest.raises(httpx.ReadTimeout):
        scripted.client().post("/v1/chat", json={"question": "wait 60"}, timeout=0.5)
    until(lambda: Scripted.ended - ended == 2)
    assert Scripted.begun - begun == 2
    until(lambda: scripted.services.slots.taken == 0)


def test_more_answers_than_slots_are_turned_away(tmp_path):
    with serving(tmp_path, assistant=Scripted, limits=Limits(answers=1)) as served:
        with served.client().stream("POST", "/v1/chat", json={"question": "wait 60", "stream": True}) as first:
            events = first.iter_lines()
            next(events)
            refused = served.client().post("/v1/chat", json={"question": "How many?"})
        assert refused.status_code == 503 and refused.headers["retry-after"]
        until(lambda: served.services.slots.taken == 0)
        assert served.client().post("/v1/chat", json={"question": "How many?"}).status_code == 200


BAD = {
    "no body": (b"", 422),
    "not JSON": (b"{", 400),
    "NaN": (b'{"question": NaN}', 400),
    "Infinity": (b'{"question": "x", "stream": Infinity}', 400),
    "NUL": (b'{"question": "a\\u0000b"}', 422),
    "lone surrogate": (b'{"question": "\\ud800"}', 400),
    "lone surrogate in a key": (b'{"question": "x", "\\udfff": 1}', 400),
    "raw bytes": (b'{"question": "\xff\xfe"}', 400),
    "UTF-16": ('{"question": "x"}'.encode("utf-16"), 400),
    "deep": (b'{"question": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400),
    "deep objects": (b'{"question": ' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}", 400),
    "huge number": (b'{"question": ' + b"9" * 50_000 + b"}", 400),
    "a number": (b'{"question": 1e999}', 422),
    "empty": (b'{"question": "  "}', 422),
    "long": (b'{"question": "' + b"a" * 4001 + b'"}', 422),
    "a list": (b"[]", 422),
    "unknown field": (b'{"question": "x", "converstaion_id": "c"}', 422),
    "wrong id": (b'{"question": "x", "conversation_id": "a b"}', 422),
    "year 1": (b'{"question": "x", "as_of": "0001-01-01"}', 422),
    "year 9999": (b'{"question": "x", "as_of": "9999-12-31"}', 422),
    "large": (b'{"question": "' + b"a" * 1_100_000 + b'"}', 413),
}


@pytest.mark.parametrize("path", ["/v1/chat", "/v1/chat/completions"])
@pytest.mark.parametrize(("body", "status"), BAD.values(), ids=BAD)
def test_bad_bodies_are_the_senders_fault(scripted, path, body, status):
    response = scripted.client().post(path, content=body, headers={"Content-Type": "application/json"})
    if path == "/v1/chat":
        assert response.status_code == status, response.text
    assert 400 <= response.status_code < 500
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code and problem["detail"] and problem["title"]
    if response.status_code == 422:
        assert all(fault["field"] and fault["remedy"] for fault in problem["errors"])


def test_a_large_body_without_a_length_is_cut(scripted):
    def chunks():
        for _ in range(40):
            yield b" " * 50_000

    response = scripted.client().post("/v1/chat", content=chunks(), headers={"Content-Type": "application/json"})
    assert response.status_code == 413
