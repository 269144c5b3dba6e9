"""Answers as the assistant gives them, recorded for tests of the widget; the notices are invented."""

from typing import Any

NOTICE_TEXT = """Home> Statistics

Harbour City reports on investment 🚢 in its free trade zone

In 2023 the zone registered 4,120 new enterprises, and used $2.35 billion of foreign capital, up 18.4 percent.

For 2024 the zone plans to register 3,900 new enterprises, with contracted investment of over 60 billion yuan.

Among the new enterprises, 412 were foreign-funded.
"""
SECOND_TEXT = """Harbour City first half

In the first half of 2024, 2,045 new enterprises were registered in the free trade zone.
"""


def span(text: str, phrase: str) -> tuple[int, int]:
    """Code points of a phrase."""
    start = text.index(phrase)
    return start, start + len(phrase)


def sentence(text: str, phrase: str) -> str:
    """The line that holds the phrase."""
    return next(line for line in text.splitlines() if phrase in line)


NOTICES: dict[str, dict[str, Any]] = {
    "n1": {
        "notice_id": "n1",
        "source": "harbour-2023.txt",
        "title": "Harbour City free trade zone: results of 2023",
        "url": "https://harbour.example/2024/results",
        "published": "2024-02-11",
        "language": "en",
        "section": None,
        "collection": "default",
        "media_type": "text/plain",
        "text": NOTICE_TEXT,
    },
    "n2": {
        "notice_id": "n2",
        "source": "harbour-2024h1.txt",
        "title": "Harbour City free trade zone: first half of 2024",
        "url": None,
        "published": "2024-07-19",
        "language": "en",
        "section": None,
        "collection": "default",
        "media_type": "text/plain",
        "text": SECOND_TEXT,
    },
}


def figure(handle: str, phrase: str, value: float, unit: str, label: str, period: str, **more: Any) -> dict[str, Any]:
    """A Figure row with its handle and citation."""
    notice = more.pop("notice", "n1")
    text = NOTICES[notice]["text"]
    start, end = span(text, phrase)
    return {
        "figure_id": f"{notice}-{start}",
        "handle": handle,
        "citation": more.pop("citation", 1),
        "indicator": label.replace(" ", "_"),
        "label": label,
        "ref_area": "Harbour City FTZ",
        "dimensions": {},
        "time_period": period,
        "value": value,
        "unit": unit,
        "qualifier": "exact",
        "scenario": "actual",
        "change_kind": "level",
        "base_period": None,
        "relates_to": None,
        "comparable_basis": False,
        "obs_status": "normal",
        "published_as": phrase,
        "notice_id": notice,
        "source": NOTICES[notice]["source"],
        "quote": sentence(text, phrase),
        "start": start,
        "end": end,
        "mentions": [],
        "extracted_by": "rules",
        "status": "ok",
        "cell": None,
        **more,
    }


def citation(n: int, phrase: str, notice: str = "n1") -> dict[str, Any]:
    """A Citation of the sentence around a phrase."""
    known = NOTICES[notice]
    quote = sentence(known["text"], phrase)
    start, end = span(known["text"], quote)
    kept = {key: known[key] for key in ("notice_id", "source", "title", "published", "url")}
    return {"n": n, **kept, "quote": quote, "start": start, "end": end}


NEW = figure("F1", "4,120", 4120, "enterprises", "new enterprises registered", "2023")
PLAN = figure("F2", "3,900", 3900, "enterprises", "new enterprises registered", "2024", scenario="target", citation=2)
CAPITAL = figure("F1", "$2.35 billion", 2.35e9, "USD", "actual use of foreign capital", "2023")
FOREIGN = figure("F2", "412", 412, "enterprises", "new foreign-funded enterprises", "2023", citation=2)
HALF = figure("F2", "2,045", 2045, "enterprises", "new enterprises registered", "2024-H1", notice="n2", citation=2)
FIGURES = [NEW, PLAN, CAPITAL, FOREIGN, HALF]

BASE: dict[str, Any] = {
    "status": "answered",
    "language": "en",
    "value": None,
    "figures": [],
    "derivations": [],
    "citations": [],
    "table": None,
    "chart": None,
    "chart_alt": None,
    "interpretation": {},
    "suggestions": [],
    "options": [],
    "warnings": [],
    "answered_by": "embedded",
    "elapsed_ms": 41.0,
}

LOOKUP = {
    **BASE,
    "text": "4,120 new enterprises were registered in the zone in 2023 [1].",
    "value": {"value": 4120, "unit": "enterprises", "qualifier": "exact"},
    "figures": [NEW],
    "citations": [citation(1, "4,120")],
    "interpretation": {
        "indicator": "new_enterprises_registered",
        "ref_area": "Harbour City FTZ",
        "time_period": "2023",
        "scenario": "actual",
        "unit": "enterprises",
        "operation": "lookup",
    },
    "suggestions": ["How many of them were foreign-funded?", "What is the target for 2024?"],
}
SHARE = {
    **BASE,
    "text": "10.0% of the new enterprises of 2023 were foreign-funded: 412 [2] of 4,120 [1].",
    "value": {"value": 10.0, "unit": "percent", "qualifier": "exact"},
    "figures": [NEW, FOREIGN],
    "derivations": [
        {
            "handle": "C1",
            "expression": "F2 / F1 * 100",
            "operands": ["F2", "F1"],
            "value": 10.0,
            "unit": "percent",
            "qualifier": "exact",
            "interval": [9.987, 10.013],
            "formula": "412 enterprises ÷ 4,120 enterprises × 100",
        }
    ],
    "citations": [citation(1, "4,120"), citation(2, "412 were")],
    "interpretation": {
        "indicator": "new_foreign-funded_enterprises",
        "time_period": "2023",
        "scenario": "actual",
        "unit": "percent",
        "operation": "share",
    },
    "suggestions": ["How many new enterprises are planned for 2024?"],
}
COMPARED = {
    **BASE,
    "text": "The zone registered 4,120 new enterprises in 2023 [1] and plans 3,900 for 2024 [2].",
    "figures": [NEW, PLAN],
    "citations": [citation(1, "4,120"), citation(2, "3,900")],
    "table": {
        "columns": ["Period", "New enterprises", "Scenario"],
        "rows": [["2023", "4,120 enterprises [1]", "actual"], ["2024", "3,900 enterprises [2]", "target"]],
    },
    "chart": {"mark": "bar"},
    "chart_alt": "Bar chart: 4,120 new enterprises in 2023, 3,900 planned for 2024.",
    "interpretation": {"indicator": "new_enterprises_registered", "time_period": "2023/2024", "unit": "enterprises"},
    "warnings": ["The value of 2024 is a target, not a result."],
    "suggestions": ["How large is the difference?"],
}
CLARIFY = {
    **BASE,
    "status": "clarify",
    "text": "New enterprises are published for two periods. Which one?",
    "options": ["New enterprises in 2023", "New enterprises in the first half of 2024"],
}
REFUSED = {
    **BASE,
    "status": "refused",
    "text": "Nothing is published for 2019. The nearest is 2023.",
    "suggestions": ["How many new enterprises were registered in 2023?"],
}
OVER = {
    **BASE,
    "text": "Contracted investment of over 60 billion yuan is planned for 2024 [1].",
    "value": {"value": 6e10, "unit": "CNY", "qualifier": "over"},
    "figures": [
        figure(
            "F1", "60 billion yuan", 6e10, "CNY", "contracted investment", "2024", scenario="target", qualifier="over"
        )
    ],
    "citations": [citation(1, "60 billion yuan")],
    "interpretation": {
        "indicator": "contracted_investment",
        "time_period": "2024",
        "scenario": "target",
        "unit": "CNY",
    },
}
CHINESE = {
    **LOOKUP,
    "language": "zh",
    "text": "2023年该区新登记企业4,120家 [1]。",
    "suggestions": ["其中外资企业有多少家？"],
}

RECORDED = {
    "share": SHARE,
    "compare": COMPARED,
    "new enterprises?": CLARIFY,
    "2019": REFUSED,
    "contracted": OVER,
    "多少": CHINESE,
}
