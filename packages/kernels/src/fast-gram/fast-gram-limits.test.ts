import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { DigitalShiftInvariantKernel } from "../shift-invariant/digital-shift-invariant.ts";
import { DigitalShiftInvariantAdaptiveKernel } from "../shift-invariant/digital-shift-invariant-adaptive.ts";
import { ShiftInvariantKernel } from "../shift-invariant/shift-invariant.ts";
import { ShiftInvariantCombinedKernel } from "../shift-invariant/shift-invariant-combined.ts";
import { GaussianKernel } from "../standard/gaussian.ts";
import { Matern52Kernel } from "../standard/matern.ts";
import { FastGram } from "./fast-gram.ts";
import { lattice, net } from "./test-points.ts";

const four = matrix(4, 1, [0, 0.5, 0.25, 0.75]);

test("solves do not leave the range of doubles before their results do", () => {
  const expected = [0.6779351, 0.4315514, -0.4307908, -0.4307908]; // by dense elimination
  for (const scale of [1e-300, 1e-200, 1e-170, 1, 1e155, 1e200, 1e300]) {
    const gram = new FastGram(new ShiftInvariantKernel({ dimension: 1, scale }), four);
    const x = gram.solve(Float64Array.of(scale, 0, 0, 0));
    for (let i = 0; i < 4; i++) assert.ok(Math.abs(x[i]! - expected[i]!) < 1e-6, `${scale}: ${x}`);
  }
  // Complex eigenvalues as well.
  const y = Float64Array.of(1, -2, 0.5, 3);
  const solution = (scale: number) =>
    new FastGram(new ShiftInvariantKernel({ dimension: 1, scale, alpha: 3 }), four, {
      terms: [{}, { x: [1], coefficient: 0.3 }],
    }).solve(y.map((v) => v * scale));
  const plain = solution(1);
  for (const scale of [2 ** -900, 2 ** 900]) assert.deepEqual(solution(scale), plain);
});

test("another kernel is refused where the constructor refuses it", () => {
  const points = lattice(1, 0, 64);
  const gram = new FastGram(new ShiftInvariantKernel({ dimension: 1 }), points);
  for (const kernel of [
    new DigitalShiftInvariantKernel({ dimension: 1 }),
    new GaussianKernel({ dimension: 1 }),
    new Matern52Kernel({ dimension: 1 }),
  ]) {
    assert.throws(() => gram.withKernel(kernel), { code: "ERR_DOMAIN", message: /withKernel/ });
  }
  const other = new ShiftInvariantCombinedKernel({ dimension: 1 });
  const y = new Rng(3).fillNormal(new Float64Array(64));
  assert.deepEqual(gram.withKernel(other).matvec(y), new FastGram(other, points).matvec(y));
});

test("derivatives whose Gram matrix is singular are not solved", () => {
  const kernel = new ShiftInvariantKernel({ dimension: 1, alpha: 3 });
  const terms = [{ x: [1] }];
  for (const points of [matrix(2, 1, [0, 0.5]), four, lattice(1, 0, 256)]) {
    const gram = new FastGram(kernel, points, { terms });
    const y = Float64Array.from({ length: points.rows }, (_, i) => i);
    assert.throws(() => gram.solve(y), { code: "ERR_NUMERIC" });
    assert.throws(() => gram.logdet(), { code: "ERR_NUMERIC" });
    // A regular one, with complex eigenvalues, and a negative definite one, are.
    const regular = new FastGram(kernel, points, { terms, noise: 0.1 });
    const back = regular.matvec(regular.solve(y));
    for (let i = 0; i < y.length; i++) assert.ok(Math.abs(back[i]! - y[i]!) < 1e-9 * y.length);
  }
  const negative = new FastGram(kernel, four, { terms: [{ coefficient: -1 }] });
  const positive = new FastGram(kernel, four);
  const minus = positive.solve([1, 2, 3, 4]).map((v) => -v);
  const solved = negative.solve([1, 2, 3, 4]);
  for (let i = 0; i < 4; i++) assert.ok(Math.abs(solved[i]! / minus[i]! - 1) < 1e-12);
  const even = new DigitalShiftInvariantKernel({ dimension: 1, alpha: 4 });
  const ofNet = new FastGram(even, net(1, 0, 64), { terms: [{ x: [1], z: [1] }] });
  assert.ok(Number.isFinite(ofNet.logdet()));
});

test("points are looked at by what differs, however small its share of the kernel", () => {
  const scattered = matrix(64, 1, new Rng(5).fillUniform(new Float64Array(64)));
  const linear = matrix(
    64,
    1,
    Array.from({ length: 64 }, (_, i) => i / 64),
  );
  for (const lengthscales of [1, 1e-8, 1e-10]) {
    const periodic = new ShiftInvariantKernel({ dimension: 1, lengthscales });
    const digital = new DigitalShiftInvariantKernel({ dimension: 1, lengthscales });
    const adaptive = new DigitalShiftInvariantAdaptiveKernel({ dimension: 1, lengthscales });
    const code = "ERR_DOMAIN";
    assert.throws(() => new FastGram(periodic, linear), { code });
    assert.throws(() => new FastGram(periodic, scattered), { code });
    assert.throws(() => new FastGram(digital, scattered), { code });
    assert.throws(() => new FastGram(adaptive, scattered), { code });
    assert.equal(new FastGram(periodic, lattice(1, 0, 64)).n, 64);
    assert.equal(new FastGram(digital, net(1, 0, 64)).n, 64);
    assert.equal(new FastGram(adaptive, net(1, 0, 64)).n, 64);
  }
});

test("messages name what is wrong", () => {
  const kernel = new DigitalShiftInvariantKernel({ dimension: 1 });
  const integers = { data: BigUint64Array.of(0n, 1n), rows: 2, cols: 1, bits: 1 };
  const gram = new FastGram(kernel, integers);
  assert.throws(() => gram.extend(matrix(2, 1, [0.25, 0.75])), {
    code: "ERR_SHAPE",
    message: /got 1 columns of numbers and had 1 columns of integers of 1 bits/,
  });
  assert.throws(() => new FastGram(kernel, four, { noise: "1" as never }), {
    code: "ERR_TYPE",
    message: /FastGram: options.noise must be a number, got "1"/,
  });
});
