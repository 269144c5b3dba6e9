"""A figure in words: what it measures, for whom, and whether it is a goal."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.wording.periods import when
from knowledge.figure import ChangeKind, Figure, Scenario

LANGUAGES = ("en", "zh", "de", "fr")
_EDGE = re.compile(r"^(?:the|a|an|its|their|this|that|some|of|in|with|and|to)\s+", re.I)


@lru_cache(maxsize=8)
def table(language: str) -> dict[str, Any]:
    """The sentences of one language, English where there is none."""
    name = language if language in LANGUAGES else "en"
    return tomllib.loads((files("assistant.wording") / f"{name}.toml").read_text(encoding="utf-8"))


def wording(message: str, language: str) -> str:
    """One sentence of the tables, not filled in."""
    return str(table(language)["sentences"][message])


def say(message: str, language: str, **parts: str) -> str:
    """One sentence of the tables, filled in; doubled spaces and empty brackets are tidied."""
    text = wording(message, language).format(**parts)
    text = re.sub(r"[;,，]\s*([)）])", r"\1", text)
    text = re.sub(r"\(\s*\)|（\s*）", "", text)
    text = re.sub(r"\s+([,.;:?!)，。；）])", r"\1", text)
    return re.sub(r"[ \t]{2,}", " ", text).strip()


def what_alone(figure: Figure) -> str:
    """The published words of a figure without digits, which only slots may print."""
    label = re.split(r"[(（,，;；]?\s*\S*\d", figure.label.strip(" ,.;:，。；："), maxsplit=1)[0]
    label = label.strip(" ,.;:，。；：-–")
    label = _EDGE.sub("", label if label.count("“") == label.count("”") > 0 else label.strip('“”"'))
    return label if len(label) > 2 else re.sub(r"[\d_-]+", " ", figure.indicator).strip()


def what(figure: Figure, language: str) -> str:
    """The published words of a figure with its area: "projects landed, Two Zones"; of a table's, with its row's."""
    label = what_alone(figure)
    if figure.cell:
        label = ", ".join([label, *(v for v in figure.dimensions.values() if v.lower() not in label.lower())])
    area = figure.ref_area
    if area and area.lower() not in label.lower():
        return f"{area}{label}" if language == "zh" and _chinese(label) and _chinese(area) else f"{label}, {area}"
    return label


def mark(figure: Figure, language: str) -> str:
    """ "target", "forecast", "preliminary", ... in words, "" for a plain result."""
    words = table(language)["marks"]
    marks = []
    if figure.scenario != Scenario.ACTUAL:
        marks.append(words[str(figure.scenario)])
    if figure.obs_status != "normal":
        marks.append(words[str(figure.obs_status)])
    if figure.change_kind == ChangeKind.CUMULATIVE and not figure.time_period.startswith("to "):
        marks.append(words["cumulative"])
    return (", " if language != "zh" else "，").join(marks)


def caption(figure: Figure, language: str) -> str:
    """What, and whether it is a goal: the fixed caption behind a number."""
    parts = [what(figure, language), mark(figure, language)]
    return ("; " if language != "zh" else "，").join(p for p in parts if p)


def moment(figure: Figure, language: str) -> str:
    """When the figure holds, as an adverb."""
    return when(figure.time_period, language)


def _chinese(text: str) -> bool:
    return bool(re.search(r"[\u3400-\u9fff]", text))
