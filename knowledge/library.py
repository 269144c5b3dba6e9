"""The Library: one handle on notices, passages and figures."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.corrections import apply, check
from knowledge.errors import ModelError, OperatorError, SourceError
from knowledge.figure import Figure, FigureStatus
from knowledge.hit import Hit
from knowledge.index.embedder import Embedder, choose
from knowledge.index.search import Index
from knowledge.ingest import Ingest, canonical, expand
from knowledge.ledger import catalogue as catalogues
from knowledge.ledger.catalogue import Catalogue
from knowledge.ledger.correction import Correction
from knowledge.ledger.flag import Flag, findings, flagged
from knowledge.notice import Notice, Passage
from knowledge.outcome import Outcome
from knowledge.shelves import Shelves
from knowledge.sources import is_address
from knowledge.store import Store

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from knowledge.large import LargeTables
    from knowledge.sources.fetch import Fetched, Fetcher
    from knowledge.sources.model import Model
    from knowledge.sources.visits import Visits
    from knowledge.transcripts import Transcripts

log = logging.getLogger("tally.library")
__all__ = ["Hit", "Library", "Outcome"]


@dataclass(frozen=True)
class _View:
    """What was read from the store at one version; replaced whole when the version moves."""

    version: int
    notices: dict[str, Notice]
    every_figure: tuple[Figure, ...]

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Those that are not withdrawn."""
        return tuple(f for f in self.every_figure if f.status is not FigureStatus.WITHDRAWN)


class Library:
    """Everything that is known. The SQL store is the truth; index and frame are derived from it and refreshed
    when its version counter moves. Safe for concurrent use by threads; other processes may read and write beside it."""

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        index: Index,
        *,
        allow_private_addresses: bool = False,
        source_model: "Model | None" = None,
        ledger_model: "Model | None" = None,
    ) -> None:
        self.store, self.catalogue, self.index = store, catalogue, index
        self._allow_private = allow_private_addresses
        self._source_model, self._ledger_model = source_model, ledger_model
        self.shelves = Shelves(store)
        self._fetched: dict[str, Fetched] = {}
        self._lock = threading.RLock()
        self._view: _View | None = None
        self._frame: tuple[int, pd.DataFrame] | None = None

    @classmethod
    def open(
        cls,
        home: Path,
        *,
        database_url: str | None = None,
        chroma_url: str | None = None,
        embedder: "str | Embedder" = "minilm",
        catalogue: Path | None = None,
        own_index: bool = True,
        allow_private_addresses: bool = False,
        source_model: "Model | None" = None,
        ledger_model: "Model | None" = None,
    ) -> "Library":
        """Open or create the library in `home`. OperatorError where it cannot be written.

        `embedder` is `minilm`, `none`, or one that is made already. With `own_index` the vector index on disk is used
        and kept up to date, unless another process has it; without, vectors are searched in memory: right for short
        runs that only read. Web addresses inside private networks are fetched only where that is allowed. A
        `source_model` is asked for tables that cannot be mapped and for scanned pages; a `ledger_model` reads every
        notice a second time.
        """
        home = home.expanduser()
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OperatorError(
                f"TALLY_HOME {home}: cannot be made ({error.strerror}); name a folder that can"
            ) from None
        chosen = choose(embedder, home) if isinstance(embedder, str) else embedder
        store = Store.open(home, database_url)
        index = Index(store, home, chosen, server=chroma_url, own=own_index)
        return cls(
            store,
            catalogues.load(catalogue),
            index,
            allow_private_addresses=allow_private_addresses,
            source_model=source_model,
            ledger_model=ledger_model,
        )

    @property
    def version(self) -> int:
        """Moves with every change of the store."""
        return self.store.version

    def notices(self, collection: str | None = None) -> tuple[Notice, ...]:
        """The current notices, by source; of one collection, or of all."""
        return tuple(n for n in self._now().notices.values() if collection in (None, n.collection))

    def notice(self, notice_id: str) -> Notice:
        """The notice of that id, former versions among them. NotFound where it is not known."""
        known = self._now().notices.get(notice_id)
        return known or self.large.block(notice_id) or self.shelves.notice(notice_id)

    @cached_property
    def large(self) -> "LargeTables":
        """The tables that are too large to be held as figures."""
        from knowledge.large import LargeTables

        return LargeTables(self.store)

    @cached_property
    def transcripts(self) -> "Transcripts":
        """What a model read from pictures of pages."""
        from knowledge.transcripts import Transcripts

        return Transcripts(self.store)

    def passages(self, notice_id: str) -> tuple[Passage, ...]:
        """The passages of a notice, in order. NotFound where the notice is not known."""
        self.notice(notice_id)
        return self.shelves.passages(notice_id)

    def figures(self, collection: str | None = None) -> tuple[Figure, ...]:
        """Every figure that is not withdrawn, by notice and place."""
        view = self._now()
        if collection is None:
            return view.figures
        return tuple(f for f in view.figures if view.notices[f.notice_id].collection == collection)

    def every_figure(self) -> tuple[Figure, ...]:
        """Every figure, those withdrawn among them, by notice and place."""
        return self._now().every_figure

    def correct(self, corrections: Sequence[Correction]) -> None:
        """Lay corrections over the figures, from now on and after every re-ingest; the originals stay in the store.

        AskerError where one cannot be taken; then none is.
        """
        for correction in corrections:
            check(correction)
        if corrections:
            self.shelves.correct(corrections)

    def corrections(self) -> tuple[Correction, ...]:
        """Every correction, oldest first."""
        return self.shelves.corrections()

    def flags(self) -> tuple[Flag, ...]:
        """What the arithmetic of the notices does not bear out."""
        return self.shelves.flags()

    @property
    def frame(self) -> "pd.DataFrame":
        """The figures as a DataFrame, one row each, columns as Figure, indexed by figure_id."""
        from knowledge.frame import frame

        view = self._now()
        with self._lock:
            if self._frame is None or self._frame[0] != view.version:
                self._frame = (view.version, frame(view.figures))
            return self._frame[1]

    def search(
        self,
        query: str,
        *,
        limit: int = 8,
        published_after: date | None = None,
        published_before: date | None = None,
        collection: str | None = None,
    ) -> tuple[Hit, ...]:
        """Passages by BM25 and vectors, fused; best first. The dates are included; undated notices are in no range."""
        found = self.index.search(
            query, limit=limit, after=published_after, before=published_before, collection=collection
        )
        return tuple(self._hits(found))

    def _hits(self, found: Sequence[tuple[str, float]]) -> Iterator[Hit]:
        passages = self.shelves.passages_of([passage_id for passage_id, _ in found])
        notices = self._now().notices
        for passage_id, score in found:
            passage = passages.get(passage_id)  # None: taken out since
            if passage is not None and passage.notice_id in notices:
                yield Hit(passage, notices[passage.notice_id], score)

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32] | None":
        """Unit vectors (n, 384), or None where no embedder is configured."""
        return None if self.index.embedder is None else self.index.embedder.embed(texts)

    def add(
        self,
        sources: Iterable[str],
        *,
        collection: str = "default",
        progress: Callable[[Outcome], Any] | None = None,
    ) -> tuple[Outcome, ...]:
        """Ingest files, folders and addresses. One bad source never spoils the others."""
        ingest = self._ingest()
        return self._told((self._visited(ingest.add(s, collection)) for s in expand(self._listed(sources))), progress)

    def _listed(self, sources: Iterable[str]) -> Iterator[str]:
        """The sources, feeds and sitemaps among them opened; one that cannot be read stays, to fail by name."""
        from knowledge.sources.feeds import looks_like_listing
        from knowledge.sync import addresses

        for source in sources:
            if not (is_address(source) and looks_like_listing(source)):
                yield source
                continue
            try:
                yield from addresses(self, source)
            except SourceError:
                yield source

    def _visited(self, outcome: Outcome) -> Outcome:
        """Remember an address that was taken in, so that the next fetch asks for changes only."""
        fetched = self._fetched.pop(outcome.source, None)
        if fetched is not None and outcome.status != "failed":
            self.visits.keep(outcome.source, fetched)
        return outcome

    def remove(self, sources: Iterable[str]) -> tuple[Outcome, ...]:
        """Take sources out of the store, the index and the ledger: files, addresses, or folders with all inside."""
        known = self.shelves.sources()
        return self._told(self._removed(sources, known), None)

    def _removed(self, sources: Iterable[str], known: Sequence[str]) -> Iterator[Outcome]:
        for given in sources:
            name = canonical(given)
            inside = [source for source in known if source == name or source.startswith(name.rstrip("/") + "/")]
            if not inside:
                yield Outcome(given, "failed", reason=f"{given}: not known; `tally notices` lists what is")
            for source in inside:
                yield self._remove(source)

    def _remove(self, source: str) -> Outcome:
        notice = self.shelves.remove(source)
        if notice is None:
            return Outcome(source, "failed", reason=f"{source}: gone already")
        self.large.clear(notice.notice_id)
        self.transcripts.put(notice.notice_id, ())
        outcome = Outcome(source, "removed", notice.title, notice.published, notice_id=notice.notice_id)
        self.shelves.log(outcome)
        return outcome

    def retire(
        self, sources: Iterable[str], *, collection: str, progress: Callable[[Outcome], Any] | None = None
    ) -> tuple[Outcome, ...]:
        """Take vanished sources out of the answers; their notices stay as former versions."""
        return self._told((self._retire(source, collection) for source in sources), progress)

    def _retire(self, source: str, collection: str) -> Outcome:
        notice = self.shelves.retire(source, collection)
        if notice is None:
            return Outcome(source, "failed", reason=f"{source}: gone already")
        reason = "vanished; its history is kept"
        outcome = Outcome(source, "removed", notice.title, notice.published, 0, reason, notice.notice_id)
        self.shelves.log(outcome)
        return outcome

    def _told(self, outcomes: Iterable[Outcome], progress: Callable[[Outcome], Any] | None) -> tuple[Outcome, ...]:
        """The outcomes, each told as it comes; then what concerns all notices together."""
        told = []
        for outcome in outcomes:
            told.append(outcome)
            if progress:
                progress(outcome)
        if any(outcome.status in ("added", "changed", "removed") for outcome in told):
            self._settle()
        return tuple(told)

    def close(self) -> None:
        """Let go of the store and the index."""
        self.index.close()
        self.store.close()

    def reindex(self, *, figures: bool = False, progress: Callable[[Notice], Any] | None = None) -> bool:
        """Make passages' terms and vectors, and the vector index, anew; with `figures`, read these again too.

        False where the vector index belongs to another process, or there is none.
        """
        notices = self.shelves.notices()
        if figures:
            ingest = self._ingest()
            for notice in notices:
                if not self.shelves.is_table(notice.notice_id):
                    ingest.reread(notice)
        owned = self.index.rebuild(notices, progress)
        if figures:
            self._settle()
        return owned

    def _ingest(self) -> Ingest:
        return Ingest(
            self.shelves,
            read=self._read,
            index=self.index.prepare,
            fetch=self._fetch,
            keep_rows=self.large.put,
            keep_transcribed=self.transcripts.put,
            model=self._source_model,
        )

    def _read(self, notice: Notice) -> tuple[tuple[Figure, ...], tuple[Flag, ...]]:
        """A notice's figures by the rules, and by a model where there is one; with what does not add up."""
        from knowledge.ledger import checks
        from knowledge.ledger.extract import extract
        from knowledge.ledger.model import read_with
        from knowledge.transcripts import marked

        figures = extract(notice, self.catalogue)
        flags: tuple[Flag, ...] = ()
        if self._ledger_model is not None:
            try:
                figures, flags = read_with(notice, figures, self.catalogue, self._ledger_model)
            except ModelError as error:  # the rules' reading stands
                log.warning("%s: the model's reading cannot be used (%s)", notice.source, error)
        figures, read = marked(figures, self.transcripts.of(notice.notice_id))
        return figures, (*findings(lambda: checks.check(figures, notice), notice), *flags, *read)

    def _fetch(self, address: str, known: bool) -> tuple[bytes | None, str]:
        """An address's bytes and kind; no bytes where it is known and has not changed since."""
        etag, modified, _ = self.visits.last(address) if known else ("", "", "")
        fetched = self.fetcher.get(address, etag=etag, modified=modified)
        if fetched.data is not None:
            self._fetched[address] = fetched
        return fetched.data, fetched.kind

    @cached_property
    def visits(self) -> "Visits":
        """What is remembered of fetched addresses."""
        from knowledge.sources.visits import Visits

        return Visits(self.store)

    @cached_property
    def fetcher(self) -> "Fetcher":
        """The one fetcher of web addresses."""
        from knowledge.sources.addresses import Guard
        from knowledge.sources.fetch import Fetcher
        from knowledge.sources.robots import Robots

        guard = Guard(allow_private=self._allow_private)
        return Fetcher(guard, permitted=Robots(Fetcher(guard)).permits)

    def _settle(self) -> None:
        from knowledge.large.beside import across

        view = self._now()
        found = findings(lambda: across(self.large, view.version, view.figures, view.notices, self.catalogue))
        self.shelves.put_cross_flags(found)
        self.index.settle()

    def _now(self) -> _View:
        version = self.version
        with self._lock:
            if self._view is None or self._view.version != version:
                notices = {notice.notice_id: notice for notice in self.shelves.notices()}
                found = tuple(f for f in self.shelves.figures() if f.notice_id in notices)
                corrected = apply(found, self.shelves.corrections())
                self._view = _View(version, notices, tuple(flagged(corrected, self.shelves.flags())))
            return self._view
