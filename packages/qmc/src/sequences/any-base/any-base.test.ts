import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import fc from "fast-check";
import { coordinateReference } from "./coordinate-digits.ts";
import { writeCoordinates } from "./coordinate-rows.ts";
import { type DigitalGenerator, makeCoordinate } from "./coordinates.ts";
import { type DigitMatrix, identityMatrix } from "./digit-matrix.ts";
import { DigitalNetAnyBases } from "./digital-net-any-bases.ts";
import type { Coordinate } from "./digital-plan.ts";
import { Halton } from "./halton.ts";
import { checkRandomization, randomizations } from "./randomization.ts";

/** A coordinate with a random matrix, or the identity. */
function coordinate(
  base: number,
  kind: (typeof randomizations)[number],
  diagonal: boolean,
  alpha: number,
  seed: number,
): Coordinate {
  const size = 1 + Math.floor(20 / Math.log2(base));
  const rng = new Rng(seed);
  const full = (): DigitMatrix => {
    const entries = new Uint32Array(size * size).map(() => rng.integer(base));
    return { columns: size, digits: size, entries };
  };
  const generator: DigitalGenerator = {
    base: () => base,
    matrix: () => (diagonal ? identityMatrix(size) : full()),
  };
  const randomization = checkRandomization("test", { randomize: kind, alpha }, 1, 1);
  return makeCoordinate("test", generator, randomization, seed, [0, 0, 1], 0);
}

test("the kernels have the bits of the digits one by one", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(2, 3, 4, 5, 7, 10, 31, 61, 101, 397, 1031), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.constantFrom(...randomizations),
      fc.boolean(),
      fc.constantFrom(1, 1, 1, 2),
      fc.integer({ min: 0, max: 4000 }),
      fc.constantFrom(1, 15, 16, 40, 700, 1600),
      fc.nat(),
      (bases, kind, diagonal, alpha, nMin, n, seed) => {
        const row = bases.map((base) => coordinate(base, kind, diagonal, alpha, seed));
        const fast = new Float64Array(n * row.length);
        writeCoordinates(row, nMin, n, fast);
        const slow = new Float64Array(n * row.length);
        row.forEach((c, j) => {
          coordinateReference(c, nMin, n, slow.subarray(j), row.length);
        });
        assert.deepEqual(fast, slow);
        for (const x of fast) assert.ok(x >= 0 && x < 1);
      },
    ),
    { numRuns: 150 },
  );
});

test("the kernels for fixed multipliers too", () => {
  const halton = new Halton({ dimension: [0, 1, 9, 300], randomize: "QRNG", seed: 3 });
  const fast = halton.points({ nMin: 37, nMax: 1000 }).data;
  for (let i = 37; i < 1000; i++) {
    const one = halton.points({ nMin: i, nMax: i + 1 }).data;
    assert.deepEqual(fast.subarray(4 * (i - 37), 4 * (i - 36)), one);
  }
});

test("every chunk goes on where the last one ended", () => {
  const halton = new Halton({ dimension: 700, randomize: "LMS_DP" });
  const all = halton.points({ nMin: 11, nMax: 311 }).data;
  const last = halton.points({ nMin: 310, nMax: 311 }).data;
  assert.deepEqual(all.subarray(299 * 700), last);
});

test("all points that the index digits allow, to the last", () => {
  for (const [base, columns] of [
    [2, 8],
    [2, 11],
    [3, 7],
    [5, 5],
  ] as const) {
    const identity = Array.from({ length: columns }, (_, k) =>
      Array.from({ length: columns }, (_, t) => (t === k ? 1 : 0)),
    );
    const net = new DigitalNetAnyBases({ bases: base, generatingMatrices: [identity] });
    const nMax = base ** columns;
    const { data } = net.points({ nMax });
    assert.deepEqual(data.subarray(nMax - 1), net.points({ nMin: nMax - 1, nMax }).data);
    assert.equal(new Set(data.map((x) => Math.floor(x * nMax + 1e-9))).size, nMax);
  }
});
