import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "./rng.ts";

const SEEDS = [1, 20, 301, 4007];
const N = 40_000;

/** sqrt(n) times the Kolmogorov-Smirnov distance; above 2.4 with probability 2e-5. */
function ks(sample: number[], cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort();
  let most = 0;
  for (const [i, x] of sorted.entries()) {
    const p = cdf(x);
    most = Math.max(most, p - i / sorted.length, (i + 1) / sorted.length - p);
  }
  return most * Math.sqrt(sorted.length);
}

/** The standard normal distribution function, by its power series (fine for |x| < 6). */
function normalCdf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum) && n < 400; n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** P(a, x) by the series x^a e^-x / Gamma(a + 1) (1 + x/(a+1) + ...). */
function gammaCdf(a: number, x: number, gammaOfAPlus1: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum && n < 2000; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return (sum * Math.exp(a * Math.log(x) - x)) / gammaOfAPlus1;
}

function forSeeds(draw: (rng: Rng) => number, cdf: (x: number) => number): void {
  for (const seed of SEEDS) {
    const rng = new Rng(seed, "distributions");
    const distance = ks(
      Array.from({ length: N }, () => draw(rng)),
      cdf,
    );
    assert.ok(distance < 2.4, `seed ${seed}: ${distance}`);
  }
}

/** Sample mean of each statistic against its expectation, at 4.5 standard errors. */
function moments(draw: (rng: Rng) => number, expected: [number, number, number][]): void {
  for (const seed of SEEDS) {
    const rng = new Rng(seed, "moments");
    const sums = expected.map(() => 0);
    for (let i = 0; i < N; i++) {
      const x = draw(rng);
      for (const [j, [power]] of expected.entries()) sums[j]! += x ** power;
    }
    for (const [j, [power, mean, second]] of expected.entries()) {
      const error = Math.sqrt((second - mean * mean) / N);
      const off = (sums[j]! / N - mean) / error;
      assert.ok(Math.abs(off) < 4.5, `seed ${seed}, power ${power}: ${off} standard errors`);
    }
  }
}

// Triples: power k, E x^k, E x^2k.
test("uniform", () => {
  forSeeds(
    (rng) => rng.uniform(),
    (x) => x,
  );
  moments(
    (rng) => rng.uniform(),
    [
      [1, 1 / 2, 1 / 3],
      [2, 1 / 3, 1 / 5],
      [3, 1 / 4, 1 / 7],
    ],
  );
});

test("normal", () => {
  forSeeds((rng) => rng.normal(), normalCdf);
  moments(
    (rng) => rng.normal(),
    [
      [1, 0, 1],
      [2, 1, 3],
      [3, 0, 15],
      [4, 3, 105],
    ],
  );
});

test("the two normals of a pair are independent, squares included", () => {
  for (const seed of SEEDS) {
    const x = new Rng(seed, "pairs").fillNormal(new Float64Array(2 * N));
    let product = 0;
    let squares = 0;
    for (let i = 0; i < x.length; i += 2) {
      product += x[i]! * x[i + 1]!;
      squares += (x[i]! ** 2 - 1) * (x[i + 1]! ** 2 - 1);
    }
    assert.ok(Math.abs(product) / Math.sqrt(N) < 4.5);
    assert.ok(Math.abs(squares) / (2 * Math.sqrt(N)) < 4.5);
  }
});

test("exponential", () => {
  forSeeds(
    (rng) => rng.exponential(),
    (x) => -Math.expm1(-x),
  );
  moments(
    (rng) => rng.exponential(),
    [
      [1, 1, 2],
      [2, 2, 24],
    ],
  );
});

test("gamma above, at and below shape 1", () => {
  forSeeds(
    (rng) => rng.gamma(0.3),
    (x) => gammaCdf(0.3, x, 0.8974706963062772),
  );
  forSeeds(
    (rng) => rng.gamma(1),
    (x) => -Math.expm1(-x),
  );
  forSeeds(
    (rng) => rng.gamma(4),
    (x) => gammaCdf(4, x, 24),
  );
  moments(
    (rng) => rng.gamma(50),
    [
      [1, 50, 2550],
      [2, 2550, 50 * 51 * 52 * 53],
    ],
  );
  moments((rng) => rng.gamma(0.05), [[1, 0.05, 0.05 * 1.05]]);
});

test("beta on both sides of 1", () => {
  forSeeds(
    (rng) => rng.beta(0.5, 0.5),
    (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x)),
  );
  forSeeds(
    (rng) => rng.beta(1, 1),
    (x) => x,
  );
  forSeeds(
    (rng) => rng.beta(3, 1),
    (x) => x ** 3,
  );
  forSeeds(
    (rng) => rng.beta(0.25, 1),
    (x) => x ** 0.25,
  );
  forSeeds(
    (rng) => rng.beta(2, 2),
    (x) => x * x * (3 - 2 * x),
  );
  forSeeds(
    (rng) => rng.beta(1, 20),
    (x) => 1 - (1 - x) ** 20,
  );
});

test("beta of parameters so small that it is 0 or 1: 1 with probability a / (a + b)", () => {
  for (const [a, b] of [
    [5e-324, 5e-324],
    [5e-324, 1.5e-323],
    [1e-309, 1e-309],
    [3e-308, 1e-308],
    [1e-300, 2e-300],
  ] as const) {
    const rng = new Rng(9, `${a} ${b}`);
    const n = 4000;
    let ones = 0;
    for (let i = 0; i < n; i++) {
      const x = rng.beta(a, b);
      assert.ok(x === 0 || x === 1, `beta(${a}, ${b}) = ${x}`);
      ones += x;
    }
    const p = 1 / (1 + b / a);
    assert.ok(Math.abs(ones / n - p) < 4.5 * Math.sqrt((p * (1 - p)) / n), `${ones} of ${n}`);
  }
});

test("extreme shapes stay finite and in range", () => {
  const rng = new Rng(8);
  for (const shape of [1e-300, 1e-10, 1e10, 1e300]) {
    for (let i = 0; i < 200; i++) {
      const g = rng.gamma(shape);
      assert.ok(g >= 0 && g < Number.POSITIVE_INFINITY, `gamma(${shape}) = ${g}`);
      for (const other of [1e-300, 1, 1e300]) {
        const b = rng.beta(shape, other);
        assert.ok(b >= 0 && b <= 1, `beta(${shape}, ${other}) = ${b}`);
      }
    }
  }
});
