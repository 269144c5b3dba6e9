"""The words of the index: one spelling for what is written in many ways."""

import pytest

from knowledge.index.terms import codes, narrowest, number, pairs, periods, terms


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("11,000 projects", "11000 projects", "en"),
        ("landed projects", "landing project", "en"),
        ("60 percent", "60%", "en"),
        ("１２．５％", "12.5%", "en"),
        ("4.50 yuan", "4.5 yuan", "en"),
        ("1.234,50 Euro", "1234.5 euro", "de"),
        ("12,5 Prozent", "12.5 prozent", "de"),
        ("foreign-funded", "foreign funded", "en"),
        ("the rate of growth", "rate growth", "en"),
    ],
)
def test_spellings_meet(one: str, other: str, language: str) -> None:
    assert terms(one, language) == terms(other, language)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("in March 2019", "2019-03"),
        ("on Mar. 5, 2019", "2019-03"),
        ("2019-03", "2019-03"),
        ("2023年4月", "2023-04"),
        ("first quarter of 2023", "2023-q1"),
        ("Q1 2023", "2023-q1"),
        ("2023年一季度", "2023-q1"),
        ("first half of 2022", "2022-h1"),
        ("2022年上半年", "2022-h1"),
    ],
)
def test_periods_have_one_spelling(text: str, period: str) -> None:
    assert terms(text)[0] == period


def test_chinese_is_cut_into_pairs() -> None:
    assert terms("落地率", "zh") == ["落地", "地率"]
    assert terms("多少", "zh") == []


def test_neighbours_are_joined() -> None:
    assert pairs(["landing", "rate", "2023"]) == ["landing_rate", "rate_2023"]
    assert pairs(["one"]) == []


@pytest.mark.parametrize(
    ("token", "plain"),
    [
        ("1,234", "1234"),
        ("1.234.567", "1234567"),
        ("12.50", "12.5"),
        ("1.234", "1.234"),
        ("100", "100"),
        ("1,2,3", "1,2,3"),
    ],
)
def test_numbers_are_read_carefully(token: str, plain: str) -> None:
    assert number(token) == plain


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("2023", ["2023"]),
        ("2023-Q1", ["2023-q1", "2023"]),
        ("2021-01/2021-05", ["2021-01", "2021-05", "2021"]),
        ("2022-04/2023-03", ["2022-04", "2023-03", "2022", "2023"]),
        ("to 2023-04-30", ["2023-04", "2023"]),
        ("", []),
    ],
)
def test_a_period_is_looked_for_by_its_parts_and_years(period: str, found: list[str]) -> None:
    assert codes(period) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("exports in March 2019", ["2019-03"]),
        ("exports in 2019 and March 2020", ["2019", "2020-03"]),
        ("exports", []),
        ("2,019 projects", []),
    ],
)
def test_a_year_counts_only_where_no_part_of_it_is_named(text: str, found: list[str]) -> None:
    assert sorted(narrowest(text)) == found


def test_amounts_are_no_years() -> None:
    assert periods("In 2023, 2,019 projects and 2019.5 million yuan, 2000% more") == ["2023"]
