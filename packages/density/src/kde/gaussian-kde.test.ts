import assert from "node:assert/strict";
import { test } from "node:test";
import { type Matrix, matrix, matrixF32, Rng, ThreadPool } from "@daily-kernel/compute";
import fc from "fast-check";
import { GaussianKde } from "../index.ts";
import { referenceKde } from "./reference.ts";

const normals = (rows: number, cols: number, seed: number, scale = 1): Matrix =>
  matrix(
    rows,
    cols,
    new Rng(seed).fillNormal(new Float64Array(rows * cols)).map((v) => scale * v),
  );

const near = (got: number, expected: number, tolerance: number, what: string) =>
  assert.ok(
    Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${what}: ${got} is not ${expected}`,
  );

test("every method agrees with the definition, whatever the sizes and the bandwidth", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 70 }),
      fc.double({ min: -3, max: 2, noNaN: true }),
      fc.integer({ min: 0, max: 1000 }),
      (n, d, q, logH, seed) => {
        const data = normals(n, d, seed);
        const x = normals(q, d, seed + 1);
        const kde = new GaussianKde({ data, bandwidth: Math.exp(logH) });
        const expected = referenceKde(data, kde.bandwidth, x);
        const { logDensity, participation, largestWeight } = kde.summary(x);
        const [score, weights] = [kde.score(x), kde.weights(x)];
        const size = 1 / kde.bandwidth ** 2;
        for (const [i, row] of expected.entries()) {
          near(logDensity[i]!, row.logDensity, 1e-11, "log density");
          near(participation[i]!, row.participation, 1e-9, "participation");
          near(largestWeight[i]!, Math.max(...row.weights), 1e-9, "largest weight");
          for (let k = 0; k < d; k++) {
            near(score.data[i * d + k]!, row.score[k]!, 1e-9 * Math.max(1, size), "score");
          }
          for (let j = 0; j < n; j++) {
            near(weights.data[i * n + j]!, row.weights[j]!, 1e-9, "weight");
          }
        }
      },
    ),
    { numRuns: 25 },
  );
});

test("a pool gives the same bits, for more queries than one slab", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  const kde = new GaussianKde({ data: normals(700, 5, 1), bandwidth: 0.4 });
  const x = normals(5000, 5, 2);
  const done: number[] = [];
  const found = await kde.logDensity(x, { pool, onProgress: (count) => done.push(count) });
  assert.deepEqual(found, kde.logDensity(x));
  assert.deepEqual(done, [3840, 5000]);
  assert.deepEqual(await kde.score(x, { pool }), kde.score(x));
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(kde.summary(x, { pool, signal }), /enough/);
});

test("nothing underflows where exp does, and no digits are lost far from the origin", () => {
  const data = normals(50, 400, 3);
  const kde = new GaussianKde({ data, bandwidth: 1e-3 });
  const [far] = referenceKde(data, 1e-3, normals(1, 400, 4));
  near(kde.logDensity(normals(1, 400, 4))[0]!, far!.logDensity, 1e-12, "log density");
  const shifted = matrix(
    50,
    400,
    data.data.map((v) => v + 1e6),
  );
  const close = matrix(
    1,
    400,
    shifted.data.slice(0, 400).map((v) => v + 1e-4),
  );
  const [expected] = referenceKde(shifted, 1e-3, close);
  const found = new GaussianKde({ data: shifted, bandwidth: 1e-3 }).logDensity(close)[0]!;
  near(found, expected!.logDensity, 1e-9, "log density near a point far from the origin");
});

test("at a point of the data with a tiny bandwidth that point is everything", () => {
  const data = normals(300, 10, 5);
  const kde = new GaussianKde({ data, bandwidth: 1e-4 });
  const at = matrix(1, 10, data.data.slice(70, 80));
  const summary = kde.summary(at);
  assert.equal(summary.participation[0], 1);
  assert.equal(summary.nearestDistance[0], 0);
  assert.deepEqual(kde.score(at).data, new Float64Array(10));
});

test("single precision is taken, no queries are fine, and the data is copied", () => {
  const data = matrixF32(3, 2, [0, 0, 1, 0, 0, 1]);
  const kde = new GaussianKde({ data, bandwidth: 0.5 });
  const before = kde.logDensity(matrixF32(1, 2, [0.2, 0.1]));
  data.data.fill(9);
  assert.deepEqual(kde.logDensity(matrixF32(1, 2, [0.2, 0.1])), before);
  assert.equal(kde.logDensity(matrix(0, 2)).length, 0);
});

test("bad input is named", () => {
  const data = matrix(2, 2, [0, 1, 2, 3]);
  const make = (bandwidth: unknown, points: unknown = data) =>
    new GaussianKde({ data: points as Matrix, bandwidth: bandwidth as number });
  for (const bandwidth of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e-200]) {
    assert.throws(() => make(bandwidth), { name: "RangeError", code: "ERR_DOMAIN" });
  }
  assert.throws(() => make("1"), { code: "ERR_TYPE", message: /GaussianKde: bandwidth/ });
  assert.throws(() => make(1, matrix(2, 2, [0, 1, Number.NaN, 3])), {
    code: "ERR_DOMAIN",
    message: "GaussianKde: data must be finite, got NaN at row 1, column 0",
  });
  assert.throws(() => make(1, matrix(0, 2)), { code: "ERR_DOMAIN" });
  assert.throws(() => make(1).logDensity(matrix(1, 3)), { code: "ERR_SHAPE" });
  assert.throws(() => make(1).score(matrix(1, 2, [Number.NaN, 0])), { code: "ERR_DOMAIN" });
  assert.throws(() => make(1).logDensity(matrix(1, 2, [1e200, 0])), { code: "ERR_NUMERIC" });
});
