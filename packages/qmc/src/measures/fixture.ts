// For the tests of this folder: sequences, marginals, and every measure under a name.
import { domainError, Rng } from "@daily-kernel/compute";
import { inverseNormalCdf, normalCdf } from "@daily-kernel/special";
import { Sequence } from "../sequences/sequence.ts";
import * as m from "./index.ts";

/**
 * A Kronecker sequence of square roots of primes (at most 24), shifted if
 * wanted.
 */
export class TestSequence extends Sequence {
  readonly structure = "other";
  readonly #seed: number;
  readonly #shift: Float64Array;

  constructor(dimension: number, { seed = 1, shifted = true, replications = 1 } = {}) {
    super(dimension, replications);
    this.#seed = seed;
    this.#shift = new Float64Array(dimension * replications);
    if (shifted) new Rng(seed).fillUniform(this.#shift);
  }

  protected checkRange(_nMin: number, nMax: number): void {
    if (nMax > 2 ** 24) throw domainError(`TestSequence: nMax must be at most 2^24, got ${nMax}`);
  }

  protected fill(nMin: number, nMax: number, out: Float64Array): void {
    const roots = [
      2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89,
    ].map(Math.sqrt);
    const d = this.dimension;
    for (let r = 0, k = 0; r < this.replications; r++) {
      for (let i = nMin; i < nMax; i++) {
        for (let j = 0; j < d; j++, k++) {
          out[k] = (i * roots[j % 24]! + this.#shift[r * d + j]!) % 1;
        }
      }
    }
  }

  protected child(dimension: number, index: number): TestSequence {
    const { replications } = this;
    return new TestSequence(dimension, { seed: this.#seed + 1000 * (index + 1), replications });
  }
}

/** Points that are given. */
export class ListSequence extends Sequence {
  readonly structure = "other";
  readonly #data: Float64Array;

  constructor(dimension: number, data: Float64Array) {
    super(dimension, 1);
    this.#data = data;
  }

  protected checkRange(_nMin: number, nMax: number): void {
    const n = this.#data.length / this.dimension;
    if (nMax > n) throw domainError(`ListSequence: nMax must be at most ${n}, got ${nMax}`);
  }

  protected fill(nMin: number, nMax: number, out: Float64Array): void {
    out.set(this.#data.subarray(nMin * this.dimension, nMax * this.dimension));
  }

  protected child(dimension: number): ListSequence {
    return new ListSequence(dimension, this.#data);
  }
}

export const normal: m.Marginal = {
  quantile: inverseNormalCdf,
  pdf: (x) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI),
  cdf: normalCdf,
};

export const exponential: m.Marginal = {
  quantile: (p) => -Math.log1p(-p),
  pdf: (x) => (x < 0 ? 0 : Math.exp(-x)),
  cdf: (x) => -Math.expm1(-x),
  range: [0, Infinity],
};

const logistic: m.Marginal = {
  quantile: (p) => Math.log(p / (1 - p)),
  pdf: (x) => 0.25 / Math.cosh(x / 2) ** 2,
  cdf: (x) => 1 / (1 + Math.exp(-x)),
};

export const uniform: m.Marginal = {
  quantile: (p) => p,
  pdf: (x) => (x >= 0 && x <= 1 ? 1 : 0),
  cdf: (x) => Math.min(1, Math.max(0, x)),
  range: [0, 1],
};

const marginals = [normal, exponential, logistic];
const s = (d: number) => new TestSequence(d);
const covariance = [
  [9, 4, 1],
  [4, 5, -1],
  [1, -1, 2],
];
const correlation = [
  [1, 0.6, 0.3],
  [0.6, 1, 0.2],
  [0.3, 0.2, 1],
];
const shape = [
  [2, 0.5, 0.3],
  [0.5, 1, 0.2],
  [0.3, 0.2, 1.5],
];
const motion = { tFinal: 2, initialValue: 1, drift: 2, diffusion: 3 };
const stock = { tFinal: 2, initialValue: 5, drift: 0.1, diffusion: 0.2 };
const times = [0.6, 1, 0.3, 0.8];
const bridge = { decomposition: "BrownianBridge", times } as const;
const matern = {
  points: [0, 1 / 3, 2 / 3, 1],
  lengthScale: 0.3,
  variance: 2,
  mean: [0.3, 0.4, 0.5, 0.6],
  nugget: 1e-2,
  decomposition: "Cholesky",
} as const;
const decaying = Array.from({ length: 24 }, (_, i) =>
  Array.from({ length: 24 }, (_, j) => Math.exp(-Math.abs(i - j) / 5)),
);

export const cases: Record<string, () => m.TrueMeasure> = {
  uniform: () => new m.Uniform(s(2), { lower: [0, 0.5], upper: [2, 3] }),
  "gaussian variances": () => new m.Gaussian(s(3), { covariance: [1, 4, 2] }),
  "gaussian 20": () => new m.Normal(s(20), { mean: 1, covariance: 2 }),
  "gaussian Cholesky 24": () =>
    new m.Gaussian(s(24), { mean: 1, covariance: decaying, decomposition: "Cholesky" }),
  "bridge 5": () => new m.BrownianMotion(s(5), { decomposition: "BrownianBridge" }),
  "bridge given": () => new m.BrownianMotion(s(4), { ...bridge, bridgeOrder: "given" }),
  "bridge sorted": () => new m.BrownianMotion(s(4), bridge),
  "bridge output": () =>
    new m.BrownianMotion(s(4), { ...bridge, diffusion: 2, drift: 1, outputOrder: "given" }),
  kumaraswamy: () => new m.Kumaraswamy(s(2), { a: [1, 2], b: [3, 4] }),
  bernoulli: () => new m.BernoulliCont(s(3), { lambda: [0.25, 0.5, 0.9] }),
  johnson: () => new m.JohnsonsSU(s(2), { gamma: 1, xi: 2, delta: 3, lambda: 4 }),
  "matern 0.5": () => new m.MaternGP(s(4), { ...matern, nu: 0.5 }),
  "matern 1.5": () => new m.MaternGP(s(4), { ...matern, nu: 1.5 }),
  "matern 2.5": () => new m.MaternGP(s(4), { ...matern, nu: 2.5 }),
  "matern inf": () => new m.MaternGP(s(4), { ...matern, nu: Infinity }),
  "matern 0.7": () => new m.MaternGP(s(4), { ...matern, nu: 0.7 }),
  "matern scales": () =>
    new m.MaternGP(s(3), {
      points: [[0], [0.5], [1]],
      lengthScale: [3, 4, 5],
      variance: 0.01,
      mean: 0.3,
    }),
  "student 2.5": () => new m.StudentT(s(3), { location: [1, 2, 3], shape, degreesOfFreedom: 2.5 }),
  "student 4": () => new m.StudentT(s(3), { location: [1, 2, 3], shape, degreesOfFreedom: 4 }),
  triangle: () => new m.UniformTriangle(s(2)),
  triangular: () => new m.Triangular(s(2), { c: 0.3, location: 1, scale: 2 }),
  "zero inflated": () => new m.ZeroInflatedExpUniform(s(1), { pZero: 0.4, lambda: 1.5 }),
  "zero inflated 2": () => new m.ZeroInflatedExpUniform(s(2), { ySplit: 0.3 }),
  scipy: () => new m.InverseCdf(s(3), { marginals }),
  "gaussian copula": () => new m.GaussianCopula(s(3), { marginals, correlation }),
  "student copula": () =>
    new m.StudentTCopula(s(3), { marginals, correlation, degreesOfFreedom: 4 }),
  "clayton 0.5": () => new m.ClaytonCopula(s(3), { marginals, theta: 0.5 }),
  "clayton 2": () => new m.ClaytonCopula(s(3), { marginals, theta: 2 }),
  "clayton 10": () => new m.ClaytonCopula(s(3), { marginals, theta: 10 }),
  "frank 0.5": () => new m.FrankCopula(s(3), { marginals, theta: 0.5 }),
  "frank 2": () => new m.FrankCopula(s(3), { marginals, theta: 2 }),
  "frank -2": () => new m.FrankCopula(s(2), { marginals: marginals.slice(0, 2), theta: -2 }),
  "frank 20": () => new m.FrankCopula(s(4), { marginals: uniform, theta: 20 }),
  "gumbel 1": () => new m.GumbelCopula(s(3), { marginals, theta: 1 }),
  "gumbel 1.3": () => new m.GumbelCopula(s(3), { marginals, theta: 1.3 }),
  "gumbel 2": () => new m.GumbelCopula(s(3), { marginals, theta: 2 }),
  product: () =>
    new m.ProductMeasure(s(3), {
      marginals: [
        new m.Gaussian(s(2), {
          mean: 1,
          covariance: [
            [9, 4],
            [4, 5],
          ],
        }),
        new m.Kumaraswamy(s(1)),
      ],
    }),
  "simplex root": () => new m.SimplexUniform(s(3)),
  "simplex sort": () => new m.SimplexUniform(s(3), { method: "sort" }),
  "simplex shift": () => new m.SimplexUniform(s(3), { method: "shift" }),
  "simplex origami": () => new m.SimplexUniform(s(3), { method: "origami" }),
  "simplex mirror": () => new m.SimplexUniform(s(3), { method: "mirror" }),
  mixture: () =>
    new m.Mixture(s(3), {
      components: [
        new m.Gaussian(s(2), { mean: -2, covariance: [1, 2] }),
        new m.Uniform(s(2), { lower: 0, upper: 3 }),
      ],
      probabilities: [0.3, 0.7],
    }),
  composed: () => new m.Uniform(new m.Kumaraswamy(s(2)), { lower: -1, upper: [2, 3] }),
  lebesgue: () => new m.Lebesgue(new m.Gaussian(s(2))),
};
for (const decomposition of ["PCA", "Cholesky", "BrownianBridge"] as const) {
  cases[`brownian ${decomposition}`] = () =>
    new m.BrownianMotion(s(4), { ...motion, decomposition });
  cases[`geometric ${decomposition}`] = () =>
    new m.GeometricBrownianMotion(s(4), { ...stock, decomposition });
  if (decomposition === "BrownianBridge") continue;
  cases[`gaussian ${decomposition}`] = () =>
    new m.Gaussian(s(3), { mean: [1, 2, 3], covariance, decomposition });
}
