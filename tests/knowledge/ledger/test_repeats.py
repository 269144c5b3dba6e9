"""A fact that is said again is one figure with mentions; what only looks alike stays two."""

from datetime import date

import pytest

from knowledge.figure import Figure
from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice


def _read(language: str, title: str, text: str) -> tuple[Figure, ...]:
    return extract(Notice("n", "n.txt", title, f"{title}\n\n{text}", language, date(2024, 2, 20)), load())


# language, title, text, {printed token of the figure: printed tokens of its mentions}
ONE = [
    (
        "en",
        "Harwick lands over 2,300 projects in 2023",
        "Harwick landed 2,340 projects in 2023. These 2,340 projects created 8,100 jobs.",
        {"2,340": ["2,300", "2,340"], "8,100": []},
    ),
    (
        "en",
        "FDI report 2023",
        "FDI grew 5.2 percent in 2023. FDI grew by about 5 percent in 2023.",
        {"5.2 percent": ["5 percent"]},
    ),
    (
        "en",
        "Money 2023",
        "Foreign direct investment reached $65 million (60 million euros) in 2023. Foreign direct investment of 60 "
        "million euros in 2023 was a record.",
        {"$65 million": [], "60 million euros": ["60 million euros"]},
    ),
    (
        "zh",
        "临江市2023年实际使用外资超12亿美元",
        "2023年,临江市实际使用外资12.6亿美元。全市实际使用外资12.6亿美元,创历史新高。",
        {"12.6亿美元": ["12亿美元", "12.6亿美元"]},
    ),
    (
        "de",
        "Oberhain gewinnt rund 1.200 Projekte",
        "Die Wirtschaftsförderung Oberhain gewann 2023 insgesamt 1.234 Projekte.",
        {"1.234": ["1.200"]},
    ),
    (
        "fr",
        "Valmont : près de 50 projets en 2023",
        "L'agence de Valmont a recensé 48 projets en 2023. Ces 48 projets créent 900 emplois.",
        {"48": ["50", "48"], "900": []},
    ),
]


@pytest.mark.parametrize(("language", "title", "text", "wanted"), ONE, ids=[row[1] for row in ONE])
def test_one_fact_is_one_figure(language: str, title: str, text: str, wanted: dict[str, list[str]]) -> None:
    figures = _read(language, title, text)
    assert {f.published_as: [m.published_as for m in f.mentions] for f in figures} == wanted
    assert len(figures) == len(wanted)


# texts whose two figures only look alike
TWO = [
    "In 2023, 120 projects were signed. In 2023, 120 projects were completed.",
    "Manufacturing had 40 projects in 2023. Services had 40 projects in 2023.",
    "Foreign firms created about 1,200 jobs in 2023. Foreign firms created 1,250 jobs in 2022.",
    "Exports reached $1.3 billion in 2023. Imports reached $1.28 billion in 2023.",
    "Harwick had over 2,300 projects in 2023. Harwick had 2,290 projects in 2023.",
    "Harwick landed 2,340 projects in 2023. The target for 2024 is 2,340 projects.",
    "Investment from France was $12.6 million in 2023. Investment was $12.6 million from Spain in 2023.",
]


@pytest.mark.parametrize("text", TWO)
def test_what_only_looks_alike_stays_apart(text: str) -> None:
    assert len(_read("en", "Notice", text)) == 2


def test_a_change_goes_with_the_figure_that_stands_for_its_level() -> None:
    level, growth = _read(
        "en", "2,340 projects landed in 2023", "Harwick landed 2,340 projects in 2023, up 12 percent."
    )
    assert (level.published_as, growth.published_as) == ("2,340", "12 percent")
    assert growth.relates_to == level.figure_id
    assert level.quote.startswith("Harwick") and [m.quote for m in level.mentions] == ["2,340 projects landed in 2023"]
    assert growth.beside(level)
