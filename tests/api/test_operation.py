"""Running it: health, metrics, request ids, logs without chat text, workers, and an end that lets streams finish."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import httpx
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from api.app import create_app
from api.telemetry import instrument
from assistant.settings import Settings
from knowledge.store import Store
from tests.api.serving import Scripted, serving

PROGRAM = "from api.server import run; from assistant.settings import load; import sys; run(load(), int(sys.argv[1]))"


@contextmanager
def process(home, workers=1, **environment):
    """`tally serve` as a process of its own; yields it and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"HOME": str(home), "EMBEDDER": "none", "PORT": str(port), "LOG_LEVEL": "INFO", **environment}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("TALLY_", "OPENAI_"))}
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(workers)],
        env={**inherited, **{f"TALLY_{k}": v for k, v in settings.items()}},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
            _wait_for(client, running)
            yield running, client
    finally:
        if running.poll() is None:
            running.kill()
        running.wait(20)
        if running.stderr:
            running.stderr.close()


def test_health_and_readiness(scripted):
    client = scripted.client()
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready["status"] == "degraded"
    assert "no notices" in ready["checks"]["library"] and "words alone" in ready["checks"]["search"]


def test_a_store_that_cannot_be_read_is_not_ready(tmp_path):
    with serving(tmp_path, assistant=Scripted) as served:
        with served.services.library.store.write() as db:
            db.exec_driver_sql("ALTER TABLE meta RENAME TO lost")
        response = served.client().get("/readyz")
        assert response.status_code == 503 and response.json()["status"] == "unready"
        assert served.client().get("/healthz").status_code == 200


def test_metrics_count_requests_by_route(scripted):
    client = scripted.client()
    client.get("/v1/answers/unknown")
    text = client.get("/metrics").text
    assert 'handler="/v1/answers/{answer_id}"' in text and "unknown" not in text
    assert "tally_answers_under_way 0.0" in text


def test_a_request_keeps_a_good_id_and_gets_a_new_one_for_a_bad_one(scripted):
    client = scripted.client()
    assert client.get("/healthz", headers={"X-Request-ID": "abcdef-123"}).headers["x-request-id"] == "abcdef-123"
    for bad in ("short", "a" * 65, "evil\ttext here", "<script>1234"):
        given = client.get("/healthz", headers={"X-Request-ID": bad}).headers["x-request-id"]
        assert given != bad and len(given) == 16


def test_logs_name_the_route_and_no_id_nor_text(scripted):
    key = scripted.key("logged")
    with capture_logs(processors=[merge_contextvars]) as logs:
        client = scripted.client(key)
        answer = client.post("/v1/chat", json={"question": "my private question"}).json()
        client.get(f"/v1/answers/{answer['answer_id']}")
        client.post("/v1/chat", json={"question": "boom private"})
    written = json.dumps(logs, default=str)
    assert "/v1/answers/{answer_id}" in written and "request_id" in written
    for secret in ("private", answer["answer_id"], key):
        assert secret not in written


def test_pages_are_told_how_to_be_safe(scripted):
    headers = scripted.client().get("/healthz").headers
    assert headers["x-content-type-options"] == "nosniff" and "default-src 'none'" in headers["content-security-policy"]
    assert "server" not in headers


def test_a_process_logs_json_and_ends_when_told(tmp_path):
    with process(tmp_path) as (running, client):
        client.post("/v1/chat", json={"question": "What of my secret garden?"})
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) in (0, -signal.SIGTERM)
        lines = [json.loads(line) for line in running.stderr.read().splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    assert any(line["path"] == "/v1/chat" and line["status"] == 200 and line["request_id"] for line in requests)
    assert "secret garden" not in json.dumps(lines)


def test_log_chat_logs_the_question(tmp_path):
    with process(tmp_path, LOG_CHAT="true") as (running, client):
        client.post("/v1/chat", json={"question": "What of my secret garden?"})
        running.send_signal(signal.SIGINT)
        running.wait(20)
        assert "secret garden" in running.stderr.read()


def test_two_workers_serve_the_same_store(tmp_path):
    Store.open(tmp_path).close()
    with process(tmp_path, workers=2) as (_, client):
        response = client.post("/v1/chat", json={"question": "How many projects landed in 2023?"})
        assert response.status_code == 200, response.text
        answer = response.json()
        for _ in range(20):
            with httpx.Client(base_url=client.base_url, trust_env=False, timeout=60) as fresh:
                assert fresh.get(f"/v1/answers/{answer['answer_id']}?check=false").json()["answer"] == answer


def test_a_stream_under_way_is_finished_when_the_server_stops(tmp_path):
    question = {"question": "wait 1", "stream": True}
    with (
        serving(tmp_path, assistant=Scripted) as served,
        served.client().stream("POST", "/v1/chat", json=question) as r,
    ):
        lines = r.iter_lines()
        assert next(lines)
        threading.Thread(target=_stop, args=(served,)).start()
        assert any("answer" in line for line in lines)


def test_a_wrong_setting_is_one_line(tmp_path):
    environment = {**os.environ, "TALLY_HOME": str(tmp_path), "TALLY_RETENTION_DAYS": "soon"}
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--no-samples"]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and "retention_days" in done.stderr and len(done.stderr.splitlines()) == 1


def test_the_document_names_every_operation_once(tmp_path):
    document = create_app(Settings(home=tmp_path)).openapi()
    names = [op["operationId"] for item in document["paths"].values() for op in item.values()]
    assert len(names) == len(set(names)) >= 20 and all(name[0].islower() and "_" not in name for name in names)


def _stop(served):
    time.sleep(0.2)
    served.server.should_exit = True


def _wait_for(client, running):
    deadline = time.monotonic() + 60
    while True:
        assert running.poll() is None, running.stderr.read()
        assert time.monotonic() < deadline
        try:
            return client.get("/healthz").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.1)


def test_requests_are_traced_where_that_is_wanted(tmp_path):
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    with serving(tmp_path, assistant=Scripted, changed=lambda app: instrument(app, provider)) as served:
        served.client().post("/v1/chat", json={"question": "my private question"})
        served.client().get("/healthz")
    names = [span.name for span in kept.get_finished_spans()]
    assert "POST /v1/chat" in names and not any("healthz" in name for name in names)
    assert "private" not in "".join(span.to_json() for span in kept.get_finished_spans())
