import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import type {
  ActivationName,
  UniversalRandomFeatures,
  UniversalRandomFeaturesOptions,
} from "@daily-kernel/kernels";

/** What the claims need of universal random features. */
export type Features = Pick<UniversalRandomFeatures, "map" | "neurons" | "activation" | "variance">;
export type MakeFeatures = (options: UniversalRandomFeaturesOptions) => Features;
type Breathe = (done: number) => Promise<void>;

export const activations = ["cos", "sin", "gaussian"] as const satisfies ActivationName[];
const dimension = 8;
const pairs = 16;

/**
 * Random directions with given lengths. An input shorter than 1 / 2 leaves the Gaussian's estimate a
 * fourth moment, without which no error bar means anything.
 */
function vectors(rng: Rng, rows: number, d: number, length: number): Matrix {
  const out = matrix(rows, d, rng.fillNormal(new Float64Array(rows * d)));
  for (let i = 0; i < rows; i++) {
    const row = out.data.subarray(i * d, (i + 1) * d);
    const factor = length / Math.hypot(...row);
    for (let k = 0; k < d; k++) row[k]! *= factor;
  }
  return out;
}

/** Squared errors of the estimates of f(w_i . x_i), i = 1..pairs. */
function squaredErrors(features: Features, x: Matrix, w: Matrix): number[] {
  const [phi, psi] = [features.map(x), features.neurons(w)];
  const m = phi.cols;
  return Array.from({ length: x.rows }, (_, i) => {
    let estimate = 0;
    for (let k = i * m; k < (i + 1) * m; k++) estimate += phi.data[k]! * psi.data[k]!;
    let product = 0;
    for (let k = i * x.cols; k < (i + 1) * x.cols; k++) product += x.data[k]! * w.data[k]!;
    return (estimate - features.activation.value(product)) ** 2;
  });
}

export interface ErrorCurve {
  label: string;
  /** Draws of a projection and a frequency. */
  draws: number[];
  rmse: number[];
  /** What the exact variance predicts. */
  predicted: number[];
  slope: number;
}

/** The tilt M of the least mean variance over the pairs, on a grid. */
function bestTilt(make: MakeFeatures, activation: ActivationName, x: Matrix, w: Matrix): number {
  const grid = Array.from({ length: 40 }, (_, k) => -0.1 + 0.01 * k);
  const score = (tilt: number) =>
    meanVariance(make({ activation, dimension, features: 2, tilt }), x, w);
  return grid.reduce((best, tilt) => (score(tilt) < score(best) ? tilt : best), 0);
}

function meanVariance(features: Features, { data, rows, cols }: Matrix, w: Matrix): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const part = (all: Float64Array) => all.subarray(i * cols, (i + 1) * cols);
    sum += features.variance(part(data), part(w.data)) / rows;
  }
  return sum;
}

/** Root-mean-square errors of three activations, with tilt 0 and with the best one, over m. */
export async function errorCurves(
  make: MakeFeatures,
  draws: number[],
  repeats: number,
  rng: Rng,
  breathe: Breathe,
): Promise<ErrorCurve[]> {
  const x = vectors(rng, pairs, dimension, 0.4);
  const w = vectors(rng, pairs, dimension, 0.8);
  const curves: ErrorCurve[] = [];
  for (const [a, activation] of activations.entries()) {
    for (const [b, tilt] of [0, bestTilt(make, activation, x, w)].entries()) {
      const rmse: number[] = [];
      const predicted: number[] = [];
      for (const [k, m] of draws.entries()) {
        let sum = 0;
        for (let repeat = 0; repeat < repeats; repeat++) {
          if (repeat % Math.max(1, Math.floor(8192 / m)) === 0) {
            await breathe((2 * a + b + k / draws.length) / (2 * activations.length));
          }
          const seed = rng.integer(2 ** 31);
          const features = make({ activation, dimension, features: 2 * m, tilt, seed });
          for (const error of squaredErrors(features, x, w)) sum += error / (pairs * repeats);
        }
        rmse.push(Math.sqrt(sum));
        const one = make({ activation, dimension, features: 2 * m, tilt });
        predicted.push(Math.sqrt(meanVariance(one, x, w)));
      }
      const label = `${activation}, ${tilt === 0 ? "M = 0" : `M = ${tilt.toFixed(2)}`}`;
      curves.push({ label, draws, rmse, predicted, slope: logLogSlope(draws, rmse) });
    }
  }
  return curves;
}

/** The least-squares slope of log y against log x. */
function logLogSlope(x: readonly number[], y: readonly number[]): number {
  const [u, v] = [x.map(Math.log), y.map(Math.log)];
  const mean = (values: number[]) => values.reduce((sum, t) => sum + t, 0) / values.length;
  const [mu, mv] = [mean(u), mean(v)];
  const covariance = u.reduce((sum, t, i) => sum + (t - mu) * (v[i]! - mv), 0);
  return covariance / u.reduce((sum, t) => sum + (t - mu) ** 2, 0);
}

export interface VarianceCheck {
  label: string;
  exact: number;
  measured: number;
}

/** Lengths of input and weights at which the variance is measured. */
const lengths = [
  [0.3, 0.5],
  [0.6, 0.6],
  [0.9, 0.4],
  [0.5, 0.9],
] as const;

/** The variance of single draws of the cosine against the closed formula. */
export async function varianceChecks(
  make: MakeFeatures,
  batches: number,
  rng: Rng,
  breathe: Breathe,
): Promise<VarianceCheck[]> {
  const checks: VarianceCheck[] = [];
  const draws = 20_000;
  for (const [c, [short, long]] of lengths.entries()) {
    const x = vectors(rng, 1, dimension, short);
    const w = vectors(rng, 1, dimension, long);
    let [n, sum, square] = [0, 0, 0];
    for (let batch = 0; batch < batches; batch++) {
      await breathe((c + batch / batches) / lengths.length);
      const seed = rng.integer(2 ** 31);
      const features = make({ activation: "cos", dimension, features: 2 * draws, seed });
      const [phi, psi] = [features.map(x).data, features.neurons(w).data];
      const made = phi.length / 2;
      n += made;
      for (let k = 0; k < made; k++) {
        const value = made * (phi[2 * k]! * psi[2 * k]! + phi[2 * k + 1]! * psi[2 * k + 1]!);
        sum += value;
        square += value * value;
      }
    }
    const one = make({ activation: "cos", dimension, features: 2 });
    checks.push({
      label: `|x| = ${short}, |w| = ${long}`,
      exact: one.variance(x.data, w.data),
      measured: square / n - (sum / n) ** 2,
    });
  }
  return checks;
}

/** RMSE with orthogonal projections over that with independent ones, on the same pairs. */
export async function orthogonalGain(
  make: MakeFeatures,
  repeats: number,
  rng: Rng,
  breathe: Breathe,
): Promise<{ value: number; n: number; interval: [number, number] }> {
  const x = vectors(rng, pairs, dimension, 0.7);
  const w = vectors(rng, pairs, dimension, 1);
  const sums = { orthogonal: [] as number[], independent: [] as number[] };
  for (let repeat = 0; repeat < repeats; repeat++) {
    if (repeat % 64 === 0) await breathe(repeat / repeats);
    for (const kind of ["orthogonal", "independent"] as const) {
      const features = make({
        ...{ activation: "cos" as const, dimension, features: 8 * dimension },
        ...{ seed: rng.integer(2 ** 31), orthogonal: kind === "orthogonal" },
      });
      const errors = squaredErrors(features, x, w);
      sums[kind].push(errors.reduce((sum, error) => sum + error, 0));
    }
  }
  const [o, i] = [summary(sums.orthogonal), summary(sums.independent)];
  const value = Math.sqrt(o.mean / i.mean);
  // Of a ratio of means: relative errors add in squares, and a root halves them.
  const spread = Math.hypot(o.error / o.mean, i.error / i.mean);
  return { value, n: repeats, interval: [value * (1 - spread), value * (1 + spread)] };
}

function summary(values: number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}
