import assert from "node:assert/strict";
import { test } from "node:test";
import { matmul, matrix, transpose } from "@daily-kernel/compute";
import { normalCdf } from "@daily-kernel/special";
import fc from "fast-check";
import { TestSequence } from "./fixture.ts";
import { type Decomposition, Gaussian, Normal } from "./index.ts";

const sequence = (d: number, shifted = true) => new TestSequence(d, { shifted });

/** A of a Gaussian, column by column: where unit vectors go. */
function factor(measure: Gaussian): Float64Array {
  const d = measure.dimension;
  const a = new Float64Array(d * d);
  for (let k = 0; k < d; k++) {
    const u = new Float64Array(d).fill(0.5);
    u[k] = normalCdf(1);
    const x = measure.transform(u, 1);
    for (let i = 0; i < d; i++) a[i * d + k] = x[i]! - measure.mean[i]!;
  }
  return a;
}

const covariances = fc.integer({ min: 1, max: 20 }).chain((d) =>
  fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: d * d, maxLength: d * d })
    .map((entries) => {
      const b = matrix(d, d, Float64Array.from(entries));
      const c = matmul(b, transpose(b));
      for (let j = 0; j < d; j++) c.data[j * (d + 1)]! += 0.1;
      return c;
    }),
);

test("A A^T is the covariance, PCA's columns fall and begin with a positive number", () => {
  fc.assert(
    fc.property(covariances, fc.constantFrom("PCA", "Cholesky"), (covariance, decomposition) => {
      const d = covariance.rows;
      const a = factor(new Gaussian(sequence(d), { covariance, decomposition } as never));
      const product = matmul(matrix(d, d, a), transpose(matrix(d, d, a)));
      for (const [k, c] of covariance.data.entries()) {
        assert.ok(Math.abs(product.data[k]! - c) < 1e-12 * d, `${product.data[k]} and ${c}`);
      }
      if (decomposition === "Cholesky") {
        for (let k = 0; k < d * d; k++) if (k % d > Math.floor(k / d)) assert.equal(a[k], 0);
        return;
      }
      const norms = Array.from({ length: d }, (_, k) =>
        Math.hypot(...Array.from({ length: d }, (_, i) => a[i * d + k]!)),
      );
      for (let k = 0; k < d; k++) {
        if (Math.abs(a[k]!) > 1e-10) assert.ok(a[k]! > 0);
        if (k > 0) assert.ok(norms[k]! <= norms[k - 1]! * (1 + 1e-12));
      }
    }),
    { numRuns: 60 },
  );
});

test("a matrix A is taken as it is", () => {
  const a = [
    [1, 0, 2],
    [0, -3, 0],
    [1, 1, 1],
  ];
  const measure = new Gaussian(sequence(3), { mean: [1, 2, 3], decomposition: a });
  for (const [k, value] of factor(measure).entries()) {
    assert.ok(Math.abs(value - a.flat()[k]!) < 1e-15);
  }
  assert.deepEqual([...measure.covariance.data], [5, 0, 3, 0, 9, -3, 3, -3, 3]);
  const covariance = measure.covariance;
  new Gaussian(sequence(3), { covariance, decomposition: a });
  covariance.data[0] = 6;
  assert.throws(() => new Gaussian(sequence(3), { covariance, decomposition: a }), {
    code: "ERR_DOMAIN",
    message: /decomposition times its transpose must be the covariance, got 5 instead of 6/,
  });
});

test("PCA of independent coordinates gives the first coordinates of u to the largest variances", () => {
  const u = Float64Array.of(0.1, 0.2, 0.3, 0.4);
  const order = new Gaussian(sequence(4), { covariance: [1, 4, 4, 9] });
  const plain = new Gaussian(sequence(4), { covariance: [1, 4, 4, 9], decomposition: "Cholesky" });
  const moved = plain.transform(Float64Array.of(0.4, 0.2, 0.3, 0.1), 1);
  assert.deepEqual(order.transform(u, 1), moved);
  const same = new Normal(sequence(4), { covariance: 2 });
  const full = new Normal(sequence(4), {
    covariance: Array.from({ length: 4 }, (_, i) => [0, 1, 2, 3].map((j) => (i === j ? 2 : 0))),
  });
  for (const [j, x] of full.transform(u, 1).entries()) {
    assert.ok(Math.abs(x - same.transform(u, 1)[j]!) < 1e-14);
  }
});

test("the origin, which an unrandomised sequence begins with, has no image", () => {
  const measure = new Gaussian(sequence(2, false));
  assert.throws(() => measure.points({ nMax: 4 }), {
    code: "ERR_DOMAIN",
    message: /Gaussian.transform: row 0 .*coordinate 0 of its u is 0; randomise the sequence/,
  });
  assert.equal(measure.points({ nMin: 1, nMax: 4 }).n, 3);
  const correlated = new Gaussian(sequence(2), {
    covariance: [
      [1, 0.5],
      [0.5, 1],
    ],
  });
  const message = /row 1 .*coordinate 1 of its u is 1/;
  assert.throws(() => correlated.transform(Float64Array.of(0.5, 0.5, 0.5, 1), 2), { message });
});

test("bad parameters are named", () => {
  const bad = (options: object, code: string, message: RegExp, d = 2) =>
    assert.throws(
      () => new Gaussian(sequence(d), options),
      (error: Error & { code: string }) => {
        assert.equal(error.code, code);
        assert.match(error.message, message);
        return true;
      },
    );
  const indefinite = [
    [1, 2],
    [2, 1],
  ];
  const skew = [
    [1, 0.5],
    [0.4, 1],
  ];
  bad(
    { covariance: indefinite },
    "ERR_DOMAIN",
    /covariance must be positive semidef.*eigenvalue -(1|0.99)/,
  );
  bad(
    { covariance: indefinite, decomposition: "Cholesky" },
    "ERR_DOMAIN",
    /covariance must be positive definite.*pivot 1 is -3/,
  );
  bad({ covariance: skew }, "ERR_DOMAIN", /symmetric, got 0.4 at \(1, 0\) and 0.5 at \(0, 1\)/);
  bad({ covariance: -1 }, "ERR_DOMAIN", /covariance must be finite and >= 0.*got -1/);
  bad({ covariance: [1, 2, 3] }, "ERR_SHAPE", /covariance must be a number or 2 of them, got 3/);
  bad({ covariance: indefinite }, "ERR_SHAPE", /must be 3x3.* got 2x2/, 3);
  bad({ covariance: [[1, 2], [1]] }, "ERR_SHAPE", /must be 2x2.* got 2x1/);
  bad({ mean: [0, NaN] }, "ERR_DOMAIN", /mean must be finite, got NaN at index 1/);
  bad({ mean: "0" }, "ERR_TYPE", /mean/);
  bad({ decomposition: "QR" }, "ERR_TYPE", /decomposition must be "PCA", "Cholesky" or a matrix/);
  assert.throws(() => new Gaussian(sequence(2), 3 as never), { code: "ERR_TYPE" });
});

test("a singular covariance has points by PCA but no density", () => {
  const covariance = [
    [1, 1],
    [1, 1],
  ];
  const measure = new Gaussian(sequence(2), { covariance });
  const { data } = measure.points({ nMax: 8 });
  for (let i = 0; i < 8; i++) assert.ok(Math.abs(data[2 * i]! - data[2 * i + 1]!) < 1e-7);
  assert.throws(() => measure.weight(data, 8), { code: "ERR_NUMERIC", message: /singular/ });
  const flat = new Gaussian(sequence(2), { covariance: [1, 0] });
  assert.throws(() => flat.weight(data, 8), { code: "ERR_NUMERIC", message: /singular/ });
});

test("another dimension wants what is the same in all coordinates", () => {
  const [copy] = new Gaussian(sequence(2), { mean: 3, covariance: 4 }).spawn([5]);
  assert.deepEqual(copy!.mean, new Float64Array(5).fill(3));
  assert.deepEqual(copy!.variance, new Float64Array(5).fill(4));
  const isotropic = [
    [2, 0],
    [0, 2],
  ];
  assert.equal(new Gaussian(sequence(2), { covariance: isotropic }).spawn([3])[0]!.dimension, 3);
  const fixed: { decomposition?: Decomposition; covariance?: number[][] | number[] }[] = [
    { decomposition: isotropic },
    { covariance: [1, 2] },
    {
      covariance: [
        [1, 0.5],
        [0.5, 1],
      ],
    },
  ];
  for (const options of fixed) {
    const measure = new Gaussian(sequence(2), options);
    assert.throws(() => measure.spawn([3]), { code: "ERR_SHAPE", message: /Gaussian.spawn/ });
  }
});
