import assert from "node:assert/strict";
import { test } from "node:test";
import { cholesky, choleskySolve, matmul, matrix, Rng } from "@daily-kernel/compute";
import { RandomFourierFeatures } from "../feature-maps/index.ts";
import { GaussianKernel } from "../standard/index.ts";
import {
  BlockedGram,
  DenseGram,
  FeatureGram,
  type GramOperator,
  NystromFeatures,
  SymmetricGram,
} from "./index.ts";

const n = 700; // more than one tile
const rng = new Rng(11);
const x = matrix(n, 3, rng.fillNormal(new Float64Array(3 * n)));
const y = matrix(n, 2, rng.fillNormal(new Float64Array(2 * n)));
const kernel = new GaussianKernel({ dimension: 3, scale: 1.4, lengthscales: 1.3 });
const gram = kernel.gram(x, x);
const ridge = 0.05;

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const bound = tolerance * (1 + Math.abs(expected[i]!));
    assert.ok(Math.abs(actual[i]! - expected[i]!) <= bound, `${i}: ${actual[i]}, ${expected[i]}`);
  }
}

const shifted = matrix(n, n, gram.data.slice());
for (let i = 0; i < n; i++) shifted.data[i * (n + 1)]! += ridge;
const solution = choleskySolve(cholesky(shifted), y);
const features = new RandomFourierFeatures(kernel, { features: 100, seed: 1 });

const exact: Record<string, GramOperator> = {
  DenseGram: DenseGram.of(kernel, x),
  SymmetricGram: new SymmetricGram(kernel, x),
  BlockedGram: new BlockedGram(kernel, x),
  "FeatureGram of all Nystrom columns": FeatureGram.of(
    new NystromFeatures(kernel, x, { features: n }),
    x,
  ),
};

for (const [name, operator] of Object.entries(exact)) {
  test(`${name}: products, rows, diagonal and solutions of the whole matrix`, () => {
    close(operator.matvec(y).data, matmul(gram, y).data, 1e-8);
    const first = y.data.filter((_, i) => i % 2 === 0);
    close(operator.matvec(first), matmul(gram, matrix(n, 1, first)).data, 1e-8);
    close(operator.row(613), gram.data.subarray(613 * n, 614 * n), 1e-8);
    close(operator.diagonal(), new Float64Array(n).fill(1.4), 1e-8);
    close(operator.solve(y, { ridge }).data, solution.data, 1e-6);
  });
}

test("the same results from all that hold or evaluate the matrix, to rounding", () => {
  const [dense, symmetric, blocked] = ["DenseGram", "SymmetricGram", "BlockedGram"].map(
    (name) => exact[name]!.matvec(y).data,
  );
  close(symmetric!, dense!, 1e-13);
  close(blocked!, dense!, 1e-13);
});

test("features by a small system, as the whole one solves it", () => {
  const f = features.map(x);
  const operator = new FeatureGram(f);
  const whole = matmul(f, f, { transposeB: true });
  close(operator.matvec(y).data, matmul(whole, y).data, 1e-11);
  for (let i = 0; i < n; i++) whole.data[i * (n + 1)]! += ridge;
  close(operator.solve(y, { ridge }).data, choleskySolve(cholesky(whole), y).data, 1e-9);
  assert.throws(() => operator.solve(y), { code: "ERR_NUMERIC", message: /needs a ridge/ });
});

test("a preconditioner saves iterations", () => {
  const operator = exact.SymmetricGram as SymmetricGram;
  const few = { ridge, tolerance: 1e-8, maxIterations: 15 };
  close(operator.solve(y, { ...few, preconditionerRank: 200 }).data, solution.data, 1e-5);
  assert.throws(() => operator.solve(y, { ...few, preconditionerRank: 0 }), {
    code: "ERR_NUMERIC",
    message: /after 15 iterations/,
  });
});

function traceError(map: NystromFeatures) {
  const kept = FeatureGram.of(map, x).diagonal();
  for (const v of kept) assert.ok(v < 1.4 * (1 + 1e-8)); // never too large
  return kept.reduce((sum, v) => sum + 1.4 - v, 0);
}

test("pivoted columns leave less than uniform ones, and landmarks are exact", () => {
  const pivoted = new NystromFeatures(kernel, x, { features: 60 });
  const uniform = [0, 1, 2, 3].map((seed) =>
    traceError(new NystromFeatures(kernel, x, { features: 60, columns: "uniform", seed })),
  );
  assert.ok(traceError(pivoted) < Math.min(...uniform));
  const operator = FeatureGram.of(pivoted, x);
  const landmark = pivoted.columns[7]!;
  close(operator.row(landmark), gram.data.subarray(landmark * n, (landmark + 1) * n), 1e-8);
  const chosen = new NystromFeatures(kernel, x, { features: 2, columns: [5, 1] });
  assert.deepEqual(Array.from(chosen.columns), [5, 1]);
});

test("bad input is refused by name", () => {
  const operator = exact.BlockedGram!;
  assert.throws(() => operator.matvec(new Float64Array(3)), { code: "ERR_SHAPE" });
  assert.throws(() => operator.matvec([1] as unknown as Float64Array), { code: "ERR_TYPE" });
  assert.throws(() => operator.row(n), { code: "ERR_DOMAIN" });
  assert.throws(() => operator.solve(y, { ridge: -1 }), { code: "ERR_DOMAIN" });
  assert.throws(() => new NystromFeatures(kernel, x, { features: n + 1 }), { code: "ERR_DOMAIN" });
  assert.throws(() => new NystromFeatures(kernel, x, { features: 2, columns: [1, 1] }), {
    code: "ERR_DOMAIN",
  });
});
