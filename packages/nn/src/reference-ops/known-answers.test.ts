import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Array64, array64, ops, type RecurrentWeights } from "./index.ts";

// Made by packages/nn/scripts/known-answers.py with PyTorch 2.15 in double precision.
const file = new URL("known-answers.json", import.meta.url);
const { answers } = JSON.parse(readFileSync(file, "utf8")) as {
  answers: Readonly<Record<string, { shape: number[]; step: number; some: number[]; sum: number }>>;
};

const wave = (seed: number, ...shape: number[]): Array64 => {
  const size = shape.reduce((a, b) => a * b, 1);
  return array64(
    shape,
    Float64Array.from({ length: size }, (_, i) => Math.sin(1.3 * i + seed)),
  );
};

/** Weights of a network of hidden size 3 over inputs of 4, numbered as in the script. */
function layers(gates: number, count: number, directions: number): RecurrentWeights[] {
  return Array.from({ length: count * directions }, (_, k) => ({
    input: wave(4 * k, 3 * gates, k < directions ? 4 : 3 * directions),
    hidden: wave(4 * k + 1, 3 * gates, 3),
    inputBias: wave(4 * k + 2, 3 * gates),
    hiddenBias: wave(4 * k + 3, 3 * gates),
  }));
}

const [x1, x2, x3] = [wave(1, 2, 4, 11), wave(2, 2, 4, 7, 6), wave(3, 1, 2, 5, 4, 6)];
const index = array64([2, 3], [2, 0, 1, 3, 3, 0]);
const half = { stride: 2, padding: 1, ceil: true };
const sequence = wave(40, 5, 2, 4);
const places = ops.mul(wave(4, 2, 3, 5, 2), 1.2);
const affine = { weight: wave(7, 4), bias: wave(8, 4) };

const ours: Readonly<Record<string, Array64>> = {
  conv1d: ops.conv(x1, wave(5, 6, 2, 3), {
    bias: wave(6, 6),
    stride: 2,
    padding: 1,
    dilation: 2,
    groups: 2,
  }),
  conv2d: ops.conv(x2, wave(5, 3, 4, 3, 2), { stride: [2, 1], padding: [1, 0], dilation: [1, 2] }),
  conv3d: ops.conv(x3, wave(5, 3, 2, 2, 3, 2), { stride: 2, padding: 1 }),
  convTranspose1d: ops.convTranspose(x1, wave(5, 4, 3, 3), {
    bias: wave(6, 6),
    stride: 3,
    padding: 1,
    outputPadding: 2,
    groups: 2,
  }),
  convTranspose2d: ops.convTranspose(x2, wave(5, 4, 2, 3, 2), {
    stride: [2, 1],
    padding: [1, 0],
    dilation: [1, 2],
  }),
  convTranspose3d: ops.convTranspose(x3, wave(5, 2, 3, 2, 3, 2), {
    stride: 2,
    padding: 1,
    outputPadding: 1,
  }),
  maxPool: ops.maxPool(x2, 3, { ...half, dilation: 2 }),
  avgPool: ops.avgPool(x2, 3, half),
  avgPoolWithoutPad: ops.avgPool(x2, 3, { ...half, countIncludePad: false }),
  adaptiveAvgPool: ops.adaptiveAvgPool(x2, [3, 4]),
  gelu: ops.gelu(ops.mul(x1, 3)),
  geluTanh: ops.geluTanh(ops.mul(x1, 3)),
  elu: ops.elu(ops.mul(x1, 3), 0.7),
  selu: ops.selu(ops.mul(x1, 3)),
  mish: ops.mish(ops.mul(x1, 3)),
  hardswish: ops.hardswish(ops.mul(x1, 4)),
  softplus: ops.softplus(ops.mul(x1, 25)),
  logSoftmax: ops.logSoftmax(ops.mul(x2, 5), 2),
  logSumExp: ops.logSumExp(ops.mul(x2, 5), [1, 3]),
  batchNorm: ops.batchNorm(x2, affine),
  batchNormGiven: ops.batchNorm(x2, {
    mean: wave(7, 4),
    variance: ops.add(ops.square(wave(8, 4)), 0.1),
    weight: wave(9, 4),
    bias: wave(10, 4),
  }),
  groupNorm: ops.groupNorm(x2, 2, affine),
  instanceNorm: ops.instanceNorm(x2),
  layerNorm: ops.layerNorm(x2, 2, { weight: wave(7, 7, 6), bias: wave(8, 7, 6) }),
  variance: ops.variance(x2, [0, 2], false, 1),
  lstm: ops.lstm(sequence, { weights: layers(4, 2, 2), bidirectional: true }).output,
  gru: ops.gru(sequence, { weights: layers(3, 2, 2), bidirectional: true }).output,
  rnn: ops.rnn(sequence, { weights: layers(1, 1, 1) }).output,
  attention: ops.scaledDotProductAttention(wave(1, 2, 5, 4), wave(2, 2, 5, 4), wave(3, 2, 5, 3), {
    causal: true,
  }),
  nearest: ops.resize(x2, [5, 9], { mode: "nearest" }),
  bilinear: ops.resize(x2, [5, 9], { mode: "linear" }),
  bilinearCorners: ops.resize(x2, [5, 9], { mode: "linear", alignCorners: true }),
  bicubic: ops.resize(x2, [5, 9], { mode: "cubic" }),
  trilinear: ops.resize(x3, [3, 7, 5], { mode: "linear" }),
  antialias: ops.resize(x2, [3, 4], { mode: "linear", antialias: true }),
  gridSample: ops.gridSample(x2, places),
  gridSampleCorners: ops.gridSample(x2, places, true),
  affineGrid: ops.affineGrid(wave(4, 2, 2, 3), [3, 4]),
  affineGridCorners: ops.affineGrid(wave(4, 2, 2, 3), [3, 4], true),
  gather: ops.gather(wave(1, 2, 4), 1, index),
  scatterAdd: ops.scatterAdd(wave(1, 2, 4), 1, index, wave(2, 2, 3)),
  indexAdd: ops.indexAdd(wave(1, 4, 3), 0, array64([3], [3, 3, 0]), wave(2, 3, 3)),
  crossEntropyLoss: ops.crossEntropyLoss(ops.mul(wave(1, 3, 4), 5), array64([3], [2, 0, 1])),
  huberLoss: ops.huberLoss(ops.mul(x1, 3), ops.flip(x1, [2]), 0.7),
  klDivLoss: ops.klDivLoss(ops.logSoftmax(x2, 1), ops.softmax(ops.mul(x2, 2), 1)),
  cosineSimilarityLoss: ops.cosineSimilarityLoss(wave(1, 3, 5), wave(2, 3, 5)),
  tripletMarginLoss: ops.tripletMarginLoss(wave(1, 3, 5), wave(2, 3, 5), wave(3, 3, 5)),
};

const close = (got: number | undefined, expected: number) => {
  const off = Math.abs((got ?? Number.NaN) - expected);
  assert.ok(off <= 1e-10 * Math.max(1, Math.abs(expected)), `${got}, expected ${expected}`);
};

for (const [name, { shape, step, some, sum }] of Object.entries(answers)) {
  test(`${name}: as PyTorch`, () => {
    const y = ours[name];
    assert.deepEqual(y?.shape, shape);
    some.forEach((v, i) => {
      close(y?.data[i * step], v);
    });
    close(
      y?.data.reduce((a, b) => a + b, 0),
      sum,
    );
  });
}
