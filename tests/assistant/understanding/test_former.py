"""Levels that only a later level and its change give: asked for plainly, by the number, or as what is implied."""

import pytest

from knowledge.library import Library
from tests.assistant.understanding.conftest import ask_of

NOTICE = """title: Corvin Valley in 2023
date: 2024-02-02
---
Corvin Valley registered 45 new companies in 2023, 1.5 times as many as in 2022.

Exports came to $312 million in 2023, 4 percent up on 2022. Fixed asset investment fell by 10 percent to $90 million.

The unemployment rate was 6.1 percent in 2023, 0.7 percentage points lower than in 2022.

In 2023 the valley welcomed 80,000 visitors, 5,000 more than in 2022.

It issued 1,370 new trade licences in 2023. Against 2022, licensing went up by 23 percent.
"""
CHINESE = """title: 澄湖区上半年经济运行
date: 2024-07-12
---
2024年上半年，澄湖区实际使用外资6.3亿美元，是上年同期的1.5倍。新签约项目88个，上年同期为80个。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    home = tmp_path_factory.mktemp("former")
    (home / "valley.txt").write_text(NOTICE, encoding="utf-8")
    (home / "lake.txt").write_text(CHINESE, encoding="utf-8")
    library = Library.open(home / "store", embedder="none")
    library.add([str(home / "valley.txt"), str(home / "lake.txt")])
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("How many new companies were registered in Corvin Valley in 2022?", 30, "companies"),
        ("corvin valley exports 2022?", 300e6, "USD"),
        ("What did exports of Corvin Valley come to in 2022, judging by the growth rate?", 300e6, "USD"),
        (
            "Exports of Corvin Valley were up 4 percent to $312 million - so what were they the year before?",
            300e6,
            "USD",
        ),
        ("Fixed asset investment in Corvin Valley in 2022?", 100e6, "USD"),
        ("What was the unemployment rate in Corvin Valley in 2022?", 6.8, "percent"),
        ("How many visitors did Corvin Valley welcome in 2022?", 75_000, "visitors"),
        ("澄湖区2023年上半年实际使用外资是多少?", 420e6, "USD"),
        ("Using the 2023 value and its growth, estimate 2022 exports of Corvin Valley.", 300e6, "USD"),
        (
            "1,370 licences after a 23 percent rise in Corvin Valley: what does that imply for 2022?",
            1113.82,
            "licences",
        ),
    ],
)
def test_a_level_before_a_change_is_implied(ask, question, value, unit):
    answer = ask(question)
    assert answer.value is not None, answer.text
    assert answer.value.unit == unit, answer.text
    assert answer.value.value == pytest.approx(value, rel=1e-4)
    assert answer.interpretation["operation"] == "implied previous"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("澄湖区2023年上半年新签约项目多少个?", 80),  # published: nothing is implied
        ("How many new companies were registered in Corvin Valley in 2023?", 45),
    ],
)
def test_what_is_published_is_looked_up(ask, question, value):
    answer = ask(question)
    assert (answer.value.value, answer.interpretation["operation"]) == (value, "lookup")


def test_growth_is_computed_of_a_part_of_a_year_without_its_year(ask):
    answer = ask("澄湖区上半年新签约项目同比增长百分之几?")
    assert (answer.value.value, answer.value.unit) == (10, "percent")


def test_no_part_of_a_counted_thing_is_told(ask):
    assert "1,114 licences" in ask("1,370 licences after a 23 percent rise in Corvin Valley: what was 2022?").text


def test_two_years_back_nothing_is_implied(ask):
    assert ask("How many new companies were registered in Corvin Valley in 2021?").status == "refused"
