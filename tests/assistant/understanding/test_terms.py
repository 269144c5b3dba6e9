"""Words become concepts and stems, the same ones in every language."""

import tomllib
from importlib.resources import files

import pytest

from assistant.understanding.terms import area_lineage, concepts, demonym, read_terms, stem

TABLE = tomllib.loads((files("assistant.understanding") / "concepts.toml").read_text(encoding="utf-8"))


def keys(text, language="en", **more):
    return [t.key for t in read_terms(text, language, **more)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("projects", "en", ["c:project"]),
        ("project", "en", ["c:project"]),
        ("项目", "zh", ["c:project"]),
        ("Projekte", "de", ["c:project"]),
        ("projets", "fr", ["c:project"]),
        ("landing rate", "en", ["c:landing_rate"]),
        ("the landing rates", "en", ["w:the", "c:landing_rate"]),
        ("落地率", "zh", ["c:landing_rate"]),
        ("落地项目", "zh", ["c:landed", "c:project"]),
        ("the 24th round", "en", ["w:the", "#24", "w:round"]),
        ("1,200 seats", "en", ["#1200", "w:seat"]),
        ("", "en", []),
    ],
)
def test_terms(text, language, expected):
    assert keys(text, language) == expected


def test_a_term_says_where_it_stands():
    text = "What was the landing rate in Ningbo?"
    for term in read_terms(text):
        assert 0 <= term.start < term.end <= len(text)
    (rate,) = [t for t in read_terms(text) if t.key == "c:landing_rate"]
    assert text[rate.start : rate.end] == "landing rate"
    (place,) = [t for t in read_terms(text) if text[t.start : t.end].startswith("Ningbo")]
    assert place.proper


def test_taken_stretches_are_passed_over():
    text = "projects in 2023"
    assert "#2023" in keys(text)
    assert "#2023" not in keys(text, taken=((12, 16),))


def test_words_inside_a_phrase_are_terms_where_they_are_wanted():
    assert len(keys("landing rate", whole=True)) == 3
    assert len(keys("landing rate")) == 1


def test_no_chinese_bigram_reaches_over_a_cut():
    text = "甲乙丙丁"
    assert "z:乙丙" in keys(text, "zh")
    assert "z:乙丙" not in keys(text, "zh", cuts=frozenset({2}))


def test_a_place_is_one_concept_in_every_language():
    assert keys("Ningbo") == keys("宁波", "zh") == keys("宁波市", "zh")
    assert keys("Singapore") == keys("新加坡", "zh")


def test_a_demonym_names_its_country():
    assert keys("Estonian") == keys("Estonia")
    assert keys("Canadian")[0] != keys("Cuba")[0]


def test_places_lie_in_places():
    assert set(keys("Zhejiang")) <= area_lineage("Ningbo")
    assert set(keys("China")) <= area_lineage("Ningbo")
    assert not set(keys("Ningbo")) & area_lineage("China")


@pytest.mark.parametrize(
    "words",
    [
        ("grow", "grew", "grown", "growing"),
        ("fall", "fell", "fallen"),
        ("centre", "center", "centers"),
        ("organise", "organize", "organised"),
        ("harbour", "harbor", "harbours"),
        ("build", "built"),
    ],
)
def test_forms_of_a_word_share_a_stem(words):
    assert len({stem(w) for w in words}) == 1


def test_other_words_do_not():
    assert stem("land") != stem("lend")
    assert stem("project") != stem("profit")


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_concept_is_well_formed(name):
    entry = TABLE[name]
    assert set(entry) <= {"en", "zh", "de", "fr", "near", "measure"}
    assert entry.get("measure", "count") in {"count", "money", "rate"}
    assert set(entry.get("near", [])) <= set(TABLE), "near names a concept that is none"
    assert any(entry.get(language) for language in ("en", "zh", "de", "fr"))


def test_the_written_words_are_what_a_misspelling_is_held_against():
    assert {"project", "landing"} <= concepts().words
    assert all(len(w) > 3 and w == w.lower() for w in concepts().words)


@pytest.mark.parametrize(("word", "place"), [("Uzbek", "area_uz"), ("Estonian", "area_ee"), ("Lithuanian", "area_lt")])
def test_people_name_their_country(word: str, place: str) -> None:
    assert demonym(word) == place


@pytest.mark.parametrize("word", ["uzbek", "Istan", "Median"])
def test_a_word_that_only_ends_like_one(word: str) -> None:
    assert demonym(word) is None
