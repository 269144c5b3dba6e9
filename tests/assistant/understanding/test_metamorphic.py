"""Changes of a question that change nothing, or exactly one thing, of its answer."""

import pytest

from tests.assistant.understanding.conftest import NOTICES, ask_of, make

SAME = {
    "projects landed": [
        "How many projects landed in Marlow in 2023?",
        "how many projects landed in marlow in 2023",
        "HOW MANY PROJECTS LANDED IN MARLOW IN 2023?",
        "How many project landed in Marlow in 2023?",
        "How many projcts landed in Marlow in 2023?",
        "How many of the projects landed in Marlow in the year 2023?",
        "Number of projects that landed in Marlow during 2023",
        "In 2023, how many projects landed in Marlow?",
        "How many projects landed in 2023?",
        "2023年落地项目多少个？",
    ],
    "landing rate": [
        "What was the landing rate in Marlow in 2023?",
        "What was landing rate in Marlow in 2023?",
        "what was the landng rate in marlow in 2023",
        "WHAT WAS THE LANDING RATE IN 2023",
        "2023年的落地率是多少？",
        "Marlow 2023年落地率是多少？",
    ],
    "new projects": [
        "How many new projects were added to the database in Marlow in 2023?",
        "How many new projects were added to the Marlow database in 2023?",
        "how many new projects were added in marlow in 2023",
        "2023年新增入库项目多少个？",
    ],
    "expected investment": [
        "What was the expected investment of new projects in 2023?",
        "what was expected investment of the new projects in 2023",
        "What was the expectd investment of new projects in 2023?",
        "2023年预计总投资是多少？",
    ],
    "foreign capital": [
        "How much foreign capital did Ningbo use in 2023?",
        "how much foreign capital did ningbo use in 2023",
        "Ningbo 2023 actual use of foreign capital",
        "2023年宁波实际使用外资多少？",
        "2023年宁波市实际使用外资是多少？",
    ],
    "landed in Ningbo": [
        "How many projects landed in Ningbo in the first quarter of 2024?",
        "How many projects landed in Ningbo in Q1 2024?",
        "How many projects landed in Ningbo from January to March 2024?",
        "宁波市一季度落地项目多少个？",
        "2024年第一季度宁波落地项目有多少？",
    ],
}
PAIRS = [(words[0], other) for words in SAME.values() for other in words[1:]]


@pytest.mark.parametrize(("question", "other"), PAIRS, ids=[other for _, other in PAIRS])
def test_another_wording_gives_the_same_figure(ask, question, other):
    first, second = ask(question), ask(other)
    assert first.status == second.status == "answered", second.text
    assert (first.value.value, first.value.unit, first.value.qualifier) == (
        second.value.value,
        second.value.unit,
        second.value.qualifier,
    ), second.text
    assert first.citations[0].quote == second.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "What was the expected investment of the 2023 projects{}?",
        "What was the expected investment in Marlow in 2023{}?",
    ],
)
def test_the_currency_that_is_asked_for_is_the_one_that_is_published(ask, question):
    yuan, dollars = ask(question.format(" in yuan")), ask(question.format(" in dollars"))
    assert (yuan.value.value, yuan.value.unit) == (310e9, "CNY")
    assert (dollars.value.value, dollars.value.unit) == (43.2e9, "USD")
    assert yuan.citations[0].quote == dollars.citations[0].quote


ENGLISH = [
    "How many projects landed in Marlow in {}?",
    "What was the landing rate in Marlow in {}?",
    "How many new projects were added to the database in Marlow in {}?",
    "What was the expected investment of new projects in {}?",
    "How many foreign-funded enterprises were set up in Ningbo in {}?",
]
CHINESE = ["{}年落地项目多少个？", "{}年落地率是多少？", "{}年新增入库项目多少个？", "{}年宁波新设外资企业多少家？"]


@pytest.mark.parametrize("question", ENGLISH + CHINESE)
@pytest.mark.parametrize("year", [1998, 2017, 2026, 2031])
def test_a_period_that_nothing_is_published_for_is_refused(ask, question, year):
    answer = ask(question.format(year))
    assert answer.status == "refused", answer.text
    assert answer.value is None
    assert str(year) in answer.text


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("How many projects landed in Marlow in 2023?", "How many projects landed in Marlow in 2022?"),
        ("What was the landing rate in 2023?", "What is the target landing rate for 2024?"),
        (
            "How much foreign capital came from Singapore in 2023?",
            "How much foreign capital came from Germany in 2023?",
        ),
        (
            "How many projects landed in Marlow in 2023?",
            "How many projects landed in Ningbo in the first quarter of 2024?",
        ),
    ],
)
def test_one_other_word_gives_the_other_figure(ask, question, other):
    first, second = ask(question), ask(other)
    assert first.status == second.status == "answered"
    assert first.value.unit == second.value.unit
    assert first.value.value != second.value.value


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("How many more projects landed in 2023 than in 2022?", "How many fewer projects landed in 2022 than in 2023?"),
        (
            "How many projects landed in 2022 and 2023 together?",
            "How many projects landed in 2023 and 2022 together?",
        ),
    ],
)
def test_a_comparison_turned_round_comes_to_the_same(ask, more, less):
    assert abs(ask(more).value.value) == abs(ask(less).value.value)


@pytest.fixture(scope="module")
def ask_larger(tmp_path_factory):
    library = make(tmp_path_factory.mktemp("larger"), NOTICES.parent / "elsewhere")
    yield ask_of(library)
    library.close()


UNMOVED = [
    *[words[0] for words in SAME.values()],
    "How many more projects landed in 2023 than in 2022?",
    "What share of the new projects of 2023 landed?",
    "How many projects landed in 2022 and 2023 together?",
    "Which country invested most in Ningbo in 2023?",
    "How many projects landed?",
    "How many projects landed in Marlow in 2019?",
    "How much foreign capital did Ningbo use in 2022?",
    "宁波市2024年一季度新签约项目多少个？",
]


@pytest.mark.parametrize("question", UNMOVED)
def test_an_unrelated_notice_changes_no_answer(ask, ask_larger, question):
    before, after = ask(question), ask_larger(question)
    assert (before.status, before.text, before.options) == (after.status, after.text, after.options)


def test_the_unrelated_notice_answers_for_itself(ask, ask_larger):
    question = "How many visitors did the museums of Tarn receive in 2023?"
    assert ask(question).status == "refused"
    assert ask_larger(question).value.value == 1.92e6


def test_asking_twice_is_asking_once(ask):
    for question in UNMOVED:
        assert ask(question).text == ask(question).text
