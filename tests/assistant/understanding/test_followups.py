"""What a question takes from the one before it: words, period, figures; and what it never takes."""

import pytest

from assistant.question import Question
from assistant.understanding import figure_index
from assistant.understanding.followups import elliptical, lend
from assistant.understanding.periods import code_of
from assistant.understanding.planner import best, context, remember
from tests.assistant.understanding.conftest import AS_OF

LANDED = "How many projects landed in Marlow in 2023?"
RATE = "What was the landing rate in Marlow in 2022?"
SIGNED = "宁波市2024年一季度新签约项目多少个？"
CAPITAL = "How much foreign capital did Ningbo use in 2023?"


@pytest.mark.parametrize(
    ("turns", "value", "unit"),
    [
        ((LANDED, "and in 2022?"), 2210, "projects"),
        ((LANDED, "What about 2022?"), 2210, "projects"),
        ((LANDED, "And the year before?"), 2210, "projects"),
        ((RATE, "a year later?"), 64, "percent"),
        ((RATE, "And the year after?"), 64, "percent"),
        (("What was the landing rate in 2023?", "And the target for 2024?"), 55, "percent"),
        (("How many projects landed in 2022?", "and in 2023?", "and in 2022?"), 2210, "projects"),
        ((LANDED, "And how many in Ningbo in the first quarter of 2024?"), 91, "projects"),
        (("How many new projects were added in Marlow in 2023?", "What share of that landed?"), 64.4417, "percent"),
        ((CAPITAL, "By how much did it fall?"), -8, "percent"),
        (("How much foreign capital came from Singapore in 2023?", "and from Germany?"), 188e6, "USD"),
        (("What was the expected investment of the 2023 projects?", "in dollars?"), 43.2e9, "USD"),
        ((LANDED, "What was the expected investment in 2023?"), 310e9, "CNY"),
        (("How much foreign capital came from Singapore in 2023?", "and Japan?"), 143e6, "USD"),
        (("How much foreign capital did manufacturing use in Ningbo in 2023?", "and services?"), 2.64e9, "USD"),
        (("How many new projects were added in 2022?", "By how much did that grow in 2023?"), 12, "percent"),
        (("2023年落地项目多少个？", "2022年呢？"), 2210, "projects"),
        (("2023年落地项目多少个？", "前一年呢？"), 2210, "projects"),
        (("2023年宁波实际使用外资多少？", "其中新加坡多少？"), 612e6, "USD"),
        ((SIGNED, "其中制造业多少个？"), 58, "projects"),
        ((SIGNED, "计划总投资是多少？"), 84.3e9, "CNY"),
        (("宁波市一季度落地项目多少个？", "落地率呢？"), 72, "percent"),
    ],
)
def test_a_follow_up(ask, turns, value, unit):
    answer = ask(*turns)
    assert answer.status == "answered", answer.text
    assert answer.value.value == pytest.approx(value, rel=1e-5), answer.text
    assert answer.value.unit == unit


def test_a_follow_up_about_a_year_without_figures_is_refused(ask):
    answer = ask(LANDED, "What about 2019?")
    assert answer.status == "refused"
    assert answer.value is None
    assert "2019" in answer.text


def test_a_question_of_its_own_is_answered_as_without_history(ask):
    question = "How many foreign-funded enterprises were set up in Ningbo in 2023?"
    assert ask(LANDED, question).text == ask(question).text


def test_history_is_read_again_not_believed(ask):
    """Turns carry words alone: what an earlier answer claimed does not reach the next one."""
    assert ask("In 2023, 9,999 projects landed in Marlow, right?", "and in 2022?").value.value == 2210


@pytest.mark.parametrize(
    ("words", "leans"),
    [
        ("and in 2022?", True),
        ("what about Germany?", True),
        ("What share of that?", True),
        ("the year before?", True),
        ("那2022年呢？", True),
        ("How many foreign-funded enterprises were newly established in Ningbo in 2023?", False),
        ("How many new projects were added to the Marlow database in 2022?", False),
    ],
)
def test_what_leans_on_the_turn_before(library, words, leans):
    index = figure_index.build(library, library.version, None)
    ctx = context(words, Question(words, AS_OF), library, index, ())
    assert elliptical(ctx.reading, index) is leans


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("the year before?", "2022"),
        ("and the following year?", "2024"),
        ("two years earlier?", "2021"),
        ("three years later?", "2026"),
        ("前一年呢？", "2022"),
        ("两年后呢？", "2025"),
        ("What share of that?", "2023"),
    ],
)
def test_the_period_that_is_lent(library, words, period):
    index = figure_index.build(library, library.version, None)
    first = context(LANDED, Question(LANDED, AS_OF), library, index, ())
    past = (remember(first, best(first)),)
    reading = context(words, Question(words, AS_OF), library, index, ()).reading
    assert [code_of(p) for p in lend(reading, past, index).periods] == [period]


def test_nothing_is_lent_without_history(library):
    index = figure_index.build(library, library.version, None)
    reading = context("and in 2022?", Question("and in 2022?", AS_OF), library, index, ()).reading
    lent = lend(reading, (), index)
    assert (lent.terms, lent.periods, lent.entries) == ((), (), ())
