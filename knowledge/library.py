"""The Library: one handle on notices, passages and figures."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from knowledge.figure import Figure
from knowledge.notice import Notice, Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its fused score in 0..1."""

    passage: Passage
    notice: Notice
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source in an ingest."""

    source: str
    status: Literal["added", "changed", "unchanged", "removed", "failed"]
    title: str = ""
    published: date | None = None
    figures: int = 0
    reason: str = ""


class Library:
    """Everything that is known. The SQL store is the truth; index and frame are derived from it and refreshed
    when its version counter moves."""

    @classmethod
    def open(
        cls,
        home: Path,
        *,
        database_url: str | None = None,
        chroma_url: str | None = None,
        embedder: str = "minilm",
        catalogue: Path | None = None,
    ) -> "Library":
        """Open or create the library in `home`. OperatorError where it cannot be written."""
        raise NotImplementedError

    @property
    def version(self) -> int:
        """Moves with every change of the store."""
        raise NotImplementedError

    def notices(self, collection: str | None = None) -> tuple[Notice, ...]:
        raise NotImplementedError

    def notice(self, notice_id: str) -> Notice:
        """NotFound where the id is not known."""
        raise NotImplementedError

    def passages(self, notice_id: str) -> tuple[Passage, ...]:
        raise NotImplementedError

    def figures(self, collection: str | None = None) -> tuple[Figure, ...]:
        """Every figure that is not withdrawn, by notice and place."""
        raise NotImplementedError

    @property
    def frame(self) -> pd.DataFrame:
        """The figures as a DataFrame, one row each, columns as Figure, indexed by figure_id."""
        raise NotImplementedError

    def search(
        self,
        query: str,
        *,
        limit: int = 8,
        published_after: date | None = None,
        published_before: date | None = None,
        collection: str | None = None,
    ) -> tuple[Hit, ...]:
        """Passages by BM25 and vectors, fused; best first."""
        raise NotImplementedError

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """Unit vectors (n, 384), or None where no embedder is configured."""
        raise NotImplementedError

    def add(
        self,
        sources: Iterable[str],
        *,
        collection: str = "default",
        progress: Callable[[Outcome], Any] | None = None,
    ) -> tuple[Outcome, ...]:
        """Ingest files, folders and addresses. One bad source never spoils the others."""
        raise NotImplementedError

    def remove(self, sources: Iterable[str]) -> tuple[Outcome, ...]:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError
