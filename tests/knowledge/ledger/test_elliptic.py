"""Numbers whose words go back to what was said before: `that from`, `of it`, `second with`, newcomers, keys."""

from datetime import date

import pytest

from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice


def read(text):
    return {f.published_as: f for f in extract(Notice("n", "n.txt", "", text, "en", date(2024, 3, 5)), load())}


LABELS = [
    (
        "Imports from Spain fell to $3 million, while those from Peru grew to $4 million.",
        "$4 million",
        "Imports from Peru",
    ),
    (
        "Orvik drew $9 million of approved investment in 2023. Foreign investors provided $6 million of it.",
        "$6 million",
        "approved investment",
    ),
    (
        "Foreign direct investment was $9 million. Spain topped the list of sources with $4 million.",
        "$4 million",
        "Foreign direct investment",
    ),
    (
        "Foreign direct investment was $9 million. Real estate was second with $2 million.",
        "$2 million",
        "Foreign direct investment",
    ),
    ("Orvik made actual use of $9 million in foreign capital.", "$9 million", "actual use of foreign capital"),
    ("The port stuck to its goal of $9 million in foreign capital for 2024.", "$9 million", "foreign capital"),
    ("Exports of goods rose 4 percent to a record $9 million.", "$9 million", "Exports of goods"),
    ("Factories in Orvik turned out goods worth $9 million.", "$9 million", "goods turned out"),
    ("Orvik counted 90 projects, followed by Lumen with 40 and Sarn with 12.", "40", "projects, Lumen"),
    (
        "Orvik won 27 new foreign firms. Fifteen of the newcomers, or 56 percent, came from Japan.",
        "Fifteen",
        "new foreign firms",
    ),
    ("Orvik led with 90 projects, Lumen came second with 41 and Sarn third with 29.", "29", "projects, Sarn"),
    ("The firms created 3,065 new jobs and safeguarded 1,147.", "1,147", "new jobs safeguarded"),
    ("Orvik won 80 jobs and 7 firms. Fishery projects fell from 31 to 26.", "26", "Fishery projects"),
    ("By the end of the year work had started on 70 of the projects.", "70", "projects, work started"),
    ("A total of 60 projects were approved (fisheries: 31; tourism: 29).", "29", "projects, tourism"),
    (
        "The third batch of pilot platforms was published, and 11 of those newly recognized are in Orvik.",
        "11",
        "pilot platforms newly recognized",
    ),
    ("Orvik has 90 projects with a total investment of over $9 billion.", "90", "projects"),
]


@pytest.mark.parametrize(("text", "token", "label"), LABELS, ids=[row[0] for row in LABELS])
def test_what_was_said_before_completes_a_label(text, token, label):
    assert read(text)[token].label.startswith(label)


def test_a_part_of_a_sum_keeps_who_had_it():
    found = read("Orvik drew $9 million of investment. Foreign investors provided $6 million of it.")
    assert found["$6 million"].dimensions["ownership"] == "foreign-funded"
    found = read("Industrial output was $9 million. Fine chemicals supplied $6 million of this, 3 percent more.")
    assert (found["$6 million"].label, found["$6 million"].dimensions["measure"]) == (
        "Fine chemicals",
        "Industrial output",
    )


def test_a_bracket_opens_no_list():
    text = "Orvik won 74 projects (2022: 58), and Japan was ahead of Spain and Peru, with 12 and 9 respectively."
    found = read(text)
    assert (found["12"].dimensions["counterpart"], found["9"].dimensions["counterpart"]) == ("Spain", "Peru")


def test_a_share_held_against_an_earlier_one_is_a_share():
    found = read("The zone accounted for 38 percent of the projects in 2023, against 35 percent a year earlier.")
    assert (found["35 percent"].change_kind, found["35 percent"].time_period) == ("share", "2022")


def test_a_relative_clause_is_about_the_noun_in_front_of_it():
    found = read("Fifteen firms settled in the free trade section, which used $8 million of foreign capital.")
    assert found["$8 million"].dimensions["subject"] == "free trade section"
    found = read("Orvik opened offices in Osaka, which brought the network to 24 offices.")
    assert "Osaka" not in found["24"].dimensions.get("subject", "")


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("The bureau passed 84 leads to the districts.", "exact"),
        ("The bureau passed 84 leads on to the districts.", "exact"),
        ("Exports passed 84 million dollars.", "over"),
    ],
)
def test_what_is_passed_to_somebody_is_no_more_than_its_number(text, qualifier):
    assert next(iter(read(text).values())).qualifier == qualifier


def test_business_is_no_time_unless_it_counts_days():
    found = read("There are over 56,000 business entities in the zone. A licence takes 3 business days.")
    assert found["56,000"].time_period == "to 2024-03"
    assert "business entities" in found["56,000"].label and "days" in found["3"].label
