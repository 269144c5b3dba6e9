"""When a document says it was published: full dates as printed, and which of them is the one.

Only full dates (year, month, day) count. Digits alone ("03/04/2024") count where one order is possible.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

# Month names and their short forms: English, German, French.
_MONTH_NAMES = (
    "january jan januar jänner jän janvier janv",
    "february feb februar février fevrier févr fév fev",
    "march mar märz maerz mär mrz mars",
    "april apr avril avr",
    "may mai",
    "june jun juni juin",
    "july jul juli juillet juil",
    "august aug août aout aoû",
    "september sep sept septembre",
    "october oct oktober okt octobre",
    "november nov novembre",
    "december dec dezember dez décembre decembre déc",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_MONTH = r"(?P<month>[A-Za-zÀ-ÿ]{3,10})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"

# One printed style a row: name, pattern, example.
_STYLES: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (name, re.compile(pattern, re.I), example)
    for name, pattern, example in (
        ("iso", rf"(?<!\d){_YEAR}(?P<sep>[-./])(?P<month>[01]?\d)(?P=sep){_DAY}(?!\d)", "2024-02-20"),
        ("chinese", rf"(?<!\d){_YEAR}\s?年\s?(?P<month>[01]?\d)\s?月\s?{_DAY}\s?[日号號]", "2023年4月27日"),
        ("month first", rf"(?<![^\W\d_]){_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)", "December 09, 2021"),
        ("day first", rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|\.)?(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}(?!\d)", "27 June 2023"),
        ("day first dashed", rf"(?<!\d){_DAY}-{_MONTH}-{_YEAR}(?!\d)", "27-Jun-2023"),
        ("dotted", rf"(?<![\d.]){_DAY}\.\s?(?P<month>[01]?\d)\.\s?{_YEAR}(?!\d)", "27.06.2023"),
        ("slashed", rf"(?<![\d/])(?P<first>[0-3]?\d)/(?P<second>[0-3]?\d)/{_YEAR}(?!\d)", "27/06/2023"),
    )
)
_CHINESE_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_CHINESE_WORDS = re.compile(
    r"([〇零○Ｏ一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)

# Words before a date that say it is the publication's. The date follows within a few characters, on the same line.
_LABEL = re.compile(
    r"(?:^|[\s(\[|（【|])(?:last\s+)?(?:updated?|published|posted|issued|released?|publication\s+date|release\s+date|date|"
    r"date\s+of\s+(?:publication|issue|release)|发布时间|发布日期|发文日期|成文日期|更新时间|更新日期|发表时间|时间|日期|发布|更新|"
    r"veröffentlicht(?:\s+am)?|erschienen(?:\s+am)?|stand|datum|ausgabe|publié(?:e)?(?:\s+le)?|mis(?:e)?\s+à\s+jour(?:\s+le)?|paru(?:\s+le)?|date\s+de\s+publication)"
    r"\s*(?:on|at|am|le|vom)?\s*[:：]?\s*",
    re.I,
)
# "Xinhua) 09:07, December 09, 2021": an agency or a clock time beside the date.
_DATELINE = re.compile(r"\d{1,2}:\d\d|xinhua|reuters|ecns|afp|bloomberg|来源|新华社|记者|source|quelle", re.I)
# A photograph's caption tells when it was taken.
_CAPTION = re.compile(r"photo|caption|\((?:xinhua|reuters|afp|vcg|ap|cnsphoto)\s?/|摄|图为|图片|foto:", re.I)
_NOT_YET = re.compile(
    r"(?:\b(?:by|until|before|through|till|bis|avant|jusqu'au|d'ici)|至|到|前|截止)\s*(?:the\s+)?$", re.I
)
_IN_ADDRESS = (
    re.compile(r"/(?P<year>20\d\d)[-/]?(?P<month>[01]\d)[-/](?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"/(?:20\d{4}/)?t(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)_\d+"),
    re.compile(r"/(?P<year>20\d\d)/(?P<month>[01]\d)(?P<day>[0-3]\d)/"),
    re.compile(r"(?<!\d)(?P<year>20[0-4]\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)"),
)
_HEAD_LINES, _LINE_LENGTH, _SCANNED = 14, 90, 20_000


@dataclass(frozen=True, slots=True)
class Printed:
    """A full date in a text, `text[start:end]` as printed."""

    start: int
    end: int
    day: date


def find(text: str) -> tuple[Printed, ...]:
    """Every full date of a text, in order; full-width digits read as digits."""
    plain = "".join(_narrow(c) for c in text)
    found = [Printed(m.start(), m.end(), day) for _, p, _ in _STYLES for m in p.finditer(plain) if (day := _day(m))]
    found += [Printed(m.start(), m.end(), day) for m in _CHINESE_WORDS.finditer(plain) if (day := _in_words(m))]
    found.sort(key=lambda p: (p.start, -p.end))
    return tuple(p for i, p in enumerate(found) if not any(q.start <= p.start and p.end <= q.end for q in found[:i]))


def first(text: str) -> date | None:
    """The first full date of a short text: a header's value, a metadata field ("20230427" too)."""
    found = find(text)
    if found:
        return found[0].day
    compact = re.match(r"\s*(\d{4})(\d\d)(\d\d)(?!\d)", text)
    return _date(*map(int, compact.groups())) if compact else None


def published(text: str, url: str | None = None) -> date | None:
    """The date that a text gives of itself; failing that, that of its address; failing that, the latest in it."""
    text = text[:_SCANNED]
    return stated(text) or (in_address(url) if url else None) or _latest(text, find(text))


def stated(text: str) -> date | None:
    """The date behind a label, alone on a line of the head or in a dateline, or signed at the end."""
    text = text[:_SCANNED]
    found = find(text)
    return _labelled(text, found) or _in_head(text, found) or _signed(text, found)


def in_address(url: str) -> date | None:
    """The date that many publishers write into their addresses (`/2024-02/20/`, `t20230315_`)."""
    for pattern in _IN_ADDRESS:
        for match in pattern.finditer(url):
            if day := _date(int(match["year"]), int(match["month"]), int(match["day"])):
                return day
    return None


def _labelled(text: str, found: tuple[Printed, ...]) -> date | None:
    ends = {match.end() for match in _LABEL.finditer(text)}
    return next((p.day for p in found if p.start in ends or _weekday_between(text, p.start, ends)), None)


def _weekday_between(text: str, start: int, ends: set[int]) -> bool:
    """One word between label and date: "Published Tuesday, 27 June 2023"."""
    word = re.search(r"[^\W\d_]{3,12}\.?,?\s{1,2}$", text[max(0, start - 16) : start])
    return word is not None and start - len(word[0]) in ends


def _in_head(text: str, found: tuple[Printed, ...]) -> date | None:
    """A date among the first lines that stands alone, or in a dateline."""
    for begin, end in _head_lines(text):
        inside = [p for p in found if begin <= p.start and p.end <= end]
        if not inside or _CAPTION.search(text[begin:end]):
            continue
        rest = text[begin : inside[0].start] + text[inside[0].end : end]
        short = end - begin <= _LINE_LENGTH
        if sum(c.isalnum() for c in rest) <= 12 or (short and _DATELINE.search(rest)):
            return inside[0].day
    return None


def _head_lines(text: str) -> list[tuple[int, int]]:
    lines, begin = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            lines.append((begin, begin + len(line.rstrip())))
        begin += len(line)
        if len(lines) == _HEAD_LINES:
            break
    return lines


def _signed(text: str, found: tuple[Printed, ...]) -> date | None:
    """A date alone on the last lines, as Chinese offices sign."""
    tail = text.rstrip()
    for p in reversed(found):
        line = text[text.rfind("\n", 0, p.start) + 1 : len(text) if (e := text.find("\n", p.end)) < 0 else e]
        if tail.count("\n", p.end) <= 2 and len(line.strip()) <= p.end - p.start + 4:
            return p.day
    return None


def _latest(text: str, found: tuple[Printed, ...]) -> date | None:
    """The latest date that is not announced for the future: a notice is no older than what it tells."""
    return max((p.day for p in found if not _NOT_YET.search(text[max(0, p.start - 20) : p.start])), default=None)


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    if "first" in parts:
        return _slashed(int(parts["first"]), int(parts["second"]), int(parts["year"]))
    month = parts["month"]
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    return _date(int(parts["year"]), number, int(parts["day"]))


def _slashed(one: int, two: int, year: int) -> date | None:
    if one == two or one > 12:
        return _date(year, two, one)
    return _date(year, one, two) if two > 12 else None


def _in_words(match: re.Match[str]) -> date | None:
    year = int(match[1].translate(_CHINESE_DIGITS))
    return _date(year, _chinese_number(match[2]), _chinese_number(match[3]))


def _chinese_number(word: str) -> int:
    tens, ten, ones = word.rpartition("十")
    digit = (ones or "0").translate(_CHINESE_DIGITS)
    head = (int(tens.translate(_CHINESE_DIGITS)) if tens else 1) * 10 if ten else 0
    return head + (int(digit) if digit.isdigit() else 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _narrow(char: str) -> str:
    if "！" <= char <= "～":
        return chr(ord(char) - 0xFEE0)
    return (
        str(unicodedata.digit(char))
        if char.isdigit() and not char.isascii() and unicodedata.category(char) == "Nd"
        else char
    )
