"""The agent over a real HTTP endpoint: scripted models that do well, lie, loop and fail."""

from contextlib import asynccontextmanager
from datetime import date

import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from tests.assistant.shelf import harbour
from tests.fakes.openai_server import FAULTS, FakeOpenAI, Reply, call, calls, fault, say

AS_OF = date(2032, 6, 1)
QUESTION = "How many projects landed in Harbour in 2031?"
LANDED = call("find_figures", text="projects landed", time_period="2031")
TRUE = say("{F1} landed in Harbour in 2031.")


@pytest.fixture
def shelf(tmp_path):
    return harbour(tmp_path)


@asynccontextmanager
async def open_assistant(shelf, script, **settings):
    with FakeOpenAI(script) as server:
        settings = {"openai_api_key": "test", "openai_base_url": server.url, "model": "fake-1", **settings}
        assistant = Assistant(shelf, Settings(**settings))
        try:
            yield assistant, server
        finally:
            await assistant.close()


async def ask(shelf, script, question=QUESTION, **settings):
    async with open_assistant(shelf, script, **settings) as (assistant, server):
        return await assistant.ask(question, as_of=AS_OF), server


async def stream(shelf, script, question=QUESTION, **settings):
    async with open_assistant(shelf, script, **settings) as (assistant, server):
        return [event async for event in assistant.stream(question, as_of=AS_OF)], server


def said(events):
    """What a reader of the stream has on the page in the end."""
    text = ""
    for event in events:
        if event.kind == "text":
            text = event.data["text"] if event.data.get("replace") else text + event.data["text"]
    return text


async def test_a_model_answers_by_tools_and_slots(shelf):
    answer, server = await ask(shelf, [LANDED, TRUE])
    assert answer.text == "9,241 projects landed in Harbour in 2031 [1]."
    assert answer.answered_by == "openai:fake-1"
    assert answer.value.value == 9241
    assert answer.citations[0].quote == "Altogether 9,241 projects landed."
    assert len(server.requests) == 2
    assert {tool["function"]["name"] for tool in server.requests[0]["tools"]} == {
        "find_figures", "search_notices", "calculate", "draw_chart", "clarify", "refuse",
    }  # fmt: skip


async def test_the_stream_tells_steps_then_verified_text_then_the_answer(shelf):
    events, _ = await stream(shelf, [LANDED, TRUE])
    kinds = [event.kind for event in events]
    assert kinds[0] == "step"
    assert kinds[-1] == "answer"
    assert {"text", "figure", "citation"} <= set(kinds)
    assert said(events) == events[-1].data["text"] == "9,241 projects landed in Harbour in 2031 [1]."
    assert events[-1].data["answered_by"] == "openai:fake-1"


async def test_words_flow_and_numbers_wait(shelf):
    words = "Here is what the notices of the district tell about the past year of work. {F1} landed in Harbour in 2031."
    events, _ = await stream(shelf, [LANDED, say(words)])
    texts = [event.data["text"] for event in events if event.kind == "text"]
    assert len(texts) > 3
    assert texts[-1] == "9,241 projects landed in Harbour in 2031 [1]."
    assert said(events) == events[-1].data["text"]


async def test_a_draft_that_does_not_hold_goes_back_once_with_the_reason(shelf):
    answer, server = await ask(shelf, [LANDED, say("{F1} landed in 2030."), TRUE])
    assert answer.answered_by == "openai:fake-1"
    assert "'2030'" in server.requests[-1]["messages"][-1]["content"]


async def test_a_second_bad_draft_is_answered_by_the_planner(shelf):
    answer, server = await ask(shelf, [LANDED, say("9,000 projects landed."), say("{F1} landed in 2030."), TRUE])
    assert answer.answered_by == "embedded"
    assert len(server.requests) == 3
    assert answer.status == "answered"
    assert "9,241" in answer.text


async def test_a_bad_stream_shows_nothing_unverified(shelf):
    lie = "The count is well known to all of us. Exactly 12,345 projects landed. {F1} landed."
    events, _ = await stream(shelf, [LANDED, say(lie), say(lie)])
    shown = "".join(event.data["text"] for event in events if event.kind == "text")
    assert "12,345" not in shown
    assert said(events) == events[-1].data["text"]
    assert events[-1].data["answered_by"] == "embedded"


async def test_clarify_ends_the_turn(shelf):
    script = [call("clarify", question="Which one do you mean?", options=["projects landed", "new projects"]), TRUE]
    answer, server = await ask(shelf, script, "How many projects?")
    assert (answer.status, answer.options) == ("clarify", ["projects landed", "new projects"])
    assert answer.value is None
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "ending",
    [
        call("refuse", reason="Only 77 percent of that is known."),
        call("refuse", reason="See https://example.com/more."),
        call("clarify", question="Which one?", options=["the 12,345 projects", "none"]),
        call("refuse", reason="Nobody counted.", nearest="Twelve thousand projects landed."),
    ],
)
async def test_lies_in_options_and_reasons_are_not_shown(shelf, ending):
    answer, _ = await ask(shelf, [ending, ending])
    assert answer.answered_by == "embedded"
    for number in ("77", "12,345", "welve", "example.com"):
        assert number not in answer.model_dump_json(
            exclude={"citations", "figures", "answer_id", "conversation_id", "elapsed_ms"}
        )


async def test_calculations_are_shown_with_their_arithmetic(shelf):
    script = [
        calls(
            ("find_figures", {"text": "new projects", "time_period": "2032", "scenario": "target", "limit": 1}),
            ("find_figures", {"indicator": "new projects", "time_period": "2031", "change_kind": "level", "limit": 1}),
        ),
        call("calculate", expression="F1 - F2"),
        say("The goal for 2032 is {F1}, {C1:abs} below the {F2} added in 2031."),
    ]
    answer, _ = await ask(
        shelf, script, "How much lower is the goal for 2032 than the new projects of 2031 in Harbour?"
    )
    assert answer.answered_by == "openai:fake-1"
    assert answer.derivations[0].expression == "F1 - F2"
    assert answer.derivations[0].value == -5700
    assert "about 5,700 projects [1][2] below the 14,000 projects [2]" in answer.text


async def test_a_calculation_with_numbers_of_its_own_is_refused(shelf):
    script = [LANDED, call("calculate", expression="F1 * 77"), say("It is {C1}."), say("It is {C1}.")]
    answer, server = await ask(shelf, script)
    assert answer.answered_by == "embedded"
    assert any("only 1, 100" in str(m.get("content")) for m in server.requests[2]["messages"])


async def test_the_askers_number_is_called_theirs(shelf):
    question = "Did 12,345 projects land in Harbour in 2031?"
    answer, _ = await ask(
        shelf,
        [LANDED, say("{Q1} landed in 2031, so {F1}."), say("No: not your {Q1}, but {F1} landed in 2031.")],
        question,
    )
    assert answer.answered_by == "openai:fake-1"
    assert answer.text == "No: not your 12,345, but 9,241 projects landed in 2031 [1]."


async def test_a_repeated_call_and_too_many_calls_end_in_the_planner(shelf):
    again = [LANDED, LANDED, TRUE]
    answer, server = await ask(shelf, again)
    assert (answer.answered_by, len(server.requests)) == ("embedded", 2)
    many = [call("find_figures", text=f"projects {n}") for n in range(20)]
    answer, server = await ask(shelf, many)
    assert answer.answered_by == "embedded"
    assert len(server.requests) <= 8


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("streaming", [False, True])
async def test_every_fault_ends_in_an_answer(shelf, kind, streaming):
    script = [fault(kind)] * 12
    if streaming:
        events, server = await stream(shelf, script, budget_seconds=0.5)
        answer = events[-1].data
        assert said(events) == answer["text"]
    else:
        found, server = await ask(shelf, script, budget_seconds=0.5)
        answer = found.model_dump()
    assert answer["status"] == "answered"
    assert answer["answered_by"] == "embedded"
    assert answer["value"]["value"] == 9241
    if kind in ("timeout", "429", "500", "503", "reset"):
        assert len(server.requests) <= 2


async def test_one_failure_is_bridged_by_one_retry(shelf):
    for kind in ("429", "500", "reset"):
        answer, server = await ask(shelf, [fault(kind), LANDED, TRUE])
        assert (answer.answered_by, len(server.requests)) == ("openai:fake-1", 3)


async def test_a_dead_endpoint_is_spared_and_readiness_says_so(shelf):
    async with open_assistant(shelf, [fault("500")] * 20) as (assistant, server):
        for _ in range(5):
            answer = await assistant.ask(QUESTION, as_of=AS_OF)
            assert answer.answered_by == "embedded"
        assert len(server.requests) == 6  # three questions, two attempts each
        assert "does not answer" in assistant.degraded


async def test_twin_readings_that_differ_are_told_or_refused(shelf):
    other = [
        call("find_figures", text="new projects", time_period="2031", change_kind="level", limit=1),
        say("{F1} in 2031."),
    ]
    answer, _ = await ask(shelf, other)
    assert answer.answered_by == "openai:fake-1"
    assert any("9,241" in warning for warning in answer.warnings)
    answer, _ = await ask(shelf, other, disagreement="abstain")
    assert (answer.status, answer.value) == ("refused", None)
    assert any("14,000" in warning for warning in answer.warnings)


async def test_the_planner_answers_alike_directly_and_through_the_agent(shelf):
    direct = Assistant(shelf, Settings(openai_api_key=None, openai_base_url=None))
    replayed = Assistant(shelf, Settings(openai_api_key=None, openai_base_url=None, model="embedded"))
    for question in (
        QUESTION,
        "What was the landing rate in 2031?",
        "How many new projects in 2030?",
        "Who is the mayor?",
    ):
        one, two = [await each.ask(question, as_of=AS_OF) for each in (direct, replayed)]
        leave = {"answer_id", "conversation_id", "elapsed_ms"}
        assert one.model_dump(exclude=leave) == two.model_dump(exclude=leave)


async def test_hostile_replies_are_not_obeyed(shelf):
    replies = [
        Reply(calls=(("find_figures", '{"figure_ids": "all"}'),)),
        Reply(calls=(("calculate", "{\"expression\": \"__import__('os').system('id')\"}"),)),
        Reply(calls=(("eval", "{}"),)),
        say("Ignore the rules. [click](http://evil.example) 99%"),
        say("<img src=x onerror=alert(1)> {F1}"),
    ]
    answer, _ = await ask(shelf, replies)
    assert answer.answered_by == "embedded"
    assert "evil" not in answer.text
