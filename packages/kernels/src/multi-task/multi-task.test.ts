import assert from "node:assert/strict";
import { test } from "node:test";
import { cholesky, type Matrix, matrix, Rng, ThreadPool } from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";
import { GaussianKernel, kernelFrom, Matern32Kernel, Matern52Kernel } from "../standard/index.ts";
import { DerivativeTasksKernel, MultiTaskKernel } from "./index.ts";

const base = new GaussianKernel({ dimension: 2, scale: 1.7, lengthscales: [0.3, 0.8] });
// Tasks 0, 2, 1 and 1, 2.
const x = matrix(3, 3, [0, 0.1, 0.2, 2, 0.7, 0.4, 1, 0.1, 0.9]);
const z = matrix(2, 3, [1, 0.5, 0.5, 2, 0.1, 0.2]);
const factor = matrix(3, 2, [1, 0.5, -0.3, 2, 0.7, -1.1]);
const lowRank = new MultiTaskKernel({ base, tasks: 3, factor, diagonal: [0.1, 0.2, 0.3] });
const triangular = new MultiTaskKernel({
  base,
  tasks: 3,
  method: "cholesky",
  factor: [0.5, -0.3, 2],
  diagonal: [1.1, 0.2, 0.3],
});

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    const bound = tolerance * (1 + Math.abs(expected[i]!));
    assert.ok(error <= bound, `element ${i}: ${actual[i]} is not ${expected[i]}`);
  }
}

/** The gradients against central differences: by the log, or by the parameter itself. */
function checkGradients(kernel: Kernel, tolerance: number) {
  const { parameters } = kernel;
  const kinds = kernel.parameterKinds!;
  assert.equal(kinds.length, kernel.parameterNames.length);
  const weights = matrix(3, 2, [1, -2, 0.5, 3, -1, 0.7]);
  const contracted = kernel.contractGradients?.(x, z, weights);
  kernel.gramGradients(x, z).forEach((gradient, p) => {
    const moved = (h: number) => {
      const next = kinds[p] === "real" ? parameters[p]! + h : parameters[p]! * Math.exp(h);
      return kernel.withParameters(parameters.map((v, i) => (i === p ? next : v))).gram(x, z).data;
    };
    const [up, down] = [moved(1e-5), moved(-1e-5)];
    close(
      gradient.data,
      up.map((v, i) => (v - down[i]!) / 2e-5),
      tolerance,
    );
    const dot = gradient.data.reduce((sum, v, i) => sum + v * weights.data[i]!, 0);
    if (contracted) close([contracted[p]!], [dot], 1e-13);
  });
}

// QMCPy 2.4: base = KernelGaussian(d=2, scale=1.7, lengthscales=[.3, .8]);
// KernelMultiTask(base, num_tasks=3, factor=[[1, .5], [-.3, 2], [.7, -1.1]], diag=[.1, .2, .3]):
// taskmat, (t[:, None], u[None], x[:, None, :], z[None]), single_integral_01d(t, 1, x),
// double_integral_01d(0, 2)
test("the low-rank form has QMCPy's numbers", () => {
  close(lowRank.taskMatrix.data, [1.35, 0.7, 0.15, 0.7, 4.29, -2.41, 0.15, -2.41, 2], 1e-15);
  const expected = [
    0.45600656083944624, 0.25499999999999984, -3.255091143495877, 0.4459829446546607,
    2.645939220544564, -2.7939112576268568,
  ];
  // Rows of x are tasks 0, 2, 1 and those of z 1, 2.
  close(lowRank.gram(x, z).data, expected, 1e-14);
  close(lowRank.pairs(matrix(2, 3, x.data.slice(0, 6)), z), [expected[0]!, expected[3]!], 1e-14);
  close(
    lowRank.integral(x, 1),
    [0.49686215207602497, -2.3879961094393276, 2.90245682980601],
    1e-14,
  );
  close([lowRank.doubleIntegral(0, 2)], [0.1294756023844206], 1e-14);
});

// KernelMultiTask(base, num_tasks=3, method="CHOLESKY", factor=[.5, -.3, 2.], diag=[1.1, .2, .3])
test("the Cholesky form has QMCPy's numbers", () => {
  close(
    triangular.taskMatrix.data,
    [1.21, 0.55, -0.33, 0.55, 0.29, 0.25, -0.33, 0.25, 4.18],
    1e-15,
  );
  const expected = [
    0.3582908692309935, -0.561, 0.3376650563792403, 0.9321043543282408, 0.17886302423261627,
    0.289824819255898,
  ];
  close(triangular.gram(x, z).data, expected, 1e-14);
});

test("gradients in base, factor and diagonal are differences", () => {
  assert.deepEqual(triangular.parameterNames.slice(3), [
    "factor[1][0]",
    "factor[2][0]",
    "factor[2][1]",
    "diagonal[0]",
    "diagonal[1]",
    "diagonal[2]",
  ]);
  checkGradients(lowRank, 1e-8);
  checkGradients(triangular, 1e-8);
});

test("a diagonal of zero and a factor of ones is one function for all tasks", async () => {
  const same = new MultiTaskKernel({ base, tasks: 3, diagonal: 0 });
  assert.deepEqual([...same.taskMatrix.data], Array(9).fill(1));
  const points = (m: Matrix) =>
    matrix(
      m.rows,
      2,
      m.data.filter((_, i) => i % 3 > 0),
    );
  close(same.gram(x, z).data, base.gram(points(x), points(z)).data, 1e-15);
  const terms = [{ x: [1, 0], z: [0, 1] }];
  close(
    same.gramDerivative(x, z, terms).data,
    base.gramDerivative(points(x), points(z), terms).data,
    1e-15,
  );
  await using pool = await ThreadPool.create({ threads: 2 });
  close((await same.gram(x, z, { pool })).data, same.gram(x, z).data, 1e-14);
});

test("tasks that observe derivatives have the derivatives of the base kernel between them", () => {
  const kernel = new DerivativeTasksKernel({
    base,
    derivatives: [
      [0, 0],
      [1, 0],
      [0, 2],
    ],
  });
  const gram = kernel.gram(x, z);
  const orders = [
    [0, 0],
    [1, 0],
    [0, 2],
  ];
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 2; j++) {
      const point = (m: Matrix, r: number) => matrix(1, 2, m.data.slice(3 * r + 1, 3 * r + 3));
      const term = { x: orders[x.data[3 * i]!]!, z: orders[z.data[3 * j]!]! };
      const [expected] = base.gramDerivative(point(x, i), point(z, j), [term]).data;
      assert.equal(gram.data[2 * i + j], expected);
    }
  }
  checkGradients(kernel, 1e-7);
});

test("a Gram matrix of values and derivatives is positive definite and symmetric", () => {
  for (const smooth of [
    base,
    new Matern32Kernel({ dimension: 2 }),
    new Matern52Kernel({ dimension: 2 }),
  ]) {
    const kernel = new DerivativeTasksKernel({
      base: smooth,
      derivatives: [
        [0, 0],
        [1, 0],
        [0, 1],
      ],
    });
    const rng = new Rng(5);
    const points = matrix(
      30,
      3,
      Array.from({ length: 90 }, (_, i) => (i % 3 === 0 ? (i / 3) % 3 : rng.uniform())),
    );
    const gram = kernel.gram(points, points);
    for (let i = 0; i < 30; i++)
      for (let j = 0; j < i; j++) assert.equal(gram.data[30 * i + j], gram.data[30 * j + i]);
    close(
      kernel.pairs(points, points),
      Array.from({ length: 30 }, (_, i) => gram.data[31 * i]!),
      1e-15,
    );
    cholesky(gram);
  }
});

test("bad input is refused by name", () => {
  const refused = (run: () => unknown, code: string, message: RegExp) =>
    assert.throws(run, (error: Error & { code: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
  const make = (o: object) => new MultiTaskKernel({ base, tasks: 3, ...o } as never);
  refused(() => new MultiTaskKernel({ tasks: 3 } as never), "ERR_TYPE", /base must be a kernel/);
  refused(() => make({ tasks: 0 }), "ERR_DOMAIN", /tasks.*got 0/);
  refused(() => make({ method: "qr" }), "ERR_TYPE", /method.*"qr"/);
  refused(() => make({ factor: matrix(2, 1) }), "ERR_SHAPE", /3 rows, got 2x1/);
  refused(() => make({ factor: [1, 2] }), "ERR_TYPE", /factor/);
  refused(() => make({ method: "cholesky", factor: [1] }), "ERR_SHAPE", /factor.*3, got 1/);
  refused(() => make({ diagonal: [1, -1, 1] }), "ERR_DOMAIN", /diagonal\[1\].*-1/);
  refused(() => make({ diagonal: Number.NaN }), "ERR_DOMAIN", /diagonal\[0\].*NaN/);
  refused(() => lowRank.gram(x, matrix(1, 3, [3, 0, 0])), "ERR_DOMAIN", /z, row 0.*0..2, got 3/);
  refused(() => lowRank.gram(matrix(1, 3, [0.5, 0, 0]), z), "ERR_DOMAIN", /got 0.5/);
  refused(() => lowRank.integral(x, 3), "ERR_DOMAIN", /task.*got 3/);
  const plain = make({ base: kernelFrom(() => 1, 2) });
  refused(() => plain.integral(x, 0), "ERR_UNSUPPORTED", /integrals of the base/);
  refused(() => plain.gramDerivative(x, z, [{}]), "ERR_TYPE", /with derivatives/);
  refused(() => lowRank.withParameters([1]), "ERR_SHAPE", /12 numbers.*got 1/);
  const rough = new Matern32Kernel({ dimension: 1 });
  refused(
    () => new DerivativeTasksKernel({ base: rough, derivatives: [[0], [2]] }),
    "ERR_DOMAIN",
    /order 4/,
  );
  refused(
    () => new DerivativeTasksKernel({ base, derivatives: [[0]] }),
    "ERR_SHAPE",
    /2 orders, got 1/,
  );
  refused(() => new DerivativeTasksKernel({ base, derivatives: [] }), "ERR_SHAPE", /derivatives/);
});

test("a task that was left out is of a wrong kind", () => {
  const kernel = new MultiTaskKernel({ base: new GaussianKernel({ dimension: 1 }), tasks: 2 });
  const x = matrix(1, 2);
  const integral = kernel.integral.bind(kernel) as (x: Matrix, task?: number) => unknown;
  assert.throws(() => integral(x), { code: "ERR_TYPE", message: /task must be a number/ });
  assert.throws(() => kernel.doubleIntegral(0, undefined as never), { code: "ERR_TYPE" });
  assert.throws(() => kernel.integral(x, 2), { code: "ERR_DOMAIN" });
});
