import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng, ThreadPool } from "@daily-kernel/compute";
import { logBesselK } from "@daily-kernel/special";
import {
  GaussianKernel,
  Matern12Kernel,
  Matern32Kernel,
  Matern52Kernel,
} from "../standard/index.ts";
import { LARGE_ORDER, logMatern, logMaternFactor } from "./log-matern.ts";
import { MaternKernel } from "./matern-kernel.ts";

const options = { dimension: 2, scale: 1.7, lengthscales: [0.3, 0.8] };
const x = matrix(12, 2, new Rng(1).fillNormal(new Float64Array(24)));
const z = matrix(5, 2, new Rng(2).fillNormal(new Float64Array(10)));

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const bound = tolerance * (1 + Math.abs(expected[i]!));
    assert.ok(Math.abs(actual[i]! - expected[i]!) <= bound, `${i}: ${actual[i]}, ${expected[i]}`);
  }
}

test("half-integer orders are the closed forms, derivatives and integrals too", () => {
  for (const [nu, closed] of [
    [0.5, new Matern12Kernel(options)],
    [1.5, new Matern32Kernel(options)],
    [2.5, new Matern52Kernel(options)],
  ] as const) {
    const kernel = new MaternKernel({ ...options, nu });
    assert.equal(kernel.smoothness, closed.smoothness);
    close(kernel.gram(x, z).data, closed.gram(x, z).data, 1e-14);
    close(kernel.pairs(z, z), closed.pairs(z, z), 1e-15);
    const gradients = kernel.gramGradients(x, x);
    for (const [p, expected] of closed.gramGradients(x, x).entries()) {
      close(gradients[p]!.data, expected.data, 1e-13);
    }
    close(kernel.integral(z), closed.integral(z), 1e-14);
    if (nu > 1) {
      const terms = [{ x: [1, 0], z: [0, 1], coefficient: 2 }];
      close(
        kernel.gramDerivative(x, x, terms).data,
        closed.gramDerivative(x, x, terms).data,
        1e-12,
      );
    }
  }
});

// SciPy 1.17.1: 2**(1 - nu) / gamma(nu) * r**nu * kv(nu, r), r = sqrt(2 nu q), q = 0.32
const REFERENCE = [
  [0.2, 0.38623614462806855],
  [0.8, 0.6537865171789083],
  [1.0, 0.6894253075777441],
  [3.7, 0.8121651147623863],
  [12.3, 0.8413712269998382],
] as const;

test("other orders by SciPy, and the Gaussian in the limit", () => {
  const at = [matrix(1, 1, [0]), matrix(1, 1, [0.8])] as const;
  for (const [nu, expected] of REFERENCE) {
    const kernel = new MaternKernel({ dimension: 1, nu });
    close(kernel.gram(...at).data, [expected], 1e-14);
  }
  const limit = new GaussianKernel({ dimension: 1, lengthscales: Math.SQRT2 }).gram(...at).data;
  close(new MaternKernel({ dimension: 1, nu: 1e13 }).gram(...at).data, limit, 1e-13);
});

test("gradients are slopes, in nu as well, at every distance", () => {
  for (const nu of [0.3, 0.8, 1.7, 3.2, 20]) {
    const kernel = new MaternKernel({ ...options, nu });
    const { parameters } = kernel;
    const gradients = kernel.gramGradients(x, x);
    for (let p = 0; p < parameters.length; p++) {
      const moved = (h: number) =>
        kernel.withParameters(parameters.map((v, i) => (i === p ? v * Math.exp(h) : v))).gram(x, x);
      const [up, down] = [moved(1e-4).data, moved(-1e-4).data];
      close(
        gradients[p]!.data,
        up.map((v, i) => (v - down[i]!) / 2e-4),
        1e-7,
      );
    }
  }
  const smooth = new MaternKernel({ ...options, nu: 3.2 });
  const terms = [{ x: [1, 0], z: [1, 0] }];
  const slope = smooth.derivativeGradients(x, x, terms).at(-1)!.data;
  const moved = (h: number) =>
    new MaternKernel({ ...options, nu: 3.2 * Math.exp(h) }).gramDerivative(x, x, terms).data;
  const [up, down] = [moved(1e-4), moved(-1e-4)];
  close(
    slope,
    up.map((v, i) => (v - down[i]!) / 2e-4),
    1e-6,
  );
});

test("large orders join on to the others", () => {
  for (const x of [0.1, 3, 40, 900, 1e5]) {
    const by = (v: number) => logMaternFactor(v) + v * Math.log(x) + logBesselK(v, x);
    close([logMatern(LARGE_ORDER, x)], [by(LARGE_ORDER)], 1e-11);
  }
});

test("exactly symmetric, and the same on a pool", async () => {
  const kernel = new MaternKernel({ ...options, nu: 0.8 });
  const gram = kernel.gram(x, x);
  for (let i = 0; i < 12; i++) {
    for (let j = 0; j < 12; j++) assert.equal(gram.data[12 * i + j], gram.data[12 * j + i]);
  }
  await using pool = await ThreadPool.create({ threads: 2 });
  assert.deepEqual((await kernel.gram(x, x, { pool })).data, gram.data);
});

test("bad input is refused by name", () => {
  assert.throws(() => new MaternKernel({ dimension: 1, nu: 0 }), {
    code: "ERR_DOMAIN",
    message: /nu must be positive/,
  });
  const kernel = new MaternKernel({ dimension: 1, nu: 0.8 });
  assert.equal(kernel.smoothness, 1);
  const terms = [{ x: [1], z: [1] }];
  assert.throws(() => kernel.gramDerivative(matrix(1, 1), matrix(1, 1), terms), {
    code: "ERR_DOMAIN",
  });
});
