"""A level held against the year before it, a period only named to be compared with, and parts of a year by number."""

from datetime import date

import pytest

from assistant.question import Question, Turn
from assistant.understanding.planner import plan
from assistant.understanding.reading import read
from knowledge.library import Library

AS_OF = date(2025, 6, 1)
ZH = (
    "2024年，临川市开工率为71.5%，新开工项目310个。一季度新开工项目60个，二季度90个，三季度85个，四季度75个。"
    "2023年，临川市开工率为68.2%，新开工项目280个。"
)
DE = "Im ersten Quartal 2024 wurden in Lindau 17 Projekte gezählt, im zweiten 23."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("notices")
    (folder / "zh.txt").write_text(f"title: 临川市2024年开工情况\ndate: 2025-01-20\n---\n{ZH}", encoding="utf-8")
    (folder / "de.txt").write_text(f"title: Bilanz Lindau\ndate: 2024-08-01\n---\n{DE}", encoding="utf-8")
    library = Library.open(tmp_path_factory.mktemp("store"), embedder="none")
    library.add([str(folder)])
    return library


def answered(library: Library, question: str, *turns: str) -> str:
    return plan(Question(question, AS_OF, tuple(Turn(t) for t in turns)), library).operation


@pytest.mark.parametrize(
    "question", ["2024年临川开工率比去年同期高几个百分点?", "临川2024年的开工率比上年高了多少个百分点"]
)
def test_a_rate_is_held_against_the_year_before(library: Library, question: str) -> None:
    assert answered(library, question) == "difference"


def test_a_period_that_another_is_held_against_is_not_asked_for() -> None:
    reading = read("临川2024年新开工项目是上年的几倍", AS_OF)
    assert [p.code for p in reading.periods] == ["2024"]
    assert reading.year_ago
    assert [p.code for p in read("临川去年新开工项目多少", AS_OF).periods] == ["2024"]


def test_the_next_part_of_a_year_is_asked_for_by_its_number(library: Library) -> None:
    first = Turn("Wie viele Projekte wurden in Lindau im ersten Quartal 2024 gezählt?")
    found = plan(Question("Und im zweiten?", AS_OF, (first,)), library)
    assert found.status == "answered"
    assert found.interpretation["time_period"] == "2024-Q2"
