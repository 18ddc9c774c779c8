import assert from "node:assert/strict";
import { test } from "node:test";
import { type Matrix, matrix, ThreadPool } from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";
import { DerivativeTasksKernel } from "../multi-task/derivative-tasks-kernel.ts";
import { MultiTaskKernel } from "../multi-task/multi-task-kernel.ts";
import { DigitalShiftInvariantKernel } from "../shift-invariant/digital-shift-invariant.ts";
import { ShiftInvariantKernel } from "../shift-invariant/shift-invariant.ts";
import {
  ConstantKernel,
  GaussianKernel,
  kernelFrom,
  product,
  RationalQuadraticKernel,
  scaled,
  sum,
} from "./index.ts";

const base = new GaussianKernel({ dimension: 2, lengthscales: [0.5, 2] });
const own = kernelFrom((x, z) => x[0]! * z[0]!, 2);
const kernels: Kernel[] = [
  base,
  new RationalQuadraticKernel({ dimension: 2 }),
  new ConstantKernel({ dimension: 2, scale: 3 }),
  own,
  sum(base, own),
  product(base, own),
  product(base),
  scaled(own, 2),
  new ShiftInvariantKernel({ dimension: 2 }),
  new DigitalShiftInvariantKernel({ dimension: 2 }),
  new MultiTaskKernel({ base: new GaussianKernel({ dimension: 1 }), tasks: 1 }),
  new DerivativeTasksKernel({
    base: new GaussianKernel({ dimension: 1 }),
    derivatives: [[1]],
  }),
];
// The first column is a task of those kernels that have some.
const x = matrix(3, 2, [0, 0.2, 0, 0.4, 0, 0.9]);
const z = matrix(2, 2, [0, 0.5, 0, 0.25]);

test("every kernel contracts its gradients", () => {
  const weights = matrix(3, 2, [1, -2, 0.5, 3, 0.25, -1]);
  for (const kernel of kernels) {
    const sums = kernel.contractGradients!(x, z, weights);
    const expected = kernel.gramGradients(x, z).map(({ data }) => {
      return data.reduce((total, v, i) => total + v * weights.data[i]!, 0);
    });
    assert.equal(sums.length, expected.length);
    for (const [p, v] of expected.entries()) {
      assert.ok(Math.abs(sums[p]! - v) < 1e-13 * (1 + Math.abs(v)), kernel.constructor.name);
    }
  }
});

test("weights that are no finite matrix of the right shape are refused", () => {
  const wrong: [weights: unknown, code: string][] = [
    [null, "ERR_TYPE"],
    [undefined, "ERR_TYPE"],
    [[1], "ERR_TYPE"],
    [{ data: [1, 2, 3, 4, 5, 6], rows: 3, cols: 2 }, "ERR_TYPE"],
    [{ data: new Float64Array(0), rows: 3, cols: 2 }, "ERR_SHAPE"],
    [matrix(2, 3), "ERR_SHAPE"],
    [matrix(3, 2, [1, 2, Number.NaN, 4, 5, 6]), "ERR_DOMAIN"],
    [matrix(3, 2, [1, 2, Number.POSITIVE_INFINITY, 4, 5, 6]), "ERR_DOMAIN"],
  ];
  for (const kernel of kernels) {
    for (const [weights, code] of wrong) {
      const contract = () => kernel.contractGradients!(x, z, weights as Matrix);
      assert.throws(contract, { code, message: /weights/ }, kernel.constructor.name);
    }
  }
});

test("Gram matrices of kernels made of kernels reject on a pool what they throw without", async () => {
  await using pool = await ThreadPool.create({ threads: 1 });
  const bad = matrix(1, 1, [1]);
  type OnPool = (x: Matrix, z: Matrix, options: unknown) => unknown;
  for (const kernel of [sum(base, kernels[2]!), product(kernels[2]!, base), kernels[10]!]) {
    const gram = (kernel.gram as OnPool).bind(kernel);
    assert.throws(() => gram(bad, z, undefined), { code: "ERR_SHAPE" });
    const promise = gram(bad, z, { pool });
    assert.ok(promise instanceof Promise);
    await assert.rejects(promise, { code: "ERR_SHAPE" });
    assert.deepEqual(await gram(x, z, { pool }), kernel.gram(x, z));
    assert.throws(() => gram(x, z, null), { code: "ERR_TYPE" });
  }
});
