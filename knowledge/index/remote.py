"""Embeddings of OpenAI, or of any server that speaks its protocol."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import OperatorError
from knowledge.index.embedder import unit

_BATCH, _RETRIES, _SECONDS = 100, 2, 30.0


class OpenAIEmbedder:
    """The `/embeddings` endpoint of an OpenAI-compatible server."""

    def __init__(self, model: str, key: str, base_url: str | None = None) -> None:
        self._model, self._key, self._base_url = model, key, base_url

    @property
    def name(self) -> str:
        """The model's name marks its vectors."""
        return f"openai-{self._model}"

    @cached_property
    def _client(self) -> Any:
        from openai import OpenAI

        return OpenAI(api_key=self._key, base_url=self._base_url, max_retries=_RETRIES, timeout=_SECONDS)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, one row a text. OperatorError where the server does not answer as it should."""
        from openai import OpenAIError

        rows: list[list[float]] = []
        for begin in range(0, len(texts), _BATCH):
            part = [text or " " for text in texts[begin : begin + _BATCH]]
            try:
                answer = self._client.embeddings.create(model=self._model, input=part, encoding_format="float")
            except OpenAIError as error:
                raise OperatorError(
                    f"embeddings of {self._model} failed ({error}); check key and address, or set TALLY_EMBEDDER=minilm"
                ) from None
            rows += [item.embedding for item in sorted(answer.data, key=lambda item: item.index)]
        return unit(np.array(rows, dtype=np.float32)) if rows else np.zeros((0, 0), dtype=np.float32)
