import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { concentratedDelta, GaussianMechanism } from "../index.ts";
import { belowBig, bernoulliExpBig } from "./bernoulli-exp.ts";
import { chiSquare } from "./chi-square.ts";
import {
  addDiscreteGaussian,
  discreteGaussianVariance,
  varianceFraction,
} from "./discrete-gaussian.ts";
import { discreteLaplace } from "./discrete-laplace.ts";
import { type RandomWords, randomWords } from "./random-words.ts";

type Sampler = (values: Float64Array, sigma: number, random: RandomWords) => void;

/** The law exp(-z^2 / (2 sigma^2)), normed. */
function law(sigma: number): (z: number) => number {
  const weight = (z: number) => Math.exp((-z * z) / (2 * sigma * sigma));
  let sum = 1;
  for (let z = 1; z < 40 * sigma + 10; z++) sum += 2 * weight(z);
  return (z) => weight(z) / sum;
}

function drawn(sampler: Sampler, sigma: number, seed: number, n = 20_000): Float64Array {
  const draws = new Float64Array(n);
  sampler(draws, sigma, randomWords(new Rng(seed, "gaussian")));
  return draws;
}

const far = ({ sum, cells }: { sum: number; cells: number }) =>
  sum > cells + 5 * Math.sqrt(2 * cells) + 8;

test("discrete Gaussian noise has its law, whole numbers only", () => {
  for (const seed of [3, 88, 1_000_001]) {
    for (const sigma of [0.3, 1, 2.6, 17]) {
      const found = chiSquare(drawn(addDiscreteGaussian, sigma, seed), law(sigma));
      assert.ok(!far(found), `sigma ${sigma}: ${found.sum} of ${found.cells}`);
    }
  }
});

test("wrong: a rounded normal, half of sigma, and Laplace noise of the same variance have another law", () => {
  const rng = new Rng(6);
  const wrong: [number, Sampler][] = [
    [0.5, (values, sigma) => values.set(values.map(() => Math.round(sigma * rng.normal())))],
    [2.6, (values, sigma, random) => addDiscreteGaussian(values, sigma / 2, random)],
    [2.6, (values, sigma, random) => discreteLaplace.addTo(values, sigma / Math.SQRT2, random)],
  ];
  for (const [k, [sigma, sampler]] of wrong.entries()) {
    const found = chiSquare(drawn(sampler, sigma, 3), law(sigma));
    assert.ok(found.sum > 4 * found.cells + 100, `${k}: ${found.sum} of ${found.cells}`);
  }
});

test("a variance's fraction is never below it, and above it by a part in 2^30", () => {
  for (const sigma of [1e-3, 0.3, 1, Math.PI, 1234.5, 2 ** 24]) {
    const { a, shift } = varianceFraction(sigma);
    const ratio = Number(a) / 2 ** Number(shift) / sigma ** 2;
    assert.ok(ratio > 1 && ratio <= 1 + 2 ** -30, `${sigma}: ${ratio}`);
  }
});

test("whole numbers below any n are uniform, and a coin of any fraction falls as it should", () => {
  const random = randomWords(new Rng(2));
  const n = 3n * 2n ** 90n;
  const thirds = [0, 0, 0];
  for (let k = 0; k < 6000; k++) thirds[Number((3n * belowBig(n, random)) / n)]!++;
  for (const count of thirds) assert.ok(Math.abs(count - 2000) < 5 * Math.sqrt(4000 / 3));
  for (const [u, t] of [
    [0n, 7n],
    [2n ** 80n, 3n * 2n ** 80n],
    [5n, 2n],
  ] as const) {
    const p = Math.exp(-Number(u) / Number(t));
    let heads = 0;
    for (let k = 0; k < 10_000; k++) if (bernoulliExpBig(u, t, random)) heads++;
    assert.ok(Math.abs(heads - 10_000 * p) <= 5 * Math.sqrt(10_000 * p * (1 - p)), `${u} / ${t}`);
  }
});

/** The least delta at epsilon for a number that changes by 1, from the law itself. */
function exactDelta(sigma: number, epsilon: number): number {
  const p = law(sigma);
  let delta = 0;
  for (let z = -400; z <= 400; z++) {
    delta += Math.max(0, p(Math.abs(z)) - Math.exp(epsilon) * p(Math.abs(z - 1)));
  }
  return delta;
}

test("sigma keeps what is promised, and is not much larger than it must be", () => {
  for (const [epsilon, delta] of [
    [0.5, 1e-4],
    [1, 1e-6],
    [4, 1e-8],
  ] as const) {
    const mechanism = new GaussianMechanism({ sensitivity: 1, epsilon, delta });
    const { sigma, rho } = mechanism;
    assert.ok(Math.abs(rho - 1 / (2 * sigma * sigma)) < 1e-12);
    assert.ok(Math.abs(mechanism.delta(epsilon) / delta - 1) < 1e-6);
    assert.ok(exactDelta(sigma, epsilon) <= delta, `${epsilon}`);
    assert.ok(exactDelta(0.85 * sigma, epsilon) > delta, "with less noise the promise is broken");
    // Two releases of half of rho each are one.
    assert.equal(concentratedDelta(rho / 2 + rho / 2, epsilon), mechanism.delta(epsilon));
  }
});

test("a release: noise of the stated deviation on whole numbers, and bad input refused", () => {
  const options = { sensitivity: 2, epsilon: 1, delta: 1e-5, unsafeRng: new Rng(4) };
  const mechanism = new GaussianMechanism(options);
  const counts = Float64Array.from({ length: 4000 }, (_, k) => k);
  const noise = mechanism.release(counts).map((v, k) => v - counts[k]!);
  assert.ok(noise.every(Number.isInteger));
  const variance = noise.reduce((sum, z) => sum + z * z, 0) / 4000;
  assert.ok(Math.abs(variance / mechanism.noiseStd ** 2 - 1) < 5 * Math.sqrt(2 / 4000));
  assert.ok(Math.abs(discreteGaussianVariance(8) - 64) < 1e-9);
  assert.throws(() => mechanism.release([0.5]), { code: "ERR_DOMAIN", message: /whole/ });
  assert.throws(() => mechanism.release([Number.NaN]), { code: "ERR_DOMAIN" });
  assert.throws(() => mechanism.delta(0), { code: "ERR_DOMAIN" });
  for (const bad of [{ delta: 0 }, { delta: 1 }, { epsilon: -1 }, { sensitivity: 2 ** 40 }]) {
    assert.throws(() => new GaussianMechanism({ ...options, ...bad }), { code: "ERR_DOMAIN" });
  }
  assert.throws(() => new GaussianMechanism({ ...options, unsafeRng: {} as Rng }), {
    code: "ERR_TYPE",
  });
});
