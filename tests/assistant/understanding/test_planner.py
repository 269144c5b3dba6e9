"""What a question becomes: operation, status, headline, and the published numbers it rests on."""

from datetime import date

import pytest

from assistant.answering import planned
from assistant.event import unheard
from assistant.question import Question
from assistant.understanding.planner import plan, sub_questions
from tests.assistant.understanding.conftest import AS_OF

# question, operation, headline, unit, published numbers used
ANSWERED = [
    ("How many new projects were added to the database in Marlow in 2023?", "lookup", 4120, "projects", [4120]),
    ("How many projects landed in Marlow in 2023?", "lookup", 2655, "projects", [2655]),
    ("How many projects landed in 2022?", "lookup", 2210, "projects", [2210]),
    ("What was the landing rate in 2022?", "lookup", 60, "percent", [60]),
    ("What was the landing rate in Marlow in 2023?", "lookup", 64, "percent", None),
    ("What was the expected investment of new projects in 2023?", "lookup", 310e9, "CNY", [310e9]),
    ("How many foreign-funded projects landed in 2023?", "lookup", 412, "projects", [412]),
    ("What is the goal for new projects in 2024?", "lookup", 3900, "projects", [3900]),
    ("What is the target landing rate for 2024?", "lookup", 55, "percent", [55]),
    ("How many projects landed in Ningbo in the first quarter of 2024?", "lookup", 91, "projects", [91]),
    ("How many projects were signed in Ningbo in the first quarter of 2024?", "lookup", 126, "projects", [126]),
    ("What was the landing rate in Ningbo in the first quarter of 2024?", "lookup", 72, "percent", [72]),
    ("How much foreign capital did Ningbo use in 2023?", "lookup", 4.56e9, "USD", [4.56e9]),
    ("How many foreign-funded enterprises were set up in Ningbo in 2023?", "lookup", 735, "enterprises", [735]),
    ("How much foreign capital came from Singapore?", "lookup", 612e6, "USD", [612e6]),
    ("How many contracts were signed at the 14th Marlow Investment Symposium?", "lookup", 48, "projects", [48]),
    ("What is the investment in the Ostra Battery Works?", "lookup", 5.2e9, "CNY", [5.2e9]),
    ("Did the expected investment grow in 2023?", "growth", 17, "percent", None),
    ("By how much did Ningbo's use of foreign capital fall in 2023?", "growth", -8, "percent", None),
    ("By how much did the planned investment grow in Ningbo in Q1 2024?", "growth", 9.5, "percent", None),
    ("How many more projects landed in 2023 than in 2022?", "difference", 445, "projects", [2655, 2210]),
    (
        "How much lower is the 2024 goal for new projects than the 2023 result?",
        "difference",
        -220,
        "projects",
        [3900, 4120],
    ),
    ("Compare the landing rates of 2022 and 2023", "difference", 4, "percentage points", [64, 60]),
    ("How many projects landed in 2022 and 2023 together?", "sum", 4865, "projects", [2210, 2655]),
    ("What share of the new projects of 2023 landed?", "share", 64.4417, "percent", [2655, 4120]),
    (
        "What share of the projects that landed in 2023 were foreign-funded?",
        "share",
        15.5179,
        "percent",
        [412, 2655],
    ),
    (
        "What share of Ningbo's foreign capital came from Singapore?",
        "share",
        13.4211,
        "percent",
        [612e6, 4.56e9],
    ),
    (
        "What was the average investment of the projects signed at the symposium?",
        "ratio",
        468.75e6,
        "CNY per project",
        [22.5e9, 48],
    ),
    ("What was the expected investment of the 2023 projects in dollars?", "conversion", 43.2e9, "USD", None),
    ("How much foreign capital did Ningbo use in 2022?", "implied previous", 4956521739.13, "USD", [4.56e9, -8]),
    ("Which country invested most in Ningbo in 2023?", "highest", 612e6, "USD", [612e6, 188e6, 143e6]),
    ("宁波市2024年一季度新签约项目多少个？", "lookup", 126, "projects", [126]),
    ("宁波市一季度落地项目多少个？", "lookup", 91, "projects", [91]),
    ("宁波市一季度的落地率是多少？", "lookup", 72, "percent", [72]),
    ("2023年宁波实际使用外资多少？", "lookup", 4.56e9, "USD", [4.56e9]),
    ("2023年宁波实际使用外资下降了多少？", "growth", -8, "percent", None),
    ("2023年新增入库项目多少个？", "lookup", 4120, "projects", [4120]),
    ("新增入库项目2023年比2022年多多少？", "difference", 440, "projects", [4120, 3680]),
    ("2023年和2022年落地项目一共多少个？", "sum", 4865, "projects", [2655, 2210]),
    ("How much foreign capital came from Germany and Japan together?", "sum", 331e6, "USD", [188e6, 143e6]),
    (
        "By what percentage did the landed projects increase from 2022 to 2023?",
        "change",
        20.1357,
        "percent",
        [2655, 2210],
    ),
    (
        "How much more foreign capital did services use than manufacturing?",
        "difference",
        0.93e9,
        "USD",
        [2.64e9, 1.71e9],
    ),
    ("宁波2023年外资来自新加坡多少？", "lookup", 612e6, "USD", [612e6]),
    ("2023年外资项目落地多少个？", "lookup", 412, "projects", [412]),
    ("Wie viele Projekte wurden 2023 in Marlow angesiedelt?", "lookup", 2655, "projects", [2655]),
    ("Combien de projets ont été implantés à Marlow en 2023 ?", "lookup", 2655, "projects", [2655]),
    ("2024年新项目的目标是多少？", "lookup", 3900, "projects", [3900]),
]


@pytest.mark.parametrize(("question", "operation", "value", "unit", "used"), ANSWERED, ids=[q[0] for q in ANSWERED])
def test_answered(ask, question, operation, value, unit, used):
    answer = ask(question)
    assert answer.status == "answered", answer.text
    assert answer.interpretation["operation"] == operation
    assert answer.value.value == pytest.approx(value, rel=1e-5)
    assert answer.value.unit == unit
    assert answer.citations, "a number without the sentence that published it"
    if used is not None:
        assert sorted(f["value"] for f in answer.figures) == sorted(used)


@pytest.mark.parametrize("question", [q[0] for q in ANSWERED if q[1] in ("difference", "sum", "share", "ratio")])
def test_what_is_computed_shows_its_arithmetic(ask, question):
    answer = ask(question)
    assert answer.derivations
    handles = {f["handle"] for f in answer.figures} | {d.handle for d in answer.derivations}
    assert all(set(d.operands) <= handles for d in answer.derivations)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What was the landing rate in Marlow in 2023?", "over 64 percent"),
        ("What is the target landing rate for 2024?", "target"),
        ("What was the expected investment of new projects in 2023?", "expected"),
        ("How much foreign capital did Ningbo use in 2022?", "implied"),
        ("宁波市一季度的落地率是多少？", "超过72%"),
        ("2023年新增入库项目多少个？", "4,120个"),
    ],
)
def test_what_the_words_must_keep(ask, question, words):
    assert words in ask(question).text.lower()


@pytest.mark.parametrize("question", ["How many projects landed?", "What was the landing rate?"])
def test_a_question_without_a_period_asks_back(ask, question):
    answer = ask(question)
    assert answer.status == "clarify"
    assert 2 <= len(answer.options) <= 4
    assert answer.value is None


@pytest.mark.parametrize("option", [0, 1])
def test_an_option_is_a_question_that_is_answered(ask, option):
    question = "What was the landing rate?"
    assert ask(question, ask(question).options[option]).status == "answered"


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("How many projects landed in Marlow in 2019?", "2,655 projects"),
        ("How many projects landed in Atlantis in 2023?", "2,655 projects"),
        ("How many projects landed in Marlow in the first half of 2023?", "2,655 projects"),
        ("How many projects landed in Marlow this year?", "2,655 projects"),
        ("How many projects landed in Ningbo in 2023?", "91 projects"),
        ("How much foreign capital came from France in 2023?", "$4.56 billion"),
    ],
)
def test_a_refusal_names_the_nearest(ask, question, nearest):
    answer = ask(question)
    assert answer.status == "refused"
    assert answer.value is None
    assert nearest in answer.text
    assert answer.citations


@pytest.mark.parametrize("question", ["What is the weather today?", "Who wrote Hamlet?", "明天会下雨吗？", "", "???"])
def test_what_is_out_of_the_field_is_refused(ask, question):
    answer = ask(question)
    assert answer.status == "refused"
    assert answer.value is None and not answer.figures


def test_a_reason_is_quoted_or_denied_not_invented(ask):
    answer = ask("Why did foreign capital fall in Ningbo?")
    assert answer.value is None
    assert "no reason" in answer.text


def test_a_series_is_a_table(ask):
    answer = ask("Show the number of landed projects over the years")
    assert answer.interpretation["operation"] == "series"
    assert "2,210 projects" in answer.text and "2,655 projects" in answer.text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How many projects landed in Marlow in 2023?", 2210),
        ("How many projects landed in Marlow?", 2210),
        ("What was the landing rate in 2023?", 60),
    ],
)
def test_an_edited_period_wins_over_the_words(ask, question, value):
    assert ask(question, interpretation={"time_period": "2022"}).value.value == value


@pytest.mark.parametrize("question", ["hello", "What can you do?", "你好"])
def test_who_greets_is_told_what_can_be_asked(ask, question):
    answer = ask(question)
    assert answer.value is None and answer.suggestions
    assert "verify" not in answer.text


@pytest.mark.parametrize(
    ("as_of", "question", "value"),
    [
        (date(2024, 6, 1), "How many projects landed last year?", 2655),
        (date(2023, 6, 1), "How many projects landed last year?", 2210),
        (date(2024, 6, 1), "去年落地项目多少个？", 2655),
        (date(2023, 6, 1), "去年落地项目多少个？", 2210),
    ],
)
def test_last_year_is_read_from_the_day_of_asking(library, as_of, question, value):
    answer = planned(Question(question, as_of), library, unheard)
    assert answer.value.value == value


def test_a_collection_without_notices_knows_nothing(ask):
    assert ask("How many projects landed in Marlow in 2023?", collection="empty").status == "refused"


def test_a_plan_is_pure(library):
    for question in ("How many projects landed in 2022?", "How many projects landed?", "hello there"):
        assert plan(Question(question, AS_OF), library) == plan(Question(question, AS_OF), library)


def test_a_plan_names_only_figures_that_exist(library):
    known = {f.figure_id for f in library.figures()}
    for question, *_ in ANSWERED:
        found = plan(Question(question, AS_OF), library)
        assert found.figure_ids and set(found.figure_ids) <= known


def test_an_endless_question_is_read_in_part(ask):
    assert ask("How many projects landed in Marlow in 2023? " + "really " * 2000).status in ("answered", "refused")


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("How many projects landed in 2023, and what was the landing rate?", 2),
        ("How many projects landed in 2022 and 2023?", 1),
        ("How many projects landed in 2023?", 1),
        ("Hello, and what was it?", 1),
    ],
)
def test_questions_of_two_parts(words, count):
    assert len(sub_questions(words)) == count
