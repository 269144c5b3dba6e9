"""What is planned, hoped for or still to come is never read as a result, and is dated when it is due."""

from datetime import date

import pytest

from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

# sentence, the planned figures of it (token, period), its results (token, period); all of a notice of 20 February 2024
SENTENCES = [
    (
        "The work programme for 2024, adopted on Monday, foresees 240 new projects and a landing rate of 55 percent.",
        [("240", "2024"), ("55 percent", "2024")],
        [],
    ),
    ("Under the plan, the district would attract $2 billion of foreign capital by 2026.", [("$2 billion", "2026")], []),
    ("The agency has its eyes on 60 greenfield projects in 2024.", [("60", "2024")], []),
    ("The county hopes for 45 projects in 2024, after 38 in 2023.", [("45", "2024")], [("38", "2023")]),
    ("For 2024 the bar is set at 120 projects.", [("120", "2024")], []),
    ("The ministry's roadmap provides for 14 new industrial parks by 2030.", [("14", "2030")], []),
    (
        "The draft budget assumes foreign investment of 9.4 billion riyals in 2024.",
        [("9.4 billion riyals", "2024")],
        [],
    ),
    ("The five-year strategy launched in 2021 promises 120,000 jobs by 2026.", [("120,000", "2026")], []),
    ("This year, 66 projects should follow.", [("66", "2024")], []),
    ("A further 35 projects are in the pipeline for this year.", [("35", "2024")], []),
    ("The zone must reach 80 percent by 2025.", [("80 percent", "2025")], []),
    ("The programme was to create 5,000 jobs by 2023; it created 5,600.", [("5,000", "2023")], []),
    ("The zone had planned 120 projects for 2023 and signed 130.", [("120", "2023")], [("130", "2023")]),
    ("In 2023 the zone signed 130 projects, ten more than planned.", [], [("130", "2023")]),
    ("Investment in 2023 was 9 percent above plan.", [], [("9 percent", "2023")]),
    ("The authority grew its staff to 90 in 2023.", [], [("90", "2023")]),
    (
        'Under the "Skyline Plan", its drive for new firms, Orvik won 410 projects in 2023.',
        [],
        [("410", "2023")],
    ),
    ("The Growth Target initiative attracted $3 billion in 2023 and $2 billion in 2022.", [], [("$3 billion", "2023")]),
    ("In 2023 the pool of the Skyline Plan was joined by 84 projects.", [], [("84", "2023")]),
    ("Target 2030 brought the zone 36 projects in 2023.", [], [("36", "2023")]),
    ("Under the plan, 300 projects were signed in 2023.", [], [("300", "2023")]),
    ("The Skyline Plan foresees 500 projects in 2024.", [("500", "2024")], []),
    ("The Growth Target initiative plans to win 90 projects in 2024.", [("90", "2024")], []),
    (
        "The state has revised its target for 2024 upwards, from 45 to 48 projects.",
        [("45", "2024"), ("48", "2024")],
        [],
    ),
    ("By the end of 2024, 40 projects worth $3 billion are to be launched.", [("40", "2024")], []),
    (
        "In 2023 the rate was 62 percent, 2 percentage points above the goal of 60 percent.",
        [],
        [("62 percent", "2023")],
    ),
    ("In 2023 the zone beat its target by 12 projects.", [], [("12", "2023")]),
    ("Of the 700 projects to be introduced in 2024, 90 are to be Japanese.", [("700", "2024"), ("90", "2024")], []),
    ("The projects are seen to generate 900 jobs in 2024.", [("900", "2024")], []),
    (
        "Its investment in 2023 equalled 52 percent of the amount planned for the whole year.",
        [],
        [("52 percent", "2023")],
    ),
    (
        "For 2024 the board has settled on 95 leases and a vacancy rate of 4 percent.",
        [("95", "2024"), ("4 percent", "2024")],
        [],
    ),
    ("For 2023 the board reports 95 leases.", [], [("95", "2023")]),
    (
        "The port aims for 60 leases in 2024. In 2023 it signed 48 leases. Of the 60 leases, 12 should go to locals.",
        [("60", "2024"), ("12", "2024")],
        [("48", "2023")],
    ),
    ("In 2023 the zone let 52 percent of what was planned for the whole year.", [], [("52 percent", "2023")]),
]


@pytest.mark.parametrize(("text", "planned", "done"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_plans_are_told_from_results(text: str, planned: list[tuple[str, str]], done: list[tuple[str, str]]) -> None:
    figures = extract(Notice("n", "n.txt", "", text, "en", date(2024, 2, 20)), load())
    found = {(f.published_as, f.time_period): f.scenario for f in figures}
    assert all(found[key] in ("target", "forecast") for key in planned)
    assert all(found[key] == "actual" for key in done)


def test_a_year_opened_for_plans_dates_no_results() -> None:
    text = (
        "Port Lumen signed 84 projects in 2023.\n\nThis year the bar is higher. The port is to sign 90 projects.\n\n"
        "Work began at 60 projects, and the number of projects was 12 percent higher and their value 8 percent lower."
    )
    found = {f.published_as: f for f in extract(Notice("n", "n.txt", "", text, "en", date(2024, 2, 20)), load())}
    assert [found[t].time_period for t in ("90", "60", "12 percent", "8 percent")] == ["2024", "2023", "2023", "2023"]
    assert found["8 percent"].label == "value of projects"


def test_a_rise_in_something_is_of_that() -> None:
    text = "A look at 2023 shows a 24 percent rise in the number of large projects and an 8 percent rise in exports."
    found = {f.published_as: f for f in extract(Notice("n", "n.txt", "", text, "en", date(2024, 2, 20)), load())}
    assert found["24 percent"].label == "number of large projects"
    assert found["8 percent"].label == "exports"


def test_a_day_of_report_dates_nothing_where_a_year_is_spoken_of() -> None:
    text = (
        "Port Lumen signed 84 projects in 2022.\n\nContracted investment reached 12 billion yuan, the bureau reported "
        "on Tuesday. The work plan for 2024 asks for 90 projects. Foreign-funded projects are to number 30."
    )
    found = {f.published_as: f for f in extract(Notice("n", "n.txt", "", text, "en", date(2024, 2, 20)), load())}
    assert found["12 billion yuan"].time_period == "2022"
    assert (found["90"].scenario, found["90"].time_period) == ("target", "2024")
    assert (found["30"].label, found["30"].time_period) == ("Foreign-funded projects", "2024")


def test_a_share_of_them_is_called_by_what_they_did() -> None:
    text = (
        "The city signed 640 projects in 2023, and more than 65 percent of them had started construction by December."
    )
    found = {f.published_as: f for f in extract(Notice("n", "n.txt", "", text, "en", date(2024, 2, 20)), load())}
    assert found["65 percent"].label == "projects started construction"


def test_what_is_still_to_open_makes_no_plan_of_what_was_done() -> None:
    text = "She said that the city had recognized 64 firms so far and that the next round would open in October."
    (figure,) = (
        f for f in extract(Notice("n", "n.txt", "", text, "en", date(2023, 8, 20)), load()) if f.published_as == "64"
    )
    assert figure.scenario == "actual"
