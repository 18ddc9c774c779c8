import type { Rng } from "@daily-kernel/compute";
import type { NearEdge, NearEdgeOptions } from "@daily-kernel/density";

/** The simulator under test. */
export type Edge = (options: NearEdgeOptions) => Pick<NearEdge, "draw" | "estimate" | "expected">;

/** One mean over simulated data sets beside its quadrature. */
export interface Mean {
  readonly d: number;
  readonly ratio: number;
  readonly participation: number;
  readonly participationError: number;
  readonly logDensity: number;
  readonly logDensityError: number;
  readonly expected: { logDensity: number; participation: number };
  /** Largest standard deviation, relative to the sum, of what enters through its mean. */
  readonly truncation: number;
}

interface Setting {
  readonly d: number;
  readonly alpha: number;
  readonly hG: number;
  readonly draws: number;
  /** How many of the nearest points are drawn. */
  readonly points: number;
}

/** A mean and its standard error. */
function moments(values: readonly number[]): [mean: number, error: number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, Math.sqrt(square / (values.length - 1) / values.length)];
}

/** Means over simulated data sets at each ratio of the bandwidth to h_G; all see the same sets. */
export async function simulate(
  edge: Edge,
  { d, alpha, hG, draws, points }: Setting,
  ratios: readonly number[],
  rng: Rng,
  breathe: (done: number) => Promise<void>,
): Promise<Mean[]> {
  const simulator = edge({ d, logN: alpha * d, points });
  const found = ratios.map(() => [] as ReturnType<NearEdge["estimate"]>[]);
  for (let draw = 0; draw < draws; draw++) {
    if (draw % 20 === 0) await breathe(draw / draws);
    const distances = simulator.draw(rng);
    for (const [k, ratio] of ratios.entries()) {
      found[k]!.push(simulator.estimate(distances, ratio * hG));
    }
  }
  const means: Mean[] = [];
  for (const [k, ratio] of ratios.entries()) {
    await breathe(1);
    const estimates = found[k]!;
    const [participation, participationError] = moments(estimates.map((e) => e.participation));
    const [logDensity, logDensityError] = moments(estimates.map((e) => e.logDensity));
    const truncation = estimates.reduce((most, e) => Math.max(most, e.truncation), 0);
    const expected = simulator.expected(ratio * hG);
    const of = { participation, participationError, logDensity, logDensityError };
    means.push({ d, ratio, ...of, expected, truncation });
  }
  return means;
}

/** The largest distance of a simulated mean from its quadrature, in standard errors. */
export function largestZ(means: readonly Mean[]): number {
  return means.reduce((most, mean) => {
    const z = (key: "participation" | "logDensity") =>
      Math.abs(mean[key] - mean.expected[key]) / mean[`${key}Error`];
    return Math.max(most, z("participation"), z("logDensity"));
  }, 0);
}

/** The ratio of highest mean log density, and the same by quadrature. */
export function bestRatio(means: readonly Mean[]): { simulated: number; quadrature: number } {
  const best = (of: (mean: Mean) => number) =>
    means.reduce((a, b) => (of(b) > of(a) ? b : a)).ratio;
  return {
    simulated: best((mean) => mean.logDensity),
    quadrature: best((mean) => mean.expected.logDensity),
  };
}
