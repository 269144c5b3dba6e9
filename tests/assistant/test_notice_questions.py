"""A scripted model answers twelve questions about one real notice over HTTP: right calls, slots rendered, cited."""

from contextlib import asynccontextmanager
from datetime import date
from importlib.resources import files

import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from knowledge.library import Library
from tests.fakes.openai_server import FakeOpenAI, call, calls, say

AS_OF = date(2024, 6, 1)
NOTICE = str(files("knowledge.samples").joinpath("two-zones-2023.txt"))


def the(assistant, value, unit, **parts):
    """The figure of a value: what a good model would pick from the rows."""
    found = [f for f in assistant.library.figures() if f.value == value and f.unit == unit]
    found = [f for f in found if all(str(getattr(f, key)) == wanted for key, wanted in parts.items())]
    assert found, (value, unit, parts)
    return found[0].figure_id


QUESTIONS = [
    (
        "How many new projects did the Two Zones add in 2023?",
        [(11000, "projects", {})],
        None,
        "In 2023, {F1} were added in the Two Zones.",
        "11,000 projects",
        11000,
    ),
    (
        "What was the landing rate in 2023?",
        [(60, "percent", {})],
        None,
        "The landing rate was {F1} in 2023.",
        "over 60 percent",
        60,
    ),
    (
        "What is the expected investment of the 2023 projects?",
        [(1.3e12, "CNY", {})],
        None,
        "The expected investment was {F1} in 2023.",
        "1.3 trillion yuan",
        1.3e12,
    ),
    (
        "How many projects landed in 2023?",
        [(8512, "projects", {})],
        None,
        "{F1} landed in 2023.",
        "8,512 projects",
        8512,
    ),
    (
        "How many new projects are planned for 2024?",
        [(7700, "projects", {})],
        None,
        "The goal for 2024 is {F1}.",
        "7,700 projects",
        7700,
    ),
    (
        "How many foreign-funded projects are to land in 2024?",
        [(550, "projects", {})],
        None,
        "The goal for 2024 is {F1} that are foreign-funded.",
        "550 projects",
        550,
    ),
    (
        "By how much did new projects grow in 2023?",
        [(93, "percent", {})],
        None,
        "They rose {F1} in 2023.",
        "93 percent",
        93,
    ),
    (
        "How much lower is the 2024 goal than the 2023 result?",
        [(7700, "projects", {}), (11000, "projects", {})],
        "F1 - F2",
        "{C1:abs} lower: the goal for 2024 is {F1}, against {F2} added in 2023.",
        "about 3,300 projects",
        -3300,
    ),
    (
        "What share of the new projects of 2023 landed?",
        [(8512, "projects", {}), (11000, "projects", {})],
        "share(F1, F2)",
        "{C1}: {F1} landed of {F2} added in 2023.",
        "about 77 percent",
        77.3818,
    ),
    (
        "How many projects does the growth imply for 2022?",
        [(11000, "projects", {}), (93, "percent", {})],
        "F1 / (1 + F2/100)",
        "{C1} in 2022, implied by {F1} in 2023 and the growth of {F2}.",
        "about 5,700 projects",
        5699.48,
    ),
    (
        "What was signed at the Hong Kong symposium?",
        [(9.43e9, "USD", {}), (34, "projects", {})],
        None,
        "{F1} for {F2} was signed at the symposium.",
        "$9.43 billion",
        9.43e9,
    ),
    (
        "How many projects that the Investment Promotion Center recommended have landed?",
        [(37, "projects", {}), (146, "projects", {})],
        None,
        "{F1} landed of the {F2} recommended.",
        "37 projects",
        37,
    ),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    found = Library.open(tmp_path_factory.mktemp("home"), embedder="none")
    assert [outcome.status for outcome in found.add([NOTICE])] == ["added"]
    yield found
    found.close()


@asynccontextmanager
async def scripted(library, script):
    with FakeOpenAI(script) as server:
        assistant = Assistant(library, Settings(openai_api_key="k", openai_base_url=server.url, model="fake-1"))
        try:
            yield assistant, server
        finally:
            await assistant.close()


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize(("question", "figures", "expression", "draft", "words", "value"), QUESTIONS)
async def test_twelve_questions(library, question, figures, expression, draft, words, value, streaming):
    async with scripted(library, []) as (assistant, server):
        ids = [the(assistant, number, unit, **parts) for number, unit, parts in figures]
        script = [call("find_figures", figure_ids=ids)]
        script += [call("calculate", expression=expression)] if expression else []
        server.script([*script, say(draft)])
        if streaming:
            events = [event async for event in assistant.stream(question, as_of=AS_OF)]
            answer, text = events[-1].data, ""
            for event in events:
                if event.kind == "text":
                    text = event.data["text"] if event.data.get("replace") else text + event.data["text"]
            assert text == answer["text"]
        else:
            answer = (await assistant.ask(question, as_of=AS_OF)).model_dump()
    assert answer["answered_by"] == "openai:fake-1"
    assert words in answer["text"][:1].lower() + answer["text"][1:]
    assert "[1]" in answer["text"]
    assert answer["value"]["value"] == pytest.approx(value, rel=1e-4)
    stored = library.notices()[0].text
    assert all(citation["quote"] in stored for citation in answer["citations"])


async def test_several_calls_at_once(library):
    async with scripted(library, []) as (assistant, server):
        one, two = (the(assistant, 7700.0, "projects"), the(assistant, 11000.0, "projects"))
        server.script(
            [
                calls(("find_figures", {"figure_ids": [one]}), ("find_figures", {"figure_ids": [two]})),
                say("The goal for 2024 is {F1}, after {F2} added in 2023."),
            ]
        )
        answer = await assistant.ask("Goal for 2024 and result of 2023?", as_of=AS_OF)
    assert answer.text.startswith("The goal for 2024 is 7,700 projects")
    assert [row["handle"] for row in answer.figures] == ["F1", "F2"]
