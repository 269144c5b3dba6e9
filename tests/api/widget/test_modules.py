"""The pure modules, run where they live: in a browser."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.api.widget.conftest import Served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser: Browser) -> Any:
    from tests.api.widget.fake_api import Fake, create

    served = Served(create(Fake()))
    context = browser.new_context(locale="en-GB")
    opened = context.new_page()
    opened.goto(f"{served.url}/widget/x/mark.svg")
    yield opened
    context.close()
    served.stop()


def call(page: Page, module: str, code: str, *args: Any) -> Any:
    """The value of an expression over a module `m`, the words of `say` and the arguments `a`."""
    script = f"""async (a) => {{
        const m = await import("/widget/x/{module}");
        const {{sayer}} = await import("/widget/x/strings.js");
        const say = sayer("en");
        const zh = sayer("zh");
        return {code};
    }}"""
    return page.evaluate(script, list(args))


PERIODS = [
    ("2023", "2023", "2023年"),
    ("2023-H1", "first half of 2023", "2023年上半年"),
    ("2023-Q3", "Q3 2023", "2023年第3季度"),
    ("2024-04", "April 2024", "2024年4月"),
    ("2024-04-05", "5 April 2024", "2024年4月5日"),
    ("to 2023-04-30", "as of 30 April 2023", "截至2023年4月30日"),
    ("2021/2023", "2021 – 2023", "2021年 – 2023年"),
    ("the plan", "the plan", "the plan"),
    ("", "", ""),
    ("2024-13-45", "2024-13-45", "2024-13-45"),
]


@pytest.mark.parametrize(("code", "english", "chinese"), PERIODS)
def test_periods_in_words(page: Page, code: str, english: str, chinese: str) -> None:
    found = call(page, "format.js", '[m.period(a[0], "en", say), m.period(a[0], "zh", zh)]', code)
    assert found == [english, chinese]


def test_ranges_of_months_name_the_year_once(page: Page) -> None:
    words = call(page, "format.js", 'm.period("2021-01/2021-05", "en", say)')
    assert words.replace("\u2009", "") in ("January–May 2021", "January – May 2021")


AMOUNTS = [
    (8512, "projects", None, None, "8,512 projects", "8,512个项目"),
    (1.3e12, "CNY", "1.3 trillion yuan", None, "1.3 trillion yuan", "1.3万亿元"),
    (9.43e9, "USD", "$9.43 billion", None, "9.43 billion US dollars", "94.3亿美元"),
    (-17.7, "percent", "17.7 percent", None, "−17.7%", "−17.7%"),
    (20, "percent", "20.0 percent", None, "20.0%", "20.0%"),
    (0, "percent", None, None, "0%", "0%"),
    (2.2, "times", "2.2", None, "2.2 times", "2.2倍"),
    (12.698412698, "percent", None, [12.65, 12.75], "12.7%", "12.7%"),
    (33.333333333, "percent", None, None, "33.33%", "33.33%"),
    (1.18e8, "CNY per project", None, None, "118 million yuan per project", "1.18亿元/project"),
    (3, "percentage points", None, None, "3 percentage points", "3个百分点"),
]


@pytest.mark.parametrize(("value", "unit", "published", "interval", "english", "chinese"), AMOUNTS)
def test_amounts_in_words(
    page: Page, value: float, unit: str, published: str | None, interval: Any, english: str, chinese: str
) -> None:
    code = """["en", "zh"].map((l) => m.joined(m.amount({value: a[0], unit: a[1]}, l,
        {published: a[2] ?? undefined, interval: a[3]}), l))"""
    assert call(page, "format.js", code, value, unit, published, interval) == [english, chinese]


def test_spans_count_code_points_and_pieces_join_to_the_text(page: Page) -> None:
    text = "🚢 In 2023, 𝟜 ships"
    spans = [{"start": text.index("2023"), "end": text.index("2023") + 4}, {"start": 2, "end": len(text)}]
    pieces = call(page, "spans.js", "m.cut(a[0], a[1]).map((p) => [p.text, p.within.length])", text, spans)
    assert "".join(t for t, _ in pieces) == text
    assert ["2023", 2] in pieces and ["🚢 ", 0] in pieces


@pytest.mark.parametrize(
    ("start", "end", "quote", "expected"),
    [
        (2, 5, "two", {"start": 2, "end": 5}),
        (0, 3, "two", {"start": 2, "end": 5}),
        (0, 3, "nine", None),
        (90, 95, "two", {"start": 2, "end": 5}),
    ],
)
def test_a_quote_is_found_where_it_stands(page: Page, start: int, end: int, quote: str, expected: Any) -> None:
    place = {"start": start, "end": end, "quote": quote}
    assert call(page, "spans.js", "m.locate(a[0], a[1])", "🚢 two", place) == expected


@pytest.mark.parametrize("bad", [[{"start": -1, "end": 2}], [{"start": 3, "end": 1}], [{"start": 0.5, "end": 2}]])
def test_spans_that_cannot_be_are_ignored(page: Page, bad: list[dict[str, float]]) -> None:
    assert call(page, "spans.js", "m.cut('abc', a[0])", bad) == [{"text": "abc", "within": []}]


@pytest.mark.parametrize("colour", ["#fff", "#ff0", "#0d5f57", "#777777", "#000", "#f0f", "#123456", "#00ff00"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_accent_becomes_legible(page: Page, colour: str, theme: str) -> None:
    code = """(() => {
        const {ink, on, tint} = m.legible(m.parse(a[0]), a[1]);
        const rgb = (t) => t.match(/\\d+/g).map(Number);
        const worst = a[1] === "light" ? [239, 237, 232] : [46, 44, 42];
        return [m.contrast(rgb(ink), worst), m.contrast(rgb(ink), rgb(on)), m.contrast(rgb(ink), rgb(tint))];
    })()"""
    assert min(call(page, "accent.js", code, colour, theme)) >= 4.5


@pytest.mark.parametrize("colour", ["", "red", "#12", "url(x)", "#1234567", "javascript:1"])
def test_what_is_no_colour_is_none(page: Page, colour: str) -> None:
    assert call(page, "accent.js", "m.parse(a[0])", colour) is None


def test_csv_quotes_commas_and_disarms_formulas(page: Page) -> None:
    table = {"columns": ["a,b", "n"], "rows": [["=1+1", -5], ['say "x"', "-3.2"], ["@x", None]]}
    assert call(page, "chart.js", "m.csv(a[0])", table) == '"a,b",n\r\n\'=1+1,-5\r\n"say ""x""",-3.2\r\n\'@x,\r\n'


def test_events_survive_any_cut_of_the_stream(page: Page) -> None:
    stream = 'id: 1\nevent: step\ndata: {"text": "é🚢"}\n\n: still here\n\n'
    stream += 'event: text\r\ndata: {"text":\r\ndata: "b"}\r\n\r\n'
    code = """(async () => {
        const bytes = new TextEncoder().encode(a[0]);
        const all = [];
        for (let size = 1; size < 12; size += 1) {
            const chunks = new ReadableStream({start(c) {
                for (let i = 0; i < bytes.length; i += size) c.enqueue(bytes.slice(i, i + size));
                c.close();
            }});
            const got = [];
            for await (const e of m.events(chunks)) got.push([e.event, e.data]);
            all.push(JSON.stringify(got));
        }
        return [...new Set(all)];
    })()"""
    assert call(page, "sse.js", code, stream) == ['[["step",{"text":"é🚢"}],["text",{"text":"b"}]]']


def test_both_languages_say_everything(page: Page) -> None:
    words = call(page, "page/words.js", "[Object.keys(m.WORDS.en), Object.keys(m.WORDS.zh)]")
    assert words[0] == words[1]
    chat = call(page, "strings.js", "[Object.keys(m.TABLES.en), Object.keys(m.TABLES.zh)]")
    assert chat[0] == chat[1] and len(chat[0]) > 80


UNSAFE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:1",
    "data:text/html,x",
    "vbscript:x",
    "file:///x",
    "java\nscript:1",
]


@pytest.mark.parametrize("url", UNSAFE)
def test_addresses_that_run_are_no_addresses(page: Page, url: str) -> None:
    assert call(page, "dom.js", "[m.safeUrl(a[0]), m.h('a', {href: a[0]}).hasAttribute('href')]", url) == ["", False]


@pytest.mark.parametrize("name", ["onclick", "style", "srcdoc", "innerHTML", "ONERROR"])
def test_attributes_that_run_cannot_be_set(page: Page, name: str) -> None:
    code = "(() => { try { m.h('p', {[a[0]]: 'x'}); return 'set'; } catch (e) { return e.name; } })()"
    assert call(page, "dom.js", code, name) == "TypeError"
