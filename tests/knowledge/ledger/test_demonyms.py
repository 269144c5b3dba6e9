"""Adjectives name areas in German and French; names of money and other words name none."""

import pytest

from knowledge.ledger.catalogue import load
from knowledge.ledger.demonyms import adjectives_in


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        ("italienische und dänische Firmen", "de", ["IT", "DK"]),
        ("der hessischen Industrie", "de", ["DE-HE"]),
        ("Schweizer Anleger und Dresdner Betriebe", "de", ["CH", "DE-SN-DRESDEN"]),
        ("les investisseurs belges et espagnoles", "fr", ["BE", "ES"]),
        ("les entreprises normandes", "fr", ["FR-NOR"]),
        ("30 Millionen Schweizer Franken, 4 Millionen schwedische Kronen", "de", []),
        ("30 millions de dollars canadiens", "fr", []),
        ("regionale und industrielle Projekte", "de", []),
        ("Chinese and German firms", "en", []),
    ],
)
def test_adjectives_name_areas(text, language, codes):
    assert [area.code for _, _, area in adjectives_in(text, language, load())] == codes
