"""The notice's own area, known to the catalogue or not; countries that capital comes from are never it."""

from datetime import date

import pytest

from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

# language, title, text, own area, {printed token: counterpart}
HOMES = [
    (
        "en",
        "Northshire lands 62 projects in 2023",
        "Northshire's agency reported 62 inward investment projects in 2023. France was the leading source with 14 "
        "projects, followed by Germany with 11. They created 2,400 jobs in Northshire.",
        "Northshire",
        {"62": None, "14": "France", "11": "Germany", "2,400": None},
    ),
    (
        "en",
        "Annual results 2023",
        "The Harwick Investment Agency supported 48 projects in 2023. US firms accounted for 17 of them. Exports to "
        "Germany rose 8 percent to $1.2 billion.",
        "Harwick",
        {"48": None, "17": "US", "8 percent": "Germany", "$1.2 billion": "Germany"},
    ),
    (
        "en",
        "Record year for investors",
        "MERRIDALE, Feb 12 (Newswire) -- The county attracted 31 projects in 2023. Canada led with nine projects, "
        "ahead of Italy with six.",
        "Merridale",
        {"31": None, "nine": "Canada", "six": "Italy"},
    ),
    (
        "en",
        "Investment attraction 2023",
        "The government of Westmark said that foreign firms invested $4.2 billion in 2023. Of this, $1.1 billion came "
        "from the Netherlands. Germany invested $0.9 billion and Japan $0.6 billion.",
        "Westmark",
        {"$4.2 billion": None, "$1.1 billion": "the Netherlands", "$0.9 billion": "Germany", "$0.6 billion": "Japan"},
    ),
    (
        "en",
        "Foreign investors return",
        "In Halvern, 14 new factories opened in 2023. A plant in France was closed.",
        "Halvern",
        {"14": None},
    ),
    (
        "en",
        "Bulletin 12/2023",
        "Alder Bay Statistics Office: foreign direct investment reached $210 million in 2023. Spain was among the main "
        "investors, with $40 million.",
        "Alder Bay",
        {"$210 million": None, "$40 million": "Spain"},
    ),
    (
        "de",
        "Oberhain zieht 62 Projekte an",
        "Die Wirtschaftsförderung Oberhain begleitete 2023 insgesamt 62 Projekte. Frankreich war mit 14 Projekten die "
        "wichtigste Quelle, gefolgt von Italien mit 11. In Oberhain entstanden 1.200 Arbeitsplätze.",
        "Oberhain",
        {"62": None, "14": "Frankreich", "11": "Italien", "1.200": None},
    ),
    (
        "de",
        "Ansiedlungsbilanz 2023",
        "Das Land Lindfurt verzeichnete 2023 insgesamt 48 Ansiedlungen. Wichtigstes Herkunftsland war die Schweiz mit "
        "12 Ansiedlungen. Die Exporte nach Polen stiegen um 8 Prozent.",
        "Lindfurt",
        {"48": None, "12": "die Schweiz", "8 Prozent": "Polen"},
    ),
    (
        "fr",
        "Valmont : 45 projets étrangers en 2023",
        "L'agence de développement de Valmont a recensé 45 projets en 2023. L'Allemagne est le premier pays d'origine "
        "avec 12 projets, devant les États-Unis (9). Les exportations vers la Belgique ont progressé de 8 %.",
        "Valmont",
        {"45": None, "12": "Allemagne", "9": "États-Unis", "8 %": "Belgique"},
    ),
    (
        "fr",
        "Attractivité : une année record",
        "La ville de Montrevel a accueilli 18 entreprises en 2023. Les États-Unis restent le premier pays d'origine "
        "(5), suivis de l'Allemagne (4). Ces projets représentent 640 emplois à Montrevel.",
        "Montrevel",
        {"18": None, "5": "États-Unis", "4": "Allemagne", "640": None},
    ),
    (
        "zh",
        "临江市2023年实际使用外资12.6亿美元",
        "临江市商务局数据显示,2023年全市实际使用外资12.6亿美元,同比增长8.2%。法国是最大投资来源地,投资额3.1亿美元。"
        "对德国出口额45亿元,增长5.6%。",
        "临江市",
        {"12.6亿美元": None, "3.1亿美元": "法国", "45亿元": "德国", "5.6%": "德国"},
    ),
    (
        "zh",
        "外贸数据",
        "2023年,石湾市对美国出口120亿元,下降3.2%;自德国进口45亿元。",
        "石湾市",
        {"120亿元": "美国", "45亿元": "德国"},
    ),
    # an agency's name, or its country's in front of it, before the city that the report is dated from
    (
        "en",
        "InvestPeru: 134 projects in 2023",
        "Lima, 27 February 2024 - InvestPeru facilitated 134 projects in 2023, worth US$727 million.",
        "Peru",
        {"134": None, "US$727 million": None},
    ),
    (
        "en",
        "Best year ever for contracted investment",
        "Vienna, 8 February 2024\n\nABA, Austria's investment agency, contracted 71 projects in 2023. Germany was the "
        "leading country of origin with 29.",
        "Austria",
        {"71": None, "29": "Germany"},
    ),
    (
        "en",
        "Survey 2023: main findings",
        "Ghana National Bureau of Statistics\n\nForeign firms employed 12,400 people in 2023.",
        "Ghana",
        {"12,400": None},
    ),
    # places of the catalogue stay what they are
    (
        "en",
        "France attracts 1,815 projects in 2023",
        "France attracted 1,815 projects in 2023. The United States was the leading source with 305 projects.",
        "France",
        {"1,815": None, "305": "United States"},
    ),
    (
        "en",
        "Hong Kong leads investment in Beijing",
        "Hong Kong was the leading source with 120 projects in 2023. Beijing approved 310 projects.",
        "Beijing",
        {"120": "Hong Kong", "310": None},
    ),
    (
        "en",
        "Harbour Office reviews the year",
        "The Harbour Office in Qingdao said that 120 projects were signed in 2023.",
        "Qingdao",
        {"120": None},
    ),
    # nouns with a capital are no places
    ("de", "Investitionen in Forschung steigen", "Die Investitionen in Forschung stiegen 2023 um 8 Prozent.", "", {}),
    ("en", "Tourism draws record crowds", "Tourism drew 2 million visitors in 2023.", "", {}),
    ("en", "Blue Bay reviews its year", "The Blue Bay investment programme signed 31 projects in 2023.", "", {}),
]


@pytest.mark.parametrize(
    ("language", "title", "text", "area", "counterparts"), HOMES, ids=[f"{row[0]} {row[1]}" for row in HOMES]
)
def test_the_area_is_the_notice_s_own(
    language: str, title: str, text: str, area: str, counterparts: dict[str, str | None]
) -> None:
    figures = extract(Notice("n", "n.txt", title, text, language, date(2024, 2, 20)), load())
    assert {f.ref_area for f in figures} == {area}
    found = {f.published_as: f.dimensions.get("counterpart") for f in figures}
    assert {token: found.get(token, "unread") for token in counterparts} == counterparts


def test_a_table_of_countries_is_of_the_notice_s_own_area() -> None:
    text = (
        "Projects landed in Northshire.\n\nCountry | Projects\nFrance | 14\nGermany | 11\n\nNorthshire's agency, 2023."
    )
    figures = extract(Notice("n", "n.txt", "Northshire projects", text, "en", date(2024, 2, 20)), load())
    rows = {f.published_as: (f.ref_area, f.dimensions.get("counterpart")) for f in figures if f.published_as != "2023"}
    assert rows == {"14": ("Northshire", "France"), "11": ("Northshire", "Germany")}
