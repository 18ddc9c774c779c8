import { DEBYE_LOG } from "./tables.ts";

/** Derivatives of the sum of the Debye expansion, S = sum sign^k P_k(t^2) / R^k. */
export interface DebyeSlopes {
  /** -R^2/x dS/dx = sum sign^k R^-k (k P_k + 2 t^2 P_k') */
  readonly x: number;
  /** R^2/v dS/dv = sum sign^k R^-k (-k P_k + 2 (1 - t^2) P_k') */
  readonly v: number;
  /** The same step as in x, taken twice: sum sign^k R^-k (k^2 P_k + 4 (k+1) t^2 P_k' + 4 t^4 P_k'') */
  readonly xx: number;
}

/**
 * With dR/dx = x/R, d(t^2)/dx = -2 t^2 x/R^2, dR/dv = v/R, d(t^2)/dv = 2 v (1 - t^2)/R^2.
 * `x2` is x^2 / R^2 = 1 - t^2 without cancellation.
 */
export function debyeSlopes(
  r: number,
  t: number,
  x2: number,
  terms: number,
  sign: number,
): DebyeSlopes {
  const t2 = t * t;
  const y = sign / r;
  let sx = 0;
  let sv = 0;
  let sxx = 0;
  let at = ((terms - 1) * (terms + 2)) / 2;
  for (let k = terms; k >= 1; k--) {
    let p = DEBYE_LOG[at]!;
    let dp = 0;
    let ddp = 0; // half of P''
    for (let i = 1; i <= k; i++) {
      ddp = ddp * t2 + dp;
      dp = dp * t2 + p;
      p = p * t2 + DEBYE_LOG[at + i]!;
    }
    sx = (sx + k * p + 2 * t2 * dp) * y;
    sv = (sv - k * p + 2 * x2 * dp) * y;
    sxx = (sxx + k * k * p + 4 * (k + 1) * t2 * dp + 8 * t2 * t2 * ddp) * y;
    at -= k;
  }
  return { x: sx, v: sv, xx: sxx };
}
