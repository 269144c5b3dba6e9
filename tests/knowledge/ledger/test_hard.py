"""The ten hardest phrasings, each with how it is read."""

from datetime import date

import pytest

from knowledge.ledger.catalogue import load
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

# why it is hard, language, text, {printed token: (value, unit, kind, period, words of label, area or dimensions)}
HARD = [
    (
        "respectively with items that hold an `and`",
        "en",
        "Exports to the food trade and to textiles and clothing grew 4.5 percent and 9 percent, respectively, in 2023.",
        {
            "4.5 percent": (4.5, "percent", "yoy_growth", "2023", "food trade"),
            "9 percent": (9, "percent", "yoy_growth", "2023", "textiles and clothing"),
        },
    ),
    (
        "a ratio, a growth by a multiple and a doubling",
        "en",
        "In 2023 sales were 2.4 times those of 2022, profits grew 1.5 fold and exports doubled.",
        {
            "2.4 times": (2.4, "times", "yoy_growth", "2023", "sales"),
            "1.5 fold": (150, "percent", "yoy_growth", "2023", "profits"),
            "doubled": (100, "percent", "yoy_growth", "2023", "exports"),
        },
    ),
    (
        "the new level behind the change, and the old one behind `from`",
        "en",
        "The jobless rate fell 0.4 percentage points to 5.1 percent in May 2023, from 5.5 percent a year earlier.",
        {
            "0.4 percentage points": (-0.4, "percentage points", "yoy_growth", "2023-05", "jobless rate"),
            "5.1 percent": (5.1, "percent", "share", "2023-05", "jobless rate"),
            "5.5 percent": (5.5, "percent", "share", "2022-05", "jobless rate"),
        },
    ),
    (
        "a fall in dollars, the same in percent, and the figure it fell from",
        "en",
        "Investors spent $90 billion in 2023. This is a fall of $10 billion, or 10 percent, from $100 billion in 2022.",
        {
            "$90 billion": (90e9, "USD", "level", "2023", "investors spent"),
            "$10 billion": (-10e9, "USD", "difference", "2023", "spent"),
            "10 percent": (-10, "percent", "yoy_growth", "2023", "spent"),
            "$100 billion": (100e9, "USD", "level", "2022", "spent"),
        },
    ),
    (
        "a number word and its digits are one count; a share of it; a stock so far",
        "en",
        "Twenty of the new firms (20, or 40 percent of arrivals) came in 2023, and 310 firms have settled so far.",
        {
            "Twenty": (20, "firms", "level", "2023", "new firms"),
            "40 percent": (40, "percent", "share", "2023", "arrivals"),
            "310": (310, "firms", "cumulative", "to 2024-03", "settled"),
        },
    ),
    (
        "a twin amount keeps the qualifier of its first",
        "en",
        "Contracts worth more than 7.2 billion yuan ($1 billion) were signed in 2023.",
        {
            "7.2 billion yuan": (7.2e9, "CNY", "level", "2023", "contracts"),
            "$1 billion": (1e9, "USD", "level", "2023", "contracts"),
        },
    ),
    (
        "a threshold is no figure, an inner 余 is a qualifier",
        "zh",
        "2023年,落地投资额5亿元以上的项目40余个,涉及资金900多亿元。",
        {
            "40余个": (40, "projects", "level", "2023", "项目"),
            "900多亿元": (9e10, "CNY", "level", "2023", "资金"),
        },
    ),
    (
        "month on month and year on year side by side",
        "zh",
        "2023年6月份,零售额环比下降0.3%,同比增长2.5%。",
        {
            "0.3%": (-0.3, "percent", "mom_growth", "2023-06", "零售额"),
            "2.5%": (2.5, "percent", "yoy_growth", "2023-06", "零售额"),
        },
    ),
    (
        "verb, subject, change, level, and the verb's prefix at the end",
        "de",
        "Im Jahr 2023 ging die Zahl der Ansiedlungen um 4,2 Prozent auf 1.305 zurück.",
        {
            "4,2 Prozent": (-4.2, "percent", "yoy_growth", "2023", "Zahl der Ansiedlungen"),
            "1.305": (1305, "projects", "level", "2023", "Zahl der Ansiedlungen"),
        },
    ),
    (
        "last year's count behind `contre`, and the growth of the first",
        "fr",
        "En 2023, 120 projets ont été recensés, contre 100 en 2022, soit une hausse de 20 %.",
        {
            "120": (120, "projects", "level", "2023", "projets"),
            "100": (100, "projects", "level", "2022", "projets"),
            "20 %": (20, "percent", "yoy_growth", "2023", "projets"),
        },
    ),
]


@pytest.mark.parametrize(("why", "language", "text", "wanted"), HARD, ids=[row[0] for row in HARD])
def test_reads_hard_phrasings(
    why: str, language: str, text: str, wanted: dict[str, tuple[float, str, str, str, str]]
) -> None:
    figures = {f.published_as: f for f in extract(Notice("n", "n", "", text, language, date(2024, 3, 8)), load())}
    assert set(figures) == set(wanted), why
    for token, (value, unit, kind, period, words) in wanted.items():
        figure = figures[token]
        assert figure.value == pytest.approx(value), token
        assert (figure.unit, figure.change_kind, figure.time_period) == (unit, kind, period), token
        assert words.casefold() in figure.label.casefold(), (token, figure.label)


def test_a_twin_keeps_its_qualifier() -> None:
    text = HARD[5][2]
    assert {f.qualifier for f in extract(Notice("n", "n", "", text, "en", date(2024, 3, 8)), load())} == {"over"}
