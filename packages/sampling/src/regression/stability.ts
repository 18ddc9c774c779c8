import { checkBetween, checkCount } from "../check.ts";

/** d_delta = delta + (1 - delta) log(1 - delta). */
const rate = (delta: number): number => delta + (1 - delta) * Math.log1p(-delta);

/**
 * Tropp's matrix Chernoff bound for independent optimal points: the probability that the smallest
 * eigenvalue of the Gram matrix is below 1 - delta is at most m exp(-n d_delta / m), d_delta = delta +
 * (1 - delta) log(1 - delta) (Cohen and Migliorati 2017). At most 1.
 *
 * @param delta - in (0, 1).
 */
export function stabilityBound(m: number, n: number, delta: number): number {
  checkCount("stabilityBound", "m", m);
  checkCount("stabilityBound", "n", n);
  checkBetween("stabilityBound", "delta", delta, 0, 1);
  return Math.min(1, m * Math.exp((-n * rate(delta)) / m));
}

/**
 * How many independent optimal points make that probability at most eta: the least n >=
 * m log(m / eta) / d_delta.
 */
export function stablePoints(m: number, delta: number, eta: number): number {
  checkCount("stablePoints", "m", m);
  checkBetween("stablePoints", "delta", delta, 0, 1);
  checkBetween("stablePoints", "eta", eta, 0, 1);
  return Math.max(m, Math.ceil((m * Math.log(m / eta)) / rate(delta)));
}
