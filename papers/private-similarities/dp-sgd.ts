/**
 * The usual competitor: multinomial logistic regression by differentially private stochastic gradients
 * (Abadi et al. 2016), with the Renyi accountant of the subsampled Gaussian mechanism.
 */
import { type Matrix, matmul, matrix, type Rng } from "@daily-kernel/compute";
import { lgamma } from "@daily-kernel/special";

export interface DpSgdOptions {
  readonly epsilon: number;
  readonly delta: number;
  readonly steps: number;
  /** Probability with which a record enters a batch. */
  readonly rate: number;
  readonly clip: number;
  readonly learningRate: number;
}

/** Renyi divergence of order a of one step (Mironov, Talwar and Zhang 2019, whole a). */
function renyi(a: number, rate: number, sigma: number): number {
  const terms: number[] = [];
  for (let k = 0; k <= a; k++) {
    const choose = lgamma(a + 1) - lgamma(k + 1) - lgamma(a - k + 1);
    const weights = (a - k) * Math.log1p(-rate) + k * Math.log(rate);
    terms.push(choose + weights + (k * k - k) / (2 * sigma * sigma));
  }
  const most = Math.max(...terms);
  return (most + Math.log(terms.reduce((sum, t) => sum + Math.exp(t - most), 0))) / (a - 1);
}

const orders = [2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64];

/** Epsilon of that many steps at that noise. */
export const epsilonOf = (sigma: number, { steps, rate, delta }: DpSgdOptions): number =>
  Math.min(...orders.map((a) => steps * renyi(a, rate, sigma) - Math.log(delta) / (a - 1)));

/** The least noise, in units of the clipping norm, that keeps epsilon. */
export function noiseFor(options: DpSgdOptions): number {
  let [low, high] = [0.3, 100];
  while (high / low > 1.001) {
    const middle = Math.sqrt(low * high);
    if (epsilonOf(middle, options) > options.epsilon) low = middle;
    else high = middle;
  }
  return high;
}

/** Trains for `classes` classes; `after` sees the d x classes weights after each step. */
export async function trainDpSgd(
  x: Matrix,
  labels: Uint8Array,
  classes: number,
  options: DpSgdOptions,
  rng: Rng,
  after: (step: number, weights: Matrix) => Promise<void>,
): Promise<void> {
  const { steps, rate, clip, learningRate } = options;
  const sigma = noiseFor(options);
  const weights = matrix(x.cols, classes);
  const noise = new Float64Array(x.cols * classes);
  for (let step = 1; step <= steps; step++) {
    const rows: number[] = [];
    for (let i = 0; i < x.rows; i++) if (rng.uniform() < rate) rows.push(i);
    const batch = matrix(rows.length, x.cols);
    for (const [at, i] of rows.entries()) {
      batch.data.set(x.data.subarray(i * x.cols, (i + 1) * x.cols), at * x.cols);
    }
    const residual = matmul(batch, weights);
    for (const [at, i] of rows.entries()) {
      const row = residual.data.subarray(at * classes, (at + 1) * classes);
      const top = Math.max(...row);
      let total = 0;
      for (let c = 0; c < classes; c++) total += row[c] = Math.exp(row[c]! - top);
      let square = 0;
      for (let c = 0; c < classes; c++) {
        row[c] = row[c]! / total - (labels[i] === c ? 1 : 0);
        square += row[c]! * row[c]!;
      }
      // A gradient is x times the residual, and x has unit length.
      const shrink = Math.min(1, clip / Math.sqrt(square));
      for (let c = 0; c < classes; c++) row[c]! *= shrink;
    }
    const gradient = matmul(batch, residual, { transposeA: true });
    rng.fillNormal(noise);
    const rateOf = learningRate / (rate * x.rows);
    for (let at = 0; at < noise.length; at++) {
      weights.data[at]! -= rateOf * (gradient.data[at]! + sigma * clip * noise[at]!);
    }
    await after(step, weights);
  }
}
