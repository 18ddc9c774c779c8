import assert from "node:assert/strict";
import { test } from "node:test";
import { cholesky, choleskySolve, type Matrix, matmul, matrix, Rng } from "@daily-kernel/compute";
import type { DerivativeTerm, DifferentiableKernel } from "../kernel.ts";
import { DigitalShiftInvariantKernel } from "../shift-invariant/digital-shift-invariant.ts";
import { DigitalShiftInvariantAdaptiveKernel } from "../shift-invariant/digital-shift-invariant-adaptive.ts";
import { DigitalShiftInvariantCombinedKernel } from "../shift-invariant/digital-shift-invariant-combined.ts";
import { ShiftInvariantKernel } from "../shift-invariant/shift-invariant.ts";
import { ShiftInvariantCombinedKernel } from "../shift-invariant/shift-invariant-combined.ts";
import { scaled } from "../standard/combine.ts";
import { GaussianKernel } from "../standard/gaussian.ts";
import { FastGram } from "./fast-gram.ts";
import { lattice, net, radicalInverse } from "./test-points.ts";

const common = { dimension: 3, scale: 2, lengthscales: [0.9, 0.5, 0.2] };
const cases = [
  [new ShiftInvariantKernel({ ...common, alpha: [1, 2, 1] }), lattice],
  [new ShiftInvariantCombinedKernel(common), lattice],
  [new DigitalShiftInvariantKernel({ ...common, alpha: [1, 2, 3] }), net],
  [new DigitalShiftInvariantCombinedKernel(common), net],
  [new DigitalShiftInvariantAdaptiveKernel({ ...common, alpha: 1.5 }), net],
] as const;

function assertClose(actual: Float64Array, expected: Float64Array, tolerance: number) {
  assert.equal(actual.length, expected.length);
  const size = expected.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-300);
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!) / size;
    assert.ok(error <= tolerance, `element ${i}: ${actual[i]} is not ${expected[i]}`);
  }
}

const random = (rows: number, cols: number) =>
  matrix(rows, cols, new Rng(9).fillNormal(new Float64Array(rows * cols)));

const withNoise = (k: Matrix, noise: number): Matrix =>
  matrix(
    k.rows,
    k.cols,
    k.data.map((v, i) => (i % (k.cols + 1) === 0 ? v + noise : v)),
  );

test("products, solves and the determinant are those of the dense matrix", () => {
  for (const [kernel, points] of cases) {
    for (const n of [1, 2, 256]) {
      const x = points(3, 0, n);
      const noise = 0.01;
      const fast = new FastGram(kernel, x, { noise });
      const dense = withNoise(kernel.gram(x, x), noise);
      const y = random(n, 3);
      assertClose(fast.matvec(y).data, matmul(dense, y).data, 1e-13);
      const l = cholesky(dense);
      assertClose(fast.solve(y).data, choleskySolve(l, y).data, 1e-10);
      let logdet = 0;
      for (let i = 0; i < n; i++) logdet += 2 * Math.log(l.data[i * n + i]!);
      assert.ok(Math.abs(fast.logdet() - logdet) < 1e-9 * Math.max(1, Math.abs(logdet)));
      const one = Float64Array.from({ length: n }, (_, i) => y.data[3 * i]!);
      assertClose(fast.matvec(one), matmul(dense, matrix(n, 1, one)).data, 1e-13);
    }
  }
});

test("doubling gives the Gram matrix of all points", () => {
  for (const [kernel, points] of cases) {
    let grown = new FastGram(kernel, points(3, 0, 1), { noise: 0.1 });
    for (let n = 1; n < 512; n *= 2) grown = grown.extend(points(3, n, 2 * n));
    const whole = new FastGram(kernel, points(3, 0, 512), { noise: 0.1 });
    assert.equal(grown.n, 512);
    assert.deepEqual(grown.points, points(3, 0, 512));
    assertClose(grown.eigenvalues.re, whole.eigenvalues.re, 1e-14);
    const y = random(512, 1).data;
    assertClose(grown.solve(y), whole.solve(y), 1e-12);
  }
});

test("derivative kernels, whose eigenvalues may be complex", () => {
  const forms: [DifferentiableKernel, typeof lattice, DerivativeTerm[]][] = [
    [
      new ShiftInvariantKernel({ ...common, alpha: 2 }),
      lattice,
      [{ x: [1, 0, 0] }, { coefficient: 3 }],
    ],
    [new ShiftInvariantKernel({ ...common, alpha: 2 }), lattice, [{ x: [0, 1, 0], z: [0, 1, 0] }]],
    [
      new DigitalShiftInvariantKernel({ ...common, alpha: 3 }),
      net,
      [{ x: [0, 0, 1] }, { coefficient: 3 }],
    ],
  ];
  for (const [kernel, points, terms] of forms) {
    const x = points(3, 0, 64);
    const fast = new FastGram(kernel, x, { terms, noise: 1 });
    const dense = withNoise(kernel.gramDerivative(x, x, terms), 1);
    const y = random(64, 3);
    const product = fast.matvec(y);
    assertClose(product.data, matmul(dense, y).data, 1e-13);
    assertClose(fast.solve(product).data, y.data, 1e-9);
    const halves = new FastGram(kernel, points(3, 0, 32), { terms, noise: 1 });
    assertClose(halves.extend(points(3, 32, 64)).matvec(y).data, product.data, 1e-13);
  }
  const odd = new FastGram(forms[0]![0], lattice(3, 0, 64), { terms: forms[0]![2] });
  assert.ok(odd.eigenvalues.im.some((v) => Math.abs(v) > 0.1));
});

test("a kernel made of others takes its kind from the options; integers are points, too", () => {
  const kernel = new DigitalShiftInvariantKernel({ dimension: 2 });
  const x = net(2, 0, 64);
  const y = random(64, 1).data;
  const product = new FastGram(kernel, x).matvec(y);
  const twice = new FastGram(scaled(kernel, 2), x, { kind: "net" });
  assertClose(
    twice.matvec(y),
    product.map((v) => 2 * v),
    1e-14,
  );
  const data = BigUint64Array.from(x.data, (v) => BigInt(v * 2 ** 53));
  const integers = { data, rows: 64, cols: 2, bits: 53 };
  assert.deepEqual(new FastGram(kernel, integers).matvec(y), product);
  assert.throws(() => new FastGram(scaled(kernel, 2), x), /options.kind must say/);
});

test("points without the structure are refused", () => {
  const n = 256;
  const refuse = (kernel: ShiftInvariantKernel | DigitalShiftInvariantKernel, x: Matrix) =>
    assert.throws(() => new FastGram(kernel, x), { code: "ERR_DOMAIN", message: /nested uniform/ });
  const si = new ShiftInvariantKernel({ dimension: 2 });
  const dsi = new DigitalShiftInvariantKernel({ dimension: 2 });
  const iid = matrix(n, 2, new Rng(1).fillUniform(new Float64Array(2 * n)));
  refuse(si, iid);
  refuse(dsi, iid);
  refuse(si, net(2, 0, n));
  refuse(dsi, lattice(2, 0, n));
  // A lattice in linear order, and one with a shift of its own for the second half.
  refuse(
    si,
    matrix(
      n,
      2,
      Float64Array.from({ length: 2 * n }, (_, i) => (((i >> 1) * (i & 1 ? 75 : 1)) / n) % 1),
    ),
  );
  refuse(
    si,
    matrix(
      n,
      2,
      Float64Array.from([...lattice(2, 0, n / 2).data, ...lattice(2, n / 2, n, 2).data]),
    ),
  );
  // Halton points in bases 2 and 3, and a nested scramble: one random bit a node of the binary tree.
  const three = (i: number) =>
    Number.parseInt([...i.toString(3).padStart(8, "0")].reverse().join(""), 3) / 3 ** 8;
  refuse(
    dsi,
    matrix(
      n,
      2,
      Float64Array.from({ length: 2 * n }, (_, i) =>
        i & 1 ? three(i >> 1) : radicalInverse(i >> 1),
      ),
    ),
  );
  const scrambled = net(2, 0, n).data.map((v, i) => {
    let [out, path] = [0, `${i % 2}`];
    for (let k = 1; k <= 30; k++) {
      const bit = Math.floor(v * 2 ** k) % 2;
      out += (bit ^ (new Rng(5, path).uint32() & 1)) * 2 ** -k;
      path += bit;
    }
    return out;
  });
  refuse(dsi, matrix(n, 2, scrambled));
  const fast = new FastGram(dsi, net(2, 0, n));
  assert.throws(() => fast.extend(net(2, n, 2 * n, 3)), { code: "ERR_DOMAIN" });
});

test("bad input is refused by name", () => {
  const kernel = new DigitalShiftInvariantKernel({ dimension: 1 });
  const x = net(1, 0, 8);
  const fast = new FastGram(kernel, x);
  assert.throws(() => new FastGram(kernel, net(1, 0, 6)), { code: "ERR_SHAPE", message: /got 6/ });
  assert.throws(() => new FastGram({} as never, x), { code: "ERR_TYPE" });
  assert.throws(() => new FastGram(kernel, x, { noise: -1 }), { code: "ERR_DOMAIN" });
  assert.throws(() => new FastGram(kernel, x, { kind: "grid" as never }), /kind.*"grid"/);
  assert.throws(() => fast.matvec(new Float64Array(7)), /8 points, got 7/);
  assert.throws(() => fast.extend(net(1, 8, 12)), /as many as there are, 8, got 4/);
  assert.throws(() => fast.extend(net(2, 8, 16)), { code: "ERR_SHAPE" });
  const gaussian = new GaussianKernel({ dimension: 1 });
  assert.throws(() => new FastGram(gaussian, x, { kind: "net" }), { code: "ERR_DOMAIN" });
  const smooth = new ShiftInvariantKernel({ dimension: 1, lengthscales: 1, alpha: 20 });
  const flat = new FastGram(smooth, lattice(1, 0, 256));
  assert.throws(() => flat.solve(new Float64Array(256)), {
    code: "ERR_NUMERIC",
    message: /add noise/,
  });
  assert.throws(() => flat.logdet(), { code: "ERR_NUMERIC" });
});
