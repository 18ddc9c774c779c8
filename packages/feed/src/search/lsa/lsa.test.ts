import assert from "node:assert/strict";
import { test } from "node:test";
import { eigSymmetric, matmul, Rng, syrk } from "@daily-kernel/compute";
import { fitLsa } from "./fit-lsa.ts";
import { Lsa } from "./lsa.ts";
import { randomizedSvd } from "./randomized-svd.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";
import { sparseTimesDense, sparseTransposeTimesDense } from "./sparse-matrix.ts";

/** A random sparse matrix whose columns fade, so that its spectrum does. */
function sparse(rows: number, cols: number): SparseMatrix {
  const rng = new Rng(7);
  const starts = [0];
  const columns: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      if (rng.uniform() > 0.3) continue;
      columns.push(j);
      values.push(rng.normal() * 0.9 ** j);
    }
    starts.push(columns.length);
  }
  return {
    rows,
    cols,
    starts: Uint32Array.from(starts),
    columns: Uint32Array.from(columns),
    values: Float64Array.from(values),
  };
}

const identity = (n: number) => ({
  rows: n,
  cols: n,
  data: Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)),
});

test("the products are those of the dense matrix", () => {
  const a = sparse(9, 7);
  const dense = sparseTimesDense(a, identity(7));
  const transposed = sparseTransposeTimesDense(a, identity(9));
  for (let i = 0; i < 9; i++) {
    for (let j = 0; j < 7; j++) assert.equal(dense.data[i * 7 + j], transposed.data[j * 9 + i]);
  }
});

test("singular values and vectors are those of the dense matrix", () => {
  for (const [rows, cols] of [
    [120, 60],
    [50, 90],
  ] as const) {
    const a = sparse(rows, cols);
    const dense = sparseTimesDense(a, identity(cols));
    const exact = eigSymmetric(syrk(dense, { transpose: true })).values.toReversed();
    const { values, vectors } = randomizedSvd(a, 10, 1);
    assert.equal(values.length, 10);
    values.forEach((value, i) => {
      assert.ok(Math.abs(value / Math.sqrt(exact[i]!) - 1) < 1e-6, `value ${i}`);
    });
    const gram = matmul(vectors, vectors, { transposeA: true });
    const images = sparseTimesDense(a, vectors);
    for (let i = 0; i < 10; i++) {
      for (let j = 0; j < 10; j++) {
        assert.ok(Math.abs(gram.data[i * 10 + j]! - (i === j ? 1 : 0)) < 1e-10);
      }
      let square = 0;
      for (let r = 0; r < rows; r++) square += images.data[r * 10 + i]! ** 2;
      assert.ok(Math.abs(Math.sqrt(square) / values[i]! - 1) < 1e-8);
    }
  }
});

test("a rank below what is asked for gives no more", () => {
  const one = { starts: Uint32Array.of(0, 1, 2, 2), columns: Uint32Array.of(0, 0) };
  const a = { rows: 3, cols: 2, ...one, values: Float64Array.of(3, 4) };
  const { values, vectors } = randomizedSvd(a, 5, 1);
  assert.equal(values.length, 1);
  assert.ok(Math.abs(values[0]! - 5) < 1e-12);
  assert.ok(Math.abs(Math.abs(vectors.data[0]!) - 1) < 1e-12);
});

test("words that keep company stand for one another", () => {
  const [car, motor, road, tree, leaf] = [0, 1, 2, 3, 4];
  const texts = [
    [car, road],
    [motor, road],
    [car, road, motor],
    [tree, leaf],
    [leaf, tree],
    [tree],
  ];
  const lsa = new Lsa(fitLsa(texts)!);
  const cosine = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
  assert.ok(
    cosine(lsa.embed([car]), lsa.embed([motor])) > cosine(lsa.embed([car]), lsa.embed([leaf])),
  );
  assert.ok(lsa.embed([99]).every((value) => value === 0));
  assert.equal(fitLsa([]), undefined);
  assert.equal(fitLsa([[1], [2], []]), undefined);
});
