"""Parts of a whole, targets and sums in other words, tables whose rows stand apart or state their scale."""

from datetime import date

import pytest

from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice


def read(text):
    return {f.published_as: f for f in extract(Notice("n", "n.txt", "", text, "en", date(2024, 2, 20)), load())}


@pytest.mark.parametrize(
    ("text", "token", "unit", "label"),
    [
        (
            "The zone has 2,967 new projects. 355 of the new projects were foreign-funded.",
            "355",
            "projects",
            "new projects foreign-funded",
        ),
        ("By May, 1,919 of the projects had landed.", "1,919", "projects", "projects landed"),
        ("1,919 of these projects have broken ground.", "1,919", "projects", "projects broken ground"),
        ("Some 40 of the 300 companies were set up by women.", "40", "companies", "companies set up by women"),
        ("Some 40 of the 300 companies were set up by women.", "300", "companies", "companies"),
        (
            "The city signed 58 contracts. Of those 58, 39 have been fulfilled.",
            "39",
            "contracts",
            "contracts fulfilled",
        ),
        ("A total of 300 firms exhibited, 40 of them from abroad.", "40", "firms", "firms from abroad"),
        (
            "In 2023 the port let 90 berths. Of these, 31 berths, or 34 percent of the total, have been deepened.",
            "31",
            "berths",
            "berths deepened",
        ),
        ("The bank granted 310 loans in 2023 and renewed 44 of them.", "44", "loans", "loans renewed"),
        ("The firm has bought 60 mills and sold 9 of these, at a loss.", "9", "mills", "mills sold"),
        ("The fund backed 58 start-ups, including 11 in biotech.", "11", "start-ups", "start-ups in biotech"),
        (
            "The port has 84 research institutes, 12 of which are foreign-funded.",
            "12",
            "institutes",
            "research institutes foreign-funded",
        ),
    ],
)
def test_a_part_is_counted_in_what_its_whole_is_counted_in(text, token, unit, label):
    figure = read(text)[token]
    assert (figure.unit, figure.label) == (unit, label)


def test_a_plain_count_keeps_its_words():
    figure = read("In 2023 the zone attracted 2,967 new projects.")["2,967"]
    assert (figure.unit, figure.label) == ("projects", "new projects attracted")


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_rows_of_a_table_may_stand_apart(gap):
    text = gap.join(("Year Projects Jobs", "2020 202 1,200", "2021 55 1,300", "2022 51 1,400"))
    found = read(text)
    assert [(f.time_period, f.unit) for f in found.values()] == [
        (year, unit) for year in ("2020", "2021", "2022") for unit in ("projects", "jobs")
    ]


def test_an_amount_that_something_is_up_by_is_a_difference():
    found = read("The number of regional offices in Tarnmouth was 47 at the end of 2023, up by 5 from a year earlier.")
    assert str(found["5"].change_kind) == "difference"
    assert str(found["47"].change_kind) != "difference"


@pytest.mark.parametrize(
    ("header", "value", "unit"),
    [
        ("Capex (€m)", 410e6, "EUR"),
        ("Inflows ($bn)", 410e9, "USD"),
        ("Investment, USD billion", 410e9, "USD"),
        ("FDI (100 million yuan)", 410e8, "CNY"),
        ("Investment (CZK billion)", 410e9, "CZK"),
    ],
)
def test_a_column_states_its_scale(header, value, unit):
    figure = read(f"Results by year\n\nYear Projects {header}\n2019 41 320\n2020 55 410")["410"]
    assert (figure.value, figure.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "token", "scenario", "label"),
    [
        (
            "In 2023 it signed 358 deals. Its target had been 330 deals and 450 million euros.",
            "450 million euros",
            "target",
            None,
        ),
        ("Tasks for 2025 are 430 new projects and a start rate of 70 percent.", "70 percent", "target", "start rate"),
        ("Exports should return to 5 billion euros in 2026.", "5 billion euros", "forecast", None),
        (
            "Early data put the investment made in the port at 3 billion euros.",
            "3 billion euros",
            "actual",
            "investment made in the port",
        ),
        (
            "Investment was 9 billion euros; 4 billion euros of that was industrial investment.",
            "4 billion euros",
            "actual",
            "industrial investment",
        ),
        ("The plants will create 12 900 direct jobs.", "12 900", "forecast", "direct jobs"),
    ],
)
def test_what_a_number_is_told_of(text, token, scenario, label):
    figure = read(text)[token]
    assert figure.scenario == scenario
    assert label in (None, figure.label)


def test_a_fact_said_twice_is_listed_as_often_as_it_is_said():
    from dataclasses import replace

    from knowledge.figure import Mention

    figure = replace(
        read("In 2023 it signed 358 deals.")["358"], mentions=(Mention(90, 93, "358", "Again: 358 deals."),)
    )
    first, second = figure.stated()
    assert (first.start, second.start) == (figure.start, 90)
    assert first.figure_id == second.figure_id
