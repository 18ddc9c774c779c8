import assert from "node:assert/strict";
import { test } from "node:test";
import { Kronecker } from "./kronecker.ts";
import { richtmyer, suzuki, wordOf } from "./kronecker-alpha.ts";
import { cbcKronecker } from "./kronecker-cbc.ts";

const near = (actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-13) => {
  assert.equal(actual.length, expected.length);
  expected.forEach((x, i) => {
    assert.ok(Math.abs(actual[i]! - x) <= tolerance, `${i}: ${actual[i]} ${x}`);
  });
};

// QMCPy 2.4: Kronecker(3, generating_vector=..., randomize=False)(4), to the digits that it prints.
test("points are those of QMCPy", () => {
  const points = (generatingVector: "richtmyer" | "suzuki") =>
    new Kronecker({ dimension: 3, generatingVector, randomize: "none" }).points({ nMax: 4 }).data;
  near(
    points("richtmyer"),
    [
      ...[0, 0, 0, 0.41421356, 0.73205081, 0.23606798],
      ...[0.82842712, 0.46410162, 0.47213595, 0.24264069, 0.19615242, 0.70820393],
    ],
    6e-9,
  );
  near(
    points("suzuki"),
    [
      ...[0, 0, 0, 0.18920712, 0.41421356, 0.68179283],
      ...[0.37841423, 0.82842712, 0.36358566, 0.56762135, 0.24264069, 0.04537849],
    ],
    6e-9,
  );
});

test("vectors are the irrationals to 64 bits", () => {
  [...richtmyer(60)].forEach((word, j) => {
    const p = [2n, 3n, 5n, 7n, 11n, 13n, 17n][j];
    if (p === undefined) return;
    // (floor sqrt(p) + word / 2^64)^2 is p up to one unit of the last place.
    const root = (BigInt(Math.floor(Math.sqrt(Number(p)))) << 64n) + word;
    assert.ok(root * root <= p << 128n && (root + 1n) * (root + 1n) > p << 128n);
  });
  [...suzuki(5)].forEach((word, i) => {
    const power = (1n << 64n) + word;
    const exact = (2n ** BigInt(i + 1)) << (64n * 6n);
    assert.ok(power ** 6n <= exact && (power + 1n) ** 6n > exact);
  });
  assert.equal(wordOf(-0.25), 3n << 62n);
});

test("point 2^50 has all its bits", () => {
  const alpha = 0x9e3779b97f4a7c15n; // the golden ratio
  const sequence = new Kronecker({ generatingVector: [alpha], randomize: "none" });
  const nMin = 2 ** 50;
  const { data } = sequence.points({ nMin, nMax: nMin + 100 });
  for (let i = 0; i < 100; i++) {
    const word = BigInt.asUintN(64, alpha * BigInt(nMin + i));
    assert.equal(data[i], Number(word >> 11n) / 2 ** 53);
  }
});

test("a shift is added modulo 1, replications have their own, components are picked", () => {
  const generatingVector = [0.25, 0.5, 0.75];
  const sequence = new Kronecker({
    dimension: [0, 2],
    generatingVector,
    replications: 2,
    shifts: [
      [0.5, 0.25],
      [0, 0.75],
    ],
  });
  const expected = [0.5, 0.25, 0.75, 0, 0, 0.75, 0.25, 0.5];
  assert.deepEqual([...sequence.points({ nMax: 2 }).data], expected);
  const random = new Kronecker({ dimension: 5, replications: 3 });
  assert.equal(new Set(random.shifts.flatMap((shift) => [...shift])).size, 15);
  for (const x of random.points({ nMin: 10, nMax: 5000 }).data) assert.ok(x >= 0 && x < 1);
  const [a, b] = random.spawn([5, 2]);
  assert.notDeepEqual(a!.shifts[0], random.shifts[0]);
  assert.equal(b!.dimension, 2);
});

// QMCPy 2.4: Kronecker(2, generating_vector="RICHTMYER", randomize=False).periodic_discrepancy(6)
test("periodic discrepancies are QMCPy's, and the double sum", () => {
  const sequence = new Kronecker({ dimension: 2, generatingVector: "richtmyer" });
  const found = sequence.periodicDiscrepancy(6);
  near(found, [0.60092521, 0.35909016, 0.24752157, 0.18882785, 0.16253351, 0.15135971], 6e-9);
  const { data } = new Kronecker({
    dimension: 2,
    generatingVector: "richtmyer",
    randomize: "none",
  }).points({ nMax: 6 });
  let sum = 0;
  for (let i = 0; i < 6; i++) {
    for (let l = 0; l < 6; l++) {
      let product = 1;
      for (const j of [0, 1]) {
        const x = Math.abs(data[2 * i + j]! - data[2 * l + j]!);
        product *= 1 + 0.5 * (x * (x - 1) + 1 / 6);
      }
      sum += product;
    }
  }
  const weighted = sequence.periodicDiscrepancy(6, { weights: [0.5, 0.5] });
  near([weighted[5]!], [Math.sqrt(sum / 36 - 1)]);
  near(sequence.wssdDiscrepancy(6, [0, 0, 0, 0, 1, 2]), [found[4]! ** 2 + 2 * found[5]! ** 2]);
});

test("the cbc vector is extensible and better than Richtmyer's", () => {
  assert.deepEqual([...cbcKronecker(8).slice(0, 3)], [...cbcKronecker(3)]);
  const weights = Array.from({ length: 8 }, (_, j) => (2 * Math.PI ** 2) / (j + 1) ** 2);
  const worst = (generatingVector: "cbc" | "richtmyer") => {
    const sequence = new Kronecker({ dimension: 8, generatingVector });
    return sequence.wssdDiscrepancy(4096, new Float64Array(4096).fill(1), { weights })[0]!;
  };
  assert.ok(worst("cbc") < worst("richtmyer"));
});

test("bad input is refused with both numbers", () => {
  assert.throws(() => new Kronecker({ dimension: 300 }), /at most 256 .*got 300/);
  assert.throws(() => new Kronecker({ generatingVector: [Number.NaN] }), /finite, got NaN/);
  assert.throws(
    () => new Kronecker({ dimension: 3, generatingVector: [0.1] }),
    /at most 1, .*got 3/,
  );
  assert.throws(() => new Kronecker({ randomize: "none", replications: 2 }), /must be 1.*got 2/);
  assert.throws(() => new Kronecker().wssdDiscrepancy(3, [1]), /3 numbers, got 1/);
  assert.throws(() => new Kronecker().periodicDiscrepancy(0), /1\.\..*got 0/);
});
