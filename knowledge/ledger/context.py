"""What a notice tells about all of its numbers: language, country, default period and area; and what was said last."""

import re
from dataclasses import dataclass, field
from datetime import date

from knowledge.ledger.catalogue import Catalogue
from knowledge.ledger.draft import Draft
from knowledge.notice import Notice
from knowledge.reading.periods import read_periods
from knowledge.reading.words import Lexicon, lexicon

FLOWS = frozenset(("year", "half", "quarter", "month", "range", "fiscal"))


@dataclass(frozen=True)
class Context:
    """The notice under extraction, and what holds unless a sentence says otherwise."""

    notice: Notice
    catalogue: Catalogue
    lex: Lexicon
    country: str | None
    area: str
    period: str
    fiscal: bool

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
    area: str = ""
    level: Draft | None = None  # the last level, which a growth or a share may be of
    label: str = ""
    enumeration: tuple[str, ...] = ()  # items of the last list, for "they ... respectively"
    drafts: list[Draft] = field(default_factory=list)

    @property
    def year(self) -> int | None:
        match = re.search(r"\d{4}", self.period.rpartition("/")[2] if self.period else "")
        return int(match.group()) if match else None


def _country(text: str, catalogue: Catalogue) -> str | None:
    """The country that a text speaks of most, its title and opening counted first."""
    votes: dict[str, int] = {}
    for start, _, area in catalogue.areas_in(text[:3000]):
        if area.country:
            votes[area.country] = votes.get(area.country, 0) + (4 if start < 200 else 1)
    return max(votes, key=lambda c: votes[c]) if votes else None


def _lead_area(title: str, text: str, catalogue: Catalogue) -> str:
    """The area named first in the title, else the first in the text."""
    for source in (title, text[:1500]):
        found = [
            (s, e)
            for s, e, area in catalogue.areas_in(source)
            if area.kind != "region" and not source[max(0, s - 6) : s].rstrip().endswith(("from", "aus"))
        ]
        if found:
            start, end = found[0]
            return source[start:end]
    return ""


def _default_period(notice: Notice, language: str) -> str:
    head = f"{notice.title}\n{notice.text[:1500]}"
    for period in read_periods(head, notice.published, language):
        if period.kind in FLOWS and period.code and not period.code.startswith("to "):
            return period.code
    return str(notice.published.year) if notice.published else ""


def context_of(notice: Notice, catalogue: Catalogue) -> Context:
    """Read the frame of a notice once."""
    lex = lexicon(notice.language)
    whole = f"{notice.title}\n{notice.text}"
    fiscal = bool(re.search(r"(?:financial|fiscal) year", whole[:20_000], re.IGNORECASE))
    return Context(
        notice,
        catalogue,
        lex,
        _country(whole, catalogue) or {"zh": "CN", "de": "DE", "fr": "FR"}.get(lex.language),
        _lead_area(notice.title, notice.text, catalogue),
        _default_period(notice, lex.language),
        fiscal,
    )
