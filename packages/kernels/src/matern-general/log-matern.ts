import { lgamma, logBesselK } from "@daily-kernel/special";

/** From this order on the logarithms of Gamma and K would cancel more digits than the series lacks. */
export const LARGE_ORDER = 1000;

/** log(2^(1 - v) / Gamma(v) x^v K_v(x)), which is 0 at x = 0, for v > 0 and x >= 0. */
export function logMatern(v: number, x: number): number {
  if (x === 0) return 0;
  if (v >= LARGE_ORDER) return atLargeOrder(v, x);
  return Math.min(0, logMaternFactor(v) + v * Math.log(x) + logBesselK(v, x));
}

/** log(2^(1 - v) / Gamma(v)) */
export const logMaternFactor = (v: number): number => (1 - v) * Math.LN2 - lgamma(v);

/**
 * Debye's expansion of log K_v(v t) less Stirling's of log Gamma(v), whose large terms have been
 * subtracted by hand (DLMF 10.41.4 and 5.11.1), in s = sqrt(1 + t^2); error below 1 / v^5.
 */
function atLargeOrder(v: number, x: number): number {
  const t = x / v;
  const s = Math.sqrt(1 + t * t);
  const above = (t * t) / (1 + s); // s - 1
  let tail = 0;
  for (let k = TAIL.length - 1; k >= 0; k--) {
    tail = (debye(k, 1 / s) - debye(k, 1) + tail) / v;
  }
  return v * (Math.log1p(above / 2) - above) - Math.log(s) / 2 + tail;
}

/** p^(k + 1) times a polynomial in p^2. */
function debye(k: number, p: number): number {
  return p ** (k + 1) * TAIL[k]!.reduceRight((sum, c) => sum * p * p + c, 0);
}

/** The log of 1 + sum_k (-1)^k U_k(p) / v^k, term by term. */
const TAIL = [
  [-1 / 8, 5 / 24],
  [1 / 16, -3 / 8, 5 / 16],
  [-25 / 384, 531 / 640, -221 / 128, 1105 / 1152],
  [13 / 128, -71 / 32, 531 / 64, -339 / 32, 565 / 128],
];
