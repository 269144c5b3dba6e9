"""Questions that need more than a look-up, over notices of two invented places."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.library import Library
from tests.assistant.understanding.conftest import Ask, ask_of

HERE = Path(__file__).parent

# question, headline, unit
ANSWERED = [
    # revised values
    ("How many new projects did the Open Quay programme register in 2022?", 618, "projects"),
    ("How many new Open Quay projects were first announced for 2022?", 640, "projects"),
    ("Open Quay new projects in 2022, final count", 618, "projects"),
    ("Open Quay new projects in 2021 and 2022 combined", 1130, "projects"),
    ("By how many projects was the 2022 Open Quay count revised down?", -22, "projects"),
    ("Open Quay commissioning rate in 2022?", 57.1, "percent"),
    ("How many new projects did the Open Quay programme register in 2021?", 512, "projects"),
    # currencies
    ("Which yuan per dollar rate is behind the Open Quay notice of 2022?", 6.818, "CNY per USD"),
    ("How many Australian dollars to one US dollar does the Brenhaven Fair notice assume?", 1.5, "AUD per USD"),
    ("what rate between the Australian dollar and the US dollar do the Brenhaven deals imply", 1.5, "AUD per USD"),
    ("Brenhaven Fair: A$/US$ rate?", 1.5, "AUD per USD"),
    ("How many US dollars to the Australian dollar at the Brenhaven Fair?", 2 / 3, "USD per AUD"),
    ("Brenhaven Fair on-site orders in US$, using the rate the deals imply", 60e6, "USD"),
    ("On-site orders at the Brenhaven Fair in US dollars", 60e6, "USD"),
    ("Rs 5,200 crore - how many billion rupees is that?", 52e9, "INR"),
    ("What were the on-site orders at the Brenhaven Fair worth in Australian dollars?", 90e6, "AUD"),
    # all but some, all of a number, means
    ("How much of the value signed at the Brenhaven Fair in 2024 lies outside solar energy and textiles?", 19e9, "INR"),
    ("Excluding machinery, how much was signed at the Brenhaven Fair in 2024?", 45e9, "INR"),
    ("Brenhaven Fair 2024 MoU value other than solar energy", 33e9, "INR"),
    ("What share of the 2024 Brenhaven MoU value is outside solar energy?", 63.46, "percent"),
    ("Average value of an MoU signed at the 2024 Brenhaven Fair?", 0.65e9, "INR per memoranda"),
    ("mean MoU value, Brenhaven Fair 2024", 0.65e9, "INR per memoranda"),
    ("How many delegates attended the Brenhaven Fair in 2024?", 900, "delegates"),
    ("MoU value at the 2024 Brenhaven Fair", 52e9, "INR"),
]


@pytest.fixture(scope="module")
def put(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    library = Library.open(tmp_path_factory.mktemp("fair"), embedder="none")
    library.add([str(HERE / "fair")])
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(("question", "value", "unit"), ANSWERED)
def test_answers(put: Ask, question: str, value: float, unit: str) -> None:
    answer = put(question)
    assert answer.status == "answered", answer.text
    assert answer.value is not None, answer.text
    assert answer.value.value == pytest.approx(value, rel=0.002), answer.text
    assert answer.value.unit == unit


def test_a_revised_value_is_told_with_the_first_one(put: Ask) -> None:
    assert "640" in put("How many new projects did the Open Quay programme register in 2022?").text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who made the biggest single commitment at the Brenhaven Fair?", "Nordwind"),
        ("What was the largest commitment at the Brenhaven Fair in 2024?", "Nordwind"),
        ("Which sector was the largest by MoU value at the Brenhaven Fair in 2024?", "Solar energy"),
        ("Which sector had the second largest MoU value at the Brenhaven Fair in 2024?", "textiles, with 14 billion"),
        ("Where will the sixth Brenhaven fair be held?", "Estholm"),
    ],
)
def test_names_what_is_asked_for(put: Ask, question: str, told: str) -> None:
    answer = put(question)
    assert answer.status == "answered", answer.text
    assert told in answer.text


def test_regions_are_not_ranked_by_industry(put: Ask) -> None:
    assert put("Rank the regions of Brenhaven by MoU value in 2024").status != "answered"
