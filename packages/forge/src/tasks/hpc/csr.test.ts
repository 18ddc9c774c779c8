import assert from "node:assert/strict";
import { test } from "node:test";
import { eigSymmetric, Rng } from "@daily-kernel/compute";
import fc from "fast-check";
import { type Csr, checkCsr, csrFromEntries, spmv } from "./csr.ts";
import { laplacian5, laplacian7 } from "./laplacian.ts";
import { spdCsr, spdEntries, zipfCsr } from "./random-csr.ts";

function dense(a: Csr): Float64Array {
  const out = new Float64Array(a.rows * a.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let k = a.rowPtr[i]!; k < a.rowPtr[i + 1]!; k++) {
      out[i * a.cols + a.colIdx[k]!]! += a.values[k]!;
    }
  }
  return out;
}

const small: Csr = {
  rows: 3,
  cols: 3,
  rowPtr: Int32Array.of(0, 2, 2, 3),
  colIdx: Int32Array.of(2, 0, 1),
  values: Float64Array.of(1, 2, 3),
};

test("a product by compressed rows, with an empty row and unsorted columns", () => {
  assert.deepEqual([...spmv(checkCsr(small), [10, 20, 30])], [50, 0, 60]);
  assert.throws(() => spmv(small, [1, 2]), /x must have length 3, got 2/);
});

test("what is no matrix by compressed rows is refused", () => {
  const refuse = (change: Partial<Csr>, message: RegExp) =>
    assert.throws(() => checkCsr({ ...small, ...change }), message);
  refuse({ rowPtr: Int32Array.of(1, 2, 2, 3) }, /rowPtr\[0\] must be 0, got 1/);
  refuse({ rowPtr: Int32Array.of(0, 3, 2, 3) }, /must not fall, got 2 after 3 at index 2/);
  refuse({ rowPtr: Int32Array.of(0, 2, 3) }, /3 rows need 4 offsets/);
  refuse({ rowPtr: Int32Array.of(0, 2, 2, 2) }, /end at 2 for 3 columns/);
  refuse({ colIdx: Int32Array.of(2, 3, 1) }, /colIdx\[1\] must be in 0\.\.2, got 3/);
  refuse({ colIdx: Int32Array.of(2, 2, 1) }, /row 0 has column 2 twice/);
  refuse({ rows: -1 }, /rows and cols/);
  refuse({ values: [1, 2, 3] as never }, /values must be a Float64Array/);
  assert.throws(() => csrFromEntries(2, 2, [[0, 2, 1]]), /entry 0 must be a finite number inside/);
  assert.throws(() => csrFromEntries(2, 2, [[0, 1, Number.NaN]]), /got NaN/);
});

test("Laplacians are the sums of the differences along their axes", () => {
  for (const [a, sizes] of [
    [laplacian5(3, 4), [3, 4]],
    [laplacian7(2, 3, 4), [2, 3, 4]],
  ] as const) {
    checkCsr(a);
    const d = dense(a);
    const n = a.rows;
    // Closed form: the eigenvalues are sums of 2 - 2 cos(k pi / (size + 1)).
    let expected = [0];
    for (const size of sizes) {
      const axis = Array.from(
        { length: size },
        (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (size + 1)),
      );
      expected = expected.flatMap((sum) => axis.map((value) => sum + value));
    }
    const got = [...eigSymmetric({ data: Float64Array.from(d), rows: n, cols: n }).values];
    const up = (x: number, y: number) => x - y;
    got.sort(up);
    for (const [k, value] of expected.sort(up).entries()) {
      assert.ok(Math.abs(got[k]! - value) < 1e-12, `${sizes}: eigenvalue ${k}`);
    }
  }
  assert.throws(() => laplacian5(0, 3), /laplacian5: sizes must be whole numbers >= 1, got 0/);
});

test("random matrices have as many entries as asked, distinct in a row, in Zipf's proportions", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(),
      fc.nat(),
      (rows, cols, n, seed) => {
        const entries = n % (rows * cols + 1);
        const a = checkCsr(zipfCsr({ rows, cols, entries, rng: new Rng(seed) }));
        assert.equal(a.values.length, entries);
      },
    ),
  );
  const a = zipfCsr({ rows: 1000, cols: 1000, entries: 7000, rng: new Rng(5) });
  const lengths = [...a.rowPtr.subarray(1)]
    .map((end, i) => end - a.rowPtr[i]!)
    .sort((x, y) => y - x);
  assert.ok(Math.abs(lengths[0]! / lengths[9]! - 10) < 0.5, `${lengths[0]} and ${lengths[9]}`);
  assert.throws(() => zipfCsr({ rows: 2, cols: 2, entries: 5, rng: new Rng(1) }), /zipfCsr/);
});

test("random definite matrices have exactly the condition number that was asked for", () => {
  for (const [n, condition] of [
    [1, 1],
    [2, 7],
    [3, 64],
    [10, 1e4],
    [37, 64],
  ] as const) {
    const a = checkCsr(spdCsr(n, { condition, rng: new Rng(n) }));
    assert.equal(a.values.length, spdEntries(n));
    const d = dense(a);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) assert.equal(d[i * n + j], d[j * n + i]);
    const { values } = eigSymmetric({ data: d as Float64Array<ArrayBuffer>, rows: n, cols: n });
    const got = Math.max(...values) / Math.min(...values);
    assert.ok(Math.abs(got / condition - 1) < 1e-9, `n = ${n}: ${got}`);
  }
  assert.throws(() => spdCsr(3, { condition: 0.5, rng: new Rng(1) }), /condition/);
});
