"""A period in words: `2021-01/2021-05` is "in January-May 2021"."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from babel.dates import get_month_names

_PART = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d\d)(?:-(\d\d))?))?")


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("assistant.wording") / "periods.toml").read_text(encoding="utf-8"))


def _words(language: str) -> dict[str, Any]:
    """The phrases of a language, English where there is none."""
    return _table().get(language, _table()["en"])


@lru_cache(maxsize=8)
def _months(language: str) -> tuple[str, ...]:
    names = get_month_names("abbreviated" if language == "zh" else "wide", locale=language)
    return tuple(str(names[i]) for i in range(1, 13))


@lru_cache(maxsize=4000)
def period(code: str, language: str = "en") -> str:
    """The period as a noun: "2023", "the first half of 2023", "January-May 2021", "January 2024" for a stock."""
    language = language if language in _table() else "en"
    parts = [m for p in code.removeprefix("to ").split("/") if (m := _PART.fullmatch(p.strip()))]
    if not parts:
        return code
    if len(parts) == 1:
        return _single(parts[0], language)
    return _range(parts[0], parts[1], language)


def _single(match: "re.Match[str]", language: str) -> str:
    year, quarter, half, month, day = match.groups()
    words = _words(language)
    if quarter:
        return str(words["quarter"]).format(n=words["ordinals"][int(quarter) - 1], y=year)
    if half:
        name = ("上", "下")[int(half) - 1] if language == "zh" else words["ordinals"][int(half) - 1]
        return str(words["half"]).format(n=name, y=year)
    if month:
        name = _months(language)[int(month) - 1]
        return str(words["day" if day else "month"]).format(m=name, y=year, d=int(day) if day else "")
    return f"{year}年" if language == "zh" else year


def _range(first: "re.Match[str]", last: "re.Match[str]", language: str) -> str:
    words, same_year = _words(language), first[1] == last[1]
    if first[4] and last[4] and not first[5] and not last[5]:
        a, b = _months(language)[int(first[4]) - 1], _months(language)[int(last[4]) - 1]
        if same_year:
            return str(words["range"]).format(a=a, b=b, y=first[1])
        if int(last[1]) - int(first[1]) == 1 and (int(first[4]) - 1) % 12 == int(last[4]) % 12:
            return str(words["fiscal"]).format(a=first[1], b=last[1], short=last[1][-2:])
    return str(words["span"]).format(a=_single(first, language), b=_single(last, language))


def when(code: str, language: str = "en") -> str:
    """The period as an adverb: "in 2023", "by the end of January 2024", "截至2024年1月底"; "" where there is none."""
    if not code:
        return ""
    words = _words(language)
    noun = period(code, language)
    if code.startswith("to "):
        return str(words["to"]).format(x=noun)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", code):
        return str(words["on"]).format(x=noun)
    if language == "de" and not re.fullmatch(r"\d{4}", code):
        return noun if "/" in code else f"im {noun}"
    if language == "fr" and re.search(r"-[QH]", code):
        return f"au {noun}"
    return str(words["in"]).format(x=noun)
