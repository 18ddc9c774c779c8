import assert from "node:assert/strict";
import { test } from "node:test";
import { normal, TestSequence } from "./fixture.ts";
import * as m from "./index.ts";

const over = (d = 1) => new TestSequence(d);
const type = { name: "TypeError", code: "ERR_TYPE" };
type Make = (options: never) => m.TrueMeasure;

const correlation = [
  [1, 0.5],
  [0.5, 1],
];
const accepted = { density: () => 1, upperBound: 2, densityIntegral: 1 };
/** Classes with what they need, and which of their options is one number. */
const makers: [name: string, d: number, needed: object, numbers: string[]][] = [
  ["Uniform", 1, {}, []],
  ["Gaussian", 1, {}, []],
  ["BrownianMotion", 1, {}, ["tFinal", "initialValue", "drift", "diffusion"]],
  ["GeometricBrownianMotion", 1, {}, ["tFinal", "initialValue", "drift", "diffusion"]],
  ["MaternGP", 1, { points: [0] }, ["nu", "variance", "nugget"]],
  ["Kumaraswamy", 1, {}, []],
  ["BernoulliCont", 1, {}, []],
  ["JohnsonsSU", 1, {}, []],
  ["StudentT", 1, { degreesOfFreedom: 3 }, ["degreesOfFreedom"]],
  ["Triangular", 1, {}, []],
  ["SimplexUniform", 1, {}, []],
  ["ZeroInflatedExpUniform", 1, {}, ["pZero", "lambda"]],
  ["InverseCdf", 1, { marginals: normal }, []],
  ["GaussianCopula", 2, { marginals: normal, correlation }, []],
  [
    "StudentTCopula",
    2,
    { marginals: normal, correlation, degreesOfFreedom: 3 },
    ["degreesOfFreedom"],
  ],
  ["ClaytonCopula", 2, { marginals: normal, theta: 2 }, ["theta"]],
  ["FrankCopula", 2, { marginals: normal, theta: 2 }, ["theta"]],
  ["GumbelCopula", 2, { marginals: normal, theta: 2 }, ["theta"]],
  ["ProductMeasure", 1, { marginals: [new m.Uniform(over())] }, []],
  ["Mixture", 2, { components: [new m.Uniform(over())], probabilities: [1] }, []],
  ["AcceptanceRejection", 2, accepted, ["upperBound", "densityIntegral", "maxRetries"]],
  ["AcceptanceRejectionReal", 2, { ...accepted, proposal: normal }, ["upperBound"]],
];

const maker = (name: string, d: number): Make => {
  const Kind = (m as unknown as Record<string, new (s: TestSequence, o: object) => m.TrueMeasure>)[
    name
  ]!;
  return (options) => new Kind(over(d), options);
};

test("an array is no number", () => {
  for (const [name, d, needed, numbers] of makers) {
    for (const key of numbers) {
      for (const value of [[1], Float64Array.of(1), "1", 10n, null]) {
        const message = new RegExp(`^${name}: ${key} must be a number, got `);
        const make = () => maker(name, d)({ ...needed, [key]: value } as never);
        assert.throws(make, { ...type, message }, `${name} ${key}`);
      }
    }
  }
});

test("unknown options are refused, with those that there are", () => {
  for (const [name, d, needed] of makers) {
    const make = maker(name, d);
    make(needed as never);
    const message = new RegExp(`^${name}: there is no option foo; `);
    assert.throws(() => make({ ...needed, foo: 1 } as never), { ...type, message });
    assert.throws(() => make(null as never), type);
  }
});

test("points that are none are refused", () => {
  const make = maker("MaternGP", 1);
  for (const points of [null, undefined, 3, "x"])
    assert.throws(() => make({ points } as never), type);
  const points = { data: Float64Array.of(Number.NaN), rows: 1, cols: 1 };
  assert.throws(() => make({ points } as never), { code: "ERR_DOMAIN" });
});

test("weight refuses densities that are NaN or negative", () => {
  for (const value of [Number.NaN, -1]) {
    const inverse = new m.InverseCdf(over(), {
      marginals: { quantile: (p) => p, pdf: () => value },
    });
    const message = new RegExp(
      `InverseCdf.weight: the density must be >= 0, got ${value} at row 0`,
    );
    assert.throws(() => inverse.weight(Float64Array.of(0.5), 1), { code: "ERR_NUMERIC", message });
    const accept = new m.AcceptanceRejection(over(2), { ...accepted, density: () => value });
    assert.throws(() => accept.weight(Float64Array.of(0.5), 1), { code: "ERR_NUMERIC" });
  }
  // 0 in one coordinate wins over a pole in another.
  const both = new m.Kumaraswamy(over(2), { a: 0.5, b: 2 });
  assert.deepEqual([...both.weight(Float64Array.of(0, 1, 1, 0), 2)], [0, 0]);
});

// mpmath, 60 digits: m(r) = gamma(1 + r/a) gamma(1 + b) / gamma(1 + r/a + b), m(1) and m(2) - m(1)^2.
test("moments of Kumaraswamy variables of any shape keep their digits", () => {
  for (const [a, b, mean, variance] of [
    [50, 50, 0.9142399244814253, 0.0005279211337713526],
    [3, 100, 0.19196073439545475, 0.004821555252468172],
    [2, 2, 0.5333333333333333, 0.04888888888888889],
    [1e4, 0.01, 0.999998367099222, 2.3714090995679004e-10],
    [1e8, 1e8, 0.999999810021054, 1.6449334078014806e-16],
    [0.3, 0.7, 0.3333950980325157, 0.11018749219976084],
    [1e-3, 1e-3, 0.9925432909427626, 0.00671361449340521],
    [7, 1e6, 0.12997861728016064, 0.0004769541617051409],
  ] as const) {
    const measure = new m.Kumaraswamy(over(), { a, b });
    for (const [got, expected] of [
      [measure.mean[0]!, mean],
      [measure.variance[0]!, variance],
    ] as const) {
      assert.ok(Math.abs(got - expected) <= 1e-14 * expected, `${a} ${b}: ${got} ${expected}`);
    }
  }
});
