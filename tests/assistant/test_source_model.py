"""Help by a model for hard tables and scanned pages, over a real socket: checked, marked, harmless when it fails."""

import base64
import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.opening import source_model
from assistant.answering import planned
from assistant.event import unheard
from assistant.question import Question
from assistant.settings import Settings
from assistant.source_model import SourceModel
from knowledge.errors import OperatorError
from knowledge.figure import Figure, FigureStatus
from knowledge.library import Library
from knowledge.outcome import Outcome
from tests.fakes.openai_server import FakeOpenAI, Reply, fault, say
from tests.knowledge.sources.folder import EN, pdf, prose

TABLE = """Inbound capital of Marlow,,
by branch; results of 2023 (issued 2024),,
Branch,Capital,
Machinery,12.5,
Chemicals,8.1,
,,
Note: in millions of euros,,
"""
PROPOSED: dict[str, Any] = {
    "sheet": "",
    "headings": [3],
    "first_row": 4,
    "last_row": 5,
    "columns": [
        {"at": "A", "role": "dimension", "heading": "Branch"},
        {"at": "B", "role": "value", "heading": "Capital"},
    ],
    "constants": {
        "unit": {"cell": "A7", "text": "millions of euros"},
        "time_period": {"cell": "A2", "text": "2023"},
        "indicator": {"cell": "A1", "text": "Inbound capital"},
    },
}
PAGE = """Marlow's year in figures

In 2023, Marlow signed 412 projects worth 3.6 billion euros.

Branch | Projects
Machinery | 250"""


def proposal(**changes: Any) -> Reply:
    """A model's mapping of the table, changed."""
    return say(json.dumps({"tables": [PROPOSED | changes]}))


def scan(pages: int = 1, text_first: bool = False) -> bytes:
    """A PDF of pages that are pictures, perhaps behind one of text."""
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader

    picture = Image.new("L", (800, 600), 255)
    ImageDraw.Draw(picture).rectangle((100, 100, 400, 160), fill=0)
    out = io.BytesIO()
    picture.save(out, "PNG")

    def build(drawn: Any) -> None:
        if text_first:
            prose(EN)(drawn)
            drawn.showPage()
        for _ in range(pages):
            drawn.drawImage(ImageReader(io.BytesIO(out.getvalue())), 50, 100, 500, 600)
            drawn.showPage()

    return pdf(build)


@pytest.fixture
def server() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as running:
        yield running


Add = Callable[..., tuple[Outcome, Library]]


@pytest.fixture
def add(server: FakeOpenAI, tmp_path: Path) -> Iterator[Add]:
    opened: list[Library] = []

    def added(
        name: str, data: bytes, *script: Reply, asked: bool = True, seconds: float = 20
    ) -> tuple[Outcome, Library]:
        server.script(script)
        (tmp_path / name).write_bytes(data)
        model = SourceModel("seer-1", Settings(openai_base_url=server.url), seconds) if asked else None
        library = Library.open(tmp_path / "home", embedder="none", source_model=model)
        opened.append(library)
        return library.add([str(tmp_path / name)])[0], library

    yield added
    for library in opened:
        library.close()


def cells(library: Library) -> dict[str | None, Figure]:
    return {figure.cell: figure for figure in library.figures()}


def test_a_table_that_cannot_be_mapped_is_read_by_a_mapping_that_stands_in_it(add: Add, server: FakeOpenAI) -> None:
    outcome, library = add("marlow.csv", TABLE.encode(), proposal())
    assert outcome.status == "added", outcome.reason
    assert "mapped by seer-1" in outcome.reason
    found = cells(library)
    assert {cell: (f.value, f.unit, f.time_period, f.label) for cell, f in found.items()} == {
        "B4": (12.5e6, "EUR", "2023", "Capital"),
        "B5": (8.1e6, "EUR", "2023", "Capital"),
    }
    assert found["B4"].published_as == "12.5"
    prompt = server.requests[0]["messages"][0]["content"][0]["text"]
    assert "row 7 | A: Note: in millions of euros" in prompt


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"headings": [9], "first_row": 10}, "not all rows of the sheet"),
        ({"headings": [4], "first_row": 4}, "do not stand above row 4"),
        ({"headings": "3"}, "not all rows of the sheet"),
        ({"last_row": 80}, "last row 80"),
        ({"sheet": "Totals"}, "'Totals', which was not asked for"),
        ({"columns": [PROPOSED["columns"][0], {"at": "B", "role": "value", "heading": "Profit"}]}, "'Profit' does not"),
        ({"columns": [PROPOSED["columns"][0], {"at": "B", "role": "value", "heading": ""}]}, "'' does not stand"),
        ({"columns": [PROPOSED["columns"][0], {"at": "D", "role": "value", "heading": ""}]}, "column D has no cells"),
        ({"columns": PROPOSED["columns"][1:]}, "leaves out column A"),
        ({"columns": PROPOSED["columns"] * 2}, "names a column twice"),
        ({"columns": [{"at": "A", "role": "value", "heading": "Branch"}, PROPOSED["columns"][1]]}, "A are no values"),
        ({"columns": [{"at": "A", "role": "code", "heading": "Branch"}, PROPOSED["columns"][1]]}, "with role 'code'"),
        ({"columns": []}, "names no columns"),
        ({"constants": PROPOSED["constants"] | {"unit": {"cell": "A7", "text": "billions of euros"}}}, "in cell A7"),
        ({"constants": PROPOSED["constants"] | {"unit": {"cell": "A1", "text": "Marlow"}}}, "no unit that is known"),
        ({"constants": PROPOSED["constants"] | {"time_period": {"cell": "A2", "text": "results"}}}, "no period"),
        ({"constants": PROPOSED["constants"] | {"time_period": {"cell": "A2", "text": "2021"}}}, "in cell A2"),
        ({"constants": PROPOSED["constants"] | {"scale": "1e9"}}, "'scale' is no key"),
        ({"constants": {"unit": PROPOSED["constants"]["unit"]}}, "leaves in doubt"),
        ({"code": "import os"}, "'code' is no key of a table"),
    ],
)
def test_a_proposal_with_one_fault_changes_nothing(add: Add, changes: dict[str, Any], reason: str) -> None:
    outcome, library = add("marlow.csv", TABLE.encode(), proposal(**changes))
    assert outcome.status == "failed"
    assert "nothing says which period" in outcome.reason  # what our own reader could not settle
    assert "seer-1 was asked to map it" in outcome.reason
    assert reason in outcome.reason
    assert "run `tally map marlow.csv`" in outcome.reason
    assert (library.notices(), library.figures()) == ((), ())


FAULTS = [
    (fault("timeout"), "gave no answer within 1 s"),
    (fault("500"), "could not be asked"),
    (fault("429"), "could not be asked"),
    (fault("reset"), "could not be asked"),
    (say("412 projects " * 90, cut=300), "could not be asked"),
    (fault("malformed"), "could not be asked"),
    (fault("empty"), "reply is empty"),
    (fault("refusal"), "it refused"),
]


@pytest.mark.parametrize(("broken", "reason"), FAULTS, ids=lambda value: getattr(value, "fault", ""))
def test_a_model_that_fails_changes_nothing_and_the_reason_is_told(add: Add, broken: Reply, reason: str) -> None:
    outcome, library = add("marlow.csv", TABLE.encode(), broken, seconds=1)
    assert outcome.status == "failed"
    assert reason in outcome.reason
    scanned, _ = add("scan.pdf", scan(), broken, seconds=1)
    assert scanned.status == "failed"
    assert "is scanned" in scanned.reason
    assert reason in scanned.reason
    assert (library.notices(), library.figures()) == ((), ())


@pytest.mark.parametrize(
    "words", ["I cannot tell.", "[]", '{"tables": 3}', '{"tables": [7]}', '{"tables": []}', "{" * 9000]
)
def test_a_reply_that_is_no_mapping_changes_nothing(add: Add, words: str) -> None:
    outcome, library = add("marlow.csv", TABLE.encode(), say(words))
    assert outcome.status == "failed"
    assert "seer-1 was asked to map it" in outcome.reason
    assert library.notices() == ()


def test_what_our_own_readers_can_read_is_nobody_elses_business(add: Add, server: FakeOpenAI) -> None:
    plain = "Branch,Capital (million euros),Year\nMachinery,12.5,2023\nChemicals,8.1,2023\n"
    assert add("plain.csv", plain.encode())[0].status == "added"
    assert add("text.pdf", pdf(prose(EN)))[0].status == "added"
    assert add("marlow.csv", TABLE.encode(), asked=False)[0].status == "failed"
    assert add("scan.pdf", scan(), asked=False)[0].status == "failed"
    assert server.requests == []


def test_a_scanned_page_is_read_marked_and_warned_of(add: Add, server: FakeOpenAI) -> None:
    from PIL import Image

    outcome, library = add("scan.pdf", scan(), say(PAGE), say(PAGE.replace("Marlow's", "Marlow’s")))
    assert outcome.status == "added", outcome.reason
    assert "page 1 read from pictures by seer-1" in outcome.reason
    (notice,) = library.notices()
    assert (notice.text, notice.title) == (PAGE, "Marlow's year in figures")
    assert {(f.extracted_by, f.status) for f in library.figures()} == {("model", FigureStatus.FLAGGED)}
    answer = planned(Question("How many projects did Marlow sign in 2023?", date(2024, 6, 1)), library, unheard)
    assert answer.value is not None
    assert answer.value.value == 412
    assert any("read from a picture of the page" in warning for warning in answer.warnings), answer.warnings
    sizes = []
    for request in server.requests:
        address = request["messages"][0]["content"][1]["image_url"]["url"]
        picture = Image.open(io.BytesIO(base64.b64decode(address.removeprefix("data:image/png;base64,"))))
        assert picture.getextrema() == (0, 255)  # the page itself, not an empty sheet
        sizes.append(max(picture.size))
    assert sizes == [1600, 1200]


def test_the_mark_stays_when_figures_are_read_again(add: Add) -> None:
    _, library = add("scan.pdf", scan(), say(PAGE), say(PAGE))
    library.reindex(figures=True)
    assert {(f.extracted_by, f.status) for f in library.figures()} == {("model", FigureStatus.FLAGGED)}


def test_only_what_the_model_read_is_marked(add: Add) -> None:
    outcome, library = add("both.pdf", scan(text_first=True), say(PAGE), say(PAGE))
    assert outcome.status == "added"
    (notice,) = library.notices()
    assert notice.text[notice.pages[1] :] == PAGE
    by_model = {f.published_as for f in library.figures() if f.extracted_by == "model"}
    assert "412" in by_model
    rules = {f.published_as: f.status for f in library.figures() if f.extracted_by == "rules"}
    assert rules["$4.81 billion"] is FigureStatus.OK


@pytest.mark.parametrize(
    "second",
    [
        PAGE.replace("3.6 billion", "3.8 billion"),
        PAGE.replace("3.6 billion", "3.6 million"),
        PAGE.replace(" | 250", ""),
        PAGE.replace("412", "-412"),
        "UNREADABLE",
    ],
)
def test_two_readings_that_differ_are_not_taken(add: Add, second: str) -> None:
    outcome, library = add("scan.pdf", scan(), say(PAGE), say(second))
    assert outcome.status == "failed"
    assert "page 1: " in outcome.reason
    assert library.notices() == ()


def test_a_page_that_cannot_be_read_is_told_and_the_others_are_kept(add: Add) -> None:
    other = "Exports of Marlow came to 7.5 billion euros in 2023."
    script = [say(PAGE), say(PAGE.replace("412", "413")), say(other), say(other)]
    outcome, library = add("scan.pdf", scan(pages=2), *script)
    assert outcome.status == "added"
    assert "scanned and unreadable: page 1" in outcome.reason
    (notice,) = library.notices()
    assert notice.text == other


def test_a_model_out_of_reach_is_asked_once_not_for_every_page(add: Add, server: FakeOpenAI) -> None:
    outcome, _ = add("scan.pdf", scan(pages=5), fault("reset"))
    assert outcome.status == "failed"
    assert len(server.requests) == 1


def test_it_is_off_unless_the_settings_name_a_model() -> None:
    assert source_model(Settings(openai_base_url="http://127.0.0.1:1/v1")) is None
    made = source_model(Settings(openai_base_url="http://127.0.0.1:1/v1", sources_model="seer-1"))
    assert made is not None
    assert made.name == "seer-1"
    with pytest.raises(OperatorError, match="TALLY_SOURCES_MODEL needs OPENAI_API_KEY"):
        source_model(Settings(openai_api_key=None, openai_base_url=None, sources_model="seer-1"))


HALL = "In 2023 Marlow won 83 projects. Hall 7 seats many."


def second_reading(server: FakeOpenAI, home: Path, *script: Reply) -> tuple[Outcome, dict[str, str]]:
    """A notice taken in with a model that reads it a second time: its outcome, and who read each figure."""
    server.script(script)
    (home / "hall.txt").write_text(HALL, encoding="utf-8")
    model = SourceModel("seer-1", Settings(openai_base_url=server.url), 1)
    library = Library.open(home / "home", embedder="none", ledger_model=model)
    outcome = library.add([str(home / "hall.txt")])[0]
    read = {figure.published_as: figure.extracted_by for figure in library.figures()}
    library.close()
    return outcome, read


def test_a_second_reading_adds_what_stands_in_the_text(server: FakeOpenAI, tmp_path: Path) -> None:
    found = [
        {"token": "7", "quote": "Hall 7 seats many.", "label": "hall seats"},
        {"token": "9", "quote": "Hall 9 seats many.", "label": "hall seats"},
    ]
    outcome, read = second_reading(server, tmp_path, say(json.dumps(found)))
    assert outcome.status == "added"
    assert read == {"83": "rules", "7": "model"}


@pytest.mark.parametrize("broken", [row[0] for row in FAULTS] + [say("no figures")], ids=lambda r: r.fault or "words")
def test_a_second_reading_that_fails_leaves_the_first(server: FakeOpenAI, tmp_path: Path, broken: Reply) -> None:
    outcome, read = second_reading(server, tmp_path, broken)
    assert outcome.status == "added"
    assert read == {"83": "rules"}
