import assert from "node:assert/strict";
import { test } from "node:test";
import { KorobovLattice, korobovRowsReference } from "./korobov-lattice.ts";
import { korobovMultiplier, korobovVector } from "./korobov-multiplier.ts";

// QMCPy 2.4: KorobovLattice(2, randomize="FALSE")(8), whose table has a = 3.
test("points are those of QMCPy with its multiplier", () => {
  const lattice = new KorobovLattice({ dimension: 2, randomize: "none", multiplier: 3 });
  assert.deepEqual(
    [...lattice.points({ nMax: 8 }).data],
    [
      0, 0, 0.125, 0.375, 0.25, 0.75, 0.375, 0.125, 0.5, 0.5, 0.625, 0.875, 0.75, 0.25, 0.875,
      0.625,
    ],
  );
});

test("any number of points; the fast rows have the bits of the scalar ones", () => {
  for (const n of [1, 2, 97, 1000, 5003]) {
    const shifts = [0.25, 0.9, 0.1, 1 - 2 ** -53];
    const lattice = new KorobovLattice({ dimension: 4, multiplier: 76, shifts });
    const expected = new Float64Array(4 * n);
    korobovRowsReference(expected, n, korobovVector(76, n, 4), Float64Array.from(shifts));
    const { data } = lattice.points({ nMax: n });
    assert.deepEqual(data, expected);
    for (const x of data) assert.ok(x >= 0 && x < 1);
  }
});

test("the multiplier is the best of all for small n", () => {
  const merit = (a: number, n: number, d: number) => {
    let sum = 0;
    for (let k = 0; k < n; k++) {
      let product = 1;
      korobovVector(a, n, d).forEach((z, j) => {
        const x = ((k * z) % n) / n;
        product *= 1 + (2 * Math.PI ** 2 * (x * x - x + 1 / 6)) / (j + 1) ** 2;
      });
      sum += product;
    }
    return sum / n - 1;
  };
  for (const [n, d] of [
    [8, 2],
    [31, 3],
    [64, 5],
  ] as const) {
    const prime = (a: number, b: number): boolean => (b === 0 ? a === 1 : prime(b, a % b));
    const merits = Array.from({ length: n - 1 }, (_, i) =>
      prime(i + 1, n) ? merit(i + 1, n, d) : Number.POSITIVE_INFINITY,
    );
    const found = merit(korobovMultiplier(n, d), n, d);
    assert.ok(found <= Math.min(...merits) * (1 + 1e-12));
  }
});

test("components, replications, children", () => {
  const lattice = new KorobovLattice({ dimension: [2, 0], multiplier: 5, randomize: "none" });
  const { data } = lattice.points({ nMax: 32 });
  assert.deepEqual([...data.subarray(2, 4)], [25 / 32, 1 / 32]);
  const two = new KorobovLattice({ dimension: 2, replications: 2 }).points({ nMax: 7 }).data;
  assert.notEqual(two[0], two[14]);
  const [a, b] = new KorobovLattice().spawn([1, 1]);
  assert.notDeepEqual(a!.points({ nMax: 4 }).data, b!.points({ nMax: 4 }).data);
});

test("bad input is refused with both numbers", () => {
  const lattice = new KorobovLattice();
  assert.throws(() => lattice.points({ nMin: 8, nMax: 16 }), /nMin must be 0.*8 and nMax 16/);
  assert.throws(() => lattice.points({ nMax: 2 ** 27 }), /at most 67108864, got 134217728/);
  assert.throws(() => new KorobovLattice({ multiplier: 0 }), /multiplier .*1\.\.67108864, got 0/);
  assert.throws(() => new KorobovLattice({ randomize: "none", replications: 2 }), /got 2/);
});
