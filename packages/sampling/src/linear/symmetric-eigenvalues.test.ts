import assert from "node:assert/strict";
import { test } from "node:test";
import { eigSymmetric, matrix } from "@daily-kernel/compute";
import { normalMatrix } from "../fixture.ts";
import { productWithTranspose } from "./gram.ts";
import { symmetricEigenvalues } from "./symmetric-eigenvalues.ts";

test("agrees with the decomposition with vectors, definite or not, on both sides of the limit", () => {
  for (const n of [1, 2, 3, 10, 39, 40, 41, 60]) {
    const square = normalMatrix(n, n, n);
    const mixed = matrix(n, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        mixed.data[i * n + j] = square.data[i * n + j]! + square.data[j * n + i]!;
      }
    }
    for (const a of [productWithTranspose(square), mixed]) {
      const { values } = eigSymmetric(a);
      const norm = Math.max(...values.map(Math.abs));
      symmetricEigenvalues(a).forEach((value, i) => {
        assert.ok(
          Math.abs(value - values[i]!) < 1e-14 * n * norm,
          `n = ${n}: ${value}, ${values[i]}`,
        );
      });
    }
  }
});

test("diagonal matrices and blocks stay exact", () => {
  const a = matrix(4, 4);
  [3, -1, 2, 0].forEach((value, i) => {
    a.data[5 * i] = value;
  });
  assert.deepEqual([...symmetricEigenvalues(a)], [-1, 0, 2, 3]);
});
