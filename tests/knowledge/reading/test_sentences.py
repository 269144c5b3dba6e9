"""Sentences and lines with exact spans; the language of a text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.language import detect
from knowledge.reading.sentences import LONGEST, split

TABLE = [
    ("en", "FDI rose in the U.S. by 5.2 percent. Jobs fell.", ["FDI rose in the U.S. by 5.2 percent.", "Jobs fell."]),
    ("en", "A head\n\n- one item\n- another", ["A head", "- one item", "- another"]),
    ("en", "It was hard-wrapped in the\nmiddle of it. Next.", ["It was hard-wrapped in the\nmiddle of it.", "Next."]),
    ("zh", "增长5%。其中3家！下降", ["增长5%。", "其中3家！", "下降"]),
    (
        "de",
        "Am 30. Juni waren es ca. 5 Mrd. Euro. Mehr nicht.",
        ["Am 30. Juni waren es ca. 5 Mrd. Euro.", "Mehr nicht."],
    ),
    ("fr", "Il y en a 5,2 %. M. Dupont le dit.", ["Il y en a 5,2 %.", "M. Dupont le dit."]),
]


@pytest.mark.parametrize(("language", "text", "sentences"), TABLE)
def test_splits(language: str, text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in split(text, language)] == sentences


@given(st.text(max_size=400), st.sampled_from(["en", "zh", "de", "fr"]))
def test_spans_are_trimmed_apart_and_miss_no_word(text: str, language: str) -> None:
    spans = split(text, language)
    assert all(a < b <= a + LONGEST and text[a:b] == text[a:b].strip() for a, b in spans)
    assert all(x[1] <= y[0] for x, y in pairwise(spans))
    covered = "".join(text[a:b] for a, b in spans)
    assert sum(c.isalnum() for c in covered) == sum(c.isalnum() for c in text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The number of new firms rose by 5 percent", "en"),
        ("去年新增企业五家", "zh"),
        ("Die Zahl der neuen Unternehmen ist gestiegen", "de"),
        ("Le nombre de nouvelles entreprises a augmenté", "fr"),
        ("", "en"),
    ],
)
def test_detects_the_language(text: str, language: str) -> None:
    assert detect(text) == language
