import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { chebyshev } from "../basis/chebyshev.ts";
import { FiniteBasis } from "../basis/finite-basis.ts";
import { hermite } from "../basis/hermite.ts";
import { legendre } from "../basis/legendre.ts";
import { productBasis } from "../basis/product-basis.ts";
import { chiSquareExcess, meanOf, normalMatrix, sequences } from "../fixture.ts";
import { determinant } from "../linear/determinant.ts";
import { Complement } from "./complement.ts";
import { sampleByChainRule, sampleProjectionDpp } from "./projection.ts";

test("on a finite domain every sequence comes as often as its squared determinant says", () => {
  const basis = new FiniteBasis(normalMatrix(5, 3, 3), { weights: [1, 2, 3, 4, 5] });
  const all = sequences(5, 3);
  const probabilities = all.map((rows) => {
    const phi = basis.map(matrix(3, 1, rows));
    const weight = rows.reduce((product, i) => product * basis.probabilities[i]!, 1);
    return (weight * determinant(phi) ** 2) / 6;
  });
  assert.ok(Math.abs(probabilities.reduce((sum, p) => sum + p, 0) - 1) < 1e-12);
  const counts = new Array<number>(all.length).fill(0);
  const rng = new Rng(77);
  for (let i = 0; i < 60_000; i++) {
    const [a, b, c] = sampleProjectionDpp(basis, rng).data;
    counts[a! + 5 * b! + 25 * c!]!++;
  }
  const excess = chiSquareExcess(counts, probabilities);
  assert.ok(excess < 5, String(excess));
});

const uniformLaw = () => 0.5;
const arcsineLaw = (t: number) => t; // handled in the angle
for (const [name, family, edge, [low, high], density] of [
  ["Legendre", legendre(), 0.25, [-1, 1], uniformLaw],
  [
    "Hermite",
    hermite(),
    0.7,
    [-12, 12],
    (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI),
  ],
  ["Chebyshev", chebyshev(), 0.25, [-1, 1], arcsineLaw],
] as const) {
  const m = 9;
  const basis = productBasis({ families: [family], degree: m - 1 });
  // int_A phi_a phi_b dmu for A = [edge, infinity), from a fine sum.
  const part = new Float64Array(m * m);
  const values = new Float64Array(m);
  const cells = 40_000;
  for (let i = 0; i < cells; i++) {
    const share = (i + 0.5) / cells;
    const angle = Math.PI * share;
    const x = density === arcsineLaw ? Math.cos(angle) : low + (high - low) * share;
    if (x < edge) continue;
    family.evaluate(x, m, values, 0);
    const weight = density === arcsineLaw ? 1 / cells : (density(x) * (high - low)) / cells;
    for (let p = 0; p < m * m; p++)
      part[p]! += weight * values[p % m]! * values[Math.floor(p / m)]!;
  }
  let mean = 0;
  for (let j = 0; j < m; j++) mean += part[j * m + j]!;
  const variance = mean - part.reduce((sum, value) => sum + value * value, 0);
  for (const [way, draw] of [
    ["the chain rule", sampleByChainRule],
    ["the tridiagonal model", sampleProjectionDpp],
  ] as const) {
    test(`${name}, ${way}: counts beyond a threshold have the mean and variance of the process`, () => {
      const rng = new Rng(5);
      const counts: number[] = [];
      const firsts: number[] = [];
      for (let i = 0; i < 5000; i++) {
        const { data } = draw(basis, rng);
        counts.push(data.reduce((sum, x) => sum + (x >= edge ? 1 : 0), 0));
        firsts.push(data[0]! >= edge ? 1 : 0);
      }
      const found = meanOf(counts);
      assert.ok(Math.abs(found.mean - mean) < 4 * found.error, `${found.mean}, not ${mean}`);
      const squares = meanOf(counts.map((count) => (count - mean) ** 2));
      assert.ok(
        Math.abs(squares.mean - variance) < 4 * squares.error,
        `${squares.mean}, not ${variance}`,
      );
      // Exchangeable: the first point is any point.
      const first = meanOf(firsts);
      assert.ok(Math.abs(first.mean - mean / m) < 4 * first.error);
    });
  }
}

test("distances from what is chosen stay exact over 120 steps", () => {
  const m = 120;
  const { data } = normalMatrix(m, m, 9);
  const complement = new Complement(m);
  for (let k = 0; k < m - 1; k++) complement.choose(data, k * m);
  for (let k = 0; k < m - 1; k++) assert.ok(!complement.exceeds(data, k * m, 1e-22), String(k));
  // The last row's distance is det / det of the rest: by Gram and Schmidt, twice.
  const rows = data.slice();
  for (let k = 0; k < m; k++) {
    for (let again = 0; again < 2; again++) {
      for (let j = 0; j < k; j++) {
        let along = 0;
        for (let i = 0; i < m; i++) along += rows[k * m + i]! * rows[j * m + i]!;
        for (let i = 0; i < m; i++) rows[k * m + i]! -= along * rows[j * m + i]!;
      }
    }
    let squares = 0;
    for (let i = 0; i < m; i++) squares += rows[k * m + i]! ** 2;
    if (k === m - 1) {
      assert.ok(complement.exceeds(data, k * m, squares * (1 - 1e-10)));
      assert.ok(!complement.exceeds(data, k * m, squares * (1 + 1e-10)));
    }
    for (let i = 0; i < m; i++) rows[k * m + i]! /= Math.sqrt(squares);
  }
});

test("as many points as atoms: every row once", () => {
  const basis = new FiniteBasis(normalMatrix(7, 7, 2));
  assert.deepEqual(
    [...sampleProjectionDpp(basis, new Rng(1)).data.toSorted()],
    [0, 1, 2, 3, 4, 5, 6],
  );
});

test("a basis that repeats a function is found out", () => {
  const one = productBasis({ families: [legendre()], degree: 1 });
  const twice = {
    dimension: 1,
    features: 2,
    sampleMeasure: one.sampleMeasure.bind(one),
    sampleChristoffel: one.sampleMeasure.bind(one),
    map: (x: Parameters<typeof one.map>[0]) =>
      matrix(x.rows, 2, new Float64Array(2 * x.rows).fill(1)),
  };
  assert.throws(() => sampleProjectionDpp(twice, new Rng(1)), /not orthonormal/);
  assert.throws(() => sampleProjectionDpp({} as never, new Rng(1)), /sampleProjectionDpp: basis/);
});
