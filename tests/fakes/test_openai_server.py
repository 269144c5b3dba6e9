"""The fake endpoint, driven by the real clients: chat completions and responses, whole and streamed."""

import pytest
from langchain_openai import ChatOpenAI
from openai import APIConnectionError, InternalServerError, OpenAI, RateLimitError

from tests.fakes.openai_server import FakeOpenAI, call, fault, say

WORDS = "In 2031, {F1} landed."


@pytest.fixture
def server():
    with FakeOpenAI() as running:
        yield running


@pytest.fixture
def client(server):
    with OpenAI(api_key="k", base_url=server.url, max_retries=0, timeout=5) as made:
        yield made


def test_chat_completions(server, client):
    server.script([say(WORDS), say(WORDS), call("find_figures", text="x")])
    asked = {"model": "m", "messages": [{"role": "user", "content": "?"}]}
    assert client.chat.completions.create(**asked).choices[0].message.content == WORDS
    with client.chat.completions.create(**asked, stream=True) as chunks:
        assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == WORDS
    (made,) = client.chat.completions.create(**asked).choices[0].message.tool_calls
    assert (made.function.name, made.function.arguments) == ("find_figures", '{"text": "x"}')


def test_responses(server, client):
    server.script([say(WORDS), say(WORDS), call("find_figures", text="x")])
    assert client.responses.create(model="m", input="?").output_text == WORDS
    with client.responses.stream(model="m", input="?") as stream:
        assert "".join(event.delta for event in stream if event.type == "response.output_text.delta") == WORDS
    assert client.responses.create(model="m", input="?").output[0].name == "find_figures"


def test_faults_are_what_clients_call_them(server, client):
    asked = {"model": "m", "messages": [{"role": "user", "content": "?"}]}
    for kind, error in (
        ("429", RateLimitError),
        ("500", InternalServerError),
        ("503", InternalServerError),
        ("reset", APIConnectionError),
    ):
        server.script([fault(kind)])
        with pytest.raises(error):
            client.chat.completions.create(**asked)


async def test_langchain_over_both_protocols(server):
    import httpx2

    async with httpx2.AsyncClient() as http:
        for responses in (False, True):
            model = ChatOpenAI(
                model="m",
                api_key="k",
                base_url=server.url,
                max_retries=0,
                use_responses_api=responses,
                http_async_client=http,
            )
            server.script([say(WORDS), say(WORDS), call("find_figures", text="x")])
            assert (await model.ainvoke("?")).text == WORDS
            assert "".join([str(chunk.text) async for chunk in model.astream("?")]) == WORDS
            made = (await model.ainvoke("?")).tool_calls[0]
            assert (made["name"], made["args"]) == ("find_figures", {"text": "x"})
