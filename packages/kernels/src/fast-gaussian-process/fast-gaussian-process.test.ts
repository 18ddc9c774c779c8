import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { lattice, net } from "../fast-gram/test-points.ts";
import { GaussianProcess } from "../regression/gaussian-process.ts";
import { DigitalShiftInvariantKernel } from "../shift-invariant/digital-shift-invariant.ts";
import { DigitalShiftInvariantAdaptiveKernel } from "../shift-invariant/digital-shift-invariant-adaptive.ts";
import { DigitalShiftInvariantCombinedKernel } from "../shift-invariant/digital-shift-invariant-combined.ts";
import { ShiftInvariantKernel } from "../shift-invariant/shift-invariant.ts";
import { ShiftInvariantCombinedKernel } from "../shift-invariant/shift-invariant-combined.ts";
import { FastGaussianProcess } from "./fast-gaussian-process.ts";
import { optimiseFastGaussianProcess } from "./optimise-fast-gaussian-process.ts";

const common = { dimension: 2, scale: 1.5, lengthscales: [0.8, 0.3] };
const cases = [
  [new ShiftInvariantKernel({ ...common, alpha: [1, 2] }), lattice],
  [new ShiftInvariantCombinedKernel(common), lattice],
  [new DigitalShiftInvariantKernel({ ...common, alpha: [2, 3] }), net],
  [new DigitalShiftInvariantCombinedKernel(common), net],
  [new DigitalShiftInvariantAdaptiveKernel({ ...common, alpha: 1.5 }), net],
] as const;

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    assert.ok(error <= tolerance, `element ${i}: ${actual[i]} is not ${expected[i]}`);
  }
}

const wave = (x: { data: ArrayLike<number>; rows: number; cols: number }) =>
  Float64Array.from({ length: x.rows }, (_, i) => {
    const [a, b] = [x.data[2 * i]!, x.data[2 * i + 1]!];
    return Math.sin(2 * Math.PI * a) + 0.5 * Math.cos(2 * Math.PI * (a + b));
  });

test("all is that of the dense process: likelihood, gradient, predictions, covariance", () => {
  for (const [kernel, points] of cases) {
    const x = points(2, 0, 128);
    const y = wave(x).map((v, i) => v + 0.1 * Math.sin(100 * i));
    const options = { noise: 0.01, mean: 0.2 };
    const fast = FastGaussianProcess.fit(kernel, x, y, options);
    const dense = GaussianProcess.fit(kernel, x, y, options);
    assert.equal(fast.jitter, 0);
    assertClose([fast.logMarginalLikelihood], [dense.logMarginalLikelihood], 1e-11);
    const gradient = dense.logMarginalLikelihoodGradient();
    assertClose(fast.logMarginalLikelihoodGradient(), gradient, 1e-9);
    const at = matrix(20, 2, new Rng(3).fillUniform(new Float64Array(40)));
    const [predicted, expected] = [fast.predict(at), dense.predict(at)];
    assertClose(predicted.mean, expected.mean, 1e-11);
    assertClose(predicted.variance, expected.variance, 1e-11);
    assertClose(fast.covariance(at).data, dense.covariance(at).data, 1e-11);
  }
});

test("extending is conditioning on all", () => {
  for (const [kernel, points] of cases) {
    const y = wave(points(2, 0, 256));
    const options = { noise: 0.001, mean: 1 };
    const half = FastGaussianProcess.fit(kernel, points(2, 0, 128), y.slice(0, 128), options);
    const grown = half.extend(points(2, 128, 256), y.slice(128));
    const whole = FastGaussianProcess.fit(kernel, points(2, 0, 256), y, options);
    assert.equal(grown.n, 256);
    assert.deepEqual(grown.y, y);
    assertClose([grown.logMarginalLikelihood], [whole.logMarginalLikelihood], 1e-11);
    const at = matrix(3, 2, Float64Array.of(0.1, 0.2, 0.5, 0.7, 0.9, 0.3));
    assertClose(grown.predict(at).mean, whole.predict(at).mean, 1e-11);
  }
});

test("other parameters on the same observations are a fit of their own", () => {
  for (const [kernel, points] of cases) {
    const x = points(2, 0, 64);
    const parameters = kernel.parameters.map((v) => 1.1 * v);
    const moved = FastGaussianProcess.fit(kernel, x, wave(x), { noise: 0.1 }).withParameters([
      ...parameters,
      0.2,
    ]);
    const own = FastGaussianProcess.fit(kernel.withParameters(parameters), x, wave(x), {
      noise: 0.2,
    });
    assert.equal(moved.logMarginalLikelihood, own.logMarginalLikelihood);
    assert.deepEqual(moved.points, x);
    assert.throws(() => moved.withParameters([]), { code: "ERR_SHAPE" });
    assert.throws(() => moved.withParameters([...parameters, -1]), /noise must be/);
  }
});

test("interpolates without noise, and forgives eigenvalues lost in rounding", () => {
  const kernel = new ShiftInvariantKernel({ dimension: 2, alpha: 5 });
  const x = lattice(2, 0, 1024);
  const process = FastGaussianProcess.fit(kernel, x, wave(x));
  assert.ok(process.jitter > 0 && process.jitter < 1e-8);
  const at = matrix(50, 2, new Rng(8).fillUniform(new Float64Array(100)));
  assertClose(process.predict(at).mean, wave(at), 1e-6);
  assert.throws(() => FastGaussianProcess.fit(kernel, x, wave(x), { maxJitter: 0 }), {
    code: "ERR_NUMERIC",
    message: /add noise/,
  });
});

test("optimising finds noise and smoothness, and no better value is near", async () => {
  const x = net(2, 0, 2 ** 12);
  const rng = new Rng(5);
  const y = wave(x).map((v) => v + 0.2 * rng.normal());
  const kernel = new DigitalShiftInvariantCombinedKernel({ dimension: 2 });
  const seen: number[] = [];
  const best = await optimiseFastGaussianProcess(kernel, x, y, {
    noise: 1,
    maxIterations: 60,
    fixed: ["scale"],
    onProgress: (done) => void seen.push(done),
  });
  assert.ok(seen.length > 3);
  assert.ok(Math.abs(best.noise - 0.04) < 0.004, `noise ${best.noise}`);
  assert.equal(best.kernel.parameters[0], 1);
  const before = FastGaussianProcess.fit(kernel, x, y, { noise: 1 });
  assert.ok(best.logMarginalLikelihood > before.logMarginalLikelihood + 100);
  for (const factor of [0.8, 1.25]) {
    const other = FastGaussianProcess.fit(best.kernel, x, y, { noise: best.noise * factor });
    assert.ok(other.logMarginalLikelihood < best.logMarginalLikelihood);
  }
});

test("2^16 points and their likelihood's gradient", () => {
  const x = lattice(2, 0, 2 ** 16);
  const kernel = new ShiftInvariantKernel({ dimension: 2 });
  const process = FastGaussianProcess.fit(kernel, x, wave(x), { noise: 1e-4 });
  const h = 1e-4;
  const by = (p: number, step: number) => {
    const parameters = kernel.parameters.map((v, q) => (q === p ? v * Math.exp(step) : v));
    return FastGaussianProcess.fit(kernel.withParameters(parameters), x, wave(x), { noise: 1e-4 })
      .logMarginalLikelihood;
  };
  const gradient = process.logMarginalLikelihoodGradient();
  for (let p = 0; p < 3; p++) assertClose([gradient[p]!], [(by(p, h) - by(p, -h)) / (2 * h)], 1e-5);
  const at = matrix(2, 2, Float64Array.of(0.123, 0.456, 0.9, 0.1));
  assertClose(process.predict(at).mean, wave(at), 1e-3);
});

test("bad input is refused by name", async () => {
  const kernel = new DigitalShiftInvariantKernel({ dimension: 2 });
  const x = net(2, 0, 8);
  const y = wave(x);
  const { fit } = FastGaussianProcess;
  assert.throws(() => fit(kernel, x, y.slice(1)), /one number a point, 8, got 7/);
  assert.throws(
    () =>
      fit(
        kernel,
        x,
        y.map(() => Number.NaN),
      ),
    /y\[0\] must be finite/,
  );
  assert.throws(() => fit(kernel, x, y, { noise: -1 }), { code: "ERR_DOMAIN" });
  assert.throws(() => fit(kernel, x, y, { mean: Number.NaN }), /mean/);
  assert.throws(() => fit(kernel, x, y).extend(net(2, 8, 16), [1]), /8, got 1/);
  assert.throws(() => fit(kernel, x, y).predict(matrix(1, 3)), { code: "ERR_SHAPE" });
  await assert.rejects(
    optimiseFastGaussianProcess(kernel, x, y, { fixed: ["x"] }),
    /no hyper-parameter x/,
  );
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(optimiseFastGaussianProcess(kernel, x, y, { signal }), /enough/);
});
