"""Tables that are broken down by columns: a member that nobody named is asked for, siblings are set in order whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.understanding.reading import correct
from knowledge.library import Library
from tests.assistant.understanding.conftest import Ask, ask_of

BRANCHES = {"Chemicals": 100, "Machinery": 300, "Textiles": 200, "Trade": 50}
TOTALS = """Province,Size of firm,Year,Exports (USD million)
Jiangsu,Large,2022,410
Jiangsu,Small,2022,150
Jiangsu,Total,2022,560
Zhejiang,Large,2022,390
Zhejiang,Small,2022,260
Zhejiang,Total,2022,650
China,Large,2022,4100
China,Small,2022,1900
China,Total,2022,6000
"""


def by_branch() -> Iterator[str]:
    """Two cities, four branches, four years; Machinery leads in Suzhou, Trade in Ningbo in 2023."""
    yield "City,Industry,Year,Fixed asset investment (USD million)\n"
    for city, more in (("Suzhou", 0), ("Ningbo", 7)):
        for branch, base in BRANCHES.items():
            for year in range(2020, 2024):
                jump = 900 if (city, branch, year) == ("Ningbo", "Trade", 2023) else 0
                yield f"{city},{branch},{year},{base + more + 10 * (year % 3) + jump}.5\n"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    folder = tmp_path_factory.mktemp("tables")
    (Path(folder) / "branches.csv").write_text("".join(by_branch()), encoding="utf-8")
    (Path(folder) / "exports.csv").write_text(TOTALS, encoding="utf-8")
    library = Library.open(tmp_path_factory.mktemp("home"), embedder="none")
    assert {outcome.status for outcome in library.add([str(folder)])} == {"added"}
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(
    "question",
    [
        "What was fixed asset investment in Suzhou in 2022?",
        "2022年苏州固定资产投资是多少？",
        "In which year was fixed asset investment in Suzhou highest?",
        "Where does 2022 rank among the years for fixed asset investment in Suzhou?",
        "What was fixed asset investment in Machinery in 2022?",
        "Which industry had the lowest fixed asset investment in 2022?",
    ],
)
def test_one_of_several_rows_is_asked_for_not_guessed(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status == "clarify", answer.text
    assert len(set(answer.options)) > 1


@pytest.mark.parametrize(
    ("question", "value", "named"),
    [
        ("What was fixed asset investment in Suzhou in Machinery in 2022?", 300.5e6, "Machinery"),
        ("Which industry had the highest fixed asset investment in Suzhou in 2022?", 300.5e6, "Machinery"),
        ("Which industry had the highest fixed asset investment in Ningbo in 2023?", 967.5e6, "Trade"),
        ("Which city had the highest fixed asset investment in Trade in 2023?", 967.5e6, "Ningbo"),
        ("Which industry had the lowest fixed asset investment in Suzhou in 2021?", 70.5e6, "Trade"),
        ("Which province had the highest exports of large firms in 2022?", 410e6, "Jiangsu"),
        ("What were the total exports of Jiangsu in 2022?", 560e6, "Jiangsu"),
        ("What were the exports of Zhejiang in 2022?", 650e6, "Total"),
    ],
)
def test_what_is_named_is_answered(ask: Ask, question: str, value: float, named: str) -> None:
    answer = ask(question)
    assert answer.value is not None, (answer.status, answer.text, answer.options)
    assert answer.value.value == pytest.approx(value)
    assert named in answer.text


def test_an_order_is_whole_and_says_what_it_is_of(ask: Ask) -> None:
    answer = ask("Rank the industries by fixed asset investment in Ningbo in 2022")
    first = [answer.text.index(name) for name in ("Machinery", "Textiles", "Chemicals", "Trade")]
    assert first == sorted(first)
    assert "(Fixed asset investment, Ningbo, in 2022)" in answer.text


@pytest.mark.parametrize("word", ["industries", "countries", "companies", "cities"])
def test_a_plural_is_no_misspelling(word: str) -> None:
    """Whatever the library's words are, and in whatever order they come."""
    known = frozenset({"industriel", "industry", "countess", "country", "companion", "citizen"})
    assert correct(f"Rank the {word} by exports", known) == f"Rank the {word} by exports"
