"""Which area a number is of: the notice's own before those that are only mentioned."""

from datetime import date

import pytest

from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

# title, text, language, {printed token: area}
AREAS = [
    (
        "Latvian Investment Agency presents its results",
        "Five of the projects came from Norway, four from Germany and three from the United States. Jobs were 1,200.",
        "en",
        {"1,200": "Latvia"},
    ),
    (
        "Nansha New Area grows",
        "The Nansha New Area of Guangzhou grew. GDP was 80 billion yuan, 2 percentage points ahead of the city as a "
        "whole. The area generated 7 percent of Guangzhou's GDP. Exports were 9 billion yuan.",
        "en",
        {"80 billion yuan": "Nansha New Area", "7 percent": "Nansha New Area", "9 billion yuan": "Nansha New Area"},
    ),
    (
        "Johor signs agreements",
        "In Johor seven memoranda were signed, one of them with the Port of Antwerp. Eleven firms came.",
        "en",
        {"seven": "Johor", "Eleven": "Johor"},
    ),
    (
        "合肥新增项目90个",
        "合肥新增项目90个。今年将在大阪、首尔等6个城市举办推介会,经开区项目12个。",
        "zh",
        {"90个": "合肥", "12个": "合肥"},
    ),
]


@pytest.mark.parametrize(("title", "text", "language", "wanted"), AREAS, ids=[row[0] for row in AREAS])
def test_the_notice_own_area_wins(title: str, text: str, language: str, wanted: dict[str, str]) -> None:
    figures = extract(Notice("n", "n.txt", title, text, language, date(2024, 2, 6)), load())
    found = {f.published_as: f.ref_area for f in figures}
    assert {token: found.get(token) for token in wanted} == wanted
