"""Writes minilm.onnx: the arithmetic of all-MiniLM-L6-v2; its weights come from a package of their own.

Run once, with the development dependency `onnx`: `python -m knowledge.index.write_graph`. The graph takes `input_ids`
and `attention_mask` (batch, words; int64) and gives `embedding` (batch, 384), mean-pooled, of length one. Its weights
are external: `knowledge.index.minilm` feeds them from the safetensors file, under the names used there.
"""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LAYERS, HEADS, WIDTH, INNER, WORDS, PLACES, KINDS = 6, 12, 384, 1536, 30522, 512, 2
HEAD = WIDTH // HEADS
GRAPH = Path(__file__).with_name("minilm.onnx")


class Graph:
    """Nodes and initializers as they come."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self._names: dict[str, str] = {}

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node; the name of its output."""
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def weight(self, name: str, *shape: int) -> str:
        """An initializer whose data is fed at run time."""
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        size = 4 * int(np.prod(shape))
        for key, value in (("location", "weights"), ("offset", "0"), ("length", str(size))):
            tensor.external_data.add(key=key, value=value)
        self.initializers.append(tensor)
        return name

    def constant(self, values: object, dtype: type = np.float32) -> str:
        """A small constant, kept in the graph."""
        array: np.ndarray[Any, Any] = np.asarray(values, dtype=dtype)
        key = hashlib.sha256(array.tobytes() + str((array.shape, dtype)).encode()).hexdigest()
        if key not in self._names:
            self._names[key] = f"constant_{len(self._names)}"
            self.initializers.append(numpy_helper.from_array(array, self._names[key]))
        return self._names[key]

    def linear(self, x: str, name: str, wide: int, narrow: int) -> str:
        """x @ weight.T + bias."""
        turned = self.node("Transpose", self.weight(f"{name}.weight", wide, narrow), perm=[1, 0])
        return self.node("Add", self.node("MatMul", x, turned), self.weight(f"{name}.bias", wide))

    def norm(self, x: str, name: str) -> str:
        """Layer normalisation over the last axis."""
        scale, bias = self.weight(f"{name}.weight", WIDTH), self.weight(f"{name}.bias", WIDTH)
        return self.node("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-12)


def embeddings(graph: Graph) -> str:
    """Word, place and kind embeddings, summed and normalised."""
    name = "embeddings"
    words = graph.node("Gather", graph.weight(f"{name}.word_embeddings.weight", WORDS, WIDTH), "input_ids")
    length = graph.node("Gather", graph.node("Shape", "input_ids"), graph.constant([1], np.int64))
    zero, one = graph.constant([0], np.int64), graph.constant([1], np.int64)
    places = graph.node("Slice", graph.weight(f"{name}.position_embeddings.weight", PLACES, WIDTH), zero, length, zero)
    kind = graph.node("Slice", graph.weight(f"{name}.token_type_embeddings.weight", KINDS, WIDTH), zero, one, zero)
    return graph.norm(graph.node("Add", graph.node("Add", words, places), kind), f"{name}.LayerNorm")


def heads(graph: Graph, x: str, name: str, order: list[int]) -> str:
    """A projection, split into heads."""
    shape = graph.constant([0, 0, HEADS, HEAD], np.int64)
    return graph.node("Transpose", graph.node("Reshape", graph.linear(x, name, WIDTH, WIDTH), shape), perm=order)


def layer(graph: Graph, x: str, mask: str, number: int) -> str:
    """One transformer layer."""
    name = f"encoder.layer.{number}"
    query = heads(graph, x, f"{name}.attention.self.query", [0, 2, 1, 3])
    key = heads(graph, x, f"{name}.attention.self.key", [0, 2, 3, 1])
    value = heads(graph, x, f"{name}.attention.self.value", [0, 2, 1, 3])
    scores = graph.node("Mul", graph.node("MatMul", query, key), graph.constant(HEAD**-0.5))
    shares = graph.node("Softmax", graph.node("Add", scores, mask), axis=-1)
    context = graph.node("Transpose", graph.node("MatMul", shares, value), perm=[0, 2, 1, 3])
    joined = graph.node("Reshape", context, graph.constant([0, 0, WIDTH], np.int64))
    attended = graph.linear(joined, f"{name}.attention.output.dense", WIDTH, WIDTH)
    x = graph.norm(graph.node("Add", attended, x), f"{name}.attention.output.LayerNorm")
    inner = graph.node("Gelu", graph.linear(x, f"{name}.intermediate.dense", INNER, WIDTH))
    outer = graph.linear(inner, f"{name}.output.dense", WIDTH, INNER)
    return graph.norm(graph.node("Add", outer, x), f"{name}.output.LayerNorm")


def pooled(graph: Graph, x: str) -> str:
    """The mean over the real words, brought to length one."""
    weights = graph.node(
        "Unsqueeze", graph.node("Cast", "attention_mask", to=TensorProto.FLOAT), graph.constant([2], np.int64)
    )
    axis = graph.constant([1], np.int64)
    total = graph.node("ReduceSum", graph.node("Mul", x, weights), axis, keepdims=0)
    count = graph.node("Max", graph.node("ReduceSum", weights, axis, keepdims=0), graph.constant(1e-9))
    mean = graph.node("Div", total, count)
    length = graph.node("ReduceL2", mean, axis, keepdims=1)
    return graph.node("Div", mean, graph.node("Max", length, graph.constant(1e-12)))


def model() -> onnx.ModelProto:
    """The whole graph."""
    graph = Graph()
    real = graph.node("Cast", "attention_mask", to=TensorProto.FLOAT)
    padding = graph.node("Sub", graph.constant(1.0), real)
    mask = graph.node("Mul", padding, graph.constant(float(np.finfo(np.float32).min)))
    mask = graph.node("Unsqueeze", mask, graph.constant([1, 2], np.int64))
    x = embeddings(graph)
    for number in range(LAYERS):
        x = layer(graph, x, mask, number)
    graph.nodes.append(helper.make_node("Identity", [pooled(graph, x)], ["embedding"], name="embedding"))
    words = ["batch", "words"]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, words) for n in ("input_ids", "attention_mask")]
    outputs = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", WIDTH])]
    whole = helper.make_graph(graph.nodes, "minilm", inputs, outputs, graph.initializers)
    return helper.make_model(whole, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def main() -> None:
    """Write the graph beside this file."""
    GRAPH.write_bytes(model().SerializeToString(deterministic=True))
    print(f"{GRAPH}: {GRAPH.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
