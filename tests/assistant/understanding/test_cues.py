"""Each cue's example reads back; a cue never breaks a longer word."""

import re
import tomllib
from importlib.resources import files

import pytest

from assistant.understanding.cues import examples, read_cues

HAN = re.compile(r"[\u3400-\u9fff]")
TABLE = tomllib.loads((files("assistant.understanding") / "cues.toml").read_text(encoding="utf-8"))
WORD = re.compile(r"[^\W\d_]+")


@pytest.mark.parametrize(("name", "example"), examples(), ids=[name for name, _ in examples()])
def test_an_example_reads_back_its_cue(name, example):
    language = "zh" if HAN.search(example) else "en"
    assert name in {cue.name for cue in read_cues(example, language)}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_cue_is_well_formed(name):
    assert set(TABLE[name]) <= {"en", "zh", "de", "fr", "example"}
    assert TABLE[name].get("en") or TABLE[name].get("zh")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the landing rate of projects", "en"),
        ("sharecropping and shareholders in the perimeter", "en"),
        ("summer averageness, growths of topsoil and minimills", "en"),
        ("a downtown plusher than uptown, a drophead and a fallow field", "en"),
        ("personnel, percussion, Peru and performance", "en"),
        ("highestway mostly lowestly topmost", "en"),
        ("Probleme mit Produkten und Prozessen", "de"),
        ("les parcs, les parfums et la partition", "fr"),
    ],
)
def test_a_cue_never_breaks_a_longer_word(text, language):
    """Whatever a cue marks begins and ends at the edges of words."""
    edges = {edge for word in WORD.finditer(text) for edge in word.span()}
    inside = {n for word in WORD.finditer(text) for n in range(word.start() + 1, word.end())}
    for cue in read_cues(text, language):
        assert cue.start not in inside - edges, (cue, text)
        assert cue.end not in inside - edges, (cue, text)


def test_a_name_that_holds_a_cue_stays_whole():
    for text in ("What was the landing rate?", "landing rates of 2022 and 2023"):
        start = text.index("landing")
        assert not [c for c in read_cues(text, "en") if start < c.end and c.start < start + len("landing rate")]


def test_cues_come_in_order_and_only_once():
    cues = read_cues("By how much did the total grow, and what share of the total was it on average?", "en")
    assert list(cues) == sorted(set(cues), key=lambda c: (c.start, -c.end, c.name))
    assert {"average", "growth", "share"} <= {c.name for c in cues}


def test_chinese_cues_are_read_in_an_english_question():
    assert "share" in {c.name for c in read_cues("What is the 占比 of projects landed?", "en")}


def test_no_cue_in_nothing():
    assert read_cues("", "en") == () == read_cues("Marlow", "en")
