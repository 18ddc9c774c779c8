import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import fc from "fast-check";
import { resultant } from "./concentration.ts";
import { VonMisesFisher } from "./von-mises-fisher.ts";

const references: Record<"concentration" | "moments" | "cosine", number[][]> = JSON.parse(
  readFileSync(
    new URL("../../reference-data-functions/von-mises-fisher.json", import.meta.url),
    "utf8",
  ),
);

const axis = (p: number, length = 1): Float64Array => new Float64Array(p).with(0, length);
const relative = (got: number, expected: number) => Math.abs(got / expected - 1);

function worst(rows: number[][], error: (row: number[]) => number, bound: number): void {
  for (const row of rows) {
    const e = error(row);
    assert.ok(e <= bound, `${e} at ${row.join(", ")}`);
  }
}

test("fitted kappa is the root of A_p(kappa) = Rbar, to 1e-12", () => {
  assert.ok(references.concentration.length >= 50);
  worst(
    references.concentration,
    ([p, rbar, kappa]) => relative(VonMisesFisher.fromSums(axis(p!, rbar!), 1).kappa, kappa!),
    1e-12,
  );
});

test("Banerjee's approximation alone is not the root", () => {
  const off = references.concentration.map(([p, r, kappa]) =>
    relative((r! * (p! - r! * r!)) / (1 - r! * r!), kappa!),
  );
  assert.ok(Math.max(...off) > 1e-2);
});

test("moments, information and entropy agree with 40 digits", () => {
  worst(
    references.moments,
    ([p, kappa, length, missing, slope, entropy]) => {
      const vmf = new VonMisesFisher({ mean: axis(p!), kappa: kappa! });
      return Math.max(
        relative(vmf.meanResultantLength, length!),
        relative(resultant(p!, kappa!).missing, missing!),
        relative(vmf.fisherInformation, slope!) / 100,
        Math.abs(vmf.entropy() - entropy!) / Math.max(1, Math.abs(entropy!)),
      );
    },
    1e-13,
  );
});

test("the density integrates to 1: p = 3 in closed form, kappa = 0 uniform", () => {
  for (const kappa of [1e-6, 0.3, 4, 50, 1e5]) {
    const vmf = new VonMisesFisher({ mean: Float64Array.of(0, 0, 1), kappa });
    // kappa / (2 pi (1 - exp(-2 kappa))) at the mean direction
    const peak = Math.log(kappa / (2 * Math.PI * -Math.expm1(-2 * kappa)));
    assert.ok(Math.abs(vmf.logPdf(vmf.mean) - peak) < 1e-14 * Math.max(1, kappa));
  }
  const uniform = new VonMisesFisher({ mean: Float64Array.of(1, 0, 0), kappa: 0 });
  assert.ok(Math.abs(uniform.logPdf(Float64Array.of(0, 0.6, 0.8)) + Math.log(4 * Math.PI)) < 1e-15);
  assert.ok(Math.abs(uniform.entropy() - Math.log(4 * Math.PI)) < 1e-15);
  const almost = new VonMisesFisher({ mean: axis(500), kappa: 1.01e-12 });
  const below = new VonMisesFisher({ mean: axis(500), kappa: 0.99e-12 });
  assert.ok(Math.abs(almost.entropy() - below.entropy()) < 1e-10);
});

test("entropy and divergence are means of log densities", () => {
  const p = new VonMisesFisher({ mean: Float64Array.of(0.6, 0.8, 0, 0), kappa: 6 });
  const q = new VonMisesFisher({ mean: Float64Array.of(0, 0.8, 0.6, 0), kappa: 3 });
  const n = 40_000;
  const x = p.sample(n, new Rng(11));
  const own = p.logPdf(x);
  const others = q.logPdf(x);
  const mean = (f: (i: number) => number) => own.reduce((sum, _, i) => sum + f(i), 0) / n;
  assert.ok(Math.abs(mean((i) => -own[i]!) - p.entropy()) < 0.02);
  assert.ok(Math.abs(mean((i) => own[i]! - others[i]!) - p.kl(q)) < 0.03);
  assert.equal(p.kl(p), 0);
});

test("divergence is never negative, and zero only between equals", () => {
  const kappa = fc.double({ min: -3, max: 6, noNaN: true }).map((e) => 10 ** e);
  const angle = fc.double({ min: 0, max: Math.PI, noNaN: true });
  fc.assert(
    fc.property(kappa, kappa, angle, (k1, k2, a) => {
      const p = new VonMisesFisher({ mean: Float64Array.of(1, 0, 0), kappa: k1 });
      const q = new VonMisesFisher({
        mean: Float64Array.of(Math.cos(a), Math.sin(a), 0),
        kappa: k2,
      });
      assert.ok(p.kl(q) >= 0);
      if (Math.abs(Math.log(k1 / k2)) > 0.1) assert.ok(p.kl(q) > 0);
    }),
  );
});

test("rows, sums, weights and single precision lead to the same fit", () => {
  const truth = new VonMisesFisher({ mean: Float64Array.of(0.48, 0.6, 0.64), kappa: 9 });
  const x = truth.sample(500, new Rng(4));
  const fitted = VonMisesFisher.fit(x);
  const sum = new Float64Array(3);
  x.data.forEach((value, i) => {
    sum[i % 3]! += value;
  });
  assert.ok(relative(VonMisesFisher.fromSums(sum, 500).kappa, fitted.kappa) < 1e-12);
  const twice = VonMisesFisher.fit(x, { weights: new Float64Array(500).fill(2) });
  assert.ok(relative(twice.kappa, fitted.kappa) < 1e-12);
  const half = new Float64Array(500).fill(1, 0, 250);
  const first = VonMisesFisher.fit(matrix(250, 3, x.data.slice(0, 750)));
  assert.ok(relative(VonMisesFisher.fit(x, { weights: half }).kappa, first.kappa) < 1e-12);
  const single = VonMisesFisher.fit({ data: Float32Array.from(x.data), rows: 500, cols: 3 });
  assert.ok(relative(single.kappa, fitted.kappa) < 1e-6);
});

test("the fit maximises the likelihood", () => {
  const x = new VonMisesFisher({ mean: axis(5), kappa: 4 }).sample(60, new Rng(8));
  const fitted = VonMisesFisher.fit(x);
  const likelihood = (vmf: VonMisesFisher) => vmf.logPdf(x).reduce((sum, value) => sum + value, 0);
  const best = likelihood(fitted);
  for (const factor of [0.97, 1.03]) {
    const { mean, kappa } = fitted;
    assert.ok(likelihood(new VonMisesFisher({ mean, kappa: kappa * factor })) < best);
  }
  const turned = fitted.mean.slice();
  turned[1]! += 0.05;
  const norm = Math.hypot(...turned);
  const mean = turned.map((value) => value / norm);
  assert.ok(likelihood(new VonMisesFisher({ mean, kappa: fitted.kappa })) < best);
});

test("a tight cluster keeps its digits: kappa 1e14 is recovered", () => {
  const kappa = 1e14;
  const vmf = new VonMisesFisher({ mean: Float64Array.of(0.48, 0.6, 0.64), kappa });
  const n = 4000;
  const fitted = VonMisesFisher.fit(vmf.sample(n, new Rng(5)));
  assert.ok(Math.abs(fitted.kappa - kappa) < 5 * vmf.standardError(n), `${fitted.kappa}`);
});

test("in many dimensions maximum likelihood overshoots, and the corrected fit does not", () => {
  for (const seed of [1, 2, 3]) {
    const vmf = VonMisesFisher.fromSums(axis(2048, 0.3), 1);
    const x = vmf.sample(150, new Rng(seed));
    const error = vmf.standardError(150);
    assert.ok((VonMisesFisher.fit(x).kappa - vmf.kappa) / error > 4);
    const corrected = VonMisesFisher.fit(x, { correctBias: true }).kappa;
    assert.ok(Math.abs(corrected - vmf.kappa) / error < 4);
  }
});

test("bad input is refused by name", () => {
  const mean = Float64Array.of(1, 0);
  const vmf = new VonMisesFisher({ mean, kappa: 1 });
  const domain = { name: "RangeError", code: "ERR_DOMAIN" };
  assert.throws(() => new VonMisesFisher({ mean, kappa: -1 }), domain);
  assert.throws(() => new VonMisesFisher({ mean, kappa: Number.NaN }), domain);
  assert.throws(() => new VonMisesFisher({ mean: Float64Array.of(2, 0), kappa: 1 }), domain);
  assert.throws(
    () => VonMisesFisher.fit(matrix(3, 2, [1, 0, 0, 1, 3, 4])),
    /VonMisesFisher\.fit: x row 2 must have norm 1 within 0\.000001, got norm 5/,
  );
  assert.throws(() => VonMisesFisher.fit(matrix(1, 2, [Number.NaN, 1])), domain);
  assert.throws(() => vmf.logPdf(matrix(1, 3, [1, 0, 0])), { code: "ERR_SHAPE" });
  assert.throws(() => vmf.logPdf(Float64Array.of(1, 0, 0)), { code: "ERR_SHAPE" });
  assert.throws(() => VonMisesFisher.fit(matrix(0, 2)), { code: "ERR_SHAPE" });
  assert.throws(() => VonMisesFisher.fit(matrix(2, 2, [1, 0, -1, 0])), { code: "ERR_NUMERIC" });
  assert.throws(() => VonMisesFisher.fit(matrix(2, 2, [0.6, 0.8, 0.6, 0.8])), {
    code: "ERR_NUMERIC",
    message: /all vectors are equal/,
  });
  const weights = Float64Array.of(1, -1);
  assert.throws(() => VonMisesFisher.fit(matrix(2, 2, [1, 0, 0, 1]), { weights }), domain);
  assert.throws(() => VonMisesFisher.fromSums(Float64Array.of(3, 0), 2), domain);
  assert.throws(() => vmf.sample(-1, new Rng(1)), domain);
  assert.throws(() => vmf.sample(1, {} as Rng), { code: "ERR_TYPE" });
  assert.throws(() => vmf.kl(new VonMisesFisher({ mean: axis(3), kappa: 1 })), {
    code: "ERR_SHAPE",
  });
});
