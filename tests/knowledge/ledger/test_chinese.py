"""Chinese sentences: lists by period, asides, bounds, names in quotation marks, and what must stay as it was."""

from datetime import date

import pytest

from knowledge.figure import ChangeKind, Figure, Scenario
from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

PUBLISHED = date(2025, 1, 20)


def read(text: str, title: str = "") -> dict[str, Figure]:
    figures = extract(Notice("n", "n.txt", title, text, "zh", PUBLISHED), load())
    return {f.published_as: f for f in figures}


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        (
            "2024年,一至四季度新签约项目分别为52个、61个、48个和70个。",
            {"52个": "2024-Q1", "61个": "2024-Q2", "48个": "2024-Q3", "70个": "2024-Q4"},
        ),
        (
            "2024年一季度、二季度进出口总值分别完成31亿元和36亿元。",
            {"31亿元": "2024-Q1", "36亿元": "2024-Q2"},
        ),
        ("2022年、2023年落地项目分别为210个和245个。", {"210个": "2022", "245个": "2023"}),
        ("2024年1至3月新设企业分别为15家、19家和24家。", {"15家": "2024-01", "19家": "2024-02", "24家": "2024-03"}),
        ("2024年一季度,工业和建筑业投资分别为8亿元和3亿元。", {"8亿元": "2024-Q1", "3亿元": "2024-Q1"}),
    ],
)
def test_each_number_of_a_list_has_its_own_period(text: str, periods: dict[str, str]) -> None:
    assert {k: f.time_period for k, f in read(text).items()} == periods


def test_a_bound_is_a_level_and_no_fall() -> None:
    figure = read("2025年,全市计划实际使用外资不低于9亿美元。")["9亿美元"]
    assert (figure.value, figure.qualifier, figure.change_kind) == (9e8, "over", ChangeKind.LEVEL)
    assert (figure.label, figure.scenario) == ("实际使用外资", Scenario.TARGET)
    fall = read("2024年,全市实际使用外资比上年减少2亿美元。")["2亿美元"]
    assert (fall.value, fall.change_kind) == (-2e8, ChangeKind.DIFFERENCE)


def test_an_aside_in_brackets_is_no_subject() -> None:
    found = read("2024年新引进项目320个,增长8.5%(2023年项目数经核实修订为295个),完成年度目标的106.7%。")
    assert (found["295个"].time_period, found["295个"].label) == ("2023", "项目数")
    assert found["106.7%"].time_period == "2024"
    assert "新引进项目" in found["106.7%"].label


def test_points_go_back_to_the_rate_in_front() -> None:
    found = read("2024年开工项目150个,开工率为62%,较上年提高3.5个百分点,超出年度目标2个百分点。")
    assert found["3.5个百分点"].label == found["2个百分点"].label == "开工率"
    assert found["2个百分点"].change_kind is ChangeKind.DIFFERENCE
    assert found["2个百分点"].scenario is Scenario.ACTUAL


def test_what_is_to_come_by_the_end_of_the_year() -> None:
    found = read("2024年,全市计划引资60亿元,目前已完成全年目标的58%;预计全年新设外资企业将突破120家。")
    assert (found["120家"].time_period, found["120家"].scenario) == ("2024", Scenario.FORECAST)


def test_a_part_behind_a_semicolon_shares_the_plan() -> None:
    found = read("2025年,全市力争签约项目400个、落地率达到70%;其中外资项目55个。")
    assert {f.scenario for f in found.values()} == {Scenario.TARGET}


def test_counts_without_a_noun() -> None:
    found = read("2024年共签约项目88个。签约项目中,生物医药类21个,来自东盟的有9个。到年底的目标是签约100个。")
    assert (found["21个"].label, found["21个"].unit) == ("生物医药类签约项目", "projects")
    assert found["9个"].unit == "projects"


def test_a_number_of_a_list_does_not_swallow_the_next() -> None:
    found = read("2024年全市累计引进项目约1200个左右,其中上半年、下半年分别为560个和640个。")
    assert "左右" not in found["1200个"].label
    assert {found["560个"].time_period, found["640个"].time_period} == {"2024-H1", "2024-H2"}


def test_countries_of_a_list_under_one_label() -> None:
    text = "2024年,从来源地看,中国香港、德国对合肥投资分别为5亿美元和1亿美元。"
    found = read(text, "2024年合肥利用外资情况")
    assert found["5亿美元"].dimensions["counterpart"] == "中国香港"
    assert {f.label for f in found.values()} == {"投资"}
    assert {f.ref_area for f in found.values()} == {"合肥"}


def test_the_notice_is_about_the_place_of_its_first_line() -> None:
    text = "湖南省统计局 更新时间:2025年1月18日\n\n2024年,全省民间投资增长4%。\n\n长沙、株洲投资分别增长5%和6%。"
    found = read(text, "2024年固定资产投资运行情况")
    assert found["4%"].ref_area.startswith("湖南")
    assert found["5%"].ref_area == "长沙"


def test_an_event_is_dated_by_its_notice_not_by_a_later_year() -> None:
    text = (
        "1月19日,常州市举行跨国公司地区总部授牌仪式,16个外资项目现场签约,总投资22亿美元,涉及装备制造等领域。\n\n"
        "签约项目中,新能源项目投资额为7亿美元,生物医药项目投资额为4亿美元,均为近年来单体规模较大的外资项目。\n\n"
        "2023年,常州市实际使用外资26亿美元,创造了历史新高,制造业占比继续保持全省前列,增势良好。"
    )
    found = read(text, "常州为跨国公司地区总部授牌")
    assert found["22亿美元"].time_period == "2025-01"
    assert found["26亿美元"].time_period == "2023"


def test_a_table_of_blocks_is_no_money() -> None:
    text = "2024年各板块签约情况:\n板块 | 签约项目(个) | 总投资(亿美元)\n高新区 | 12 | 2.4\n经开区 | 9 | 1.7\n"
    found = read(text, "2024年徐州签约情况")
    assert (found["12"].unit, found["2.4"].unit) == ("projects", "USD")


def test_quarters_named_one_by_one_are_not_a_stretch() -> None:
    found = read("2024年前三季度全市引资30亿元,四季度引资12亿元。")
    assert found["30亿元"].time_period == "2024-01/2024-09"
    assert found["12亿元"].time_period == "2024-Q4"


def test_a_programme_called_a_plan_is_no_plan() -> None:
    found = read("2024年,“引凤计划”新增签约项目230个,同比增长9%;计划总投资410亿元。2025年,力争签约260个。")
    assert (found["230个"].scenario, found["9%"].scenario) == (Scenario.ACTUAL, Scenario.ACTUAL)
    assert found["410亿元"].scenario is Scenario.FORECAST
    assert found["260个"].scenario is Scenario.TARGET


def test_districts_of_a_list_are_told_apart_under_one_label() -> None:
    found = read("2024年全市新增签约项目300个。分区域看,滨江区签约120个,临海市80个,高新区55个。")
    districts = {k: f.dimensions.get("district") for k, f in found.items()}
    assert districts == {"300个": None, "120个": "滨江区", "80个": "临海市", "55个": "高新区"}
    assert {f.label for f in found.values()} == {"新增签约项目"}
    assert {f.qualifier for f in found.values()} == {"exact"}


def test_where_capital_comes_from_in_a_list() -> None:
    found = read("2024年,来自中国香港、新加坡、日本的投资分别为7亿美元、3亿美元和2亿美元。")
    assert [f.dimensions["counterpart"] for f in found.values()] == ["中国香港", "新加坡", "日本"]


def test_a_company_named_after_a_place_is_not_the_place() -> None:
    found = read(
        "2024年6月共签约项目54个,其中远图电池、北海冷链等8个项目投资额超过20亿元。", "2024年上半年宁波招商情况"
    )
    assert {f.ref_area for f in found.values()} == {"宁波"}


def test_more_than_half_of_the_goal() -> None:
    figure = read("2024年上半年,签约项目140个,计划总投资90亿元,超过全年目标的一半。")["一半"]
    assert (figure.unit, figure.change_kind, figure.scenario) == ("percent", ChangeKind.SHARE, Scenario.ACTUAL)


@pytest.mark.parametrize(
    ("text", "token", "period"),
    [
        ("2024年上半年,新设企业212家,上年同期为198家。", "198家", "2023-H1"),
        ("2024年签约项目96个(上年80个)。", "80个", "2023"),
        ("2024年出口88亿元,比上年多5亿元。", "5亿元", "2024"),
    ],
)
def test_what_it_was_the_year_before_is_of_that_year(text: str, token: str, period: str) -> None:
    assert read(text)[token].time_period == period
