"""Slack's payloads -> what is asked. Pure: events, slash commands, shortcuts, clicks and dialogues."""

import html
import json
import re
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Literal

Payload = dict[str, Any]

_SUBTYPES = (
    None,
    "file_share",
    "thread_broadcast",
)  # everything else is an edit, a deletion, a bot or the channel's own
_ENTITY = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True, slots=True)
class Ask:
    """A question out of Slack. `thread` is where the answer goes, "" for the open conversation."""

    text: str
    team: str
    channel: str
    user: str
    thread: str
    conversation_id: str
    place: Literal["channel", "direct", "pane", "response"] = "channel"
    asked_on: str = ""  # ISO date
    response_url: str = ""
    interpretation: dict[str, str] = field(default_factory=dict)

    @property
    def room(self) -> str:
        """The conversation's place."""
        return f"{self.team}:{self.channel}:{self.thread}"

    @property
    def settings_key(self) -> str:
        """What the channel's settings are kept under."""
        return f"slack:{self.team}:{self.channel}"

    def as_payload(self) -> Payload:
        """JSON types, read back by `Ask(**payload)`."""
        return asdict(self)


def from_event(body: Payload, bot_user: str) -> Ask | None:
    """The question of an event; None for what is no question to us: edits, bots, other people's talk."""
    event = body.get("event") or {}
    if event.get("bot_id") or event.get("bot_profile") or event.get("edited") or not event.get("user"):
        return None
    if event.get("subtype") not in _SUBTYPES or event["user"] in (bot_user, "USLACKBOT"):
        return None
    place = _place(event, bot_user)
    if place is None:
        return None
    team, channel, stamp = _team(body), event["channel"], event["ts"]
    thread = event.get("thread_ts") or ("" if place == "direct" else stamp)
    day = asked_on(stamp)
    return Ask(
        text=plain_text(event.get("text") or "", bot_user),
        team=team,
        channel=channel,
        user=event["user"],
        thread=thread,
        conversation_id=conversation(team, channel, thread or day),
        place=place,
        asked_on=day,
    )


def needs_part(body: Payload) -> bool:
    """Whether the event is a reply in a channel's thread, which is for us only where its author has asked us there."""
    event = body["event"]
    return bool(event["type"] == "message" and event.get("channel_type") != "im")


def from_command(body: Payload) -> Ask:
    """The question of a slash command; its answer goes to the response address."""
    team, channel, user = body.get("team_id", ""), body["channel_id"], body["user_id"]
    return Ask(
        text=plain_text(body.get("text") or ""),
        team=team,
        channel=channel,
        user=user,
        thread="",
        conversation_id=conversation(team, channel, body.get("trigger_id") or user),
        place="response",
        asked_on=datetime.now(UTC).date().isoformat(),
        response_url=body.get("response_url", ""),
    )


def from_click(body: Payload) -> Ask:
    """The question behind a button, in the conversation that the button stands in."""
    value = clicked(body)
    return _follow_up(body, value, value.get("q", ""))


def from_dialogue(body: Payload) -> Ask:
    """The question asked again with one part of its interpretation changed."""
    view = body["view"]
    kept = json.loads(view["private_metadata"])
    key, state = next(iter(view["state"]["values"].items()))
    given = state["value"]
    changed = str(given.get("value") or (given.get("selected_option") or {}).get("value") or "").strip()
    place: Literal["channel", "response"] = "channel" if kept["channel"] and not kept["response_url"] else "response"
    return Ask(
        text=kept["q"], team=_team(body), channel=kept["channel"], user=body["user"]["id"], thread=kept["thread"],
        conversation_id=kept["c"], place=place, asked_on=datetime.now(UTC).date().isoformat(),
        response_url=kept["response_url"], interpretation={key: changed} if changed else {},
    )  # fmt: skip


def clicked(body: Payload) -> dict[str, str]:
    """What the clicked button carries."""
    value: dict[str, str] = json.loads(body["actions"][0]["value"])
    return value


def chip_metadata(body: Payload) -> str:
    """What the dialogue of a chip must remember."""
    value = clicked(body)
    ask = _follow_up(body, value, value.get("q", ""))
    kept = {
        "q": ask.text,
        "c": ask.conversation_id,
        "channel": ask.channel,
        "thread": ask.thread,
        "response_url": ask.response_url,
    }
    return json.dumps(kept)


def delivery_id(body: Payload) -> str:
    """The identity of what Slack sent, the same for each of its retries."""
    if body.get("event_id"):
        return f"slack:event:{body['event_id']}"
    if body.get("actions"):
        action = body["actions"][0]
        return f"slack:click:{action.get('action_ts')}:{body['user']['id']}:{action['action_id']}"
    if body.get("view"):
        return f"slack:view:{body['view']['id']}:{body['view'].get('hash', '')}"
    return "slack:trigger:" + sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def conversation(team: str, channel: str, thread: str) -> str:
    """The conversation of a thread: the same for the same thread, guessable by nobody outside."""
    return "slack-" + sha256(f"{team}\n{channel}\n{thread}".encode()).hexdigest()[:32]


def asked_on(stamp: str) -> str:
    """The day of a message's timestamp, UTC."""
    return datetime.fromtimestamp(float(stamp), UTC).date().isoformat()


def day(ask: Ask, today: date) -> date:
    """What "last year" is counted from."""
    return date.fromisoformat(ask.asked_on) if ask.asked_on else today


def plain_text(text: str, bot_user: str = "") -> str:
    """A message as its author sees it: links by their label, mentions gone, entities decoded."""

    def shown(match: re.Match[str]) -> str:
        inner = match[1]
        if inner[:1] in ("@", "!"):
            return " "
        target, _, label = inner.partition("|")
        return label or target.removeprefix("#")

    return " ".join(html.unescape(_ENTITY.sub(shown, text)).split())


def _place(event: Payload, bot_user: str) -> Literal["channel", "direct", "pane"] | None:
    if event["type"] == "app_mention":
        return None if event.get("channel_type") == "im" else "channel"
    if event.get("channel_type") == "im":
        return "pane" if event.get("thread_ts") else "direct"
    text = event.get("text") or ""
    if not event.get("thread_ts") or "<@" in text:  # a mention of ours comes as app_mention as well
        return None
    return "channel"


def _follow_up(body: Payload, value: Payload, text: str) -> Ask:
    container, message = body.get("container") or {}, body.get("message") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id", "")
    direct = channel.startswith("D")
    thread = (
        container.get("thread_ts") or message.get("thread_ts") or ("" if direct else container.get("message_ts", ""))
    )
    answers_here = body.get("response_url", "") if value.get("r") or container.get("is_ephemeral") else ""
    return Ask(
        text=text,
        team=_team(body),
        channel=channel,
        user=body["user"]["id"],
        thread=thread,
        conversation_id=value.get("c") or conversation(_team(body), channel, thread),
        place="response" if answers_here else "channel",
        asked_on=datetime.now(UTC).date().isoformat(),
        response_url=answers_here,
    )


def _team(body: Payload) -> str:
    return str(body.get("team_id") or (body.get("team") or {}).get("id") or "")
