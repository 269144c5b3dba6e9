"""A finding about published figures: what the arithmetic of one notice or of several does not bear out."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from knowledge.figure import Figure, FigureStatus
from knowledge.notice import Notice

log = logging.getLogger("tally.library")

FAILED = "check_failed"  # the code of a check that could not be made


@dataclass(frozen=True, slots=True)
class Flag:
    """One finding, with the figures it is about; the store keeps it, answers show it as a warning."""

    code: str  # exchange_rate | parts_total | rate_of_counts | growth_of_levels | conflict | revision | ...
    figure_ids: tuple[str, ...]
    explanation: str  # one sentence that names the numbers
    notice_id: str = ""  # "" for a finding across notices
    severity: str = "warning"  # note | warning | fault (of ours: the check itself failed)


def flagged(figures: Iterable[Figure], flags: Iterable[Flag]) -> Iterator[Figure]:
    """The figures, those marked that a warning is about; what a person has settled stays as it is."""
    doubtful = {figure_id for flag in flags if flag.severity == "warning" for figure_id in flag.figure_ids}
    for figure in figures:
        if figure.figure_id in doubtful and figure.status is FigureStatus.OK:
            yield replace(figure, status=FigureStatus.FLAGGED)
        else:
            yield figure


def findings(look: Callable[[], tuple[Flag, ...]], notice: Notice | None = None) -> tuple[Flag, ...]:
    """What a check finds; one that fails costs no notice: it is told in the log, and by `tally doctor`."""
    try:
        return look()
    except Exception as error:
        log.exception("a check of published figures failed")
        what = f"the figures of {notice.source}" if notice else "the figures of all notices together"
        told = f"{what} could not be checked ({type(error).__name__}: {error})"
        return (Flag(FAILED, (), told, notice.notice_id if notice else "", "fault"),)
