import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { DigitalNetAnyBases } from "./digital-net-any-bases.ts";
import { Faure } from "./faure.ts";
import { Halton } from "./halton.ts";

const rng = new Rng(5);
const draw = (base: number, ...shape: number[]): never =>
  (shape.length === 0
    ? rng.integer(base)
    : Array.from({ length: shape[0]! }, () => draw(base, ...shape.slice(1)))) as never;

function binomial(n: number, k: number): number {
  return k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k;
}

/** Digit t of index i: S times Faure's matrix of component c times the index digits. */
function faureDigit(row: number[], c: number, i: number, base: number): number {
  let sum = 0;
  for (let k = 0, rest = i; rest > 0; k++, rest = Math.floor(rest / base)) {
    for (let t = 0; t <= k && t < row.length; t++) {
      sum += row[t]! * binomial(k, t) * c ** (k - t) * (rest % base);
    }
  }
  return sum % base;
}

// QMCPy 2.4's own: Faure(5, replications=2) has matrices of 28 x 14, Faure(2) of 63 x 32.
test("Faure takes scrambles of as many columns as index digits are used", () => {
  const [d, base] = [5, 5];
  const scrambles: number[][][][] = draw(base, 2, d, 28, 14);
  const options = { dimension: d, replications: 2, digits: 28, randomize: "LMS" as const };
  const faure = new Faure({ ...options, scrambles });
  const { data, digits } = faure.digits({ nMin: 600, nMax: 640 });
  for (let r = 0; r < 2; r++) {
    for (let i = 600; i < 640; i++) {
      for (let j = 0; j < d; j++) {
        const at = ((r * 40 + i - 600) * d + j) * digits;
        const expected = scrambles[r]![j]!.map((row) => faureDigit(row, j, i, base));
        assert.deepEqual([...data.subarray(at, at + digits)], expected);
      }
    }
  }
  assert.throws(() => faure.points({ nMax: 5 ** 14 + 1 }), { code: "ERR_DOMAIN" });
  const two: number[][][] = draw(2, 2, 63, 32);
  new Faure({
    dimension: 2,
    digits: 63,
    scrambles: two,
    shifts: draw(2, 2, 63),
    randomize: "LMS_DS",
  });
});

test("columns that a scramble lacks are zeros, those too many are not used", () => {
  const base = 3;
  const generatingMatrices: number[][][] = draw(base, 1, 4, 5);
  const net = (columns: number, scramble: number[][]) =>
    new DigitalNetAnyBases({
      bases: base,
      generatingMatrices,
      randomize: "LMS",
      scrambles: [scramble.map((row) => Array.from({ length: columns }, (_, k) => row[k] ?? 0))],
    }).digits({ nMax: 81 }).data;
  const scramble: number[][] = draw(base, 7, 9);
  const short = scramble.map((row) => row.slice(0, 3));
  assert.deepEqual(net(3, short), net(5, short));
  assert.deepEqual(net(9, scramble), net(5, scramble));
  assert.notDeepEqual(net(3, short), net(5, scramble));
});

test("interlaced components take scrambles of any number of rows", () => {
  const scrambles: number[][][] = draw(2, 2, 32, 20);
  const make = (rows: number, digits: number) =>
    new Faure({
      base: 2,
      alpha: 2,
      digits,
      randomize: "LMS",
      scrambles: scrambles.map((matrix) => matrix.slice(0, rows)),
    }).digits({ nMin: 900, nMax: 1000 }).data;
  const long = make(32, 63);
  for (let i = 0; i < 100; i++) {
    for (let t = 0; t < 63; t++) {
      const row = scrambles[t % 2]![t >> 1]!;
      assert.equal(long[i * 63 + t], faureDigit(row, t % 2, 900 + i, 2));
    }
  }
  // Fewer rows than digits / alpha: zeros; more: not used.
  const few = make(10, 63);
  few.forEach((y, at) => {
    assert.equal(y, at % 63 < 20 ? long[at] : 0);
  });
  const cut = make(32, 16);
  cut.forEach((y, at) => {
    assert.equal(y, long[Math.floor(at / 16) * 63 + (at % 16)]);
  });
});

test("scrambles have 1..64 rows and columns", () => {
  const message = /scrambles' columns must be an integer in 1\.\.64, got 65/;
  assert.throws(() => new Halton({ scrambles: draw(2, 1, 8, 65) }), message);
  assert.throws(() => new Faure({ scrambles: draw(2, 1, 65, 8) }), /rows .*1\.\.64, got 65/);
});
