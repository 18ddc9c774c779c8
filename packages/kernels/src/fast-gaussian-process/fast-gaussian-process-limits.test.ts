import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { lattice } from "../fast-gram/test-points.ts";
import { GaussianProcess } from "../regression/gaussian-process.ts";
import { ShiftInvariantKernel } from "../shift-invariant/shift-invariant.ts";
import { ConstantKernel } from "../standard/constant-kernel.ts";
import { FastGaussianProcess } from "./fast-gaussian-process.ts";

const points = lattice(2, 0, 16);
const noisy = new Rng(4).fillNormal(new Float64Array(16));

function close(actual: number, expected: number, tolerance: number) {
  const error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
  assert.ok(error < tolerance, `${actual} is not ${expected}`);
}

test("likelihood, gradient and predictions at scales near both ends of doubles", () => {
  for (const scale of [1e-300, 1e-200, 1e-160, 1, 1e160, 1e200, 1e300]) {
    const kernel = new ShiftInvariantKernel({ dimension: 2, scale });
    const y = noisy.map((v) => Math.sqrt(scale) * v);
    const noise = 0.01 * scale;
    const fast = FastGaussianProcess.fit(kernel, points, y, { noise });
    const dense = GaussianProcess.fit(kernel, points, y, { noise });
    close(fast.logMarginalLikelihood, dense.logMarginalLikelihood, 1e-12);
    const expected = dense.logMarginalLikelihoodGradient();
    fast.logMarginalLikelihoodGradient().forEach((v, p) => {
      close(v, expected[p]!, 1e-10);
    });
    const x = matrix(1, 2, [0.3, 0.4]);
    close(
      fast.predict(x).mean[0]! / Math.sqrt(scale),
      dense.predict(x).mean[0]! / Math.sqrt(scale),
      1e-12,
    );
  }
});

test("noise lifts eigenvalues, so that none is lifted beside it", () => {
  const n = 16;
  const mean = noisy.reduce((sum, v) => sum + v / n, 0);
  const rest = noisy.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  for (const noise of [1e-6, 1e-3, 1]) {
    // Of S + noise I the eigenvalues are n + noise once and noise.
    const exact =
      -0.5 *
      (rest / noise +
        (n * mean ** 2) / (n + noise) +
        Math.log(n + noise) +
        (n - 1) * Math.log(noise) +
        n * Math.log(2 * Math.PI));
    const kind = "lattice" as const;
    const constant = new ConstantKernel({ dimension: 2 });
    const fast = FastGaussianProcess.fit(constant, points, noisy, { kind, noise });
    assert.ok(Math.abs(fast.logMarginalLikelihood / exact - 1) < 1e-15 / noise + 1e-14);
    assert.equal(fast.jitter, 0);
    const smooth = new ShiftInvariantKernel({ dimension: 2, alpha: 20 });
    const one = FastGaussianProcess.fit(smooth, points, noisy, { noise });
    const other = GaussianProcess.fit(smooth, points, noisy, { noise });
    const difference = Math.abs(one.logMarginalLikelihood / other.logMarginalLikelihood - 1);
    assert.ok(difference < 1e-13 / noise, `${difference} at ${noise}`);
    assert.equal(one.jitter, 0);
  }
});

test("the gradient is that of a likelihood with lifted eigenvalues, whose noise is no part of them", () => {
  // All eigenvalues but the first are 0, or rounding.
  const kernel = new ConstantKernel({ dimension: 2, scale: 3 });
  for (const noise of [0, 1e-14]) {
    const process = FastGaussianProcess.fit(kernel, points, noisy, { kind: "lattice", noise });
    assert.ok(process.jitter > 0);
    const gradient = process.logMarginalLikelihoodGradient();
    const at = Float64Array.of(3, noise);
    const h = 1e-4;
    for (const p of at.keys()) {
      const likelihood = (step: number) => {
        const moved = at.map((v, i) => (i === p ? v * Math.exp(step) : v));
        return process.withParameters(moved).logMarginalLikelihood;
      };
      const slope = (likelihood(h) - likelihood(-h)) / (2 * h);
      close(gradient[p]!, slope, 1e-6);
    }
    assert.ok(Math.abs(gradient[0]!) > 1e10 && Math.abs(gradient[1]!) < 1);
  }
});

test("predictions are periodic, however far away", () => {
  const kernel = new ShiftInvariantKernel({ dimension: 2 });
  const process = FastGaussianProcess.fit(kernel, points, noisy, { noise: 0.01 });
  const near = process.predict(matrix(1, 2, [0.25, 0.5]));
  assert.deepEqual(process.predict(matrix(1, 2, [1e15 + 0.25, 0.5 - 2 ** 50])), near);
});

test("options of a wrong kind are named", () => {
  const kernel = new ShiftInvariantKernel({ dimension: 2 });
  for (const name of ["noise", "mean", "maxJitter"]) {
    const fit = () => FastGaussianProcess.fit(kernel, points, noisy, { [name]: "1" } as never);
    assert.throws(fit, { code: "ERR_TYPE", message: new RegExp(`: ${name} must be a number`) });
  }
});
