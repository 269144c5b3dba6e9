"""Labels outside the catalogue: those that mean the same have one code, all others their own."""

import pytest

from knowledge.ledger.codes import code_of

SAME = [
    ("en", "vacancy rate of offices", "office vacancy rate"),
    ("en", "number of exhibitors", "exhibitors"),
    ("en", "visitor numbers", "number of visitors"),
    ("en", "Cargo throughput", "freight throughput"),
    ("en", "jobless rate", "unemployment rate"),
    ("en", "mean hourly wage", "average hourly wage"),
    ("en", "start-ups founded", "start-ups established"),
    ("en", "overnight stays", "guest nights"),
    ("en", "throughput of containers in the port", "container throughput in the port"),
    ("de", "Zahl der Besucher", "Besucher"),
    ("fr", "nombre de visiteurs", "visiteurs"),
]

# opposites, kinds of one thing, a part and its whole, another direction
APART = [
    ("en", "male unemployment rate", "female unemployment rate"),
    ("en", "imports of steel", "exports of steel"),
    ("en", "steel output", "aluminium output"),
    ("en", "hotel guests", "foreign hotel guests"),
    ("en", "average wage", "minimum wage"),
    ("en", "start-ups founded", "start-ups closed"),
    ("en", "passengers handled", "passengers expected"),
    ("en", "visitors from Japan", "visitors from Korea"),
    ("en", "visitors from Japan", "visitors"),
    ("en", "share of exports", "exports"),
    ("en", "loans to banks", "loans of banks"),
    ("en", "gross output", "net output"),
    ("de", "Zahl der Besucher", "Zahl der Betriebe"),
    ("fr", "nombre de visiteurs", "nombre de visiteurs étrangers"),
    ("zh", "参展商数量", "参观者数量"),
]


@pytest.mark.parametrize(("language", "one", "other"), SAME, ids=[row[1] for row in SAME])
def test_labels_that_mean_the_same_have_one_code(language: str, one: str, other: str) -> None:
    assert code_of(one, language) == code_of(other, language) != "unlabelled"


@pytest.mark.parametrize(("language", "one", "other"), APART, ids=[f"{row[1]}, {row[2]}" for row in APART])
def test_labels_that_mean_something_else_have_not(language: str, one: str, other: str) -> None:
    assert code_of(one, language) != code_of(other, language)


@pytest.mark.parametrize("label", ["", "the total number", "of of of", "in", "of", "s", "visitors of of the"])
def test_any_label_has_a_code(label: str) -> None:
    assert code_of(label)
