"""Questions that can be asked of what is known now: suggested where somebody has not asked yet."""

from collections.abc import Iterator
from datetime import date

from api.bots.words import FALLBACK, word
from knowledge.figure import ChangeKind, Figure, Scenario
from knowledge.library import Library

MOST = 4


def prompts(library: Library, language: str = FALLBACK, collection: str | None = None) -> tuple[str, ...]:
    """Up to four questions, of the latest notices, one for each indicator."""
    catalogue = library.catalogue.indicators
    found: dict[str, str] = {}
    for figure in _latest(library, collection):
        if figure.indicator in catalogue and figure.indicator not in found:
            names = catalogue[figure.indicator].names
            name = names.get(language) or names[FALLBACK]
            name = name[:1].upper() + name[1:]
            found[figure.indicator] = word("was", language, indicator=name, period=figure.time_period)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _latest(library: Library, collection: str | None) -> Iterator[Figure]:
    """Published levels of whole years and quarters, those of the latest notices first."""
    published = {notice.notice_id: notice.published or date.min for notice in library.notices(collection)}
    plain = [
        figure
        for figure in library.figures(collection)
        if figure.scenario == Scenario.ACTUAL and figure.change_kind == ChangeKind.LEVEL and figure.time_period
        and "/" not in figure.time_period and not figure.time_period.startswith("to ")
    ]  # fmt: skip
    return iter(sorted(plain, key=lambda f: (published.get(f.notice_id, date.min), -f.start), reverse=True))
