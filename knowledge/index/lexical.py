"""BM25 over the words and word pairs of the passages, in memory."""

import logging
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.index.terms import pairs

PAIR_WEIGHT = 0.5
Scores = NDArray[np.float32]


class Lexical:
    """Scores every passage for a query. Immutable: made anew when the passages change."""

    def __init__(self, documents: Sequence[list[str]]) -> None:
        self._size = len(documents)
        self._words = _bm25(documents)
        self._pairs = _bm25([pairs(words) for words in documents])

    def scores(self, words: list[str]) -> Scores:
        """A score for each passage, in order, 0 where no word is shared."""
        return self._of(self._words, words) + PAIR_WEIGHT * self._of(self._pairs, pairs(words))

    def _of(self, index: Any, words: list[str]) -> Scores:
        known = [word for word in words if index is not None and word in index.vocab_dict]
        if not known:  # bm25s raises on an empty list
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(index.get_scores(known), dtype=np.float32)


def _bm25(documents: Sequence[list[str]]) -> Any:
    """The index, or None where no document holds a word."""
    if not any(documents):
        return None
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    index = bm25s.BM25()
    index.index(documents, show_progress=False)
    return index
