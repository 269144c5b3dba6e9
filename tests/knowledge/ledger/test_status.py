"""Former values and preliminary ones are marked; a plan, an agreement or a law that is so called marks nothing."""

from datetime import date

import pytest

from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

# language, text, {printed token: status}
STATUS = [
    (
        "en",
        "Foreign direct investment, previously reported at $1.2 billion, was $1.3 billion in 2022.",
        {"$1.2 billion": "preliminary", "$1.3 billion": "revised"},
    ),
    (
        "en",
        "In 2022 the zone signed 495 projects (initially reported: 480).",
        {"495": "revised", "480": "preliminary"},
    ),
    (
        "en",
        "The zone signed 495 projects in 2022. Originally, 480 had been announced.",
        {"495": "revised", "480": "preliminary"},
    ),
    (
        "en",
        "Exports of $2.4 billion in 2022 replace the $2.3 billion published in January.",
        {"$2.4 billion": "revised", "$2.3 billion": "preliminary"},
    ),
    (
        "en",
        "Preliminary figures show that 480 projects were signed in 2023, against 450 in 2022.",
        {"480": "preliminary", "450": "normal"},
    ),
    ("en", "FDI rose to a provisional $1.2 billion in 2023.", {"$1.2 billion": "preliminary"}),
    (
        "en",
        "The 2023 figures are preliminary. In 2023, 480 projects were signed. In 2022, 450 projects were signed.",
        {"480": "preliminary", "450": "normal"},
    ),
    (
        "de",
        "Die Zahl der Projekte 2022 wurde von 480 auf 495 korrigiert. Nach vorläufigen Angaben stiegen die Exporte "
        "2023 auf 2,1 Milliarden Euro.",
        {"480": "preliminary", "495": "revised", "2,1 Milliarden Euro": "preliminary"},
    ),
    (
        "fr",
        "Le nombre de projets en 2022 a été révisé de 480 à 495. Selon des données provisoires, 510 projets ont été "
        "recensés en 2023.",
        {"480": "preliminary", "495": "revised", "510": "preliminary"},
    ),
    (
        "zh",
        "2022年新增项目由480个修订为495个。初步统计,2023年新增项目510个。",
        {"480个": "preliminary", "495个": "revised", "510个": "preliminary"},
    ),
    (
        "zh",
        "2022年新增项目495个,此前公布为480个。",
        {"495个": "revised", "480个": "preliminary"},
    ),
    ("zh", "2023年新增项目510个。\n注:2023年数据为快报数。", {"510个": "preliminary"}),
    # what marks nothing
    ("en", "The preliminary agreement covers 12 projects in 2023.", {"12": "normal"}),
    ("en", "The revised law attracted 20 projects in 2023.", {"20": "normal"}),
    ("en", "A revised target of 500 projects was set for 2024.", {"500": "normal"}),
    ("en", "Initially, 12 projects were planned in 2023.", {"12": "normal"}),
    ("de", "Die vorläufige Einigung betrifft 12 Werke im Jahr 2023.", {"12": "normal"}),
    ("zh", "2023年新增项目510个,双方达成初步协议。", {"510个": "normal"}),
]


@pytest.mark.parametrize(("language", "text", "wanted"), STATUS, ids=[row[1][:60] for row in STATUS])
def test_the_status_of_each_figure(language: str, text: str, wanted: dict[str, str]) -> None:
    figures = extract(Notice("n", "n.txt", "", text, language, date(2024, 2, 20)), load())
    assert {f.published_as: str(f.obs_status) for f in figures} == wanted


def test_former_and_revised_are_of_one_thing() -> None:
    text = "Foreign direct investment, previously reported at $1.2 billion, was $1.3 billion in 2022."
    former, new = extract(Notice("n", "n.txt", "", text, "en", date(2024, 2, 20)), load())
    assert (former.indicator, former.time_period, former.unit) == (new.indicator, new.time_period, new.unit)
