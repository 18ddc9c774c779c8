import assert from "node:assert/strict";
import { test } from "node:test";
import { DigitalNetB2 } from "../sequences/digital-net-b2.ts";
import {
  degree,
  isIrreducible,
  multiplyModulo,
  primitivePolynomial,
} from "./binary-polynomials.ts";
import { type PolynomialLatticeOptions, polynomialLatticeCbc } from "./polynomial-lattice-cbc.ts";
import { tValue } from "./t-value.ts";
import { walshKernel } from "./walsh-kernel.ts";

/** The points of component q by their definition: the first m digits of k q / f. */
function component(q: number, f: number): Float64Array {
  const m = degree(f);
  return Float64Array.from({ length: 2 ** m }, (_, k) => {
    let rest = multiplyModulo(k, q, f);
    let x = 0;
    for (let r = 0; r < m; r++) {
      rest <<= 1;
      if (rest & (2 ** m)) {
        rest ^= f;
        x += 2 ** (-r - 1);
      }
    }
    return x;
  });
}

/** The criterion of all components by its definition, with product weights 1/j^2. */
function criterion(qs: number[], f: number, interlace: number, kernel: (x: number) => number) {
  const points = qs.map((q) => component(q, f));
  let sum = 0;
  for (let k = 0; k < 2 ** degree(f); k++) {
    let product = 1;
    for (let j = 0; j * interlace < qs.length; j++) {
      let part = 1;
      for (let i = j * interlace; i < Math.min((j + 1) * interlace, qs.length); i++) {
        part *= 1 + kernel(points[i]![k]!);
      }
      product *= 1 + (part - 1) / (j + 1) ** 2;
    }
    sum += product;
  }
  return sum / 2 ** degree(f) - 1;
}

for (const [m, interlace, modulus] of [
  [1, 1, undefined],
  [3, 1, undefined],
  [6, 1, undefined],
  [4, 1, 0b11111], // irreducible, but x generates only 5 of its 15 residues
  [5, 2, undefined],
  [4, 3, undefined],
] as const) {
  test(`fast search equals the naive one: m ${m}, interlace ${interlace}`, async () => {
    const dimension = 3;
    const options = modulus === undefined ? {} : { modulus };
    const found = await polynomialLatticeCbc({ dimension, m, interlace, ...options });
    const f = found.modulus;
    const kernel = interlace > 1 ? walshKernel(interlace, 1) : walshKernel(2, 0);
    const chosen: number[] = [];
    for (let s = 0; s < dimension * interlace; s++) {
      let best = 1;
      let least = Number.POSITIVE_INFINITY;
      for (let q = 1; q < 2 ** m && (s > 0 || q === 1); q++) {
        const value = criterion([...chosen, q], f, interlace, kernel);
        if (value < least - 1e-13) [best, least] = [q, value];
      }
      chosen.push(best);
    }
    assert.deepEqual([...found.generatingPolynomials], chosen);
    for (let j = 0; j < dimension; j++) {
      const value = criterion(chosen.slice(0, (j + 1) * interlace), f, interlace, kernel);
      const error = found.errors[j]!;
      assert.ok(Math.abs((interlace === 1 ? error * error : error) - value) < 1e-13);
    }
  });
}

test("the matrices make the points of the definition in DigitalNetB2", async () => {
  const [m, dimension] = [6, 4];
  const found = await polynomialLatticeCbc({ dimension, m });
  const net = new DigitalNetB2({
    dimension,
    generatingMatrices: found.generatingMatrices,
    matrixBits: m,
    randomize: "none",
  });
  const { data } = net.points({ nMax: 2 ** m });
  for (const [j, q] of found.generatingPolynomials.entries()) {
    const expected = component(q, found.modulus);
    assert.deepEqual(
      data.filter((_, i) => i % dimension === j),
      expected,
    );
  }
  assert.ok(tValue(found.generatingMatrices, { matrixBits: m }) <= 3);
  const two = found.generatingMatrices.slice(0, 2);
  assert.ok(tValue(two, { matrixBits: m }) <= 1);
});

test("interlaced matrices give a net of higher order: its error falls faster", async () => {
  const f = (x: number, y: number) => (1 + (x - 0.5) * Math.exp(x)) * (1 + (y - 0.5) ** 3 + y * y);
  // The integral of (x - 1/2) e^x is 1 - (e - 1) / 2 and that of y^2 1/3.
  const exact = (2 - (Math.E - 1) / 2) * (4 / 3);
  const error = async (m: number, interlace: number) => {
    const found = await polynomialLatticeCbc({ dimension: 2, m, interlace });
    const net = new DigitalNetB2({
      dimension: 2,
      generatingMatrices: found.generatingMatrices,
      matrixBits: m,
      alpha: interlace,
      randomize: "DS",
      replications: 16,
    });
    const { data } = net.points({ nMax: 2 ** m });
    let squares = 0;
    for (let r = 0; r < 16; r++) {
      let sum = 0;
      for (let i = 0; i < 2 ** m; i++) {
        const at = 2 * (r * 2 ** m + i);
        sum += f(data[at]!, data[at + 1]!);
      }
      squares += (sum / 2 ** m - exact) ** 2 / 16;
    }
    return Math.sqrt(squares);
  };
  const slope = async (interlace: number) =>
    Math.log2((await error(10, interlace)) / (await error(5, interlace))) / 5;
  assert.ok((await slope(1)) < -0.8);
  assert.ok((await slope(2)) < -1.6);
});

test("the Walsh kernel is its series", () => {
  for (const [alpha, lag] of [
    [2, 0],
    [3, 1],
    [1.5, 0],
  ] as const) {
    const kernel = walshKernel(alpha, lag);
    for (const bits of [0, 1, 0b101, 0b1000, 0b1111, 0b10000]) {
      // Digits r = 1..8 of x are the bits 7..0; wal_k pairs bit r - 1 of k with digit r of x.
      let sum = 0;
      for (let k = 1; k < 256; k++) {
        let parity = 0;
        for (let r = 0; r < 8; r++) parity ^= (k >> r) & (bits >> (7 - r)) & 1;
        sum += (parity === 0 ? 1 : -1) / 2 ** (alpha * (degree(k) + lag));
      }
      // Later blocks cancel unless x = 0, where each of them is positive.
      const tail = 2 ** (-alpha * lag) * (2 ** (8 * (1 - alpha)) / (1 - 2 ** (1 - alpha)));
      assert.ok(Math.abs(kernel(bits / 256) - sum - (bits === 0 ? tail : 0)) < 1e-13);
    }
  }
});

test("primitive polynomials", () => {
  const expected = [0b11, 0b111, 0b1011, 0b10011, 0b100101, 0b1000011, 0b10000011, 0b100011101];
  expected.forEach((f, i) => {
    assert.equal(primitivePolynomial(i + 1), f);
    assert.ok(isIrreducible(f));
  });
  assert.ok(!isIrreducible(0b101)); // (x + 1)^2
});

test("progress counts components, an aborted search rejects", async () => {
  const seen: number[] = [];
  await polynomialLatticeCbc({
    dimension: 2,
    m: 3,
    interlace: 2,
    onProgress: (done, total) => seen.push(done / total),
  });
  assert.deepEqual(seen, [0.25, 0.5, 0.75, 1]);
  const signal = AbortSignal.abort();
  await assert.rejects(polynomialLatticeCbc({ dimension: 2, m: 3, signal }), {
    name: "AbortError",
  });
});

test("wrong arguments are refused by name", async () => {
  const refused = (options: object, message: RegExp) =>
    assert.rejects(polynomialLatticeCbc(options as PolynomialLatticeOptions), message);
  await refused({ dimension: 2, m: 23 }, /m must be an integer in 1..22, got 23/);
  await refused({ dimension: 2, m: 2, modulus: 0b101 }, /irreducible and of degree 2, got 5/);
  await refused({ dimension: 2, m: 3, modulus: 0b111 }, /irreducible and of degree 3, got 7/);
  await refused({ dimension: 2, m: 3, alpha: 1 }, /alpha must be above 1 .* got 1/);
  await refused({ dimension: 2, m: 3, alpha: 2, interlace: 2 }, /alpha must not come with/);
  await refused({ dimension: 2, m: 3, weights: { product: [1] } }, /2 numbers, .* got 1/);
});
