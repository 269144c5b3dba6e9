"""What questions claim: yes or no comes first, a false premise is put right, a right one is let stand."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.understanding.claims import claim_of
from assistant.understanding.reading import read
from tests.assistant.understanding.conftest import AS_OF, Ask, ask_of, make

TOLD = Path(__file__).parent / "told"
CLAIMS = (  # question, asked, direction, place, bound
    ("Did exports rise in 2023?", True, 1, 0, ""),
    ("exports went down in 2023, right?", True, -1, 0, ""),
    ("Was it more than 300 projects?", True, 0, 0, "over"),
    ("Is Peru the largest investor?", True, 0, 1, ""),
    ("Why is Peru no longer the leading source?", False, 0, -2, ""),
    ("Peru being the biggest source, how much did it invest?", False, 0, 1, ""),
    ("Were exports higher than imports?", True, 1, 0, ""),
    ("2023年出口是不是下降了?", True, -1, 0, ""),
    ("Stimmt es, dass die Investitionen gestiegen sind?", True, 1, 0, ""),
)
OPEN = ("Which country was largest in 2023?", "How much did exports rise?", "exports in 2023", "2023年出口多少?")
ANSWERED = (
    ("Did Kestrand mediate more projects in 2023 than in 2022?", r"^No: 84 .* less than 97"),
    ("Kestrand had fewer investment projects in 2023 than in 2022, correct?", r"^Yes: 84 .* less than 97"),
    ("Did retail sales in Kestrand grow in 2023?", r"^Yes: up 4\.5 percent"),
    ("Is it true that cement output in Kestrand rose in 2023?", r"^(?:No|It did not rise).*3\.2 percent"),
    ("Was Portugal Kestrand's largest source country by projects in 2023?", r"^No: Belgium"),
    ("Is Belgium the main source country of Kestrand's projects in 2023?", r"^Yes: Belgium"),
    ("Did Kestrand mediate more than 90 investment projects in 2023?", r"^No: 84"),
    ("Did Kestrand mediate at least 80 investment projects in 2023?", r"^Yes: 84"),
    ("Austria being the biggest source of Kestrand's projects in 2023, how many came from it?", r"not so: Belgium"),
    ("Why did retail sales in Kestrand drop in 2023?", r"It did not fall: it rose 4\.5 percent"),
    ("Kestrand missed its target for investment projects in 2023, right?", r"^No: "),
    ("Was the target for investment projects in Kestrand met in 2023?", r"^Yes: 84"),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    library = make(tmp_path_factory.mktemp("told"), TOLD)
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(("question", "asked", "direction", "place", "bound"), CLAIMS)
def test_the_claim_of_a_question(question: str, asked: bool, direction: int, place: int, bound: str) -> None:
    claim = claim_of(read(question, AS_OF))
    assert claim is not None
    assert (claim.asked, claim.direction, claim.place, claim.bound) == (asked, direction, place, bound)


@pytest.mark.parametrize("question", OPEN)
def test_an_open_question_claims_nothing(question: str) -> None:
    assert claim_of(read(question, AS_OF)) is None


@pytest.mark.parametrize(("question", "words"), ANSWERED)
def test_a_claim_is_held_against_the_figures(told: Ask, question: str, words: str) -> None:
    answer = told(question)
    assert answer.status == "answered", answer.text
    assert re.search(words, answer.text), answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Why did cement output in Kestrand fall in 2023?",
        "Why did Kestrand mediate fewer projects in 2023 than in 2022?",
    ],
)
def test_a_right_premise_is_not_put_right(told: Ask, question: str) -> None:
    assert "not so" not in told(question).text
    assert "did not" not in told(question).text
