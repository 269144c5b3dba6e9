"""Bare numbers that count part of what was named, and tables whose rows stand apart."""

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
