import assert from "node:assert/strict";
import { test } from "node:test";
import { cholesky, type Matrix, matrix, ThreadPool } from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";
import {
  ConstantKernel,
  GaussianKernel,
  kernelFrom,
  Matern12Kernel,
  product,
  RationalQuadraticKernel,
  scaled,
  sum,
} from "./index.ts";

const x = matrix(3, 2, [0.1, 0.2, 0.7, 0.4, 0.1, 0.9]);
const z = matrix(2, 2, [0.5, 0.5, 0.1, 0.2]);
const gaussian = new GaussianKernel({ dimension: 2, scale: 1.3, lengthscales: [0.3, 0.8] });
const rough = new Matern12Kernel({ dimension: 2, scale: 0.4 });
const rational = new RationalQuadraticKernel({ dimension: 2, alpha: 2 });
const linear = kernelFrom((a, b) => a[0]! * b[0]! + a[1]! * b[1]!, 2);

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    assert.ok(error <= tolerance, `element ${i}: ${actual[i]} is not ${expected[i]}`);
  }
}

test("sums and products are those of the Gram matrices, pairs and integrals", () => {
  const values = (f: (kernel: Kernel) => Float64Array) => [f(gaussian), f(rough)] as const;
  const added = sum(gaussian, rough);
  const [a, b] = values((kernel) => kernel.gram(x, z).data);
  close(
    added.gram(x, z).data,
    a.map((v, i) => v + b[i]!),
    1e-15,
  );
  close(
    product(gaussian, rough).gram(x, z).data,
    a.map((v, i) => v * b[i]!),
    1e-15,
  );
  close(
    scaled(rough, 3).gram(x, z).data,
    b.map((v) => 3 * v),
    1e-15,
  );
  close(added.pairs(x, x), [1.7, 1.7, 1.7], 1e-15);
  close(
    added.integral(x),
    gaussian.integral(x).map((v, i) => v + rough.integral(x)[i]!),
    1e-15,
  );
  close([added.doubleIntegral()], [gaussian.doubleIntegral() + rough.doubleIntegral()], 1e-15);
  close(
    scaled(rough, 3).integral(x),
    rough.integral(x).map((v) => 3 * v),
    1e-15,
  );
  close([scaled(rough, 3).doubleIntegral()], [3 * rough.doubleIntegral()], 1e-15);
  assert.ok(!("integral" in sum(gaussian, linear)), "an unknown integral is not offered");
});

test("parameters are concatenated, and gradients follow", () => {
  const kernel = sum(
    product(gaussian, rational),
    scaled(linear, 0.7),
    new ConstantKernel({ dimension: 2 }),
  );
  assert.deepEqual(kernel.parameterNames, [
    "kernels[0].kernels[0].scale",
    "kernels[0].kernels[0].lengthscales[0]",
    "kernels[0].kernels[0].lengthscales[1]",
    "kernels[0].kernels[1].scale",
    "kernels[0].kernels[1].lengthscale",
    "kernels[0].kernels[1].alpha",
    "kernels[1].kernels[0].scale",
    "kernels[2].scale",
  ]);
  const { parameters } = kernel;
  assert.deepEqual([...parameters], [1.3, 0.3, 0.8, 1, 1, 2, 0.7, 1]);
  assert.deepEqual(kernel.withParameters(parameters).gram(x, z), kernel.gram(x, z));
  const weights = matrix(3, 2, [1, -2, 0.5, 3, -1, 0.7]);
  const contracted = kernel.contractGradients!(x, z, weights);
  kernel.gramGradients(x, z).forEach((gradient, p) => {
    const moved = (h: number) =>
      kernel.withParameters(parameters.map((v, i) => (i === p ? v * Math.exp(h) : v))).gram(x, z);
    const [up, down] = [moved(1e-5).data, moved(-1e-5).data];
    close(
      gradient.data,
      up.map((v, i) => (v - down[i]!) / 2e-5),
      1e-8,
    );
    close(
      [contracted[p]!],
      [gradient.data.reduce((s, v, i) => s + v * weights.data[i]!, 0)],
      1e-14,
    );
  });
});

test("a function of two points is a kernel, evaluated once a pair", () => {
  let calls = 0;
  const kernel = kernelFrom((a, b) => {
    calls++;
    return Math.exp(-Math.abs(a[0]! - b[0]!));
  }, 1);
  const points = matrix(4, 1, [0, 0.3, 0.5, 2]);
  const gram = kernel.gram(points, points);
  assert.equal(calls, 10);
  const same = new Matern12Kernel({ dimension: 1, lengthscales: Math.SQRT1_2 });
  close(gram.data, same.gram(points, points).data, 1e-15);
  close(kernel.pairs(points, points), [1, 1, 1, 1], 0);
  assert.equal(kernel.parameters.length, 0);
  cholesky(gram);
});

test("a combination runs on a pool", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  type Pooled = (x: Matrix, z: Matrix, options: { pool: ThreadPool }) => Promise<Matrix>;
  const kernel = sum(gaussian, product(rough, linear)) as unknown as {
    gram: Pooled & Kernel["gram"];
  };
  close((await kernel.gram(x, z, { pool })).data, kernel.gram(x, z).data, 1e-14);
});

test("bad input is refused by name", () => {
  const refused = (run: () => unknown, code: string, message: RegExp) =>
    assert.throws(run, (error: Error & { code: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
  refused(() => sum(), "ERR_SHAPE", /sum: at least one/);
  refused(() => sum(gaussian, {} as never), "ERR_TYPE", /sum: kernel 1/);
  refused(() => product(gaussian, new GaussianKernel({ dimension: 3 })), "ERR_SHAPE", /2 and 3/);
  refused(() => scaled(gaussian, 0), "ERR_DOMAIN", /scaled: scale/);
  refused(() => scaled(null as never, 1), "ERR_TYPE", /scaled: kernel/);
  refused(() => sum(gaussian, rough).withParameters([1, 2]), "ERR_SHAPE", /5 numbers.*got 2/);
  refused(() => kernelFrom(3 as never, 1), "ERR_TYPE", /evaluate/);
  refused(() => kernelFrom(() => 1, 0), "ERR_DOMAIN", /dimension/);
  refused(() => kernelFrom(() => Number.NaN, 2).gram(x, z), "ERR_DOMAIN", /NaN for row 0/);
  refused(() => linear.gram(matrix(1, 1), z), "ERR_SHAPE", /kernelFrom: x/);
  refused(() => linear.withParameters([1]), "ERR_SHAPE", /no parameters/);
  refused(() => new ConstantKernel({ dimension: 1, scale: -1 }), "ERR_DOMAIN", /scale/);
});
