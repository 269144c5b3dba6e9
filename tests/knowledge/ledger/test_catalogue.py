"""The catalogue: known names, none forced, a user's own file."""

from pathlib import Path

import pytest

from knowledge.errors import OperatorError
from knowledge.ledger.catalogue import load

LABELS = [
    ("regional GDP of the area", "en", "gdp"),
    ("FDI in manufacturing", "en", "foreign-direct-investment"),
    ("FDI projects landed in the UK", "en", "projects-landed"),
    ("number of newly established foreign-invested enterprises", "en", "new-foreign-invested-enterprises"),
    ("overall landing rate of projects", "en", "landing-rate"),
    ("投资项目", "zh", "investments-won"),
    ("全市实际使用外资", "zh", "actual-use-of-foreign-capital"),
    ("民间固定资产投资", "zh", "private-investment"),
    ("Zahl der Arbeitsplätze", "de", "jobs"),
    ("nombre d'emplois", "fr", "jobs"),
]
AREAS = [
    ("the Beijing Economic and Technological Development Area", "CN-BJ-BDA"),
    ("Beijing E-Town", "CN-BJ-BDA"),
    ("Britain", "GB"),
    ("北京市", "CN-BJ"),
    ("Bayern", "DE-BY"),
    ("États-Unis", "US"),
]


@pytest.mark.parametrize(("label", "language", "code"), LABELS)
def test_known_labels(label: str, language: str, code: str) -> None:
    found = load().match_indicator(label, language)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("label", ["median pay", "court cases", "flood defences", "bank branches", ""])
def test_unknown_labels_are_forced_onto_nothing(label: str) -> None:
    assert load().match_indicator(label, "en") is None


@pytest.mark.parametrize(("name", "code"), AREAS)
def test_areas(name: str, code: str) -> None:
    area = load().match_area(name)
    assert area is not None
    assert area.code == code


def test_money_is_no_place() -> None:
    text = "US$5 million, 3 U.S. dollars, 2 Hong Kong dollars, 8亿美元; U.S. firms"
    assert [area.code for _, _, area in load().areas_in(text)] == ["US"]


def test_areas_lie_in_areas() -> None:
    catalogue = load()
    assert catalogue.within("CN-BJ-BDA", "CN")
    assert not catalogue.within("CN", "CN-BJ")


def test_a_users_own_file_adds_and_overrides(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[indicators.court-cases]\nunit = "count"\nen = ["court cases"]\n'
        '[areas]\nX1 = { en = "Valmare", kind = "city" }\n',
        encoding="utf-8",
    )
    catalogue = load(own)
    found, area = catalogue.match_indicator("court cases"), catalogue.match_area("Valmare")
    assert found is not None
    assert area is not None
    assert (found.code, area.code) == ("court-cases", "X1")
    assert load().match_indicator("court cases") is None


@pytest.mark.parametrize("text", ["not toml", "[indicators.x]\nunit = 'count'\n", "[areas]\nX = { kind = 'city' }\n"])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(OperatorError, match=r"own\.toml"):
        load(own)
