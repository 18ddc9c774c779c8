import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { cosTurns } from "./cosine.ts";

test("cosTurns is the cosine to 1e-11, for any number of turns", () => {
  const rng = new Rng(3);
  for (let k = 0; k < 50_000; k++) {
    const turns = 4 * rng.uniform() - 2;
    assert.ok(Math.abs(cosTurns(turns) - Math.cos(2 * Math.PI * turns)) < 1e-11, `${turns}`);
  }
  for (const [turns, cosine] of [
    [0, 1],
    [0.25, 0],
    [0.5, -1],
    [-0.75, 0],
    [1e15, 1],
    [1e300, 1],
  ] as const) {
    assert.ok(Math.abs(cosTurns(turns) - cosine) < 1e-11, `${turns}`);
  }
  assert.deepEqual([Number.NaN, Number.POSITIVE_INFINITY].map(cosTurns), [0, 0]);
});
