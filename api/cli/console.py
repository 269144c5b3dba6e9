"""What the commands share: settings, the library, plain output and a progress bar on stderr."""

import json
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from knowledge.errors import AskerError, OperatorError

if TYPE_CHECKING:
    from rich.progress import Progress

    from assistant.settings import Settings
    from knowledge.library import Library


def settings() -> "Settings":
    """The settings, with the logs sent to stderr at their level."""
    from assistant.settings import load

    chosen = load()
    _log_to_stderr(chosen.log_level.upper())
    return chosen


def _log_to_stderr(level: str) -> None:
    import structlog

    known = logging.getLevelNamesMapping()
    if level not in known:
        raise OperatorError(f"TALLY_LOG_LEVEL {level}: choose one of {', '.join(known)}")
    logging.basicConfig(stream=sys.stderr, level=level, format="%(levelname)s %(name)s: %(message)s", force=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


@contextmanager
def opened(*, own_index: bool) -> "Iterator[tuple[Settings, Library]]":
    """Settings and library for one command."""
    from api.opening import open_library

    chosen = settings()
    library = open_library(chosen, own_index=own_index)
    try:
        yield chosen, library
    finally:
        library.close()


def emit(rows: Iterable[Mapping[str, Any]]) -> None:
    """JSON objects on stdout, one a line."""
    for row in rows:
        print(json.dumps(row, ensure_ascii=False, default=str, allow_nan=False))


def counted(count: int, noun: str) -> str:
    """A count with its noun: "1 notice", "2 notices"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def complain(line: str) -> None:
    """One line on stderr."""
    print(f"tally: {line}", file=sys.stderr)


def progress() -> "Progress":
    """A progress bar on stderr, shown on a terminal only."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def day(value: str | None, today: date) -> date:
    """A date given as YYYY-MM-DD; today where none is given. AskerError on anything else."""
    if value is None:
        return today
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise AskerError(f"{value!r} is not a date; write it as YYYY-MM-DD, like {today.isoformat()}") from None
