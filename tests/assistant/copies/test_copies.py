"""The same questions over copies of a notice with other names, years and numbers."""

from collections import Counter

import pytest

from tests.assistant.copies.grading import all_graded

SEEDS = range(100, 102)
LEAST = 0.8  # of all questions, over seeds that no rule was written with


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    return all_graded(SEEDS, tmp_path_factory.mktemp("copies"))


def test_most_questions_are_answered_right_whatever_the_names(graded):
    outcomes = Counter(g.outcome for g in graded)
    assert outcomes["right"] >= LEAST * len(graded), [(g.question, g.text) for g in graded if g.outcome != "right"]


def test_a_question_is_answered_alike_over_every_copy(graded):
    by_place = Counter((g.template, g.kind, g.outcome) for g in graded)
    asked = Counter((g.template, g.kind) for g in graded)
    steady = sum(n for (template, kind, _), n in by_place.items() if n == asked[template, kind])
    assert steady >= LEAST * len(graded)


def test_what_no_copy_publishes_is_refused(graded):
    wrong = [(g.question, g.text) for g in graded if g.kind == "refusal" and g.outcome != "right"]
    assert not wrong
