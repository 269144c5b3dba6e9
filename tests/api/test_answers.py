"""Conversations, permalinks, feedback and charts belong to whoever asked; retention ends them."""

import asyncio
import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from api.charts import draw
from api.keys import now
from api.retention import retention
from assistant.conversations import feedback, turns
from tests.api.serving import Scripted, serving, until


def asked(client, question="How many?", **more):
    return client.post("/v1/chat", json={"question": question, **more}).json()


def test_a_conversation_is_listed_read_and_deleted(scripted):
    client = scripted.client()
    first = asked(client)
    second = asked(client, "And then?", conversation_id=first["conversation_id"])
    listed = client.get("/v1/conversations").json()["conversations"]
    row = next(r for r in listed if r["conversation_id"] == first["conversation_id"])
    assert (row["title"], row["turns"]) == ("How many?", 2)
    address = f"/v1/conversations/{first['conversation_id']}"
    read = client.get(address).json()
    assert [(t["question"], t["answer"]["answer_id"]) for t in read["turns"]] == [
        ("How many?", first["answer_id"]),
        ("And then?", second["answer_id"]),
    ]
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == client.delete(address).status_code == 404
    assert client.get(f"/v1/answers/{first['answer_id']}").status_code == 404


def test_a_long_conversation_is_read_whole(scripted):
    client = scripted.client()
    first = asked(client)
    for n in range(20):
        asked(client, f"Question {n}?", conversation_id=first["conversation_id"])
    assert len(client.get(f"/v1/conversations/{first['conversation_id']}").json()["turns"]) == 21


def test_an_answer_is_found_by_its_permalink(scripted):
    client = scripted.client()
    answer = asked(client)
    link = client.get(f"/v1/answers/{answer['answer_id']}", params={"check": "false"}).json()
    assert link["answer"] == answer and link["holds"] is None


def test_feedback_is_kept_and_the_latest_counts(scripted):
    client = scripted.client()
    answer = asked(client)
    address = f"/v1/answers/{answer['answer_id']}/feedback"
    assert client.post(address, json={"rating": "up"}).status_code == 204
    assert client.post(address, json={"rating": "down", "reason": "wrong year"}).status_code == 204
    assert client.post(address, json={"rating": "sideways"}).status_code == 422
    assert client.post("/v1/answers/none/feedback", json={"rating": "up"}).status_code == 404
    with scripted.services.library.store.read() as db:
        rows = db.execute(select(feedback).where(feedback.c.answer_id == answer["answer_id"])).all()
    assert [(row.verdict, row.comment) for row in rows] == [("down", "wrong year")]


def test_a_chart_is_drawn_as_svg_and_png(scripted):
    client = scripted.client()
    answer, plain = asked(client, "chart please"), asked(client)
    svg = client.get(f"/v1/charts/{answer['answer_id']}.svg")
    assert svg.headers["content-type"].startswith("image/svg+xml") and svg.text.startswith("<svg")
    png = client.get(f"/v1/charts/{answer['answer_id']}.png")
    assert png.content.startswith(b"\x89PNG")
    assert client.get(f"/v1/charts/{plain['answer_id']}.svg").status_code == 404
    assert client.get(f"/v1/charts/{answer['answer_id']}.gif").status_code == 422


def test_a_chart_fetches_nothing():
    spec = {"mark": "point", "data": {"url": "http://127.0.0.1:9/data.csv"}, "encoding": {"x": {"field": "a"}}}
    with pytest.raises(ValueError, match=r"(?i)allowed|denied|not permitted|base"):
        draw(json.dumps(spec), "svg")


def test_a_renderer_that_dies_is_replaced(tmp_path):
    with serving(tmp_path, assistant=Scripted) as served:
        client = served.client()
        answer = asked(client, "chart please")
        assert client.get(f"/v1/charts/{answer['answer_id']}.svg").status_code == 200
        (process,) = served.services.charts._pool._processes.values()
        process.kill()
        process.join(10)
        statuses = [client.get(f"/v1/charts/{answer['answer_id']}.png").status_code for _ in range(2)]
        assert statuses[-1] == 200 and statuses[0] in (200, 503)


def test_conversations_past_their_time_are_deleted(tmp_path):
    with serving(tmp_path, assistant=Scripted, retention_days=30) as served:
        client = served.client()
        old, new = asked(client), asked(client)
        store = served.services.library.store
        with store.write() as db:
            past = now().replace(tzinfo=None) - timedelta(days=31)
            db.execute(turns.update().where(turns.c.answer_id == old["answer_id"]).values(created=past))
        asyncio.run(_for_a_moment(retention(served.services), lambda: client.get(_link(old)).status_code == 404))
        assert client.get(_link(new)).status_code == 200


def test_retention_of_zero_days_keeps_everything():
    settings = SimpleNamespace(retention_days=0)
    asyncio.run(asyncio.wait_for(retention(SimpleNamespace(settings=settings)), 5))


def _link(answer):
    return f"/v1/answers/{answer['answer_id']}?check=false"


async def _for_a_moment(work, true):
    task = asyncio.create_task(work)
    await asyncio.to_thread(until, true)
    task.cancel()
