"""Statements about a number that is not in front of its verb: held against, aimed at, looked back at, restated."""

from datetime import date

import pytest

from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice


def read(text, published=date(2025, 2, 20)):
    return {f.published_as: f for f in extract(Notice("n", "n.txt", "", text, "en", published), load())}


@pytest.mark.parametrize(
    ("text", "token", "label", "period", "qualifier"),
    [
        (
            "The port signed 84 contracts in 2024, a rise of 5 percent over the 80 signed in 2023.",
            "80",
            "contracts signed",
            "2023",
            "exact",
        ),
        (
            "Retail sales reached $5 billion in the third quarter of 2024, 2 percent more than in the second quarter, "
            "when they had been $4.9 billion.",
            "$4.9 billion",
            "Retail sales",
            "2024-Q2",
            "exact",
        ),
        (
            "Exports were weaker: at $3 billion in 2024 it was the lowest level since 2019.",
            "$3 billion",
            "Exports",
            "2024",
            "exact",
        ),
        (
            "Released capital rose by 8 percent to an estimated $16 billion in 2024, the highest sum since 2019.",
            "$16 billion",
            "Released capital",
            "2024",
            "about",
        ),
        (
            "Jobs to be created by the new plants are put at 16,400 in 2024.",
            "16,400",
            "Jobs to be created by the new plants",
            "2024",
            "exact",
        ),
        ("Registered firms in 2024 now total 1,241.", "1,241", "Registered firms", "to 2024-12-31", "exact"),
    ],
)
def test_a_number_behind_its_subject_keeps_the_subject_and_the_period(text, token, label, period, qualifier):
    figure = read(text)[token]
    assert (figure.label, figure.time_period, figure.qualifier) == (label, period, qualifier)


def test_a_plain_over_still_is_a_qualifier():
    assert read("The port signed over 80 contracts in 2024.")["80"].qualifier == "over"


@pytest.mark.parametrize(
    ("text", "token", "scenario", "period"),
    [
        ("Sales came to $12 billion in January-September 2024, or 75% of the year's target of $16 billion.",
         "$16 billion", "target", "2024"),
        ("Sales came to $12 billion in January-September 2024, or 75% of the year's target of $16 billion.",
         "75%", "actual", "2024-01/2024-09"),
        ("The projects of 2024 represent planned capital spending of $6 billion.", "$6 billion", "forecast", "2024"),
        ("The board will spend $48 million on roads in 2025, up from $35 million in 2024.",
         "$35 million", "actual", "2024"),
        ("The board will spend $48 million on roads in 2025, up from $35 million in 2024.",
         "$48 million", "forecast", "2025"),
        ("The board planned to raise new investment to $7 billion in 2025.", "$7 billion", "target", "2025"),
        ("Investment came to $3 billion in 2024. For 2025 the ministry has set a target of $4 billion.",
         "$4 billion", "target", "2025"),
    ],
)  # fmt: skip
def test_what_is_aimed_at_and_what_has_been(text, token, scenario, period):
    figure = read(text)[token]
    assert (figure.scenario, figure.time_period) == (scenario, period)


def test_a_target_that_names_no_measure_is_of_the_notices_theme():
    text = "Investment came to $3 billion in 2024. For 2025 the ministry has set a target of $4 billion."
    assert read(text)["$4 billion"].label == "Investment"
    named = "Investment came to $3 billion in 2024. For 2025 the ministry has set a target of $4 billion for exports."
    assert "exports" in read(named)["$4 billion"].label


@pytest.mark.parametrize(
    ("text", "new", "old", "label"),
    [
        ("Approved plants in 2023 now total 1,241, compared with 1,264 in the February release.",
         "1,241", "1,264", "Approved plants"),
        ("The number of plants in 2023 was first published as 129 in June 2024. It has since been revised to 126.",
         "126", "129", "number of plants"),
        ("Turnover in 2023 was first reported as $9 billion. It was later lowered to $8 billion.",
         "$8 billion", "$9 billion", "Turnover"),
    ],
)  # fmt: skip
def test_a_restated_number_is_of_what_was_published_first(text, new, old, label):
    figures = read(text)
    assert figures[new].obs_status == "revised"
    assert {figures[new].label, figures[old].label} == {label}
    assert {figures[new].time_period, figures[old].time_period} == {"2023"}


def test_a_comparison_with_another_year_revises_nothing():
    figures = read("Approved plants in 2023 now total 1,241, compared with 1,100 in 2022.")
    assert {f.obs_status for f in figures.values()} == {"normal"}


def test_the_place_in_front_of_a_bracket_is_that_of_its_number():
    figures = read("Vietnam: Hanoi ranked second with $2 billion, ahead of Hai Phong ($1.8 billion) in 2024.")
    assert figures["$1.8 billion"].ref_area == "Hai Phong"


def test_foreign_companies_make_a_count_one_of_foreign_projects():
    figures = read("Foreign investors were behind 438 of the approved projects in 2024.")
    assert figures["438"].dimensions["ownership"] == "foreign-funded"


def test_a_number_in_the_name_of_a_campaign_is_no_figure():
    assert "25" not in read("The Rivers 25 campaign is to bring 15,000 jobs to the region by 2027.")


def test_years_between_words_are_columns():
    text = "FDI projects by country\n\nCountry 2023 2024 Change\nSweden 118 104 -11.9%\nNorway 61 64 +4.9%\n"
    figures = read(text)
    assert (figures["118"].time_period, figures["104"].time_period) == ("2023", "2024")
    assert figures["+4.9%"].change_kind == "yoy_growth"
    assert figures["64"].ref_area == "Norway"


@pytest.mark.parametrize(
    ("text", "token", "period", "base"),
    [
        ("Exports were $4 billion in the first half of 2024, down 9 percent on the first half of 2023.", "9 percent",
         "2024-H1", "2023-H1"),
        ("Sales came to $4 billion in 2023, 3 percent up on 2022.", "3 percent", "2023", "2022"),
    ],
)  # fmt: skip
def test_a_change_on_a_period_is_measured_from_there(text, token, period, base):
    figure = read(text)[token]
    assert (figure.time_period, figure.base_period) == (period, base)


@pytest.mark.parametrize(
    ("text", "former", "latter"),
    [
        ("In 2024, new jobs rose to 5,120 from 4,000.", ("4,000", "2023"), ("5,120", "2024")),
        ("Trade more than doubled in 2024, from $205 million to $430 million.", ("$205 million", "2023"),
         ("$430 million", "2024")),
        ("Jobs rose from 4,000 in 2021 to 5,120 in 2024.", ("4,000", "2021"), ("5,120", "2024")),
        ("In 2024, bids ranged from $10 million to $25 million.", ("$10 million", "2024"), ("$25 million", "2024")),
    ],
)  # fmt: skip
def test_what_a_rise_began_from_is_of_the_year_before(text, former, latter):
    figures = read(text)
    assert [figures[token].time_period for token, _ in (former, latter)] == [period for _, period in (former, latter)]


def test_a_step_counts_what_its_level_counts():
    figures = read("In 2024 the fair welcomed 80,000 visitors, 5,000 more than in 2023.")
    assert figures["5,000"].unit == figures["80,000"].unit


@pytest.mark.parametrize(
    ("text", "token", "kind", "value"),
    [
        ("The zone signed 88 contracts in 2024, 19 contracts more than a year earlier.", "19", "difference", 19),
        ("Exports came to $310 million in 2024, $26 million less than in 2023.", "$26 million", "difference", -26e6),
        ("Sales came to $310 million in 2024, twice as much as in 2023.", "twice as much", "yoy_growth", 100),
        ("The zone won 52 projects in 2024, 1.3 times as many as in 2023.", "1.3 times", "yoy_growth", 1.3),
        ("Jobs in the zone pay $4,200 a month in 2024, 1.6 times the national mean.", "1.6 times", "share", 1.6),
    ],
)
def test_comparisons_in_words_and_steps(text, token, kind, value):
    figure = read(text)[token]
    assert (figure.change_kind, figure.value) == (kind, value)


def test_a_comparison_with_another_thing_is_no_growth():
    assert "twice as much" not in read("Sales came to $310 million in 2024, twice as much as those of its neighbour.")
