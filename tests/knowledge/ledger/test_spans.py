"""Every figure stands where it says, for any text; extraction is pure and survives any input."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.figure import Figure
from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

MEGABYTE = 1_000_000
MANY_NUMBERS = ("5%(", "1亿")  # each of them is read as a number: a tenth of it will do
PIECES = [
    "FDI ", "fell by ", "rose to ", "in 2023", ", ", ". ", "5.2 percent", "$3 billion", "(about ", ")",
    "1,204 firms", "\n", "\n\n", "of the total", "and ", "respectively", "the city", "Beijing ",
    "from France", "| ", "2022 12 40", "a third of ", "同比增长", "3600余亿元", "其中", "，", "。", "45个", "占全市的",
    "um 4,2 Prozent", "Milliarden Euro", "contre ", "1 204 emplois", "12 %", "- ", ": ", "20,045 new jobs",
]  # fmt: skip


def notice(text: str, language: str = "en") -> Notice:
    return Notice("n", "n.txt", "Title 2023", text, language, date(2024, 2, 20))


def stands(text: str, figures: tuple[Figure, ...]) -> bool:
    spans = [(f.start, f.end, f.published_as) for f in figures]
    spans += [(m.start, m.end, m.published_as) for f in figures for m in f.mentions]
    return all(text[a:b] == token and a < b for a, b, token in spans)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(["en", "zh", "de", "fr"]))
def test_generated_notices(text: str, language: str) -> None:
    figures = extract(notice(text, language), load())
    assert stands(text, figures)
    assert all(f.quote in text for f in figures)
    assert len({f.figure_id for f in figures}) == len(figures)
    assert figures == extract(notice(text, language), load())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(st.text(max_size=500), st.sampled_from(["en", "zh", "de", "fr"]))
def test_any_text(text: str, language: str) -> None:
    assert stands(text, extract(notice(text, language), load()))


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=400))
def test_any_bytes(raw: bytes) -> None:
    text = raw.decode("utf-8", "surrogateescape")
    assert stands(text, extract(notice(text), load()))


@pytest.mark.parametrize(
    ("piece", "language"),
    [
        ("7", "en"),
        (",", "en"),
        ("1,", "en"),
        ("亿", "zh"),
        ("1亿", "zh"),
        ("(", "en"),
        ("()", "en"),
        ("5%(", "zh"),
        (" ", "fr"),
    ],
)
def test_a_megabyte_of_one_thing_is_read_to_its_end(piece: str, language: str) -> None:
    text = piece * (MEGABYTE // len(piece) // (10 if piece in MANY_NUMBERS else 1))
    assert stands(text, extract(notice(text, language), load()))


def test_a_fact_said_again_is_one_figure_that_names_the_other_span() -> None:
    text = "In 2023 the city won 83 projects.\n\nThe city won 83 projects in 2023, up 4 percent."
    figure, growth = extract(notice(text), load())
    assert (figure.value, growth.relates_to) == (83, figure.figure_id)
    assert [(m.start, m.quote) for m in figure.mentions] == [(text.rindex("83"), text[text.index("The city won") :])]


def test_a_number_word_and_its_digits_are_one_figure() -> None:
    text = "Twenty of the new firms (20, or 40 percent of them) came from abroad."
    figure = extract(notice(text), load())[0]
    assert (figure.published_as, [m.published_as for m in figure.mentions]) == ("Twenty", ["20"])
