import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { DigitalNetB2 } from "../sequences/digital-net-b2.ts";
import { Sobol } from "../sequences/sobol.ts";
import { tValue } from "./t-value.ts";

type Digits = number[][][]; // [dimension][column][digit]

/** The base^m points of a net, as integers: floor(x base^m). */
function points(matrices: Digits, base: number, m: number): number[][] {
  return Array.from({ length: base ** m }, (_, i) =>
    matrices.map((columns) => {
      let x = 0;
      for (let r = 0; r < m; r++) {
        let digit = 0;
        for (let c = 0, rest = i; c < m; c++, rest = Math.floor(rest / base)) {
          digit += columns[c]![r]! * (rest % base);
        }
        x = x * base + (digit % base);
      }
      return x;
    }),
  );
}

/** The least t for which all elementary intervals of volume base^(t - m) hold base^t points. */
function countedT(matrices: Digits, base: number, m: number): number {
  const set = points(matrices, base, m);
  const shapes = (dimensions: number, sum: number): number[][] =>
    dimensions === 1
      ? [[sum]]
      : Array.from({ length: sum + 1 }, (_, l) =>
          shapes(dimensions - 1, sum - l).map((rest) => [l, ...rest]),
        ).flat();
  for (let t = 0; t < m; t++) {
    const even = shapes(matrices.length, m - t).every((shape) => {
      const counts = new Map<string, number>();
      for (const x of set) {
        const key = shape.map((l, j) => Math.floor(x[j]! / base ** (m - l))).join();
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return counts.size === base ** (m - t) && [...counts.values()].every((c) => c === base ** t);
    });
    if (even) return t;
  }
  return m;
}

const toIntegers = (matrices: Digits) =>
  matrices.map((columns) => columns.map((digits) => Number.parseInt(digits.join(""), 2)));

test("random nets: t is what counting points in elementary intervals gives", () => {
  const rng = new Rng(11);
  const seen = new Set<number>();
  for (const [base, m, dimensions, times] of [
    [2, 5, 2, 30],
    [2, 6, 3, 20],
    [2, 5, 4, 10],
    [3, 3, 3, 20],
    [5, 2, 3, 20],
  ] as const) {
    for (let k = 0; k < times; k++) {
      const matrices: Digits = Array.from({ length: dimensions }, () =>
        Array.from({ length: m }, (_, c) =>
          // Half of them with unit upper triangular matrices, whose t is smaller.
          Array.from({ length: m }, (_, r) =>
            k % 2 === 0 || r < c ? rng.integer(base) : Number(r === c),
          ),
        ),
      );
      const t = countedT(matrices, base, m);
      seen.add(t);
      assert.equal(tValue(matrices, { base }), t);
      if (base === 2) assert.equal(tValue(toIntegers(matrices), { matrixBits: m }), t);
    }
  }
  assert.ok(seen.size >= 5, "the nets differ in t");
});

/** Powers of the Pascal matrix: the Faure sequence. */
function faure(base: number, m: number): Digits {
  const binomial = (n: number, k: number): number =>
    k === 0 ? 1 : (binomial(n, k - 1) * (n - k + 1)) / k;
  return Array.from({ length: base }, (_, j) =>
    Array.from({ length: m }, (_, c) =>
      Array.from({ length: m }, (_, r) =>
        r > c ? 0 : Number((BigInt(binomial(c, r)) * BigInt(j) ** BigInt(c - r)) % BigInt(base)),
      ),
    ),
  );
}

test("Faure nets have t = 0 in as many dimensions as the base, and any more cannot", () => {
  for (const [base, m] of [
    [2, 20],
    [3, 8],
    [5, 5],
    [7, 4],
  ] as const) {
    assert.equal(tValue(faure(base, m), { base }), 0);
    const reversed = Array.from({ length: m }, (_, c) =>
      Array.from({ length: m }, (_, r) => Number(r + c === m - 1)),
    );
    // One dimension more: the points' own index i / n, which makes the sequence a net.
    assert.equal(tValue([...faure(base, m), reversed], { base }), 0);
    assert.ok(tValue([...faure(base, m), reversed, faure(base, m)[1]!], { base }) > 0);
  }
});

/** Columns of Niederreiter's sequence in base 2 for p of degree 1..3, from the series of x^k / p^i. */
function niederreiter(p: number, m: number): Digits[number] {
  const degree = 31 - Math.clz32(p);
  const rows = Array.from({ length: m }, (_, r) => {
    const power = Math.floor(r / degree) + 1;
    let q = 1n;
    for (let i = 0; i < power; i++) q = multiply(q, BigInt(p));
    return series(1n << BigInt(r % degree), q, m);
  });
  return Array.from({ length: m }, (_, c) => rows.map((row) => row[c]!));
}

function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  for (let i = 0n; a >> i !== 0n; i++) if ((a >> i) & 1n) product ^= b << i;
  return product;
}

/** The first m coefficients of a / q in powers of 1/x. */
function series(a: bigint, q: bigint, m: number): number[] {
  const degree = BigInt(q.toString(2).length - 1);
  let rest = a;
  return Array.from({ length: m }, () => {
    rest <<= 1n;
    const digit = Number((rest >> degree) & 1n);
    if (digit === 1) rest ^= q;
    return digit;
  });
}

test("Niederreiter nets keep the bound sum (degree - 1), and reach it", () => {
  // x, x + 1, x^2 + x + 1, x^3 + x + 1, x^3 + x^2 + 1: t of the sequences 0, 0, 1, 3, 5.
  const bounds = [0, 0, 1, 3, 5];
  const polynomials = [0b10, 0b11, 0b111, 0b1011, 0b1101];
  for (const [k, bound] of bounds.entries()) {
    const worst = Math.max(
      ...[3, 6, 9, 12, 15, 18].map((m) =>
        tValue(polynomials.slice(0, k + 1).map((p) => niederreiter(p, m))),
      ),
    );
    assert.ok(worst <= bound, `${k + 1} dimensions: ${worst}`);
    assert.ok(worst >= bound - 1, `${k + 1} dimensions: ${worst}`);
  }
});

test("Sobol' nets keep their bounds, whatever the scramble", () => {
  // Degrees of the primitive polynomials: 0, 1, 2, 3, 3, 4, 4, 5, 5, 5; t <= sum (degree - 1).
  const bounds = [0, 0, 1, 3, 5, 8, 11, 15, 19, 23];
  for (const dimension of [1, 2, 3, 5, 7, 10]) {
    const plain = new Sobol({ dimension, randomize: "none" });
    const scrambled = new Sobol({ dimension, randomize: "LMS_DS", seed: 5 });
    for (const m of [4, 9, 14]) {
      const t = tValue(plain, { m });
      assert.ok(t <= bounds[dimension - 1]!, `dimension ${dimension}, m ${m}: ${t}`);
      assert.equal(tValue(scrambled, { m }), t);
    }
  }
  assert.equal(tValue(new Sobol({ dimension: 5, randomize: "none" }), { m: 20 }), 5);
  const net = new DigitalNetB2({ dimension: 2, randomize: "NUS" });
  assert.equal(tValue(net, { m: 12 }), 0);
  assert.throws(() => tValue(new Sobol({ alpha: 2, randomize: "NUS" })), /interlaced after NUS/);
});

test("fewer points than columns; columns beyond 32 bits; missing digits are zeros", () => {
  const m = 40;
  const identity = Array.from({ length: m }, (_, c) => 2 ** (m - 1 - c));
  const reversed = identity.toReversed();
  assert.equal(tValue([identity, reversed]), 0);
  assert.equal(tValue([identity.map(BigInt), reversed.map(BigInt)]), 0);
  assert.equal(tValue([identity, identity]), m - 1);
  // The first 2^10 points have second coordinates below 2^-30.
  assert.equal(tValue([identity, reversed], { m: 10 }), 10);
  assert.equal(tValue([[[1], [0], [0]]]), 2);
});

test("wrong arguments are refused by name", () => {
  const refused = (call: () => unknown, code: string, message: RegExp) =>
    assert.throws(call, (error: Error) => {
      assert.equal((error as Error & { code: string }).code, code);
      assert.match(error.message, message);
      return true;
    });
  const net = [
    [2, 1],
    [1, 2],
  ];
  refused(() => tValue([]), "ERR_SHAPE", /must not be empty/);
  refused(() => tValue([[2, 1], [1]]), "ERR_SHAPE", /2 and 1 at index 1/);
  refused(() => tValue(net, { base: 4 }), "ERR_DOMAIN", /base must be a prime, got 4/);
  refused(() => tValue(net, { base: 3 }), "ERR_DOMAIN", /arrays of digits in base 3/);
  refused(() => tValue(net, { m: 3 }), "ERR_DOMAIN", /m must be an integer in 1..2, got 3/);
  refused(() => tValue(net, { matrixBits: 1 }), "ERR_DOMAIN", /at most 1 bits, got 2/);
  refused(() => tValue([[2, -1]]), "ERR_DOMAIN", /matrices\[0\]\[1\] must be .* got -1/);
  refused(() => tValue([[2, 0.5]]), "ERR_TYPE", /matrices\[0\]\[1\] must be an integer/);
  refused(() => tValue([[[0, 3]]], { base: 3 }), "ERR_DOMAIN", /0..2, got 3/);
});
