import { ratioI } from "../bessel/ratio.ts";
import { ratioComplement, SMALLEST_W, scaledRatioSlope } from "./riccati.ts";

/** Where the expansion in w = sqrt(kappa^2 + v^2) is exact and free of cancellation. */
function inRiccatiRegion(v: number, kappa: number): boolean {
  return kappa > 0.2 * v && Math.hypot(v, kappa) >= SMALLEST_W;
}

/**
 * Mean resultant length A_p(kappa) = I_{p/2}(kappa) / I_{p/2-1}(kappa) and what is missing to 1,
 * each to full relative accuracy. O(1) for large kappa or p, else some tens of steps.
 */
export function resultant(p: number, kappa: number): { length: number; missing: number } {
  const v = p / 2 - 1;
  if (inRiccatiRegion(v, kappa)) {
    const missing = ratioComplement(v, kappa);
    if (missing < 0.5) return { length: 1 - missing, missing };
  }
  const length = ratioI(v, kappa);
  return { length, missing: 1 - length };
}

/**
 * A_p'(kappa) = 1 - A^2 - (p-1) A/kappa: the variance of the cosine to the mean direction, and the
 * Fisher information of one observation about kappa.
 */
export function resultantSlope(p: number, kappa: number): number {
  const v = p / 2 - 1;
  if (inRiccatiRegion(v, kappa)) return scaledRatioSlope(v, kappa) / kappa / kappa;
  // 1 - (p-1) A/kappa from A = kappa / (p + kappa r), r = I_{v+2}/I_{v+1}: no cancellation at small kappa
  const next = kappa * ratioI(v + 1, kappa);
  const length = kappa / (p + next);
  return (1 + next) / (p + next) - length * length;
}

/** 1 / sqrt(A_p'(kappa)), also where A_p' underflows: the standard error of one observation. */
export function resultantError(p: number, kappa: number): number {
  const v = p / 2 - 1;
  if (inRiccatiRegion(v, kappa)) return kappa / Math.sqrt(scaledRatioSlope(v, kappa));
  return 1 / Math.sqrt(resultantSlope(p, kappa));
}

/**
 * The kappa with A_p(kappa) = rbar, for 0 <= rbar < 1: the maximum-likelihood concentration.
 * `missing` is 1 - rbar, where the caller knows it more exactly.
 *
 * Newton on the log-odds of A against log kappa, a nearly straight line, from the start
 * rbar (p - rbar^2) / (1 - rbar^2) of Banerjee, Dhillon, Ghosh and Sra (2005). Two to four steps.
 */
export function solveConcentration(p: number, rbar: number, missing = 1 - rbar): number {
  // the next term of the power series is rbar^4
  if (rbar < 1e-5) return rbar * p * (1 + (rbar * rbar * p) / (p + 2));
  let kappa = (rbar * (p - rbar * rbar)) / (missing * (1 + rbar));
  for (let step = 0; step < 50; step++) {
    const at = resultant(p, kappa);
    const logOdds = Math.log((at.length / rbar) * (missing / at.missing));
    const slope = (kappa * resultantSlope(p, kappa)) / (at.length * at.missing);
    const factor = Math.exp(Math.min(3, Math.max(-3, -logOdds / slope)));
    kappa *= factor;
    if (Math.abs(factor - 1) < 1e-14) break;
  }
  return kappa;
}
