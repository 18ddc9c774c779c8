import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng, transpose } from "@daily-kernel/compute";
import { FiniteBasis } from "../basis/finite-basis.ts";
import { legendre } from "../basis/legendre.ts";
import { productBasis } from "../basis/product-basis.ts";
import { chiSquareExcess, meanOf, normalMatrix, sequences } from "../fixture.ts";
import { determinant } from "../linear/determinant.ts";
import { scaledGram } from "../linear/gram.ts";
import { choleskyOf, isPositiveDefinite } from "../linear/positive-definite.ts";
import { invertUpper } from "../linear/qr.ts";
import { weightedLeastSquares } from "../regression/weighted-least-squares.ts";
import { sampleIid } from "./iid.ts";
import { repeatDpp } from "./repeat-dpp.ts";
import { thin } from "./thin.ts";
import { sampleVolume } from "./volume.ts";
import { optimalWeights } from "./weighted-points.ts";

const size = 4;
const finite = new FiniteBasis(normalMatrix(size, 2, 21), { weights: [4, 3, 2, 1] });
const target = [2, -1, 0.5, 3];
const best = (() => {
  const phi = finite.map(finite.quadrature().points);
  return [0, 1].map((j) =>
    target.reduce((sum, y, i) => sum + finite.probabilities[i]! * y * phi.data[2 * i + j]!, 0),
  );
})();

for (const proposal of ["christoffel", "measure"] as const) {
  const weightOf = (i: number) =>
    proposal === "measure" ? 1 : optimalWeights(finite, matrix(1, 1, [i]))[0]!;
  const density = (i: number) => finite.probabilities[i]! / weightOf(i);
  const laws = sequences(size, 3).map((rows) => {
    const x = matrix(3, 1, rows);
    const weights = Float64Array.from(rows, weightOf);
    const gram = scaledGram(finite.map(x), weights);
    const mass = rows.reduce((product, i) => product * density(i), 1) * determinant(gram);
    return { rows, x, weights, gram, mass };
  });
  const total = laws.reduce((sum, { mass }) => sum + mass, 0);

  test(`${proposal}: det G has the mean n! / (n - m)! / n^m, exactly`, () => {
    assert.ok(Math.abs(total - (3 * 2) / 9) < 1e-12);
  });

  test(`${proposal}: sequences come as often as det G says`, () => {
    const rng = new Rng(31);
    const counts = new Array<number>(laws.length).fill(0);
    for (let i = 0; i < 40_000; i++) {
      const { points, weights } = sampleVolume(finite, 3, rng, { proposal });
      const [a, b, c] = points.data;
      counts[a! + 4 * b! + 16 * c!]!++;
      if (i < 50)
        assert.ok(points.data.every((row, p) => Math.abs(weights[p]! - weightOf(row)) < 1e-12));
    }
    const excess = chiSquareExcess(
      counts,
      laws.map(({ mass }) => mass / total),
    );
    assert.ok(excess < 5, String(excess));
  });

  test(`${proposal}: over all sequences, least squares is unbiased to rounding, and E G^-1 <= n / (n - m + 1) I`, () => {
    const mean = [0, 0];
    const inverse = matrix(2, 2);
    for (const { rows, x, weights, gram, mass } of laws) {
      if (mass < 1e-14) continue;
      const fit = weightedLeastSquares(
        x,
        rows.map((i) => target[i]!),
        finite,
        weights,
      );
      fit.coefficients.forEach((c, j) => {
        mean[j]! += (mass / total) * c;
      });
      const [a, b, , d] = gram.data;
      const determinantOf = a! * d! - b! * b!;
      [d!, -b!, -b!, a!].forEach((value, p) => {
        inverse.data[p]! += ((mass / total) * value) / determinantOf;
      });
    }
    for (const j of [0, 1])
      assert.ok(Math.abs(mean[j]! - best[j]!) < 1e-11, `${mean}, not ${best}`);
    const rest = matrix(
      2,
      2,
      inverse.data.map((value, p) => (p % 3 === 0 ? 1.5 : 0) - value + (p % 3 === 0 ? 1e-12 : 0)),
    );
    assert.ok(isPositiveDefinite(rest));
  });
}

const f = (x: number) => 1 / (1 + 5 * x * x);
const m = 6;
const basis = productBasis({ families: [legendre()], degree: m - 1 });
const rule = legendre().quadrature(200);
const { exact, bestError } = (() => {
  const phi = basis.map(matrix(200, 1, rule.points));
  const c = new Float64Array(m);
  let squares = 0;
  rule.points.forEach((x, i) => {
    squares += rule.weights[i]! * f(x) ** 2;
    for (let j = 0; j < m; j++) c[j]! += rule.weights[i]! * f(x) * phi.data[i * m + j]!;
  });
  return { exact: c, bestError: squares - c.reduce((sum, v) => sum + v * v, 0) };
})();
const coefficientsOf = (sample: { points: ReturnType<typeof matrix>; weights: Float64Array }) =>
  weightedLeastSquares(sample.points, sample.points.data.map(f), basis, sample.weights)
    .coefficients;

test("continuous volume sampling is unbiased for every n, with either proposal", () => {
  const rng = new Rng(99);
  for (const [n, proposal] of [
    [m, "christoffel"],
    [m + 1, "measure"],
    [2 * m, "christoffel"],
  ] as const) {
    const fits = Array.from({ length: 4000 }, () =>
      coefficientsOf(sampleVolume(basis, n, rng, { proposal })),
    );
    for (let j = 0; j < m; j++) {
      const { mean, error } = meanOf(fits.map((c) => c[j]!));
      assert.ok(Math.abs(mean - exact[j]!) < 4 * error, `n = ${n}, coefficient ${j}`);
    }
  }
});

test("at n = m each coefficient's variance is the least squared error (Ermakov and Zolotukhin)", () => {
  const rng = new Rng(7);
  const fits = Array.from({ length: 8000 }, () => coefficientsOf(sampleVolume(basis, m, rng)));
  for (let j = 0; j < m; j++) {
    const { mean, error } = meanOf(fits.map((c) => (c[j]! - exact[j]!) ** 2 / bestError));
    assert.ok(
      Math.abs(mean - 1) < 4 * error && error < 0.2,
      `coefficient ${j}: ${mean} +- ${error}`,
    );
  }
});

test("the mean of G^-1 is n / (n - m + 1) I without atoms", () => {
  const n = m + 3;
  const rng = new Rng(17);
  const entries = Array.from({ length: m * m }, () => [] as number[]);
  for (let i = 0; i < 4000; i++) {
    const { points, weights } = sampleVolume(basis, n, rng);
    const inverse = invertUpper(transpose(choleskyOf(scaledGram(basis.map(points), weights))!));
    entries.forEach((values, p) => {
      let sum = 0;
      for (let l = 0; l < m; l++)
        sum += inverse.data[Math.floor(p / m) * m + l]! * inverse.data[(p % m) * m + l]!;
      values.push(sum);
    });
  }
  entries.forEach((values, p) => {
    const { mean, error } = meanOf(values);
    const expected = p % (m + 1) === 0 ? n / (n - m + 1) : 0;
    assert.ok(Math.abs(mean - expected) < 4.5 * error, `entry ${p}: ${mean} +- ${error}`);
  });
});

test("conditions hold, thinning keeps them and removes, whatever the law", () => {
  const rng = new Rng(13);
  const draws = [
    () => repeatDpp(basis, 6, rng, { minEigenvalue: 0.5 }),
    () => sampleVolume(basis, 60, rng, { minEigenvalue: 0.5 }),
    () => sampleIid(basis, 80, rng, { minEigenvalue: 0.5 }),
  ];
  for (const draw of draws) {
    const sample = draw();
    const smallest = (s: { points: ReturnType<typeof matrix>; weights: Float64Array }) =>
      weightedLeastSquares(s.points, s.points.data.map(f), basis, s.weights).smallestEigenvalue;
    assert.ok(smallest(sample) > 0.5);
    const fewer = thin(basis, sample, 0.5);
    assert.ok(fewer.kept.length < sample.points.rows / 2 && fewer.kept.length >= m);
    assert.ok(smallest(fewer) > 0.5);
    fewer.kept.forEach((row, i) => {
      assert.equal(fewer.points.data[i], sample.points.data[row]);
      assert.equal(fewer.weights[i], sample.weights[row]);
    });
  }
});

test("a condition that cannot hold ends with an error; bad input too", () => {
  const rng = new Rng(1);
  assert.throws(
    () => sampleIid(basis, m, rng, { minEigenvalue: 0.9, maxTries: 5 }),
    /none of 5 sets/,
  );
  assert.throws(
    () => sampleVolume(basis, m - 1, rng),
    /sampleVolume: n must be a whole number >= 6, got 5/,
  );
  assert.throws(() => repeatDpp(basis, 0, rng), RangeError);
  assert.throws(() => repeatDpp(basis, 1, 5 as never), /rng must be an Rng/);
  assert.throws(() => sampleIid(basis, m, rng, { minEigenvalue: 1.5 }), /minEigenvalue/);
  assert.throws(() => sampleIid(basis, m, rng, { proposal: "best" as never }), /proposal/);
});

test("the same seed gives the same points", () => {
  const draw = () => sampleVolume(basis, 9, new Rng(5, "points")).points.data;
  assert.deepEqual(draw(), draw());
});
