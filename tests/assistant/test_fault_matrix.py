"""Every fault of a model's endpoint, through POST /v1/chat: answered in time, no 5xx, two attempts at most."""

import json
import time

import httpx
import pytest

from tests.api.serving import serving
from tests.assistant.shelf import harbour
from tests.fakes.openai_server import FAULTS, FakeOpenAI, call, fault, say

QUESTION = {"question": "How many projects landed in Harbour in 2031?"}
BUDGET = 0.5
ENDPOINT = ("timeout", "429", "500", "503", "reset")  # faults below the model: tried again once


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A Tally whose model is scripted: the server, its client, and the model."""
    home = tmp_path_factory.mktemp("home")
    with FakeOpenAI() as model:
        settings = {"openai_api_key": "k", "openai_base_url": model.url, "model": "fake-1", "budget_seconds": BUDGET}
        with serving(home, library=harbour(home), rate_limit_per_minute=1_000_000, **settings) as server:
            client = server.client()
            client.post("/v1/chat", json=QUESTION)  # the first question imports the frameworks
            yield server, client, model


def closed(server):
    """The breaker as new: each fault is met by itself."""
    server.services.assistant._prompted.breaker.worked()


@pytest.mark.parametrize("times", [3, pytest.param(50, marks=pytest.mark.soak)])
@pytest.mark.parametrize("kind", FAULTS)
def test_every_fault_is_answered_in_time(served, kind, times):
    server, client, model = served
    slowest, attempts = 0.0, 0
    for number in range(times):
        closed(server)
        model.script([fault(kind)] * 20)
        before, began = len(model.requests), time.monotonic()
        if number % 2:
            response = client.post("/v1/chat", json={**QUESTION, "stream": True})
            answer = _last(response)
        else:
            response = client.post("/v1/chat", json=QUESTION)
            answer = response.json()
        slowest, attempts = max(slowest, time.monotonic() - began), max(attempts, len(model.requests) - before)
        assert response.status_code == 200
        assert (answer["status"], answer["answered_by"]) == ("answered", "embedded")
        assert answer["value"]["value"] == 9241
    print(f"\n{kind}: {times}/{times} answered, slowest {slowest:.2f} s, most attempts {attempts}")
    assert slowest < BUDGET + 2
    if kind in ENDPOINT:
        assert attempts <= 2


@pytest.mark.parametrize("stride", [37, pytest.param(1, marks=pytest.mark.soak)])
def test_a_stream_cut_at_any_byte_shows_no_unverified_digit(served, stride):
    server, client, model = served
    words = "Here is the count. {F1} landed in Harbour in 2031. In truth 12,345 landed."
    length = len(_streamed_bytes(model, words))
    for cut in range(0, length, stride):
        closed(server)
        model.script([call("find_figures", text="projects landed"), say(words, cut=cut)] + [fault("500")] * 4)
        response = client.post("/v1/chat", json={**QUESTION, "stream": True})
        shown = "".join(data["text"] for kind, data in _events(response) if kind == "text")
        assert "345" not in shown
        assert _last(response)["value"]["value"] == 9241


def _streamed_bytes(model, words):
    """The body of a scripted stream, as the model sends it."""
    model.script([say(words)])
    with httpx.Client(trust_env=False) as client:
        return client.post(
            f"{model.url}/chat/completions", json={"stream": True, "stream_options": {"include_usage": True}}
        ).content


def _events(response):
    for block in response.text.split("\n\n"):
        rows = dict(row.split(": ", 1) for row in block.split("\n") if ": " in row)
        if "event" in rows:
            yield rows["event"], json.loads(rows["data"])


def _last(response):
    kind, data = list(_events(response))[-1]
    assert kind == "answer"
    return data
