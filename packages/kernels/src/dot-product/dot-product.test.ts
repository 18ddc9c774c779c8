import assert from "node:assert/strict";
import { test } from "node:test";
import { cholesky, matrix, Rng } from "@daily-kernel/compute";
import fc from "fast-check";
import type { Kernel } from "../kernel.ts";
import { GaussianProcess, optimiseGaussianProcess } from "../regression/index.ts";
import { ArcCosineKernel, PolynomialKernel } from "./index.ts";

const common = { dimension: 2, scale: 1.7, bias: 0.4, lengthscales: [0.7, 1.3] };
const kernels: Record<string, Kernel> = {
  linear: new PolynomialKernel({ ...common, degree: 1 }),
  cubic: new PolynomialKernel({ ...common, degree: 3 }),
  steps: new ArcCosineKernel({ ...common, order: 0 }),
  rectified: new ArcCosineKernel({ ...common, order: 1 }),
  squared: new ArcCosineKernel({ ...common, order: 2 }),
  isotropic: new ArcCosineKernel({ ...common, order: 1, lengthscales: 0.8 }),
  "without bias": new ArcCosineKernel({ ...common, order: 2, bias: 0 }),
};
const x = matrix(3, 2, [0.3, -0.4, 1.2, 0.5, -0.7, 0.9]);
const z = matrix(2, 2, [0.8, 0.1, -0.5, -1.1]);

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const bound = tolerance * (1 + Math.abs(expected[i]!));
    assert.ok(Math.abs(actual[i]! - expected[i]!) <= bound, `${i}: ${actual[i]}, ${expected[i]}`);
  }
}

test("polynomials by their definition", () => {
  const expected = [0, 1, 2].flatMap((i) =>
    [0, 1].map((j) => {
      const [a, b, c, d] = [x.data[2 * i]!, x.data[2 * i + 1]!, z.data[2 * j]!, z.data[2 * j + 1]!];
      return 1.7 * (0.4 + (a * c) / 0.49 + (b * d) / 1.69) ** 3;
    }),
  );
  close(kernels.cubic!.gram(x, z).data, expected, 1e-14);
});

test("arc-cosine kernels are expectations over half planes", () => {
  // Two dimensions: w = r (cos t, sin t), E r^(2n) = 2^n n!, and a fine trapezoid sum over t.
  for (const [order, moment] of [
    [0, 1],
    [1, 2],
    [2, 8],
  ] as const) {
    const kernel = new ArcCosineKernel({ dimension: 2, bias: 0, order });
    const steps = 200_000;
    let sum = 0;
    for (let k = 0; k < steps; k++) {
      const t = (2 * Math.PI * (k + 0.5)) / steps;
      const p = x.data[0]! * Math.cos(t) + x.data[1]! * Math.sin(t);
      const q = z.data[0]! * Math.cos(t) + z.data[1]! * Math.sin(t);
      if (p > 0 && q > 0) sum += (p * q) ** order;
    }
    const expected = (2 * moment * sum) / steps;
    close(kernel.gram(x, z).data.slice(0, 1), [expected], order === 0 ? 1e-4 : 1e-9);
  }
});

test("at x = z they are the moments of one rectified unit, and small angles keep their digits", () => {
  for (const [order, factor] of [
    [0, 1],
    [1, 1],
    [2, 3],
  ] as const) {
    const kernel = new ArcCosineKernel({ dimension: 2, bias: 0, order });
    const norm = Math.hypot(x.data[0]!, x.data[1]!) ** 2;
    close(kernel.gram(x, x).data.slice(0, 1), [factor * norm ** order], 1e-15);
  }
  const steps = new ArcCosineKernel({ dimension: 2, bias: 0, order: 0 });
  const [angle] = [1e-9];
  const near = matrix(2, 2, [1, 0, Math.cos(angle), Math.sin(angle)]);
  const [, off] = steps.gram(near, near).data;
  close([(1 - off!) * Math.PI * 1e9], [1], 1e-6);
  const far = matrix(1, 2, [-Math.cos(angle), -Math.sin(angle)]);
  close([steps.gram(matrix(1, 2, [1, 0]), far).data[0]! * Math.PI * 1e9], [1], 1e-6);
});

for (const [name, kernel] of Object.entries(kernels)) {
  test(`${name}: gradients are slopes, and pairs are entries`, () => {
    const { parameters } = kernel;
    const gradients = kernel.gramGradients(x, z);
    assert.equal(gradients.length, kernel.parameterNames.length);
    for (let p = 0; p < parameters.length; p++) {
      const moved = (h: number) =>
        kernel.withParameters(parameters.map((v, i) => (i === p ? v * Math.exp(h) : v))).gram(x, z);
      const [up, down] = [moved(1e-5).data, moved(-1e-5).data];
      close(
        gradients[p]!.data,
        up.map((v, i) => (v - down[i]!) / 2e-5),
        1e-8,
      );
    }
    const same = kernel.gramGradients(x, x);
    for (const { data } of same) assert.ok(data.every(Number.isFinite));
    const own = kernel.gram(x, x);
    close(
      kernel.pairs(x, x),
      [0, 4, 8].map((i) => own.data[i]!),
      1e-15,
    );
    close(
      kernel.pairs(matrix(2, 2, x.data.slice(0, 4)), z),
      [0, 3].map((i) => kernel.gram(x, z).data[i]!),
      1e-14,
    );
  });
}

test("positive semi-definite and symmetric on any points", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const points = matrix(8, 2, new Rng(seed).fillNormal(new Float64Array(16)));
      for (const kernel of Object.values(kernels)) {
        const gram = kernel.gram(points, points);
        for (let i = 0; i < 8; i++) {
          for (let j = 0; j < i; j++) assert.equal(gram.data[8 * i + j], gram.data[8 * j + i]);
        }
        const trace = [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, i) => sum + gram.data[9 * i]!, 0);
        for (let i = 0; i < 8; i++) gram.data[9 * i]! += 1e-10 * trace;
        cholesky(gram);
      }
    }),
    { numRuns: 30 },
  );
});

test("a Gaussian process learns their hyper-parameters", async () => {
  const points = matrix(30, 2, new Rng(3).fillNormal(new Float64Array(60)));
  const y = Array.from({ length: 30 }, (_, i) => {
    const [a, b] = [points.data[2 * i]!, points.data[2 * i + 1]!];
    return Math.max(0, a + 0.5 * b);
  });
  const start = new ArcCosineKernel({ ...common, order: 1 });
  const before = GaussianProcess.fit(start, points, y, { noise: 0.1 }).logMarginalLikelihood;
  const learned = await optimiseGaussianProcess(start, points, y, {
    noise: 0.1,
    maxIterations: 20,
  });
  assert.ok(learned.logMarginalLikelihood > before + 5);
});

test("bad input is refused by name", () => {
  assert.throws(() => new PolynomialKernel({ dimension: 2, degree: 0 }), { code: "ERR_DOMAIN" });
  assert.throws(() => new ArcCosineKernel({ dimension: 2, order: 3 as 0 }), { code: "ERR_DOMAIN" });
  assert.throws(() => new PolynomialKernel({ dimension: 2, degree: 2, bias: -1 }), {
    code: "ERR_DOMAIN",
  });
  const steps = new ArcCosineKernel({ dimension: 2, order: 0, bias: 0 });
  assert.throws(() => steps.gram(x, matrix(1, 2)), { code: "ERR_DOMAIN", message: /row of zeros/ });
  const linear = new ArcCosineKernel({ dimension: 2, order: 1, bias: 0 });
  assert.equal(linear.gram(x, matrix(1, 2)).data[0], 0);
  const large = new PolynomialKernel({ dimension: 2, degree: 4 });
  assert.throws(() => large.gram(x, matrix(1, 2, [1e150, 0])), { code: "ERR_NUMERIC" });
});
