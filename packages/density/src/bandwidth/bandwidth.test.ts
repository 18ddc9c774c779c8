import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng, ThreadPool } from "@daily-kernel/compute";
import {
  leaveOneOut,
  looBandwidth,
  regimesOf,
  scottBandwidth,
  silvermanBandwidth,
} from "../index.ts";
import { referenceKde } from "../kde/reference.ts";

const normals = (rows: number, cols: number, seed: number) =>
  matrix(rows, cols, new Rng(seed).fillNormal(new Float64Array(rows * cols)));
const near = (got: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(got - expected) <= tolerance * Math.abs(expected), `${got}, ${expected}`);

test("leave-one-out leaves the query out, for several bandwidths at once", () => {
  const data = normals(400, 6, 1);
  const queries = [0, 7, 255, 256, 399];
  const x = matrix(
    5,
    6,
    queries.flatMap((row) => Array.from(data.data.slice(6 * row, 6 * row + 6))),
  );
  const found = leaveOneOut(data, [0.2, 0.7, 2], { queries });
  for (const [k, h] of [0.2, 0.7, 2].entries()) {
    const rows = referenceKde(data, h, x, queries);
    const mean = (of: (row: (typeof rows)[number]) => number) =>
      rows.reduce((sum, row) => sum + of(row), 0) / 5;
    near(found.logLikelihood[k]!, mean((row) => row.logDensity) + Math.log(400 / 399), 1e-12);
    near(
      found.participation[k]!,
      mean((row) => row.participation),
      1e-11,
    );
    near(
      found.largestWeight[k]!,
      mean((row) => Math.max(...row.weights)),
      1e-11,
    );
  }
});

test("the chosen bandwidth is a maximum, the same on a pool, and counts duplicates", async () => {
  const data = normals(800, 3, 2);
  const h = looBandwidth(data);
  const { logLikelihood } = leaveOneOut(data, [0.99 * h, h, 1.01 * h]);
  assert.ok(logLikelihood[1]! > logLikelihood[0]! && logLikelihood[1]! > logLikelihood[2]!);
  await using pool = await ThreadPool.create({ threads: 2 });
  assert.equal(await looBandwidth(data, { pool }), h);
  const twice = matrix(1600, 3, [...data.data, ...data.data]);
  assert.equal(leaveOneOut(twice, [1]).duplicates, 1600);
  assert.throws(() => looBandwidth(twice), { code: "ERR_NUMERIC", message: /1600 queries/ });
});

test("rules of thumb and the spectrum", () => {
  const data = normals(2000, 4, 3);
  for (let i = 0; i < data.data.length; i++) data.data[i]! = 5 + 3 * data.data[i]!;
  near(scottBandwidth(data), 3 * 2000 ** (-1 / 8), 0.05);
  near(silvermanBandwidth(data) / scottBandwidth(data), (6 / 4) ** (-1 / 8), 1e-12);
  const flat = matrix(
    2000,
    5,
    Array.from({ length: 10000 }, (_, i) =>
      i % 5 === 4 ? 1 : data.data[4 * Math.floor(i / 5) + (i % 5)]!,
    ),
  );
  assert.equal(regimesOf(flat).d, 4);
  near(regimesOf(flat).hG, regimesOf(data).hG, 1e-9);
});

test("bad input is named", () => {
  const data = normals(10, 2, 4);
  assert.throws(() => leaveOneOut(data, [0]), { code: "ERR_DOMAIN" });
  assert.throws(() => leaveOneOut(data, []), { code: "ERR_SHAPE" });
  assert.throws(() => leaveOneOut(data, [1], { queries: [10] }), { code: "ERR_DOMAIN" });
  assert.throws(() => leaveOneOut(matrix(1, 2), [1]), { code: "ERR_DOMAIN" });
  assert.throws(() => scottBandwidth(matrix(3, 1, [1, 1, 1])), { code: "ERR_NUMERIC" });
  assert.throws(() => regimesOf(matrix(3, 1, [1, Number.NaN, 1])), { code: "ERR_DOMAIN" });
});
