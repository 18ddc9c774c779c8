import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { GaussianKernel } from "@daily-kernel/kernels";
import { chiSquareExcess, normalMatrix } from "../fixture.ts";
import { orthonormalityDefect } from "./defect.ts";
import { FeatureBasis } from "./feature-basis.ts";
import { FiniteBasis } from "./finite-basis.ts";
import { legendre } from "./legendre.ts";

test("a finite basis: orthonormal, spans the columns, leverages are what is drawn", () => {
  const a = normalMatrix(12, 4, 1);
  const weights = Float64Array.from({ length: 12 }, (_, i) => 1 + i);
  const basis = new FiniteBasis(a, { weights });
  assert.ok(orthonormalityDefect(basis) < 1e-13);
  assert.ok(Math.abs(basis.leverages.reduce((sum, l) => sum + l, 0) - 4) < 1e-13);
  const phi = basis.map(basis.quadrature().points);
  const c = [1, -2, 0.5, 3];
  const byColumns = basis.columnCoefficients(c);
  for (let i = 0; i < 12; i++) {
    const left = c.reduce((sum, value, j) => sum + value * phi.data[i * 4 + j]!, 0);
    const right = byColumns.reduce((sum, value, j) => sum + value * a.data[i * 4 + j]!, 0);
    assert.ok(Math.abs(left - right) < 1e-12);
  }
  const counts = new Array<number>(12).fill(0);
  for (const row of basis.sampleChristoffel(20_000, new Rng(4)).data) counts[row]!++;
  const excess = chiSquareExcess(
    counts,
    Array.from(basis.leverages, (l) => l / 4),
  );
  assert.ok(excess < 5, String(excess));
});

test("dependent columns are named", () => {
  const a = matrix(5, 3, [1, 2, 3, 1, 5, 6, 1, 0, 1, 1, 1, 2, 1, 7, 8]); // third = first + second
  assert.throws(() => new FiniteBasis(a), /column 2 is a combination/);
  assert.throws(() => new FiniteBasis(normalMatrix(2, 3, 1)), RangeError);
});

const kernel = new GaussianKernel({ dimension: 1, lengthscales: 0.4 });
const landmarks = matrix(5, 1, [-1, -0.5, 0, 0.5, 1]);
const rule = legendre().quadrature(60);
const options = {
  features: { dimension: 1, features: 5, map: (x: typeof landmarks) => kernel.gram(x, landmarks) },
  sampleMeasure: (n: number, rng: Rng) =>
    matrix(
      n,
      1,
      Float64Array.from({ length: n }, () => 2 * rng.uniform() - 1),
    ),
  quadrature: { points: matrix(60, 1, rule.points), weights: rule.weights },
};

test("kernel features become a basis of a continuous domain, drawn at their own density", () => {
  const basis = new FeatureBasis(options);
  assert.ok(orthonormalityDefect(basis) < 1e-10);
  const cells = 20;
  const expected = new Array<number>(cells).fill(0);
  for (let i = 0; i < 4000; i++) {
    const x = -1 + (i + 0.5) / 2000;
    const phi = basis.map(matrix(1, 1, [x])).data;
    expected[Math.floor(i / 200)]! += phi.reduce((sum, v) => sum + v * v, 0) / 5 / 4000;
  }
  const counts = new Array<number>(cells).fill(0);
  for (const x of basis.sampleChristoffel(20_000, new Rng(12)).data) {
    counts[Math.min(cells - 1, Math.floor(((x + 1) / 2) * cells))]!++;
  }
  const excess = chiSquareExcess(counts, expected);
  assert.ok(excess < 5, String(excess));
});

test("a bound that is none throws instead of biasing", () => {
  const basis = new FeatureBasis({ ...options, bound: 2 });
  assert.throws(() => basis.sampleChristoffel(1000, new Rng(1)), /bound must be at least/);
});
