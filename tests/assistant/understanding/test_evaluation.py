"""The judge judged: what it calls right, wrong, refused and answered, and where it says a miss arose."""

import json

import pytest

from assistant.answer import Answer, Table, Value
from assistant.evaluation import STAGES, compared, golden, judge, read_gold, summary
from knowledge.errors import AskerError

LANDED = "How many projects landed in Marlow in 2023?"


def gold(kind="number", value=None, **more):
    return {"id": "1", "category": "lookup", "question": LANDED, "answer_type": kind, "value": value, **more}


def said(text, value=None, unit="projects", status="answered", **more):
    headline = None if value is None else Value(value=value, unit=unit)
    return Answer(answer_id="a", status=status, text=text, value=headline, **more)


def test_the_planners_own_answers(library, ask):
    right = judge(gold(value=2655), ask(LANDED), library)
    assert (right.right, right.outcome, right.stage, right.operation) == (True, "right", "", "lookup")
    wrong = judge(gold(value=2210), ask(LANDED), library)
    assert (wrong.right, wrong.outcome) == (False, "wrong")
    refused = judge(gold(value=2655), ask("How many projects landed in Marlow in 2019?"), library)
    assert (refused.outcome, refused.stage) == ("refused", "reading")


@pytest.mark.parametrize(
    ("expected", "answer", "right"),
    [
        (gold(value=2655), said("2,655 projects", 2655), True),
        (gold(value=2655), said("2,655 projects"), False),
        (gold(value=2655), said("about 2,660", 2660), True),  # within 0.6 percent
        (gold(value=2655, tolerance={"type": "abs", "value": 0}), said("2,656", 2656), False),
        (gold(value=-8), said("down 8 percent", 8, "percent"), True),
        (gold(value=60, qualifier="over"), said("over 60 percent", 60, "percent"), True),
        (gold(value=60, qualifier="over"), said("60 percent", 60, "percent"), False),
        (gold(value=60, qualifier="over"), said("超过60%", 60, "percent"), True),
        (gold("boolean", True), said("Yes: 2,655 projects."), True),
        (gold("boolean", True), said("No: 2,655 projects."), False),
        (gold("boolean", False), said("否：91个项目"), True),
        (gold("boolean", True), said("2,655 projects.", True), True),
        (gold("list", ["Heron", "Ostra"]), said("Heron Wind Park and Ostra Battery Works"), True),
        (gold("list", ["Heron", "Pell"]), said("Heron Wind Park and Ostra Battery Works"), False),
        (gold("list", [48, 22.5e9]), said("48 projects worth 22.5 billion yuan"), True),
        (gold("text", "Heron Wind Park"), said("It is the Heron Wind Park [1]."), True),
        (gold("text", "Heron Wind Park"), said("It is the Pell Data Centre [1]."), False),
        (gold("text", "x", accept=["Heron"]), said("Heron"), True),
        (gold("refusal"), said("Not known.", status="refused"), True),
        (gold("refusal"), said("2,655 projects", 2655), False),
        (gold("clarify"), said("Which?", status="clarify", options=["a", "b"]), True),
        (gold("clarify"), said("Which?", status="clarify", options=["a"]), False),
        (gold("clarify"), said("2,655 projects", 2655), False),
        (gold(value=2655), said("Which?", status="clarify", options=["a", "b"]), False),
    ],
)
def test_a_verdict(library, expected, answer, right):
    verdict = judge(expected, answer, library)
    assert verdict.right is right, verdict.why
    assert (verdict.why == "") is right
    assert verdict.stage in ("", *STAGES)


def test_a_table_counts_as_said(library):
    answer = said("See the table.", table=Table(columns=["name"], rows=[["Heron Wind Park"], ["Pell Data Centre"]]))
    assert judge(gold("list", ["Heron Wind Park", "Pell Data Centre"]), answer, library).right


@pytest.mark.parametrize(
    ("expected", "answer", "stage"),
    [
        (gold(value=31_337), said("2,655 projects", 2655), "ledger"),
        (gold(value=31_337, computation="F1 + F2"), said("2,655 projects", 2655), "plan"),
        (gold(value=2655), said("Not known.", status="refused"), "reading"),
        (gold(value=2655), said("2,210 projects", 2210, figures=[{"value": 2210}]), "plan"),
        (gold(value=2655), said("2,210 projects", 2210, figures=[{"value": 2655}]), "words"),
    ],
)
def test_the_stage_of_a_miss(library, expected, answer, stage):
    assert judge(expected, answer, library).stage == stage


@pytest.mark.parametrize(
    ("kind", "answer", "outcome"),
    [
        ("refusal", said("2,655 projects", 2655), "answered"),
        ("clarify", said("2,655 projects", 2655), "answered"),
        ("number", said("Not known.", status="refused"), "refused"),
        ("number", said("1 project", 1), "wrong"),
    ],
)
def test_the_outcome_of_a_miss(library, kind, answer, outcome):
    assert judge(gold(kind, 2655), answer, library).outcome == outcome


def test_gold_is_one_object_a_line(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold(value=1)) + "\n\n" + json.dumps(gold(value=2)) + "\n", encoding="utf-8")
    assert [row["value"] for row in read_gold(path)] == [1, 2]
    path.write_text('{"id": 1}\nnonsense\n', encoding="utf-8")
    with pytest.raises(AskerError, match=r"gold\.jsonl:2: not JSON"):
        read_gold(path)


def test_the_summary_counts_everything_once(library):
    answers = [said("2,655", 2655), said("1", 1), said("Not known.", status="refused")]
    verdicts = [judge(gold(value=2655), answer, library) for answer in answers]
    told = summary(verdicts)
    assert (told["right"], told["total"]) == (1, 3)
    assert told["outcomes"] == {"right": 1, "wrong": 1, "refused": 1}
    assert sum(told["stages"].values()) == 2
    assert told["categories"] == {"lookup": [1, 3]}
    assert summary([])["total"] == 0


def test_a_run_is_compared_with_an_earlier_one(library, tmp_path):
    won, lost = judge(gold(value=1), said("1", 1), library), judge(gold(value=2), said("1", 1), library)
    earlier = tmp_path / "run.jsonl"
    earlier.write_text(golden([lost]), encoding="utf-8")
    assert compared([won], earlier) == {"won": ["1"], "lost": []}
    assert compared([lost], earlier) == {"won": [], "lost": []}
    earlier.write_text(golden([won]), encoding="utf-8")
    assert compared([lost], earlier) == {"won": [], "lost": ["1"]}
