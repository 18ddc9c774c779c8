import { legendre } from "@daily-kernel/sampling";
import { type Broken, bestMaximum, SupBound, type SupConstant } from "./bounds.ts";
import { CoefficientMeans, InverseGramMean } from "./identities.ts";
import { type Breathe, type Target, targetOf } from "./target.ts";
import { type Draw, type Fit, repeat, type Trials } from "./trials.ts";

export const m = 10;
const runge = (x: number): number => 1 / (1 + 5 * x * x);

/** The four laws of points, the measured one first. */
export type Laws = readonly (readonly [
  label: string,
  draw: Draw,
  law: "repeated" | "volume" | "independent" | "naive",
])[];

export interface GridOptions {
  readonly laws: Laws;
  readonly fit: Fit;
  readonly supConstant: SupConstant;
  readonly sizes: readonly number[];
  /** Runs of each law and size; volume sampling's identities take `many`. */
  readonly runs: number;
  readonly many: number;
  readonly rng: (name: string) => Parameters<Draw>[2];
}

/** What all laws do on the interval, and what is checked of every run in passing. */
export interface GridResult {
  readonly target: Target;
  readonly grid: Map<string, Map<number, Trials>>;
  /** Standard errors between mean coefficients and the best: volume sampling's, and independent points'. */
  readonly bias: { readonly volume: number; readonly independent: number };
  readonly inverseDeviation: number;
  readonly broken: Broken;
}

/** Fits f(x) = 1 / (1 + 5 x^2) by ten Legendre polynomials, for every law and size. */
export async function measureGrid(
  { laws, fit, supConstant, sizes, runs, many, rng }: GridOptions,
  breathe: Breathe,
  onSize: (grid: GridResult["grid"]) => void,
): Promise<GridResult> {
  const target = await targetOf(
    [legendre()],
    m - 1,
    ([x]) => runge(x!),
    256,
    () => breathe(0),
  );
  const sup = new SupBound(target, bestMaximum(runge, m), supConstant);
  const means = [m, 2 * m].map(() => new CoefficientMeans(target));
  const independent = new CoefficientMeans(target);
  const inverse = new InverseGramMean(target.basis);
  const grid = new Map<string, Map<number, Trials>>(laws.map(([label]) => [label, new Map()]));
  for (const [s, n] of sizes.entries()) {
    for (const [k, [label, draw, law]] of laws.entries()) {
      const from = rng(`${label} ${n}`);
      const own = law === "volume" && n <= 4 * m ? many : law === "naive" ? runs / 5 : runs;
      const trials = await repeat(
        target,
        () => draw(target.basis, n, from),
        fit,
        own,
        (done) => breathe((s * laws.length + k + done) / (sizes.length * laws.length)),
        (fitted, sample) => {
          sup.add(fitted);
          if (law === "independent" && n === 2 * m) independent.add(fitted);
          if (law !== "volume") return;
          means[n / m - 1]?.add(fitted);
          if (n === 4 * m) inverse.add(fitted, sample);
        },
      );
      grid.get(label)!.set(n, trials);
    }
    onSize(grid);
  }
  return {
    target,
    grid,
    bias: {
      volume: Math.max(...means.map((mean) => mean.largestScore())),
      independent: independent.largestScore(),
    },
    inverseDeviation: inverse.deviation(),
    broken: sup.result(),
  };
}
