"""Writes the BERT encoder of a sentence-transformers folder as ONNX, beside its tokenizer, in the
layout that @huggingface/transformers loads: `make-onnx.py FROM TO`. From the weights alone, with
numpy, safetensors and onnx; the graph is the encoder of Devlin et al. 2018, nothing else."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

source, target = Path(sys.argv[1]), Path(sys.argv[2])
config = json.loads((source / "config.json").read_text())
weights = load_file(source / "model.safetensors")
heads, hidden = config["num_attention_heads"], config["hidden_size"]
width = hidden // heads
nodes, constants = [], {}


def constant(name, value):
    constants[name] = numpy_helper.from_array(np.array(value, order="C"), name)
    return name


def op(kind, *inputs, **attributes):
    name = f"{kind}_{len(nodes)}"
    nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
    return name


def weight(name):
    return constant(name, weights[name].astype(np.float32))


def linear(x, name):
    matrix = constant(f"{name}.t", weights[f"{name}.weight"].astype(np.float32).T)
    return op("Add", op("MatMul", x, matrix), weight(f"{name}.bias"))


def norm(x, name):
    scale, shift = weight(f"{name}.weight"), weight(f"{name}.bias")
    return op("LayerNormalization", x, scale, shift, axis=-1, epsilon=config["layer_norm_eps"])


split = constant("split", np.array([0, 0, heads, width], np.int64))
joined = constant("joined", np.array([0, 0, hidden], np.int64))
one, half = constant("one", np.float32(1)), constant("half", np.float32(0.5))
far = constant("far", np.float32(-1e9))
sqrt2, sqrt_width = constant("sqrt2", np.float32(2**0.5)), constant("sqrtw", np.float32(width**0.5))

mask = op("Cast", "attention_mask", to=TensorProto.FLOAT)
mask = op("Unsqueeze", mask, constant("axes", np.array([1, 2], np.int64)))
bias = op("Mul", op("Sub", one, mask), far)

length = op("Gather", op("Shape", "input_ids"), constant("second", np.int64(1)))
positions = op("Range", constant("zero", np.int64(0)), length, constant("step", np.int64(1)))
embedded = op("Gather", weight("embeddings.word_embeddings.weight"), "input_ids")
embedded = op("Add", embedded, op("Gather", weight("embeddings.token_type_embeddings.weight"), "token_type_ids"))
embedded = op("Add", embedded, op("Gather", weight("embeddings.position_embeddings.weight"), positions))
x = norm(embedded, "embeddings.LayerNorm")

for layer in range(config["num_hidden_layers"]):
    at = f"encoder.layer.{layer}"
    query, key, value = (
        op("Transpose", op("Reshape", linear(x, f"{at}.attention.self.{part}"), split), perm=[0, 2, 1, 3])
        for part in ("query", "key", "value")
    )
    scores = op("Div", op("MatMul", query, op("Transpose", key, perm=[0, 1, 3, 2])), sqrt_width)
    attention = op("Softmax", op("Add", scores, bias), axis=-1)
    context = op("Transpose", op("MatMul", attention, value), perm=[0, 2, 1, 3])
    context = linear(op("Reshape", context, joined), f"{at}.attention.output.dense")
    x = norm(op("Add", context, x), f"{at}.attention.output.LayerNorm")
    inner = linear(x, f"{at}.intermediate.dense")
    gelu = op("Mul", op("Mul", inner, half), op("Add", one, op("Erf", op("Div", inner, sqrt2))))
    x = norm(op("Add", linear(gelu, f"{at}.output.dense"), x), f"{at}.output.LayerNorm")

nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"]))
tokens = ["batch", "length"]
graph = helper.make_graph(
    nodes,
    "encoder",
    [helper.make_tensor_value_info(name, TensorProto.INT64, tokens)
     for name in ("input_ids", "attention_mask", "token_type_ids")],
    [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*tokens, hidden])],
    list(constants.values()),
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model)
(target / "onnx").mkdir(parents=True, exist_ok=True)
onnx.save(model, target / "onnx" / "model.onnx")
for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
    shutil.copy(source / name, target / name)
