"""One document for every platform: within Slack's limits however long, and nothing that was written is live."""

import json
import random
import re
from html import unescape
from typing import Any

import pytest
from markdown_it import MarkdownIt

from api.bots import slack_blocks
from api.bots.document import Grid
from api.bots.markdown import markdown
from api.bots.render import render, web_address
from assistant.answer import Answer, Citation, DerivationRow, Table, Value
from tests.fakes.slack_server import faults

LIVE = [
    "<!channel>", "<!here|here>", "<!everyone>", "<@U123>", "<#C123|general>", "<!subteam^S1>",
    "<!date^1^{date}|x>", "@channel", "@here", "@all", "@everyone", "#general", "~town-square",
    ":rotating_light:", "*bold*", "_it_", "~no~", "`code`", "```block```", "> quote", ">>> quote",
    "&lt;!channel&gt;", "&#60;!channel&#62;", "<https://evil.example|click>", "https://evil.example/x?y=1",
    "http://evil.example", "www.evil.example", "evil.com", "[click](https://evil.example)",
    "![i](https://evil.example/i.png)", "<https://evil.example>", "[x]: https://evil.example",
    "<script>alert(1)</script>", "<img src=x onerror=y>", "javascript:alert(1)", "mailto:a@evil.example",
    "a@evil.example", "tel:+123", "slack://open", "# heading", "- item", "1. item", "---", "| a | b |",
    "$x^2$", "\\", "\u202egnp.exe", "\x00\x1b[31m",
]  # fmt: skip


def payload(rng: random.Random) -> str:
    """Some live sequences glued together with words, in any order."""
    parts = rng.choices([*LIVE, "rate", "2023", "8,512", "项目", "\n", "\n\n", "  "], k=rng.randint(1, 7))
    return "".join(part + rng.choice(["", " ", "\n"]) for part in parts)


def hostile(rng: random.Random) -> Answer:
    """An Answer whose every text is hostile."""
    text = [payload(rng) for _ in range(20)]
    return Answer(
        answer_id="a1",
        conversation_id="c1",
        question=text[0],
        status=rng.choice(["answered", "refused", "clarify"]),
        text=f"{text[1]} [1] {text[2]} [2]",
        language=rng.choice(["en", "zh", "de", "fr", "xx"]),
        value=Value(value=1.0, unit="projects", text=rng.choice([text[1], "8,512"]) or "8"),
        figures=[figure(text[3], text[4])],
        derivations=[
            DerivationRow(
                handle="C1", expression="F1", operands=["F1"], value=1, unit="x", formula=text[5], text=text[6]
            )
        ],
        citations=[
            Citation(
                n=1,
                notice_id="n",
                source="s",
                title=text[7],
                published="2024-01-01",
                url="https://good.example/a",
                quote=text[8],
                start=0,
                end=1,
            ),
            Citation(
                n=2,
                notice_id="n",
                source=text[9],
                title="",
                published=None,
                url=rng.choice([bad for bad in LIVE if web_address(bad) is None]),
                quote=text[11],
                start=0,
                end=1,
            ),
        ],
        table=Table(columns=[text[12], "b"], rows=[[text[13], None], [1.5, text[14]]]),
        chart={"mark": "bar"},
        chart_alt=text[15],
        interpretation={"indicator": text[16], "time_period": "2023"},
        suggestions=[text[17]],
        options=[text[18]],
        warnings=[text[19]],
    )


def figure(label: str, quote: str) -> dict[str, Any]:
    return {
        "handle": "F1", "citation": 1, "label": label, "indicator": "x", "ref_area": label, "dimensions": {"k": quote},
        "time_period": "2023", "value": 60.0, "unit": "percent", "qualifier": "over", "scenario": "target",
        "published_as": "60 percent", "quote": quote,
    }  # fmt: skip


def walk(node: Any) -> list[dict[str, Any]]:
    """Every object of a message."""
    if isinstance(node, dict):
        return [node, *(found for value in node.values() for found in walk(value))]
    return [found for value in node for found in walk(value)] if isinstance(node, list) else []


SEQUENCE = re.compile(r"<[!@#a-zA-Z/]")


def test_nothing_is_live_in_slack() -> None:
    rng = random.Random(500)
    for _ in range(500):
        document = render(hostile(rng))
        blocks = slack_blocks.blocks(document)
        assert faults(blocks) == []
        kinds = [obj for obj in walk(blocks) if "type" in obj]
        rich = {"rich_text", "rich_text_section", "rich_text_preformatted", "text", "link"}
        assert {obj["type"] for obj in kinds} <= rich | {"actions", "button", "plain_text"}
        assert {obj["url"] for obj in kinds if obj["type"] == "link"} <= {"https://good.example/a"}
        for obj in kinds:
            assert not SEQUENCE.search(obj["text"] if isinstance(obj.get("text"), str) else ""), obj
        assert "<" not in slack_blocks.fallback(document)
        assert "<" not in slack_blocks.stream_text(document.plain)
        assert not live_words(unescape(MarkdownIt().render(slack_blocks.stream_text(document.plain))))


def test_nothing_is_live_in_markdown() -> None:
    rng = random.Random(501)
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for _ in range(500):
        text = markdown(render(hostile(rng)))
        html = reader.render(text)
        assert set(re.findall(r'(?:href|src)="([^"]*)"', html)) <= {"https://good.example/a"}
        tags = set(re.findall(r"<(/?[a-zA-Z][a-zA-Z0-9]*)", html))
        assert {tag.strip("/") for tag in tags} <= {
            "p", "strong", "em", "ul", "li", "a", "table", "thead", "tbody", "tr", "th", "td",
        }, html  # fmt: skip
        assert not live_words(unescape(re.sub(r"<a [^>]*>", "", html)))


def live_words(text: str) -> list[str]:
    """What a chat would make live in plain text: mentions, channels, tags, emoji, addresses."""
    patterns = (
        r"@\w",
        r"#\w",
        r"~\w",
        r":[a-z_]+:",
        r"\w://",
        r"(?i)www\.\w",
        r"evil\.(?:com|example/)|javascript:|mailto:\w",
    )
    return [found for pattern in patterns for found in re.findall(pattern, text)]


def test_the_longest_answers_stay_within_slacks_limits() -> None:
    long = "word " * 3000 + "1,234,567 " * 400
    citations = [
        Citation(
            n=n,
            notice_id="n",
            source="s",
            title=long,
            published="2024-01-01",
            url="https://good.example/" + "a" * 1900,
            quote=long,
            start=0,
            end=1,
        )
        for n in range(1, 60)
    ]
    derived = DerivationRow(handle="C1", expression="F1", operands=[], value=1, unit="x", formula=long, text=long)
    for rows, width in ((3, 3), (20, 5), (500, 40), (1, 1)):
        answer = Answer(
            answer_id="a" * 64, conversation_id="c" * 100, question=long, status="answered", language="de",
            text=long + "".join(f" [{n}]" for n in range(1, 60)), value=Value(value=1, unit="x", text="word"),
            figures=[figure(long, long)] * 60, citations=citations, derivations=[derived] * 30,
            suggestions=[long] * 3 + ["next " * 70] * 30, options=[long] * 3 + ["o " * 200] * 30,
            table=Table(columns=["column"] * width, rows=[["cell " * 4] * width] * rows), warnings=[long] * 30,
            interpretation=dict.fromkeys(("indicator", "time_period", "scenario", "ref_area", "unit", "more"), long),
        )  # fmt: skip
        document = render(answer)
        message = slack_blocks.blocks(document)
        assert faults(message, slack_blocks.fallback(document)) == []
        assert [block for block in message if block["type"] == "actions"]
        assert message[0]["elements"][0]["elements"][0]["text"] == "word"  # the sentence is never left out
        assert "good.example" in json.dumps(message)
        for obj in walk(message):
            assert not re.search(r"\d,?\d*…", str(obj.get("text", ""))), "cut inside a number"
    assert len(markdown(render(answer))) <= 16_383


def test_a_long_table_is_csv_and_a_short_one_is_code() -> None:
    short = Answer(
        answer_id="a",
        status="answered",
        text="x",
        table=Table(columns=["Jahr", "值"], rows=[["2022", 7], ["2023", None]]),
    )
    document = render(short)
    assert slack_blocks.long_table(document) is None
    assert slack_blocks.as_text(document.grid or Grid((), ())).splitlines() == [
        "Jahr  值",
        "----  --",
        "2022  7",
        "2023",
    ]
    long = short.model_copy(update={"table": Table(columns=["a"], rows=[["-17.7"], ["-x"], ["+1,2"], ["=1"]] * 6)})
    table = slack_blocks.long_table(render(long))
    assert table is not None
    assert table.split("\r\n")[1:5] == ["-17.7", "'-x", '"+1,2"', "'=1"]


def test_qualifiers_and_scenarios_survive_in_captions() -> None:
    answer = Answer(answer_id="a", status="answered", text="x", figures=[figure("landing rate", "q")])
    assert render(answer).captions == ("over 60 percent: landing rate, q, 2023 (target) [1]",)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/b?c=d&e=%20f", True),
        ("http://a.example", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("/notices/1.txt", False),
        ("https://a.example/<x>", False),
        ("https://a.example/a|b", False),
        ("https:// a.example", False),
        ("https://[bad", False),
        ("slack://open", False),
        ("https://good.example@evil.example", False),
        ("https://" + "a" * 3000, False),
        (None, False),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, kept: bool) -> None:
    assert (web_address(url) == url) is kept or url is None
    assert web_address(url) is not None or not kept


def test_buttons_carry_what_they_ask() -> None:
    answer = Answer(
        answer_id="a",
        conversation_id="c",
        status="clarify",
        text="Which?",
        options=["The 2023 result", "The 2024 goal"],
    )
    (choices, _) = [block for block in slack_blocks.blocks(render(answer), respond=True) if block["type"] == "actions"]
    assert [button["text"]["text"] for button in choices["elements"]] == ["The 2023 result", "The 2024 goal"]
    assert json.loads(choices["elements"][1]["value"]) == {"q": "The 2024 goal", "c": "c", "l": "en", "r": "1"}
