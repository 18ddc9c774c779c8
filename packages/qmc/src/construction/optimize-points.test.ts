import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { Sobol } from "../sequences/sobol.ts";
import { discrepancy, squaredDiscrepancy } from "./discrepancy.ts";
import { type Discrepancy, discrepancyKind } from "./discrepancy-kinds.ts";
import {
  type OptimizePointsOptions,
  optimizePoints,
  squaredDiscrepancyGradient,
} from "./optimize-points.ts";
import { pairSlopes, pairSlopesScalar } from "./pair-slopes.ts";
import * as kernels from "./product-kernels.ts";

const criteria: Discrepancy[] = [
  ...(["L2star", "L2ext", "L2per", "L2ctr", "L2sym", "L2mix"] as const),
  ...(["star-L2", "centered-L2", "wrap-around-L2", "mixture"] as const),
];

for (const kernel of Object.values(kernels)) {
  test(`slopes of kernel ${kernel.code}: WebAssembly and TypeScript give the same bits`, () => {
    const rng = new Rng(3);
    for (const [n, d, constant] of [
      [31, 1, 0],
      [40, 4, 1],
    ] as const) {
      const x = rng.fillUniform(new Float64Array(n * d));
      x[1] = x[5]!;
      x[2] = 0.5;
      const weights = rng.fillUniform(new Float64Array(d));
      const product = { kernel, constant, weights };
      assert.deepEqual(pairSlopes(product, x, n), pairSlopesScalar(product, x, n));
    }
  });
}

for (const criterion of criteria) {
  test(`${criterion}: the gradient is that of the discrepancy`, () => {
    const [n, d] = [7, 3];
    const x = new Rng(9).fillUniform(new Float64Array(n * d));
    for (const weights of [undefined, [1, 0.5, 0.2]]) {
      const kind = discrepancyKind("test", criterion, weights, d);
      const { squared, gradient } = squaredDiscrepancyGradient(kind, x, n);
      assert.ok(Math.abs(squared - squaredDiscrepancy(kind, x, n)) < 1e-14);
      for (let i = 0; i < x.length; i++) {
        const h = 1e-6;
        const at = (step: number) => squaredDiscrepancy(kind, x.with(i, x[i]! + step), n);
        const slope = (at(h) - at(-h)) / (2 * h);
        assert.ok(Math.abs(gradient[i]! - slope) < 1e-8, `${i}: ${gradient[i]} ${slope}`);
      }
    }
  });

  test(`${criterion}: optimised points beat scrambled Sobol' points and random ones`, async () => {
    const [n, dimension] = [32, 3];
    const sobol = new Sobol({ dimension, seed: 4 }).points({ nMax: n });
    const random = matrix(n, dimension, new Rng(4).fillUniform(new Float64Array(n * dimension)));
    const found = await optimizePoints(sobol, { criterion, iterations: 300 });
    assert.equal(found.initial, discrepancy(sobol, criterion));
    assert.equal(found.discrepancy, discrepancy(found.points, criterion));
    assert.ok(found.discrepancy < 0.96 * found.initial, `${found.discrepancy / found.initial}`);
    assert.ok(found.discrepancy < 0.6 * discrepancy(random, criterion));
    assert.ok(found.points.data.every((x) => x >= 0 && x < 1));
  });
}

test("one point moves to the best place: 1/2 for every criterion in one dimension", async () => {
  for (const criterion of ["L2star", "L2ctr", "centered-L2"] as const) {
    const { points } = await optimizePoints(matrix(1, 1, [0.23]), { criterion });
    assert.ok(Math.abs(points.data[0]! - 0.5) < 1e-3, `${criterion}: ${points.data[0]}`);
  }
});

test("weights: the coordinates that count are the ones that improve", async () => {
  const start = matrix(16, 2, new Rng(1).fillUniform(new Float64Array(32)));
  const { points } = await optimizePoints(start, { weights: [1, 0], iterations: 500 });
  const column = (data: Float64Array, j: number) =>
    matrix(
      16,
      1,
      data.filter((_, i) => i % 2 === j),
    );
  const before = discrepancy(column(start.data, 0), "L2star");
  assert.ok(discrepancy(column(points.data, 0), "L2star") < before / 2);
  assert.deepEqual(column(points.data, 1).data, column(start.data, 1).data);
});

test("the same twice; never worse than the start; cancellable", async () => {
  const start = new Sobol({ dimension: 2 }).points({ nMax: 16 });
  const runs = [1, 2].map(() => optimizePoints(start, { iterations: 50 }));
  const [a, b] = await Promise.all(runs);
  assert.deepEqual(a, b);
  const none = await optimizePoints(start, { iterations: 0 });
  assert.deepEqual(none.points.data, start.data);
  assert.equal(none.discrepancy, none.initial);
  const controller = new AbortController();
  const seen: number[] = [];
  const stopped = optimizePoints(start, {
    iterations: 1e6,
    signal: controller.signal,
    onProgress: (done) => {
      seen.push(done);
      controller.abort();
    },
  });
  await assert.rejects(stopped, { name: "AbortError" });
  assert.equal(seen[0], 1);
});

test("wrong arguments are refused by name", async () => {
  const point = matrix(1, 1, [0.5]);
  const refused = (options: object, message: RegExp) =>
    assert.rejects(optimizePoints(point, options as OptimizePointsOptions), message);
  await refused({ iterations: -1 }, /iterations must be .* got -1/);
  await refused({ criterion: "L2" }, /kind must be one of .*"L2"/);
  await refused({ weights: [1, 2] }, /weights must hold 1 numbers, .* got 2/);
  await assert.rejects(optimizePoints(matrix(1, 1, [2])), /points must lie in \[0, 1\], got 2/);
});
