"""Parts that a question names one by one are added up: each by its own words, none of them the whole of the others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.understanding.conftest import Ask, asking

NOTICES = Path(__file__).parent / "parts"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    yield from asking(tmp_path_factory, NOTICES)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Poland 2023: manufacturing plus business services?", 6.21e9),
        ("manufacturing and logistics investments in Poland in 2023 combined", 5.35e9),
        ("Add Poland's 2023 logistics investments to those in business services", 3.26e9),
        ("How much did Germany and South Korea announce in Poland in 2023, together?", 3.05e9),
        ("poland 2023, greenfield + expansions", 7.42e9),
        ("What did the 13th and 14th Northeast Asia Expo bring in between them, in yuan?", 157.7e9),
        ("Total investment signed at the 13th plus 14th expo", 157.7e9),
        ("How many projects did the 13th and the 14th expo sign, put together?", 96),
    ],
)
def test_the_named_parts_are_added(ask, question, value):
    answer = ask(question)
    assert answer.value is not None, answer.text
    assert answer.value.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        ("Sum up greenfield and expansions in Poland 2023. Is that the same as the total?", 7.42e9, "the same"),
        ("Do manufacturing, business services and logistics add up to the Polish total for 2023?", False, "7.42"),
    ],
)
def test_the_parts_are_held_against_their_whole(ask, question, value, words):
    answer = ask(question)
    assert answer.value is not None, answer.text
    assert answer.value.value == pytest.approx(value)
    assert words in answer.text


def test_a_part_that_nobody_published_is_not_left_out(ask):
    assert ask("Poland 2023: manufacturing plus agriculture?").status == "refused"
