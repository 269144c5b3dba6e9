"""A period in words: `2021-01/2021-05` is "in January-May 2021"."""

import re
from functools import lru_cache

from babel.dates import get_month_names

_PART = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d\d)(?:-(\d\d))?))?")
_QUARTERS = {
    "en": ("first", "second", "third", "fourth"),
    "zh": ("一", "二", "三", "四"),
    "de": ("ersten", "zweiten", "dritten", "vierten"),
    "fr": ("premier", "deuxième", "troisième", "quatrième"),
}
_WORDS = {
    "en": {"quarter": "the {n} quarter of {y}", "half": "the {n} half of {y}", "month": "{m} {y}", "day": "{m} {d}, {y}",
           "range": "{a}-{b} {y}", "span": "{a} to {b}", "fiscal": "the financial year {a} to {b}", "to": "by {x}", "in": "in {x}", "on": "on {x}"},
    "zh": {"quarter": "{y}年{n}季度", "half": "{y}年{n}半年", "month": "{y}年{m}", "day": "{y}年{m}{d}日",
           "range": "{y}年{a}至{b}", "span": "{a}至{b}", "fiscal": "{a}至{b}财年", "to": "截至{x}", "in": "{x}", "on": "{x}"},
    "de": {"quarter": "{n} Quartal {y}", "half": "{n} Halbjahr {y}", "month": "{m} {y}", "day": "{d}. {m} {y}",
           "range": "{a} bis {b} {y}", "span": "{a} bis {b}", "fiscal": "Geschäftsjahr {a}/{b}", "to": "bis {x}", "in": "im Jahr {x}", "on": "am {x}"},
    "fr": {"quarter": "{n} trimestre {y}", "half": "{n} semestre {y}", "month": "{m} {y}", "day": "{d} {m} {y}",
           "range": "{a} à {b} {y}", "span": "{a} à {b}", "fiscal": "exercice {a}-{b}", "to": "à fin {x}", "in": "en {x}", "on": "le {x}"},
}  # fmt: skip


@lru_cache(maxsize=8)
def _months(language: str) -> tuple[str, ...]:
    names = get_month_names("wide", locale=language)
    return tuple(str(names[i]) for i in range(1, 13))


@lru_cache(maxsize=4000)
def period(code: str, language: str = "en") -> str:
    """The period as a noun: "2023", "the first half of 2023", "January-May 2021", "January 2024" for a stock."""
    language = language if language in _WORDS else "en"
    parts = [m for p in code.removeprefix("to ").split("/") if (m := _PART.fullmatch(p.strip()))]
    if not parts:
        return code
    if len(parts) == 1:
        return _single(parts[0], language)
    return _range(parts[0], parts[1], language)


def _single(match: "re.Match[str]", language: str) -> str:
    year, quarter, half, month, day = match.groups()
    words = _WORDS[language]
    if quarter:
        return words["quarter"].format(n=_QUARTERS[language][int(quarter) - 1], y=year)
    if half:
        name = ("上", "下")[int(half) - 1] if language == "zh" else _QUARTERS[language][int(half) - 1]
        return words["half"].format(n=name, y=year)
    if month:
        name = _months(language)[int(month) - 1]
        return words["day" if day else "month"].format(m=name, y=year, d=int(day) if day else "")
    return f"{year}年" if language == "zh" else year


def _range(first: "re.Match[str]", last: "re.Match[str]", language: str) -> str:
    words, same_year = _WORDS[language], first[1] == last[1]
    if first[4] and last[4] and not first[5] and not last[5]:
        a, b = _months(language)[int(first[4]) - 1], _months(language)[int(last[4]) - 1]
        if same_year:
            return words["range"].format(a=a, b=b, y=first[1])
        if int(last[1]) - int(first[1]) == 1 and (int(first[4]) - 1) % 12 == int(last[4]) % 12:
            return words["fiscal"].format(a=first[1], b=last[1])
    return words["span"].format(a=_single(first, language), b=_single(last, language))


def when(code: str, language: str = "en") -> str:
    """The period as an adverb: "in 2023", "by the end of January 2024", "截至2024年1月底"; "" where there is none."""
    if not code:
        return ""
    words = _WORDS[language if language in _WORDS else "en"]
    noun = period(code, language)
    if code.startswith("to "):
        return words["to"].format(x=noun)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", code):
        return words["on"].format(x=noun)
    if language == "de" and not re.fullmatch(r"\d{4}", code):
        return noun if "/" in code else f"im {noun}"
    if language == "fr" and re.search(r"-[QH]", code):
        return f"au {noun}"
    return words["in"].format(x=noun)
