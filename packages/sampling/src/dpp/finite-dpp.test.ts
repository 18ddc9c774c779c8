import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { chiSquareExcess, normalMatrix, subsets } from "../fixture.ts";
import { determinant } from "../linear/determinant.ts";
import { productWithTranspose } from "../linear/gram.ts";
import { FiniteDpp } from "./finite-dpp.ts";

const n = 6;
const l = productWithTranspose(normalMatrix(5, n, 4)); // rank 5
const dpp = FiniteDpp.fromLikelihood(l);
const minor = (set: readonly number[]) =>
  determinant(
    matrix(
      set.length,
      set.length,
      set.flatMap((i) => set.map((j) => l.data[i * n + j]!)),
    ),
  );
const all = subsets(n);
const total = all.reduce((sum, set) => sum + minor(set), 0);
const near = (a: number, b: number, tolerance = 1e-10) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a}, not ${b}`);

test("probabilities are minors of the likelihood kernel over their sum", () => {
  for (const set of all) near(dpp.probability(set), minor(set) / total);
});

test("inclusion probabilities, pairs and the mean size are those of enumeration", () => {
  const k = dpp.correlation();
  const inclusion = dpp.inclusionProbabilities();
  const mass = (test: (set: number[]) => boolean) =>
    all.filter(test).reduce((sum, set) => sum + minor(set) / total, 0);
  for (let i = 0; i < n; i++) {
    near(
      inclusion[i]!,
      mass((set) => set.includes(i)),
    );
    for (let j = 0; j < i; j++) {
      const both = k.data[i * n + i]! * k.data[j * n + j]! - k.data[i * n + j]! ** 2;
      near(
        both,
        mass((set) => set.includes(i) && set.includes(j)),
      );
    }
  }
  near(
    dpp.expectedSize,
    all.reduce((sum, set) => sum + (set.length * minor(set)) / total, 0),
  );
});

test("draws come as often as their probabilities say", () => {
  const rng = new Rng(6);
  const counts = new Array<number>(all.length).fill(0);
  for (let i = 0; i < 40_000; i++)
    counts[dpp.sample(rng).reduce((bits, j) => bits | (1 << j), 0)]!++;
  const excess = chiSquareExcess(
    counts,
    all.map((set) => (minor(set) > 1e-9 ? minor(set) / total : 0)),
  );
  assert.ok(excess < 5, String(excess));
});

test("draws of k items come as their minors, and so do the inclusion probabilities", () => {
  const rng = new Rng(16);
  for (const k of [1, 3, 5]) {
    const sets = subsets(n, k);
    const sum = sets.reduce((s, set) => s + minor(set), 0);
    const counts = new Map(sets.map((set) => [set.join(), 0]));
    for (let i = 0; i < 20_000; i++) {
      const name = dpp.sampleOfSize(k, rng).join();
      counts.set(name, counts.get(name)! + 1);
    }
    const excess = chiSquareExcess(
      [...counts.values()],
      sets.map((set) => minor(set) / sum),
    );
    assert.ok(excess < 5, String(excess));
    const inclusion = dpp.inclusionProbabilitiesOfSize(k);
    for (let i = 0; i < n; i++) {
      near(
        inclusion[i]!,
        sets.filter((set) => set.includes(i)).reduce((s, set) => s + minor(set) / sum, 0),
      );
    }
  }
});

test("a projection kernel always gives as many items as its rank", () => {
  const { data } = normalMatrix(8, 1, 5);
  const squares = data.reduce((sum, x) => sum + x * x, 0);
  const k = matrix(
    8,
    8,
    Array.from({ length: 64 }, (_, p) => (data[p % 8]! * data[Math.floor(p / 8)]!) / squares),
  );
  const one = FiniteDpp.fromCorrelation(k);
  const rng = new Rng(3);
  for (let i = 0; i < 100; i++) assert.equal(one.sample(rng).length, 1);
  assert.throws(() => one.sampleOfSize(1, rng), /eigenvalues < 1/);
});

test("kernels that are none are refused", () => {
  assert.throws(() => FiniteDpp.fromLikelihood(matrix(2, 2, [1, 2, 2, 1])), /semi-definite/);
  assert.throws(() => FiniteDpp.fromLikelihood(matrix(2, 2, [1, 2, 0, 1])), /symmetric/);
  assert.throws(() => FiniteDpp.fromCorrelation(matrix(1, 1, [1.5])), /eigenvalues <= 1/);
  assert.throws(() => FiniteDpp.fromLikelihood(matrix(1, 2)), /square/);
  assert.throws(() => dpp.sampleOfSize(6, new Rng(1)), /rank 5/);
  assert.throws(() => dpp.probability([1, 1]), /twice/);
});
