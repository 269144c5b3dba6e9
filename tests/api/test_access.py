"""Who may do what: a matrix over every operation of the OpenAPI document, and the ways to prove who one is."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from api.keys import KeyStore, Sessions
from knowledge.store import Store
from tests.api.serving import Scripted, serving

PUBLIC = {"health", "readiness"}
ADMIN = {"addNotices", "removeNotice"}
OWNED = {"getConversation", "deleteConversation", "getAnswer", "rateAnswer", "getChart"}
BODIES = {
    "ask": {"json": {"question": "chart please"}},
    "createChatCompletion": {"json": {"messages": [{"role": "user", "content": "How many?"}]}},
    "rateAnswer": {"json": {"rating": "up"}},
    "addNotices": {"data": {"url": "ftp://nowhere.invalid/a"}},  # admitted, then found wanting: 422
}
OTHERWISE = {("addNotices", "admin"): 422, ("removeNotice", "admin"): 404, ("getNotice", "reader"): 404}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("home"), assistant=Scripted, require_key=True) as served:
        yield served


def operations(document):
    """(method, path, operation id) of every operation."""
    return [
        (method.upper(), path, operation["operationId"])
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]


def test_nothing_but_the_intended_is_let_in(guarded):
    document = guarded.client().get("/openapi.json").json()
    callers = {
        "none": guarded.client(),
        "wrong": guarded.client("tally_0123456789ab_" + "x" * 43),
        "nonsense": guarded.client("sk-anything"),
        "other": guarded.client(guarded.key("other")),
        "reader": guarded.client(guarded.key("owner")),
        "admin": guarded.client(guarded.key("boss", "admin")),
    }
    checked = 0
    for method, path, name in operations(document):
        for caller, client in callers.items():
            answer = callers["reader"].post("/v1/chat", json=BODIES["ask"]["json"]).json()
            values = {**answer, "form": "svg", "model": "tally", "notice_id": "none"}
            address = re.sub(r"\{(\w+)\}", lambda m, values=values: values[m[1]], path)
            response = client.request(method, address, **BODIES.get(name, {}))
            assert response.status_code == expected(name, caller), f"{name} by {caller}: {response.text[:200]}"
            assert response.status_code < 400 or response.headers["content-type"] == "application/problem+json"
            checked += 1
    assert checked >= 6 * 17


def expected(name, caller):
    """The one status that an operation has for a caller."""
    if name in PUBLIC:
        return 200
    if caller in ("none", "wrong", "nonsense"):
        return 401
    if name in ADMIN and caller != "admin":
        return 403
    if name in OWNED and caller != "reader":
        return 404  # not even whether it exists
    if name == "getNotice":
        return 404  # the library is empty
    fixed = {"addNotices": 422, "removeNotice": 404, "openSession": 201, "deleteConversation": 204, "rateAnswer": 204}
    return fixed.get(name, 200)


def test_a_conversation_cannot_be_entered_by_another_owner(guarded):
    mine, theirs = guarded.client(guarded.key("a")), guarded.client(guarded.key("b"))
    conversation = mine.post("/v1/chat", json={"question": "How many?"}).json()["conversation_id"]
    body = {"question": "And then?", "conversation_id": conversation}
    assert theirs.post("/v1/chat", json=body).status_code == 404
    streamed = theirs.post("/v1/chat", json={**body, "stream": True})
    assert "event: error" in streamed.text and "event: answer" not in streamed.text
    assert mine.post("/v1/chat", json=body).status_code == 200
    assert len(mine.get(f"/v1/conversations/{conversation}").json()["turns"]) == 2
    assert theirs.get("/v1/conversations").json()["conversations"] == []


def test_a_key_may_come_as_a_header_and_ends_when_it_is_removed(guarded):
    key = guarded.key("short-lived")
    assert guarded.client(headers={"X-API-Key": key}).get("/v1/models").status_code == 200
    guarded.services.access.keys.remove(key.split("_")[1])
    guarded.services.access._remembered.clear()
    assert guarded.client(key).get("/v1/models").status_code == 401


def test_keys_are_stored_hashed(tmp_path):
    store = Store.open(tmp_path)
    key, text = KeyStore(store).add("Ann", "reader", datetime.now(UTC))
    assert KeyStore(store).find(text) == key
    assert KeyStore(store).find(text[:-1]) is None
    assert KeyStore(store).find("tally__") is None
    store.close()
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert text.encode() not in written and text.rpartition("_")[2].encode() not in written


def test_sessions_are_signed_and_end():
    sessions, now = Sessions(b"secret", days=30), datetime(2024, 1, 1, tzinfo=UTC)
    token, ends = sessions.open(now)
    owner = sessions.owner(token, now)
    assert owner and owner.startswith("session:")
    assert sessions.owner(token, ends + timedelta(seconds=1)) is None
    assert Sessions(b"other", days=30).owner(token, now) is None
    for at in range(len(token)):
        forged = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert sessions.owner(forged, now) in (None, owner) and (at < 7 or sessions.owner(forged, now) is None)


def test_a_session_opened_with_a_key_asks_and_keeps_its_own(guarded):
    token = guarded.client(guarded.key("site")).post("/v1/sessions").json()["token"]
    page = guarded.client(headers={"X-Tally-Session": token})
    assert page.post("/v1/chat", json={"question": "How many?"}).status_code == 200
    assert len(page.get("/v1/conversations").json()["conversations"]) == 1
    assert page.post("/v1/notices", data={"url": "http://127.0.0.1/"}).status_code == 403


def test_anonymous_visitors_are_told_their_session(tmp_path):
    with serving(tmp_path, assistant=Scripted, require_key=True, anonymous_sessions=True) as served:
        first = served.client().post("/v1/chat", json={"question": "How many?"})
        page = served.client(headers={"X-Tally-Session": first.headers["x-tally-session"]})
        assert len(page.get("/v1/conversations").json()["conversations"]) == 1
        assert served.client().get("/v1/conversations").json()["conversations"] == []
        assert served.client("tally_0123456789ab_x").get("/v1/models").status_code == 401
        forged = served.client(headers={"X-Tally-Session": "tallys_a.9999999999.b"})
        assert forged.get("/v1/conversations").status_code == 401


def test_loopback_is_open_to_this_machine_alone(scripted):
    local = scripted.client()
    assert local.post("/v1/notices", data={"url": "ftp://x.invalid"}).status_code == 422  # admitted as admin
    assert scripted.client("sk-none").get("/v1/models").status_code == 200  # clients that must send some key
    assert scripted.client("tally_0123456789ab_x").get("/v1/models").status_code == 401
    proxied = scripted.client(headers={"X-Forwarded-For": "203.0.113.9"})
    assert proxied.get("/v1/models").status_code == 401
    rebound = scripted.client(headers={"Host": "evil.example"})
    assert rebound.get("/v1/models").status_code == 421


def test_pages_of_other_origins_change_nothing(scripted):
    page = scripted.client(headers={"Origin": "https://evil.example"})
    assert page.post("/v1/chat", json={"question": "How many?"}).status_code == 403
    assert page.delete("/v1/conversations/x").status_code == 403
    assert page.get("/mcp").status_code == 403
    assert "access-control-allow-origin" not in page.get("/v1/notices").headers
    own = scripted.client(headers={"Origin": scripted.url})
    assert own.post("/v1/chat", json={"question": "How many?"}).status_code == 200


def test_pages_of_allowed_origins_are_visitors(tmp_path):
    with serving(tmp_path, assistant=Scripted, cors_origins=("https://page.example",)) as served:
        page = served.client(headers={"Origin": "https://page.example"})
        answer = page.post("/v1/chat", json={"question": "How many?"})
        assert answer.headers["access-control-allow-origin"] == "https://page.example"
        assert "X-Tally-Session" in answer.headers["access-control-expose-headers"]
        assert answer.headers["x-tally-session"]
        assert page.post("/v1/notices", data={"url": "ftp://x.invalid"}).status_code == 403
        asked = {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type,x-tally-session",
        }
        assert page.options("/v1/chat", headers=asked).status_code == 200
        other = served.client(headers={"Origin": "https://evil.example"})
        assert other.options("/v1/chat", headers=asked).status_code == 400


def test_the_rate_is_limited_by_key_and_by_address(tmp_path):
    with serving(tmp_path, assistant=Scripted, require_key=True, rate_limit_per_minute=3) as served:
        one, two = served.client(served.key("one")), served.client(served.key("two"))
        statuses = [one.get("/v1/models").status_code for _ in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
        assert one.get("/v1/models").headers["retry-after"].isdigit()
        assert two.get("/v1/models").status_code == 200
        guesses = [served.client(f"tally_0_{n}").get("/v1/models").status_code for n in range(5)]
        assert guesses == [401, 401, 401, 429, 429]
        assert one.get("/healthz").status_code == 200


def test_only_an_admin_may_send_large_files(guarded):
    files = [("files", ("a.txt", b"a" * 1_500_000))]
    assert guarded.client(guarded.key("r")).post("/v1/notices", files=files).status_code == 413
    assert guarded.client(guarded.key("a", "admin")).post("/v1/notices", files=files).status_code == 200


def test_problem_documents_name_the_remedy(guarded):
    problem = guarded.client().get("/v1/models").json()
    assert problem["status"] == 401 and "tally keys add" in problem["detail"]
    assert httpx.get(f"{guarded.url}/v1/models", trust_env=False).headers["www-authenticate"] == "Bearer"
