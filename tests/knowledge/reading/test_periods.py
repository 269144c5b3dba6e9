"""Periods in four languages: every rule's own example, a table, and any text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.calendar import end_of, month_span, valid, year_before
from knowledge.reading.periods import GRAMMARS, read_periods

ANCHOR = date(2024, 3, 15)
TABLE = [
    ("en", "in 2022-23", "2022-04/2023-03"),
    ("en", "jan-may 2020", "2020-01/2020-05"),
    ("en", "H1 2023", "2023-H1"),
    ("en", "1H23", "2023-H1"),
    ("en", "q3 2023", "2023-Q3"),
    ("en", "h2 of 2022", "2022-H2"),
    ("en", "2023q1", "2023-Q1"),
    ("en", "Q2'23", "2023-Q2"),
    ("en", "Q1/2024", "2024-Q1"),
    ("en", "4q 2023", "2023-Q4"),
    ("en", "9M 2023", "2023-01/2023-09"),
    ("en", "the last quarter of 2023", "2023-Q4"),
    ("en", "mid-2023", "2023"),
    ("en", "end-2022", "to 2022-12-31"),
    ("en", "last year", "2023"),
    ("en", "by July 2021", "to 2021-07-31"),
    ("en", "as of April 30, 2023", "to 2023-04-30"),
    ("en", "by the end of January this year", "to 2024-01-31"),
    ("en", "the first three quarters of 2021", "2021-01/2021-09"),
    ("en", "in the year to June 2023", "2022-07/2023-06"),
    ("en", "the six months ended September 2023", "2023-04/2023-09"),
    ("en", "the second quarter of FY2024", "2023-07/2023-09"),
    ("en", "the 14th Five-Year Plan period", "2021/2025"),
    ("en", "since 2020", "2020-01/2024-03"),
    ("en", "last month", "2024-02"),
    ("en", "the fourth quarter", "2023-Q4"),
    ("zh", "2024年1—8月份", "2024-01/2024-08"),
    ("zh", "一季度", "2024-Q1"),
    ("zh", "截至2023年4月底", "to 2023-04-30"),
    ("zh", "前三季度", "2023-01/2023-09"),
    ("zh", "“十四五”时期", "2021/2025"),
    ("zh", "去年", "2023"),
    ("de", "im ersten Halbjahr 2023", "2023-H1"),
    ("de", "von Januar bis Mai 2023", "2023-01/2023-05"),
    ("de", "Ende 2022", "to 2022-12-31"),
    ("de", "im Vorjahr", "2023"),
    ("fr", "au quatrième trimestre 2023", "2023-Q4"),
    ("fr", "de janvier à août 2023", "2023-01/2023-08"),
    ("fr", "fin 2023", "to 2023-12-31"),
    ("fr", "l'an dernier", "2023"),
]


@pytest.mark.parametrize(("language", "text", "code"), TABLE)
def test_reads_a_period(language: str, text: str, code: str) -> None:
    assert [p.code for p in read_periods(text, ANCHOR, language)] == [code]


@pytest.mark.parametrize(("language", "name"), [(g, r.name) for g in GRAMMARS for r in GRAMMARS[g].rules()])
def test_each_rule_reads_its_example(language: str, name: str) -> None:
    rule = next(r for r in GRAMMARS[language].rules() if r.name == name)
    (period,) = read_periods(rule.example, ANCHOR, language)[:1]
    assert period.text in rule.example
    assert period.kind in ("same_period", "shifted", "spoken") or period.code or "year" in name


@pytest.mark.parametrize("text", ["4h later", "a loan of €9M 2 months ago", "3.9M visitors", "H2O"])
def test_what_only_looks_like_a_period(text: str) -> None:
    assert read_periods(text, ANCHOR, "en") == ()


def test_a_financial_year_begins_where_the_country_says() -> None:
    codes = [read_periods("FY2023", country=c)[0].code for c in (None, "US", "AU", "GB")]
    assert codes == ["2022-04/2023-03", "2022-10/2023-09", "2022-07/2023-06", "2022-04/2023-03"]


def test_without_an_anchor_a_relative_period_says_that_it_is_open() -> None:
    (period,) = read_periods("last year", None)
    assert (period.code, period.relative) == ("", True)


@pytest.mark.parametrize("text", ["it may rise", "they march on", "a 2023% rise", "2000 yuan"])
def test_what_is_no_period(text: str) -> None:
    assert [p for p in read_periods(text, ANCHOR) if p.kind in ("month", "day")] == []


def test_codes_shift_and_end() -> None:
    assert year_before("2021-01/2021-05") == "2020-01/2020-05"
    assert end_of("2023-Q1") == "to 2023-03-31"
    assert month_span("2023-H2") == (2023 * 12 + 6, 2023 * 12 + 11)
    assert not valid("2023-13")


@given(st.text(max_size=200), st.sampled_from(sorted(GRAMMARS)))
def test_no_text_breaks_the_reader(text: str, language: str) -> None:
    for period in read_periods(text, ANCHOR, language):
        assert text[period.start : period.end] == period.text
        assert not period.code or valid(period.code)


@pytest.mark.parametrize("text", ["firms in Weimar 2024", "the Calmar fair in 2023"])
def test_a_month_begins_a_word(text: str) -> None:
    assert [p.code for p in read_periods(text, ANCHOR, "en")] == [text[-4:]]
