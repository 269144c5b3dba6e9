"""What each number is dated by: brackets, plans ahead, goals looked back at, financial years, headlines."""

from datetime import date

import pytest

from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice


def read(text, published=date(2024, 3, 5), title=""):
    return {f.published_as: f for f in extract(Notice("n", "n.txt", title, text, "en", published), load())}


PERIODS = [
    (
        "In the first two months of 2024, Orvik won 198 projects (2023: 164), worth $61 million in all.",
        {"198": "2024-01/2024-02", "164": "2023-01/2023-02", "$61 million": "2024-01/2024-02"},
    ),
    ("Orvik guided 61 companies in 2023 (2022: 73).", {"61": "2023", "73": "2022"}),
    ("The town is to sign 120 projects by the end of December.", {"120": "2024"}),
    ("The second round, from August to October, is to bring in 300 projects.", {"300": "2024-08/2024-10"}),
    ("In 2023 firms invested $40 million, half of what was announced in 2022.", {"$40 million": "2023"}),
    ("Orvik used $389 million of foreign capital in 2023, the highest figure so far.", {"$389 million": "2023"}),
    ("Orvik won 61 firms in 2023.\n\nWe had planned with 50 firms.", {"61": "2023", "50": "2023"}),
    (
        "Orvik won 61 firms in 2023. For 2024 the goal is 70 firms; a year ago the goal had been 58 firms.",
        {"61": "2023", "70": "2024", "58": "2023"},
    ),
    (
        "From January to June 2023 Orvik won 90 firms.\n\nIt used $7 million in the half year, 52 percent of its plan.",
        {"$7 million": "2023-01/2023-06"},
    ),
    (
        "Orvik backed 56 firms in the fourth quarter of 2023. In the year as a whole, 211 firms were backed, against "
        "279 firms and $5 million in 2022.",
        {"211": "2023", "279": "2022", "$5 million": "2022"},
    ),
    ("Orvik had 148 firms in January 2024, compared with 131 at the start of the year.", {"131": "to 2023-12-31"}),
    ("Inflows were $6.6 billion in 2023, down from $8 billion.", {"$8 billion": "2022"}),
    ("At the time of publication the town counted 187 service centres.", {"187": "to 2024-03"}),
    (
        "In fiscal 2023, closed September 30, the fund backed 94 firms, after 83 firms in fiscal 2022.",
        {"94": "2022-10/2023-09", "83": "2021-10/2022-09"},
    ),
    (
        "The financial year runs from 1 July to 30 June. In the first quarter of 2023/24 the fund backed 12 firms.",
        {"12": "2023-07/2023-09"},
    ),
]


@pytest.mark.parametrize(("text", "periods"), PERIODS, ids=[p[0] for p in PERIODS])
def test_numbers_are_dated(text, periods):
    found = read(text)
    assert {token: found[token].time_period for token in periods} == periods


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Exports fell for the third year, by 5.5 per cent.", -5.5),
        ("Exports rose for a fifth consecutive quarter, by 5.5 per cent to $4 billion.", 5.5),
        ("Exports declined for the second quarter in a row, by 5.5 per cent.", -5.5),
        ("Exports were $4 billion, gaining 5.5 per cent.", 5.5),
    ],
)
def test_a_change_told_with_how_often_it_came(text, value):
    figure = read(text)["5.5 per cent"]
    assert (figure.value, figure.change_kind, figure.label) == (value, "yoy_growth", "Exports")


def test_a_headline_is_dated_by_the_body():
    title = "Orvik's use of foreign capital jumps 1.4 fold"
    body = (
        "In the first quarter of 2023, exports of Orvik were $7 million.\n\n"
        "From January to May 2023, Orvik's use of foreign capital was $6.1 million, 2.4 times that of a year earlier."
    )
    figure = read(f"{title}\n\n{body}", date(2023, 6, 28), title)["1.4 fold"]
    assert (figure.time_period, figure.base_period) == ("2023-01/2023-05", "2022-01/2022-05")
    dated = "Orvik's use of foreign capital in 2022 jumps 1.4 fold"
    assert read(f"{dated}\n\n{body}", date(2023, 6, 28), dated)["1.4 fold"].time_period == "2022"


def test_a_third_of_the_firms_is_a_share_and_a_third_batch_is_not():
    found = read("A third batch of firms is being examined. A third of the firms are from Japan.")
    assert [(f.published_as, f.change_kind) for f in found.values()] == [("A third", "share")]
    assert "firms" in found["A third"].label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "Use of foreign capital in Hangzhou rose 5 percent. In scale, Hangzhou ranked third among 15 cities.",
            "capital",
        ),
        ("Exports were $5 million in 2023, a rise that placed the zone third among the zones of Oman.", "Exports"),
        ("In 2023 its innovation index ranked third in the country.", "innovation index"),
    ],
)
def test_what_a_place_in_an_order_is_of(text, label):
    assert label in read(text)["third"].label
