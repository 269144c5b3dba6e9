"""How many and what they are worth, asked in one breath: both figures of the sentence that tells them."""

from collections.abc import Iterator

import pytest

from tests.assistant.understanding.conftest import Ask, asking

NOTICE = """title: Port Lumen at mid-year
date: 2024-07-04
---
To date, the Port Lumen authority has struck agreements on more than 40 leases with a total investment of over 9 billion
euros. In 2023 it opened 12 quays.
"""
CHINESE = """title: 澄湖区招商情况
date: 2024-07-12
---
2024年上半年，澄湖区签约项目64个，总投资120亿元。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    yield from asking(tmp_path_factory, NOTICE, CHINESE)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "How many leases has Port Lumen struck agreements on, and for how much?",
            ("over 40 leases", "over €9 billion"),
        ),
        ("port lumen leases agreed so far: number and investment?", ("over 40 leases", "over €9 billion")),
        ("How many leases did Port Lumen agree on and what is their total investment?", ("40 leases", "€9 billion")),
        ("澄湖区2024年上半年签约项目多少个，总投资多少？", ("64个项目", "120亿元")),
    ],
)
def test_both_are_told(ask, question, said):
    answer = ask(question)
    assert answer.status == "answered", answer.text
    assert all(words in answer.text.lower() for words in said), answer.text


def test_a_count_alone_is_told_alone(ask):
    answer = ask("How many quays did Port Lumen open in 2023?")
    assert answer.text.startswith("12 quays")
    assert "€" not in answer.text
