"""Short and spoken Chinese forms are written out; what only looks like one stays."""

import pytest

from assistant.understanding.spoken import examples, written_out


@pytest.mark.parametrize("example", examples())
def test_an_example_is_written_out(example: str) -> None:
    assert written_out(example) != example


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("24年上半年", "2024年上半年"),
        ("23年底", "2023年底"),
        ("25年前三季度", "2025年前三季度"),
        ("24Q3", "2024年第3季度"),
        ("24H1", "2024年上半年"),
        ("2023四季度", "2023年四季度"),
        ("三产投资呢", "第三产业投资呢"),
        ("哪儿涨得最快", "哪里涨得最快"),
        ("为啥跌了", "为什么跌了"),
    ],
)
def test_short_forms(spoken: str, written: str) -> None:
    assert written_out(spoken) == written


@pytest.mark.parametrize(
    "text", ["近20年", "过去15年", "20年来", "18年前", "第24届", "三次产业", "12个月", "产业园", "投产项目", "第三产业"]
)
def test_what_stays(text: str) -> None:
    assert written_out(text) == text
