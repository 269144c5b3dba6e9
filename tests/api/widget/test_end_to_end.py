"""The widget on a foreign page against the whole product with its sample notices: no key, and the scripted model."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from knowledge import samples
from knowledge.library import Library
from tests.api.serving import Served as Product
from tests.api.serving import serving
from tests.api.widget.conftest import Host, Served, Watched, strict_policy
from tests.fakes.openai_server import FakeOpenAI, call, say

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The sample notices."""
    known = Library.open(tmp_path_factory.mktemp("samples"), embedder="none")
    with samples.folder() as path:
        known.add([str(path)])
    yield known
    known.close()


@pytest.fixture(scope="module")
def foreign() -> Iterator[Host]:
    """A page of another origin; it is told later which server it embeds."""
    host = Host("")
    host.served = Served(host.app())
    yield host
    host.served.stop()


@pytest.fixture(scope="module")
def product(library: Library, foreign: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Tally with no key, the foreign page's origin allowed."""
    origins = (foreign.url.rstrip("/"),)
    with serving(tmp_path_factory.mktemp("home"), library=library, cors_origins=origins) as served:
        yield served


def embedded(opened: Any, foreign: Host, product: Product) -> Watched:
    """The foreign page with the panel open."""
    foreign.api, foreign.policy = product.url, strict_policy(product.url)
    seen: Watched = opened(foreign.url)
    seen.open()
    return seen


def test_a_day_with_the_widget_on_a_foreign_page(opened: Any, foreign: Host, product: Product) -> None:
    seen = embedded(opened, foreign, product)
    page = seen.page
    seen.ask("How many projects landed in 2023?")
    page.locator("tally-chat .card.answered").wait_for()
    assert page.locator("tally-chat .headline .number").inner_text() == "8,512"

    page.locator("tally-chat .prose .mark").first.click()
    page.locator("tally-chat .sheet mark").first.wait_for()
    lit = "".join(page.locator("tally-chat .sheet mark").all_inner_texts())
    assert lit == "In the same year 8,512 projects landed, and the landing rate exceeded 60 percent."
    page.keyboard.press("Escape")

    page.locator("tally-chat .chip[data-part=time_period]").click()
    page.locator("tally-chat .edit input").fill("2022")
    page.keyboard.press("Enter")
    seen.settled()
    assert page.locator("tally-chat .turn").count() == 2
    assert page.locator("tally-chat .turn").last.locator(".card").inner_text() != ""

    seen.ask("How many new projects were added to the Two Zones database in 2023?")
    seen.settled()
    assert page.locator("tally-chat .turn").last.locator(".headline .number").inner_text() == "11,000"

    seen.ask("Rank the sources of FDI growth in 2023")
    seen.settled()
    picture = page.locator("tally-chat .turn").last.locator(".plot img, .plot canvas")
    picture.wait_for(timeout=30_000)
    seen.picture("chart")

    page.reload()
    seen.open()
    page.locator("tally-chat .turn").nth(3).wait_for()
    assert seen.troubles == []
    assert seen.hosts() == {product.url.split("//")[1], foreign.url.split("/")[2]}
    assert page.context.cookies() == []


def test_two_visitors_do_not_see_each_other(opened: Any, foreign: Host, product: Product) -> None:
    first = embedded(opened, foreign, product)
    first.ask("How many projects landed in 2023?")
    first.page.locator("tally-chat .card.answered").wait_for()
    conversation = first.page.evaluate("() => document.querySelector('tally-chat').conversation.id")
    second = embedded(opened, foreign, product)
    second.page.evaluate("(id) => document.querySelector('tally-chat').conversation.load(id)", conversation)
    second.page.locator("tally-chat .welcome").wait_for()
    assert second.page.locator("tally-chat .turn").count() == 0


def test_every_section_of_the_page_on_the_real_library(opened: Any, product: Product) -> None:
    seen = opened(product.url)
    page = seen.page
    page.locator("tally-chat .suggestion").first.click()
    seen.settled()
    page.locator("tally-chat .card").wait_for()
    page.locator(".list a[aria-current]").wait_for()
    page.goto(f"{product.url}/#/notices")
    page.locator(".list a").first.click()
    page.locator(".reader .published").first.wait_for()
    page.goto(f"{product.url}/#/figures")
    page.locator("tbody tr").nth(20).wait_for()
    page.get_by_label("Period").fill("2023")
    page.get_by_label("Unit").select_option("projects")
    page.get_by_role("button", name="Chart", exact=True).click()
    page.locator(".bars .bar").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert b"figure_id" in download.value.path().read_bytes()
    seen.picture("figures")
    assert seen.troubles == [] and seen.hosts() == {product.url.split("//")[1]}


def test_a_permalink_of_an_answer_still_holds(opened: Any, product: Product) -> None:
    asked = httpx.post(
        f"{product.url}/v1/chat", json={"question": "How many projects landed in 2023?"}, trust_env=False
    )
    seen = opened(f"{product.url}/#/answers/{asked.json()['answer_id']}")
    seen.page.locator(".stored", has_text="it still holds").wait_for()
    seen.page.locator("tally-chat .headline .number", has_text=re.compile("^8,512$")).wait_for()


def test_with_a_language_model(
    opened: Any, foreign: Host, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def script(body: dict[str, Any]) -> Any:
        used = any(m["role"] == "tool" for m in body["messages"])
        return say("{F1} landed in 2023.") if used else call("find_figures", text="projects landed", time_period="2023")

    origins = (foreign.url.rstrip("/"),)
    with FakeOpenAI(script) as model:
        options = {"openai_api_key": SecretStr("sk-test"), "openai_base_url": model.url, "model": "scripted"}
        home = tmp_path_factory.mktemp("model")
        with serving(home, library=library, cors_origins=origins, **options) as product:
            seen = embedded(opened, foreign, product)
            seen.ask("How many projects landed in 2023?")
            seen.page.locator("tally-chat .card.answered").wait_for(timeout=30_000)
            assert seen.page.locator("tally-chat .headline .number").inner_text() == "8,512"
            assert "scripted" in seen.page.locator("tally-chat .by").inner_text()
            assert model.requests
