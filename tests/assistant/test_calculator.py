"""The calculator: values, units, intervals, qualifiers, and what it will not do."""

from decimal import Decimal

import pytest

from assistant import intervals, rendering, units
from assistant.calculator import calculate
from assistant.evidence import Asked, Evidence
from knowledge.errors import ModelError
from knowledge.figure import ChangeKind, Figure, Qualifier, Scenario


def fig(value, unit, token, qualifier="exact", **parts):
    return Figure(
        figure_id=f"{token}/{unit}/{parts}", indicator="i", label="l", value=value, unit=unit, published_as=token,
        notice_id="n", source="s", quote=token, start=0, end=len(token), qualifier=Qualifier(qualifier), **parts,
    )  # fmt: skip


@pytest.fixture
def evidence():
    found = Evidence()
    for figure in (
        fig(14000, "projects", "14,000", time_period="2031"),  # F1
        fig(40, "percent", "40 percent"),  # F2
        fig(8300, "projects", "8,300", scenario=Scenario.TARGET),  # F3
        fig(9241, "projects", "9,241"),  # F4
        fig(2.6e12, "CNY", "2.6 trillion yuan"),  # F5
        fig(361e9, "USD", "$361 billion"),  # F6
        fig(60.8e9, "CNY", "60.8 billion yuan", "over"),  # F7
        fig(39, "major projects", "39"),  # F8
        fig(30, "percent", "30 percent", "nearly", change_kind=ChangeKind.SHARE),  # F9
        fig(25.5, "percent", "25.5 percent"),  # F10
        fig(2.2, "times", "2.2 times"),  # F11
        fig(4.7, "percentage points", "4.7 percentage points"),  # F12
    ):
        found.add_figure(figure)
    found.add_asked(Asked(Decimal(10) ** 12, "CNY", "1 trillion yuan"))
    return found


VALUES = [
    ("F1 - F4", None, 4759, "projects", "F1 - F4"),
    ("F4/F1*100", None, 66.0071, "percent", "F4 / F1 * 100"),
    ("share(F4, F1)", None, 66.0071, "percent", "F4 / F1 * 100"),
    ("growth(F4, F1)", None, -33.9929, "percent", "(F4 - F1) / F1 * 100"),
    ("F4/F1 - 1", None, -33.9929, "percent", "(F4 / F1 - 1) * 100"),
    ("F4/F1", "percent", 66.0071, "percent", "F4 / F1 * 100"),
    ("F4/F1", None, 0.660071, "times", "F4 / F1"),
    ("cagr(F1, F4, 3)", None, 14.8514, "percent", "((F1 / F4) ** (1 / 3) - 1) * 100"),
    ("(F1 / F4) ** (1/3) - 1", None, 14.8514, "percent", "((F1 / F4) ** (1 / 3) - 1) * 100"),
    ("F1 / (1 + F2/100)", None, 10000, "projects", "F1 / (1 + F2 / 100)"),
    ("F4 / (F2/100)", None, 23102.5, "projects", "F4 / (F2 / 100)"),
    ("F1 * F2 / 100", None, 5600, "projects", "F1 * F2 / 100"),
    ("F5 / F1", None, 185714285.714, "CNY per project", "F5 / F1"),
    ("F5 / F6", None, 7.20222, "CNY per USD", "F5 / F6"),
    ("convert(F7, F5, F6)", None, 8441846153.85, "USD", "F7 * F6 / F5"),
    ("F2 - F10", None, 14.5, "percentage points", "F2 - F10"),
    ("F2 - F12", None, 35.3, "percent", "F2 - F12"),
    ("100 - F2", None, 60, "percent", "100 - F2"),
    ("F5 / F11", None, 1181818181818.18, "CNY", "F5 / F11"),
    ("sum(F1, F4)", None, 23241, "projects", "F1 + F4"),
    ("mean(F1, F4)", None, 11620.5, "projects", "(F1 + F4) / 2"),
    ("max(F1, F4) - min(F1, F4)", None, 4759, "projects", "F1 - F4"),
    ("F1 + F8", None, 14039, "projects", "F1 + F8"),
    ("F5 - Q1", None, 1.6e12, "CNY", "F5 - 1000000000000"),
    ("-F2", None, -40, "percent", "0 - F2"),
    ("rank(F4, F1, F3)", None, 2, "rank", "rank(F4, F1, F3)"),
]


@pytest.mark.parametrize(("expression", "unit", "value", "named", "plain"), VALUES)
def test_values_and_units(evidence, expression, unit, value, named, plain):
    found = calculate(expression, evidence, unit)
    assert float(found.value) == pytest.approx(value, rel=1e-5)
    assert (found.unit, found.expression) == (named, plain)
    assert found.low <= found.value <= found.high


FAULTS = [
    ("F1 + F3", "actual and target numbers are not added up"),
    ("F5 + F6", "convert"),
    ("F1 * F2", "divide the percentage by 100"),
    ("F1 + F2", "divide the percentage by 100"),
    ("F1 - 3", "compare figures of one unit"),
    ("F1 * 25", "only 1, 100 and whole counts up to 12"),
    ("F1 * 1.5", "only 1, 100 and whole counts up to 12"),
    ("F1 * 0.77", "only 1, 100 and whole counts up to 12"),
    ("1 + 1", "names no handle"),
    ("F99", "F99 is not known"),
    ("F1 ** F2", "an exponent is a number"),
    ("F1 ** 2", "only a ratio has powers"),
    ("F1 / (F1 - F1)", "no finite value"),
    ("F1 +", "stops too early"),
    ("F1 F2", "one too many"),
    ("(F1", "')' expected"),
    ("median(F1, F2)", "functions are"),
    ("share(F1)", "share(part, whole)"),
    ("F1 - rank(F1, F4)", "rank"),
    ("__import__('os')", "cannot be read"),
    ("F1.value", "cannot be read"),
    ("lambda: F1", "cannot be read"),
    ("(" * 60 + "F1" + ")" * 60, "brackets"),
    ("F1 + " * 200 + "F1", "at most 400"),
    ("Ｆ１ + F4", "cannot be read"),
    ("F1 * ١٢", "cannot be read"),
    ("F4 / F1 ** 12 ** 12 ** 12", ""),
    ("sum(F1, F5)", "compare figures of one unit"),
]


@pytest.mark.parametrize(("expression", "reason"), FAULTS)
def test_faults_name_the_remedy(evidence, expression, reason):
    with pytest.raises(ModelError) as caught:
        calculate(expression, evidence)
    assert reason in str(caught.value)


QUALIFIERS = [
    ("F7 / F8", "over"),  # over / exact
    ("F8 / F7", "under"),
    ("F7 - F5", "over"),
    ("F5 - F7", "under"),
    ("F1 * F9 / 100", "nearly"),
    ("F4 / (F9 / 100)", "over"),
    ("F7 / (F9 / 100)", "over"),
    ("F7 * F9 / 100", "about"),
    ("F4 - F8", "exact"),
    ("F1 - F4", "about"),  # 14,000 is rounded
    ("F3 / F8", "exact"),  # a goal is what it says
]


@pytest.mark.parametrize(("expression", "qualifier"), QUALIFIERS)
def test_qualifiers_survive(evidence, expression, qualifier):
    assert calculate(expression, evidence).qualifier == qualifier


HALVES = [
    (fig(8512, "projects", "8,512"), 0),
    (fig(20, "institutions", "20"), 0),
    (fig(11000, "projects", "11,000"), 500),
    (fig(7700, "projects", "7,700"), 50),
    (fig(7700, "projects", "7,700", scenario=Scenario.TARGET), 0),
    (fig(1.3e12, "CNY", "1.3 trillion yuan"), 5e10),
    (fig(970e9, "CNY", "9700亿元"), 5e7),
    (fig(3.6e11, "CNY", "3600余亿元"), 5e7),
    (fig(9.43e9, "USD", "$9.43 billion"), 5e6),
    (fig(93, "percent", "93 percent"), 0.5),
    (fig(37.5, "percent", "37,5 Prozent"), 0.05),
    (fig(1.234e9, "EUR", "1,234 Milliarden Euro"), 5e5),
    (fig(100, "percent", "doubled"), 0),
    (fig(2, "rank", "2nd"), 0),
]


@pytest.mark.parametrize(("figure", "half"), HALVES)
def test_published_digits_say_how_exact_a_number_is(figure, half):
    assert float(intervals.half_width(figure)) == half


def test_a_result_shows_the_digits_it_supports(evidence):
    shown = {
        "F1 / (1 + F2/100)": "about 10,000 projects",
        "F4 - F8": "9,202 projects",
        "F4 / F8": "236.9 times",
        "F5 / F1": "about 190 million yuan per project",
        "convert(F7, F5, F6)": "over $8.4 billion",
        "F1 - F3": "about 5,700 projects",
        "F3 - F1": "about −5,700 projects",
        "F2 - F10": "about 14.5 percentage points",
    }
    for expression, words in shown.items():
        handle = evidence.add_derivation(calculate(expression, evidence))
        assert rendering.handle(handle, evidence, "en") == words, expression


def test_a_derivation_may_stand_on_a_derivation(evidence):
    handle = evidence.add_derivation(calculate("F1 - F4", evidence))
    again = calculate(f"share({handle}, F1)", evidence)
    assert again.operands == (handle, "F1")
    assert float(again.value) == pytest.approx(33.9929, rel=1e-5)


@pytest.mark.parametrize(
    ("many", "one"),
    [("projects", "project"), ("companies", "company"), ("headquarters", "headquarters"), ("people", "person"),
     ("R&D centers", "R&D center"), ("policies", "policy"), ("branches", "branch"), ("项目", "项目")],
)  # fmt: skip
def test_counted_nouns(many, one):
    assert (units.singular(many), units.plural(one)) == (one, many)
