import assert from "node:assert/strict";
import { test } from "node:test";
import { type Matrix, matrix, Rng, ThreadPool } from "@daily-kernel/compute";
import fc from "fast-check";
import { BlockedGram } from "../gram-operators/index.ts";
import { GaussianKernel } from "../standard/index.ts";
import { OneClassSupport, SupportVectorClassifier, SupportVectorRegressor } from "./index.ts";

const x = matrix(60, 3);
for (let i = 0; i < 60; i++) {
  for (let j = 0; j < 3; j++) {
    x.data[3 * i + j] = Math.sin(1.7 * i + 2.9 * j) + 0.3 * Math.cos(5.1 * i * (j + 1));
  }
}
const row = (i: number): [number, number, number] => [
  x.data[3 * i]!,
  x.data[3 * i + 1]!,
  x.data[3 * i + 2]!,
];
const each = <T>(f: (a: number, b: number, c: number) => T) =>
  Array.from({ length: 60 }, (_, i) => f(...row(i)));
const binary = each((a, b, c) => (a * b + 0.3 * c > 0.1 ? 1 : 0));
const three = each((a, b) => (a > 0.5 ? 2 : b > 0 ? 1 : 0));
const at = matrix(
  7,
  3,
  x.data.slice(0, 21).map((v) => 0.8 * v + 0.1),
);
const kernel = new GaussianKernel({ dimension: 3, lengthscales: Math.sqrt(1 / 1.2) });
const tight = { tolerance: 1e-8 };

function close(actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-6) {
  assert.equal(actual.length, expected.length);
  for (const [i, v] of expected.entries()) {
    assert.ok(Math.abs(actual[i]! - v) <= tolerance, `${i}: ${actual[i]}, ${v}`);
  }
}

// libsvm keeps rows of the matrix in single precision, so its last digits are not ours.
// scikit-learn 1.9.1, gamma=0.6, tol=1e-8, on the same points: SVC(C=2.5), SVC(C=1.5,
// class_weight={0: 1, 1: 2, 2: .5}, decision_function_shape="ovo"), SVR(C=3, epsilon=.15),
// OneClassSVM(nu=.3)
const expected = {
  support: [0, 2, 9, 13, 24, 26, 30, 35, 37, 39, 46, 48, 50],
  binary: [
    -0.4920179164298216, -1.447058901451736, -0.47819709149574186, -1.3022652780934458,
    -1.1449931542148277, -0.9696271950485797, -1.4284241904699368,
  ],
  three: [
    -1.5229811763576748, 0.2144126470216797, 1.331375959956236, 1.0818517103969283,
    -1.1119704752076527, -1.5230603624724932, -1.0134009539949314, 0.9768775219815189,
    0.9546105409271657, -1.312546281648579, 0.2785317071404142, 1.3119747662896903,
    0.3912045416990232, -0.12476748226106096, -0.6103931504453524, 0.7883417850952882,
    -0.7761934946930193, -1.262571229059269, -1.8127299937914745, 0.5665127413565064,
    1.8055536573686635,
  ],
  regression: [
    0.9865656961719851, 0.01461890202157785, -0.3492190136283098, 0.15255905565575884,
    0.43247061863922803, 0.2626569775188339, 0.030622970999563195,
  ],
  oneClass: [
    -0.18747245854031558, 0.5813317140873355, 0.017607638659933755, 0.38199203648887803,
    0.7106273097350666, 0.14086567518327087, 0.8010509293266601,
  ],
};

test("classification as by scikit-learn, from points and from their Gram matrix", async () => {
  const machine = SupportVectorClassifier.fit(kernel, x, binary, { c: 2.5, ...tight });
  close(machine.decisionFunction(at).data, expected.binary);
  assert.deepEqual(Array.from(machine.supportIndices), expected.support);
  close([machine.pairs[0]!.intercept], [-0.7746637277305126]);
  const cross = kernel.gram(at, x);
  const gram = kernel.gram(x, x);
  const precomputed = SupportVectorClassifier.fitGram(gram, binary, { c: 2.5, ...tight });
  close(precomputed.decisionFunction(cross).data, expected.binary);
  const operator = new BlockedGram(kernel, x);
  const matrixFree = SupportVectorClassifier.fitGram(operator, binary, { c: 2.5, ...tight });
  close(matrixFree.decisionFunction(cross).data, expected.binary);
  await using pool = await ThreadPool.create({ threads: 2 });
  const pooled = await SupportVectorClassifier.fit(kernel, x, binary, { c: 2.5, ...tight, pool });
  close(pooled.decisionFunction(at).data, expected.binary);
});

test("three classes, weighted, one against another", () => {
  const machine = SupportVectorClassifier.fit(kernel, x, three, {
    c: 1.5,
    classWeights: [1, 2, 0.5],
    ...tight,
  });
  const pairs = machine.pairs.map(({ classes }) => classes);
  assert.deepEqual(pairs, [
    [0, 1],
    [0, 2],
    [1, 2],
  ]);
  // There positive values speak for the first class of a pair.
  close(
    machine.decisionFunction(at).data.map((v) => -v),
    expected.three,
  );
  assert.deepEqual(Array.from(machine.predict(at)), [1, 2, 1, 1, 2, 2, 1]);
  assert.deepEqual(Array.from(machine.classes), [0, 1, 2]);
});

test("regression and the support of a distribution as by scikit-learn", () => {
  const t = each((a, b) => Math.sin(2 * a) + b);
  const regression = SupportVectorRegressor.fit(kernel, x, t, { c: 3, epsilon: 0.15, ...tight });
  close(regression.predict(at), expected.regression);
  assert.deepEqual(
    Array.from(regression.supportIndices),
    [0, 3, 14, 17, 28, 34, 38, 39, 40, 46, 47, 59],
  );
  const support = OneClassSupport.fit(kernel, x, { nu: 0.3, ...tight });
  close(support.decisionFunction(at), expected.oneClass);
  close([support.coefficients.reduce((sum, v) => sum + v)], [18], 1e-10);
});

/** The largest violation of the conditions of optimality, from the machine's public results. */
function violation(machine: SupportVectorClassifier, gram: Matrix, labels: number[], c: number) {
  const f = machine.decisionFunction(gram).data;
  const b = new Float64Array(labels.length);
  machine.supportIndices.forEach((i, k) => {
    b[i] = machine.coefficients.data[k]!;
  });
  return labels.reduce((worst, label, i) => {
    const sign = label === 1 ? 1 : -1;
    const [alpha, margin] = [sign * b[i]!, sign * f[i]! - 1];
    if (alpha < 0 || alpha > c) return Number.POSITIVE_INFINITY;
    const tooFar = alpha < c ? Math.max(0, -margin) : 0;
    return Math.max(worst, tooFar, alpha > 0 ? Math.max(0, margin) : 0);
  }, 0);
}

test("optimal on any data, whatever the cost", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.double({ min: -2, max: 3 }), (seed, e) => {
      const rng = new Rng(seed);
      const points = matrix(40, 3, rng.fillNormal(new Float64Array(120)));
      const labels = Array.from({ length: 40 }, (_, i) => (i < 2 ? i : rng.integer(2)));
      const gram = kernel.gram(points, points);
      const c = 10 ** e;
      const machine = SupportVectorClassifier.fitGram(gram, labels, { c, tolerance: 1e-6 });
      assert.ok(violation(machine, gram, labels, c) < 2e-6);
    }),
    { numRuns: 30 },
  );
});

test("an indefinite matrix ends too, within the bounds", () => {
  const rng = new Rng(5);
  const gram = kernel.gram(x, x);
  for (let i = 0; i < 60; i++) {
    for (let j = 0; j < i; j++) {
      gram.data[60 * i + j]! += 0.2 * rng.normal();
      gram.data[60 * j + i] = gram.data[60 * i + j]!;
    }
  }
  const machine = SupportVectorClassifier.fitGram(gram, binary, { c: 2 });
  assert.ok(machine.coefficients.data.every((b) => Math.abs(b) <= 2));
});

test("bad input is refused by name", () => {
  const fit = (y: unknown, options: object = {}) =>
    SupportVectorClassifier.fit(kernel, x, y as number[], options);
  assert.throws(() => fit([1, 2]), { code: "ERR_SHAPE", message: /y must hold one label a point/ });
  assert.throws(() => fit(binary.map(() => 3)), { code: "ERR_DOMAIN", message: /got only 3/ });
  assert.throws(() => fit(binary.map((v, i) => (i === 4 ? Number.NaN : v))), {
    code: "ERR_DOMAIN",
    message: /got NaN at index 4/,
  });
  assert.throws(() => fit(binary, { c: 0 }), { code: "ERR_DOMAIN", message: /c must be positive/ });
  assert.throws(() => fit(binary, { classWeights: [1] }), { code: "ERR_SHAPE" });
  assert.throws(() => fit(binary, { maxIterations: 3 }), {
    code: "ERR_NUMERIC",
    message: /after 3 iterations/,
  });
  const gram = matrix(2, 2, [1, 0.5, 0.4, 1]);
  assert.throws(() => SupportVectorClassifier.fitGram(gram, [0, 1]), {
    code: "ERR_DOMAIN",
    message: /symmetric/,
  });
  const machine = SupportVectorClassifier.fitGram(kernel.gram(x, x), binary);
  assert.throws(() => machine.predict(at), {
    code: "ERR_SHAPE",
    message: /kernel values with each training point/,
  });
  assert.throws(() => OneClassSupport.fit(kernel, x, { nu: 1.5 }), { code: "ERR_DOMAIN" });
  assert.throws(() => SupportVectorRegressor.fit(kernel, x, [1], {}), { code: "ERR_SHAPE" });
});
