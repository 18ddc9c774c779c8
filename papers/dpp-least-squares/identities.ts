import { cholesky, choleskySolve, type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import {
  type LeastSquaresFit,
  legendre,
  type OrthonormalBasis,
  productBasis,
  type WeightedPoints,
} from "@daily-kernel/sampling";
import type { Breathe, Target } from "./target.ts";

/** Collects coefficients, and tells how many standard errors their means are from the truth. */
export class CoefficientMeans {
  readonly #truth: Float64Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  #runs = 0;

  constructor(target: Target) {
    this.#truth = target.coefficients;
    this.#sums = new Float64Array(this.#truth.length);
    this.#squares = new Float64Array(this.#truth.length);
  }

  add = ({ coefficients }: LeastSquaresFit): void => {
    this.#runs++;
    coefficients.forEach((c, j) => {
      const off = c - this.#truth[j]!;
      this.#sums[j]! += off;
      this.#squares[j]! += off * off;
    });
  };

  largestScore(): number {
    const n = this.#runs;
    return this.#sums.reduce((most, sum, j) => {
      const variance = (this.#squares[j]! - (sum * sum) / n) / (n - 1);
      return Math.max(most, scoreOf(sum / n, Math.sqrt(Math.max(0, variance / n))));
    }, 0);
  }
}

/** Collects inverse Gram matrices. */
export class InverseGramMean {
  readonly #basis: OrthonormalBasis;
  readonly #sum: Matrix;
  #runs = 0;
  #points = 0;

  constructor(basis: OrthonormalBasis) {
    this.#basis = basis;
    this.#sum = matrix(basis.features, basis.features);
  }

  add = (_: LeastSquaresFit, { points, weights }: WeightedPoints): void => {
    const m = this.#basis.features;
    const n = points.rows;
    const phi = this.#basis.map(points).data;
    const gram = matrix(m, m);
    const identity = matrix(m, m);
    for (let i = 0; i < n; i++) {
      for (let p = 0; p < m * m; p++) {
        const [a, b] = [Math.floor(p / m), p % m];
        gram.data[p]! += (weights[i]! / n) * phi[i * m + a]! * phi[i * m + b]!;
      }
    }
    for (let j = 0; j < m; j++) identity.data[j * m + j] = 1;
    choleskySolve(cholesky(gram), identity).data.forEach((value, p) => {
      this.#sum.data[p]! += value;
    });
    this.#runs++;
    this.#points = n;
  };

  /** The largest deviation of the mean from n / (n - m + 1) I, over n / (n - m + 1). */
  deviation(): number {
    const m = this.#basis.features;
    const diagonal = this.#points / (this.#points - m + 1);
    return this.#sum.data.reduce((most, sum, p) => {
      const expected = p % (m + 1) === 0 ? diagonal : 0;
      return Math.max(most, Math.abs(sum / this.#runs - expected) / diagonal);
    }, 0);
  }
}

export type DrawOnce = (basis: OrthonormalBasis, rng: Rng) => Matrix;

const thresholds = [-0.95, -0.6, 0, 0.3, 0.9];

/**
 * Counts of points above thresholds against int_A K(x, x) and int_A K(x, x) - int_A int_A K(x, y)^2, by
 * a Gauss rule on A: exact for polynomials. The last number is the share of the independent variance.
 */
export async function countScores(draw: DrawOnce, runs: number, rng: Rng, breathe: Breathe) {
  const m = 10;
  const basis = productBasis({ families: [legendre()], degree: m - 1 });
  const theory = thresholds.map((threshold) => {
    const rule = legendre(threshold, 1).quadrature(m);
    const phi = basis.map(matrix(m, 1, rule.points)).data;
    const share = (1 - threshold) / 2; // the measure of A
    let [mean, overlap] = [0, 0];
    for (let a = 0; a < m; a++) {
      for (let b = 0; b < m; b++) {
        let part = 0;
        rule.weights.forEach((weight, i) => {
          part += share * weight * phi[i * m + a]! * phi[i * m + b]!;
        });
        overlap += part * part;
        if (a === b) mean += part;
      }
    }
    return { mean, variance: mean - overlap, independent: mean * (1 - mean / m) };
  });
  const counts = thresholds.map(() => new Float64Array(runs));
  for (let run = 0; run < runs; run++) {
    if (run % 100 === 0) await breathe(run / runs);
    const points = draw(basis, rng).data;
    thresholds.forEach((threshold, k) => {
      for (const x of points) if (x > threshold) counts[k]![run]!++;
    });
  }
  const scores = theory.flatMap(({ mean, variance }, k) => [
    score(counts[k]!, mean),
    score(
      counts[k]!.map((count) => (count - mean) ** 2),
      variance,
    ),
  ]);
  const middle = theory[2]!;
  return {
    value: Math.max(...scores),
    n: runs,
    variance: middle.variance,
    independent: middle.independent,
  };
}

/** Standard errors between the mean of the values and the expected one. */
function score(values: Float64Array, expected: number): number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = Math.sqrt(squares / (n - 1) / n);
  return scoreOf(mean - expected, error);
}

/** What never varies has no standard error: right where it is off by rounding alone. */
function scoreOf(off: number, error: number): number {
  if (error > 0) return Math.abs(off) / error;
  return Math.abs(off) < 1e-12 ? 0 : Number.MAX_VALUE;
}
