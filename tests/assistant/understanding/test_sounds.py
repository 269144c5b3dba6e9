"""Chinese wordings of foreign names, met by their sound in notices of other languages."""

from datetime import date

import pytest

from assistant.question import Question
from assistant.understanding.planner import plan
from knowledge.library import Library

AS_OF = date(2025, 6, 1)
NOTICES = {
    "en": ("Tauranga: the year in investment", "In 2024 Tauranga drew 47 projects worth $310 million."),
    "pinyin": ("Rudong in 2024", "Rudong signed 52 projects in 2024."),
    "de": ("Bilanz Quakenbrück", "Im Jahr 2024 wurden in Quakenbrück 19 Projekte begleitet."),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("notices")
    for name, (title, text) in NOTICES.items():
        (folder / f"{name}.txt").write_text(f"title: {title}\ndate: 2025-01-20\n---\n{text}", encoding="utf-8")
    library = Library.open(tmp_path_factory.mktemp("store"), embedder="none")
    library.add([str(folder)])
    return library


@pytest.mark.parametrize(
    ("question", "value"),
    [("2024年陶朗阿有多少个项目?", 47), ("如东2024年签了几个项目", 52), ("夸肯布吕克2024年项目数是多少", 19)],
)
def test_a_name_is_met_by_its_sound(library: Library, question: str, value: float) -> None:
    found = plan(Question(question, AS_OF), library)
    figures = {f.figure_id: f.value for f in library.figures()}
    assert found.status == "answered"
    assert [figures[i] for i in found.figure_ids][:1] == [value]


@pytest.mark.parametrize("question", ["2024年惠灵顿有多少个项目?", "斯特拉斯堡2024年签了几个项目"])
def test_a_name_of_another_sound_is_none(library: Library, question: str) -> None:
    assert plan(Question(question, AS_OF), library).status != "answered"
