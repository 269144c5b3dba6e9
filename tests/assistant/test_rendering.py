"""Numbers in words, and drafts in print."""

from decimal import Decimal

import pytest

from assistant import slots
from assistant.evidence import Evidence
from assistant.rendering import amount, handle
from knowledge.errors import ModelError

PUBLISHED = [
    (60, "percent", "60 percent", "over", "over 60 percent", "超过60%", "über 60 Prozent", "plus de 60 %"),
    (
        1.3e12,
        "CNY",
        "1.3 trillion yuan",
        "exact",
        "1.3 trillion yuan",
        "1.3万亿元",
        "1,3 Billionen Yuan",
        "1 300 milliards de yuans",
    ),
    (
        970e9,
        "CNY",
        "970 billion yuan",
        "exact",
        "970 billion yuan",
        "9,700亿元",
        "970 Milliarden Yuan",
        "970 milliards de yuans",
    ),
    (
        9.43e9,
        "USD",
        "$9.43 billion",
        "exact",
        "$9.43 billion",
        "94.3亿美元",
        "9,43 Milliarden US-Dollar",
        "9,43 milliards de dollars",
    ),
    (8512, "projects", "8,512", "exact", "8,512 projects", "8,512个项目", "8.512 Projekte", "8 512 projets"),
    (
        12.7e9,
        "SGD",
        "S$12.7 billion",
        "exact",
        "S$12.7 billion",
        "127亿新加坡元",
        "12,7 Milliarden Singapur-Dollar",
        "12,7 milliards de dollars de Singapour",
    ),
    (-17.7, "percent", "17.7 percent", "exact", "−17.7 percent", "−17.7%", "−17,7 Prozent", "−17,7 %"),
    (
        4.7,
        "percentage points",
        "4.7 percentage points",
        "exact",
        "4.7 percentage points",
        "4.7个百分点",
        "4,7 Prozentpunkte",
        "4,7 points de pourcentage",
    ),
    (2.2, "times", "2.2 times", "exact", "2.2 times", "2.2倍", "das 2,2-Fache", "2,2 fois"),
    (
        3.6e11,
        "CNY",
        "3600余亿元",
        "over",
        "over 360 billion yuan",
        "超过3,600亿元",
        "über 360 Milliarden Yuan",
        "plus de 360 milliards de yuans",
    ),
    (
        1.5e9,
        "EUR",
        "1,5 Milliarden Euro",
        "exact",
        "€1.5 billion",
        "15亿欧元",
        "1,5 Milliarden Euro",
        "1,5 milliards d'euros",
    ),
    (2, "rank", "second", "exact", "second", "第二", "Zweiter", "deuxième"),
    (100, "percent", "doubled", "exact", "100 percent", "100%", "100 Prozent", "100 %"),
    (46.0, "percent", "46.0 percent", "exact", "46.0 percent", "46.0%", "46,0 Prozent", "46,0 %"),
]


@pytest.mark.parametrize(("value", "unit", "token", "qualifier", "en", "zh", "de", "fr"), PUBLISHED)
def test_published_numbers_keep_their_digits(value, unit, token, qualifier, en, zh, de, fr):
    for language, words in (("en", en), ("zh", zh), ("de", de), ("fr", fr)):
        shown = amount(Decimal(repr(float(value))), unit, qualifier=qualifier, language=language, token=token)
        assert shown.replace("\u202f", " ").replace("\xa0", " ") == words


def test_the_absolute_form_drops_the_sign_alone():
    assert amount(Decimal("-17.7"), "percent", token="17.7 percent", absolute=True) == "17.7 percent"
    assert amount(Decimal("-5e9"), "USD", token="$5 billion") == "−$5 billion"


def test_an_unknown_handle_names_the_known():
    with pytest.raises(ModelError, match="F9"):
        handle("F9", Evidence(), "en")


def filled(draft, marks, qualifier="exact", words=lambda slot: "9,241 projects"):
    return slots.fill(draft, words, lambda name: marks.get(name, ()), lambda name: qualifier).strip()


MARKS = [
    ("{F1} landed in 2031.", {"F1": (1,)}, "9,241 projects landed in 2031 [1]."),
    (
        "{F1} landed, {F2} were added.",
        {"F1": (1,), "F2": (1,)},
        "9,241 projects landed, 9,241 projects were added [1].",
    ),
    (
        "{F1} landed, {F2} were added.",
        {"F1": (1,), "F2": (2,)},
        "9,241 projects [1] landed, 9,241 projects [2] were added.",
    ),
    ("{F1:bare} landed.", {"F1": (1,)}, "9,241 projects landed."),
    ("{F1} landed. {F2} came.", {"F1": (1,), "F2": (2,)}, "9,241 projects landed [1]. 9,241 projects came [2]."),
    ("“A quay” {P1}.", {"P1": (1,)}, "“A quay” [1]."),
    ("落地{F1}。", {"F1": (1,)}, "落地9,241 projects [1]。"),
    ("{F1} projects landed.", {"F1": (1,)}, "9,241 projects landed [1]."),
    ("{F1} in all. {F2} too.", {}, "9,241 projects in all. 9,241 projects too."),
    ("{C1} in all", {"C1": (1, 2)}, "9,241 projects in all [1][2]"),
]


@pytest.mark.parametrize(("draft", "marks", "text"), MARKS)
def test_marks_stand_where_they_are_read(draft, marks, text):
    assert filled(draft, marks) == text


def test_a_qualifier_is_said_once():
    def over(slot):
        return "over 60 percent"

    assert filled("more than {F1} landed", {}, "over", over) == "more than 60 percent landed"
    assert filled("a rate of {F1}", {}, "over", over) == "a rate of over 60 percent"
    assert filled("exceeded {F1} percent", {}, "over", over) == "exceeded 60 percent"
