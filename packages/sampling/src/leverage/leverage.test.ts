import assert from "node:assert/strict";
import { test } from "node:test";
import { cholesky, choleskySolve, matrix, Rng } from "@daily-kernel/compute";
import { Matern52Kernel } from "@daily-kernel/kernels";
import { normalMatrix } from "../fixture.ts";
import { productWithTranspose } from "../linear/gram.ts";
import { approximateLeverageScores } from "./approximate-leverage-scores.ts";
import { approximateKernelLeverageScores, kernelLeverageScores } from "./kernel-leverage-scores.ts";
import { leverageScores, ridgeLeverageScores } from "./leverage-scores.ts";

/** Rows of very different leverage. */
const uneven = (n: number, m: number) => {
  const a = normalMatrix(n, m, 3);
  for (let i = 0; i < n; i += 10) for (let j = 0; j < m; j++) a.data[i * m + j]! *= 30;
  return a;
};

test("leverage is the diagonal of A (A^T A + lambda I)^-1 A^T", () => {
  const a = uneven(40, 5);
  for (const lambda of [0, 3]) {
    const gram = productWithTranspose(a);
    for (let j = 0; j < 5; j++) gram.data[6 * j]! += lambda;
    const scores = lambda === 0 ? leverageScores(a) : ridgeLeverageScores(a, lambda);
    scores.forEach((score, i) => {
      const row = a.data.slice(i * 5, i * 5 + 5);
      const solved = choleskySolve(cholesky(gram), matrix(5, 1, row)).data;
      assert.ok(Math.abs(score - row.reduce((s, v, j) => s + v * solved[j]!, 0)) < 1e-13);
    });
    if (lambda === 0) assert.ok(Math.abs(scores.reduce((s, v) => s + v, 0) - 5) < 1e-12);
  }
});

test("approximate leverage: within a factor for every row, and closer with more projections", () => {
  const a = uneven(4000, 8);
  const exact = leverageScores(a);
  const worst = (projections: number) => {
    const scores = approximateLeverageScores(a, new Rng(5), { sketchRows: 1500, projections });
    return Math.max(...scores.map((score, i) => Math.abs(score / exact[i]! - 1)));
  };
  assert.ok(worst(200) < 0.7, String(worst(200)));
  assert.ok(worst(1000) < 0.4 && worst(1000) < worst(30), String(worst(1000)));
});

test("kernel leverage is the diagonal of K (K + lambda I)^-1; estimates lie above it and near", () => {
  const kernel = new Matern52Kernel({ dimension: 2, lengthscales: 1.5 });
  const x = normalMatrix(150, 2, 8);
  const lambda = 0.5;
  const exact = kernelLeverageScores(kernel, x, lambda);
  const gram = kernel.gram(x, x);
  const shifted = matrix(150, 150, gram.data.slice());
  for (let i = 0; i < 150; i++) shifted.data[151 * i]! += lambda;
  const smooth = choleskySolve(cholesky(shifted), gram);
  exact.forEach((score, i) => {
    assert.ok(Math.abs(score - smooth.data[151 * i]!) < 1e-12);
  });
  const dimension = exact.reduce((s, v) => s + v, 0);
  const approximate = approximateKernelLeverageScores(kernel, x, lambda, 70, new Rng(2));
  approximate.forEach((score, i) => {
    assert.ok(
      score > 0.7 * exact[i]! && score < 4 * exact[i]! + 0.05,
      `${i}: ${score}, ${exact[i]}`,
    );
  });
  const sum = approximate.reduce((s, v) => s + v, 0);
  assert.ok(sum < 2 * dimension, `${sum}, ${dimension}`);
  // With more landmarks than points nothing is left to chance.
  const all = approximateKernelLeverageScores(kernel, x, lambda, 200, new Rng(2));
  assert.deepEqual(all, exact);
});

test("bad input is named", () => {
  const a = matrix(3, 2, [1, 2, 2, 4, 3, 6]);
  assert.throws(() => leverageScores(a), /column 1/);
  assert.throws(() => ridgeLeverageScores(a, 0), /lambda/);
  assert.throws(() => leverageScores(matrix(1, 2, [1, 2])), RangeError);
});
