"""German and French questions over notices of both languages: the words of each, its compounds, its adjectives."""

import pytest

from assistant.understanding.reading import language_of
from assistant.understanding.terms import read_terms
from knowledge.library import Library
from tests.assistant.understanding.conftest import ask_of

GERMAN = """title: Bilanz 2023: Hessen zählt 640 Ansiedlungsprojekte
date: 2024-02-20
---
Die Standortagentur Hessen hat im Jahr 2023 insgesamt 640 Projekte begleitet, 4,9 Prozent mehr als im Vorjahr (610).
Dadurch entstehen rund 8.200 Arbeitsplätze. Die Unternehmen
investierten 1,9 Milliarden Euro; 2022 waren es 2,3 Milliarden Euro. Je Beschäftigten wurden 12.400 Euro investiert.

Aus Polen kamen 48 Projekte, aus Italien 31 und aus Japan 22 Projekte.

Investitionen nach kreisfreien Städten 2023
Stadt | Investitionen (Millionen Euro) | Veränderung zum Vorjahr (%)
Kassel | 410,5 | 6,2
Darmstadt | 388,0 | -4,1
Offenbach | 201,3 | -1,7

Ziel für 2024 sind 700 Projekte.
"""
FRENCH = """title: Bilan 2023 de l'emploi industriel en Normandie
date: 2024-03-05
---
En 2023, les entreprises normandes ont investi 2,4 milliards d'euros, en hausse de 3,2 % par rapport à 2022. L'agence a
recensé 96 implantations, soit une baisse de 7,7 %. L'objectif était de 100.

Les projets allemands sont 21, devant les projets belges (14) et les projets italiens (9).

Investissement par département en 2023
Département | Investissement (millions d'euros) | Évolution sur un an (%)
Calvados | 640 | 5,1
Eure | 510 | -2,0
Manche | 430 | 1,4
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    home = tmp_path_factory.mktemp("german_french")
    (home / "hessen.txt").write_text(GERMAN, encoding="utf-8")
    (home / "normandie.txt").write_text(FRENCH, encoding="utf-8")
    library = Library.open(home / "store", embedder="none")
    library.add([str(home / "hessen.txt"), str(home / "normandie.txt")])
    yield ask_of(library)
    library.close()


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("Wieviel haben die Unternehmen in Hessen 2023 investiert?", 1.9e9, "EUR"),
        ("Anteil polnischer Projekte in Hessen 2023 in Prozent?", 7.5, "percent"),
        ("Wie viele Projekte kamen 2023 aus Italien nach Hessen?", 31, "projects"),
        ("Um wie viel sind die Investitionen in Hessen gegenüber 2022 gesunken?", 4e8, "EUR"),
        ("Kassel und Offenbach zusammen, Investitionen 2023?", 6.118e8, "EUR"),
        ("Wie viele Projekte mehr als 2023 will Hessen 2024?", 60, "projects"),
        ("Combien de projets allemands en Normandie en 2023 ?", 21, "projects"),
        ("total calvados + manche investissement 2023", 1.07e9, "EUR"),
        ("Combien d'implantations en 2022 d'après la baisse, en Normandie ?", 104.0, "implantations"),
    ],
)
def test_numbers(ask, question, value, unit):
    answer = ask(question)
    assert answer.value is not None, answer.text
    assert abs(answer.value.value) == pytest.approx(abs(value), rel=0.002)
    assert answer.value.unit == unit


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("In welcher Stadt sind die Investitionen 2023 gestiegen: Kassel, Darmstadt oder Offenbach?", "Kassel"),
        ("quel département a le plus investi en 2023 ?", "Calvados"),
    ],
)
def test_names(ask, question, said):
    assert said in ask(question).text


@pytest.mark.parametrize(
    "question",
    ["Investitionen in Wiesbaden 2023", "Combien de projets espagnols en Normandie en 2023 ?"],
)
def test_what_is_not_published_is_refused(ask, question):
    assert ask(question).status == "refused"


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("Exportumsätze", "de", ["c:revenue", "c:export"]),
        ("Wasserstoffprojekte", "de", ["c:project", "w:wasserstoff"]),
        ("Projekte", "de", ["c:project"]),
        ("norwegische", "de", ["c:area_no"]),
        ("bretonnes", "fr", ["c:area_fr-bre"]),
        ("Atlantique", "fr", ["w:atlant"]),
    ],
)
def test_terms(words, language, expected):
    assert [t.key for t in read_terms(words, language)] == expected


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("industrieinvestitionen kassel 2023", "de"),
        ("total calvados + manche investissement 2023", "fr"),
        ("jobs and exports in Kassel 2023", "en"),
        ("infrastructure investment total 2023", "en"),
    ],
)
def test_the_language_of_a_question_in_key_words(question, language):
    assert language_of(question) == language
