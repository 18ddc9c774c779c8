import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLatticeVector } from "./default-lattice-vector.ts";
import { latticeCbc } from "./lattice-cbc.ts";
import { latticeWorstCaseErrors } from "./lattice-worst-case-errors.ts";

test("the default vector holds distinct odd integers below 2^(mMax - 1)", () => {
  const { generatingVector, mMin, mMax } = defaultLatticeVector();
  assert.equal(mMin, 6);
  assert.equal(mMax, 20);
  assert.equal(generatingVector.length, 9125);
  assert.equal(new Set(generatingVector).size, 9125);
  assert.equal(generatingVector[0], 1);
  assert.ok(generatingVector.every((g) => g % 2 === 1 && g < 2 ** (mMax - 1)));
  generatingVector.fill(0);
  assert.equal(defaultLatticeVector().generatingVector[0], 1);
});

test("the default vector is within 1.6 of the rule made for n, at its own criterion", async () => {
  const { generatingVector } = defaultLatticeVector();
  const weights = { product: (j: number) => 0.1 / j };
  for (const m of [6, 8, 10, 12, 14]) {
    const options = { n: 2 ** m, weights };
    const ours = latticeWorstCaseErrors({
      ...options,
      generatingVector: generatingVector.slice(0, 50),
    });
    const best = await latticeCbc({ ...options, dimension: 50 });
    for (const d of [2, 5, 20, 50]) {
      assert.ok(ours[d - 1]! / best.worstCaseErrors.data[d - 1]! < 1.6, `m ${m}, d ${d}`);
    }
  }
});
