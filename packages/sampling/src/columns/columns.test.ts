import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { meanOf, normalMatrix, subsets } from "../fixture.ts";
import { determinant } from "../linear/determinant.ts";
import { columnError } from "./column-error.ts";
import { pivotColumns } from "./pivot-columns.ts";
import { columnErrors, volumeColumns } from "./volume-columns.ts";

const [d, n] = [5, 7];
const a = normalMatrix(d, n, 12);
for (let p = 0; p < a.data.length; p++) a.data[p]! *= 1 + (p % n) ** 2 / 5;

function gramMinor(set: readonly number[]): number {
  const k = set.length;
  const part = matrix(k, k);
  set.forEach((i, r) => {
    set.forEach((j, c) => {
      for (let row = 0; row < d; row++)
        part.data[r * k + c]! += a.data[row * n + i]! * a.data[row * n + j]!;
    });
  });
  return determinant(part);
}

test("the mean error of volume sampling is the one of enumeration, at most k + 1 times the best", () => {
  for (let k = 1; k < d; k++) {
    let total = 0;
    let sum = 0;
    for (const set of subsets(n, k)) {
      const volume = gramMinor(set);
      total += volume;
      sum += volume * columnError(a, set);
    }
    const { volume, best } = columnErrors(a, k);
    assert.ok(
      Math.abs(sum / total / volume - 1) < 1e-10,
      `k = ${k}: ${sum / total}, not ${volume}`,
    );
    assert.ok(volume <= (k + 1) * best && volume >= best);
  }
});

test("the columns drawn have that mean error", () => {
  const rng = new Rng(41);
  const errors = Array.from({ length: 4000 }, () => columnError(a, volumeColumns(a, 3, rng)));
  const { mean, error } = meanOf(errors);
  assert.ok(Math.abs(mean - columnErrors(a, 3).volume) < 4 * error);
});

test("pivots: the longest column first, never worse than what volume sampling can do", () => {
  const lengths = Array.from({ length: n }, (_, j) => gramMinor([j]));
  assert.equal(pivotColumns(a, 1)[0], lengths.indexOf(Math.max(...lengths)));
  for (let k = 1; k < d; k++) {
    const error = columnError(a, pivotColumns(a, k));
    assert.ok(error >= columnErrors(a, k).best);
    assert.ok(error <= (n - k + 1) * 4 ** k * columnErrors(a, k).best);
  }
  assert.ok(columnError(a, pivotColumns(a, d)) < 1e-24 * columnError(a, []));
});

test("a column twice counts once; ranks are respected", () => {
  const twin = matrix(2, 3, [1, 1, 0, 2, 2, 1]);
  assert.ok(Math.abs(columnError(twin, [0, 1]) - columnError(twin, [0])) < 1e-15);
  const flat = matrix(2, 3, [1, 2, 3, 2, 4, 6]);
  assert.throws(() => pivotColumns(flat, 2), /rank 1/);
  assert.throws(() => volumeColumns(flat, 2, new Rng(1)), /rank 1/);
  assert.throws(() => columnError(a, [9]), /columns\[0\]/);
});
