import assert from "node:assert/strict";
import { test } from "node:test";
import { type Matrix, matmul, matrix, Rng } from "@daily-kernel/compute";
import { ArcCosineKernel } from "../dot-product/index.ts";
import {
  type ActivationName,
  bundle,
  KernelLayer,
  MaclaurinFeatures,
  type NeuronFeatures,
  ReluFeatures,
  UniversalRandomFeatures,
} from "./index.ts";

const d = 5;
const vectors = (seed: number, rows: number, norm: number): Matrix => {
  const out = matrix(rows, d, new Rng(seed).fillNormal(new Float64Array(rows * d)));
  for (let i = 0; i < rows; i++) {
    const row = out.data.subarray(i * d, (i + 1) * d);
    const factor = norm / Math.hypot(...row);
    for (let k = 0; k < d; k++) row[k]! *= factor;
  }
  return out;
};
const x = vectors(1, 3, 0.35);
const w = vectors(2, 2, 0.8);
const b = [0.7, -0.4];

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const bound = tolerance * (1 + Math.abs(expected[i]!));
    assert.ok(Math.abs(actual[i]! - expected[i]!) <= bound, `${i}: ${actual[i]}, ${expected[i]}`);
  }
}

const estimate = (features: NeuronFeatures, biases?: number[]) =>
  matmul(features.map(x), features.neurons(w, biases), { transposeB: true }).data;

/** Mean and variance over seeds of the estimates of all 6 neurons. */
function moments(make: (seed: number) => NeuronFeatures, seeds: number, biases?: number[]) {
  const mean = new Float64Array(6);
  const square = new Float64Array(6);
  for (let seed = 0; seed < seeds; seed++) {
    const values = estimate(make(seed), biases);
    values.forEach((v, i) => {
      mean[i]! += v / seeds;
      square[i]! += (v * v) / seeds;
    });
  }
  return { mean, variance: square.map((v, i) => v - mean[i]! ** 2) };
}

const pairs = [0, 1, 2].flatMap((i) => [0, 1].map((j) => [i, j] as const));
const inner = (i: number, j: number) => matmul(x, w, { transposeB: true }).data[2 * i + j]!;

for (const activation of ["cos", "sin", "gaussian", "sinc"] as const) {
  for (const orthogonal of [false, true]) {
    test(`${activation}, ${orthogonal ? "orthogonal" : "independent"}: unbiased, tilted and balanced`, () => {
      const seeds = 4000;
      const make = (seed: number) =>
        new UniversalRandomFeatures({
          ...{ activation, dimension: d, features: 12, seed, orthogonal },
          ...{ tilt: 0.05, balance: 1.3 },
        });
      const { mean, variance } = moments(make, seeds, b);
      const f = make(0).activation.value;
      for (const [k, [i, j]] of pairs.entries()) {
        const error = Math.abs(mean[k]! - f(inner(i, j) + b[j]!));
        assert.ok(error < 4.5 * Math.sqrt(variance[k]! / seeds), `${i}, ${j}: ${error}`);
      }
    });
  }
}

/** E Re(c e^(ikb) L(ikx) L(w))^2 in one dimension, by trapezoid sums over g and k. */
function secondMoment(
  activation: ActivationName,
  tilt: number,
  p: number,
  q: number,
  bias: number,
) {
  const step = 0.02;
  const normal = (t: number) => (Math.exp((-t * t) / 2) * step) / Math.sqrt(2 * Math.PI);
  let sum = 0;
  for (let g = -16; g <= 16; g += step) {
    const size = (k: number) =>
      Math.sqrt(1 + 4 * tilt) *
      Math.exp(-2 * tilt * g * g + Math.sqrt(1 + 4 * tilt) * g * q + (k * k * p * p - q * q) / 2);
    const part = (k: number) => {
      const angle = k * bias + Math.sqrt(1 + 4 * tilt) * k * g * p;
      return (size(k) * (activation === "sin" ? Math.sin(angle) : Math.cos(angle))) ** 2;
    };
    if (activation !== "gaussian") sum += normal(g) * part(1);
    else for (let k = -12; k <= 12; k += step) sum += normal(g) * normal(k) * part(k);
  }
  return sum;
}

for (const activation of ["cos", "sin", "gaussian"] as const) {
  test(`${activation}: the variance is what quadrature gives, and what is seen`, () => {
    const [p, q, bias] = [0.31, 0.9, 0.7];
    for (const [tilt, balance] of [
      [0, 1],
      [0.3, 0.8],
      [-0.06, 1.4],
    ] as const) {
      const features = new UniversalRandomFeatures({
        ...{ activation, dimension: 1, features: 6, tilt, balance },
      });
      const second = secondMoment(activation, tilt, p / balance, q * balance, bias);
      const expected = (second - features.activation.value(p * q + bias) ** 2) / 3;
      close([features.variance([p], [q], bias)], [expected], 1e-10);
    }
    const short = (seed: number) =>
      new UniversalRandomFeatures({ activation, dimension: d, features: 20, seed, balance: 0.7 });
    const { variance } = moments(short, 3000, b);
    for (const [k, [i, j]] of pairs.entries()) {
      const point = x.data.subarray(i * d, (i + 1) * d);
      const neuron = w.data.subarray(j * d, (j + 1) * d);
      const exact = short(0).variance(point, neuron, b[j]!);
      assert.ok(Math.abs(variance[k]! / exact - 1) < 0.25, `${variance[k]}, ${exact}`);
    }
  });
}

test("the variance of the cosine is the closed formula, that of long Gaussian inputs infinite", () => {
  const features = new UniversalRandomFeatures({ activation: "cos", dimension: 1, features: 2 });
  const [p, q] = [0.6, 1.1];
  const expected =
    0.5 * (Math.exp(p * p + q * q) + Math.exp(q * q - p * p) * Math.cos(4 * p * q)) -
    Math.cos(p * q) ** 2;
  close([features.variance([p], [q])], [expected], 1e-14);
  const gaussian = new UniversalRandomFeatures({
    activation: "gaussian",
    dimension: 1,
    features: 2,
  });
  assert.equal(gaussian.variance([0.71], [1]), Number.POSITIVE_INFINITY);
  assert.ok(Number.isFinite(gaussian.variance([0.7], [1])));
});

test("rectified features are half an arc-cosine kernel, not a ReLU", () => {
  const { mean, variance } = moments(
    (seed) => new ReluFeatures({ dimension: d, features: 10, seed, orthogonal: true }),
    2000,
  );
  const kernel = new ArcCosineKernel({ dimension: d, bias: 0, order: 1, scale: 0.5 });
  const exact = kernel.gram(x, w).data;
  for (let k = 0; k < 6; k++) {
    assert.ok(Math.abs(mean[k]! - exact[k]!) < 4.5 * Math.sqrt(variance[k]! / 2000));
  }
});

test("Maclaurin features are unbiased for coefficients of either sign", () => {
  const f = (z: number) => 0.5 - z + 2 * z ** 3;
  const { mean, variance } = moments(
    (seed) =>
      new MaclaurinFeatures({ coefficients: [0.5, -1, 0, 2], dimension: d, features: 30, seed }),
    3000,
  );
  for (const [k, [i, j]] of pairs.entries()) {
    assert.ok(Math.abs(mean[k]! - f(inner(i, j))) < 4.5 * Math.sqrt(variance[k]! / 3000));
  }
});

const names: ActivationName[] = ["cos", "sinc"];
test("a layer and the dense one after it are one layer", () => {
  for (const activation of names) {
    const features = new UniversalRandomFeatures({ activation, dimension: d, features: 40 });
    const layer = KernelLayer.fromDense(features, vectors(3, 7, 0.9), [1, 2, 3, 4, 5, 6, 7]);
    const next = matrix(3, 7, new Rng(5).fillNormal(new Float64Array(21)));
    const both = layer.followedBy(next, [1, 2, 3]);
    const expected = matmul(layer.apply(x), next, { transposeB: true }).data.map(
      (v, k) => v + 1 + (k % 3),
    );
    close(both.apply(x).data, expected, 1e-13);
    assert.deepEqual([both.weights.rows, both.weights.cols], [3, 40]);
  }
});

test("bundled layers estimate the network", () => {
  const w1 = vectors(3, 4, 0.8);
  const w2 = matrix(
    2,
    4,
    new Rng(5).fillNormal(new Float64Array(8)).map((v) => 0.3 * v),
  );
  const exact = matrix(3, 2);
  const hidden = matmul(x, w1, { transposeB: true });
  hidden.data.forEach((v, k) => {
    hidden.data[k] = Math.cos(v + 0.1 * (k % 4));
  });
  const second = matmul(hidden, w2, { transposeB: true }).data;
  second.forEach((v, k) => {
    exact.data[k] = Math.sin(v + 0.2);
  });
  const first = new UniversalRandomFeatures({
    ...{ activation: "cos" as const, dimension: d, features: 1200, orthogonal: true, seed: 3 },
  });
  const after = new UniversalRandomFeatures({
    ...{ activation: "sin" as const, dimension: 1200, features: 6000, seed: 4 },
  });
  const layer = bundle([
    { weights: w1, bias: [0, 0.1, 0.2, 0.3], features: first },
    { weights: w2, bias: [0.2, 0.2], features: after },
  ]);
  const errors = layer.apply(x).data.map((v, k) => Math.abs(v - exact.data[k]!));
  assert.ok(Math.max(...errors) < 0.15, `${errors}`);
  assert.deepEqual([layer.weights.rows, layer.weights.cols], [2, 6000]);
});

test("the closed form has no slope left, and finds what the features can say", () => {
  const points = matrix(60, d, new Rng(8).fillNormal(new Float64Array(60 * d)));
  const features = new ReluFeatures({ dimension: d, features: 20, seed: 2 });
  const truth = new KernelLayer(
    features,
    matrix(2, 20, new Rng(9).fillNormal(new Float64Array(40))),
    [3, -1],
  );
  const y = truth.apply(points);
  const fit = KernelLayer.fit(features, points, y, { ridge: 1e-10 });
  close(fit.weights.data, truth.weights.data, 1e-5);
  close(fit.bias, [3, -1], 1e-5);
  const ridge = 0.7;
  const ridged = KernelLayer.fit(features, points, y, { ridge });
  const residual = ridged.apply(points).data.map((v, k) => v - y.data[k]!);
  const slopes = matmul(matrix(60, 2, residual), features.map(points), { transposeA: true });
  close(
    slopes.data.map((v, k) => v + ridge * ridged.weights.data[k]!),
    new Float64Array(40),
    1e-11,
  );
});

test("bad input is refused by name", () => {
  const make = (options: object) =>
    new UniversalRandomFeatures({ activation: "cos", dimension: d, features: 4, ...options });
  assert.throws(() => make({ tilt: -0.125 }), { code: "ERR_DOMAIN", message: /above -1\/8/ });
  assert.throws(() => make({ features: 3 }), { code: "ERR_DOMAIN" });
  assert.throws(() => make({ activation: "relu" }), {
    code: "ERR_DOMAIN",
    message: /no integrable Fourier transform/,
  });
  assert.throws(
    () => make({ activation: "sinc" }).variance(x.data.slice(0, d), w.data.slice(0, d)),
    {
      code: "ERR_UNSUPPORTED",
    },
  );
  const long = matrix(1, d, [40, 0, 0, 0, 0]);
  assert.throws(() => make({}).map(long), { code: "ERR_NUMERIC", message: /scale x down/ });
  assert.throws(() => make({}).neurons(w, [1]), { code: "ERR_SHAPE" });
  assert.throws(() => make({}).map(matrix(1, d, [Number.NaN, 0, 0, 0, 0])), { code: "ERR_DOMAIN" });
  assert.throws(() => new KernelLayer(make({}), matrix(1, 3)), { code: "ERR_SHAPE" });
  const rectified = new ReluFeatures({ dimension: d, features: 4 });
  assert.throws(() => rectified.neurons(w, [0, 1]), { code: "ERR_DOMAIN", message: /append a 1/ });
  assert.throws(() => bundle([]), { code: "ERR_SHAPE" });
  assert.throws(() => new MaclaurinFeatures({ coefficients: [0, 0], dimension: d, features: 4 }), {
    code: "ERR_DOMAIN",
  });
});
