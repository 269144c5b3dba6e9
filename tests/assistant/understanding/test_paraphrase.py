"""One figure asked for in words that the notice does not use, and what must not be taken for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.understanding.conftest import Ask, ask_of, make

PARAPHRASE = Path(__file__).parent / "paraphrase"
ANSWERED = (
    ("How many foreign trade permits did Oman issue in 2023?", 1320),
    ("foreign trade permits issued by the Omani authority in 2023", 1320),
    ("How many logistics headquarters licenses had Oman given by the end of 2023?", 46),
    ("How much FDI was pledged to Oman in 2023?", 1.2e9),
    ("Pledges for manufacturing in Oman in 2023, how much?", 4.1e8),
    ("How many rials to the dollar does the Omani authority count?", 1.2e9 / 3.12e9),
    ("How many companies had the Omani help desk assisted in the first half of 2023, judging by the 25% rise?", 120),
    ("How many overseas service desks did Muscat have at the end of March 2023?", 21),
    ("By how many did Muscat's overseas service desks grow between the May 2023 press conference and March 2024?", 8),
    ("How many overseas service desks did Muscat gain from the May 2023 notice to the March 2024 notice?", 8),
    ("signed value at the 7th Muscat fair", 9.6e7),
)
NAMED = (
    ("Which figure of the notices corresponds to 31.2亿美元?", "$3.12 billion"),
    ("OMR 410 million: what does that stand for?", "Oman"),
)
LISTED = (
    ("Pillar clusters of Muscat's free zone?", ("fish processing", "marble", "ship repair", "data services")),
    ("Three tasks for the summer named by the trade office?", ("shorter queues", "a single customs window")),
    ("Tell me the pillar clusters of the Muscat free zone.", ("ship repair",)),
)
REFUSED = (
    "How many hospital permits did Oman issue in 2023?",
    "How much FDI was pledged to Kuwait in 2023?",
    "By how many did Muscat's hospitals grow between the May 2023 press conference and March 2024?",
    "How many logistics headquarters licences had Norway given by the end of 2023?",
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    library = make(tmp_path_factory.mktemp("paraphrase"), PARAPHRASE)
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(("question", "value"), ANSWERED)
def test_a_figure_asked_for_in_other_words(told: Ask, question: str, value: float) -> None:
    answer = told(question)
    assert answer.status == "answered", answer.text
    assert answer.value is not None
    assert answer.value.value == pytest.approx(value, rel=0.004), answer.text


@pytest.mark.parametrize(("question", "text"), NAMED)
def test_what_a_number_stands_for(told: Ask, question: str, text: str) -> None:
    assert text in told(question).text


@pytest.mark.parametrize("question", REFUSED)
def test_something_else_stays_refused(told: Ask, question: str) -> None:
    assert told(question).status == "refused"


@pytest.mark.parametrize(("question", "names"), LISTED)
def test_things_called_by_their_kind_are_named(told: Ask, question: str, names: tuple[str, ...]) -> None:
    answer = told(question)
    assert answer.status == "answered", answer.text
    assert all(n in answer.text for n in names), answer.text
