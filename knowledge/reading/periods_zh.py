"""Periods in Chinese words."""

import re
from functools import lru_cache
from typing import Any

from knowledge.reading import period_rules as r
from knowledge.reading.calendar import Frame
from knowledge.reading.numerals import han_value
from knowledge.reading.period_rules import Found, Rule

N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
Y = r"(?P<year>(?:19|20)\d{2}\s?年(?:度)?|今年|去年|上年|前年|明年|本年|当年|同年)?(?:的)?"
RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}


def _n(words: str) -> int:
    value = int(words) if words.isdigit() else han_value(words)
    return int(value or 0)


def _year(words: str | None, last_month: int, frame: Frame) -> tuple[int | None, bool]:
    if words and words[:4].isdigit():
        return int(words[:4]), False
    if words in RELATIVE:
        this = frame.this_year()
        return (this + RELATIVE[words] if this else None), True
    return frame.year_of(last_month), True


def _months(m: Any, frame: Frame) -> Found | None:
    first, last = (1 if m.get("first") is None else _n(m["first"])), _n(m["last"])
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    year, relative = _year(m["year"], last, frame)
    return r.span_of(first, last, year, relative, "range" if first != last else "month")


def _month(m: Any, frame: Frame) -> Found | None:
    return _months({**m, "first": m["last"]}, frame)


def _part(m: Any, frame: Frame) -> Found | None:
    if m.get("half"):
        first, last, kind = (1, 6, "half") if m["half"] in "上前" else (7, 12, "half")
    elif m.get("quarters"):
        begin = _n(m["begin"]) if m.get("begin") else 1
        first, last, kind = 3 * begin - 2, 3 * _n(m["quarters"]), "range"
    else:
        order = _n(m["quarter"])
        first, last, kind = 3 * order - 2, 3 * order, "quarter"
    if not 1 <= last <= 12 or first > last:
        return None
    year, relative = _year(m["year"], last, frame)
    return r.part_of_year(first, last, kind, year, relative)


def _day(m: Any, frame: Frame) -> Found | None:
    month = _n(m["month"])
    if not 1 <= month <= 12:
        return None
    year, relative = _year(m["year"], month, frame)
    return r.day(year, month, _n(m["day"]), relative)


def _only_day(m: Any, frame: Frame) -> Found | None:
    if not frame.anchor:
        return "", "day", True
    return r.day(frame.anchor.year, frame.anchor.month, _n(m["day"]), True)


def _plain_year(m: Any, frame: Frame) -> Found | None:
    year, relative = _year(m["that"], 12, frame)
    return (str(year) if year else "", "year", relative)


def _years(m: Any, frame: Frame) -> Found | None:
    first, last = int(m["from"]), int(m["to"])
    return (f"{first}/{last}", "range", False) if first < last else None


def _since(m: Any, frame: Frame) -> Found | None:
    if m["that"] == "今年":
        this = frame.this_year()
        return r.since(f"{this}-01", frame) if this else ("", "range", True)
    return r.since(f"{m['that'][:4]}-01", frame)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rows, most telling first."""
    dash = r"\s?(?:[-–—―~～至到]|——)\s?"
    rows: list[tuple[str, str, r.Reading, str]] = [
        (
            "same period",
            r"按年(?=上升|下降|下跌|增|减|升|跌)|(?:比|较|与)?(?:去年|上年|上一年|前年)?(?:的)?(?:同期|同月|同季)(?:相比)?|(?:比|较)(?:上年|去年|上月|前年)(?:同期)?(?:相比)?|同比|环比",
            lambda m, f: ("", "same_period", True),
            "上年同期",
        ),
        (
            "plan",
            r"[“\"]?(?P<plan>十[一二三四五六]|十)五[”\"]?(?:规划)?(?:时期|期间|规划期|以来|末)?",
            lambda m, f: r.plan(_n(m["plan"] or "")),
            "“十四五”时期",
        ),
        ("months", rf"{Y}(?P<first>{N})月?(?:份)?{dash}(?P<last>{N})月(?:份)?", _months, "2024年1—8月份"),
        ("first months", rf"{Y}(?:的)?前(?P<last>{N})个?月", _months, "前8个月"),
        ("quarters", rf"{Y}前(?P<quarters>[二三两]|\d)个?季度", _part, "前三季度"),
        (
            "quarters from to",
            rf"{Y}第?(?P<begin>[一二三1-3])(?:季度)?{dash}第?(?P<quarters>[二三四2-4])季度",
            _part,
            "一至三季度",
        ),
        ("quarter", rf"{Y}第?(?P<quarter>[一二三四1-4])季度", _part, "一季度"),
        ("half", rf"{Y}(?P<half>上|下|前|后)半年", _part, "上半年"),
        ("day", rf"{Y}(?P<month>{N})月(?P<day>{N})[日号]", _day, "4月27日"),
        ("month", rf"{Y}(?P<last>{N})月(?:份)?", _month, "8月份"),
        ("years", rf"(?P<from>(?:19|20)\d\d)年?{dash}(?P<to>(?:19|20)\d\d)年", _years, "2021—2025年"),
        ("since", r"(?:自)?(?P<that>今年|(?:19|20)\d\d年)以来", _since, "2020年以来"),
        (
            "past years",
            r"(?:近|过去|最近)(?P<num>[两二三四五六七八九十]|\d{1,2})年(?:来|间)?",
            lambda m, f: r.past_years(_n(m["num"] or ""), f),
            "近三年",
        ),
        ("year", r"(?P<that>(?:19|20)\d{2}\s?年(?:度)?)(?:全年)?", _plain_year, "2023年"),
        ("relative", r"(?P<that>今年|去年|上年|前年|明年|本年)(?:全年)?", _plain_year, "去年"),
        ("that year", r"(?P<that>当年|同年|全年)", lambda m, f: (str(f.year) if f.year else "", "year", True), "全年"),
        ("only day", r"(?<![\d月])(?P<day>\d{1,2})日", _only_day, "27日"),
        (
            "now",
            r"截至目前|截止目前|迄今|目前|至今|现有|现已",
            lambda m, f: (f"to {f.today()}" if f.today() else "", "stock", True),
            "截至目前",
        ),
    ]
    return tuple(Rule(n, re.compile(p), f, e) for n, p, f, e in rows)


STOCK = re.compile(r"(?:截至|截止到?|截止|到|至)$")
STOCK_TAIL = re.compile(r"[年月]?(?:底|末)|年底|年末|止")
SINCE = re.compile(r"(?!)")
