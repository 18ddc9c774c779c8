import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { GaussianKernel } from "@daily-kernel/kernels";
import fc from "fast-check";
import { balanceWeights } from "./balance-weights.ts";
import { kernelBalance, kernelImbalance } from "./kernel-balance.ts";
import { selectFunctions } from "./select-functions.ts";

const normals = (rows: number, cols: number, rng: Rng, shift = 0) =>
  matrix(
    rows,
    cols,
    rng.fillNormal(new Float64Array(rows * cols)).map((v) => v + shift),
  );

test("weights meet attainable targets and have the exponential form of the dual", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 6 }), (seed, size) => {
      const rng = new Rng(seed);
      const functions = normals(200, size, rng);
      const targets = Float64Array.from({ length: size }, () => 0.3 * rng.normal());
      const base = Float64Array.from({ length: 200 }, () => 0.5 + rng.uniform());
      const { weights, imbalance, dual, converged, feasible } = balanceWeights({
        functions,
        targets,
        base,
        slack: 0.01,
      });
      assert.ok(converged && feasible);
      const logs = Array.from(weights, (w, i) => {
        let s = Math.log(w / base[i]!);
        for (let j = 0; j < size; j++) s -= dual[j]! * functions.data[i * size + j]!;
        return s;
      });
      assert.ok(Math.max(...logs) - Math.min(...logs) < 1e-9);
      assert.ok(Math.abs(weights.reduce((a, w) => a + w, 0) / 200 - 1) < 1e-12);
      for (let j = 0; j < size; j++) {
        const mean = weights.reduce((a, w, i) => a + (w * functions.data[i * size + j]!) / 200, 0);
        assert.ok(Math.abs(mean - targets[j]! - imbalance[j]!) < 1e-9);
        // a bound that is not reached has no multiplier
        if (Math.abs(imbalance[j]!) < 0.01 - 1e-6) assert.equal(dual[j], 0);
      }
    }),
    { numRuns: 40 },
  );
});

test("one binary function: the weights known in closed form", () => {
  const functions = matrix(10, 1, [1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
  const { weights } = balanceWeights({ functions, targets: [0.6], slack: 0 });
  for (let i = 0; i < 10; i++) {
    const expected = i < 3 ? 0.6 / 0.3 : 0.4 / 0.7;
    assert.ok(Math.abs(weights[i]! - expected) < 1e-6);
  }
});

test("targets beyond reach: the least violation, and a flag", () => {
  const functions = matrix(4, 1, [0, 0.2, 0.4, 1]);
  const { weights, imbalance, feasible } = balanceWeights({ functions, targets: [1.5] });
  assert.equal(feasible, false);
  assert.ok(weights.every(Number.isFinite));
  assert.ok(Math.abs(imbalance[0]! + 0.5) < 1e-3);
});

test("duplicated functions do not hinder", () => {
  const one = normals(50, 1, new Rng(4));
  const functions = matrix(
    50,
    2,
    Array.from(one.data).flatMap((v) => [v, v]),
  );
  const { converged, imbalance } = balanceWeights({ functions, targets: [0.2, 0.2] });
  assert.ok(converged);
  assert.ok(Math.abs(imbalance[0]!) <= 1e-3 + 1e-6);
});

test("kernel balance undoes a selection that depends on features, on functions not fitted", () => {
  const rng = new Rng(7);
  const population = normals(4000, 2, rng);
  const kept = Array.from({ length: 4000 }, (_, i) => i).filter(
    (i) => rng.uniform() < 1 / (1 + Math.exp(-population.data[2 * i]!)),
  );
  const observed = matrix(
    kept.length,
    2,
    kept.flatMap((i) => [population.data[2 * i]!, population.data[2 * i + 1]!]),
  );
  const kernel = new GaussianKernel({ dimension: 2 });
  const problem = { observed, population, kernel };
  const fitted = kernelBalance({ ...problem, centres: normals(30, 2, rng) });
  const unseen = normals(30, 2, rng);
  const size = (weights?: Float64Array) =>
    kernelImbalance({ ...problem, centres: unseen, weights }).reduce((a, v) => a + Math.abs(v), 0);
  assert.ok(fitted.converged);
  assert.ok(size(fitted.weights) < 0.2 * size());
});

test("the worst function is that of largest imbalance for its norm", () => {
  // functions of norms 1, 3 and 1, orthogonal, with imbalances 0.5, 1.2 and 0.4
  const functions = matrix(2, 3, [0.5, 1.2, 0.4, 0.5, 1.2, 0.4]);
  const gram = matrix(3, 3, [1, 0, 0, 0, 9, 0, 0, 0, 1]);
  const problem = { functions, targets: [0, 0, 0], gram };
  assert.deepEqual(Array.from(selectFunctions("worst", { ...problem, count: 1 })), [0]);
  assert.deepEqual(Array.from(selectFunctions("worst", { ...problem, count: 2 })), [0, 2]);
});

test("the adaptive choice finds the function that the errors are made of", () => {
  const rng = new Rng(11);
  const functions = normals(500, 20, rng);
  const errors = Float64Array.from(
    { length: 500 },
    (_, i) => 1 + 2 * functions.data[i * 20 + 13]! - functions.data[i * 20 + 4]! + rng.normal() / 5,
  );
  const problem = { functions, targets: new Float64Array(20), errors, count: 2 };
  assert.deepEqual(Array.from(selectFunctions("adaptive", problem)), [4, 13]);
});

test("bad input is named", () => {
  const functions = matrix(2, 1, [1, 2]);
  const cases: [() => unknown, RegExp, string][] = [
    [() => balanceWeights({ functions, targets: [] }), /targets must hold 1/, "ERR_SHAPE"],
    [() => balanceWeights({ functions, targets: [Number.NaN] }), /targets\[0\]/, "ERR_DOMAIN"],
    [() => balanceWeights({ functions, targets: [1], slack: -1 }), /slack/, "ERR_DOMAIN"],
    [() => balanceWeights({ functions, targets: [1], base: [1, 0] }), /base\[1\]/, "ERR_DOMAIN"],
    [
      () => selectFunctions("random", { functions, targets: [1], count: 2 }),
      /count must be at most 1/,
      "ERR_DOMAIN",
    ],
    [() => selectFunctions("worst", { functions, targets: [1], count: 1 }), /gram/, "ERR_DOMAIN"],
  ];
  for (const [call, message, code] of cases) assert.throws(call, { message, code });
});
