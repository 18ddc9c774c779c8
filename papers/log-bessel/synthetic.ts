import type { Rng } from "@daily-kernel/compute";
import type { Figure } from "@daily-kernel/reproduction";
import { VonMisesFisher } from "@daily-kernel/special";
import { roots, scipy } from "./reference.ts";

/** The fit under test: from the sum of n unit vectors. */
export type FitFromSums = (
  sum: Float64Array,
  n: number,
  options?: { correctBias?: boolean },
) => VonMisesFisher;
/** The sampler under test. */
export type Sample = (vmf: VonMisesFisher, n: number, rng: Rng) => { data: Float64Array };

/** One synthetic fit. */
export interface Recovery {
  readonly p: number;
  readonly rbar: number;
  readonly kappa: number;
  /** The fit with the bias of Rbar removed, and the maximum-likelihood fit. */
  readonly corrected: number;
  readonly likelihood: number;
  readonly standardError: number;
}

/** Draws n vectors of vMF around a random direction, some megabytes at a time, and fits both ways. */
export async function recover(
  { p, rbar, kappa }: { p: number; rbar: number; kappa: number },
  n: number,
  rng: Rng,
  { fitFromSums, sample }: { fitFromSums: FitFromSums; sample: Sample },
  breathe: (done: number) => Promise<void>,
): Promise<Recovery> {
  const uniform = new VonMisesFisher({ mean: new Float64Array(p).with(0, 1), kappa: 0 });
  const vmf = new VonMisesFisher({ mean: uniform.sample(1, rng).data, kappa });
  const sum = new Float64Array(p);
  const piece = Math.max(1, Math.floor(2 ** 18 / p));
  for (let done = 0; done < n; done += piece) {
    const count = Math.min(piece, n - done);
    const { data } = sample(vmf, count, rng);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < p; j++) sum[j]! += data[i * p + j]!;
    }
    await breathe((done + count) / n);
  }
  return {
    p,
    rbar,
    kappa,
    corrected: fitFromSums(sum, n, { correctBias: true }).kappa,
    likelihood: fitFromSums(sum, n).kappa,
    standardError: vmf.standardError(n),
  };
}

/** Fitted concentration in standard errors from the truth. */
export const deviation = ({ corrected, kappa, standardError }: Recovery): number =>
  (corrected - kappa) / standardError;

/** Largest relative difference between the fit at a stored mean resultant length and its root. */
export function rootError(fitFromSums: FitFromSums): number {
  const errors = roots.map(({ p, rbar, kappa }) => {
    const fitted = fitFromSums(new Float64Array(p).with(0, rbar), 1).kappa;
    return Math.abs(fitted / kappa - 1);
  });
  return Math.max(...errors);
}

/**
 * Whether SciPy's log-likelihood is lost at kappa: it was lost at the stored kappas on both sides
 * (ive grows with kappa, so it is lost in between).
 */
export function scipyLost(p: number, kappa: number): boolean {
  const ladder = scipy.likelihood.filter((step) => step.p === p);
  const below = ladder.filter((step) => step.kappa <= kappa);
  const above = ladder.filter((step) => step.kappa >= kappa);
  if (below.length === 0 || above.length === 0) return false;
  const floor = below.reduce((a, b) => (b.kappa > a.kappa ? b : a));
  const ceiling = above.reduce((a, b) => (b.kappa < a.kappa ? b : a));
  return !floor.finite && !ceiling.finite;
}

export function recoveryFigure(recoveries: readonly Recovery[]): Figure {
  const label = ({ p, rbar }: Recovery) => `${p}: ${rbar}`;
  const bar = (of: "corrected" | "likelihood") => ({
    mark: "dot" as const,
    x: recoveries.map(label),
    y: recoveries.map((r) => r[of] / r.kappa),
    interval: recoveries.map(
      (r) =>
        [(r[of] - 4 * r.standardError) / r.kappa, (r[of] + 4 * r.standardError) / r.kappa] as const,
    ),
  });
  return {
    id: "kappa-recovery",
    title: "Fitted over true concentration",
    caption:
      "Bars are 4 standard errors. Plain maximum likelihood overshoots where dimensions outnumber vectors, because the mean direction is fitted too; the corrected fit does not.",
    x: { label: "dimension: mean resultant length", scale: "category" },
    y: { label: "fitted / true kappa", scale: "linear" },
    series: [
      { label: "corrected for bias", ...bar("corrected") },
      { label: "maximum likelihood", ...bar("likelihood") },
    ],
  };
}
