import { betaIInv } from "@daily-kernel/special";

/** The p-quantile of Student's t with `degrees` degrees of freedom, 0 < p < 1. */
export function studentTQuantile(p: number, degrees: number): number {
  if (p > 0.5) return -studentTQuantile(1 - p, degrees);
  const x = betaIInv(degrees / 2, 0.5, 2 * p);
  return -Math.sqrt((degrees * (1 - x)) / x);
}
