import { logHalf } from "./series.ts";
import { RECIPROCAL_GAMMA } from "./tables.ts";

export interface TemmeStart {
  /** K_mu(x) */
  readonly k: number;
  /** x K_{mu+1}(x) / K_mu(x) */
  readonly rho: number;
}

/** Gamma_1 and Gamma_2 of Temme: odd and even part of 1 / Gamma(1 - mu), with d/dmu of each. */
export function temmeGammas(mu: number): { g1: number; g2: number; dg1: number; dg2: number } {
  const m2 = mu * mu;
  let g1 = 0;
  let g2 = 0;
  let dg1 = 0;
  let dg2 = 0;
  for (let k = RECIPROCAL_GAMMA.length - 1; k >= 0; k--) {
    const c = RECIPROCAL_GAMMA[k]!;
    if (k % 2 === 0) {
      dg2 = dg2 * m2 + 2 * g2 * mu;
      g2 = g2 * m2 + c;
    } else {
      dg1 = dg1 * m2 + 2 * g1 * mu;
      g1 = g1 * m2 - c;
    }
  }
  return { g1, g2, dg1, dg2 };
}

/** Below it Temme's series is used, above it the trapezoid rule: K_0 cancels for larger x. */
export const TEMME_LIMIT = 1;
/** Terms of the series that this needs. */
export const TEMME_TERMS = 10;

/** Temme's series for |mu| <= 1/2 and 0 < x <= 1 (Temme 1975, J. Comput. Phys. 19, 324-337). */
export function temme(mu: number, x: number): TemmeStart {
  const { g1, g2 } = temmeGammas(mu);
  const plus = g2 - mu * g1; // 1 / Gamma(1 + mu)
  const minus = g2 + mu * g1; // 1 / Gamma(1 - mu)
  const log = -logHalf(x);
  const sigma = mu * log;
  const up = Math.exp(sigma);
  const half = sigma === 0 ? 1 : Math.sinh(sigma) / sigma;
  let f = (Math.cosh(sigma) * g1 + half * log * g2) / (plus * minus);
  let p = (0.5 * up) / plus;
  let q = 0.5 / (up * minus);
  const step = 0.25 * x * x;
  let c = 1;
  let low = f;
  let high = p;
  for (let k = 1; k <= TEMME_TERMS; k++) {
    f = (k * f + p + q) / (k * k - mu * mu);
    p /= k - mu;
    q /= k + mu;
    c *= step / k;
    low += c * f;
    high += c * (p - k * f);
  }
  return { k: low, rho: (2 * high) / low };
}

/**
 * log K_v(x) for v < 16, 0 < x <= 1: Temme's series at the nearest fraction, then the forward
 * recurrence, stable for K, on rho = x K_{v+1} / K_v, which neither over- nor underflows.
 */
export function logBesselKSmall(v: number, x: number): number {
  const n = Math.round(v);
  const mu = v - n;
  let { k, rho } = temme(mu, x);
  const x2 = x * x;
  for (let j = 0; j < n; j++) {
    k *= rho;
    rho = 2 * (mu + j + 1) + x2 / rho;
  }
  return Math.log(k) - n * Math.log(x);
}
