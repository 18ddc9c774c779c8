import assert from "node:assert/strict";
import { test } from "node:test";
import { eigSymmetric, matrix } from "@daily-kernel/compute";
import fc from "fast-check";
import { tridiagonalEigenvalues } from "./tridiagonal-eigenvalues.ts";

function compare(diagonal: Float64Array, beside: Float64Array): void {
  const n = diagonal.length;
  const dense = matrix(n, n);
  let norm = 0;
  for (let i = 0; i < n; i++) {
    dense.data[i * n + i] = diagonal[i]!;
    if (i > 0) dense.data[i * n + i - 1] = beside[i - 1]!;
    norm = Math.max(norm, Math.abs(diagonal[i]!) + 2 * Math.abs(beside[i]!));
  }
  const expected = eigSymmetric(dense).values;
  const found = tridiagonalEigenvalues(
    diagonal.slice(),
    beside.map((x) => x * x),
  );
  found.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]!) <= 1e-14 * n * norm, `${value}, ${expected[i]}`);
  });
}

test("agrees with the dense decomposition, zeros and scales included", () => {
  const number = fc
    .oneof(
      fc.constantFrom(0, 1, -1, 2),
      fc.double({ min: -10, max: 10, noNaN: true }),
      fc.double({ min: -1e-9, max: 1e-9, noNaN: true }),
    )
    .map((x) => (Math.abs(x) < 1e-60 ? 0 : x)); // squares must not underflow
  const pairs = fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(pairs, (rows) => {
      compare(
        Float64Array.from(rows, ([a]) => a),
        Float64Array.from(rows, ([, b]) => b),
      );
    }),
    { numRuns: 300 },
  );
});

test("the second difference matrix of 300 rows has its known eigenvalues", () => {
  const n = 300;
  const found = tridiagonalEigenvalues(new Float64Array(n).fill(2), new Float64Array(n).fill(1));
  found.forEach((value, i) => {
    const angle = ((i + 1) * Math.PI) / (2 * (n + 1));
    assert.ok(Math.abs(value - 4 * Math.sin(angle) ** 2) < 1e-13);
  });
});
