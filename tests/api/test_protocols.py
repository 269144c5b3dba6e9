"""The same twelve questions through every protocol, each with the client that people use: the same figures."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from langchain_core.messages import HumanMessage
from langchain_openai import ChatOpenAI
from mcp import Client, StdioServerParameters, stdio_client
from openai import OpenAI

from knowledge.library import Library
from knowledge.samples import folder
from tests.api.serving import serving
from tests.api.twelve import QUESTIONS

AS_OF = "2024-03-01"


@dataclass(frozen=True)
class Known:
    """What an answer rests on: its status, headline and figures."""

    status: str
    value: tuple | None
    figures: tuple
    text: str

    @classmethod
    def of(cls, answer):
        value = answer["value"] and (answer["value"]["value"], answer["value"]["unit"], answer["value"]["qualifier"])
        figures = tuple((f["figure_id"], f["value"], f["unit"], f["published_as"]) for f in answer["figures"])
        return cls(answer["status"], value, figures, answer["text"])


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = tmp_path_factory.mktemp("home")
    with folder() as samples:
        library = Library.open(made, embedder="none")
        library.add([str(samples / "two-zones-2023.txt")])
        library.close()
    return made


@pytest.fixture(scope="module")
def served(home):
    with serving(home) as running:
        yield running


@pytest.fixture(scope="module")
def expected(served):
    client = served.client()
    answers = [client.post("/v1/chat", json={"question": q, "as_of": AS_OF}).json() for q in QUESTIONS]
    return [Known.of(answer) for answer in answers]


def test_the_answers_are_those_of_the_notice(expected):
    values = {q: known.value[0] for q, known in zip(QUESTIONS, expected, strict=True) if known.value}
    assert values[QUESTIONS[0]] == 8512 and values[QUESTIONS[11]] == 8512 and values[QUESTIONS[8]] == 550
    assert values[QUESTIONS[1]] == 60 and expected[1].value[2] == "over"
    assert abs(values[QUESTIONS[4]]) == 3300
    assert values[QUESTIONS[5]] == pytest.approx(11_000 / 1.93)
    assert values[QUESTIONS[3]] == pytest.approx(1.3e12 / 11_000)
    assert [expected[9].status, expected[10].status] == ["refused", "clarify"]


def test_events_end_in_the_same_answer(served, expected):
    for question, known in zip(QUESTIONS, expected, strict=True):
        body = {"question": question, "as_of": AS_OF, "stream": True}
        blocks = served.client().post("/v1/chat", json=body).text.strip().split("\n\n")
        last = dict(line.split(": ", 1) for line in blocks[-1].split("\n"))
        assert last["event"] == "answer" and Known.of(json.loads(last["data"])) == known


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed: the curl client is not tested")
def test_curl(served, expected):
    for question, known in zip(QUESTIONS, expected, strict=True):
        body = json.dumps({"question": question, "as_of": AS_OF})
        command = ["curl", "-sS", "--fail", "--noproxy", "*", f"{served.url}/v1/chat", "--json", body]
        done = subprocess.run(command, capture_output=True, check=True, timeout=60)
        assert Known.of(json.loads(done.stdout)) == known


def test_the_openai_sdk(served, expected):
    http = httpx2.Client(trust_env=False)
    with OpenAI(base_url=f"{served.url}/v1", api_key="unused", max_retries=0, http_client=http) as client:
        assert [model.id for model in client.models.list()] == ["tally"]
        for question, known in zip(QUESTIONS, expected, strict=True):
            messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": question}]
            done = client.chat.completions.create(
                model="tally", messages=messages, temperature=0.2, extra_body={"as_of": AS_OF, "unknown": [1]}
            )
            assert Known.of(done.x_tally) == known
            assert done.choices[0].finish_reason == "stop" and done.usage.total_tokens > 0
            assert done.choices[0].message.content.startswith(known.text)
            for note in done.choices[0].message.annotations:
                cited = done.choices[0].message.content[note.url_citation.start_index : note.url_citation.end_index]
                assert note.url_citation.url.startswith("http") and cited


def test_the_openai_sdk_streaming(served, expected):
    http = httpx2.Client(trust_env=False)
    with OpenAI(base_url=f"{served.url}/v1", api_key="unused", max_retries=0, http_client=http) as client:
        for question, known in zip(QUESTIONS, expected, strict=True):
            chunks = list(
                client.chat.completions.create(
                    model="tally",
                    messages=[{"role": "user", "content": question}],
                    stream=True,
                    stream_options={"include_usage": True},
                    extra_body={"as_of": AS_OF},
                )
            )
            choices = [chunk.choices[0] for chunk in chunks if chunk.choices]
            assert choices[0].delta.role == "assistant" and choices[-1].finish_reason == "stop"
            assert chunks[-1].choices == [] and chunks[-1].usage.completion_tokens > 0
            text = "".join(choice.delta.content or "" for choice in choices)
            assert text.startswith(known.text)
            noted = [choice.delta for choice in choices if getattr(choice.delta, "annotations", None)]
            assert all(delta.content is None for delta in noted) and bool(noted) == bool(known.figures or "“" in text)
            assert [Known.of(chunk.x_tally) for chunk in chunks if hasattr(chunk, "x_tally")] == [known]


def test_a_conversation_of_chat_messages_is_followed(served):
    messages = [
        {"role": "user", "content": "How many projects landed in 2023?"},
        {"role": "assistant", "content": "8,512"},
        {"role": "user", "content": [{"type": "text", "text": "And the landing rate?"}]},
    ]
    done = served.client().post("/v1/chat/completions", json={"messages": messages, "as_of": AS_OF}).json()
    assert done["x_tally"]["value"]["value"] == 60


@pytest.mark.parametrize("streaming", [False, True])
def test_langchain(served, expected, streaming):
    with httpx2.Client(trust_env=False) as http:
        url = f"{served.url}/v1"
        model = ChatOpenAI(model="tally", base_url=url, api_key="unused", max_retries=0, http_client=http)
        for question, known in zip(QUESTIONS, expected, strict=True):
            messages = [HumanMessage(question)]
            if streaming:
                text = "".join(str(chunk.text) for chunk in model.stream(messages))
            else:
                text = str(model.invoke(messages).text)
            assert text.startswith(known.text)


async def mcp_answers(client):
    results = [await client.call_tool("ask", {"question": q, "as_of": AS_OF}) for q in QUESTIONS]
    assert not any(result.is_error for result in results)
    return [Known.of(result.structured_content) for result in results]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_mcp_over_http(served, expected, mode):
    async with Client(f"{served.url}/mcp", mode=mode) as client:
        assert await mcp_answers(client) == expected


async def test_mcp_over_stdio(home, expected):
    command = [sys.executable, "-c", "from api.cli import main; main()", "mcp"]
    environment = {"TALLY_HOME": str(home), "TALLY_EMBEDDER": "none", "PYTHONPATH": str(Path.cwd())}
    parameters = StdioServerParameters(command=command[0], args=command[1:], env=environment)
    async with Client(stdio_client(parameters)) as client:
        assert await mcp_answers(client) == expected


async def test_the_tools_of_mcp(served):
    async with Client(f"{served.url}/mcp") as client:
        tools = (await client.list_tools()).tools
        assert {t.name for t in tools} == {"ask", "find_figures", "search_notices", "calculate", "draw_chart"}
        assert all(tool.output_schema and tool.description for tool in tools)
        wanted = {"indicator": "projects landed", "time_period": "2023"}
        found = (await client.call_tool("find_figures", wanted)).structured_content["figures"]
        landed = next(f for f in found if f["value"] == 8512)
        recommended = next(f for f in found if f["value"] == 37)
        ids = [landed["figure_id"], recommended["figure_id"]]
        made = (await client.call_tool("calculate", {"expression": "F1 - F2", "figure_ids": ids})).structured_content
        assert (made["value"], made["unit"]) == (8475, "projects")
        drawn = (await client.call_tool("draw_chart", {"figure_ids": ids})).structured_content
        assert (
            drawn["chart"]["$schema"].startswith("https://vega.github.io/schema/vega-lite") and "8,512" in drawn["alt"]
        )
        passages = (await client.call_tool("search_notices", {"query": "symposium"})).structured_content["passages"]
        assert any("Indigo" in passage["text"] for passage in passages)
        resources = (await client.list_resources()).resources
        text = (await client.read_resource(resources[0].uri)).contents[0].text
        assert "8,512 projects landed" in text and len(resources) == 1


async def test_what_mcp_refuses(served):
    async with Client(f"{served.url}/mcp") as client:
        wrong = await client.call_tool("calculate", {"expression": "F1 / 0", "figure_ids": ["nothing"]})
        assert wrong.is_error and "nothing" in wrong.content[0].text
        long = await client.call_tool("ask", {"question": "a" * 5000})
        assert long.is_error
    foreign = served.client(headers={"Host": "evil.example"}).post("/mcp", json={})
    assert foreign.status_code == 421
    page = served.client(headers={"Origin": "https://evil.example"}).post("/mcp", json={})
    assert page.status_code == 403


async def test_mcp_wants_a_key_where_one_is_required(tmp_path):
    with serving(tmp_path, require_key=True) as served:
        assert served.client().post("/mcp", json={}).status_code == 401
