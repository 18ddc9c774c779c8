import { type Matrix, matrix } from "@daily-kernel/compute";
import { depolarizing, type estimateGram, type QuantumKernel } from "@daily-kernel/quantum";
import { rowsOf } from "./sets.ts";

/** The factors by which the paper stretches the noise of its device. */
export const stretches = [1, 1.5] as const;
/** Depolarising probabilities after each two-qubit gate; after one-qubit gates a tenth of it. */
const levels = [0.005, 0.01, 0.02, 0.04, 0.08] as const;

type Extrapolate = (stretches: readonly number[], values: readonly number[]) => number;

/** Root mean square errors of kernel entries under noise, with extrapolation and without. */
export interface NoisePoint {
  readonly level: number;
  readonly raw: number;
  readonly extrapolated: number;
  /** Entries. */
  readonly n: number;
}

/** The errors at every level of noise. */
export async function noiseSweep(
  estimate: typeof estimateGram,
  extrapolate: Extrapolate,
  kernel: QuantumKernel,
  x: Matrix,
  breathe: (percent: number) => Promise<void>,
): Promise<NoisePoint[]> {
  const points: NoisePoint[] = [];
  for (const level of levels) {
    points.push(
      await noiseErrors(estimate, extrapolate, kernel, x, level, () => breathe(100 * level)),
    );
  }
  return points;
}

async function noiseErrors(
  estimate: typeof estimateGram,
  extrapolate: Extrapolate,
  kernel: QuantumKernel,
  x: Matrix,
  level: number,
  breathe: () => Promise<void>,
): Promise<NoisePoint> {
  const exact = kernel.gram(x, x).data;
  let [raw, extrapolated, n] = [0, 0, 0];
  for (let i = 1; i < x.rows; i++) {
    const point = rowsOf(x, [i]);
    const noisy = stretches.map((stretch) => {
      const p = 1 - (1 - level) ** stretch;
      const noise = { oneQubit: depolarizing(p / 10), twoQubit: depolarizing(p, 2) };
      const options = { shots: Number.POSITIVE_INFINITY, seed: 0, noise };
      return estimate(kernel, point, firstRows(x, i), options).data;
    });
    for (let j = 0; j < i; j++) {
      const values = noisy.map((data) => data[j]!);
      const truth = exact[i * x.rows + j]!;
      raw += (values[0]! - truth) ** 2;
      extrapolated += (extrapolate(stretches, values) - truth) ** 2;
      n++;
    }
    await breathe();
  }
  return { level, raw: Math.sqrt(raw / n), extrapolated: Math.sqrt(extrapolated / n), n };
}

/** The first rows of a matrix. */
export const firstRows = ({ data, cols }: Matrix, rows: number): Matrix =>
  matrix(rows, cols, data.slice(0, rows * cols));
