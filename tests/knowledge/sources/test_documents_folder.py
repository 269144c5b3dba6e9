"""Sixty mixed files: every readable one gives what the golden table says, every other is named with its reason."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.outcome import Outcome
from tests.knowledge.sources import folder
from tests.knowledge.sources.folder import Item, Readable, Unreadable

ITEMS = folder.items()


@dataclass(frozen=True)
class Ingested:
    library: Library
    outcomes: dict[str, Outcome]


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Ingested:
    place = tmp_path_factory.mktemp("mixed")
    folder.write(place)
    library = Library.open(tmp_path_factory.mktemp("home"), embedder="none")
    told = library.add([str(place)])
    return Ingested(library, {Path(outcome.source).name: outcome for outcome in told})


def test_there_are_fifteen_of_each_and_all_are_told(ingested: Ingested) -> None:
    assert len(ITEMS) == 60
    assert set(ingested.outcomes) == {item.name for item in ITEMS}


@pytest.mark.parametrize("item", [i for i in ITEMS if isinstance(i.expected, Readable)], ids=lambda i: i.name)
def test_a_readable_file_gives_title_date_text_and_figures(item: Item, ingested: Ingested) -> None:
    expected = item.expected
    assert isinstance(expected, Readable)
    outcome = ingested.outcomes[item.name]
    assert outcome.status in ("added", "unchanged"), outcome.reason
    notice = ingested.library.notice(outcome.notice_id)
    assert notice.title == expected.title
    assert notice.published == expected.published
    for words in expected.says:
        assert words in notice.text
    figures = [f for f in ingested.library.figures() if f.notice_id == notice.notice_id]
    found = {(round(f.value, 4), f.unit, f.time_period) for f in figures}
    assert found >= {(round(value, 4), unit, period) for value, unit, period in expected.facts}
    for figure in figures:
        assert notice.text[figure.start : figure.end] == figure.published_as


@pytest.mark.parametrize("item", [i for i in ITEMS if isinstance(i.expected, Unreadable)], ids=lambda i: i.name)
def test_an_unreadable_file_is_named_with_its_reason_and_leaves_nothing(item: Item, ingested: Ingested) -> None:
    assert isinstance(item.expected, Unreadable)
    outcome = ingested.outcomes[item.name]
    assert outcome.status == "failed"
    assert item.name in outcome.reason
    assert item.expected.reason in outcome.reason
    assert not [n for n in ingested.library.notices() if n.source == outcome.source]


def test_pages_begin_where_they_are_printed(ingested: Ingested) -> None:
    notice = ingested.library.notice(ingested.outcomes["report-pages.pdf"].notice_id)
    assert len(notice.pages) == 4
    assert notice.text[notice.pages[1] :].startswith("year-on-year.")
    assert "Statistics Office" not in notice.text
    assert "- 2 -" not in notice.text


def test_a_scanned_page_among_others_is_told(ingested: Ingested) -> None:
    assert "scanned and unreadable: page 2" in ingested.outcomes["report-partly.pdf"].reason
