"""Two plans in one: handles are renamed, shared figures keep theirs, nothing of either is lost."""

import re

import pytest

from assistant.understanding.joining import joined
from assistant.understanding.plan import Plan, ToolCall


def found(*ids):
    return ToolCall("find_figures", {"figure_ids": list(ids)})


def plan(draft, *calls, **more):
    return Plan("lookup", "answered", draft, calls=calls, **more)


def test_handles_of_the_second_go_on_counting():
    both = joined(plan("{F1} landed.", found("a")), plan("{F1} of {F2}.", found("b", "c")))
    assert both.draft == "{F1} landed. {F2} of {F3}."
    assert both.calls == (found("a"), found("b", "c"))


def test_a_figure_of_both_keeps_one_handle():
    both = joined(plan("{F1} and {F2}.", found("a", "b")), plan("{F1}, {F2}.", found("b", "c")))
    assert both.draft == "{F1} and {F2}. {F2}, {F3}."


def test_calculations_are_renamed_inside_and_out():
    first = plan("{C1}.", found("a", "b"), ToolCall("calculate", {"expression": "F1 - F2"}))
    second = plan("{C1}.", found("c", "a"), ToolCall("calculate", {"expression": "F1 / F2", "unit": "percent"}))
    both = joined(first, second)
    assert both.draft == "{C1}. {C2}."
    assert both.calls[-1].args == {"expression": "F3 / F1", "unit": "percent"}


def test_passages_and_the_askers_numbers_too():
    first = plan("{P1} {Q1}", ToolCall("search_notices", {"passage_ids": ["x"]}), ToolCall("asked", {"number": "5"}))
    second = plan("{P1} {Q1}", ToolCall("search_notices", {"passage_ids": ["y"]}), ToolCall("asked", {"number": "6"}))
    assert joined(first, second).draft == "{P1} {Q1} {P2} {Q2}"


def test_only_slots_are_renamed_in_the_words():
    second = plan("The F1 race had {F1} [F1].", found("b"))
    assert joined(plan("{F1}.", found("a")), second).draft == "{F1}. The F1 race had {F2} [F1]."


def test_modifiers_of_slots_stay():
    assert joined(plan("{F1}.", found("a")), plan("{F1:bare} {F1:abs}", found("b"))).draft == "{F1}. {F2:bare} {F2:abs}"


def test_one_chart_is_enough():
    chart = ToolCall("draw_chart", {"handles": ["F1"]})
    both = joined(plan("{F1}.", found("a"), chart), plan("{F1}.", found("b"), chart))
    assert [c.name for c in both.calls] == ["find_figures", "draw_chart", "find_figures"]


def test_warnings_figures_and_tables_of_both():
    first = plan("{F1}.", found("a"), warnings=("old",), figure_ids=("a",))
    second = plan("{F1}.", found("b"), warnings=("old", "new"), figure_ids=("b", "a"), table=(("x",), ("{F1}",)))
    both = joined(first, second)
    assert (both.warnings, both.figure_ids, both.table) == (("old", "new"), ("a", "b"), (("x",), ("{F2}",)))


def test_the_first_table_is_kept():
    first = plan("{F1}.", found("a"), table=(("x",), ("{F1}",)))
    assert joined(first, plan("{F1}.", found("b"), table=(("y",),))).table == (("x",), ("{F1}",))


def test_chinese_is_joined_without_a_space():
    first = plan("{F1}。", found("a"), language="zh")
    assert joined(first, plan("{F1}。", found("b"), language="zh")).draft == "{F1}。{F2}。"


def test_a_long_pair_does_without_the_second_captions():
    first = plan("word " * 44 + "{F1}.", found("a"))
    both = joined(first, plan("{F1} in 2023 (projects landed) again.", found("b")))
    assert both.draft.endswith("{F2} in 2023 again.")


def test_neither_plan_is_changed():
    first, second = plan("{F1}.", found("a")), plan("{C1}.", found("b"), ToolCall("calculate", {"expression": "F1"}))
    joined(first, second)
    assert second.calls[-1].args == {"expression": "F1"}
    assert (first.draft, second.draft) == ("{F1}.", "{C1}.")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many projects landed in 2023, and what was the landing rate?", ["2,655 projects", "over 64 percent"]),
        (
            "How many projects landed in Marlow in 2023, and by how much did new projects grow?",
            ["2,655 projects", "12 percent"],
        ),
        ("How many projects landed in Marlow in 2023 and how many in 2022?", ["2,655 projects", "2,210 projects"]),
        (
            "How many contracts were signed at the symposium, and what was their value?",
            ["48 projects", "22.5 billion yuan"],
        ),
        ("2023年落地项目多少个？落地率是多少？", ["2,655个项目", "超过64%"]),
    ],
)
def test_two_questions_in_one_breath(ask, question, said):
    answer = ask(question)
    assert answer.status == "answered"
    assert all(words in answer.text.lower() for words in said), answer.text
    marks = {int(n) for n in re.findall(r"\[(\d+)\]", answer.text)}
    assert marks == {c.n for c in answer.citations}
