"""The figures in a message: right, wrong, of another period, in another unit, a target called a result."""

import json
import random
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from api.bots.check_message import Checked, check
from knowledge.library import Library
from knowledge.samples import folder
from tests.api.bots.conftest import ToldAssistant
from tests.fakes.slack_server import TEAM, FakeSlack, Sender

NOTICE = """title: Shanghai reports its foreign investment of 2023
url: http://example.org/shanghai
date: 2024-02-20
---
In 2023, 8,512 projects landed in Shanghai. The landing rate was over 60 percent in 2023.

In 2023, actual use of foreign capital was 1.3 billion U.S. dollars, a year-on-year increase of 24 percent.

In 2022, 7,020 projects landed in Shanghai.

In 2024, Shanghai plans a landing rate of 50 percent.
"""
SAID = date(2024, 3, 1)

MESSAGES = [
    ("In 2023, 8,512 projects landed in Shanghai.", "supported", "Published: 8,512 projects"),
    ("Last year 8,512 projects landed in Shanghai!", "supported", "Published: 8,512 projects"),
    ("FYI about 8,500 projects landed in Shanghai in 2023", "supported", "8,512 projects"),
    ("In 2023, 9,512 projects landed in Shanghai.", "contradicted", "Published is 8,512 projects"),
    ("In 2022, 8,512 projects landed in Shanghai.", "contradicted", "published for 2023, not for 2022"),
    (
        "Shanghai: actual use of foreign capital was 1.3 billion yuan in 2023.",
        "contradicted",
        "The published unit is USD",
    ),
    ("In 2024 the landing rate in Shanghai was 50 percent.", "contradicted", "That is a target, not a result"),
    ("Shanghai plans a landing rate of 50 percent in 2024.", "supported", "(target)"),
    ("Actual use of foreign capital in Shanghai was up 42 percent in 2023.", "contradicted", "24 percent"),
    ("The landing rate in Shanghai was over 60 percent in 2023.", "supported", "over 60 percent"),
    ("The landing rate in Shanghai was 63 percent in 2023.", "unknown", "over 60 percent"),
    ("We ordered 14 pizzas.", "unknown", "Nothing published says so"),
    ("2023年上海落地项目8512个。", "supported", "8,512"),
]


@pytest.fixture
def shanghai(library: Library, tmp_path: Path) -> Library:
    path = tmp_path / "shanghai.txt"
    path.write_text(NOTICE)
    assert library.add([str(path)])[0].status == "added"
    return library


@pytest.mark.parametrize(("message", "verdict", "reason"), MESSAGES)
def test_one_number(shanghai: Library, message: str, verdict: str, reason: str) -> None:
    (checked,) = check(message, shanghai, SAID)
    assert checked.verdict == verdict, checked
    assert reason in checked.reason, checked
    if verdict != "unknown":
        assert checked.source is not None
        assert checked.source.url == "http://example.org/shanghai"
        assert checked.source.published == "2024-02-20"


def test_every_number_of_a_message_gets_its_verdict(shanghai: Library) -> None:
    text = (
        "In 2023, 8,512 projects landed in Shanghai, and actual use of foreign capital was 2.3 billion U.S. dollars. "
        "Lunch is at 12."
    )
    verdicts = [(c.text, c.verdict) for c in check(text, shanghai, SAID)]
    assert verdicts[:2] == [("8,512", "supported"), ("2.3 billion U.S. dollars", "contradicted")]
    assert all(verdict == "unknown" for _, verdict in verdicts[2:])


@pytest.mark.parametrize("text", ["", "no numbers here", "See you in 2023!", "Zwei Drittel", "\x00 9" * 500])
def test_messages_without_figures_are_no_crash(shanghai: Library, text: str) -> None:
    assert all(isinstance(checked, Checked) and checked.verdict == "unknown" for checked in check(text, shanghai, SAID))


async def test_the_shortcut_answers_whoever_asked(
    sender: Sender, slack: FakeSlack, told: ToldAssistant, shanghai: Library
) -> None:
    pressed = {
        "type": "message_action", "callback_id": "check_figures", "team": {"id": TEAM}, "user": {"id": "U1"},
        "channel": {"id": "C1"}, "trigger_id": "1.2", "response_url": slack.response_url(),
        "message": {"ts": "1709290000.0001", "user": "U2", "text": "8,512 projects landed in Shanghai in <#C9|2022>."},
    }  # fmt: skip
    assert (await sender.interaction(pressed))[0] == 200
    assert (await sender.interaction({**pressed, "message": {**pressed["message"], "text": "hello"}}))[0] == 200
    await slack.until(2)
    empty, checked = sorted(slack.messages, key=lambda message: "✗" in json.dumps(message, ensure_ascii=False))
    assert checked["response_type"] == "ephemeral"
    shown = json.dumps(checked["blocks"], ensure_ascii=False)
    assert "✗ 8,512: contradicted. That is published for 2023, not for 2022" in shown
    assert "http://example.org/shanghai" in shown
    assert "no number in this message" in json.dumps(empty["blocks"])
    assert not told.asked


def changed(quote: str, rng: random.Random) -> tuple[str, str]:
    """The sentence with the first digit of one of its numbers changed, and that number."""
    found = [
        m for m in re.finditer(r"\d[\d,]*\.?\d*", quote) if len(m[0]) > 1 and not re.fullmatch(r"(19|20)\d\d", m[0])
    ]
    if not found:
        return quote, ""
    match = rng.choice(found)
    other = str(int(match[0][0]) % 9 + 1) + match[0][1:]
    return quote[: match.start()] + other + quote[match.end() :], other.rstrip(".,")


def test_what_notices_say_is_not_contradicted_and_what_they_do_not_say_is_not_supported(library: Library) -> None:
    rng, said, changes = random.Random(8), Counter[str](), Counter[str]()
    with folder() as samples:
        library.add([str(samples)])
    for quote, notice_id in {figure.quote: figure.notice_id for figure in library.figures()}.items():
        published = library.notice(notice_id).published or SAID
        said.update(checked.verdict for checked in check(quote, library, published))
        text, number = changed(quote, rng)
        verdicts = check(text, library, published)
        changes.update(
            c.verdict for c in verdicts if number and re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d])", c.text)
        )
    assert said["contradicted"] <= 0.01 * said.total(), said
    assert said["supported"] >= 0.8 * said.total(), said
    assert changes["supported"] <= 0.02 * changes.total(), changes
    assert changes["contradicted"] >= 0.4 * changes.total(), changes
