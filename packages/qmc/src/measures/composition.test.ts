import assert from "node:assert/strict";
import { test } from "node:test";
import { TestSequence } from "./fixture.ts";
import * as m from "./index.ts";

const sequence = (d: number) => new TestSequence(d);
const n = 2 ** 14;

const average = (measure: m.TrueMeasure, g: (x: Float64Array) => number, on = measure.sampler) => {
  const { data } = measure.sequence.points({ nMax: n });
  const { x, jacobian } = (on as m.TrueMeasure).weighted(data, n);
  const weights = measure.weight(x, n);
  const d = measure.dimension;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += g(x.subarray(i * d, (i + 1) * d)) * weights[i]! * jacobian[i]!;
  return sum / n;
};

test("a measure over one on the unit cube goes through both", () => {
  const kumaraswamy = new m.Kumaraswamy(sequence(2), { a: 2, b: 3 });
  const composed = new m.Uniform(kumaraswamy, { lower: 1, upper: [3, 5] });
  const u = Float64Array.of(0.2, 0.7);
  const below = kumaraswamy.transform(u, 1);
  assert.deepEqual([...composed.transform(u, 1)], [1 + 2 * below[0]!, 1 + 4 * below[1]!]);
  const { jacobian } = composed.weighted(u, 1);
  assert.ok(Math.abs(jacobian[0]! * kumaraswamy.weight(below, 1)[0]! - 8) < 1e-14);
  assert.equal(composed.sequence, kumaraswamy.sequence);
  // twice
  const gaussian = new m.Gaussian(new m.BernoulliCont(kumaraswamy, { lambda: 0.3 }));
  assert.equal(gaussian.transform(u, 1).length, 2);
});

test("a measure over one on another range is for importance sampling only", () => {
  const over = new m.Gaussian(new m.JohnsonsSU(sequence(2)));
  const message = /^Gaussian: .*JohnsonsSU has \[-Infinity, Infinity\] in coordinate 0/;
  const u = Float64Array.of(0.5, 0.5);
  assert.throws(() => over.transform(u, 1), { code: "ERR_DOMAIN", message });
  assert.throws(() => over.weighted(u, 1), { code: "ERR_DOMAIN", message });
  assert.throws(() => over.points({ nMax: 1 }), { code: "ERR_DOMAIN", message });
  assert.throws(() => new m.Uniform(over), { code: "ERR_DOMAIN", message });
  // E exp(x + y) of standard normal x, y
  const got = average(over, ([x, y]) => Math.exp(x! + y!));
  assert.ok(Math.abs(got - Math.E) < 3e-2, `got ${got}`);
});

test("Lebesgue measure integrates over boxes and over all of R^d", () => {
  const plane = new m.Lebesgue(new m.Gaussian(sequence(2), { covariance: 1 }));
  const gauss = average(plane, ([x, y]) => Math.exp(-x! * x! - y! * y!));
  assert.ok(Math.abs(gauss - Math.PI) < 1e-2, `got ${gauss}`);
  const box = new m.Lebesgue(new m.Uniform(sequence(2), { lower: -1, upper: [1, 2] }));
  const quadratic = average(box, ([x, y]) => x! * x! + y!);
  assert.ok(Math.abs(quadratic - (2 + 3)) < 1e-2, `got ${quadratic}`);
  assert.deepEqual([...box.range], [-1, 1, -1, 2]);
  const { x, jacobian } = box.weighted(Float64Array.of(0, 0.5), 1);
  assert.deepEqual([[...x], [...jacobian]], [[-1, 0.5], [6]]);
  assert.throws(() => new m.Lebesgue(sequence(2) as never), { code: "ERR_TYPE" });
  assert.throws(() => box.mean, { code: "ERR_UNSUPPORTED", message: /Lebesgue.mean/ });
});

test("a point of density 0 has no Jacobian", () => {
  const measure = new m.Kumaraswamy(sequence(1));
  assert.throws(() => measure.weighted(Float64Array.of(0.5, 0), 2), {
    code: "ERR_NUMERIC",
    message: /Kumaraswamy.weighted: the density at row 1 is 0/,
  });
});

test("blocks of a product are the marginals' own points, also over another measure", () => {
  const marginals = [
    new m.Gaussian(sequence(2), { mean: 1 }),
    new m.Uniform(new m.Kumaraswamy(sequence(1)), { upper: 3 }),
  ];
  const product = new m.ProductMeasure(sequence(3), { marginals });
  const u = Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
  const { x, jacobian } = product.weighted(u, 2);
  const first = marginals[0]!.weighted(Float64Array.of(0.1, 0.2, 0.4, 0.5), 2);
  const second = marginals[1]!.weighted(Float64Array.of(0.3, 0.6), 2);
  assert.deepEqual([x[0], x[1], x[3], x[4]], [...first.x]);
  assert.deepEqual([x[2], x[5]], [...second.x]);
  assert.equal(jacobian[1], first.jacobian[1]! * second.jacobian[1]!);
  assert.throws(() => product.weight(x, 2), { code: "ERR_UNSUPPORTED" });
  const wrong = () => new m.ProductMeasure(sequence(4), { marginals });
  assert.throws(wrong, { code: "ERR_SHAPE", message: /the sum of the marginals', 3, got 4/ });
  assert.throws(() => new m.ProductMeasure(sequence(3), { marginals: [] }), { code: "ERR_TYPE" });
  assert.throws(() => product.spawn([4]), { code: "ERR_SHAPE" });
});

test("a mixture chooses by the first coordinate", () => {
  const components = [
    new m.Gaussian(sequence(1), { mean: -5 }),
    new m.Uniform(sequence(1)),
    new m.Triangular(sequence(1)),
  ];
  const probabilities = [0.25, 0.5, 0.25];
  const mixture = new m.Mixture(sequence(2), { components, probabilities });
  const u = Float64Array.of(0.249, 0.5, 0.25, 0.4, 0.75, 0.5, 1, 0.5);
  assert.deepEqual([...mixture.transform(u, 4)], [-5, 0.4, 0.5, 0.5]);
  assert.equal(mixture.dimension, 1);
  assert.equal(mixture.points({ nMax: 7 }).data.length, 7);
  assert.equal(mixture.mean[0], 0.25 * -5 + 0.5 * 0.5 + 0.25 * 0.5);
  const bad = (options: object, code: string, message: RegExp) =>
    assert.throws(
      () => new m.Mixture(sequence(2), { components, probabilities, ...options }),
      (error: Error & { code: string }) => error.code === code && message.test(error.message),
    );
  bad({ probabilities: [0.5, 0.5, 0.5] }, "ERR_DOMAIN", /must have the sum 1, got 1.5/);
  bad({ probabilities: [1] }, "ERR_SHAPE", /there must be 3 probabilities, got 1/);
  bad({ probabilities: [1.5, -0.25, -0.25] }, "ERR_DOMAIN", /got 1.5 at index 0/);
  bad({ components: [mixture] }, "ERR_SHAPE", /dimension of its sequence, 2, got 1/);
  bad({ components: [new m.Gaussian(sequence(2))], probabilities: [1] }, "ERR_SHAPE", /must be 3/);
});
