import assert from "node:assert/strict";
import { test } from "node:test";
import { type KorobovSearchOptions, korobovSearch } from "./korobov-search.ts";
import { latticeWorstCaseErrors } from "./lattice-worst-case-errors.ts";

test("no multiplier prime to n is better", async () => {
  for (const n of [21, 32, 61]) {
    const weights = { product: [1, 0.8, 0.6, 0.4] };
    const found = await korobovSearch({ dimension: 4, n, weights });
    let least = Number.POSITIVE_INFINITY;
    for (let a = 1; a < n; a++) {
      if ([2, 3, 7].some((prime) => n % prime === 0 && a % prime === 0)) continue;
      const generatingVector = [1, a, a ** 2 % n, a ** 3 % n];
      least = Math.min(least, latticeWorstCaseErrors({ generatingVector, n, weights })[3]!);
      if (a === found.multiplier) {
        assert.deepEqual([...found.generatingVector], generatingVector);
      }
    }
    assert.ok(Math.abs(found.worstCaseError - least) < 1e-12, `n ${n}`);
  }
});

test("two dimensions, n a Fibonacci number: the golden lattice", async () => {
  const { multiplier } = await korobovSearch({ dimension: 2, n: 89, weights: { product: [1, 1] } });
  // 34/89 and 55/89 mirror one another; 34^2 = -1 modulo 89.
  assert.equal(multiplier, 34);
});

test("given multipliers only are tried, the best of them wins, progress counts them", async () => {
  const seen: number[] = [];
  const { multiplier } = await korobovSearch({
    dimension: 3,
    n: 101,
    multipliers: [1, 40, 2],
    onProgress: (done, total) => seen.push(done / total),
  });
  assert.equal(multiplier, 40);
  assert.deepEqual(seen, [1 / 3, 2 / 3, 1]);
});

test("wrong arguments are refused by name", async () => {
  const refused = (options: object, message: RegExp) =>
    assert.rejects(korobovSearch(options as KorobovSearchOptions), message);
  await refused({ dimension: 2, n: 1 }, /n must be an integer in 2.*got 1/);
  await refused({ dimension: 2, n: 8, multipliers: [] }, /multipliers must not be empty/);
  await refused({ dimension: 2, n: 8, multipliers: [8] }, /multipliers\[0\] must be .*1..7, got 8/);
  await refused({ dimension: 1.5, n: 8 }, /dimension must be .* got 1.5/);
});
