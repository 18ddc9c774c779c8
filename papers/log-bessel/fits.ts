import type { Rng } from "@daily-kernel/compute";
import { VonMisesFisher } from "@daily-kernel/special";
import { roots, scipy } from "./peers/peers.ts";

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

/** Distance of the corrected fit from the truth, in standard errors. */
export const deviation = ({ corrected, kappa, standardError }: Recovery): number =>
  Math.abs(corrected - kappa) / standardError;

/** Distance of the maximum-likelihood fit from the truth, in standard errors. */
export const overshoot = ({ likelihood, kappa, standardError }: Recovery): number =>
  Math.abs(likelihood - kappa) / standardError;

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
