"""What a notice tells about all of its numbers: language, country, default period and area; and what was said last."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.ledger.catalogue import Catalogue
from knowledge.ledger.counterparts import is_counterpart
from knowledge.ledger.draft import Draft
from knowledge.ledger.home import Home, home_of, institution
from knowledge.notice import Notice
from knowledge.reading.calendar import month_span
from knowledge.reading.periods import fiscal_start, read_periods
from knowledge.reading.words import Lexicon, lexicon

HOME = re.compile(r"\b(?:in|into|to|across|within|en|au|nach)\s(?:the\s)?$")
MONEY = {
    "£": "GB", "crore": "IN", "₹": "IN", "HK$": "HK", "S$": "SG", "A$": "AU", "NZ$": "NZ",
    "yuan": "CN", "RMB": "CN", "¥": "CN",
    "元": "CN", "₩": "KR", "ringgit": "MY", "baht": "TH", "rupiah": "ID", "Kč": "CZ", "zloty": "PL", "rand": "ZA",
}  # fmt: skip
VERSUS = re.compile(
    r"\b(?:than|compared|from|against|versus|over|since|by|until|gegenüber|als|seit|bis|que|rapport|depuis)\b[^.,;]{0,24}$|(?:比|较|到|至)$",
    re.IGNORECASE,
)
RECENT = 15  # months
FLOWS = frozenset(("year", "half", "quarter", "month", "range", "fiscal"))


@dataclass(frozen=True)
class Context:
    """The notice under extraction, and what holds unless a sentence says otherwise."""

    notice: Notice
    catalogue: Catalogue
    lex: Lexicon
    country: str | None
    home: Home
    period: str
    fiscal: bool
    fiscal_month: int | None  # in which its financial year begins, where it says so
    flow: bool  # whether the notice names the stretch it reports on

    @property
    def area(self) -> str:
        """The name of the notice's own area, "" for none."""
        return self.home.name

    @property
    def anchor(self) -> date | None:
        return self.notice.published

    @property
    def anchor_month(self) -> str:
        return f"{self.anchor:%Y-%m}" if self.anchor else ""


@dataclass
class State:
    """What was said last; moves from sentence to sentence."""

    period: str = ""
    announced: str = ""  # the period that a heading or a colon sets for all that follows
    day: str = ""  # the day of the report, until another period is named
    target: str = ""  # the period of the plans last spoken of
    ahead: str = ""  # the period that a sentence without numbers has opened for plans: `This year the bar is higher.`
    area: str = ""
    level: Draft | None = None  # the last level, which a growth or a share may be of
    plans: dict[tuple[float, str], Draft] = field(default_factory=dict)  # told so far, by value and unit
    counted: list[str] = field(default_factory=list)  # labels of counts, in Chinese
    wholes: list[Draft] = field(default_factory=list)  # counts told so far, which items listed behind are parts of
    money: Draft | None = None  # the last amount of money whose label the catalogue knows
    currency: str = ""  # of the money last spoken of
    count: Draft | None = None  # the last number of things, which "of them" goes back to
    label: str = ""
    topic: str = ""  # the subject of the sentence before, for "its", "they", "of these"
    main: str = ""  # the label of the first money of the notice, for plans that name none
    measure: str = ""  # the last label that the catalogue knows, for parts named alone
    measures: dict[str, str] = field(default_factory=dict)  # the last such label by what it is counted in
    section: str = ""  # the heading above
    revising: bool = False  # whether the paragraph has said that it revises earlier results
    provisional: list[str] = field(default_factory=list)  # periods whose figures are called preliminary
    collective: str = ""  # what the items of the last Chinese list are called together: 三大支柱产业
    enumeration: tuple[str, ...] = ()  # items of the last list, for "they ... respectively"
    last: list[Draft] = field(default_factory=list)  # the levels of the sentence before
    named: list[Any] = field(default_factory=list)  # places named so far, of knowledge.ledger.where
    first: list[Any] = field(default_factory=list)  # those of the title

    @property
    def year(self) -> int | None:
        match = re.search(r"\d{4}", self.period.rpartition("/")[2] if self.period else "")
        return int(match.group()) if match else None


def _country(title: str, text: str, home: Home, catalogue: Catalogue, lex: Lexicon) -> str | None:
    """The country that a text speaks of: that of its own area, else by its places and its money.

    Countries that capital comes from do not count, nor do those of a list; where the notice's own area is not known to
    the catalogue, only those that something is in.
    """
    if home.known and home.area is not None and home.area.country:
        return home.area.country
    votes: dict[str, int] = {}
    for start, end, area in catalogue.areas_in(title):
        if area.country and not is_counterpart(title, start, end, lex):
            votes[area.country] = votes.get(area.country, 0) + 8
    head = text[:4000]
    for line in re.split(r"[\n.。;；]", head):
        found = [(s, a) for s, e, a in catalogue.areas_in(line) if a.country and not is_counterpart(line, s, e, lex)]
        if len({a.country for _, a in found}) > 1:
            continue
        for start, area in found:
            inside = HOME.search(line[max(0, start - 8) : start]) is not None
            if inside or not home.name or home.known:
                votes[str(area.country)] = votes.get(str(area.country), 0) + (2 if inside or start < 3 else 1)
    for sign, country in MONEY.items():
        seen = min(5, len(re.findall(rf"(?<![A-Z]){re.escape(sign)}", head)))
        if seen:
            votes[country] = votes.get(country, 0) + 2 * seen
    spoken = institution(title, catalogue)
    if spoken is not None and spoken.country:
        votes[spoken.country] = votes.get(spoken.country, 0) + 8
    return max(votes, key=lambda c: votes[c]) if votes else None


def _default_period(notice: Notice, language: str, country: str | None, fiscal_month: int | None) -> str:
    """The stretch a notice is about: named in its title, else the first recent one of its text, else ""."""
    for source in (notice.title, _opening(notice.text[:1500], language)):
        for period in read_periods(source, notice.published, language, country=country, fiscal_month=fiscal_month):
            named = re.match(r"\s[A-Z][a-z]", source[period.end : period.end + 3]) and source[
                max(0, period.start - 4) : period.start
            ].lower().endswith(("the ", "s "))
            if (
                period.kind in FLOWS
                and period.code
                and not named
                and not VERSUS.search(source[max(0, period.start - 40) : period.start])
                and recent(period.code, notice.published, ended=True)
            ):
                return period.code
    return ""


def _opening(text: str, language: str) -> str:
    """The part of a text that says what it reports on; in Chinese its first two paragraphs, however it is headed."""
    if language != "zh":
        return text
    ends = [m.end() for m in re.finditer(r"[^\n]{40,}", text)]
    return text[: ends[1]] if len(ends) > 1 else text


def recent(code: str, anchor: date | None, ended: bool = False) -> bool:
    """Whether a stretch ended lately enough to be what a notice reports on: not history, not a plan's horizon."""
    span = month_span(code)
    if span is None or code.startswith("to "):
        return False
    if anchor is None:
        return True
    today = anchor.year * 12 + anchor.month - 1
    first = span[0] if span[0] is not None else span[1]
    horizon = today if ended else today + 11
    return today - RECENT <= span[1] <= horizon and first <= today and span[1] - first < 24


def narrower(code: str, whole: str) -> bool:
    """Whether a period is a part of what the notice reports on as a whole: a month of its year."""
    inner, outer = month_span(code), month_span(whole)
    if inner is None or outer is None or inner[0] is None or outer[0] is None:
        return False
    return outer[0] <= inner[0] and inner[1] <= outer[1] and inner != outer


def context_of(notice: Notice, catalogue: Catalogue) -> Context:
    """Read the frame of a notice once."""
    lex = lexicon(notice.language)
    whole = f"{notice.title}\n{notice.text}"
    fiscal = bool(re.search(r"(?:financial|fiscal) (?:year|\d{4})", whole[:20_000], re.IGNORECASE))
    home = home_of(notice, catalogue)
    country = _country(notice.title, notice.text, home, catalogue, lex) or {"zh": "CN", "de": "DE", "fr": "FR"}.get(
        lex.language
    )
    month = fiscal_start(whole[:20_000]) if fiscal and lex.language == "en" else None
    period = _default_period(notice, lex.language, country, month)
    return Context(
        notice,
        catalogue,
        lex,
        country,
        home,
        period or (f"{notice.published:%Y-%m}" if notice.published else ""),
        fiscal,
        month,
        bool(period),
    )
