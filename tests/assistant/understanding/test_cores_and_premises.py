"""The core of an area beside the whole, premises put right with the published change, claims that end in "right?"."""

import re
from collections.abc import Iterator

import pytest

from tests.assistant.understanding.conftest import Ask, asking

NOTICE = """title: Sandmoor New Area in the first half of 2023
date: 2023-07-28
---
Industrial output in the Sandmoor New Area amounted to 88.4 billion yuan in the first half of 2023, up 6.2 percent. Of \
this, the harbour zone, where the yards are, generated 61.9 billion yuan.

The Sandmoor New Area used $310 million of foreign capital in 2022, 12 percent less than in 2021. For 2023 it aims at \
$290 million of foreign capital.

Service contracts in Sandmoor came to 5.1 billion yuan in 2022, a decline of 15 percent.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    yield from asking(tmp_path_factory, NOTICE)


def test_the_core_is_told_beside_the_whole(ask: Ask) -> None:
    answer = ask("What was Sandmoor's industrial output in the first half of 2023?")
    assert answer.value.value == 8.84e10
    assert "61.9 billion yuan" in answer.text
    assert "harbour zone" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Which sectors were behind the 12 percent rise in foreign capital used in Sandmoor in 2022?",
        "Sandmoor used 12% more foreign capital in 2022, what explains it?",
        "Explain how Sandmoor came to use more foreign capital in 2022 than in 2021.",
    ],
)
def test_a_fall_taken_for_a_rise_is_put_right_first(ask: Ask, question: str) -> None:
    assert re.search(r"(?:did not rise: it fell|is not so: down) 12 percent", ask(question).text)


def test_a_claim_with_a_tag_is_answered_yes_or_no(ask: Ask) -> None:
    answer = ask("So Sandmoor's 2023 goal for foreign capital tops what it used in 2022, right?")
    assert answer.text.startswith("No: $290 million")


def test_a_true_premise_is_not_put_right(ask: Ask) -> None:
    assert "did not" not in ask("Why did service contracts in Sandmoor fall in 2022?").text
