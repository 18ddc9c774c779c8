import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix } from "@daily-kernel/compute";
import { Sobol } from "../sequences/sobol.ts";
import { discrepancy } from "./discrepancy.ts";
import { MPMC, type MPMCOptions, type MPMCTrainOptions } from "./mpmc.ts";

test("trained points beat Sobol' points of the same number", async () => {
  const [n, dimension] = [48, 2];
  const options = { n, dimension, randomize: "none", iterations: 300, seed: 3 } as const;
  const mpmc = await MPMC.train(options);
  const sobol = new Sobol({ dimension, seed: 3 }).points({ nMax: 64 });
  const first = matrix(n, dimension, sobol.data.slice(0, n * dimension));
  const learned = discrepancy(mpmc.points({ nMax: n }), "L2star");
  assert.ok(learned < 0.8 * discrepancy(first, "L2star"));
  const again = await MPMC.train(options);
  assert.deepEqual(again.points({ nMax: n }), mpmc.points({ nMax: n }));
});

test("one dimension: the known optimum 1 / (sqrt(12) n), for a single point too", async () => {
  for (const n of [1, 2, 5, 16]) {
    const mpmc = await MPMC.train({
      n,
      dimension: 1,
      randomize: "none",
      iterations: 300,
      starts: 2,
    });
    const value = discrepancy(mpmc.points({ nMax: n }), "L2star");
    assert.ok(Math.abs(value * Math.sqrt(12) * n - 1) < 1e-3, `n ${n}: ${value}`);
  }
});

test("more starts are never worse, and better now and then", async () => {
  let better = 0;
  for (const n of [10, 13, 20]) {
    const learned = async (starts: number) => {
      const options = { n, dimension: 3, randomize: "none", iterations: 100, starts } as const;
      return discrepancy((await MPMC.train(options)).points({ nMax: n }), "L2star");
    };
    const [one, eight] = [await learned(1), await learned(8)];
    assert.ok(eight <= one, `${eight} ${one}`);
    if (eight < one) better++;
  }
  assert.ok(better > 0);
});

test("each replication has points of its own and a shift of its own", async () => {
  const steps: number[] = [];
  const mpmc = await MPMC.train({
    n: 8,
    dimension: 3,
    replications: 2,
    starts: 3,
    criterion: "L2per",
    iterations: 20,
    onProgress: (done) => steps.push(done),
  });
  assert.equal(steps.at(-1), 2 * 3 * 20);
  assert.equal(mpmc.structure, "other");
  const set = mpmc.points({ nMax: 8 });
  assert.deepEqual([set.replications, set.n, set.dimension], [2, 8, 3]);
  assert.ok(set.data.every((x) => x >= 0 && x < 1));
  assert.notDeepEqual(mpmc.shifts[0], mpmc.shifts[1]);
  const unshifted = set.data.map((x, k) => {
    const y = x - mpmc.shifts[Math.floor(k / 24)]![k % 3]!;
    return y < 0 ? y + 1 : y;
  });
  // The wrap-around discrepancy does not see shifts.
  for (const r of [0, 1]) {
    const pick = (data: Float64Array) => matrix(8, 3, data.slice(24 * r, 24 * r + 24));
    const [a, b] = [set.data, unshifted].map((data) => discrepancy(pick(data), "L2per"));
    assert.ok(Math.abs(a! - b!) < 1e-12);
  }
  assert.notDeepEqual(unshifted.slice(0, 24), unshifted.slice(24));
});

test("stored points come back shifted, from any index", () => {
  const points = matrix(3, 2, [0.1, 0.9, 0.2, 0.5, 0.75, 0.25]);
  const plain = new MPMC({ points, randomize: "none" });
  assert.deepEqual(plain.points({ nMax: 3 }).data, points.data);
  assert.deepEqual([...plain.points({ nMin: 1, nMax: 2 }).data], [0.2, 0.5]);
  const shifted = new MPMC({
    points,
    replications: 2,
    shifts: [
      [0, 0.25],
      [0.5, 0],
    ],
  });
  assert.deepEqual([...shifted.points({ nMin: 2, nMax: 3 }).data], [0.75, 0.5, 0.25, 0.25]);
  const [child, other] = shifted.spawn([2, 2]);
  assert.notDeepEqual(child!.shifts, other!.shifts);
  const tiny = new MPMC({ points: matrix(1, 1, [1 - 2 ** -53]), shifts: [2 ** -54] });
  assert.equal(tiny.points({ nMax: 1 }).data[0], 0);
});

test("wrong arguments are refused by name", async () => {
  const points = matrix(2, 1, [0.1, 0.6]);
  const refused = (options: object, message: RegExp) =>
    assert.throws(() => new MPMC(options as MPMCOptions), message);
  refused({}, /points must be an object/);
  refused({ points: matrix(1, 1, [1]) }, /\[0, 1\), got 1 at index 0/);
  refused({ points: matrix(1, 1, [Number.NaN]) }, /got NaN/);
  refused({ points, randomize: "none", replications: 2 }, /replications must be 1, .* got 2/);
  refused({ points, randomize: "none", shifts: [0] }, /shifts need randomize/);
  refused({ points, randomize: "NUS" }, /randomize must be one of SHIFT, none, got NUS/);
  assert.throws(() => new MPMC({ points }).points({ nMax: 3 }), /at most 2, .* got 3/);
  assert.throws(() => new MPMC({ points }).spawn([2]), /must all be 1, got 2/);
  await assert.rejects(MPMC.train({ n: 0, dimension: 1 }), /n must be .* got 0/);
  await assert.rejects(MPMC.train({ n: 2 } as MPMCTrainOptions), /dimension must be a number/);
});
