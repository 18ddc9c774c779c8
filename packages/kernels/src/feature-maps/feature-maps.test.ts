import assert from "node:assert/strict";
import { test } from "node:test";
import { matmul, matrix, Rng } from "@daily-kernel/compute";
import { MaternKernel } from "../matern-general/matern-kernel.ts";
import { GaussianKernel, Matern32Kernel } from "../standard/index.ts";
import { compose, RandomFourierFeatures, type SpectralKernel } from "./index.ts";
import { projections } from "./projections.ts";

const options = { dimension: 4, scale: 1.7, lengthscales: [0.9, 1.3, 2, 0.7] };
const x = matrix(6, 4, new Rng(1).fillNormal(new Float64Array(24)));
const kernels: Record<string, SpectralKernel> = {
  Gaussian: new GaussianKernel(options),
  "Matern 3/2": new Matern32Kernel(options),
  "Matern 0.8": new MaternKernel({ ...options, nu: 0.8 }),
};

/** Means over seeds of the estimated Gram matrix, and of its squared error. */
function estimates(kernel: SpectralKernel, features: number, seeds: number, orthogonal: boolean) {
  const exact = kernel.gram(x, x).data;
  const mean = new Float64Array(36);
  const squared = new Float64Array(36);
  for (let seed = 0; seed < seeds; seed++) {
    const f = new RandomFourierFeatures(kernel, { features, seed, orthogonal }).map(x);
    const { data } = matmul(f, f, { transposeB: true });
    for (let i = 0; i < 36; i++) {
      mean[i]! += data[i]! / seeds;
      squared[i]! += (data[i]! - exact[i]!) ** 2 / seeds;
    }
  }
  return { exact, mean, squared };
}

for (const [name, kernel] of Object.entries(kernels)) {
  for (const orthogonal of [false, true]) {
    test(`${name}, ${orthogonal ? "orthogonal" : "independent"}: unbiased`, () => {
      const seeds = 400;
      const { exact, mean, squared } = estimates(kernel, 16, seeds, orthogonal);
      for (let i = 0; i < 36; i++) {
        const standardError = Math.sqrt(squared[i]! / seeds) + 1e-14;
        assert.ok(Math.abs(mean[i]! - exact[i]!) < 4.5 * standardError, `entry ${i}`);
      }
      assert.ok(Math.max(...squared.filter((_, i) => i % 7 === 0)) < 1e-28); // the diagonal is exact
    });
  }
}

test("orthogonal features err less", () => {
  const total = (orthogonal: boolean) =>
    estimates(kernels.Gaussian!, 8, 300, orthogonal).squared.reduce((sum, v) => sum + v);
  assert.ok(total(true) < 0.9 * total(false));
});

test("orthogonal rows with the lengths of normal ones", () => {
  const g = projections(new Rng(3), 23, 10, true);
  const inner = matmul(g, g, { transposeB: true });
  const at = (i: number, j: number) => inner.data[23 * i + j]!;
  for (const from of [0, 10, 20]) {
    for (let i = from; i < Math.min(23, from + 10); i++) {
      for (let j = from; j < i; j++) assert.ok(Math.abs(at(i, j)) < 1e-12);
    }
  }
  assert.ok(Math.abs(at(0, 12)) > 1e-3);
  const rows = projections(new Rng(4), 2000, 10, true).data;
  const mean = rows.reduce((sum, v) => sum + v * v, 0) / 2000;
  assert.ok(Math.abs(mean - 10) < 4 * Math.sqrt(20 / 2000));
});

test("maps one after another", () => {
  const first = new RandomFourierFeatures(kernels.Gaussian!, { features: 6, seed: 1 });
  const second = new RandomFourierFeatures(new GaussianKernel({ dimension: 6 }), { features: 8 });
  const both = compose(first, second);
  assert.deepEqual([both.dimension, both.features], [4, 8]);
  assert.deepEqual(both.map(x).data, second.map(first.map(x)).data);
  assert.throws(() => compose(second, first), { code: "ERR_SHAPE", message: /takes 4 numbers/ });
});

test("bad input is refused by name", () => {
  const kernel = kernels.Gaussian!;
  assert.throws(() => new RandomFourierFeatures(kernel, { features: 3 }), { code: "ERR_DOMAIN" });
  assert.throws(() => new RandomFourierFeatures({} as GaussianKernel, { features: 2 }), {
    code: "ERR_TYPE",
    message: /Gaussian or Matern/,
  });
  const map = new RandomFourierFeatures(kernel, { features: 2 });
  assert.throws(() => map.map(matrix(1, 3)), { code: "ERR_SHAPE" });
  assert.throws(() => map.map(matrix(1, 4, [0, 0, Number.NaN, 0])), { code: "ERR_DOMAIN" });
});
