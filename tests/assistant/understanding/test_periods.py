"""Periods as stretches of months: read, written, moved, compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.periods import Months, code_of, earlier, fit, months, shift

CODES = ["2023", "2023-Q1", "2023-Q4", "2023-H1", "2023-H2", "2023-05", "2023-12", "2021-01/2021-05", "to 2023-04"]


@pytest.mark.parametrize("code", CODES)
def test_a_code_comes_back(code):
    assert code_of(months(code)) == code


@pytest.mark.parametrize(
    ("code", "length"),
    [("2023", 12), ("2023-H2", 6), ("2023-Q3", 3), ("2023-02", 1), ("2022-04/2023-03", 12), ("to 2023-04-30", 0)],
)
def test_lengths(code, length):
    assert months(code).length == length


@pytest.mark.parametrize("code", ["", "spring", "23", "2023-Q5", "2023-H3", "2023-1", "2023/", "to "])
def test_what_is_no_period(code):
    assert months(code) is None


@pytest.mark.parametrize(
    ("longer", "written"), [("2023-01/2023-12", "2023"), ("2023-04/2023-06", "2023-Q2"), ("2023-07/2023-12", "2023-H2")]
)
def test_the_shortest_code_is_written(longer, written):
    assert code_of(months(longer)) == written


@pytest.mark.parametrize(
    ("code", "years", "moved"),
    [
        ("2023", -1, "2022"),
        ("2023-Q1", 1, "2024-Q1"),
        ("2021-01/2021-05", 2, "2023-01/2023-05"),
        ("2022-04/2023-03", -1, "2021-04/2022-03"),
        ("to 2023-04-30", 1, "to 2024-04-30"),
        ("spring", 1, "spring"),
    ],
)
def test_shift(code, years, moved):
    assert shift(code, years) == moved


@pytest.mark.parametrize(
    ("code", "count", "before"),
    [("2023", 12, "2022"), ("2023-Q1", 3, "2022-Q4"), ("2023-01", 1, "2022-12"), ("to 2023-04", 12, "to 2022-04")],
)
def test_earlier(code, count, before):
    assert code_of(earlier(months(code), count)) == before


@pytest.mark.parametrize(
    ("asked", "have"),
    [
        ("2023", "2022"),
        ("2023", "2023-H1"),
        ("2023", "2023-Q1"),
        ("2023-H1", "2023"),
        ("2023-Q1", "2023-Q2"),
        ("2023-05", "2023"),
        ("2023", "2022-04/2023-03"),
        ("2023", "to 2022-12"),
        ("to 2023-04", "2023"),
        ("2023", None),
    ],
)
def test_another_period_never_answers(asked, have):
    assert fit(months(asked), months(have) if have else None) == 0


@pytest.mark.parametrize(
    ("asked", "better", "worse"),
    [
        ("2023", "2023", "to 2023-12"),
        ("2023", "to 2023-12", "2023-05-04"),
        ("2023", "2023-05-04", "2023-05"),
        ("2022-04/2023-03", "2022-04/2023-03", "2022-07/2023-06"),
    ],
)
def test_the_nearer_period_fits_better(asked, better, worse):
    assert fit(months(asked), months(better)) > fit(months(asked), months(worse)) > 0


spans = st.builds(
    lambda first, length: Months(first, first + length - 1), st.integers(22800, 24600), st.integers(1, 60)
)


@given(spans, st.integers(0, 240))
def test_moving_keeps_the_length_and_fits_only_itself(span, count):
    moved = earlier(span, count)
    assert moved.length == span.length
    assert fit(span, span) == 1
    assert 0 <= fit(span, moved) <= 1
    assert (fit(span, moved) == 1) == (count == 0)


@given(spans)
def test_every_stretch_is_written_and_read(span):
    assert months(code_of(span)) == span
