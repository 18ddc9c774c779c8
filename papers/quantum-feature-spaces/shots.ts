import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import { type estimateGram, projectPsd, type QuantumKernel } from "@daily-kernel/quantum";
import { type AdHoc, C_SHOTS, machineAccuracy, rowsOf } from "./sets.ts";

export type Estimate = typeof estimateGram;

/** Test points whose entries are estimated between two breaths. */
const BLOCK = 100;

/**
 * How estimates from shots scatter: their squared errors over K(1 - K) / R, pooled over all pairs of
 * points and repetitions, and the distance of their mean from the exact one in standard errors.
 */
export async function scatter(
  estimate: Estimate,
  kernel: QuantumKernel,
  x: Matrix,
  { shots, repeats, rng }: { shots: number; repeats: number; rng: Rng },
  breathe: () => Promise<void>,
) {
  const exact = kernel.gram(x, x).data;
  let [squares, expected, sum, n] = [0, 0, 0, 0];
  for (let r = 0; r < repeats; r++) {
    const { data } = estimate(kernel, x, undefined, { shots, seed: rng });
    await breathe();
    for (let i = 0; i < x.rows; i++) {
      for (let j = 0; j < i; j++) {
        const at = i * x.rows + j;
        const error = data[at]! - exact[at]!;
        squares += error * error;
        expected += (exact[at]! * (1 - exact[at]!)) / shots;
        sum += error;
        n++;
      }
    }
  }
  const ratio = squares / expected;
  // the variance of a squared binomial error is about twice its square
  const spread = 3 * Math.sqrt(2 / n);
  return {
    n,
    ratio,
    interval: [ratio - spread, ratio + spread] as const,
    z: Math.abs(sum) / Math.sqrt(expected),
  };
}

export interface ShotAccuracy {
  /** Accuracy on test points, in %, with the kernel of the training points projected. */
  readonly projected: number;
  /** The same with the estimated kernel as it is. */
  readonly raw: number;
  /** The smallest eigenvalue of the estimated kernel of the training points. */
  readonly smallest: number;
}

/**
 * A machine on kernels of so many shots: those of the training points projected to the nearest positive
 * ones by themselves, those with test points as they were measured.
 */
export async function shotAccuracy(
  estimate: Estimate,
  kernel: QuantumKernel,
  set: AdHoc,
  shots: number,
  rng: Rng,
  breathe: () => Promise<void>,
): Promise<ShotAccuracy> {
  const options = { shots, seed: rng };
  const { train, test } = set;
  const raw = estimate(kernel, train.x, undefined, options);
  await breathe();
  const across = matrix(test.x.rows, train.x.rows);
  for (let from = 0; from < test.x.rows; from += BLOCK) {
    const rows = Array.from({ length: Math.min(BLOCK, test.x.rows - from) }, (_, k) => from + k);
    const part = estimate(kernel, rowsOf(test.x, rows), train.x, options);
    across.data.set(part.data, from * train.x.rows);
    await breathe();
  }
  const { matrix: projected, smallest } = projectPsd(raw);
  return {
    projected: machineAccuracy({ train: projected, test: across }, set, C_SHOTS).test,
    raw: machineAccuracy({ train: raw, test: across }, set, C_SHOTS).test,
    smallest,
  };
}
