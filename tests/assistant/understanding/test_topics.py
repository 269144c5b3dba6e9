"""What a notice is about as a whole explains words of a question that no sentence with a number repeats."""

from datetime import date

from assistant.understanding.topics import topical
from knowledge.notice import Notice

TEXT = """Meridia Invest closed 41 deals in 2023, officials said in the capital on Friday.

The deals are to bring 5,200 jobs, most of them in the north, where wages are lower and land is cheap.

A visitor from Borland praised the harbour."""


def _notice(language: str = "en") -> Notice:
    return Notice("n", "n.txt", "A good year", TEXT, language, date(2024, 1, 12))


def test_who_opens_a_notice_is_its_topic() -> None:
    assert "w:meridia" in topical(_notice()).names


def test_who_is_named_in_passing_is_not() -> None:
    padded = Notice("n", "n.txt", "A good year", TEXT.replace("A visitor", "x " * 200 + "A visitor"), "en")
    assert "w:borland" not in topical(padded).names


def test_german_nouns_are_no_names() -> None:
    assert not topical(_notice("de")).names
