"""
The encoder's ONNX graph, built from its weights: a BERT of 6 layers, mean over the tokens, length 1.

It takes one sentence at a time, so it knows no padding and no mask: a sentence's numbers never depend on
others that happen to be encoded with it. Must never hold weights of its own.

Source: Devlin et al. 2019, "BERT", and the published configuration of all-MiniLM-L6-v2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

Weights = Mapping[str, np.ndarray]

INPUT = "input_ids"  # (tokens,), int64
OUTPUT = "embedding"  # (SIZE,), float32
SIZE = 384
LAYERS = 6
HEADS = 12
HEAD_SIZE = SIZE // HEADS
LONGEST = 256  # tokens: what the encoder was made for
EPSILON = 1e-12
OPSET = 17  # the first with LayerNormalization


class _Builder:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, np.ndarray] = {}

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def constant(self, name: str, values: np.ndarray) -> str:
        self.constants[name] = np.ascontiguousarray(values)
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def number(self, name: str, value: float) -> str:
        return self.constant(name, np.array(value, np.float32))

    def linear(self, x: str, name: str) -> str:
        """Give x · Wᵀ + b; the file holds W."""
        product = self.op("MatMul", x, self.constant(f"{name}.kernel", self.weights[f"{name}.weight"].T))
        return self.op("Add", product, self.weight(f"{name}.bias"))

    def norm(self, x: str, name: str) -> str:
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.op("LayerNormalization", x, scale, bias, axis=-1, epsilon=EPSILON)

    def gelu(self, x: str) -> str:
        """x/2 · (1 + erf(x/√2)), the exact one."""
        erf = self.op("Erf", self.op("Div", x, self.number("sqrt2", math.sqrt(2))))
        return self.op(
            "Mul", self.op("Mul", x, self.op("Add", erf, self.number("one", 1))), self.number("half", 0.5)
        )

    def heads(self, x: str, order: list[int]) -> str:
        """(tokens, SIZE) as one matrix a head."""
        shape = self.constant("by_head", np.array([-1, HEADS, HEAD_SIZE], np.int64))
        return self.op("Transpose", self.op("Reshape", x, shape), perm=order)


def build(weights: Weights) -> ModelProto:
    """The model for these weights, named as in the published file. Raises KeyError when one is missing."""
    builder = _Builder(weights)
    x = _embedded(builder)
    for layer in range(LAYERS):
        x = _layer(builder, x, f"encoder.layer.{layer}")
    mean = builder.op("ReduceMean", x, axes=[0], keepdims=0)
    builder.nodes.append(helper.make_node("LpNormalization", [mean], [OUTPUT], axis=0, p=2))
    graph = helper.make_graph(
        builder.nodes,
        "sentence_encoder",
        [helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["tokens"])],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [SIZE])],
        [numpy_helper.from_array(values, name) for name, values in builder.constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)


def _embedded(builder: _Builder) -> str:
    """Word + position + kind of sentence (always the first kind)."""
    words = builder.op("Gather", builder.weight("embeddings.word_embeddings.weight"), INPUT)
    kinds = builder.weights["embeddings.token_type_embeddings.weight"]
    positions = builder.weights["embeddings.position_embeddings.weight"][:LONGEST] + kinds[0]
    length = builder.op("Shape", INPUT)
    start = builder.constant("start", np.array([0], np.int64))
    position = builder.op("Slice", builder.constant("positions", positions), start, length)
    return builder.norm(builder.op("Add", words, position), "embeddings.LayerNorm")


def _layer(builder: _Builder, x: str, name: str) -> str:
    """Self-attention and feed-forward, each added to what came in and normalised."""
    attended = builder.linear(
        _attention(builder, x, f"{name}.attention.self"), f"{name}.attention.output.dense"
    )
    x = builder.norm(builder.op("Add", attended, x), f"{name}.attention.output.LayerNorm")
    wide = builder.gelu(builder.linear(x, f"{name}.intermediate.dense"))
    return builder.norm(
        builder.op("Add", builder.linear(wide, f"{name}.output.dense"), x), f"{name}.output.LayerNorm"
    )


def _attention(builder: _Builder, x: str, name: str) -> str:
    """softmax(Q·Kᵀ/√d)·V for each head."""
    query = builder.heads(builder.linear(x, f"{name}.query"), [1, 0, 2])
    key = builder.heads(builder.linear(x, f"{name}.key"), [1, 2, 0])
    value = builder.heads(builder.linear(x, f"{name}.value"), [1, 0, 2])
    scores = builder.op(
        "Div", builder.op("MatMul", query, key), builder.number("scale", math.sqrt(HEAD_SIZE))
    )
    seen = builder.op("MatMul", builder.op("Softmax", scores, axis=-1), value)
    together = builder.op("Transpose", seen, perm=[1, 0, 2])
    return builder.op("Reshape", together, builder.constant("flat", np.array([-1, SIZE], np.int64)))
