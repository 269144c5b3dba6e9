"""Amounts in four languages: a table of printed tokens, and every printed style read back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.amounts import read_amounts

# language, text, printed token, value, unit, kind, qualifier
TABLE = [
    ("en", "worth 1.3 trillion yuan in all", "1.3 trillion yuan", "1.3e12", "CNY", "money", "exact"),
    ("en", "raised US$41.9bn abroad", "US$41.9bn", "41.9e9", "USD", "money", "exact"),
    ("en", "over HK$3m was paid", "HK$3m", "3e6", "HKD", "money", "over"),
    ("en", "nearly 30 percent of all", "30 percent", "30", "percent", "percent", "nearly"),
    ("en", "up 1.2 percentage points", "1.2 percentage points", "1.2", "percentage points", "points", "exact"),
    ("en", "rose 25 basis points", "25 basis points", "0.25", "percentage points", "points", "exact"),
    ("en", "less than half of them", "half of", "50", "percent", "percent", "under"),
    ("en", "seven in ten firms", "seven in ten", "70", "percent", "percent", "exact"),
    ("en", "2.4 times that of 2020", "2.4 times", "2.4", "times", "multiple", "exact"),
    ("en", "more than doubled", "doubled", "2", "times", "multiple", "over"),
    ("en", "at least 1,070 newly founded firms", "1,070", "1070", "firms", "count", "over"),
    ("en", "twenty-five plants opened", "twenty-five", "25", "plants", "count", "exact"),
    ("en", "it ranked third in Asia", "third", "3", "rank", "rank", "exact"),
    ("en", "a 700-million-euro plant", "700-million-euro", "7e8", "EUR", "money", "exact"),
    ("en", "12 million kroner", "12 million kroner", "12e6", "NOK", "money", "exact"),
    ("en", "worth RM8.6bn", "RM8.6bn", "8.6e9", "MYR", "money", "exact"),
    ("en", "some 42.5 trillion soums", "42.5 trillion soums", "42.5e12", "UZS", "money", "about"),
    ("fr", "7,4 milliards de dirhams", "7,4 milliards de dirhams", "7.4e9", "MAD", "money", "exact"),
    ("zh", "共3600余亿元", "3600余亿元", "3.6e11", "CNY", "money", "over"),
    ("zh", "达到1万亿元", "1万亿元", "1e12", "CNY", "money", "exact"),
    ("zh", "3亿5000万美元", "3亿5000万美元", "3.5e8", "USD", "money", "exact"),
    ("zh", "近2万人参加", "2万人", "20000", "人", "count", "nearly"),
    ("zh", "百分之三十五", "百分之三十五", "35", "percent", "percent", "exact"),
    ("zh", "增长四成左右", "四成", "40", "percent", "percent", "about"),
    ("zh", "提高0.7个百分点", "0.7个百分点", "0.7", "percentage points", "points", "exact"),
    ("zh", "位列全国第五位", "第五位", "5", "rank", "rank", "exact"),
    ("zh", "１８．５％", "１８．５％", "18.5", "percent", "percent", "exact"),
    ("de", "rund 1.234 Projekte", "1.234", "1234", "projekte", "count", "about"),
    ("de", "27,5 Mrd. Euro", "27,5 Mrd. Euro", "27.5e9", "EUR", "money", "exact"),
    ("de", "knapp zwei Drittel", "zwei Drittel", "66.67", "percent", "percent", "nearly"),
    ("de", "auf Platz 4", "4", "4", "rank", "rank", "exact"),
    ("fr", "1 234,5 millions d'euros", "1 234,5 millions d'euros", "1234.5e6", "EUR", "money", "exact"),
    ("fr", "plus de 12 Md€", "12 Md€", "12e9", "EUR", "money", "over"),
    ("fr", "59 254 emplois", "59 254", "59254", "emplois", "count", "exact"),
    ("fr", "près de 5,2 %", "5,2 %", "5.2", "percent", "percent", "nearly"),
]


@pytest.mark.parametrize(("language", "text", "token", "value", "unit", "kind", "qualifier"), TABLE)
def test_reads_the_printed_token(
    language: str, text: str, token: str, value: str, unit: str, kind: str, qualifier: str
) -> None:
    (amount,) = [a for a in read_amounts(text, language) if a.text == token]
    assert (amount.value, amount.unit, amount.kind, amount.qualifier) == (Decimal(value), unit, kind, qualifier)
    assert text[amount.start : amount.end] == token


def test_a_bare_dollar_is_that_of_the_country() -> None:
    assert [read_amounts("$5 million", country=c)[0].unit for c in (None, "US", "SG", "HK", "AU")] == [
        "USD",
        "USD",
        "SGD",
        "HKD",
        "AUD",
    ]


@pytest.mark.parametrize(
    "text",
    ["COVID-19", "a 5G network", "at 10:36", "No. 12", "Fortune 500", "version 1.2.3", "a 24-point plan", "B2B"],
)
def test_names_and_clocks_are_no_amounts(text: str) -> None:
    assert [a for a in read_amounts(text) if a.kind not in ("year", "ordinal", "duration")] == []


def test_a_range_keeps_both_ends() -> None:
    (amount,) = read_amounts("between 10 and 15 percent")
    assert (amount.value, amount.high, amount.unit) == (10, 15, "percent")
    assert read_amounts("5%至6%", "zh")[0].high == 6


STYLES = {
    "en": (lambda n, d: f"{n:,}" + (f".{d}" if d else ""), {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}),
    "zh": (lambda n, d: f"{n}" + (f".{d}" if d else ""), {"万": 4, "亿": 8, "万亿": 12}),
    "de": (lambda n, d: f"{n:,}".replace(",", ".") + (f",{d}" if d else ""), {"Millionen": 6, "Milliarden": 9}),
    "fr": (lambda n, d: f"{n:,}".replace(",", "\u202f") + (f",{d}" if d else ""), {"millions": 6, "milliards": 9}),
}
MONEY = {
    "en": [(" {} yuan", "CNY"), (" US${}", "USD"), (" €{}", "EUR"), (" {} U.S. dollars", "USD"), (" £{}", "GBP")],
    "zh": [("{}元", "CNY"), ("{}美元", "USD"), ("{}欧元", "EUR"), ("{}港元", "HKD")],
    "de": [(" {} Euro", "EUR"), (" {} US-Dollar", "USD"), (" {} Franken", "CHF")],
    "fr": [(" {} d'euros", "EUR"), (" {} de dollars", "USD")],
}
STEPS = st.sampled_from(sorted(STYLES))


@given(STEPS, st.integers(1, 9_999_999), st.text("0123456789", min_size=0, max_size=2), st.data())
def test_every_printed_amount_reads_back(language: str, whole: int, decimals: str, data: st.DataObject) -> None:
    printed, scales = STYLES[language]
    scale = data.draw(st.sampled_from(sorted(scales)))
    frame, unit = data.draw(st.sampled_from(MONEY[language]))
    gap = "" if language == "zh" else " "
    token = frame.format(printed(whole, decimals) + gap + scale).strip()
    text = f"投资{token}。" if language == "zh" else f"worth {token}, "
    (amount,) = read_amounts(text, language)
    assert amount.value == Decimal(f"{whole}.{decimals or 0}").scaleb(scales[scale])
    assert (amount.unit, amount.kind, amount.text) == (unit, "money", token)


@given(st.text(max_size=300), st.sampled_from(["en", "zh", "de", "fr"]))
def test_no_text_breaks_the_reader(text: str, language: str) -> None:
    last = 0
    for amount in read_amounts(text, language):
        assert text[amount.start : amount.end] == amount.text
        assert amount.start >= last
        last = amount.end


def test_a_french_scale_is_joined_to_what_it_counts():
    (amount,) = read_amounts("15,8 millions de visiteurs", "fr")
    assert (amount.text, amount.unit, amount.kind) == ("15,8 millions", "visiteurs", "count")
    (money,) = read_amounts("2 milliards d'euros", "fr")
    assert (money.unit, money.kind) == ("EUR", "money")
