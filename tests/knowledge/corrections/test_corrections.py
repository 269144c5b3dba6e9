"""People's corrections: laid over, kept, found again, never in place of the original."""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge import corrections
from knowledge.errors import AskerError
from knowledge.figure import Figure, FigureStatus, Scenario
from knowledge.library import Library

WHEN = datetime(2024, 5, 1, tzinfo=UTC)
TEXT = "In 2023, 8,512 projects landed in Beijing.\n\nThe landing rate exceeded 60 percent in 2023.\n"
Edit = Callable[[dict[str, str]], object]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "one.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path, source: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "home", embedder="none")
    opened.add([str(source)])
    yield opened
    opened.close()


def by_token(library: Library, token: str) -> Figure:
    return next(figure for figure in library.every_figure() if figure.published_as == token)


def edited(library: Library, path: Path, edit: Edit, delimiter: str = ",") -> Path:
    """The table of figures with `edit` made to the row of 8,512."""
    rows = list(csv.DictReader(corrections.table(library.every_figure())))
    for row in rows:
        if row["published_as"] == "8,512":
            edit(row)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def correct(library: Library, tmp_path: Path, edit: Edit) -> int:
    path = edited(library, tmp_path / "edited.csv", edit)
    found = corrections.read(path, library.every_figure(), who="An", when=WHEN, reason="checked")
    library.correct(found)
    return len(found)


def test_an_untouched_table_corrects_nothing(library: Library, tmp_path: Path) -> None:
    assert correct(library, tmp_path, lambda row: None) == 0


def test_a_corrected_field_counts_and_the_original_stays(library: Library, tmp_path: Path) -> None:
    cells = {"value": "8513", "scenario": "target", "ref_area": "Shanghai"}
    assert correct(library, tmp_path, lambda row: row.update(cells)) == 3
    figure = by_token(library, "8,512")
    assert (figure.value, figure.scenario, figure.ref_area) == (8513.0, Scenario.TARGET, "Shanghai")
    assert figure.status is FigureStatus.CORRECTED
    assert {f.value for f in library.shelves.figures() if f.published_as == "8,512"} == {8512.0}
    kept = {c.field: c for c in library.corrections()}
    assert (kept["value"].before, kept["value"].after) == ("8512.0", "8513")
    assert {(c.who, c.when, c.reason) for c in kept.values()} == {("An", WHEN, "checked")}
    assert library.frame.loc[figure.figure_id, "value"] == 8513.0


def test_a_withdrawn_figure_is_not_used_and_can_be_taken_back(library: Library, tmp_path: Path) -> None:
    assert correct(library, tmp_path, lambda row: row.update(status="withdrawn")) == 1
    assert "8,512" not in {f.published_as for f in library.figures()}
    assert by_token(library, "8,512").status is FigureStatus.WITHDRAWN
    assert correct(library, tmp_path, lambda row: row.update(status="ok")) == 1
    assert "8,512" in {f.published_as for f in library.figures()}


@pytest.mark.parametrize("again", ["read again", "removed and added", "text moved"])
def test_corrections_survive_a_new_ingest(library: Library, tmp_path: Path, source: Path, again: str) -> None:
    correct(library, tmp_path, lambda row: row.update(value="8513"))
    if again == "read again":
        library.reindex(figures=True)
    elif again == "removed and added":
        library.remove([str(source)])
        assert library.every_figure() == ()
        library.add([str(source)])
    else:
        source.write_text("A new paragraph stands before it.\n\n" + TEXT, encoding="utf-8")
        library.add([str(source)])
    assert by_token(library, "8,512").value == 8513.0


def test_a_number_that_was_reprinted_is_another_figure(library: Library, tmp_path: Path, source: Path) -> None:
    correct(library, tmp_path, lambda row: row.update(value="8513"))
    source.write_text(TEXT.replace("8,512", "9,000"), encoding="utf-8")
    library.add([str(source)])
    assert by_token(library, "9,000").value == 9000.0


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ({"figure_id": "unknown"}, "'unknown' is not known"),
        ({"value": "many"}, "value 'many'"),
        ({"value": "nan"}, "value 'nan'"),
        ({"scenario": "wish"}, "scenario 'wish': choose actual, target, forecast"),
        ({"time_period": "Jan-23"}, "time_period 'Jan-23': expected a period like 2023"),
        ({"dimensions": "[1]"}, "dimensions '[1]'"),
        ({"comparable_basis": "perhaps"}, "comparable_basis 'perhaps'"),
        ({"indicator": " "}, "must not be empty"),
        ({"published_as": "8,513"}, "published_as is what was printed"),
    ],
)
def test_a_table_that_cannot_be_taken_is_refused_whole(
    library: Library, tmp_path: Path, edit: dict[str, str], said: str
) -> None:
    path = edited(library, tmp_path / "edited.csv", lambda row: row.update(edit))
    with pytest.raises(AskerError) as error:
        corrections.read(path, library.every_figure(), who="An", when=WHEN)
    assert said in str(error.value)
    assert f"{path}:" in str(error.value)


def test_tables_of_other_programs_are_read(library: Library, tmp_path: Path) -> None:
    path = edited(library, tmp_path / "edited.csv", lambda row: row.update(value="8513", comparable_basis="FALSE"), ";")
    found = corrections.read(path, library.every_figure(), who="An", when=WHEN)
    assert [(c.field, c.after) for c in found] == [("value", "8513")]


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"\xff\xfe\x00bin", b""])
def test_what_is_no_table_of_figures_is_refused(library: Library, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(data)
    with pytest.raises(AskerError, match=r"other\.csv"):
        corrections.read(path, library.every_figure(), who="An", when=WHEN)


def test_no_cell_is_a_formula(library: Library) -> None:
    from dataclasses import replace

    wicked = replace(library.figures()[0], label="=HYPERLINK(A1)", unit="@SUM", value=-3.5, ref_area="-x")
    row = next(csv.DictReader(corrections.table([wicked])))
    assert (row["label"], row["unit"], row["value"], row["ref_area"]) == ("'=HYPERLINK(A1)", "'@SUM", "-3.5", "'-x")
    assert list(corrections._differences(wicked, row)) == []


@pytest.mark.parametrize(("field", "after"), [("start", "3"), ("value", "many"), ("withdrawn", "perhaps")])
def test_a_correction_that_cannot_be_laid_over_is_not_kept(library: Library, field: str, after: str) -> None:
    wrong = corrections.Correction(library.figures()[0].figure_id, field, "", after, "An", WHEN)
    with pytest.raises(AskerError):
        library.correct([wrong])
    assert library.corrections() == ()
