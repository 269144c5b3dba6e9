"""Mapping files: drafted, written, read back, and what is wrong in them named."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.errors import SourceError
from knowledge.figure import ChangeKind, ObsStatus
from knowledge.library import Library
from knowledge.sources import mapping, tabular
from knowledge.sources.headings import Unit, read_unit, split_label
from knowledge.sources.timecodes import read_period

UNITS = (
    ("100 million yuan", "CNY", "1e8"),
    ("亿元", "CNY", "1e8"),
    ("单位：万美元", "USD", "1e4"),
    ("US$ million", "USD", "1e6"),
    ("USD bn", "USD", "1e9"),
    ("€m", "EUR", "1e6"),
    ("Mrd. Euro", "EUR", "1e9"),
    ("milliards d'euros", "EUR", "1e9"),
    ("10,000 persons", "persons", "1e4"),
    ("万平方米", "square metres", "1e4"),
    ("个百分点", "percentage points", "1"),
    ("per cent", "percent", "1"),
    ("S$ billion", "SGD", "1e9"),
)
PERIODS = (
    ("2023年", "2023"),
    ("2023年第一季度", "2023-Q1"),
    ("Q3 2022", "2022-Q3"),
    ("2023年上半年", "2023-H1"),
    ("202304", "2023-04"),
    ("Mar-23", "2023-03"),
    ("2023年1-8月", "2023-01/2023-08"),
    ("Jan-Aug 2023", "2023-01/2023-08"),
    ("前三季度", ""),
    ("43760.7", ""),
    ("Haidian", ""),
    ("2023-03-31", "2023-03"),
)


@pytest.mark.parametrize(("text", "unit", "scale"), UNITS)
def test_units_of_headings(text: str, unit: str, scale: str) -> None:
    found = read_unit(text)
    assert found is not None
    assert (found.unit, float(found.scale)) == (unit, float(scale))


@pytest.mark.parametrize("text", ["GDP", "2023", "Haidian", "growth of investment", ""])
def test_what_is_no_unit(text: str) -> None:
    assert read_unit(text) is None


@pytest.mark.parametrize(("text", "code"), PERIODS)
def test_periods_of_headings(text: str, code: str) -> None:
    assert read_period(text) == code


def test_a_billion_is_what_the_language_says() -> None:
    assert read_unit("Billionen Euro", "de") == Unit("EUR", read_unit("trillion euros", "en").scale)  # type: ignore[union-attr]  # known unit
    assert split_label("Exports, billion euros")[1].scale == 10**9  # type: ignore[union-attr]  # known unit


def figures(folder: Path, name: str, text: str, kept: str = "") -> dict[str, tuple[float, str, str, str]]:
    """Cell -> value, unit, period, area of a table of the text."""
    (folder / name).write_text(text, encoding="utf-8")
    if kept:
        (folder / f"{name}.map.toml").write_text(kept, encoding="utf-8")
    library = Library.open(folder / "home", embedder="none")
    outcome = library.add([str(folder / name)])[0]
    assert outcome.status in ("added", "changed"), outcome.reason
    found = {f.cell or "": (f.value, f.unit, f.time_period, f.ref_area) for f in library.figures()}
    library.close()
    return found


def test_months_below_years(tmp_path: Path) -> None:
    rows = "North (USD million),1.5,2.5,3.5\nSouth (USD million),4,5,6\n"
    text = f"Indicator,2022,2022,2023\nIndicator,11月,12月,1月\n{rows}"
    kept = '[[table]]\nheadings = [1, 2]\nfirst_row = 3\ncolumns = [{ at = "A", role = "indicator" }, ' + ", ".join(
        f'{{ at = "{at}", role = "value", time_period = "{period}" }}'
        for at, period in (("B", "2022-11"), ("C", "2022-12"), ("D", "2023-01"))
    )
    drafted = tabular_draft(tmp_path, text)
    assert mapping.load(kept + "]\n", "kept").tables[0].columns == drafted.tables[0].columns


def tabular_draft(folder: Path, text: str) -> mapping.Mapping:
    (folder / "t.csv").write_text(text, encoding="utf-8")
    return tabular.draft_of(str(folder / "t.csv"))


def test_growth_below_a_level_is_of_that_level(tmp_path: Path) -> None:
    text = "Indicator,2021,2022\nGDP (USD million),100,107\nGrowth (%),n/a,7.0p\nExports (USD million),50,49r\n"
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    library = Library.open(tmp_path / "home", embedder="none")
    library.add([str(tmp_path / "t.csv")])
    by_cell = {f.cell: f for f in library.figures()}
    assert set(by_cell) == {"B2", "C2", "C3", "B4", "C4"}
    assert by_cell["C3"].indicator == by_cell["C2"].indicator
    assert by_cell["C3"].change_kind is ChangeKind.YOY_GROWTH
    assert by_cell["C3"].obs_status is ObsStatus.PRELIMINARY
    assert by_cell["C4"].obs_status is ObsStatus.REVISED
    library.close()


def test_a_mapping_beside_the_file_decides_and_its_change_is_taken_in(tmp_path: Path) -> None:
    kept = (
        '[[table]]\nconstants = {{ indicator = "FDI", unit = "USD", scale = "{}" }}\n'
        'columns = [{{ at = "A", role = "time_period" }}, {{ at = "B", role = "value" }}]\n'
    )
    text = "a,b\n2021,5\n2022,6\n"
    assert figures(tmp_path, "t.csv", text, kept.format("1e6"))["B3"] == (6e6, "USD", "2022", "")
    assert figures(tmp_path, "t.csv", text, kept.format("1e9"))["B3"] == (6e9, "USD", "2022", "")


def test_a_draft_reads_back_as_it_was_written(tmp_path: Path) -> None:
    text = '表1 北京市 "经济" 指标\n单位：亿元\n指标,2021年,2022年\n地区生产总值,1,2\n出口,3,4\n'
    drafted = tabular_draft(tmp_path, text)
    assert mapping.load(mapping.dump(drafted), "draft") == drafted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = [", "is no TOML"),
        ("title = 'x'", "no [[table]]"),
        ("colour = 1\n[[table]]\ncolumns=[{at='A',role='value'}]", "'colour' is no key"),
        ("[[table]]\ncolumns=[{at='A',role='valu'}]", "role = 'valu'"),
        ("[[table]]\ncolumns=[{at='7',role='value'}]", "at = '7'"),
        ("[[table]]\ncolumns=[{at='A',role='ref_area'}]", "no column with role"),
        ("[[table]]\nconstants={scale='many'}\ncolumns=[{at='A',role='value'}]", "scale = 'many'"),
        ("[[table]]\nconstants={scenario='dream'}\ncolumns=[{at='A',role='value'}]", "scenario = 'dream'"),
    ],
)
def test_a_wrong_mapping_is_named(text: str, said: str) -> None:
    with pytest.raises(SourceError) as raised:
        mapping.load(text, "t.csv.map.toml")
    assert said in str(raised.value)
    assert "t.csv.map.toml" in str(raised.value)


def tally(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"TALLY_HOME": str(folder / "home"), "TALLY_EMBEDDER": "none", "PYTHONPATH": ":".join(sys.path)}
    command = [sys.executable, "-c", "from api.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_the_command_drafts_keeps_and_then_adds(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Country,Year,FDI (USD million)\nChina,2022,189\nChina,2023,163\n", encoding="utf-8")
    drafted = tally(tmp_path, "map", str(table), "--yes")
    assert drafted.returncode == 0, drafted.stderr
    assert (tmp_path / "t.csv.map.toml").exists()
    assert "C2: 189 -> FDI (China, 2022) = 1.89e+08 USD" in drafted.stdout
    assert tally(tmp_path, "map", str(table), "--yes").returncode == 2  # never over a kept one unasked
    assert tally(tmp_path, "add", str(table)).returncode == 0
    rows = [json.loads(line) for line in tally(tmp_path, "figures", "--json").stdout.splitlines()]
    assert {(row["value"], row["cell"]) for row in rows} == {(189e6, "C2"), (163e6, "C3")}


def test_a_table_in_doubt_is_drafted_but_not_added(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("name,x\nalpha,17\nbeta,20\n", encoding="utf-8")
    assert tally(tmp_path, "map", str(table), "--yes").returncode == 2
    added = tally(tmp_path, "add", str(table))
    assert added.returncode == 2
    assert "nothing says which period" in added.stderr


def test_the_documented_mapping_is_read() -> None:
    page = Path("docs/sources.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    found = mapping.load(example, "docs/sources.md")
    assert [column.at for column in found.tables[0].columns] == ["A", "B", "C", "D"]
    for role in mapping.ROLES:
        assert f"`{role}`" in page
