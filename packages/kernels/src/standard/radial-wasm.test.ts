import assert from "node:assert/strict";
import { test } from "node:test";
import { type Matrix, matrix, Rng, ThreadPool } from "@daily-kernel/compute";
import { GaussianKernel, Matern12Kernel, Matern32Kernel, Matern52Kernel } from "./index.ts";

/** The profiles once more, in scalar arithmetic. */
const references = [
  [GaussianKernel, (q: number) => Math.exp(-q), (q: number) => 2 * Math.exp(-q)],
  [
    Matern12Kernel,
    (q: number) => Math.exp(-Math.sqrt(q)),
    (q: number) => (q === 0 ? 0 : Math.exp(-Math.sqrt(q)) / Math.sqrt(q)),
  ],
  [
    Matern32Kernel,
    (q: number) => (1 + Math.sqrt(3 * q)) * Math.exp(-Math.sqrt(3 * q)),
    (q: number) => 3 * Math.exp(-Math.sqrt(3 * q)),
  ],
  [
    Matern52Kernel,
    (q: number) => (1 + Math.sqrt(5 * q) + (5 * q) / 3) * Math.exp(-Math.sqrt(5 * q)),
    (q: number) => (5 / 3) * (1 + Math.sqrt(5 * q)) * Math.exp(-Math.sqrt(5 * q)),
  ],
] as const;

const uniform = (rows: number, cols: number, seed: number) =>
  matrix(rows, cols, new Rng(seed).fillUniform(new Float64Array(rows * cols)));

function squares(x: Matrix, i: number, z: Matrix, j: number, lengths: Float64Array): number[] {
  return Array.from(lengths, (length, k) => {
    const t = (x.data[i * x.cols + k]! - z.data[j * z.cols + k]!) / length;
    return (t * t) / 2;
  });
}

for (const [Kernel, phi, slope] of references) {
  test(`${Kernel.name} in SIMD is its scalar formula, for all shapes`, async () => {
    await using pool = await ThreadPool.create({ threads: 2 });
    for (const [m, n, d] of [
      [1, 1, 1],
      [3, 5, 2],
      [130, 7, 3],
      [9, 66, 24],
      [5, 6, 25],
      [70, 70, 40],
    ] as const) {
      const lengths = Float64Array.from(
        { length: d },
        (_, k) => Math.sqrt(d) * (0.05 + 0.1 * (k % 4)),
      );
      const kernel = new Kernel({ dimension: d, scale: 1.3, lengthscales: lengths });
      const x = uniform(m, d, 1);
      for (const z of m === n ? [x, uniform(n, d, 2)] : [uniform(n, d, 2)]) {
        const w = uniform(m, n, 3);
        const gram = kernel.gram(x, z);
        const sums = new Float64Array(d + 1);
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            const parts = squares(x, i, z, j, lengths);
            const q = parts.reduce((sum, v) => sum + v, 0);
            const expected = 1.3 * phi(q);
            const error = Math.abs(gram.data[i * n + j]! - expected);
            assert.ok(error <= 4e-15 * 1.3 + 2e-12 * expected * q, `${m} ${n} ${d}: ${error}`);
            const weight = 1.3 * w.data[i * n + j]!;
            sums[0]! += weight * phi(q);
            for (let k = 0; k < d; k++) sums[k + 1]! += weight * slope(q) * parts[k]!;
          }
        }
        kernel.contractGradients(x, z, w).forEach((value, p) => {
          assert.ok(
            Math.abs(value - sums[p]!) <= 1e-12 * (1 + Math.abs(sums[p]!)),
            `${p}: ${value}`,
          );
        });
        assert.deepEqual(
          (await kernel.gram(x, z, { pool })).data,
          gram.data,
          "the same bits on a pool",
        );
      }
    }
  });
}

test("a pool's run can be cancelled, and far points have a kernel of 0", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  const x = uniform(300, 4, 1);
  const kernel = new Matern52Kernel({ dimension: 4 });
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(kernel.gram(x, x, { pool, signal }), /enough/);
  const far = matrix(2, 1, [0, 1e120]);
  for (const [Kernel] of references) {
    const gram = new Kernel({ dimension: 1 }).gram(far, far);
    assert.deepEqual([...gram.data], [1, 0, 0, 1]);
  }
});

test("empty Gram matrices are empty", () => {
  const kernel = new GaussianKernel({ dimension: 2 });
  assert.equal(kernel.gram(matrix(0, 2), matrix(0, 2)).data.length, 0);
  assert.equal(kernel.gram(uniform(3, 2, 1), matrix(0, 2)).cols, 0);
  assert.deepEqual([...kernel.contractGradients(matrix(0, 2), matrix(0, 2), matrix(0, 0))], [0, 0]);
});
