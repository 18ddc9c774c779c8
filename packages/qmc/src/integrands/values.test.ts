import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix } from "@daily-kernel/compute";
import { Gaussian } from "../measures/gaussian.ts";
import { Kumaraswamy } from "../measures/kumaraswamy.ts";
import { Uniform } from "../measures/uniform.ts";
import { Sobol } from "../sequences/sobol.ts";
import {
  BayesianLRCoeffs,
  BoxIntegral,
  CustomFun,
  FinancialOption,
  type FinancialOptionOptions,
  FourBranch2d,
  Genz,
  Hartmann6d,
  type Integrand,
  Ishigami,
  Keister,
  Linear0,
  MultilevelOption,
  Multimodal2d,
  type Periodization,
  SensitivityIndices,
  Sin1d,
} from "./index.ts";
import { periodize } from "./periodization.ts";

/** Values of QMCPy 2.4 (`integrand.f(x)`, decomp_type "Cholesky" for options) at these points. */
const two = Float64Array.of(0.1, 0.2, 0.7, 0.45, 0.33, 0.91);
const three = Float64Array.of(0.1, 0.2, 0.6, 0.7, 0.45, 0.05);
const four = Float64Array.of(0.1, 0.2, 0.6, 0.9, 0.7, 0.45, 0.05, 0.3, 0.9, 0.95, 0.6, 0.8);

const sobol = (dimension: number) => new Sobol({ dimension });

async function expectValues(
  integrand: Integrand,
  u: Float64Array,
  expected: readonly number[],
  periodization: Periodization = "none",
) {
  const n = u.length / integrand.sequence.dimension;
  const values = await integrand.f(u, n, { periodization });
  assert.equal(values.length, expected.length);
  for (const [k, value] of expected.entries()) {
    const error = Math.abs(values[k]! - value);
    assert.ok(error <= 2e-13 * Math.max(1, Math.abs(value)), `${k}: ${values[k]} and ${value}`);
  }
}

const periodized: Partial<Record<Periodization, number[]>> = {
  none: [1.469249914315283, 2.9159630773857934, 1.7032624972635606],
  baker: [2.5541435337693845, 1.8939006098106188, 2.382594554688349],
  C0: [-0.07722487223379709, 4.944487614755838, 0.1694735399662962],
  C1: [-0.25433115839647996, 5.772433911781129, -0.26113681256689336],
  C1sin: [-0.2140486113987652, 5.826066958336652, -0.2595497320722687],
  C2sin: [-0.08251920808282395, 5.583818489620373, -0.15594583648448998],
};
for (const [name, expected] of Object.entries(periodized)) {
  test(`Keister under the change of variable ${name}`, () =>
    expectValues(new Keister(sobol(2)), two, expected, name as Periodization));
}

test("every change of variable has its own derivative as weight", () => {
  // QMCPy 2.4 errs in that of C3sin: it has a sine where the derivative has a cosine
  for (const name of ["C0", "C1", "C1sin", "C2sin", "C3sin"] as const) {
    const h = 1e-6;
    for (const u of [0.07, 0.31, 0.5, 0.88]) {
      const [low, high] = [u - h, u + h].map(
        (v) => periodize(name, Float64Array.of(v), 1, 1).x[0]!,
      );
      const { weights } = periodize(name, Float64Array.of(u), 1, 1);
      assert.ok(Math.abs((high! - low!) / (2 * h) - weights[0]!) < 1e-8, `${name} at ${u}`);
    }
    const [start, middle] = [0, 0.5].map((v) => periodize(name, Float64Array.of(v), 1, 1).x[0]!);
    assert.ok(start! >= 0 && start! <= 2 ** -52);
    assert.ok(Math.abs(middle! - 0.5) < 1e-15);
  }
});

test("Genz: both functions with the three kinds of coefficients", async () => {
  const expected = {
    oscillatory: [
      [-0.27559024682451294, 0.4084874408841574],
      [0.7542228805310001, -0.9060250626065928],
      [0.9000213504706666, -0.9999821480571214],
    ],
    "corner-peak": [
      [0.6761576656335094, 0.7805754843256241],
      [0.8554754812230002, 0.5712462036150281],
      [0.9057586130323235, 0.5248658362815442],
    ],
  };
  for (const kind of ["oscillatory", "corner-peak"] as const) {
    for (const coefficients of [1, 2, 3] as const) {
      const genz = new Genz(sobol(3), { kind, coefficients });
      await expectValues(genz, three, expected[kind][coefficients - 1]!);
    }
  }
});

test("BoxIntegral, Ishigami, FourBranch2d, Multimodal2d, Sin1d, Linear0", async () => {
  await expectValues(
    new BoxIntegral(sobol(2), { s: [1, -1, 3] }),
    two,
    [
      0.223606797749979, 4.472135954999579, 0.011180339887498952, 0.8321658488546618,
      1.2016835362522194, 0.5762748503318532, 0.967987603226405, 1.0330710813515527,
      0.9070043842231416,
    ],
  );
  await expectValues(new Ishigami(sobol(3)), three, [5.734613327676003, 7.697709182283074]);
  await expectValues(
    new FourBranch2d(sobol(2)),
    two,
    [-4.663595949289331, 0.9497474683058336, -4.3302525316941685],
  );
  await expectValues(
    new Multimodal2d(sobol(2)),
    two,
    [-2.2938191209884944, -1.3336144853804355, 0.041759213198813594],
  );
  const sine = new Sin1d(sobol(1), { k: 2 });
  await expectValues(sine, Float64Array.of(0.1, 0.6), [0.9510565162951535, 0.9510565162951535]);
  await expectValues(new Linear0(sobol(3)), three, [-0.6, -0.3]);
});

test("Hartmann6d has its minimum where it is known to be", async () => {
  const at = Float64Array.of(0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573);
  const [minimum] = await new Hartmann6d(sobol(6)).f(at, 1);
  assert.ok(Math.abs(minimum! + 3.32237) < 1e-5);
});

const payoffs: [FinancialOptionOptions, number[]][] = [
  [{ option: "asian" }, [0, 0, 18.179360089174594]],
  [{ option: "asian", callPut: "put" }, [13.519630954207976, 7.086897450072483, 0]],
  [{ option: "asian", asianMean: "geometric" }, [0, 0, 16.1636494210753]],
  [
    { option: "asian", asianMean: "geometric", asianRule: "right", callPut: "put" },
    [14.41694310595807, 9.402568523961103, 0],
  ],
  [{ option: "european" }, [0, 0, 39.0588014082423]],
  [{ option: "european", callPut: "put" }, [10.438968326969942, 16.286988783786306, 0]],
  [{ option: "barrier" }, [0, 0, 39.0588014082423]],
  [{ option: "barrier", callPut: "put" }, [0, 0, 0]],
  [
    { option: "barrier", barrierInOut: "out", barrierPrice: 25, strikePrice: 28 },
    [0, 0, 45.7174073797473],
  ],
  [{ option: "lookback" }, [6.688159971962531, 0, 43.81494853074587]],
  [{ option: "lookback", callPut: "put" }, [5.682821204466371, 14.92400692067871, 0]],
  [{ option: "digital" }, [0, 0, 9.51229424500714]],
  [{ option: "digital", callPut: "put" }, [9.51229424500714, 9.51229424500714, 0]],
];
for (const [options, expected] of payoffs) {
  test(`FinancialOption ${JSON.stringify(options)}`, () => {
    const all = { ...options, interestRate: 0.05, decomposition: "Cholesky" as const };
    return expectValues(new FinancialOption(sobol(4), all), four, expected);
  });
}

test("MultilevelOption: a level's coarse and fine payoff of one path", () =>
  expectValues(
    new MultilevelOption(sobol(4), { level: 1, coarsestDimension: 2, decomposition: "Cholesky" }),
    four,
    [0, 0, 0, 0, 19.87518530901201, 17.573261068348238],
  ));

test("FinancialOption: exact prices", () => {
  const exact = (options: FinancialOptionOptions) =>
    new FinancialOption(sobol(4), { interestRate: 0.05, ...options }).exactValue();
  const close = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-13 * b, `${a}, ${b}`);
  close(exact({ option: "european" }), 4.733016327966512);
  close(exact({ option: "european", callPut: "put" }), 8.026046185491506);
  const geometric = { asianMean: "geometric", asianRule: "right" } as const;
  close(exact({ option: "asian", ...geometric }), 2.3706669325576084);
  assert.throws(() => exact({ option: "barrier" }), { code: "ERR_DOMAIN", message: /no formula/ });
});

test("BayesianLRCoeffs: numerators and denominators", () =>
  expectValues(
    new BayesianLRCoeffs(sobol(3), {
      features: matrix(4, 2, [1, 2, 0, -1, 0.5, 0.3, -2, 1]),
      responses: [1, 0, 1, 0],
      priorCovariance: 5,
    }),
    three,
    [
      -1.219617710679151e-6, -8.009479990865324e-7, 2.411035359333152e-7, 4.2560099506918254e-7,
      4.2560099506918254e-7, 4.2560099506918254e-7, 0.0020186712103764785, -0.0004837313027088907,
      -0.0063318371770145635, 0.0017215414330217043, 0.0017215414330217043, 0.0017215414330217043,
    ],
  ));

test("SensitivityIndices: numerators, means and mean squares", () =>
  expectValues(
    new SensitivityIndices(new Ishigami(sobol(3))),
    // the point, and the one that coordinates are taken from
    Float64Array.of(0.1, 0.2, 0.6, 0.54, 0.18, 0.09, 0.7, 0.45, 0.05, 0.045, 0.405, 0.63),
    [
      [-25.922608658156847, 3.444068359429985, -6.258604784930058, 5.734613327676003],
      [10.216899750271663, 0.1803454753245857, 0.5955480137858666, 5.734613327676003],
      [9.890028233307506, -11.878516288794359, -13.629688384962334, 7.697709182283074],
      [0.8253574354085517, 1.1906151389800943, 1.567540818749905, 7.697709182283074],
    ].flatMap(([a, b, c, mean]) => [a!, b!, c!].flatMap((tau) => [tau, mean!, mean! ** 2])),
  ));

test("importance sampling: a measure over a measure", async () => {
  await expectValues(
    new Keister(new Gaussian(sobol(2), { mean: 0.3, covariance: 0.8 })),
    two,
    [3.718469803594671, 2.1830159351864182, 0.09776669170154453],
  );
  const sum = (x: Float64Array, n: number) =>
    new Float64Array(n).map((_, i) => x[2 * i]! + x[2 * i + 1]!);
  await expectValues(
    new CustomFun(new Uniform(new Kumaraswamy(sobol(2), { a: 2, b: 3 })), sum),
    two,
    [0.3152897202667669, 0.37783060991061923, 0.754170129904863],
  );
});
