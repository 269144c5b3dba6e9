"""The service without a model: answers, conversations, owners, streams."""

import asyncio
from datetime import date, datetime

import pytest

from assistant.answer import Answer
from assistant.breaker import Breaker
from assistant.conversations import Conversations
from assistant.service import Assistant
from assistant.settings import Settings
from knowledge.errors import NotFound
from tests.assistant.shelf import harbour

AS_OF = date(2032, 6, 1)
QUESTION = "How many projects landed in Harbour in 2031?"
NOW = datetime(2032, 6, 1, 12)


@pytest.fixture
def assistant(tmp_path):
    return Assistant(harbour(tmp_path), Settings(openai_api_key=None, openai_base_url=None))


async def test_an_answer_is_cited_and_kept(assistant):
    answer = await assistant.ask(QUESTION, as_of=AS_OF)
    assert answer.value.value == 9241
    assert "9,241 projects" in answer.text
    text = assistant.library.notice("harbour").text
    assert all(text[c.start : c.end] == c.quote for c in answer.citations)
    assert answer.figures[0]["handle"] == "F1"
    assert answer.figures[0]["citation"] == 1
    assert assistant.conversations.answer(answer.answer_id, "local") == answer


async def test_a_conversation_is_its_owners(assistant):
    first = await assistant.ask(QUESTION, as_of=AS_OF, conversation_id="c1", owner="ann")
    await assistant.ask("And the landing rate?", as_of=AS_OF, conversation_id="c1", owner="ann")
    turns = assistant.conversations.history("c1", "ann")
    assert [turn.question for turn in turns] == [QUESTION, "And the landing rate?"]
    with pytest.raises(NotFound):
        await assistant.ask("And mine?", as_of=AS_OF, conversation_id="c1", owner="bob")
    with pytest.raises(NotFound):
        assistant.conversations.answer(first.answer_id, "bob")
    assert [row.turns for row in assistant.conversations.listed("ann")] == [2]
    assert assistant.conversations.listed("bob") == []


async def test_turns_of_one_conversation_are_serialised(assistant):
    await asyncio.gather(*(assistant.ask(f"{QUESTION} {n}", as_of=AS_OF, conversation_id="c1") for n in range(8)))
    turns = assistant.conversations.history("c1", "local")
    assert sorted(turn.question[-1] for turn in turns) == list("01234567")


async def test_earlier_questions_make_a_conversation(assistant):
    answer = await assistant.ask("And the landing rate?", as_of=AS_OF, earlier=(QUESTION,))
    assert answer.value.value == 55
    assert answer.text.startswith("Over 55 percent")


async def test_the_stream_ends_with_the_same_answer(assistant):
    events = [event async for event in assistant.stream(QUESTION, as_of=AS_OF)]
    assert [event.kind for event in events][-1] == "answer"
    answer = Answer.model_validate(events[-1].data)
    assert "".join(event.data["text"] for event in events if event.kind == "text") == answer.text
    assert [event.data["handle"] for event in events if event.kind == "figure"] == ["F1"]


async def test_a_stream_that_is_left_leaves_nothing_running(assistant):
    stream = assistant.stream(QUESTION, as_of=AS_OF)
    await anext(stream)
    await stream.aclose()
    assert len(asyncio.all_tasks()) == 1


async def test_nonsense_is_refused_without_a_number(assistant):
    for text in ("?", "🙂", "asdf qwer", "x" * 3000, "{F1}", "What is the meaning of life?"):
        answer = await assistant.ask(text, as_of=AS_OF)
        assert answer.status in ("refused", "clarify")
        assert answer.value is None


def test_feedback_goes_with_its_conversation(assistant):
    kept = assistant.conversations
    answer = Answer(answer_id="a1", question="q", status="answered", text="t")
    kept.append("c1", "ann", answer, NOW)
    kept.rate("a1", "ann", "down", NOW, "wrong year")
    kept.rate("a1", "ann", "up", NOW)
    with pytest.raises(NotFound):
        kept.rate("a1", "bob", "up", NOW)
    with pytest.raises(NotFound):
        kept.forget("c1", "bob")
    assert kept.forget("c1", "ann") == 1
    assert kept.history("c1", "ann") == ()


def test_old_turns_expire(assistant):
    kept: Conversations = assistant.conversations
    kept.append("c1", "ann", Answer(answer_id="a1", status="answered", text="t"), datetime(2030, 1, 1))
    kept.append("c1", "ann", Answer(answer_id="a2", status="answered", text="t"), NOW)
    assert kept.expire(datetime(2031, 1, 1)) == 1
    assert len(kept.history("c1", "ann")) == 1


def test_the_breaker_opens_rests_and_tries_once():
    now = [0.0]
    breaker = Breaker(lambda: now[0], limit=2, rest=10)
    for _ in range(2):
        assert breaker.allows()
        breaker.failed()
    assert breaker.open
    assert not breaker.allows()
    now[0] = 11
    assert breaker.allows()
    assert not breaker.allows()  # one at a time
    breaker.failed()
    assert not breaker.allows()
    now[0] = 22
    assert breaker.allows()
    breaker.left()  # given up: the next may try
    assert breaker.allows()
    breaker.worked()
    assert not breaker.open
