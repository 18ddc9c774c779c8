import assert from "node:assert/strict";
import { test } from "node:test";
import { splitBlocks } from "./tridiagonal-blocks.ts";

test("cuts where rounding loses the coupling beside either side, and scales every block", () => {
  const d = Float64Array.of(2 ** 20, 1, 2 ** -60, 2 ** -61, 0);
  const e = Float64Array.of(2 ** -30, 2 ** -60, 2 ** -61, 0, 7);
  const { scales, floors } = splitBlocks(d, e);
  // Blocks: the first two (2^-30 is above 2^20 2^-53), the next two, the zero.
  assert.deepEqual(scales, Float64Array.of(2 ** -20, 2 ** -20, 2 ** 60, 2 ** 60, 1));
  assert.deepEqual(d, Float64Array.of(1, 2 ** -20, 1, 0.5, 0));
  assert.deepEqual(e, Float64Array.of(2 ** -50, 0, 0.5, 0, 7));
  assert.deepEqual(floors, Float64Array.of(2 ** -53, 2 ** -53, 2 ** -53, 2 ** -53, 0));
});

test("cuts upwards and downwards alike", () => {
  for (const ends of [
    [1, 1e-20],
    [1e-20, 1],
  ]) {
    const e = Float64Array.of(1e-18, 0);
    splitBlocks(Float64Array.from(ends), e);
    assert.equal(e[0], 0);
  }
});
