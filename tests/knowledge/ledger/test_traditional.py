"""Chinese in traditional characters is read as that in simplified ones, and quoted as it was written."""

from datetime import date

import pytest

from knowledge.figure import ChangeKind, Figure, Scenario
from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice
from knowledge.reading.script import simplified

TITLE = "招商局公布2023年全年業績"
TEXT = (
    "2023年共協助402間企業在香港開業,按年上升8%。這些企業帶來的直接投資額逾51億港元。"
    "按來源市場劃分,內地企業有150間,新加坡21間及日本19間。"
)


def read(text: str, title: str = "") -> dict[str, Figure]:
    figures = extract(Notice("n", "n.txt", title, text, "zh", date(2024, 1, 20)), load())
    return {f.published_as: f for f in figures}


def test_numbers_in_traditional_characters() -> None:
    found = read(TEXT, TITLE)
    assert (found["402間"].value, found["402間"].unit, found["402間"].time_period) == (402, "enterprises", "2023")
    assert (found["8%"].change_kind, found["8%"].time_period) == (ChangeKind.YOY_GROWTH, "2023")
    assert (found["51億港元"].value, found["51億港元"].qualifier) == (5.1e9, "over")
    assert found["150間"].label == "内地企业"
    assert {found[k].dimensions["counterpart"] for k in ("21間", "19間")} == {"新加坡", "日本"}
    assert {f.ref_area for f in found.values()} == {"香港"}
    assert all(TEXT[f.start : f.end] == f.published_as and f.quote in TEXT for f in found.values())


def test_places_stay_and_japanese_is_left_alone() -> None:
    assert simplified("實際使用外資") == "实际使用外资"
    assert len(simplified(TEXT)) == len(TEXT)
    assert simplified("企業の投資") == "企業の投資"
    assert simplified("著名企业") == "著名企业"


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2023年,全区引进外资5亿美元,是2020年的1.4倍;新设企业96家。", {"5亿美元": "2023", "96家": "2023"}),
        ("2023年,全区引进外资5亿美元,相当于2020年的1.4倍;新设企业96家。", {"5亿美元": "2023", "96家": "2023"}),
        ("2020年引进外资3亿美元;2023年新设企业96家。", {"3亿美元": "2020", "96家": "2023"}),
    ],
)
def test_what_a_multiple_is_measured_from_dates_nothing(text: str, periods: dict[str, str]) -> None:
    found = read(text)
    assert {k: found[k].time_period for k in periods} == periods


def test_what_has_arrived_is_no_goal() -> None:
    found = read("2024年全市到位内资目标为500亿元,一季度已到位130亿元,完成全年目标的26%。")
    assert found["500亿元"].scenario is Scenario.TARGET
    assert found["130亿元"].scenario is Scenario.ACTUAL
    assert read("2024年全市目标已定为500亿元。")["500亿元"].scenario is Scenario.TARGET


def test_a_clause_that_says_how_names_nothing() -> None:
    text = "2023年,全省实际使用外资9.4亿美元。近三年规模持续扩大:2021年7.1亿美元,2022年8.8亿美元。"
    assert {f.label for f in read(text).values()} == {"实际使用外资"}
    growth = read("本届签约总额80亿元,比上届增长6.2%。")["6.2%"]
    assert growth.label.endswith("签约总额")


def test_the_leading_sources_have_their_own_shares() -> None:
    found = read("2023年,德国、法国、日本居前三位,占全市实际使用外资的比重分别为31%、12%和8%。")
    assert [found[k].dimensions.get("counterpart") for k in ("31%", "12%", "8%")] == ["德国", "法国", "日本"]
