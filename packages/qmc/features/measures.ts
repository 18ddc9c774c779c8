import {
  AcceptanceRejection,
  AcceptanceRejectionReal,
  BernoulliCont,
  BrownianMotion,
  ClaytonCopula,
  FrankCopula,
  Gaussian,
  GaussianCopula,
  GeometricBrownianMotion,
  GumbelCopula,
  InverseCdf,
  JohnsonsSU,
  Kumaraswamy,
  Lebesgue,
  type Marginal,
  MaternGP,
  Mixture,
  ProductMeasure,
  SimplexUniform,
  Sobol,
  StudentT,
  StudentTCopula,
  Triangular,
  type TrueMeasure,
  Uniform,
  UniformTriangle,
  ZeroInflatedExpUniform,
} from "../src/index.ts";
import { equals, type Family, type Feature, holds } from "./feature.ts";

const sobol = (dimension = 2) => new Sobol({ dimension, seed: 3 });

/** The mean of the first coordinate over 4,096 points. */
function mean(measure: TrueMeasure): number {
  const { data, dimension, n } = measure.points({ nMax: 4096 });
  let sum = 0;
  for (let i = 0; i < n; i++) sum += data[i * dimension]!;
  return sum / n;
}

const measure = (there: string, made: TrueMeasure, expected: number): Feature => ({
  there,
  here: made.constructor.name,
  run: () => equals(mean(made), expected, 0.02),
});

/** The exponential distribution of mean 1. */
const exponential: Marginal = {
  quantile: (p) => -Math.log1p(-p),
  pdf: (x) => Math.exp(-x),
  range: [0, Number.POSITIVE_INFINITY],
};
const marginals = exponential;
const correlation = [
  [1, 0.5],
  [0.5, 1],
];
const triangle = (x: number) => (x >= 0 && x <= 1 ? 2 * x : 0);

export const measures: Family = {
  family: "true measures",
  features: [
    measure("Uniform", new Uniform(sobol(), { lower: 1, upper: 3 }), 2),
    measure("Gaussian = Normal (PCA)", new Gaussian(sobol(), { mean: 5 }), 5),
    measure(
      "Gaussian (Cholesky)",
      new Gaussian(sobol(), { mean: 5, covariance: correlation, decomposition: "Cholesky" }),
      5,
    ),
    measure(
      "BrownianMotion (start, drift)",
      new BrownianMotion(sobol(), { initialValue: 2, drift: 4 }),
      4,
    ),
    measure(
      "GeometricBrownianMotion",
      new GeometricBrownianMotion(sobol(), { drift: 1 }),
      Math.exp(0.5),
    ),
    {
      there: "Lebesgue",
      here: "Lebesgue",
      run: () => equals(new Lebesgue(new Gaussian(sobol())).weight(new Float64Array(2), 1)[0]!, 1),
    },
    measure("Kumaraswamy", new Kumaraswamy(sobol(), { a: 2, b: 1 }), 2 / 3),
    measure("BernoulliCont", new BernoulliCont(sobol()), 0.5),
    measure("JohnsonsSU", new JohnsonsSU(sobol(), { gamma: 0, xi: 3, delta: 2, lambda: 1 }), 3),
    measure("SciPyWrapper", new InverseCdf(sobol(), { marginals }), 1),
    measure("MaternGP", new MaternGP(sobol(), { points: [0.2, 0.7], mean: 1 }), 1),
    measure("StudentT", new StudentT(sobol(), { location: 2, degreesOfFreedom: 5 }), 2),
    measure("UniformTriangle", new UniformTriangle(sobol()), 2 / 3),
    measure("Triangular", new Triangular(sobol(), { c: 0.5, location: 1, scale: 2 }), 2),
    measure(
      "ZeroInflatedExpUniform",
      new ZeroInflatedExpUniform(sobol(1), { pZero: 0.5, lambda: 1 }),
      0.5,
    ),
    measure(
      "AcceptanceRejection",
      new AcceptanceRejection(sobol(2), {
        density: (x) => triangle(x[0]!),
        upperBound: 2,
        densityIntegral: 1,
      }),
      2 / 3,
    ),
    measure(
      "AcceptanceRejectionReal",
      new AcceptanceRejectionReal(sobol(2), {
        density: (x) => (x[0]! >= 0 ? 2 * Math.exp(-2 * x[0]!) : 0),
        proposal: exponential,
        envelope: (x) => Math.exp(-x[0]!),
        upperBound: 2,
        densityIntegral: 1,
      }),
      0.5,
    ),
    measure("GaussianCopula", new GaussianCopula(sobol(), { marginals, correlation }), 1),
    measure(
      "StudentTCopula",
      new StudentTCopula(sobol(), { marginals, correlation, degreesOfFreedom: 4 }),
      1,
    ),
    measure("ClaytonCopula", new ClaytonCopula(sobol(), { marginals, theta: 2 }), 1),
    measure("FrankCopula", new FrankCopula(sobol(), { marginals, theta: 3 }), 1),
    measure("GumbelCopula", new GumbelCopula(sobol(), { marginals, theta: 2 }), 1),
    measure(
      "ProductMeasure",
      new ProductMeasure(sobol(2), {
        marginals: [new Uniform(sobol(1), { upper: 4 }), new Gaussian(sobol(1))],
      }),
      2,
    ),
    measure(
      "mixture (in its tree)",
      new Mixture(sobol(2), {
        components: [new Uniform(sobol(1)), new Uniform(sobol(1), { lower: 1, upper: 2 })],
        probabilities: [0.5, 0.5],
      }),
      1,
    ),
    measure("simplex (in its tree)", new SimplexUniform(sobol(2)), 1 / 3),
    {
      there: "composition = importance sampling",
      here: "a measure over a measure",
      run: () => {
        const { jacobian } = new Gaussian(sobol(1), { covariance: 4 }).weighted(
          Float64Array.of(0.5),
          1,
        );
        return equals(jacobian[0]!, 2 * Math.sqrt(2 * Math.PI));
      },
    },
    {
      there: "mean, variance, covariance",
      here: ".mean, .variance, .covariance",
      run: () => {
        const { mean: m, variance } = new Uniform(sobol(), { upper: 6 });
        return holds(m[1] === 3 && variance[1] === 3);
      },
    },
  ],
};
