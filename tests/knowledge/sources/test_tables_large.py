"""Large tables beside the rest of the ledger: listed without being held, held against what notices say."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.answering import planned
from assistant.event import unheard
from assistant.question import Question
from knowledge import corrections
from knowledge.errors import AskerError
from knowledge.figure import FigureStatus
from knowledge.library import Library

ROWS = 22_000
FIRST = 1000


def table(rows: int = ROWS) -> Iterator[str]:
    """A million's worth of one indicator, by city and year; Ningbo's years come last."""
    yield "City,Year,Fixed asset investment (USD million)\n"
    for n in range(rows - 3):
        yield f"Cityname{n // 20:04d},{2000 + n % 20},{FIRST + n}.5\n"
    for year, value in ((2021, 310.0), (2022, 340.0), (2023, 365.0)):
        yield f"Ningbo,{year},{value}\n"


def notice(words: str) -> str:
    return f"title: Ningbo in 2023\ndate: 2024-02-20\n---\n{words}\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("sources")
    (folder / "cities.csv").write_text("".join(table()), encoding="utf-8")
    words = {
        "agrees.txt": "In 2022 fixed asset investment in Ningbo was $340 million.",
        "differs.txt": "In 2023 fixed asset investment in Ningbo was $356 million.",
        "other.txt": "In 2023 fixed asset investment in Suzhou was $12 million.",
    }
    for name, text in words.items():
        (folder / name).write_text(notice(text), encoding="utf-8")
    made = Library.open(tmp_path_factory.mktemp("home"), embedder="none")
    assert {outcome.status for outcome in made.add([str(folder)])} == {"added"}
    yield made
    made.close()


def test_a_figure_that_a_large_table_contradicts_is_flagged_and_answers_say_so(library: Library) -> None:
    status = {Path(figure.source).name: figure.status for figure in library.figures()}
    assert status == {
        "agrees.txt": FigureStatus.OK,
        "differs.txt": FigureStatus.FLAGGED,
        "other.txt": FigureStatus.OK,
    }
    question = Question("What was fixed asset investment in Ningbo in 2023?", date(2024, 6, 1))
    answer = planned(question, library, unheard)
    assert any("365.0" in warning for warning in answer.warnings), answer.warnings


def test_its_figures_are_listed_one_by_one_with_their_place(library: Library) -> None:
    found = library.large.figures()
    first = next(found)
    assert (first.published_as, first.cell, first.ref_area) == ("1000.5", "C2", "Cityname0000")
    assert library.notice(first.notice_id).text[first.start : first.end] == "1000.5"
    assert sum(1 for _ in found) == ROWS - 1
    assert [f.value for f in library.large.figures(wanted=lambda source: source.endswith(".txt"))] == []
    assert [f.value for f in library.large.figures("elsewhere")] == []


def test_an_exported_figure_of_a_large_table_is_corrected_in_its_file(library: Library, tmp_path: Path) -> None:
    exported = tmp_path / "figures.csv"
    exported.write_text("".join(corrections.table(library.large.figures())), encoding="utf-8")
    given = {"who": "ann", "when": datetime(2024, 6, 1, tzinfo=UTC), "large": library.large.figures}
    assert corrections.read(exported, library.every_figure(), **given) == ()
    exported.write_text(exported.read_text(encoding="utf-8").replace("1000500000.0", "5.0"), encoding="utf-8")
    with pytest.raises(AskerError, match=r":2: figure .* stands in a large table; correct .*cities\.csv itself"):
        corrections.read(exported, library.every_figure(), **given)


def test_the_command_lists_them_within_bounds(library: Library) -> None:
    """A child under a limit of memory that could not hold the table as figures; by source and so many at the most."""
    home = Path(library.store.place).parent
    code = "import sys; from api.cli.main import main; sys.argv = ['tally', *sys.argv[1:]]; main()"

    def tally(*arguments: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-c", code, "figures", *arguments],
            env={"TALLY_HOME": str(home), "TALLY_EMBEDDER": "none", "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout

    assert tally().splitlines()[-1] == f"{ROWS + 3} figures"
    source = next(f.source for f in library.large.figures())
    rows = [json.loads(line) for line in tally("--json", "--source", source, "--limit", "5").splitlines()]
    assert [row["cell"] for row in rows] == ["C2", "C3", "C4", "C5", "C6"]
    lines = csv.DictReader(tally("--csv", "--source", str(Path(source).parent), "--limit", "4").splitlines())
    assert [Path(row["source"]).name for row in lines] == ["agrees.txt", "differs.txt", "other.txt", "cities.csv"]
