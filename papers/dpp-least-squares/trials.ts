import type { Rng } from "@daily-kernel/compute";
import type {
  LeastSquaresFit,
  OrthonormalBasis,
  WeightedPoints,
  weightedLeastSquares,
} from "@daily-kernel/sampling";
import type { Breathe, Target } from "./target.ts";

/** n points for a basis. */
export type Draw = (basis: OrthonormalBasis, n: number, rng: Rng) => WeightedPoints;
export type Fit = typeof weightedLeastSquares;

export interface Trials {
  /** Squared error over the best one, a run, ascending. */
  readonly errors: Float64Array;
  readonly mean: number;
  readonly standardError: number;
  readonly median: number;
  readonly upper: number; // 95 % quantile
  /** Share of runs with the smallest eigenvalue below 1/2. */
  readonly unstable: number;
}

const PIECE = 50;

/** Draws, fits, and hands each run to `each`. */
export async function repeat(
  target: Target,
  draw: () => WeightedPoints,
  fit: Fit,
  runs: number,
  breathe: Breathe,
  each: (fit: LeastSquaresFit, sample: WeightedPoints) => void = () => {},
): Promise<Trials> {
  const errors = new Float64Array(runs);
  let unstable = 0;
  for (let run = 0; run < runs; run++) {
    if (run % PIECE === 0) await breathe(run / runs);
    const sample = draw();
    const y = target.values(sample.points);
    const fitted = determined(() => fit(sample.points, y, target.basis, sample.weights));
    if (fitted === undefined) {
      errors[run] = Number.MAX_VALUE ** 0.5; // useless, and still a number
      unstable++;
      continue;
    }
    let squares = 0;
    fitted.coefficients.forEach((c, j) => {
      squares += (c - target.coefficients[j]!) ** 2;
    });
    errors[run] = 1 + squares / target.bestSquared;
    if (fitted.smallestEigenvalue < 0.5) unstable++;
    each(fitted, sample);
  }
  return { ...summary(errors), unstable: unstable / runs };
}

/** A fit, or nothing where the points do not determine the coefficients. */
export function determined(fit: () => LeastSquaresFit): LeastSquaresFit | undefined {
  try {
    return fit();
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_NUMERIC") return undefined;
    throw error;
  }
}

/** Mean, its standard error, median and 95 % quantile. */
export function summary(values: Float64Array) {
  const errors = values.toSorted();
  const n = errors.length;
  const mean = errors.reduce((sum, value) => sum + value, 0) / n;
  const squares = errors.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    errors,
    mean,
    standardError: Math.sqrt(squares / (n - 1) / n),
    median: errors[Math.floor(n / 2)]!,
    upper: errors[Math.floor(0.95 * n)]!,
  };
}
