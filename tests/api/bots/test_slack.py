"""The Slack bot against a Slack of our own, over real sockets."""

import json
from typing import Any

from assistant.answer import Table
from tests.api.bots.conftest import ToldAssistant, canned
from tests.fakes.slack_server import BOT_ID, BOT_USER, TEAM, FakeSlack, Sender, click, direct, faults, mention


def texts(message: dict[str, Any]) -> str:
    """Everything that a message shows, buttons included."""
    return json.dumps(message["blocks"], ensure_ascii=False)


async def test_a_mention_is_answered_in_its_thread(sender: Sender, slack: FakeSlack, told: ToldAssistant) -> None:
    assert await sender.event(mention("How many projects landed in 2023?", "1700000001.000100"), "Ev1") == 200
    await slack.until(1)
    message = slack.messages[0]
    assert message["channel"] == "C1"
    assert message["thread_ts"] == "1700000001.000100"
    assert "8,512 projects" in texts(message)
    assert told.asked[0]["text"] == "How many projects landed in 2023?"
    assert told.asked[0]["owner"] == f"slack:{TEAM}"
    assert told.asked[0]["as_of"].isoformat() == "2023-11-14"
    assert faults(message["blocks"], message["text"]) == []


async def test_the_headline_is_bold_and_citations_are_links_with_their_date(sender: Sender, slack: FakeSlack) -> None:
    await sender.event(mention("How many?", "1700000001.000100"), "Ev1")
    await slack.until(1)
    sentence, *_, sources = [b for b in slack.messages[0]["blocks"] if b["type"] == "rich_text"]
    runs = sentence["elements"][0]["elements"]
    assert {"type": "text", "text": "8,512 projects", "style": {"bold": True}} in runs
    assert {"type": "link", "url": "http://example.org/a", "text": "[1]"} in runs
    shown = sources["elements"][0]["elements"]
    assert {"type": "link", "url": "http://example.org/a", "text": "A notice"} in shown
    assert {"type": "text", "text": ", 2024-02-20"} in shown


async def test_a_thread_is_a_conversation(sender: Sender, slack: FakeSlack, told: ToldAssistant) -> None:
    await sender.event(mention("first?", "1700000001.000100"), "Ev1")
    await slack.until(1)
    follow = mention("second?", "1700000002.000100", thread_ts="1700000001.000100")
    await sender.event(follow, "Ev2")
    await sender.event(mention("other?", "1700000003.000100"), "Ev3")
    await slack.until(3)
    first, second, other = (
        asked["conversation_id"] for asked in sorted(told.asked, key=lambda a: a["text"] == "other?")
    )
    assert first == second != other


async def test_a_reply_without_mention_is_read_only_from_who_asked_there(
    sender: Sender, slack: FakeSlack, told: ToldAssistant
) -> None:
    await sender.event(mention("first?", "1700000001.000100"), "Ev1")
    await slack.until(1)
    reply = {"type": "message", "channel_type": "channel", "channel": "C1", "thread_ts": "1700000001.000100"}
    await sender.event({**reply, "user": "U2", "text": "I see", "ts": "1700000002.000100"}, "Ev2")
    await sender.event({**reply, "user": "U1", "text": "<@U2> look", "ts": "1700000003.000100"}, "Ev3")
    await sender.event({**reply, "user": "U1", "text": "and in 2022?", "ts": "1700000004.000100"}, "Ev4")
    await sender.event({**reply, "user": "U1", "text": "hello", "ts": "1700000005.000100", "thread_ts": None}, "Ev5")
    await slack.until(2)
    assert [asked["text"] for asked in told.asked] == ["first?", "and in 2022?"]


async def test_edits_bots_and_ourselves_are_ignored(sender: Sender, slack: FakeSlack, told: ToldAssistant) -> None:
    other = {"type": "message", "channel_type": "im", "channel": "D1"}
    ignored = [
        mention("edited", "1700000001.000100", edited={"user": "U1", "ts": "1700000002.000000"}),
        mention("a bot", "1700000001.000200", bot_id="B0OTHER"),
        mention("ourselves", "1700000001.000300", user=BOT_USER),
        direct("ours", "1700000001.000400", bot_id=BOT_ID, user=BOT_USER),
        direct("slackbot", "1700000001.000500", user="USLACKBOT"),
        {**other, "subtype": "message_changed", "ts": "1700000001.000600", "message": {"text": "new", "user": "U1"}},
        {**other, "subtype": "message_deleted", "ts": "1700000001.000700"},
        {**other, "subtype": "channel_join", "ts": "1700000001.000800", "user": "U1", "text": "joined"},
        {"type": "reaction_added", "user": "U1", "reaction": "eyes", "item": {}},
    ]  # fmt: skip
    for number, event in enumerate(ignored):
        assert await sender.event(event, f"Ev{number}") == 200
    await sender.event(mention("this one", "1700000009.000100"), "EvLast")
    await slack.until(1)
    assert [asked["text"] for asked in told.asked] == ["this one"]


async def test_a_direct_message_is_answered_without_a_thread(sender: Sender, slack: FakeSlack) -> None:
    await sender.event(direct("How many?", "1700000001.000100"), "Ev1")
    await slack.until(1)
    assert slack.messages[0].get("thread_ts") is None
    assert slack.messages[0]["channel"] == "D1"


async def test_the_pane_suggests_streams_and_ends_with_blocks(sender: Sender, slack: FakeSlack) -> None:
    started = {
        "type": "assistant_thread_started",
        "assistant_thread": {"channel_id": "D1", "thread_ts": "1700000000.000100", "user_id": "U1"},
    }
    assert await sender.event(started, "Ev0") == 200
    await sender.event(direct("How many?", "1700000001.000100", thread_ts="1700000000.000100"), "Ev1")
    await slack.until(1)
    assert slack.of("assistant.threads.setStatus")[0]["thread_ts"] == "1700000000.000100"
    streamed = [
        c
        for call in slack.of("chat.startStream") + slack.of("chat.appendStream") + slack.of("chat.stopStream")
        for c in call.get("chunks") or []
    ]
    assert "".join(chunk["text"] for chunk in streamed).startswith("8,512 projects landed in 2023 \\[1\\].")
    end = slack.of("chat.stopStream")[0]
    assert "A notice" in texts(end)
    assert "landed in 2023" not in texts(end)  # the stream has shown the sentence
    assert not slack.of("chat.postMessage")


async def test_where_slack_does_not_stream_the_answer_is_posted(sender: Sender, slack: FakeSlack) -> None:
    slack.failing["chat.startStream"] = ["unknown_method"]
    slack.failing["assistant.threads.setStatus"] = ["missing_scope"]
    await sender.event(direct("How many?", "1700000001.000100", thread_ts="1700000000.000100"), "Ev1")
    await slack.until(1, "chat.postMessage")
    assert slack.of("chat.postMessage")[0]["thread_ts"] == "1700000000.000100"


async def test_a_slash_command_is_acknowledged_and_answered_at_its_address(sender: Sender, slack: FakeSlack) -> None:
    status, text = await sender.command("How many?", slack.response_url())
    assert (status, json.loads(text)["response_type"]) == (200, "ephemeral")
    await slack.until(1)
    assert slack.messages[0]["response_type"] == "in_channel"
    assert "8,512 projects" in texts(slack.messages[0])


async def test_a_suggestion_is_asked_in_the_same_conversation(
    sender: Sender, slack: FakeSlack, told: ToldAssistant
) -> None:
    await sender.event(mention("first?", "1700000001.000100"), "Ev1")
    await slack.until(1)
    pressed = click(slack.messages[0], "suggestion:", slack.response_url())
    assert (await sender.interaction(pressed))[0] == 200
    assert (await sender.interaction({**pressed, "trigger_id": "again"}))[0] == 200  # delivered twice
    await slack.until(2)
    assert [asked["text"] for asked in told.asked] == ["first?", "And the landing rate?"]
    assert told.asked[0]["conversation_id"] == told.asked[1]["conversation_id"]
    assert slack.messages[1]["thread_ts"] == "1700000001.000100"


async def test_a_clarifying_option_is_asked(sender: Sender, slack: FakeSlack, told: ToldAssistant) -> None:
    unclear = {"status": "clarify", "text": "Which one?", "options": ["The 2023 result", "The 2024 goal"]}
    told.reply = lambda question: canned(question).model_copy(update=unclear)
    await sender.event(mention("the rate?", "1700000001.000100"), "Ev1")
    await slack.until(1)
    assert (await sender.interaction(click(slack.messages[0], "option:1")))[0] == 200
    await slack.until(2)
    assert told.asked[1]["text"] == "The 2024 goal"
    assert told.asked[1]["conversation_id"] == told.asked[0]["conversation_id"]


async def test_buttons_of_a_slash_commands_answer_are_answered_at_their_own_address(
    sender: Sender, slack: FakeSlack, told: ToldAssistant
) -> None:
    await sender.command("How many?", slack.response_url("first"))
    await slack.until(1)
    assert (await sender.interaction(click(slack.messages[0], "suggestion:", slack.response_url("second"))))[0] == 200
    await slack.until(2)
    assert [message["key"] for message in slack.messages] == ["first", "second"]
    assert told.asked[0]["conversation_id"] == told.asked[1]["conversation_id"]
    assert not slack.of("chat.postMessage")  # the bot may not be in the channel


async def test_a_chip_opens_a_dialogue_and_asks_again(sender: Sender, slack: FakeSlack, told: ToldAssistant) -> None:
    await sender.event(mention("first?", "1700000001.000100"), "Ev1")
    await slack.until(1)
    chips = [e for b in slack.messages[0]["blocks"] if b["type"] == "actions" for e in b["elements"]]
    period = next(e for e in chips if "2023" in e["text"]["text"])
    pressed = click(slack.messages[0], period["action_id"], slack.response_url())
    assert (await sender.interaction(pressed))[0] == 200
    view = slack.of("views.open")[0]["view"]
    changed = {
        "type": "view_submission", "team": {"id": TEAM}, "user": {"id": "U1"},
        "view": {**view, "id": "V1", "hash": "1.a", "state": {"values": {"time_period": {"value": {"value": "2022"}}}}},
    }  # fmt: skip
    assert (await sender.interaction(changed))[0] == 200
    await slack.until(2)
    assert told.asked[1]["interpretation"] == {"time_period": "2022"}
    assert told.asked[1]["text"] == "first?"


async def test_an_empty_mention_gets_help(sender: Sender, slack: FakeSlack, told: ToldAssistant) -> None:
    await sender.event(mention("", "1700000001.000100"), "Ev1")
    await slack.until(1)
    assert not told.asked
    assert "Ask about a published figure" in texts(slack.messages[0])


async def test_charts_come_as_a_picture_and_long_tables_as_csv(
    sender: Sender, slack: FakeSlack, told: ToldAssistant
) -> None:
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "mark": "bar",
        "data": {"values": [{"a": "2022", "b": 1}, {"a": "2023", "b": 2}]},
        "encoding": {"x": {"field": "a", "type": "nominal"}, "y": {"field": "b", "type": "quantitative"}},
    }  # fmt: skip
    rows = [[f"row {n}", n, "=cmd()"] for n in range(50)]
    told.reply = lambda q: canned(q).model_copy(
        update={"chart": chart, "chart_alt": "Two bars", "table": Table(columns=["a", "b", "c"], rows=rows)}
    )
    await sender.event(mention("draw", "1700000001.000100"), "Ev1")
    await slack.until(2, "files.completeUploadExternal")
    names = {call["filename"]: call for call in slack.of("files.getUploadURLExternal")}
    assert names["chart.png"]["alt_txt"] == "Two bars"
    assert all(call["thread_ts"] == "1700000001.000100" for call in slack.of("files.completeUploadExternal"))
    files = sorted(slack.files.values())
    assert any(data.startswith(b"\x89PNG") for data in files)
    table = next(data for data in files if b"row 49" in data).decode("utf-8-sig")
    assert table.splitlines()[0] == "a,b,c"
    assert "'=cmd()" in table


async def test_commands_work_in_a_mention_too(sender: Sender, slack: FakeSlack, told: ToldAssistant) -> None:
    await sender.event(mention("help", "1700000001.000100"), "Ev1")
    await slack.until(1)
    assert slack.messages[0]["thread_ts"] == "1700000001.000100"
    assert "subscribe" in texts(slack.messages[0])
    assert not told.asked


async def test_feedback_is_kept(sender: Sender, slack: FakeSlack, told: ToldAssistant) -> None:
    from datetime import datetime

    answer = canned("first?")
    told.conversations.append("c", f"slack:{TEAM}", answer, datetime(2024, 1, 1))
    await sender.event(mention("first?", "1700000001.000100"), "Ev1")
    await slack.until(1)
    assert (await sender.interaction(click(slack.messages[0], "feedback:down")))[0] == 200
    from sqlalchemy import select

    from assistant.conversations import feedback

    with told.library.store.read() as db:
        assert db.execute(select(feedback.c.answer_id, feedback.c.verdict)).all() == [(answer.answer_id, "down")]
