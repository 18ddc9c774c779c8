import assert from "node:assert/strict";
import { test } from "node:test";
import { exponential, normal, TestSequence, uniform } from "./fixture.ts";
import * as m from "./index.ts";

const sequence = (d: number) => new TestSequence(d);

function bad(make: () => unknown, code: string, message: RegExp): void {
  assert.throws(make, (error: Error & { code: string }) => {
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  });
}

test("bad parameters are named", () => {
  const [one, two] = [sequence(1), sequence(2)];
  bad(
    () => new m.Uniform(two, { lower: [0, 1], upper: 1 }),
    "ERR_DOMAIN",
    /lower 1 and upper 1 in c.* 1/,
  );
  bad(() => new m.Uniform(two, { upper: Infinity }), "ERR_DOMAIN", /upper must be finite/);
  bad(() => new m.Uniform(two, { lower: [1, 2, 3] }), "ERR_SHAPE", /2 of them, got 3/);
  bad(() => new m.Kumaraswamy(two, { a: 0 }), "ERR_DOMAIN", /a must be finite and > 0, got 0/);
  bad(
    () => new m.BernoulliCont(two, { lambda: [0.5, 1] }),
    "ERR_DOMAIN",
    /in \(0, 1\), got 1 at index 1/,
  );
  bad(() => new m.JohnsonsSU(two, { delta: -1 }), "ERR_DOMAIN", /delta must be .* got -1/);
  bad(() => new m.Triangular(two, { c: 1 }), "ERR_DOMAIN", /c must be in \(0, 1\), got 1/);
  bad(() => new m.UniformTriangle(one), "ERR_SHAPE", /dimension must be 2, got 1/);
  bad(() => new m.ZeroInflatedExpUniform(two), "ERR_SHAPE", /must be 1 without ySplit, got 2/);
  bad(() => new m.ZeroInflatedExpUniform(one, { pZero: 0 }), "ERR_DOMAIN", /pZero .* got 0/);
  bad(
    () => new m.StudentT(two, { degreesOfFreedom: 0 }),
    "ERR_DOMAIN",
    /degreesOfFreedom .* got 0/,
  );
  bad(
    () =>
      new m.StudentT(two, {
        shape: [
          [1, 2],
          [2, 1],
        ],
        degreesOfFreedom: 3,
      }),
    "ERR_DOMAIN",
    /shape must be positive definite/,
  );
  bad(() => new m.StudentT(two, { degreesOfFreedom: 2 }).mean, "ERR_UNSUPPORTED", /> 2, got 2/);
  bad(() => new m.MaternGP(two, { points: [1, 2, 3] }), "ERR_SHAPE", /as dimensions, 2, got 3/);
  bad(() => new m.MaternGP(two, { points: [1, 2], nu: 0 }), "ERR_DOMAIN", /nu must be > 0, got 0/);
  bad(() => new m.MaternGP(two, { points: [1, 2], nugget: 0 }), "ERR_DOMAIN", /nugget/);
  bad(
    () => new m.SimplexUniform(two, { method: "drop" as never }),
    "ERR_TYPE",
    /method must be one of root/,
  );
  bad(
    () => new m.SimplexUniform(sequence(4), { method: "mirror" }),
    "ERR_DOMAIN",
    /at most 3 .* got 4/,
  );
});

test("another dimension is refused where a parameter belongs to one", () => {
  const fixed: m.TrueMeasure[] = [
    new m.Uniform(sequence(2), { upper: [1, 2] }),
    new m.Kumaraswamy(sequence(2), { b: [1, 2] }),
    new m.BernoulliCont(sequence(2), { lambda: [0.2, 0.3] }),
    new m.JohnsonsSU(sequence(2), { xi: [1, 2] }),
    new m.Triangular(sequence(2), { scale: [1, 2] }),
    new m.MaternGP(sequence(2), { points: [0, 1] }),
    new m.StudentT(sequence(2), { location: [0, 1], degreesOfFreedom: 3 }),
    new m.InverseCdf(sequence(2), { marginals: [normal, uniform] }),
    new m.GumbelCopula(sequence(2), { marginals: normal, theta: 2 }),
  ];
  for (const measure of fixed) assert.throws(() => measure.spawn([3]), { code: "ERR_SHAPE" });
  const free: m.TrueMeasure[] = [
    new m.Uniform(sequence(2), { upper: 3 }),
    new m.Kumaraswamy(sequence(2)),
    new m.BernoulliCont(sequence(2)),
    new m.JohnsonsSU(sequence(2)),
    new m.Triangular(sequence(2)),
    new m.StudentT(sequence(2), { degreesOfFreedom: 3 }),
    new m.InverseCdf(sequence(2), { marginals: normal }),
    new m.SimplexUniform(sequence(2)),
  ];
  for (const measure of free) {
    const [copy] = measure.spawn([3]);
    assert.deepEqual([copy!.dimension, copy!.range.length], [3, 6]);
  }
});

test("a continuous Bernoulli variable keeps its digits near lambda = 1/2 and at the ends", () => {
  const at = (lambda: number, u: number) =>
    new m.BernoulliCont(sequence(1), { lambda }).transform(Float64Array.of(u), 1)[0]!;
  // x = u + (2 lambda - 1) 2 u (u - 1) ... to first order
  assert.ok(Math.abs(at(0.5 + 1e-9, 0.3) - (0.3 + 2e-9 * 0.3 * 0.7)) < 1e-15);
  // mpmath, rounded: log(((2l-1)u+1-l)/(1-l)) / log(l/(1-l))
  assert.ok(Math.abs(at(1e-12, 1 - 2 ** -40) / 0.9765901285262837 - 1) < 1e-15);
  for (const lambda of [1e-300, 1e-9, 0.3, 0.5, 0.8, 1 - 2 ** -53]) {
    const measure = new m.BernoulliCont(sequence(1), { lambda });
    assert.deepEqual([...measure.transform(Float64Array.of(0, 1), 2)], [0, 1]);
    assert.ok(measure.mean[0]! > 0 && measure.mean[0]! < 1 && measure.variance[0]! > 0);
  }
  // both forms of the moments meet
  const close = (x: Float64Array, y: Float64Array) => Math.abs(x[0]! / y[0]! - 1) < 1e-9;
  const odds = (eta: number) => 1 / (1 + Math.exp(-eta));
  const [low, high] = [0.5 - 1e-11, 0.5 + 1e-11].map(
    (eta) => new m.BernoulliCont(sequence(1), { lambda: odds(eta) }),
  );
  assert.ok(close(low!.mean, high!.mean) && close(low!.variance, high!.variance));
});

test("a Kumaraswamy variable keeps its digits at small u", () => {
  const measure = new m.Kumaraswamy(sequence(1), { a: 1, b: 2 });
  // 1 - sqrt(1 - u) = u/2 + u^2/8 + ...
  assert.equal(measure.transform(Float64Array.of(1e-17), 1)[0], 5e-18);
});

test("Matern covariances of general smoothness lie between those of the closed forms", () => {
  const points = [0, 0.4, 1];
  const at = (nu: number) =>
    new m.MaternGP(sequence(3), { points, nu, nugget: 1e-9 }).covariance.data[2]!;
  for (const nu of [0.5, 1.5, 2.5]) assert.ok(Math.abs(at(nu + 1e-9) - at(nu)) < 1e-8);
  assert.ok(at(0.5) < at(0.7) && at(0.7) < at(1.5) && at(1.5) < at(3) && at(3) < at(Infinity));
  // mpmath, rounded: 2^(1-nu)/gamma(nu) s^nu K_nu(s), nu = 0.7, s = sqrt(1.4)
  assert.ok(Math.abs(at(0.7) / 0.40618184037575694 - 1) < 1e-14);
  const rows = new m.MaternGP(sequence(2), {
    points: [
      [0, 0],
      [3, 4],
    ],
    lengthScale: 5,
    nu: 0.5,
  });
  assert.equal(rows.covariance.data[1], Math.exp(-1));
  assert.deepEqual([rows.kernelVariance, rows.variance[0]], [1, 1 + 1e-6]);
});

test("InverseCdf takes joint distributions and says what is missing", () => {
  const joint: m.JointDistribution = {
    dimension: 2,
    transform: (u) => u.map((p, k) => (k % 2 === 0 ? 2 * p : p)),
    pdf: (_x, n) => new Float64Array(n).fill(0.5),
    range: Float64Array.of(0, 2, 0, 1),
  };
  const measure = new m.InverseCdf(sequence(2), { joint });
  assert.deepEqual([...measure.transform(Float64Array.of(0.5, 0.5), 1)], [1, 0.5]);
  assert.deepEqual([...measure.weighted(Float64Array.of(0.5, 0.5), 1).jacobian], [2]);
  const { pdf: _, ...rest } = joint;
  const silent = new m.InverseCdf(sequence(2), { joint: rest });
  bad(() => silent.weight(Float64Array.of(1, 1), 1), "ERR_UNSUPPORTED", /joint has no pdf/);
  const short = new m.InverseCdf(sequence(2), {
    joint: { ...joint, transform: () => new Float64Array(1) },
  });
  bad(
    () => short.transform(Float64Array.of(0.5, 0.5), 1),
    "ERR_SHAPE",
    /must hold 2 numbers, got 1/,
  );
  bad(() => new m.InverseCdf(sequence(3), { joint }), "ERR_SHAPE", /the sampler's, 3, got 2/);
  bad(() => new m.InverseCdf(sequence(2), {} as never), "ERR_TYPE", /marginals or joint/);
  bad(
    () => new m.InverseCdf(sequence(2), { marginals: [normal] }),
    "ERR_SHAPE",
    /there must be 2 marginals, got 1/,
  );
  bad(
    () => new m.InverseCdf(sequence(1), { marginals: { pdf: () => 1 } as never }),
    "ERR_TYPE",
    /marginals\[0\].quantile must be a function/,
  );
  const noPdf = new m.InverseCdf(sequence(1), { marginals: { quantile: (p) => p } });
  bad(() => noPdf.weight(Float64Array.of(1), 1), "ERR_UNSUPPORTED", /marginals\[0\] has no pdf/);
  assert.deepEqual([...noPdf.range], [-Infinity, Infinity]);
  const half = new m.InverseCdf(sequence(2), { marginals: exponential });
  assert.deepEqual([...half.range], [0, Infinity, 0, Infinity]);
});

test("points of a simplex have coordinates >= 0 with a sum of at most 1, by every method", () => {
  for (const method of ["root", "sort", "shift", "origami", "mirror"] as const) {
    const measure = new m.SimplexUniform(sequence(3), { method });
    const { data } = measure.points({ nMax: 4096 });
    for (let i = 0; i < 4096; i++) {
      const w = data.subarray(3 * i, 3 * i + 3);
      assert.ok(Math.min(...w) >= 0 && w[0]! + w[1]! + w[2]! <= 1 + 1e-15);
    }
    assert.deepEqual([...measure.weight(Float64Array.of(0.2, 0.3, 0.4, 0.5, 0.4, 0.2), 2)], [6, 0]);
  }
  // the ordered points of Pillards and Cools's maps, d = 2
  const ordered = (method: m.OrderedSimplexMap, u: number[]) => {
    const measure = new m.SimplexUniform(sequence(2), { method });
    const [a, b] = measure.transform(Float64Array.from(u), 1);
    return [a!, a! + b!].map((x) => Math.round(1e9 * x) / 1e9);
  };
  assert.deepEqual(ordered("root", [0.5, 0.01]), [0.05, 0.1]);
  assert.deepEqual(ordered("sort", [0.8, 0.4]), [0.4, 0.8]);
  assert.deepEqual(ordered("mirror", [0.8, 0.4]), [0.2, 0.6]);
  assert.deepEqual(ordered("origami", [0.9, 0.3]), [0.4, 0.8]);
  assert.deepEqual(ordered("shift", [0.3, 0.7]), [0.15, 0.7]);
  assert.deepEqual(ordered("shift", [0.8, 0.4]), [0.6, 0.8]);
});
