import assert from "node:assert/strict";
import { test } from "node:test";
import { eigSymmetric, matrix, Rng } from "@daily-kernel/compute";
import { GaussianKernel } from "@daily-kernel/kernels";
import fc from "fast-check";
import { legendre } from "../basis/legendre.ts";
import { productBasis } from "../basis/product-basis.ts";
import { normalMatrix } from "../fixture.ts";
import { scaledGram } from "../linear/gram.ts";
import { sampleIid } from "../points/iid.ts";
import { repeatDpp } from "../points/repeat-dpp.ts";
import { rkhsConstant } from "./rkhs-constant.ts";
import { stabilityBound, stablePoints } from "./stability.ts";
import { weightedLeastSquares } from "./weighted-least-squares.ts";

const basis = productBasis({ families: [legendre(), legendre()], degree: 3 });

test("functions of the space are recovered, whatever the points and weights", () => {
  const c = Float64Array.from({ length: basis.features }, (_, j) => Math.cos(3 * j));
  const x = basis.sampleMeasure(25, new Rng(3));
  const phi = basis.map(x);
  const y = Array.from({ length: 25 }, (_, i) =>
    c.reduce((sum, v, j) => sum + v * phi.data[i * 10 + j]!, 0),
  );
  const weights = Float64Array.from({ length: 25 }, (_, i) => 1 + (i % 4));
  const fit = weightedLeastSquares(x, y, basis, weights);
  fit.coefficients.forEach((v, j) => {
    assert.ok(Math.abs(v - c[j]!) < 1e-12);
  });
  assert.ok(fit.residual < 1e-13);
  fit.evaluate(x).forEach((v, i) => {
    assert.ok(Math.abs(v - y[i]!) < 1e-12);
  });
});

test("the gradient of the weighted sum vanishes at the fit, and the spectrum is that of G", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 31 }),
      fc.integer({ min: 10, max: 40 }),
      (seed, n) => {
        const rng = new Rng(seed);
        const x = basis.sampleMeasure(n, rng);
        const y = rng.fillNormal(new Float64Array(n));
        const weights = rng.fillUniform(new Float64Array(n)).map((u) => 0.1 + u);
        const fit = weightedLeastSquares(x, y, basis, weights);
        const phi = basis.map(x);
        const fitted = fit.evaluate(x);
        let squares = 0;
        for (let j = 0; j < 10; j++) {
          let slope = 0;
          for (let i = 0; i < n; i++)
            slope += weights[i]! * (y[i]! - fitted[i]!) * phi.data[i * 10 + j]!;
          assert.ok(Math.abs(slope) < 1e-10 * Math.sqrt(fit.condition) * n);
        }
        for (let i = 0; i < n; i++) squares += (weights[i]! * (y[i]! - fitted[i]!) ** 2) / n;
        assert.ok(Math.abs(fit.residual - Math.sqrt(squares)) < 1e-8);
        const { values } = eigSymmetric(scaledGram(phi, weights));
        assert.ok(Math.abs(values[9]! - fit.largestEigenvalue) < 1e-12 * values[9]!);
        assert.ok(Math.abs(values[0]! - fit.smallestEigenvalue) < 1e-13 * values[9]!);
      },
    ),
    { numRuns: 40 },
  );
});

test("the smallest eigenvalue keeps its digits where G has lost them", () => {
  const line = {
    dimension: 1,
    features: 2,
    map: (x: ReturnType<typeof matrix>) =>
      matrix(
        x.rows,
        2,
        Array.from(x.data).flatMap((v) => [1, v]),
      ),
  };
  const e = 2 ** -30;
  const { smallestEigenvalue } = weightedLeastSquares(matrix(2, 1, [1, 1 + e]), [0, 0], line);
  // det G = e^2 / 4, trace G = 1 + (1 + (1 + e)^2) / 2
  const expected = e ** 2 / 4 / (1 + (1 + (1 + e) ** 2) / 2);
  assert.ok(
    Math.abs(smallestEigenvalue / expected - 1) < 1e-6,
    String(smallestEigenvalue / expected),
  );
});

test("the sure bounds in the sup norm and in a Hilbert space are never broken", () => {
  const one = productBasis({ families: [legendre()], degree: 5 });
  const kernel = new GaussianKernel({ dimension: 1, lengthscales: 0.5 });
  const rule = legendre().quadrature(120);
  const grid = matrix(120, 1, rule.points);
  const phi = one.map(grid);
  const rng = new Rng(23);
  for (let run = 0; run < 60; run++) {
    const z = matrix(
      4,
      1,
      rng.fillUniform(new Float64Array(4)).map((u) => 2 * u - 1),
    );
    const a = rng.fillNormal(new Float64Array(4));
    const f = (x: ReturnType<typeof matrix>) => {
      const k = kernel.gram(x, z);
      return Float64Array.from({ length: x.rows }, (_, i) =>
        a.reduce((s, v, j) => s + v * k.data[i * 4 + j]!, 0),
      );
    };
    const sample = run % 2 ? repeatDpp(one, 1 + (run % 3), rng) : sampleIid(one, 7 + run, rng);
    const fit = weightedLeastSquares(sample.points, f(sample.points), one, sample.weights);
    const values = f(grid);
    const fitted = fit.evaluate(grid);
    const error = Math.sqrt(
      values.reduce((s, v, i) => s + rule.weights[i]! * (v - fitted[i]!) ** 2, 0),
    );
    // Any v bounds the best: here the L2 projection, and in the Hilbert space v = 0.
    const c = Array.from({ length: 6 }, (_, j) =>
      values.reduce((s, v, i) => s + rule.weights[i]! * v * phi.data[i * 6 + j]!, 0),
    );
    const sup = values.reduce(
      (most, v, i) =>
        Math.max(most, Math.abs(v - c.reduce((s, b, j) => s + b * phi.data[i * 6 + j]!, 0))),
      0,
    );
    assert.ok(error <= fit.supNormConstant * sup * (1 + 1e-9));
    const gram = kernel.gram(z, z);
    const energy = Math.sqrt(
      a.reduce((s, v, i) => s + v * a.reduce((t, w, j) => t + w * gram.data[i * 4 + j]!, 0), 0),
    );
    const constant = rkhsConstant(kernel, sample.points, sample.weights, fit.smallestEigenvalue, 1);
    assert.ok(error <= constant * energy);
    assert.ok(constant > 1);
  }
});

test("the stability bound and the number of points it asks for agree", () => {
  for (const [m, delta, eta] of [
    [10, 0.5, 0.01],
    [60, 0.9, 0.1],
  ] as const) {
    const n = stablePoints(m, delta, eta);
    assert.ok(stabilityBound(m, n, delta) <= eta && stabilityBound(m, n - 1, delta) > eta);
  }
  assert.equal(stabilityBound(10, 1, 0.5), 1);
  assert.ok(Math.abs(stabilityBound(1, 10, 0.5) - Math.exp(-10 * (0.5 - 0.5 * Math.LN2))) < 1e-15);
});

test("bad input is named at the door", () => {
  const x = normalMatrix(4, 2, 1);
  const small = { ...x, data: x.data.map((v) => v / 10) };
  assert.throws(() => weightedLeastSquares(small, [1, 2, 3, 4], basis), /at least 10 points/);
  const line = productBasis({ families: [legendre(), legendre()], degree: 0 });
  assert.throws(() => weightedLeastSquares(small, [1, 2, 3], line), /y must hold 4 numbers, got 3/);
  assert.throws(
    () => weightedLeastSquares(small, [1, 2, Number.NaN, 4], line),
    /y\[2\] must be finite/,
  );
  assert.throws(
    () => weightedLeastSquares(small, [1, 2, 3, 4], line, [1, 1, 0, 1]),
    /weights\[2\]/,
  );
  const planes = productBasis({ families: [legendre(), legendre()], degree: 1 });
  const huge = [1.7e308, -1.7e308, 1.7e308, -1.7e308];
  assert.throws(() => weightedLeastSquares(small, huge, planes), /overflow/);
  const same = matrix(12, 2, new Float64Array(24).fill(0.5));
  assert.throws(() => weightedLeastSquares(same, new Float64Array(12), basis), /do not determine/);
  assert.throws(() => stabilityBound(3, 4, 1), /delta must be in \(0, 1\), got 1/);
});
