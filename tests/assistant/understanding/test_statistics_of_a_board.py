"""Questions to a board's yearly, half-yearly and quarterly releases: goals, series, order, revisions, what is left."""

import pytest

from knowledge.library import Library
from tests.assistant.understanding.conftest import ask_of

YEAR = """title: Harbour Link reports on 2022
date: 2023-02-14
---
The Harbour Link programme of Malta approved 840 projects in 2022, a rise of 12 percent over the 750 approved in 2021.

Capital spending reached 6.3 billion euros in 2022. It had been 5.4 billion euros in 2021 and 4.2 billion euros in 2020.

The programme employed 1,900 people at the end of 2022.

The board will spend 48 million euros on roads in 2023, up from 35 million euros in 2022.
"""
REVISED = """title: Harbour Link: revised results for 2022 and the first three quarters of 2023
date: 2023-10-20
---
Approved projects in 2022 now total 821, compared with 840 in the February release.

The programme employed 1,940 people at the end of 2022.

Domestic capital of 2.0 billion euros and foreign capital of 3.1 billion euros flowed into Malta in the third quarter
of 2023. Investment in Malta was 5.1 billion euros in the third quarter of 2023. It was 4.0 billion euros in the first
quarter and 4.4 billion euros in the second quarter of 2023.

From January to September 2023, investment in Malta came to 13.5 billion euros, or 75% of the year's target of
18 billion euros.

Plants by country

Country 2021 2022 Change
Italy 40 30 -25.0%
Greece 20 26 +30.0%
Spain 25 25 0.0%
Total 85 81 -4.7%
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    home = tmp_path_factory.mktemp("board")
    for name, text in (("year", YEAR), ("revised", REVISED)):
        (home / f"{name}.txt").write_text(text, encoding="utf-8")
    library = Library.open(home / "store", embedder="none")
    library.add([str(home)])
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("How many projects did Harbour Link approve in 2021?", 750, "projects"),
        ("How much did investment in Malta come to in q2 2023?", 4.4e9, "EUR"),
        ("Add up investment in Malta in Q1 and Q2 2023", 8.4e9, "EUR"),
        (
            "How much more investment does Malta need in the last quarter of 2023 to make its annual target?",
            4.5e9,
            "EUR",
        ),
        ("average yearly growth of Harbour Link capital spending from 2020 to 2022?", 22.47, "percent"),
        ("Capital spending of Harbour Link in 2022?", 6.3e9, "EUR"),
        ("What does the board plan to spend on roads in 2023?", 48e6, "EUR"),
        ("How many plants were there in Greece in 2022?", 26, "plants"),
    ],
)
def test_one_number(ask, question, value, unit):
    answer = ask(question)
    assert answer.value is not None, answer.text
    assert abs(answer.value.value) == pytest.approx(value, rel=0.001), answer.text
    assert answer.value.unit in (unit, ""), answer.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which country had the most plants in 2022?", "Italy"),
        ("Fastest growing country for plants in 2022?", "Greece"),
    ],
)
def test_members_are_set_in_order_without_their_total(ask, question, words):
    assert ask(question).text.startswith(words)


def test_a_revised_number_leads_and_the_first_one_is_told(ask):
    answer = ask("How many projects did Harbour Link approve in 2022?")
    assert answer.value.value == 821, answer.text
    assert "840" in answer.text


def test_two_notices_that_disagree_are_both_named(ask):
    text = ask("How many people did the Harbour Link programme employ at the end of 2022?").text
    assert "1,940" in text
    assert "1,900" in text


def test_each_period_of_a_series_stands_apart_from_its_value(ask):
    assert "2020: €4.2 billion" in ask("Harbour Link capital spending year by year").text


def test_the_difference_of_the_last_two_answers(ask):
    turns = ("What was capital spending of Harbour Link in 2022?", "and in 2021?", "what's the difference?")
    assert abs(ask(*turns).value.value) == pytest.approx(0.9e9)


def test_foreign_is_not_answered_with_domestic(ask):
    assert ask("How much domestic capital flowed into Malta in the third quarter of 2023?").value.value == 2.0e9
    assert ask("How much foreign capital flowed into Malta in the third quarter of 2023?").value.value == 3.1e9
