"""Passages are exact spans that cover the text's words and do not overlap."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.notice import Notice
from knowledge.passages import WORDS, passages

SENTENCE = "The city added 11,000 new projects to the database in 2023, up 93 percent. "
WORD = re.compile(r"\w+")


def cut(text: str, language: str = "en") -> tuple[str, ...]:
    notice = Notice("n", "s", "t", text, language)
    found = passages(notice)
    assert all(text[p.start : p.end] == p.text for p in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert len({p.passage_id for p in found}) == len(found)
    return tuple(p.text for p in found)


def test_passages_end_with_sentences_and_hold_about_110_words() -> None:
    found = cut(SENTENCE * 40)
    assert all(part.endswith("percent.") for part in found)
    assert all(WORDS * 0.7 < len(part.split()) <= WORDS for part in found[:-1])


def test_a_sentence_is_never_cut_unless_it_is_far_too_long() -> None:
    long = " ".join(["word"] * 150) + "."
    assert cut(long) == (long,)
    assert len(cut(" ".join(["word"] * 1000) + ".")) > 5


def test_chinese_is_measured_in_characters() -> None:
    sentence = "一季度全市新增入库项目三千余个，同比增长百分之二百五十八。"
    found = cut(sentence * 30, "zh")
    assert all(part.endswith("。") for part in found)
    assert all(120 <= len(part) <= 230 for part in found[:-1])


def test_digits_without_end_are_cut_in_bounded_parts() -> None:
    found = cut("1" * 100_000)
    assert max(map(len, found)) < 10_000


@given(st.text(alphabet=st.sampled_from("ab1 .,。\n中亿%\t"), max_size=400), st.sampled_from(["en", "zh", "de", "fr"]))
@settings(max_examples=200, deadline=None)
def test_every_word_is_in_a_passage(text: str, language: str) -> None:
    assert WORD.findall(" ".join(cut(text, language))) == WORD.findall(text)


def test_of_a_table_only_the_beginning_is_searched() -> None:
    text = "\n".join(f"City {n} | 2023: {n}.5" for n in range(5_000))
    found = passages(Notice("n", "s", "t", text, "en", media_type="text/csv"))
    assert 1 < len(found) < 30
    assert found[0].start == 0
