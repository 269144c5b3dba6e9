"""Every number of a message looked up in the ledger: supported, contradicted or unknown, with the source.

A number is supported where a published figure of the same thing, period, scenario and unit rounds to it. It is
contradicted where the ledger knows better: another value, or this value of another period, unit, direction or scenario.
Everything else is unknown: nothing is called wrong because nobody has published it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from api.bots.channels import ChannelSettings
from api.bots.claims import Claim, read_claims, stems, step
from api.bots.document import Listing, Source
from api.bots.render import CONTEXT, caption, web_address
from api.bots.texts import clean
from api.bots.words import reason, word
from knowledge.figure import ChangeKind, Figure, Qualifier, Scenario
from knowledge.ledger.catalogue import Catalogue
from knowledge.library import Library
from knowledge.notice import Notice
from knowledge.reading.language import detect

Verdict = Literal["supported", "contradicted", "unknown"]

ALIKE = 0.5  # share of a label's words that two labels must have in common to be of one thing, where the value agrees
SAME = 0.99  # and where it does not
_LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE, ChangeKind.SHARE)
_PERCENT = ("percent", "percentage points")
_DOLLARS = ("SGD", "HKD", "AUD", "CAD", "NZD", "TWD")
_TOLD = (*CONTEXT, "event")
_MARKS: dict[Verdict, str] = {"supported": "✓", "contradicted": "✗", "unknown": "?"}
_BOUNDS = (Qualifier.OVER, Qualifier.UNDER)


@dataclass(frozen=True, slots=True)
class Checked:
    """One number of a message. `reason` is plain words; `source` is where the published figure stands."""

    text: str
    verdict: Verdict
    reason: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A published figure that may be what a claim is of, and in what the two agree."""

    figure: Figure
    likeness: float  # 0..1, of the two labels
    value: bool
    opposite: bool  # the value with the other sign
    unit: bool
    period: bool
    scenario: bool
    place: bool  # area and dimensions


# How a published value can still be claimed wrongly, in the order in which it is told.
_EXPLANATIONS: tuple[tuple[str, Callable[[_Candidate], bool]], ...] = (
    ("target", lambda c: c.value and c.unit and c.period and c.place and not c.scenario and _target(c.figure)),
    ("actual", lambda c: c.value and c.unit and c.period and c.place and not c.scenario and not _target(c.figure)),
    ("direction", lambda c: c.opposite and c.unit and c.period and c.place and c.scenario),
    ("period", lambda c: c.value and c.unit and c.scenario and c.place and not c.period),
    ("unit", lambda c: c.value and c.period and c.scenario and c.place and not c.unit),
)


def check(
    text: str, library: Library, said_on: date, collection: str | None = None, language: str | None = None
) -> tuple[Checked, ...]:
    """A verdict on each number of `text`, in its order. Relative periods are read from `said_on`."""
    checker = _Checker(library.catalogue, library.figures(collection), library.notice, language)
    verdicts, periods = [], dict[str, str]()  # of each sentence, the period of what was found for it
    for claim in read_claims(text, said_on, library.catalogue):
        if not claim.periods and claim.sentence in periods:
            period = periods[claim.sentence]
            claim = replace(claim, periods=(period,), figure=replace(claim.figure, time_period=period))
        checked, figure = checker.check(claim)
        verdicts.append(checked)
        if figure is not None and checked.verdict == "supported":
            periods[claim.sentence] = figure.time_period
    return tuple(verdicts)


def listing(text: str, library: Library, said_on: date, settings: ChannelSettings) -> Listing:
    """The verdicts as a list, in the channel's language or else the text's own."""
    language = settings.language or detect(text)
    found = check(text, library, said_on, settings.collection, language)
    lines = tuple((f"{_MARKS[c.verdict]} {c.text}: {word(c.verdict, language)}. {c.reason}", c.source) for c in found)
    return Listing(word("check_title" if found else "check_none", language), lines)


class _Checker:
    """Compares claims with the figures of one library."""

    def __init__(
        self,
        catalogue: Catalogue,
        figures: Sequence[Figure],
        notice: Callable[[str], Notice],
        language: str | None,
    ) -> None:
        self._catalogue, self._figures, self._notice, self._language = catalogue, figures, notice, language

    def check(self, claim: Claim) -> tuple[Checked, Figure | None]:
        """The verdict on one claim, and the figure that it rests on."""
        near = [found for figure in self._figures if (found := self._candidate(claim, figure)) is not None]
        right = [c for c in near if c.value and c.unit and c.period and c.scenario and c.place]
        if found := self._best(right):
            return self._checked(claim, "supported", "published", found)
        for key, fits in _EXPLANATIONS:
            if key == "period" and not _telling(claim):
                continue
            if found := self._best([c for c in near if fits(c)]):
                return self._checked(claim, "contradicted", key, found)
        if found := self._best([c for c in near if c.value and c.unit and c.period and c.scenario]):
            return self._checked(claim, "unknown", "nearest", found)  # of another place, or of a part
        others = [c for c in near if c.likeness >= SAME and c.unit and c.period and c.scenario and c.place]
        if (
            claim.periods
            and self._says_what(claim)
            and (found := self._only(others))
            and not _leaves_room(claim, found.figure)
        ):
            return self._checked(claim, "contradicted", "value", found)
        nearest = max(
            [c for c in near if c.likeness == 1.0 and c.unit and c.place],
            key=lambda c: (c.period, c.scenario, self._order(c)),
            default=None,
        )
        return self._checked(claim, "unknown", "nearest" if nearest else "nothing", nearest)

    def _candidate(self, claim: Claim, figure: Figure) -> _Candidate | None:
        said = claim.figure
        if not _same_kind(said, figure) or (likeness := self._likeness(claim, figure)) < ALIKE:
            return None
        return _Candidate(
            figure,
            likeness,
            value=_agrees(claim, figure, 1),
            opposite=bool(figure.value) and _agrees(claim, figure, -1),
            unit=_same_unit(claim, figure),
            period=_same_period(claim, figure),
            scenario=_target(said) == _target(figure),
            place=self._same_place(said, figure),
        )

    def _likeness(self, claim: Claim, figure: Figure) -> float:
        said = claim.figure
        if said.indicator and said.indicator == figure.indicator:
            return 1.0
        mine = stems(f"{said.label} {said.indicator}", claim.language)
        theirs = stems(f"{figure.label} {figure.indicator}", claim.language)
        if not mine or not theirs:
            return 0.0
        return 1.0 if mine == theirs else 0.98 * len(mine & theirs) / min(len(mine), len(theirs))

    def _says_what(self, claim: Claim) -> bool:
        """Whether the claim's label is more than a word that anything may be called ("total")."""
        said = claim.figure
        return said.indicator in self._catalogue.indicators or len(stems(said.label, claim.language)) > 1

    def _same_place(self, said: Figure, figure: Figure) -> bool:
        if _narrowed(said) != _narrowed(figure):
            return False
        if not said.ref_area or not figure.ref_area or said.ref_area == figure.ref_area:
            return True
        mine, theirs = self._catalogue.match_area(said.ref_area), self._catalogue.match_area(figure.ref_area)
        return mine is not None and theirs is not None and self._catalogue.within(theirs.code, mine.code)

    def _best(self, candidates: Sequence[_Candidate]) -> _Candidate | None:
        """The most alike, then the latest published."""
        return max(candidates, key=lambda c: (c.likeness, self._order(c)), default=None)

    def _only(self, candidates: Sequence[_Candidate]) -> _Candidate | None:
        """The latest published, where one thing in one place is meant; None where it may be any of several."""
        things = {(c.figure.ref_area, c.figure.change_kind) for c in candidates}
        return max(candidates, key=self._order) if len(things) == 1 else None

    def _order(self, candidate: _Candidate) -> tuple[date, str]:
        return self._notice(candidate.figure.notice_id).published or date.min, candidate.figure.time_period

    def _checked(
        self, claim: Claim, verdict: Verdict, why: str, found: _Candidate | None
    ) -> tuple[Checked, Figure | None]:
        language = self._language or claim.language
        text = clean(claim.amount.text)
        if found is None:
            return Checked(text, verdict, reason(why, language)), None
        figure, notice = found.figure, self._notice(found.figure.notice_id)
        shown = caption(figure.as_row(), language)
        said = ", ".join(claim.periods)
        words = reason(why, language, figure=shown, period=figure.time_period, unit=figure.unit, said=said)
        published = notice.published.isoformat() if notice.published else ""
        source = Source(1, clean(notice.title), published, web_address(notice.url), clean(figure.quote))
        return Checked(text, verdict, words, source), figure


def _agrees(claim: Claim, figure: Figure, sign: int) -> bool:
    """Whether the published value, rounded as the claim is, is the claim's."""
    amount, published = claim.amount, Decimal(repr(figure.value))
    value = sign * (Decimal(repr(claim.figure.value)) if claim.figure.indicator else amount.value)
    off, fine = abs(published - value), amount.half_width
    bounded = figure.qualifier in _BOUNDS and amount.qualifier in ("over", "nearly", "under")
    if bounded and (figure.qualifier == Qualifier.OVER) != (amount.qualifier == "over"):
        return False
    if amount.qualifier == "about":
        return off <= step(amount) / 2
    if amount.qualifier == "over":
        return off <= fine or 0 <= published - value < step(amount)
    if amount.qualifier in ("nearly", "under"):
        return off <= fine or 0 <= value - published < step(amount)
    if amount.high is not None:
        return value <= published <= amount.high
    return off <= fine


def _same_period(claim: Claim, figure: Figure) -> bool:
    """Whether the figure is of the claim's time; a claim without one is of any."""
    return not claim.periods or any(_covers(figure.time_period, meant) for meant in claim.periods)


def _covers(of: str, meant: str) -> bool:
    """Whether a published period is the one that is meant: a year's end for a year, a month or year for one of its
    days, "2022 to 2023" for a financial year."""
    if of == meant or of == f"to {meant}-12-31":
        return True
    if re.fullmatch(r"\d{4}-\d\d-\d\d", meant):
        return of in (meant[:4], meant[:7])
    fiscal = re.fullmatch(r"(\d{4})-\d\d/(\d{4})-\d\d", of)
    return fiscal is not None and meant == f"{fiscal[1]}/{fiscal[2]}"


def _telling(claim: Claim) -> bool:
    """Whether the number is one that hardly comes twice: two years may both have 60 percent, not both 8,512."""
    return len(claim.amount.value.normalize().as_tuple().digits) >= 3


def _leaves_room(claim: Claim, figure: Figure) -> bool:
    """Whether what was published may still be what is claimed: "over 60 percent" does not contradict 63."""
    value = claim.figure.value if claim.figure.indicator else float(claim.amount.value)
    if figure.qualifier == Qualifier.OVER:
        return value > figure.value
    if figure.qualifier in (Qualifier.UNDER, Qualifier.NEARLY):
        return value < figure.value
    return figure.qualifier == Qualifier.ABOUT and abs(value - figure.value) < abs(figure.value) * 0.05


def _same_kind(said: Figure, figure: Figure) -> bool:
    """Levels with levels, growth with the same growth; rates never with amounts."""
    if said.change_kind != figure.change_kind and not (said.change_kind in _LEVELS and figure.change_kind in _LEVELS):
        return False
    return (said.unit in _PERCENT) == (figure.unit in _PERCENT)


def _narrowed(figure: Figure) -> dict[str, str]:
    """The dimensions that make it a part of something, without those that only tell who or where it was said."""
    return {key: value for key, value in figure.dimensions.items() if key not in _TOLD}


def _target(figure: Figure) -> bool:
    return figure.scenario == Scenario.TARGET


def _same_unit(claim: Claim, figure: Figure) -> bool:
    """The same unit; things that are counted, whatever they are called; a bare dollar may be anybody's."""
    said, text = claim.figure.unit, claim.amount.text
    if said == "USD" and figure.unit in _DOLLARS:
        return "US" not in text and "U.S." not in text
    return said == figure.unit or (_counted(said) and _counted(figure.unit))


def _counted(unit: str) -> bool:
    return unit not in _PERCENT and not (len(unit) == 3 and unit.isupper()) and unit not in ("times", "rank")
