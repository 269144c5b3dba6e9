"""A change of a part answers no question about the whole."""

from collections.abc import Iterator

import pytest

from tests.assistant.understanding.conftest import Ask, asking

NOTICE = """title: Ostmark in 2023
date: 2024-02-02
---
Investment in Ostmark came to 640 million euros in 2023.
Investment in solar parks grew by 31 percent to 90 million euros.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    yield from asking(tmp_path_factory, NOTICE)


@pytest.mark.parametrize(
    "question", ["By what percent did investment in Ostmark grow in 2023?", "ostmark investment growth 2023?"]
)
def test_the_growth_of_a_part_is_not_that_of_the_whole(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status != "answered", answer.text


def test_the_growth_of_the_part_is_told(ask: Ask) -> None:
    assert ask("How much did investment in solar parks in Ostmark grow in 2023?").value.value == 31
