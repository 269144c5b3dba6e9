"""Flattened tables inside a notice: period, unit and label from row, column and caption."""

from datetime import date

import pytest

from knowledge.figure import Figure
from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.ledger.headers import columns
from knowledge.notice import Notice

TABLES = [
    (
        "Number of projects by year\n2021 to 2022 1,204\n2022 to 2023 1,377\nSource: the ministry, for the "
        "financial year.",
        [(1204, "2021-04/2022-03", "projects"), (1377, "2022-04/2023-03", "projects")],
    ),
    (
        "Table 1: Results of the port\nFinancial year Ships New jobs Freight (£ million)\n2020 to 2021 94 3,870 412\n"
        "2021 to 2022 71 2,644 287\nEnd of the table.",
        [
            (94, "2020-04/2021-03", "Ships"),
            (3870, "2020-04/2021-03", "New jobs"),
            (412e6, "2020-04/2021-03", "Freight"),
            (71, "2021-04/2022-03", "Ships"),
            (2644, "2021-04/2022-03", "New jobs"),
            (287e6, "2021-04/2022-03", "Freight"),
        ],
    ),
    (
        "Table 2: FDI by sector (US$ million)\nSector | 2022 | 2023\nMining | 40.5 | 38\nTrade | 12 | -",
        [(40.5e6, "2022", "Mining"), (38e6, "2023", "Mining"), (12e6, "2022", "Trade")],
    ),
    (
        "Financial Year Domestic projects Foreign projects Total\n2019 to 2020 10 20 30\n2020 to 2021 11 21 "
        "32\nEnd of the fiscal year.",
        [
            (10, "2019-04/2020-03", "Domestic projects"),
            (20, "2019-04/2020-03", "Foreign projects"),
            (30, "2019-04/2020-03", "Total"),
            (11, "2020-04/2021-03", "Domestic projects"),
            (21, "2020-04/2021-03", "Foreign projects"),
            (32, "2020-04/2021-03", "Total"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TABLES)
def test_cells(text: str, wanted: list[tuple[float, str, str]]) -> None:
    figures = extract(Notice("n", "n.txt", "", text, "en", date(2024, 2, 20)), load())
    cells = [f for f in figures if f.extracted_by == "table"]
    assert [(f.value, f.time_period) for f in cells] == [(value, period) for value, period, _ in wanted]
    assert all(words in f.label for f, (_, _, words) in zip(cells, wanted, strict=True))
    assert all(text[f.start : f.end] == f.published_as for f in cells)


def test_a_mark_of_revision_stays_with_its_cell() -> None:
    text = "Fiscal year | Plants | Outlays (A$ million)\n2020-21 | 14 | 1,105 (r)\n2021-22 | 17 | 1,260\n\n(r) Revised."
    figures = extract(Notice("n", "n.txt", "", text, "en", date(2022, 9, 20)), load())
    assert [(f.published_as, f.value, f.obs_status) for f in figures] == [
        ("14", 14, "normal"),
        ("1,105", 1105e6, "revised"),
        ("17", 17, "normal"),
        ("1,260", 1260e6, "normal"),
    ]
    assert figures[1].unit == figures[3].unit == "AUD"


HEADERS = [
    ("Country End Q2 2022 End Q2 2023", 2, ("End Q2 2022", "End Q2 2023")),
    ("Investor country End 2022 End 2023 Share 2023 (%)", 3, ("End 2022", "End 2023", "Share 2023 (%)")),
    ("Country Stock end-2023 Share (%) Change on 2022 (%)", 3, ("Stock end-2023", "Share (%)", "Change on 2022 (%)")),
    ("国家或地区 2023年上半年 2024年上半年", 2, ("2023年上半年", "2024年上半年")),
    ("Sector 2021 2022", 2, ("2021", "2022")),
]


@pytest.mark.parametrize(("header", "width", "names"), HEADERS)
def test_periods_in_a_header_open_columns(header: str, width: int, names: tuple[str, ...]) -> None:
    assert columns(header, width) == names


def _cells(text: str, language: str = "en") -> list[Figure]:
    figures = extract(Notice("n", "n.txt", "", text, language, date(2024, 2, 20)), load())
    return [f for f in figures if f.extracted_by == "table"]


def test_a_numbered_caption_gives_unit_and_measure() -> None:
    cells = _cells(
        "Table 3. FDI stock by country, OMR million\nCountry End 2022 End 2023\nChina 905 1,010\nTotal 990 1,100"
    )
    assert [(f.value, f.unit, f.time_period, f.label) for f in cells[:2]] == [
        (905e6, "OMR", "to 2022-12-31", "China, FDI stock"),
        (1010e6, "OMR", "to 2023-12-31", "China, FDI stock"),
    ]
    assert [f.dimensions.get("counterpart") for f in cells] == ["China", "China", None, None]
    assert all("section" not in f.dimensions for f in cells)


def test_a_header_of_two_lines() -> None:
    cells = _cells(
        "Results by region\n2022 2023\nRegion Projects Jobs Projects Jobs\nNorth 12 310 14 422\nSouth 22 810 19 700"
    )
    assert [(f.value, f.time_period, f.label) for f in cells[:4]] == [
        (12, "2022", "North, Projects"),
        (310, "2022", "North, Jobs"),
        (14, "2023", "North, Projects"),
        (422, "2023", "North, Jobs"),
    ]


def test_rows_of_quarters_and_of_months() -> None:
    cells = _cells("Quarter Decisions Capital (EUR million)\nQ1 2023 8 164\nQ2 2023 11 207\nTotal 2023 19 371")
    assert [(f.value, f.unit, f.time_period) for f in cells] == [
        (8, "decisions", "2023-Q1"),
        (164e6, "EUR", "2023-Q1"),
        (11, "decisions", "2023-Q2"),
        (207e6, "EUR", "2023-Q2"),
        (19, "decisions", "2023"),
        (371e6, "EUR", "2023"),
    ]
    months = _cells("Inflows (USD million)\nMonth 2022 2023\nJanuary 120 131\nFebruary 98 140")
    assert [f.time_period for f in months] == ["2022-01", "2023-01", "2022-02", "2023-02"]


def test_a_sentence_above_a_header_is_no_caption_and_a_header_no_heading() -> None:
    text = (
        "Thirty certificates went to foreign investors and joint ventures, 12 to local ones.\n"
        "Sector Certificates Jobs\nEnergy 6 510\nTrade 14 1,290\n\nNine projects are in the capital."
    )
    figures = extract(Notice("n", "n.txt", "", text, "en", date(2024, 2, 20)), load())
    assert all("table" not in f.dimensions and "section" not in f.dimensions for f in figures)


@pytest.mark.parametrize(
    "text",
    ["500 450 400 350 300 250", "Page 1 of 5", "Chart 1. Flows by type, 1999-2023", "Photo: 300 guests at the gala"],
)
def test_axes_captions_and_page_numbers_are_no_figures(text: str) -> None:
    assert extract(Notice("n", "n.txt", "", f"Head\n{text}\n", "en", date(2024, 2, 20)), load()) == ()
