"""Chinese questions as people ask them: short, spoken, formal, in one turn and in two, over invented towns."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.answering import planned
from assistant.event import unheard
from assistant.question import Question, Turn
from knowledge.library import Library

NOTICES = Path(__file__).parent / "chinese"
AS_OF = date(2025, 2, 20)

# turns, the size of the headline
NUMBERS = [
    (("临川24年引进了多少个项目",), 320.0),
    (("2024年临川签约额多少",), 145000000000.0),
    (("临川新引进项目比年初目标少了几个",), 30.0),
    (("引凤计划2024年签约总额超出目标多少亿",), 5000000000.0),
    (("临川2024年落地率目标是多少",), 60.0),
    (("2023年临川实际使用外资大概多少(推算)",), 959300000.0),
    (("临川外资为什么涨了",), 4.1),
    (("临川2024年12月外资环比涨了几个点",), 22.5),
    (("临川2024年下半年引进多少项目",), 175.0),
    (("临川2024年三季度引进项目几个",), 75.0),
    (("哪个国家在临川投资最多",), 510000000.0),
    (("滨江区引进的项目占全市的百分之几",), 37.5),
    (("滨江区和高新区一共引进多少个",), 210.0),
    (("临川平均每个项目签约额多少",), 453000000.0),
    (("临川外资按公告汇率1美元合多少人民币",), 7.2065),
    (("临川外资折合人民币多少",), 6630000000.0),
    (("制造业外资占比多少",), 50.0),
    (("临川有多少家外资企业",), 2600.0),
    (("临川外资研发中心有几家",), 34.0),
    (("2023年底临川有多少家外资研发中心",), 28.0),
    (("临川2025年外资目标",), 1000000000.0),
    (("海州1到8月二产投资多少",), 28650000000.0),
    (("海州1-8月二产投资增速?", "三产呢?"), 1.6),
    (("海州三次产业投资加起来多少",), 80000000000.0),
    (("海州房地产投资跌了多少",), 9.4),
    (("海州民间投资占全部投资多大比重",), 51.3),
    (("海州出口比进口多多少",), 18400000000.0),
    (("海州出口占进出口的比重",), 65.03),
    (("海州2023年1-8月进出口总值推算是多少",), 51000000000.0),
    (("海州8月社零多少",), 3820000000.0),
    (("海州港口吞吐量多少",), 45000000.0),
    (("第五届金陵洽谈会签了几个项目",), 96.0),
    (("金陵洽谈会来了多少客商",), 4200.0),
    (("金陵洽谈会外资项目平均投资额",), 112500000.0),
    (("新能源类项目占签约项目的比例",), 34.375),
    (("贝瓦科技投了多少钱",), 450000000.0),
    (("金陵洽谈会已开工项目占比",), 60.0),
    (("临川服务业外资降幅",), 12.5),
    (("临川服务业外资和制造业外资差多少",), 50000000.0),
    (("临川2024年新引进项目多少?", "完成率呢"), 91.43),
    (("临川2024年落地项目多少个?", "占新引进的比例?"), 65.0),
]

# turns, words that the answer must hold
WORDS = [
    (("临川外资为什么涨了",), "没有上升"),
    (("临川外资怎么降的",), "推迟到资"),
    (("临川落地率达标了吗",), "是"),
    (("临川去年每个季度引进多少项目",), "四季度100个"),
    (("哪个季度临川引进项目最少",), "一季度"),
    (("临川投资促进中心主任是谁",), "周岚"),
    (("临川要在哪里设招商联络处",), "法兰克福"),
    (("海州哪个产业投资下降了",), "第一产业"),
    (("金陵洽谈会哪类项目最多",), "现代服务"),
    (("贝瓦科技要建什么",), "华东维修中心"),
    (("第六届洽谈会什么时候开",), "2025年6月"),
    (("金陵洽谈会来了多少客商",), "超过"),
    (("海州港口吞吐量多少",), "不到"),
    (("临川有多少家外资企业",), "近"),
]

REFUSED = [
    ("临川2022年引进多少项目",),
    ("临川2024年GDP多少",),
    ("海州7月份工业增加值增速",),
    ("金陵洽谈会总投资折合多少美元",),
    ("临川2024年外资完成目标了吗",),
]


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library.open(tmp_path_factory.mktemp("towns"), embedder="none")
    library.add([str(NOTICES)])
    yield library
    library.close()


def ask(library: Library, turns: tuple[str, ...]) -> Answer:
    past = tuple(Turn(words) for words in turns[:-1])
    return planned(Question(turns[-1], AS_OF, past), library, unheard)


@pytest.mark.parametrize(("turns", "size"), NUMBERS, ids=[t[-1] for t, _ in NUMBERS])
def test_a_number_is_answered(towns: Library, turns: tuple[str, ...], size: float) -> None:
    answer = ask(towns, turns)
    assert answer.status == "answered", answer.text
    assert answer.value is not None
    assert abs(float(answer.value.value)) == pytest.approx(size, rel=2e-3), answer.text


@pytest.mark.parametrize(("turns", "words"), WORDS, ids=[t[-1] for t, _ in WORDS])
def test_the_words_are_there(towns: Library, turns: tuple[str, ...], words: str) -> None:
    answer = ask(towns, turns)
    assert answer.status == "answered", answer.text
    assert words in answer.text


@pytest.mark.parametrize("turns", REFUSED, ids=[t[-1] for t in REFUSED])
def test_what_no_notice_says_is_refused(towns: Library, turns: tuple[str, ...]) -> None:
    assert ask(towns, turns).status == "refused"
