"""Questions over tables inside notices: row and column, sums, order, shares, ratios, changes, follow-ups."""

import pytest

from knowledge.library import Library
from tests.assistant.understanding.conftest import Ask, ask_of

VALLE = """title: Investments in the Republic of Valdoria, 2023
date: 2024-02-14
---
Investments in the Republic of Valdoria, 2023

The agency Inverval accompanied 84 foreign investments in 2023.

Announced investments by department, 2023
Department Projects Investment (US$ million) Jobs
Marena 38 742 6,120
Oltavia 24 615 4,890
Costa Alta 13 402 2,010
Brumal 9 145 625
Total 84 1,904 13,645

Table 2. Inward stock by investor, US$ million
Investor country End Q2 2022 End Q2 2023
Sweden 331 325
Denmark 122 131
Japan 140 182
Other countries 407 412
Total 1,000 1,050

Registrations by quarter
Quarter Registrations Value (US$ million)
Q1 2023 48 188
Q2 2023 61 305
Q3 2023 44 212
Q4 2023 57 355
Total 2023 210 1,060
"""
LINQI = """title: 临淇市2024年上半年利用外资情况
date: 2024-07-18
---
临淇市2024年上半年利用外资情况

附表 2024年上半年分行业实际使用外资
行业 | 实际使用外资（万美元） | 占比（%） | 同比增长（%）
制造业 | 36800 | 43.7 | 8.9
信息服务业 | 18200 | 21.6 | 22.4
批发零售业 | 12100 | 14.4 | -6.3
房地产业 | 9500 | 11.3 | -15.8
其他行业 | 7600 | 9.0 | 1.2
合计 | 84200 | 100 | 5.1
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    home = tmp_path_factory.mktemp("tables")
    for name, text in (("valle.txt", VALLE), ("linqi.txt", LINQI)):
        (home / name).write_text(text, encoding="utf-8")
    library = Library.open(home / "library", embedder="none")
    library.add([str(home / "valle.txt"), str(home / "linqi.txt")])
    return ask_of(library)


NUMBERS = [
    ("How many jobs did Costa Alta get from Inverval projects?", 2010),
    ("Investment announced for Brumal in 2023?", 145e6),
    ("Inverval's inward stock from Denmark at the end of June 2022?", 122e6),
    ("How many projects do Marena and Oltavia have together?", 62),
    ("Which department has the second-highest investment?", 615e6),
    ("Who got most projects after Marena?", 24),
    ("What share of announced investment went to Oltavia?", 615 / 1904 * 100),
    ("How many jobs per project in Brumal?", 625 / 9),
    ("How many more jobs did Marena get than Oltavia?", 1230),
    ("By how much percent did the inward stock from Japan grow from Q2 2022 to Q2 2023?", 30.0),
    ("Value of registrations in the first and second quarters of 2023 together?", 493e6),
    ("How big is the inward stock of Swedish investors in 2023?", 325e6),
    ("Marena jobs minus Oltavia jobs", 1230),
    ("How much bigger was Japan's stock than Denmark's in Q2 2023?", 51e6),
    ("Who is the third largest holder of inward stock in Q2 2023?", 131e6),
    ("What percentage of inward stock do Sweden and Japan hold together in Q2 2023?", 507 / 1050 * 100),
    ("临淇市2024年上半年制造业实际使用外资多少?", 368e6),
    ("临淇市房地产业占比多少?", 11.3),
    ("临淇市制造业和信息服务业合计占多少?", 65.3),
]


@pytest.mark.parametrize(("question", "value"), NUMBERS)
def test_cells_and_what_is_made_of_them(ask: Ask, question: str, value: float) -> None:
    answer = ask(question)
    assert answer.value is not None, answer.text
    assert answer.value.value == pytest.approx(value, rel=1e-3)


WORDS = [
    ("Which department got the most jobs?", "Marena"),
    ("Which department comes last in number of projects?", "Brumal"),
    ("Which quarter of 2023 had the fewest registrations?", "the third quarter"),
    ("Which investor's inward stock fell in 2023?", "Sweden"),
    ("Which investor's stock gained most from Q2 2022 to Q2 2023?", "Japan"),
    ("Do the projects of the four departments add up to 84?", "Yes"),
    ("Does the inward stock in Table 2 add up to US$1,050 million?", "Yes"),
    ("Do the quarters sum to 210 registrations?", "Yes"),
    ("临淇市哪个行业实际使用外资增长最快?", "信息服务业"),
]


@pytest.mark.parametrize(("question", "start"), WORDS)
def test_members_in_order(ask: Ask, question: str, start: str) -> None:
    assert ask(question).text.startswith(start)


def test_as_many_as_are_asked_for(ask: Ask) -> None:
    text = ask("Name the top 2 departments by announced investment").text
    assert text.index("Marena") < text.index("Oltavia")
    assert "Costa Alta" not in text


def test_both_ends_of_an_order(ask: Ask) -> None:
    text = ask("In which quarter of 2023 was the value of registrations highest, and in which lowest?").text
    assert "the fourth quarter" in text and "the first quarter" in text


def test_those_that_fell(ask: Ask) -> None:
    text = ask("2024年上半年临淇市哪些行业下降了?").text
    assert "批发零售业" in text and "房地产业" in text and "制造业" not in text


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("How many jobs did Inverval report for Oltavia?", "and Brumal?"), 625),
        (("What was the inward stock from Japan in Q2 2023?", "and a year earlier?"), 140e6),
        (("What was the inward stock from Japan in Q2 2022?", "and in Q2 2023?"), 182e6),
    ],
)
def test_a_follow_up_stays_in_the_table(ask: Ask, turns: tuple[str, ...], value: float) -> None:
    answer = ask(*turns)
    assert answer.value is not None and answer.value.value == value


@pytest.mark.parametrize(
    "question", ["How many jobs did Norland get from Inverval projects?", "Investment announced for Marena in 2019?"]
)
def test_what_is_in_no_row_or_time_is_refused(ask: Ask, question: str) -> None:
    assert ask(question).status == "refused"
