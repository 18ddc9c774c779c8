import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix } from "@daily-kernel/compute";
import { GaussianKernel, Matern12Kernel, RationalQuadraticKernel } from "./index.ts";
import type { RadialKernel } from "./radial-kernel.ts";

// Reference values: mpmath 1.3, 40 digits, by closed form or a trapezoid sum of ten nodes a unit.
const CASES: [kernel: RadialKernel, x: number[], integral: number][] = [
  [
    new RationalQuadraticKernel({ dimension: 1, alpha: 0.05, lengthscales: 0.5 }),
    [2],
    0.799712481661697,
  ],
  [
    new RationalQuadraticKernel({ dimension: 1, alpha: 0.05, lengthscales: 1e-4 }),
    [0.5],
    0.4225225221030847,
  ],
  [
    new RationalQuadraticKernel({ dimension: 2, alpha: 0.3, lengthscales: [0.5, 2] }),
    [2, 0.3],
    0.44154745160342374,
  ],
  [new GaussianKernel({ dimension: 1, lengthscales: 1e6 }), [2], 0.9999999999988334],
  [new GaussianKernel({ dimension: 1, lengthscales: 1e15 }), [2], 1],
  [new GaussianKernel({ dimension: 1, lengthscales: 1e17 }), [2], 1],
  [new GaussianKernel({ dimension: 1, lengthscales: 1e17 }), [1e17], 0.6065306597126334],
  [new GaussianKernel({ dimension: 1, lengthscales: 3 }), [20], 8.036974774563157e-10],
  [new GaussianKernel({ dimension: 1, lengthscales: 1.5 }), [1.2], 0.8839981233240514],
  [new GaussianKernel({ dimension: 1, lengthscales: 0.1 }), [1.3], 0.00033836925739527245],
  [new GaussianKernel({ dimension: 1, lengthscales: 1 }), [9], 1.5590806719225575e-15],
  [
    new Matern12Kernel({ dimension: 2, lengthscales: [1e4, 1.5e4] }),
    [0.5, 0.5],
    0.9999771818213126,
  ],
];

test("integrals keep their digits outside the cube and at lengthscales of any size", () => {
  for (const [kernel, x, expected] of CASES) {
    const value = kernel.integral(matrix(1, x.length, x))[0]!;
    const error = Math.abs(value / expected - 1);
    assert.ok(error < 1e-14, `${kernel.constructor.name} at ${x}: ${value} is not ${expected}`);
  }
});
