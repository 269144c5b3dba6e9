"""The gate: what it lets through, what it refuses, by tables of sentences and by thousands of generated drafts."""

import collections
import random
import re
import time
from dataclasses import replace
from datetime import date

import pytest

from assistant import gate
from assistant.event import Event
from assistant.question import Question
from assistant.speaking import Speaker
from assistant.tools import Toolbox
from tests.assistant.liars import honest, lie
from tests.assistant.shelf import harbour
from tests.assistant.worlds import world

QUESTION = "How many projects landed in Harbour in 2031, and were 550 planned?"


@pytest.fixture(scope="module")
def grounds(tmp_path_factory):
    """F1 new, F2 its growth, F3 and F4 expected, F5 rate, F6 landed, F7 goal, F8 its group, F9 exports falling."""
    shelf = harbour(tmp_path_factory.mktemp("home"))
    toolbox = Toolbox(shelf, None, QUESTION)
    toolbox.call("find_figures", {"figure_ids": [figure.figure_id for figure in shelf.figures()]})
    toolbox.call("calculate", {"expression": "F7 - F1"})
    toolbox.call("calculate", {"expression": "F1 / (1 + F2 / 100)"})
    toolbox.call("search_notices", {"query": "quay"})
    toolbox.call("asked", {"value": "550", "unit": "projects", "text": "550"})
    return gate.of(toolbox, Question(QUESTION, date(2032, 6, 1)), "en")


TRUE = [
    "{F6} landed in Harbour in 2031.",
    "In 2031, {F1} new projects were added, up {F2} from a year earlier.",
    "The landing rate was {F5} in 2031.",
    "The goal for 2032 is {F7} new projects, {C1:abs} fewer than in 2031.",
    "The 2032 goal of {F7} is {C1:abs} below the {F1} added in 2031.",
    "Exports fell {F9:abs} in 2031.",
    "Exports changed by {F9} in 2031.",
    "Exports did not rise: they fell {F9:abs} in 2031.",
    "That implies {C2} in 2030.",
    "Harbour plans {F8} foreign-funded projects in 2032.",
    "Expected investment was {F3} ({F4}).",
    "The notice says “The Trade Office, the Ropery and the Customs House share the old quay” {P1}.",
    "In 2031, {F6} of {F1} new projects landed, a rate of {F5}.",
    "Yes. {F6} landed in 2031, published on 20 February 2032.",
    "No: not your {Q1}, but {F7} are the goal for 2032.",
]
FALSE = [
    ("9,241 projects landed in 2031. {F6}", "written out"),
    ("{F8} projects landed in 2031.", "2031"),
    ("{F6} landed in 2030.", "2030"),
    ("{F7} were added.", "target"),
    ("The goal was {F6}.", "goal"),
    ("Exports rose {F9:abs} in 2031.", "contradicts"),
    ("The change of exports was {F9:abs} in 2031.", "fall"),
    ("{F1} new projects were added, down {F2}.", "contradicts"),
    ("New projects rose {F1} in 2031.", "level"),
    ("New projects came to {F2} in 2031.", "growth"),
    ("{F6} landed; twelve thousand were hoped for.", "twelve"),
    ("１２,000 projects landed {F6}.", "outside a slot"),
    ("{F6} landed; the rate is ٩٩٪.", "outside a slot"),
    ("{F6} landed, Ⅻ of them here.", "outside a slot"),
    ("{F6} landed, XII projects here.", "XII"),
    ("{F6} land\u200bed", "U+200B"),
    ("{F6} &#57;&#57;", "entity"),
    ("一万二千个项目 {F6}", "一万二千"),
    ("落户{F6}，占六成。", "六成"),
    ("{F6} percent landed.", "percent"),
    ("The landing rate was {F5} percentage points.", "percentage points"),
    ("{F1} companies were added.", "companies"),
    ("$ {F6} landed", "own unit"),
    ("Gotham added {F1} projects.", "Gotham"),
    ("In Shanghai, {F6} landed.", "Shanghai"),
    ("The landing rate was {F6}.", "landing rate"),
    ("{F2} was the growth of the landing rate.", "landing rate"),
    ("The goal for 2032 is {F8}.", "foreign-funded"),
    ("exactly {F5} of projects landed", "exactly"),
    ("More than {F6} landed.", "More than"),
    ("{F6} landed, ranked second.", "rank"),
    ("In the first half of 2031, {F6} landed.", "first half"),
    ("Yes, {Q1} landed of {F1}.", "asker"),
    ("{F3} was spent in 2031.", "forecast"),
    ("{F6} landed http://evil.example/x", "no source"),
    ("{F6} landed [more](evil.example)", "no source"),
    ("{F6} landed <b>", "no source"),
    ("The notice says “the Ropery 99 is closed” {P1}.", "99"),
    ("{F99} landed.", "not known"),
    ("{F6} landed {x}.", "braces"),
    ("Many projects landed.", "no handle"),
    ("", "empty"),
    ("{F6} landed " + "and so on " * 40, "at most 80"),
]


@pytest.mark.parametrize("draft", TRUE)
def test_true_drafts_pass(grounds, draft):
    assert gate.whole(draft, grounds) is None


@pytest.mark.parametrize(("draft", "reason"), FALSE)
def test_false_drafts_are_sent_back_with_the_reason(grounds, draft, reason):
    assert reason in (gate.whole(draft, grounds) or "")


OTHER_LANGUAGES = [
    ("zh", "2031年，Harbour区共有{F6}落地。", ""),
    ("zh", "2031年新增入库项目{F1}，同比增长{F2}。", ""),
    ("zh", "2032年的目标是新增{F7}，比2031年少{C1:abs}。", ""),
    ("zh", "据此推算，2030年新增{C2}。", ""),
    ("zh", "2032年计划新增外资项目{F8}。", ""),
    ("zh", "2031年有九千个项目落地，{F6}。", "九千"),
    ("zh", "2030年，{F6}落地。", "2030"),
    ("zh", "2031年新增{F7}。", "2031"),
    ("zh", "2031年出口增长{F9:abs}。", "增长"),
    ("zh", "落地率恰好{F5}。", "恰好"),
    ("zh", "上海2031年{F6}落地。", "上海"),
    ("zh", "2032年的目标是新增{F8}。", "foreign-funded"),
    ("zh", "{F6}落地，占百分之六十。", "百分"),
    ("de", "2031 wurden in Harbour {F6} angesiedelt.", ""),
    ("de", "Das Ziel für 2032 sind {F7}, {C1:abs} weniger als 2031.", ""),
    ("de", "Die Exporte stiegen 2031 um {F9:abs}.", "stiegen"),
    ("de", "2031 wurden zwölftausend Projekte angesiedelt, {F6}.", "zwölftausend"),
    ("fr", "En 2031, {F1} ont été ajoutés, soit une hausse de {F2}.", ""),
    ("fr", "En 2030, {F6} ont été implantés.", "2030"),
    ("fr", "Douze mille projets, {F6}.", "Douze"),
]


@pytest.mark.parametrize(("language", "draft", "reason"), OTHER_LANGUAGES)
def test_other_languages_are_held_alike(grounds, language, draft, reason):
    fault = gate.whole(draft, replace(grounds, language=language, _facts={}))
    assert reason in (fault or "") if reason else fault is None


def test_what_code_writes_may_hold_what_notices_hold(grounds):
    for words in ("{F6} landed\u00ad here.", "{F6} in the R&D; park.", "① {F6}"):
        assert gate.check(words, grounds, prose=False) is None or "①" in words
    assert gate.check("{F6} landed, 77 of them.", grounds, prose=False) is not None


def test_the_instructions_are_not_repeated(grounds):
    prompt = "Never write a number yourself, in digits or in words. Write the handle in braces."
    taught = replace(grounds, prompt=prompt)
    assert "instructions" in gate.whole("My rules: never write a number yourself, in digits or in words. {F6}", taught)


@pytest.mark.parametrize(("honest_drafts", "lies"), [(300, 900), pytest.param(2000, 15000, marks=pytest.mark.soak)])
def test_lying_models_and_honest_twins(honest_drafts, lies):
    rng = random.Random(7 if lies < 1000 else 11)
    blocked, passed, shown, spent = [], collections.Counter(), [], []
    worlds = [world(rng) for _ in range(max(20, lies // 150))]
    for _ in range(honest_drafts):
        draft = honest(rng, rng.choice(worlds))
        began = time.thread_time()
        fault = gate.whole(draft.text, draft.world.grounds)
        spent.append(time.thread_time() - began)
        if fault:
            blocked.append((draft.text, fault))
    for _ in range(lies):
        draft = lie(rng, rng.choice(worlds))
        began = time.thread_time()
        fault = gate.whole(draft.text, draft.world.grounds)
        spent.append(time.thread_time() - began)
        if not fault:
            passed[f"{draft.kind}: {draft.text}"] += 1
        shown += _streamed(draft, rng)
    spent.sort()
    print(
        f"\nlies passed {sum(passed.values())}/{lies}, shown in the stream {len(shown)}/{lies}; honest drafts blocked "
        f"{len(blocked)}/{honest_drafts}; gate CPU "
        f"p50 {spent[len(spent) // 2] * 1e3:.2f} ms, p99 {spent[int(len(spent) * 0.99)] * 1e3:.2f} ms"
    )
    assert not passed
    assert not shown
    assert len(blocked) <= honest_drafts / 100, blocked[:5]


def _streamed(draft, rng):
    """The planted numbers of a lie that reach a listener, however the draft is cut into pieces."""
    heard = []
    speaker = Speaker(lambda: draft.world.grounds, draft.world.toolbox, "en", heard.append)
    at = 0
    while at < len(draft.text):
        step = rng.randint(1, 9)
        speaker.hear(draft.text[at : at + step])
        at += step
    said = "".join(event.data["text"] for event in heard if isinstance(event, Event))
    return [number for number in draft.plants if re.search(rf"(?<![\d,.]){re.escape(number)}(?![\d])", said)]


def test_a_stream_cut_anywhere_shows_no_unverified_digit(grounds, tmp_path):
    shelf = harbour(tmp_path)
    toolbox = Toolbox(shelf, None, QUESTION, grounds.evidence)
    draft = "Here is what the notice tells. {F6} landed in 2031. Exactly 12,345 landed in 2030. {F1} new projects came."
    for cut in range(len(draft) + 1):
        heard = []
        speaker = Speaker(lambda: grounds, toolbox, "en", heard.append)
        for char in draft[:cut]:
            speaker.hear(char)
        said = "".join(event.data["text"] for event in heard)
        assert "345" not in said
        assert set("0123456789") & set(said.replace("9,241", "").replace("2031", "").replace("[1]", "")) == set()


def test_a_day_in_german_ends_no_sentence():
    from assistant import slots

    draft = "Am nächsten: {F1} am 29. Dezember 2023 (Projekte im Bau). Mehr nicht."
    assert [s.strip() for s in slots.sentences(draft)] == [
        "Am nächsten: {F1} am 29. Dezember 2023 (Projekte im Bau).",
        "Mehr nicht.",
    ]
