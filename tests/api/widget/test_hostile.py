"""Notices, questions and answers that attack the page: nothing runs, nothing is fetched, text stays text."""

import itertools
from typing import Any

import pytest

from tests.api.widget.conftest import Host, Served
from tests.api.widget.fake_api import Fake
from tests.api.widget.recorded import CLARIFY, COMPARED, NOTICES, SHARE

pytestmark = pytest.mark.browser

RUN = "window.ran=1"
OUT = "http://evil.example/x"
TEMPLATES = (
    "<script>{run}</script>",
    "<img src=x onerror={run}>",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<iframe src='javascript:{run}'></iframe>",
    "<a href='javascript:{run}'>x</a>",
    "<body onload={run}>",
    "<input autofocus onfocus={run}>",
    "<details open ontoggle={run}>",
    "<video><source onerror={run}></video>",
    "<audio src=x onerror={run}>",
    "<object data='javascript:{run}'></object>",
    "<embed src='{out}'>",
    "<link rel=stylesheet href='{out}'>",
    "<link rel=prefetch href='{out}'>",
    "<meta http-equiv=refresh content='0;url={out}'>",
    "<base href='{out}'>",
    "<form action='{out}'><button autofocus>x</button></form>",
    "<style>@import '{out}';</style>",
    "<p style='background:url({out})'>",
    "<img src='{out}'>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror={run}>",
    "<template><script>{run}</script></template>",
    "<marquee onstart={run}>",
    '"><script>{run}</script>',
    "'><img src=x onerror={run}>",
    "]]><script>{run}</script>",
    "--><script>{run}</script>",
    "</textarea><script>{run}</script>",
    "</title><script>{run}</script>",
    "{{{{constructor.constructor('{run}')()}}}}",
    "${{{run}}}",
    "javascript:{run}",
    "data:text/html,<script>{run}</script>",
    "[click](javascript:{run})",
    "![x]({out})",
    "[1](javascript:{run}) [99] [1]",
    "\u202e<script>{run}</script>\u202c",
    "<scr\u0000ipt>{run}</script>",
    "＜script＞{run}＜/script＞",
    "&lt;script&gt;{run}&lt;/script&gt;",
    "<x onclick={run} tabindex=1 autofocus onfocus={run}>",
    "<tally-chat api='{out}'></tally-chat>",
    "<script src='{out}'></script>",
    "<button popovertarget=x onclick={run}>x</button><div popover id=x onbeforetoggle={run}>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:{run}'><text>x</text></a></svg>",
    "<svg><use href='{out}#x'/></svg>",
    "<dialog open oncancel={run}>",
)
WRAPPINGS = ("{}", "8,512 {} [1]", "{}\n{}", "  {}", "{}\u2028", "<!-- {}")
PAYLOADS = [w.replace("{}", t.format(run=RUN, out=OUT)) for t, w in itertools.product(TEMPLATES, WRAPPINGS)]


def poisoned(payload: str, number: int) -> dict[str, Any]:
    """An answer with the payload wherever a text can stand."""
    base = (SHARE, COMPARED, CLARIFY)[number % 3]
    figures = [
        {**f, "label": payload, "ref_area": payload, "published_as": payload, "dimensions": {payload: payload}}
        for f in base["figures"]
    ]
    cited = [
        {
            **c,
            "title": payload,
            "url": payload if number % 2 else f"javascript:{RUN}",
            "quote": payload,
            "source": payload,
        }
        for c in base["citations"]
    ]
    parts = dict.fromkeys(("indicator", "label", "ref_area", "time_period", "scenario", "unit", "operation"), payload)
    return {
        **base,
        "answer_id": f"x{number}",
        "question": payload,
        "text": payload,
        "language": payload[:20],
        "value": {"value": 10.0, "unit": payload, "qualifier": payload, "text": payload if number % 5 else ""},
        "figures": figures,
        "derivations": [{**d, "formula": payload, "text": payload, "unit": payload} for d in base["derivations"]],
        "citations": cited,
        "table": {"columns": [payload, payload], "rows": [[payload, payload]]},
        "chart_alt": payload,
        "interpretation": parts,
        "suggestions": [payload],
        "options": [payload, payload],
        "warnings": [payload],
        "answered_by": payload,
    }


def test_three_hundred_payloads_run_nothing_and_fetch_nothing(opened: Any, host: Host, fake: Fake, api: Served) -> None:
    assert len(PAYLOADS) == 300
    host.policy = ""  # the page must be safe without a policy's help
    fake.answers = {f"#{i}#": poisoned(p, i) for i, p in enumerate(PAYLOADS)}
    fake.conversations["c0"] = [{**poisoned(p, i), "conversation_id": "c0"} for i, p in enumerate(PAYLOADS)]
    fake.notices = {
        key: {
            **n,
            "title": PAYLOADS[0],
            "text": "\n".join(PAYLOADS),
            "url": f"javascript:{RUN}",
            "published": PAYLOADS[1],
        }
        for key, n in NOTICES.items()
    }
    seen = opened(host.url)
    page = seen.page
    seen.open()
    page.evaluate("() => document.querySelector('tally-chat').conversation.load('c0')")
    page.locator("tally-chat .turn").nth(299).wait_for(state="attached")
    assert page.evaluate(STRANGERS) == []
    for payload in PAYLOADS[::15]:  # typed as well
        seen.ask(payload)
        seen.settled()
    page.locator("tally-chat .source").last.click()
    page.locator("tally-chat .sheet .text").wait_for()
    for part in page.locator("tally-chat .turn").last.locator(".chip").all():
        part.click()
    page.wait_for_timeout(300)
    assert page.evaluate(STRANGERS) == []
    assert page.evaluate("() => window.ran") is None
    assert seen.hosts() == {f"127.0.0.1:{api.port}", host.url.split("/")[2]}
    assert page.evaluate("() => document.querySelectorAll('script').length") == 1
    shown = page.locator("tally-chat .sheet .text").inner_text()
    assert "<script>window.ran=1</script>" in shown


STRANGERS = """() => {
    const known = new Set(("DIV BUTTON DIALOG HEADER H2 P SPAN ARTICLE SECTION FORM TEXTAREA ASIDE OL LI UL TIME"
        + " DETAILS SUMMARY FIGURE TABLE THEAD TBODY TR TH TD IMG INPUT SELECT OPTION"
        + " MARK A BLOCKQUOTE svg path CANVAS").split(" "));
    const ours = (n) => n.tagName === "TEXTAREA" || n.classList.contains("tally"); // sized and coloured by script
    const root = document.querySelector("tally-chat").shadowRoot;
    return [...root.querySelectorAll("*")].flatMap((n) => [
        ...(known.has(n.tagName) ? [] : [n.tagName]),
        ...[...n.attributes].map((a) => a.name).filter((a) => /^on|^style$|^srcdoc$/i.test(a) && !ours(n)),
        ...(n.href && !/^https?:/.test(n.href) ? [n.href] : []),
    ]);
}"""


def test_options_of_the_script_are_text_too(opened: Any, host: Host, api: Served) -> None:
    payload = "&lt;img src=x onerror=window.ran=1&gt;"
    names = ("lang", "theme", "accent", "heading", "greeting", "suggestions", "position")
    host.script = " ".join(f'data-{name}="{payload}"' for name in names)
    host.policy = ""
    seen = opened(host.url)
    seen.open()
    assert seen.page.locator("tally-chat .title").inner_text() == "<img src=x onerror=window.ran=1>"
    assert seen.page.evaluate("() => window.ran") is None
    assert seen.hosts() == {f"127.0.0.1:{api.port}", host.url.split("/")[2]}
