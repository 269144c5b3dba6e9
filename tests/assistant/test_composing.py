"""From a plan to an Answer: citations, derivations, tables, charts, warnings."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.composing import compose
from assistant.question import Question
from assistant.tools import Toolbox, run
from assistant.understanding.plan import Plan, ToolCall
from knowledge.figure import FigureStatus, ObsStatus
from knowledge.notice import Notice
from tests.assistant.shelf import Held, figure, harbour

QUESTION = Question("How many?", date(2032, 6, 1))


@pytest.fixture
def shelf(tmp_path):
    return harbour(tmp_path)


def answer_of(shelf, draft, *calls, **parts):
    ids = [known.figure_id for known in shelf.figures()]
    toolbox = Toolbox(shelf)
    run([ToolCall("find_figures", {"figure_ids": ids}), *calls], toolbox)
    return compose(Plan("test", parts.pop("status", "answered"), draft, **parts), toolbox, QUESTION)


def test_only_what_is_used_is_shown_in_order_of_appearance(shelf):
    answer = answer_of(shelf, "{F6} landed of {F1}.")
    assert [row["handle"] for row in answer.figures] == ["F6", "F1"]
    assert [c.n for c in answer.citations] == [1, 2]
    assert answer.citations[0].quote == "Altogether 9,241 projects landed."
    assert answer.value.value == 9241


def test_a_derivation_brings_its_operands(shelf):
    answer = answer_of(shelf, "{C1:abs} below.", ToolCall("calculate", {"expression": "F7 - F1"}))
    (row,) = answer.derivations
    assert (row.expression, row.operands, row.value) == ("F7 - F1", ["F7", "F1"], -5700)
    assert row.interval == (-6250, -5150)
    assert row.formula == "8,300 projects - 14,000 projects"
    assert {found["handle"] for found in answer.figures} == {"F1", "F7"}
    assert answer.text == "About 5,700 projects below [1][2]."
    chinese = answer_of(shelf, "{C1:abs}。", ToolCall("calculate", {"expression": "F7 - F1"}), language="zh")
    assert chinese.derivations[0].formula == "8,300个项目 - 14,000个项目"


def test_headlines(shelf):
    assert answer_of(shelf, "{F6} and {F1}", headline="F1").value.value == 14000
    assert answer_of(shelf, "{F6}", headline="").value is None
    assert answer_of(shelf, "Yes: {F6}", truth=True).value.value is True
    assert answer_of(shelf, "The nearest is {F6}.", status="refused").value is None


def test_tables_and_charts(shelf):
    table = (("year", "projects"), ("2031", "{F1}"), ("2032", "{F7}"))
    answer = answer_of(shelf, "{F1}", ToolCall("draw_chart", {"handles": ["F1", "F7"]}), table=table)
    assert answer.table.rows == [["2031", "14,000 projects [1]"], ["2032", "8,300 projects [2]"]]
    assert answer.chart["mark"]["type"] == "bar"
    assert [row["value"] for row in answer.chart["data"]["values"]] == [14000, 8300]
    assert "14,000 projects" in answer.chart_alt
    for kind in ("line", "share"):
        drawn = answer_of(shelf, "{F1}", ToolCall("draw_chart", {"handles": ["F1", "F6", "F7"], "kind": kind}))
        assert drawn.chart["data"]["values"]
        assert drawn.chart_alt


def test_at_most_eight_citations():
    text = "\n".join(f"Sentence {n} counts {n * 37} boats." for n in range(1, 13))
    notice = Notice("n", "n.txt", "Boats", text, "en")
    figures = [figure(notice, f"{{{n * 37}}} boats", n * 37, "boats", label=f"boats {n}") for n in range(1, 13)]
    answer = answer_of(Held([notice], figures), " ".join(f"{{F{n}}}" for n in range(1, 13)))
    assert len(answer.citations) == 8
    assert [row["citation"] for row in answer.figures][7:9] == [8, None]


def test_warnings_tell_what_a_figure_is(tmp_path):
    known = harbour(tmp_path)
    first, second, *rest = known.figures()
    marked = [
        replace(first, status=FigureStatus.FLAGGED),
        replace(second, comparable_basis=True, obs_status=ObsStatus.PRELIMINARY),
    ]
    shelf = Held(known.notices(), [*marked, *rest])
    answer = answer_of(shelf, "{C1}", ToolCall("calculate", {"expression": "F1 / (1 + F2 / 100)"}))
    assert any("does not fit" in warning for warning in answer.warnings)
    assert any("preliminary" in warning for warning in answer.warnings)
    assert any("comparable basis" in warning for warning in answer.warnings)


def test_the_answer_is_json(shelf):
    answer = answer_of(shelf, "{F5}", ToolCall("draw_chart", {"handles": ["F5"]}))
    assert type(answer).model_validate_json(answer.model_dump_json()) == answer
