import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix } from "@daily-kernel/compute";
import { digitsOf } from "./binary-points.ts";
import { DigitalShiftInvariantKernel } from "./digital-shift-invariant.ts";
import { DigitalShiftInvariantAdaptiveKernel } from "./digital-shift-invariant-adaptive.ts";

/** Number of digits of x: beyond them, blocks of Walsh functions sum to what a zero digit makes. */
const DIGITS = 6;

const places = (h: number) => {
  const ones: number[] = [];
  for (let place = 32 - Math.clz32(h); place >= 1; place--)
    if ((h >> (place - 1)) & 1) ones.push(place);
  return ones;
};

/** wal_h(i / 2^DIGITS): place a of h meets digit a of x. */
function walsh(h: number, i: number): number {
  let odd = 0;
  for (const place of places(h)) if (place <= DIGITS) odd ^= (i >> (DIGITS - place)) & 1;
  return odd === 1 ? -1 : 1;
}

/** The weighted Walsh sum over 1 <= h < 2^top. */
function walshSum(i: number, top: number, weight: (ones: number[]) => number): number {
  let sum = 0;
  for (let h = 2 ** top - 1; h >= 1; h--) sum += walsh(h, i) * weight(places(h));
  return sum;
}

const dick = (order: number) => (ones: number[]) =>
  2 ** -ones.slice(0, order).reduce((sum, place) => sum + place, 0);

test("profiles of orders 2 to 4 are Dick's weighted Walsh sums", () => {
  const zero = matrix(1, 1);
  for (let order = 2; order <= 4; order++) {
    const kernel = new DigitalShiftInvariantKernel({ dimension: 1, lengthscales: 1, alpha: order });
    for (let i = 0; i < 2 ** DIGITS; i++) {
      const x = matrix(1, 1, Float64Array.of(i / 2 ** DIGITS));
      const exact = kernel.gramMinusScale(x, zero).data[0]!;
      // The blocks left out weigh 2^-2top or so for x = 0 and nothing but their tail otherwise:
      // extrapolate from two cuts, whose rests fall by a half (order 2, x = 0) or faster.
      const [a, b] = [walshSum(i, 12, dick(order)), walshSum(i, 13, dick(order))];
      const rest = Math.abs(b - a) + 1e-15;
      assert.ok(Math.abs(exact - b) <= 1.5 * rest, `order ${order}, x = ${i}/64: ${exact}, ${b}`);
    }
  }
});

test("order 1 and the adaptive profile are their Walsh sums, exactly", () => {
  const zero = matrix(1, 1);
  for (const alpha of [1, 0.5, 2.25]) {
    const weight = (ones: number[]) => 2 ** (-(alpha + 1) * (ones[0]! - 1));
    const kernel = new DigitalShiftInvariantAdaptiveKernel({
      dimension: 1,
      lengthscales: 1,
      alpha,
    });
    const first = new DigitalShiftInvariantKernel({ dimension: 1, lengthscales: 1, alpha: 1 });
    for (let i = 1; i < 2 ** DIGITS; i++) {
      const x = matrix(1, 1, Float64Array.of(i / 64));
      // Blocks beyond the last digit 1 cancel.
      const sum = walshSum(i, DIGITS, weight);
      assert.ok(Math.abs(kernel.gramMinusScale(x, zero).data[0]! - sum) < 1e-14);
      if (alpha !== 1) continue;
      assert.ok(Math.abs(first.gramMinusScale(x, zero).data[0]! - sum / 2) < 1e-15);
    }
  }
});

test("integers of any number of digits are the doubles that they stand for", () => {
  const values = [0, 1, 5, 1023, 512];
  const kernel = new DigitalShiftInvariantKernel({ dimension: 1, alpha: 4 });
  for (const bits of [10, 53, 64]) {
    const data = BigUint64Array.from(values, (v) => BigInt(v) << BigInt(bits - 10));
    const binary = { data, rows: 5, cols: 1, bits };
    const doubles = matrix(
      5,
      1,
      Float64Array.from(values, (v) => v / 1024),
    );
    assert.deepEqual(kernel.gram(binary, binary), kernel.gram(doubles, doubles));
    assert.deepEqual(kernel.gram(binary, doubles), kernel.gram(doubles, doubles));
  }
  const last = { data: BigUint64Array.of(2n ** 64n - 1n, 1n), rows: 2, cols: 1, bits: 64 };
  const { high, low } = digitsOf("test", "x", last, 1);
  assert.deepEqual([...high, ...low], [-1, 0, -1, 1]);
  const tiny = digitsOf("test", "x", matrix(1, 1, Float64Array.of(1 - 2 ** -53)), 1);
  assert.deepEqual([tiny.high[0], tiny.low[0]], [-1, -2048]);
});

test("integers that do not fit are refused by name", () => {
  const kernel = new DigitalShiftInvariantKernel({ dimension: 1 });
  const points = (data: bigint[], bits: number, rows = data.length) => ({
    ...{ data: BigUint64Array.from(data), rows, cols: 1, bits },
  });
  const gram = (p: ReturnType<typeof points>) => () => kernel.gram(p, p);
  assert.throws(gram(points([8n], 3)), /\[0, 1\)\^d, got 8 \/ 2\^3 at row 0/);
  assert.throws(gram(points([1n], 65)), /bits must be an integer in 1..64/);
  assert.throws(gram(points([1n], 8, 2)), /got 2x1 with 1/);
});

test("numbers of digits beyond 1 to 64 are outside the domain, others than numbers of a wrong kind", () => {
  const kernel = new DigitalShiftInvariantKernel({ dimension: 1 });
  const points = (bits: unknown) => {
    const data = BigUint64Array.of(1n);
    return { data, rows: 1, cols: 1, bits: bits as number };
  };
  for (const bits of [0, 65, 3.5, Number.NaN]) {
    assert.throws(() => kernel.gram(points(bits), points(1)), { code: "ERR_DOMAIN" });
  }
  for (const bits of ["3", undefined]) {
    assert.throws(() => kernel.gram(points(bits), points(1)), { code: "ERR_TYPE" });
  }
});
