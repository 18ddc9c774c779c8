import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LatinHypercube } from "./latin-hypercube.ts";

test("every stratum of every coordinate has one point", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom("jitter" as const, "none" as const),
      fc.nat(),
      (n, dimension, randomize, seed) => {
        const hypercube = new LatinHypercube({ dimension, randomize, seed, replications: 2 });
        const { data } = hypercube.points({ nMax: n });
        for (let r = 0; r < 2; r++) {
          for (let j = 0; j < dimension; j++) {
            const strata = Array.from({ length: n }, (_, i) =>
              Math.floor(data[(r * n + i) * dimension + j]! * n + 1e-9),
            );
            assert.equal(new Set(strata).size, n);
            assert.ok(strata.every((k) => k >= 0 && k < n));
          }
        }
      },
    ),
    { numRuns: 50 },
  );
});

test("centres are centres; designs follow one another; reset and replay", () => {
  const centred = new LatinHypercube({ randomize: "none" }).points({ nMax: 4 }).data;
  assert.deepEqual([...centred].sort(), [0.125, 0.375, 0.625, 0.875]);
  const hypercube = new LatinHypercube({ dimension: 3, seed: 2 });
  const first = hypercube.points({ nMax: 50 });
  assert.deepEqual(hypercube.next(50), first);
  const second = hypercube.next(50);
  assert.notDeepEqual(second, first);
  assert.deepEqual(hypercube.points({ nMax: 50 }), first);
  hypercube.reset();
  assert.deepEqual(hypercube.next(50), first);
  const wider = new LatinHypercube({ dimension: 5, seed: 2 }).points({ nMax: 50 }).data;
  for (let i = 0; i < 50; i++) assert.equal(wider[5 * i + 2], first.data[3 * i + 2]);
  const [a, b] = hypercube.spawn([3, 3]);
  assert.notDeepEqual(a!.next(5), b!.next(5));
});

test("the variance of an additive function nearly vanishes", () => {
  const replications = 50;
  const { data } = new LatinHypercube({ dimension: 2, replications }).points({ nMax: 64 });
  const means = Array.from({ length: replications }, (_, r) => {
    let sum = 0;
    for (let i = 0; i < 128; i++) sum += data[128 * r + i]!;
    return sum / 64;
  });
  // Independent points: 2 / 12 / 64 = 2.6e-3; strata: 2 / 12 / 64^3 = 6.4e-7.
  const variance = means.reduce((sum, x) => sum + (x - 1) ** 2, 0) / replications;
  assert.ok(variance < 2e-6);
});

test("bad input is refused with both numbers", () => {
  const hypercube = new LatinHypercube();
  assert.throws(() => hypercube.points({ nMin: 2, nMax: 4 }), /nMin must be 0, .*2 and nMax 4/);
  assert.throws(() => hypercube.points({ nMax: 2 ** 32 }), /2147483648, got 4294967296/);
  assert.throws(() => hypercube.next(-1), /next: n .*got -1/);
  assert.throws(() => new LatinHypercube({ randomize: "DS" as "none" }), /jitter, none, got DS/);
});
