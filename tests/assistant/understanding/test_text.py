"""Questions for words: the sentence that holds a person, a place, a reason, a name, so many things."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.understanding.asking import asked
from assistant.understanding.reading import read
from tests.assistant.understanding.conftest import AS_OF, Ask, ask_of, make

TOLD = Path(__file__).parent / "told"
KINDS = (
    ("Who runs the one-stop office?", "person"),
    ("who moved into the old mill", "name"),
    ("Which Danish firm is a partner?", "name"),
    ("In which town is the plant going up?", "place"),
    ("When will the fair be held?", "time"),
    ("How come exports fell?", "reason"),
    ("What does the new fund invest in?", "thing"),
    ("what sites open next", "thing"),
    ("What is the role of Ann Lee?", "thing"),
    ("2024年要去哪些国家?", "place"),
    ("主任叫什么名字?", "person"),
    ("Où se tiendra le salon ?", "place"),
    ("Wer leitet die Agentur?", "person"),
    ("What was the agreed investment in 2022?", None),
    ("What did exports come to?", None),
    ("What is the target for 2024?", None),
    ("What share came from Japan?", None),
    ("how many projects landed in 2023", None),
    ("What about 2022?", None),
)
HELD = (
    ("Who is deputy director of the Veldmar Port Zone?", "Inga Solvang"),
    ("Veldmar港区的副主任是谁?", "Inga Solvang"),
    ("Who spoke about applicants?", "Per Aasland"),
    ("Where is Tidewater Foods building its smokehouse?", "Larsund"),
    ("Why did exports through the port of Veldmar fall in 2023?", "ferry link"),
    ("Why was Veldmar's number of projects for 2021 lowered?", "entered twice"),
    ("Which two companies arrived in the Veldmar zone in autumn?", "Nordby.*Brekke"),
    ("Which buildings are not covered by the Veldmar figures?", "customs hall"),
    ("What fields come first in Veldmar in 2024?", "timber, cold storage and marine electronics"),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    library = make(tmp_path_factory.mktemp("told"), TOLD)
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(("question", "kind"), KINDS)
def test_the_kind_of_answer_is_read_from_the_question(question: str, kind: str | None) -> None:
    wanted = asked(read(question, AS_OF))
    assert (wanted.kind if wanted else None) == kind


@pytest.mark.parametrize(("question", "words"), HELD)
def test_the_sentence_that_holds_it_is_quoted(told: Ask, question: str, words: str) -> None:
    answer = told(question)
    assert answer.status == "answered"
    assert re.search(words, answer.text), answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Why did the number of Veldmar's projects fall in 2023?",  # no reason is given
        "Who heads the Brenhaven tax office?",
        "Which investor put 300 million dollars into Veldmar in 2023?",
    ],
)
def test_what_no_sentence_holds_is_not_answered(told: Ask, question: str) -> None:
    assert told(question).status == "refused"


def test_a_title_is_no_answer(told: Ask) -> None:
    assert "counts 64 projects" not in told("Which foreign firms came to Veldmar?").text
