"""From sources to rows: what is read, what it becomes, and what is written in one transaction each."""

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from knowledge import sources
from knowledge.errors import OperatorError, SourceError, TallyError
from knowledge.figure import Figure
from knowledge.indexed import Indexed
from knowledge.ledger.flag import Flag
from knowledge.notice import Notice, Passage
from knowledge.outcome import Outcome, Status
from knowledge.passages import passages
from knowledge.shelves import Shelves
from knowledge.sources import sniff
from knowledge.sources.draft import Draft
from knowledge.sources.identify import to_notice
from knowledge.sources.model import Model
from knowledge.transcripts import Transcript

log = logging.getLogger("tally.ingest")
_CHUNK = 5_000

Read = Callable[[Notice], tuple[tuple[Figure, ...], tuple[Flag, ...]]]  # a notice's figures and what is odd in them
# Address, and whether it is known -> bytes, None where nothing has changed, and the suffix of their kind, "" if untold.
Fetch = Callable[[str, bool], tuple[bytes | None, str]]
Index = Callable[[Notice, tuple[Passage, ...], tuple[Figure, ...]], Indexed]


@dataclass(frozen=True, slots=True)
class Ingest:
    """Reads sources into the store. The stages are given, so that each can be another."""

    shelves: Shelves
    read: Read
    index: Index
    fetch: Fetch
    keep_rows: Callable[[Notice, Iterable[Any]], int] | None = None  # of large tables
    keep_transcribed: Callable[[str, tuple[Transcript, ...]], Any] | None = None  # of a notice: what a model read
    model: Model | None = None  # asked where our own readers give up

    def add(self, source: str, collection: str = "default") -> Outcome:
        """Ingest one file or address; what is wrong with it is told in the outcome. Changes and failures are logged."""
        try:
            return self._add(source, collection)
        except OperatorError:  # not the source's fault: nothing more can be taken in
            raise
        except TallyError as error:
            outcome = Outcome(source, "failed", reason=str(error))
        except Exception as error:  # one bad source never spoils the others; the trace is for us
            log.exception("ingest of %s failed", source)
            outcome = Outcome(
                source, "failed", reason=f"{source}: could not be taken in ({type(error).__name__}: {error})"
            )
        self.shelves.log(outcome)
        return outcome

    def _add(self, source: str, collection: str) -> Outcome:
        known = self.shelves.known(source, collection)
        data, kind = self._bytes(source, known is not None)
        digest = hashlib.sha256(data + sources.companion(source)).hexdigest() if data is not None else ""
        if known and (data is None or known.file_hash == digest):
            notice = self.shelves.notice(known.notice_id)
            return Outcome(source, "unchanged", notice.title, notice.published, notice_id=notice.notice_id)
        draft = sources.read(data or b"", source, kind=kind, model=self.model)
        notice = to_notice(draft, source, collection)
        outcome = self._store(notice, draft, digest, "changed" if known else "added")
        return replace(outcome, reason="; ".join(filter(None, (outcome.reason, *draft.warnings))))

    def _bytes(self, source: str, known: bool) -> tuple[bytes | None, str | None]:
        if not sources.is_address(source):
            return read_file(source), None
        data, kind = self.fetch(source, known)
        if data is None:
            return None, None
        return data, kind or (None if sources.suffix(source) in sources.FORMATS else sniff.kind_of(data, "", source))

    def _store(self, notice: Notice, draft: Draft, digest: str, status: Status) -> Outcome:
        holder = self.shelves.holder(notice.notice_id)
        if holder is not None:  # the same content is known already, under this source or another
            self.shelves.link(notice, digest)
            reason = "" if holder.source == notice.source else f"same content as {holder.source}"
            return Outcome(notice.source, "unchanged", notice.title, notice.published, 0, reason, notice.notice_id)
        stretches = passages(notice)
        if draft.figures is None:
            if self.keep_transcribed:
                name = self.model.name if self.model else ""
                self.keep_transcribed(notice.notice_id, tuple(Transcript(*s, name) for s in draft.transcribed))
            figures, flags = self.read(notice)
            indexed = self.index(notice, stretches, figures)
            return self.shelves.put(notice, digest, stretches, indexed, iter((figures,)), flags, status)
        indexed = self.index(notice, stretches, ())
        rows = self.keep_rows(notice, draft.blocks()) if draft.blocks and self.keep_rows else 0
        outcome = self.shelves.put(notice, digest, stretches, indexed, _chunks(draft.figures(notice)), (), status)
        return replace(outcome, figures=outcome.figures + rows)

    def reread(self, notice: Notice) -> int:
        """Read a stored notice's figures again with today's rules; corrections stay. The number of figures."""
        figures, flags = self.read(notice)
        self.shelves.replace_figures(notice, figures, flags)
        return len(figures)


def read_file(source: str) -> bytes:
    """The bytes of a file within its format's limit. SourceError where there are none."""
    path = Path(source)
    try:
        size = path.stat().st_size
        form = sources.format_of(source)
        if size > form.max_bytes:
            raise sources.too_large(source, size, form)
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError(source, "no such file or folder") from None
    except OSError as error:
        raise SourceError(source, f"cannot be read ({error.strerror})") from None


def expand(given: Iterable[str]) -> Iterator[str]:
    """Each file and address once, folders opened: absolute paths, in order. What is missing is passed on, to fail."""
    seen: set[str] = set()
    for source in given:
        for item in _inside(source):
            if item not in seen:
                seen.add(item)
                yield item


def canonical(source: str) -> str:
    """The one name of a source: addresses as they are, paths absolute."""
    return source if sources.is_address(source) else os.path.abspath(Path(source).expanduser())


def _inside(source: str) -> Iterator[str]:
    source = canonical(source)
    path = Path(source)
    if sources.is_address(source) or not path.is_dir():
        yield source
        return
    for child in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in child.relative_to(path).parts)
        if hidden or not child.is_file():
            continue
        if sources.suffix(child.name) in sources.FORMATS:
            yield str(child)
        else:
            log.info("%s passed over: files of its kind are not read", child)


def _chunks(figures: Iterable[Figure]) -> Iterator[tuple[Figure, ...]]:
    rows = iter(figures)
    while chunk := tuple(islice(rows, _CHUNK)):
        yield chunk
