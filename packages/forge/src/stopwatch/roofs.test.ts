import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { boundOf, higherRoofs, type Roofs } from "./roofs.ts";
import { bootstrapInterval, geomean, iqr, median, quantile } from "./statistics.ts";

const roofs: Roofs = {
  hardware: "pretended",
  roofs: [
    {
      threads: 1,
      flopsPerSecond: 100e9,
      bandwidth: [
        { footprint: 1e4, bytesPerSecond: 200e9 },
        { footprint: 1e6, bytesPerSecond: 100e9 },
        { footprint: 1e8, bytesPerSecond: 20e9 },
      ],
    },
    { threads: 4, flopsPerSecond: 400e9, bandwidth: [{ footprint: 1e4, bytesPerSecond: 300e9 }] },
  ],
};

test("arithmetic or memory, whichever takes longer", () => {
  const product = boundOf(roofs, { flops: 2e9, bytes: 12e6 });
  assert.deepEqual([product.by, product.ns], ["arithmetic", 2e7]);
  const copy = boundOf(roofs, { flops: 1e6, bytes: 8e8 });
  assert.deepEqual([copy.by, copy.ns], ["memory", 4e7]);
});

test("what fits in a cache has that cache's bandwidth, unless it was flushed", () => {
  const at = (bytes: number, cold = false) =>
    boundOf(roofs, { flops: 0, bytes, cold }).bytesPerSecond;
  assert.equal(at(5e3), 200e9);
  assert.equal(at(5e5), 200e9, "between two footprints the higher one counts");
  assert.equal(at(2e6), 100e9);
  assert.equal(at(1e9), 20e9);
  assert.equal(at(5e3, true), 20e9);
});

test("more threads have the roof of at least as many", () => {
  assert.equal(boundOf(roofs, { flops: 1, bytes: 1, threads: 3 }).flopsPerSecond, 400e9);
  assert.equal(boundOf(roofs, { flops: 1, bytes: 1, threads: 9 }).flopsPerSecond, 400e9);
});

test("of two measurements the higher numbers stay", () => {
  const lower = structuredClone(roofs) as unknown as { roofs: { flopsPerSecond: number }[] };
  lower.roofs[0]!.flopsPerSecond = 60e9;
  assert.deepEqual(higherRoofs(roofs, lower as unknown as Roofs), roofs);
});

test("quantiles as the definition has them, and intervals that cover", () => {
  assert.equal(quantile([1, 2, 3, 4], 0.5), 2.5);
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(iqr([1, 2, 3, 4, 5]), 2);
  assert.ok(Math.abs(geomean([1, 4, 16]) - 4) < 1e-12);
  const rng = new Rng(3);
  let covered = 0;
  for (let run = 0; run < 100; run++) {
    const sample = Array.from({ length: 25 }, () => 10 + rng.normal());
    const [low, high] = bootstrapInterval(sample, median, rng, 200);
    if (low <= 10 && 10 <= high) covered++;
  }
  assert.ok(covered >= 86 && covered <= 100, `${covered}`);
});
