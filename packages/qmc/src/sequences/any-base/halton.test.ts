import assert from "node:assert/strict";
import { test } from "node:test";
import { primes } from "../primes.ts";
import { DigitalNetAnyBases } from "./digital-net-any-bases.ts";
import { Faure } from "./faure.ts";
import { Halton } from "./halton.ts";
import { Hammersley } from "./hammersley.ts";
import { randomizations } from "./randomization.ts";

test("van der Corput by hand", () => {
  const halton = new Halton({ dimension: 2, randomize: "none" });
  assert.deepEqual(
    [...halton.points({ nMax: 5 }).data],
    [0, 0, 1 / 2, 1 / 3, 1 / 4, 2 / 3, 3 / 4, 1 / 9, 1 / 8, 1 / 3 + 1 / 9],
  );
  assert.deepEqual([...halton.points({ nMin: 2 ** 40, nMax: 2 ** 40 + 1 }).data][0], 2 ** -41);
});

test("primes by sieve", () => {
  assert.deepEqual([...primes(10)], [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]);
  assert.equal(primes(10_000)[9999], 104_729);
  assert.equal(primes(1)[0], 2);
});

// QMCPy 2.4: Faure(3, randomize=False)(9)[5:], Hammersley(3)(4).
test("Faure and Hammersley points are QMCPy's", () => {
  const faure = new Faure({ dimension: 3, randomize: "none" }).points({ nMin: 5, nMax: 7 }).data;
  const [a, b] = [0.7777777777777777, 0.5555555555555556];
  assert.deepEqual([...faure], [a, 1 / 9, 4 / 9, 2 / 9, 0.8888888888888888, b]);
  const hammersley = new Hammersley({ dimension: 3 }).points({ nMax: 4 }).data;
  assert.deepEqual(
    [...hammersley],
    [0, 0, 0, 0.25, 0.5, 1 / 3, 0.5, 0.25, 2 / 3, 0.75, 0.75, 1 / 9],
  );
});

/** All ways to write m as a sum of d whole numbers >= 0. */
function* splits(m: number, d: number): Generator<number[]> {
  if (d === 1) yield [m];
  else for (let k = 0; k <= m; k++) for (const rest of splits(m - k, d - 1)) yield [k, ...rest];
}

/** Throws unless every elementary interval of volume b^-m has one of the b^m points. */
function checkIntervals(data: Float64Array, b: number, m: number, d: number, about: string): void {
  const n = b ** m;
  for (const split of splits(m, d)) {
    const seen = new Set<number>();
    for (let i = 0; i < n; i++) {
      let cell = 0;
      // Points lie at least half a last digit away from the ends of intervals, or exactly on them.
      split.forEach((k, j) => {
        cell = cell * b ** k + Math.floor(data[i * d + j]! * b ** k + 1e-9);
      });
      seen.add(cell);
    }
    assert.equal(seen.size, n, `${about}: ${split}`);
  }
}

test("each elementary interval has one Faure point, after every randomisation", () => {
  for (const randomize of randomizations) {
    for (const [d, b, m] of [
      [2, 2, 6],
      [3, 3, 4],
      [4, 5, 3],
      [3, 7, 2],
    ] as const) {
      const faure = new Faure({ dimension: d, base: b, randomize, seed: 20n });
      assert.deepEqual(faure.bases, new Array(d).fill(b));
      for (const block of [0, 1, 5]) {
        const nMin = block * b ** m;
        const { data } = faure.points({ nMin, nMax: nMin + b ** m });
        checkIntervals(data, b, m, d, `${randomize} ${b} ${block}`);
      }
    }
  }
});

test("each elementary interval has one Halton point, after every randomisation", () => {
  for (const randomize of [...randomizations, "QRNG"] as const) {
    const halton = new Halton({ dimension: 2, randomize, seed: 4 });
    const { data } = halton.points({ nMin: 5 * 72, nMax: 6 * 72 });
    const cells = new Set<number>();
    for (let i = 0; i < 72; i++) {
      cells.add(9 * Math.floor(8 * data[2 * i]!) + Math.floor(9 * data[2 * i + 1]! + 1e-9));
    }
    assert.equal(cells.size, 72, randomize);
  }
});

test("points do not depend on how they are asked for; nested scrambles are consistent", () => {
  for (const randomize of [...randomizations, "QRNG"] as const) {
    const options = { dimension: 20, randomize, seed: 9 };
    const all = new Halton(options).points({ nMax: 600 }).data;
    const halton = new Halton(options);
    const parts = [halton.next(10), halton.next(300), halton.next(290)].flatMap((s) => [...s.data]);
    assert.deepEqual(parts, [...all]);
    const some = new Halton({ ...options, dimension: [19, 3] }).points({ nMax: 600 }).data;
    for (let i = 0; i < 600; i++) {
      assert.equal(some[2 * i], all[20 * i + 19]);
      assert.equal(some[2 * i + 1], all[20 * i + 3]);
    }
  }
});

test("replications and children are independent, and repeat", () => {
  for (const randomize of ["LMS", "DS", "DP", "NUS", "LMS_DP"] as const) {
    const halton = new Halton({ dimension: 3, randomize, replications: 4 });
    const { data } = halton.points({ nMin: 7, nMax: 8 });
    assert.equal(new Set(data).size, 12, randomize);
    const one = new Halton({ dimension: 2, randomize }).points({ nMin: 7, nMax: 8 }).data;
    assert.deepEqual([...one], [...data.subarray(0, 2)]);
    const [a, b] = halton.spawn([3, 3]);
    assert.notDeepEqual(a!.points({ nMax: 3 }), b!.points({ nMax: 3 }));
    const [again] = new Halton({ dimension: 3, randomize, replications: 4 }).spawn([3]);
    assert.deepEqual(again!.points({ nMax: 3 }), a!.points({ nMax: 3 }));
  }
});

test("randomised points have the mean and the variance of the uniform distribution", () => {
  for (const randomize of ["LMS_DS", "LMS_DP", "NUS", "DS", "DP"] as const) {
    const replications = 4000;
    const { data } = new Halton({ dimension: [5], randomize, replications }).points({
      nMin: 100,
      nMax: 101,
    });
    const mean = data.reduce((sum, x) => sum + x) / replications;
    const variance = data.reduce((sum, x) => sum + (x - 0.5) ** 2) / replications;
    assert.ok(Math.abs(mean - 0.5) < (5 * Math.sqrt(1 / 12)) / Math.sqrt(replications));
    assert.ok(Math.abs(variance - 1 / 12) < (5 * Math.sqrt(1 / 180)) / Math.sqrt(replications));
  }
});

test("thousands of dimensions, large bases", () => {
  const halton = new Halton({ dimension: 5000 });
  const { data } = halton.points({ nMin: 1, nMax: 40 });
  assert.equal(halton.bases[4999], 48_611);
  for (const x of data) assert.ok(x > 0 && x < 1);
});

test("interlaced digits alternate", () => {
  for (const randomize of ["none", "LMS", "NUS"] as const) {
    const options = { randomize, base: 5, seed: 2 };
    const two = new Faure({ ...options, dimension: 2, alpha: 2, digits: 8 });
    const four = new Faure({
      ...options,
      dimension: 4,
      ...(randomize === "none" ? {} : { digits: 23 }),
    });
    const a = two.digits({ nMax: 30 });
    const b = four.digits({ nMax: 30 });
    for (let i = 0; i < 30; i++) {
      for (let j = 0; j < 2; j++) {
        for (let t = 0; t < 8; t++) {
          const digit = a.data[(i * 2 + j) * 8 + t];
          const own = b.data[(i * 4 + 2 * j + (t % 2)) * b.digits + Math.floor(t / 2)];
          assert.equal(digit, own, `${randomize} ${i} ${j} ${t}`);
        }
      }
    }
  }
});

test("higher order Faure nets integrate smooth functions with a higher order", () => {
  const error = (alpha: number) => {
    const net = new Faure({ dimension: 1, alpha, base: 3, randomize: "LMS_DS", replications: 20 });
    const n = 3 ** 6;
    const { data } = net.points({ nMax: n });
    let sum = 0;
    for (let r = 0; r < 20; r++) {
      let mean = 0;
      for (let i = 0; i < n; i++) mean += Math.exp(data[r * n + i]!) / n;
      sum += (mean - (Math.E - 1)) ** 2;
    }
    return Math.sqrt(sum / 20);
  };
  assert.ok(error(2) < error(1) / 10);
});

test("a single digit set to its largest value does not round to 1", () => {
  const shifts = [new Array<number>(64).fill(1)];
  const halton = new Halton({ randomize: "DS", shifts });
  assert.equal(halton.points({ nMax: 1 }).data[0], 1 - 2 ** -53);
  assert.equal(halton.points({ nMax: 300 }).data[0], 1 - 2 ** -53);
});

test("bad input is refused with both numbers", () => {
  const refuse = (make: () => unknown, message: RegExp) => assert.throws(make, message);
  const identity = [
    [
      [1, 0],
      [0, 1],
    ],
  ];
  const net = { bases: 3, generatingMatrices: identity, randomize: "none" as const };
  refuse(() => new DigitalNetAnyBases(net).points({ nMax: 10 }), /at most 9, .*got 10/);
  refuse(() => new DigitalNetAnyBases({ ...net, dimension: 2 }), /at most 1, got 2/);
  refuse(() => new DigitalNetAnyBases({ ...net, bases: 1 }), /bases .*2\.\.1048576, got 1/);
  refuse(() => new DigitalNetAnyBases({ ...net, bases: [3, 3] }), /any x 1, got 1 x 2/);
  refuse(
    () => new DigitalNetAnyBases({ ...net, generatingMatrices: [[[3]]] }),
    /below their base 3, got 3/,
  );
  refuse(() => new DigitalNetAnyBases({ ...net, replications: 2 }), /must be 1, .*got 2/);
  refuse(
    () => new DigitalNetAnyBases({ ...net, generatingMatrices: [[[1, 0], [0]]] }),
    /must have 2 items, got 1/,
  );
  refuse(() => new DigitalNetAnyBases({ ...net, shifts: [[0, 1]] }), /DS or LMS_DS, got none/);
  const ds = { ...net, randomize: "DS" as const };
  refuse(() => new DigitalNetAnyBases({ ...ds, shifts: [[0, 3]] }), /base 3, got 3/);
  const dp = { ...net, randomize: "DP" as const };
  refuse(
    () => new DigitalNetAnyBases({ ...dp, permutations: [[[0, 0, 1]]] }),
    /3 different .*got 2/,
  );
  refuse(() => new Halton({ dimension: 100_000 }), /at most 82025, got 100000/);
  refuse(() => new Halton({ dimension: 361, randomize: "QRNG" }), /at most 360, got 361/);
  refuse(() => new Halton({ randomize: "QRNG", replications: 2 }), /must be 1 .*got 2/);
  refuse(
    () => new Halton({ randomize: "QRNG" }).points({ nMax: 2 ** 33 }),
    /4294967296, .*8589934592/,
  );
  refuse(() => new Halton({ randomize: "SHIFT" as "DS" }), /one of LMS_DP, .*got SHIFT/);
  refuse(() => new Halton({ digits: 65 }), /1\.\.64, got 65/);
  refuse(() => new Faure({ dimension: 4, base: 3 }), />= .* 4, got 3/);
  refuse(() => new Faure({ dimension: 4, base: 6 }), /prime .* 4, got 6/);
  refuse(() => new Faure({ dimension: [0, 1], alpha: 2 }), /number with alpha > 1/);
  refuse(() => new Hammersley().points({ nMin: 1, nMax: 2 }), /nMin must be 0, .*1 and nMax 2/);
  refuse(() => new Hammersley({ replications: 3 }), /must be 1, got 3/);
});
