import {
  cholesky,
  type Matrix,
  matmul,
  matrix,
  type Rng,
  solveTriangular,
  transpose,
} from "@daily-kernel/compute";
import { Matern52Kernel } from "@daily-kernel/kernels";
import {
  FeatureBasis,
  type LeastSquaresFit,
  legendre,
  type rkhsConstant,
} from "@daily-kernel/sampling";
import type { Breathe, Target } from "./target.ts";
import { type Draw, determined, type Fit } from "./trials.ts";

/** The constant of the bound in the maximum norm. */
export type SupConstant = (fit: LeastSquaresFit) => number;
export type KernelConstant = typeof rkhsConstant;

/** Runs that break a bound, and how much of it the worst used. */
export interface Broken {
  readonly value: number;
  readonly n: number;
  readonly tightest: number;
}

/** An upper bound of the best maximum-norm error of degree m - 1: that of Chebyshev's interpolant. */
export function bestMaximum(f: (x: number) => number, m: number): number {
  const nodes = Array.from({ length: m }, (_, i) => Math.cos((Math.PI * (i + 0.5)) / m));
  const signs = nodes.map((_, i) => (i % 2 === 0 ? 1 : -1) * Math.sin((Math.PI * (i + 0.5)) / m));
  let most = 0;
  for (let q = 0; q < 4001; q++) {
    const x = Math.cos((Math.PI * q) / 4000) * (1 - 1e-12);
    if (nodes.includes(x)) continue;
    let [above, below] = [0, 0];
    nodes.forEach((node, i) => {
      const weight = signs[i]! / (x - node);
      above += weight * f(node);
      below += weight;
    });
    most = Math.max(most, Math.abs(f(x) - above / below));
  }
  return most;
}

/** Collects runs that break the bound in the maximum norm. */
export class SupBound {
  readonly #target: Target;
  readonly #best: number;
  readonly #constant: SupConstant;
  #runs = 0;
  #broken = 0;
  #tightest = 0;

  constructor(target: Target, best: number, constant: SupConstant) {
    this.#target = target;
    this.#best = best;
    this.#constant = constant;
  }

  add = (fit: LeastSquaresFit): void => {
    const { coefficients, bestSquared } = this.#target;
    const squares = fit.coefficients.reduce((sum, c, j) => sum + (c - coefficients[j]!) ** 2, 0);
    const used = Math.sqrt(bestSquared + squares) / (this.#constant(fit) * this.#best);
    this.#runs++;
    if (used > 1) this.#broken++;
    this.#tightest = Math.max(this.#tightest, used);
  };

  result(): Broken {
    return { value: this.#broken, n: this.#runs, tightest: this.#tightest };
  }
}

/**
 * Random functions of the Hilbert space of a Matern kernel on [-1, 1], fitted in the span of sections at
 * eight landmarks, with the constant of what the span leaves of the kernel.
 */
export async function kernelBound(
  draws: readonly Draw[],
  fit: Fit,
  constant: KernelConstant,
  runs: number,
  rng: Rng,
  breathe: Breathe,
): Promise<Broken> {
  const kernel = new Matern52Kernel({ dimension: 1, lengthscales: 0.5 });
  const m = 8;
  const landmarks = matrix(
    m,
    1,
    Float64Array.from({ length: m }, (_, i) => -1 + (2 * i) / (m - 1)),
  );
  const rule = legendre().quadrature(200);
  const grid = matrix(200, 1, rule.points);
  const basis = new FeatureBasis({
    features: { dimension: 1, features: m, map: (x) => kernel.gram(x, landmarks) },
    sampleMeasure: (n, from) =>
      matrix(
        n,
        1,
        from.fillUniform(new Float64Array(n)).map((u) => 2 * u - 1),
      ),
    quadrature: { points: grid, weights: rule.weights },
  });
  // What the span leaves of the kernel: the distance of f from it lives in this smaller space.
  const factor = cholesky(kernel.gram(landmarks, landmarks));
  const rest = {
    dimension: 1,
    gram(x: Matrix, z: Matrix): Matrix {
      const whole = kernel.gram(x, z);
      const left = solveTriangular(factor, kernel.gram(landmarks, x));
      const right = solveTriangular(factor, kernel.gram(landmarks, z));
      const spanned = matmul(transpose(left), right).data;
      return matrix(
        x.rows,
        z.rows,
        whole.data.map((value, p) => value - spanned[p]!),
      );
    },
  };
  const onGrid = rest.gram(grid, grid).data;
  const embedding = Math.sqrt(
    rule.weights.reduce((sum, weight, i) => sum + weight * Math.max(0, onGrid[i * 201]!), 0),
  );
  let [broken, tightest] = [0, 0];
  for (let run = 0; run < runs; run++) {
    if (run % 20 === 0) await breathe(run / runs);
    const centres = matrix(
      5,
      1,
      rng.fillUniform(new Float64Array(5)).map((u) => 2 * u - 1),
    );
    const a = rng.fillNormal(new Float64Array(5));
    const values = (x: Matrix) => product(kernel.gram(x, centres), a);
    const energy = product(rest.gram(centres, centres), a).reduce(
      (sum, v, i) => sum + a[i]! * v,
      0,
    );
    const { points, weights } = draws[run % draws.length]!(basis, m * (1 + (run % 2)), rng);
    const fitted = determined(() => fit(points, values(points), basis, weights));
    if (fitted === undefined) continue; // the bound is infinite
    const there = fitted.evaluate(grid);
    const error = Math.sqrt(
      values(grid).reduce((sum, y, i) => sum + rule.weights[i]! * (y - there[i]!) ** 2, 0),
    );
    const bound = constant(rest, points, weights, fitted.smallestEigenvalue, embedding);
    const used = error / (bound * Math.sqrt(Math.max(0, energy)));
    if (used > 1) broken++;
    tightest = Math.max(tightest, used);
  }
  return { value: broken, n: runs, tightest };
}

const product = ({ data, rows, cols }: Matrix, a: Float64Array): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) =>
    a.reduce((sum, value, j) => sum + value * data[i * cols + j]!, 0),
  );
