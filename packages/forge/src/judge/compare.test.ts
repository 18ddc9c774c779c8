import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "./compare.ts";

const of = (got: number, value: number, bound: number) =>
  compare(
    [{ shape: [1], dtype: "float32", data: Float32Array.of(got) }],
    [{ shape: [1], value: Float64Array.of(value), bound: Float64Array.of(bound) }],
    1,
  );

test("a number is right within its bound and wrong beyond it", () => {
  assert.equal(of(1.5, 1, 0.5).misses, 0);
  assert.equal(of(1.5, 1, 0.25).misses, 1);
  assert.equal(of(1, 0, 0).worst, Infinity);
  assert.equal(of(Number.NaN, 1, 10).misses, 1);
});

test("a subnormal number may be one off, but not lost", () => {
  const quantum = 2 ** -149;
  assert.equal(of(2 * quantum, 3 * quantum, 0).misses, 0);
  assert.equal(of(0, quantum, 0).worst, 1);
  assert.equal(of(quantum, 3 * quantum, 0).misses, 1);
  assert.equal(of(0, 2 ** -127, 0).misses, 1);
});
