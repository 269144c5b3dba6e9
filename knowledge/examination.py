"""The library examined: every promise that can be checked, with what is wrong and what to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import text

from knowledge.errors import TallyError
from knowledge.ledger.flag import FAILED
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `fault` is "" where all is well."""

    about: str
    state: str
    fault: str = ""


def examine(library: Library) -> Iterator[Finding]:
    """Look at store, spans, embedder and index; each finding as it is made."""
    for about, look in _LOOKS:
        try:
            yield look(about, library)
        except TallyError as error:
            yield Finding(about, "", str(error))


def _store(about: str, library: Library) -> Finding:
    with library.store.read() as connection:
        if connection.dialect.name == "sqlite":
            found = connection.execute(text("PRAGMA integrity_check(1)")).scalar()
            if found != "ok":
                return Finding(about, library.store.place, f"{library.store.place}: {found}; restore a backup")
    counts = library.shelves.count()
    return Finding(about, f"{library.store.place}: " + ", ".join(f"{n} {name}" for name, n in counts.items()))


def _spans(about: str, library: Library) -> Finding:
    texts = {notice.notice_id: notice.text for notice in library.notices()}
    prose = [figure for figure in library.figures() if figure.cell is None]
    wrong = [f for f in prose if texts[f.notice_id][f.start : f.end] != f.published_as]
    if wrong:
        ids = ", ".join(figure.figure_id for figure in wrong[:3])
        return Finding(
            about, "", f"{len(wrong)} figures do not stand where they say ({ids}); run `tally reindex --figures`"
        )
    return Finding(about, f"{len(prose)} figures stand in their notices word for word")


def _dates(about: str, library: Library) -> Finding:
    undated = [notice for notice in library.notices() if notice.published is None]
    if not undated:
        return Finding(about, "every notice is dated")
    names = ", ".join(notice.source for notice in undated[:3])
    return Finding(about, f"{len(undated)} notices have no date, so that 'last year' in them stays open ({names})")


def _embedder(about: str, library: Library) -> Finding:
    if library.index.embedder is None:
        return Finding(about, "none: passages are found by their words alone (TALLY_EMBEDDER=none)")
    library.index.embedder.embed(["landing rate"])
    return Finding(about, library.index.embedder.name)


def _index(about: str, library: Library) -> Finding:
    return Finding(about, "holds what the store holds", "; ".join(library.index.faults()))


def _flags(about: str, library: Library) -> Finding:
    flags = library.flags()
    failed = [flag.explanation for flag in flags if flag.code == FAILED]
    if failed:
        more = f", and {len(failed) - 1} more" if len(failed) > 1 else ""
        return Finding(about, "", f"{failed[0]}{more}; the log has the trace, `tally reindex --figures` checks again")
    state = f"{len(flags)} findings in the published figures; `tally doctor --notices` prints them" if flags else "none"
    return Finding(about, state)


_LOOKS: tuple[tuple[str, Callable[[str, Library], Finding]], ...] = (
    ("store", _store),
    ("spans", _spans),
    ("dates", _dates),
    ("embedder", _embedder),
    ("index", _index),
    ("flags", _flags),
)
