"""Parts that a sentence tells of: items named before, places and branches of a list, goals beside what came of them."""

from datetime import date

import pytest

from knowledge.figure import ChangeKind, Figure, Scenario
from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

PUBLISHED = date(2025, 1, 20)


def read(text: str, language: str, title: str = "") -> dict[str, Figure]:
    figures = extract(Notice("n", "n.txt", title, text, language, PUBLISHED), load())
    return {f.published_as: f for f in figures}


def test_a_goal_inside_the_share_that_was_reached_of_it() -> None:
    found = read("2024年，全市新设企业420家，完成全年目标400家的105%。", "zh")
    goal, share = found["400家"], found["105%"]
    assert (goal.scenario, goal.time_period, goal.value) == (Scenario.TARGET, "2024", 400)
    assert goal.label == found["420家"].label
    assert share.change_kind == ChangeKind.SHARE
    assert share.scenario == Scenario.ACTUAL


def test_a_goal_of_what_only_grew() -> None:
    found = read("去年，新设企业数量比上年增长7%，完成全年目标400家的105%。", "zh")
    assert found["400家"].label == "新设企业"
    assert found["400家"].scenario == Scenario.TARGET


@pytest.mark.parametrize(("words", "points"), [("低2.5", -2.5), ("高2.5", 2.5), ("高出2.5", 2.5), ("低了2.5", -2.5)])
def test_points_above_or_below_a_goal(words: str, points: float) -> None:
    found = read(f"截至6月底，项目投产率为61.2%，比全年目标{words}个百分点。", "zh")
    assert [f.value for f in found.values()] == [61.2, points]


def test_what_some_of_the_counted_things_did() -> None:
    found = read("全年收到建议320件，其中208件当月办结。", "zh")
    assert found["208件"].label == "收到建议当月办结"
    assert found["208件"].dimensions["part"] == "当月办结"


def test_a_number_of_other_things_is_no_part_of_them() -> None:
    found = read("全年收到建议320件，其中16家企业获奖。", "zh")
    assert "建议" not in found["16家"].label


def test_items_named_before_with_their_number() -> None:
    text = (
        "全市有三大支柱产业：造船、食品及饮料、软件。"
        "2024年，三大产业产值分别为30亿元、20亿元和10亿元，同比分别增长3%、5%和12%。"
    )
    found = read(text, "zh")
    assert [found[v].label for v in ("30亿元", "20亿元", "10亿元")] == ["造船产值", "食品及饮料产值", "软件产值"]
    assert [found[v].label for v in ("3%", "5%", "12%")] == ["造船产值", "食品及饮料产值", "软件产值"]


def test_bare_names_behind_the_words_that_open_a_list() -> None:
    found = read("按领域划分，新能源项目38个，电子信息33个，文旅27个。外资项目有42个。", "zh")
    assert [f.label for f in found.values()] == ["新能源项目", "电子信息项目", "文旅项目", "外资项目"]


def test_the_last_item_of_a_list_of_places_changes_no_area() -> None:
    found = read("按来源地划分，来自广东的项目187个，北京71个，其他地区508个。", "zh", "2024年长沙招商情况")
    assert {f.ref_area for f in found.values()} == {"长沙"}


def test_a_change_belongs_to_the_time_whose_levels_make_it() -> None:
    text = (
        "Ausländische Firmen haben 2023 netto 14,6 Milliarden Franken investiert. "
        "Im Jahr 2022 waren es 19,8 Milliarden Franken; das entspricht einem Rückgang um 26 Prozent."
    )
    fall = read(text, "de")["26 Prozent"]
    assert (fall.time_period, fall.value, fall.change_kind) == ("2023", -26, ChangeKind.YOY_GROWTH)


def test_a_change_that_the_levels_do_not_make_stays_with_its_own_time() -> None:
    text = (
        "Ausländische Firmen haben 2023 netto 14,6 Milliarden Franken investiert. "
        "Im Jahr 2022 waren es 19,8 Milliarden Franken, ein Zuwachs von 11 Prozent."
    )
    assert read(text, "de")["11 Prozent"].time_period == "2022"


def test_branches_ahead_of_others() -> None:
    text = "Unter den Branchen führt die Logistik mit 12 Ansiedlungen vor der Robotik (9) und der Medizintechnik (6)."
    found = read(text, "de")
    assert [f.dimensions["part"] for f in found.values()] == ["Logistik", "Robotik", "Medizintechnik"]
    assert len({f.unit for f in found.values()}) == 1


def test_countries_that_follow_in_brackets() -> None:
    text = "Les États-Unis arrivent en tête avec 21 projets. Viennent ensuite l'Allemagne (17) et la Belgique (12)."
    found = read(text, "fr")
    assert [(f.label, f.unit) for f in found.values()] == [("projets", "projects")] * 3


def test_each_amount_with_the_place_behind_it() -> None:
    text = "Par département, les montants sont de 80 millions d'euros en Corrèze et 70 millions dans le Finistère."
    found = read(text, "fr")
    assert [f.dimensions["part"] for f in found.values()] == ["Corrèze", "Finistère"]


def test_a_place_with_its_count_and_its_share() -> None:
    text = "En 2024, 96 projets ont été recensés. Le Jura, avec 45 projets, en concentre 47 % ; le Doubs en compte 22."
    found = read(text, "fr")
    assert {v: found[v].dimensions.get("part") for v in ("45", "47 %", "22")} == {
        "45": "Jura",
        "47 %": "Jura",
        "22": "Doubs",
    }


def test_an_aside_does_not_part_a_verb_from_its_number() -> None:
    found = read("L'automobile recule en revanche de 6,3 % et le textile de 2,2 %.", "fr")
    assert [f.value for f in found.values()] == [-6.3, -2.2]
