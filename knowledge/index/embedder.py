"""Embedders: text to unit vectors. Which one is a setting; none means that search goes by words alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import OperatorError


class Embedder(Protocol):
    """Text to vectors. `name` marks stored vectors: those of another name are never mixed with these."""

    @property
    def name(self) -> str: ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, one row a text. OperatorError where the embedder cannot work."""
        ...


def choose(name: str, cache: Path) -> Embedder | None:
    """The embedder of a setting: `minilm`, or `none`. An OpenAI embedder needs a key: it is made by its own class
    and given to `Library.open` as it is."""
    if name == "none":
        return None
    if name == "minilm":
        from knowledge.index.minilm import MiniLM

        return MiniLM(cache)
    raise OperatorError(f"TALLY_EMBEDDER {name}: not known here; choose minilm, openai or none")


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows brought to length one; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(lengths, 1e-12), dtype="<f4")
