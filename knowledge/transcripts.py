"""What a model read from pictures of pages: where it stands in its notice, and what follows for the figures in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Column, Integer, String, Table, Text, delete, insert, select

from knowledge.figure import Figure
from knowledge.ledger.flag import Flag
from knowledge.store import Store
from knowledge.tables import metadata

READ_BY_MODEL = "read_by_model"  # the code of the flags

transcripts = Table(
    "transcripts",
    metadata,
    Column("notice_id", String(64), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("model", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Transcript:
    """A stretch of a notice's text that a model read from a picture."""

    start: int
    end: int
    model: str


class Transcripts:
    """The transcripts of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        store.create(transcripts)

    def put(self, notice_id: str, found: Sequence[Transcript]) -> None:
        """Keep the transcripts of a notice in place of its former ones; before the notice, whose storing counts."""
        if tuple(found) == self.of(notice_id):
            return
        rows = [{"notice_id": notice_id, "start": t.start, "end": t.end, "model": t.model} for t in found]
        with self.store.write() as connection:
            connection.execute(delete(transcripts).where(transcripts.c.notice_id == notice_id))
            if rows:
                connection.execute(insert(transcripts), rows)

    def of(self, notice_id: str) -> tuple[Transcript, ...]:
        """The transcripts of a notice, in order."""
        query = select(transcripts).where(transcripts.c.notice_id == notice_id).order_by(transcripts.c.start)
        with self.store.read() as connection:
            return tuple(Transcript(row.start, row.end, row.model) for row in connection.execute(query))


def marked(figures: Sequence[Figure], found: Sequence[Transcript]) -> tuple[tuple[Figure, ...], tuple[Flag, ...]]:
    """The figures, those that stand in a transcript as read by a model; with a flag for each transcript of figures."""
    flags, seen = [], list(figures)
    for each in found:
        inside = [i for i, figure in enumerate(seen) if each.start < figure.end and figure.start < each.end]
        for i in inside:
            seen[i] = replace(seen[i], extracted_by="model")
        if inside:
            ids = tuple(seen[i].figure_id for i in inside)
            told = f"read from a picture of the page by {each.model}; compare it with the document"
            flags.append(Flag(READ_BY_MODEL, ids, told, seen[inside[0]].notice_id, "warning"))
    return tuple(seen), tuple(flags)
