"""Shares, ratios and series as Chinese, German and French questions put them."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answering import planned
from assistant.event import unheard
from assistant.question import Question
from knowledge.library import Library

AS_OF = date(2026, 1, 5)
NOTICES = {
    "zh.txt": (
        "title: 2024年长宁招商情况\ndate: 2025-01-20\n---\n"
        "2024年长宁招商情况\n\n2024年，全市完成固定资产投资600亿元，增长4%。其中，民间投资240亿元，增长2%。\n\n"
        "全市有三大支柱产业：造船、食品及饮料、软件。2024年，三大产业产值分别为30亿元、20亿元和10亿元，"
        "同比分别增长3%、5%和12%。全市规模以上工业总产值80亿元，增长7%。\n\n"
        "2023年全市新签约项目120个。2024年全市新签约项目150个，带来就业岗位3000个。\n\n"
        "2010年，长宁地区生产总值为50亿元。2018年，地区生产总值达到90亿元。2024年，地区生产总值为160亿元。"
        "到2028年，长宁地区生产总值预计达到220亿元。\n"
    ),
    "rate.txt": (
        "title: 长宁举行2024年上半年招商发布会\ndate: 2024-07-24\n---\n"
        "长宁举行2024年上半年招商发布会\n\n截至6月底，全市项目投产率为61.2%，比全年目标低3.8个百分点。\n"
    ),
    "fr.txt": (
        "title: Investissements étrangers au Sénégal en 2024\ndate: 2024-11-14\n---\n"
        "Investissements étrangers au Sénégal en 2024\n\n"
        "Les investissements étrangers au Sénégal ont atteint 480 milliards de francs CFA à fin septembre 2024. "
        "Pour l'ensemble de l'année 2024, l'objectif est de 800 milliards de francs CFA.\n"
    ),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("notices")
    for name, text in NOTICES.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = Library.open(folder / "home", embedder="none")
    library.add([str(folder / name) for name in NOTICES])
    return library


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("长宁2024年民间投资占全部投资的比重是多少？", 40),
        ("2024年长宁民间投资在固定资产投资中占多大比例？", 40),
        ("长宁三大支柱产业产值合计占规上工业总产值多少？", 75),
        ("长宁2024年平均每个新签约项目带来多少个就业岗位？", 20),
        ("长宁2023、2024两年一共新签约多少个项目？", 270),
        ("长宁地区生产总值从2024年到2028年要达到预计值，年均要增长多少？", 8.29),
        ("上半年发布会上长宁项目投产率的全年目标是多少？", 65),
        ("Fin septembre 2024, quelle part de son objectif annuel le Sénégal avait-il atteinte ?", 60),
    ],
)
def test_the_number_that_is_worked_out(library: Library, question: str, value: float) -> None:
    answer = planned(Question(question, AS_OF), library, unheard)
    assert answer.status == "answered"
    assert answer.value is not None
    assert float(answer.value.value) == pytest.approx(value, rel=0.005)


def test_years_listed_with_one_sign_of_the_year(library: Library) -> None:
    text = planned(Question("长宁地区生产总值2010、2018、2024年各是多少？", AS_OF), library, unheard).text
    assert all(token in text for token in ("50亿元", "90亿元", "160亿元"))


def test_the_branch_that_grew_most(library: Library) -> None:
    text = planned(Question("长宁三大支柱产业里2024年哪个增速最高？", AS_OF), library, unheard).text
    assert "软件" in text


def test_a_part_that_is_not_published_is_no_other_part(library: Library) -> None:
    answer = planned(Question("长宁2024年钢铁产值占规上工业总产值多少？", AS_OF), library, unheard)
    assert answer.status != "answered"
