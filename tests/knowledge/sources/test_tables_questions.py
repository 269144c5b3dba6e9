"""Questions over a table and a notice together: right, and cited to the cell and to the sentence."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.answering import planned
from assistant.question import Question
from knowledge.focus import focused
from knowledge.library import Library

NATIONAL = """Table 1. China foreign direct investment inflows
Unit: USD billion
Year,FDI inflows
2019,141.2
2020,149.3
2021,181.0
2022,189.1
2023,163.3
"""
NOTICE = """title: Riverton attracts more foreign capital
date: 2023-03-14
---
Riverton attracts more foreign capital

In 2022, Riverton recorded foreign direct investment of $4.81 billion, up 7.3 percent year-on-year.
"""
CITY = """City,Year,FDI (USD million)
Riverton,2020,4120
Riverton,2021,4483
"""
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    folder = tmp_path_factory.mktemp("together")
    for name, text in (("national.csv", NATIONAL), ("river.txt", NOTICE), ("river.csv", CITY)):
        (folder / name).write_text(text, encoding="utf-8")
    library = Library.open(tmp_path_factory.mktemp("home"), embedder="none")
    assert [o.status for o in library.add([str(folder)])] == ["added"] * 3
    yield lambda text: planned(Question(text, date(2024, 2, 1)), library, lambda _: None)
    library.close()


def places(answer: Answer) -> set[str]:
    """Where the answer's figures stand: the cell of a table, the source's name for prose."""
    return {figure["cell"] or Path(figure["source"]).name for figure in answer.figures}


def test_a_table_is_looked_up_and_cited_to_its_cell(ask: Ask) -> None:
    answer = ask("What were China's FDI inflows in 2021?")
    assert answer.value is not None
    assert answer.value.value == 181.0e9
    assert places(answer) == {"B6"}
    assert answer.citations[0].quote == "Year 2021 | FDI inflows: 181.0"


def test_share_of_the_national_total(ask: Ask) -> None:
    answer = ask("How much of China's FDI inflows in 2022 is Riverton's foreign direct investment?")
    assert answer.value is not None
    assert answer.value.value == pytest.approx(4.81 / 189.1 * 100)
    assert answer.value.unit == "percent"
    assert places(answer) == {"B7", "river.txt"}


def test_growth_where_one_year_comes_from_each(ask: Ask) -> None:
    answer = ask("How much higher was Riverton's FDI in 2022 than in 2021?")
    assert answer.value is not None
    assert answer.value.value == pytest.approx(4.81e9 - 4.483e9)
    assert places(answer) == {"C3", "river.txt"}


def test_the_best_of_the_years(ask: Ask) -> None:
    answer = ask("In which year were China's FDI inflows highest?")
    assert answer.value is not None
    assert answer.value.value == 189.1e9
    assert "2022" in answer.text


def large(rows: int) -> Iterator[str]:
    yield "City,Industry,Year,Fixed asset investment (USD million)\n"
    for n in range(rows):
        city, rest = divmod(n, 400)
        yield f"Cityname{city:03d},Industry{rest // 20:02d},{2004 + rest % 20},{(n * 7919) % 99991 / 10:.1f}\n"


def test_a_large_table_answers_like_any_other(tmp_path: Path) -> None:
    """More numbers than are held in memory: the series that a question names are looked up."""
    table = tmp_path / "investment.csv"
    lines = list(large(24_000))
    table.write_text("".join(lines), encoding="utf-8")
    library = Library.open(tmp_path / "home", embedder="none")
    outcome = library.add([str(table)])[0]
    assert outcome.figures == 24_000
    assert library.figures() == ()
    words = "What was fixed asset investment in Cityname017 in Industry07 in 2020?"
    seen = focused(library, [words], None)
    answer = planned(Question(words, date(2024, 2, 1)), seen, lambda _: None)
    line = next(n for n, text in enumerate(lines, 1) if text.startswith("Cityname017,Industry07,2020,"))
    assert answer.value is not None
    assert answer.value.value == float(lines[line - 1].split(",")[3]) * 1e6
    assert places(answer) == {f"D{line}"}
    citation = answer.citations[0]
    assert library.notice(citation.notice_id).text[citation.start : citation.end] == citation.quote
    series = {
        line.split(",")[2]: float(line.split(",")[3]) for line in lines if line.startswith("Cityname017,Industry07")
    }
    ranked = "Where does 2020 rank among the years for fixed asset investment in Cityname017 in Industry07?"
    placed = planned(Question(ranked, date(2024, 2, 1)), focused(library, [ranked], None), lambda _: None)
    assert placed.value is not None
    assert placed.value.value == 1 + sum(value > series["2020"] for value in series.values())
    assert len(placed.figures) == len(series) == 20  # the whole series, not the years that the question names
    vague = "What was fixed asset investment in Cityname017 in 2020?"
    asked = planned(Question(vague, date(2024, 2, 1)), focused(library, [vague], None), lambda _: None)
    assert asked.status == "clarify"  # one industry among twenty is not guessed
    everywhere = "What was fixed asset investment in 2020?"
    assert focused(library, [everywhere], None) is library  # more than one question sees: none of it rather than a part
    assert focused(library, ["What is the weather?"], None) is library
    assert focused(library, [words], "other") is library
    library.remove([str(table)])
    assert focused(library, [words], None) is library
    library.close()


def test_first_published_against_revised(tmp_path: Path) -> None:
    table = tmp_path / "national.csv"
    table.write_text(NATIONAL, encoding="utf-8")
    library = Library.open(tmp_path / "home", embedder="none")
    library.add([str(table)])
    table.write_text(NATIONAL.replace("163.3", "162.1"), encoding="utf-8")
    assert library.add([str(table)])[0].status == "changed"

    def value(words: str) -> float | bool | None:
        answer = planned(Question(words, date(2024, 2, 1)), focused(library, [words], None), lambda _: None)
        for citation in answer.citations:
            assert library.notice(citation.notice_id).text[citation.start : citation.end] == citation.quote
        return answer.value.value if answer.value else None

    assert value("What were China's FDI inflows in 2023?") == 162.1e9
    assert value("What were China's FDI inflows in 2023 as first published?") == 163.3e9
    assert value("2023年中国外商直接投资最初公布是多少？") == 163.3e9
    library.close()


@pytest.mark.parametrize(
    ("question", "value", "others"),
    [
        ("Where does 2023 rank among the years for China's FDI inflows?", 3, {"163.3", "189.1"}),
        ("How did China's FDI inflows in 2022 rank compared with the other years?", 1, {"189.1", "181.0"}),
        ("Among the years 2019 to 2022, what rank does 2020 take for FDI inflows of China?", 3, {"149.3", "189.1"}),
        ("China's FDI inflows in 2021: what place among all the years?", 2, {"181.0", "189.1"}),
        ("2023年中国外商直接投资在历年中排第几？", 3, {"1,633亿", "1,891亿"}),
        ("2022年中国FDI排在历年第几？", 1, {"1,891亿", "1,810亿"}),
        ("Welchen Rang nimmt 2023 unter den Jahren bei Chinas FDI ein?", 3, {"163,3", "189,1"}),
        ("Quel rang occupe 2023 parmi les années pour les FDI de la Chine ?", 3, {"163,3", "189,1"}),
        ("Where does 2022 rank among the years for Riverton's foreign direct investment?", 1, {"4.81", "4,483"}),
    ],
)
def test_the_place_of_a_year_among_the_years(ask: Ask, question: str, value: int, others: set[str]) -> None:
    """The rank, with the year's own value and the one it is set beside; from table, notice, or both."""
    answer = ask(question)
    assert answer.value is not None
    assert (answer.value.value, answer.value.unit) == (value, "rank")
    assert all(each in answer.text for each in others), answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Where does 2017 rank among the years for China's FDI inflows?",  # no such year
        "Where did Riverton rank in 2022?",  # among what, nobody published
        "What were China's FDI inflows in 2021?",
    ],
)
def test_no_place_where_none_is_asked_or_known(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.value is None or answer.value.unit != "rank"


def test_years_in_order(ask: Ask) -> None:
    answer = ask("Rank the years by China's FDI inflows")
    assert answer.text.startswith("In order: 2022 $189.1 billion")
    assert answer.text.endswith("(FDI inflows, China).")
