import { logHalf } from "./series.ts";
import { TEMME_TERMS, temmeGammas } from "./temme.ts";

/** d/ds (sinh(s) / s) = sum 2m s^(2m-1) / (2m+1)!; the closed form cancels for small s. */
function sinhcSlope(s: number): number {
  if (Math.abs(s) > 1) return (Math.cosh(s) - Math.sinh(s) / s) / s;
  let h = 1;
  for (let m = 9; m >= 1; m--) h = 1 + (s * s * h) / (2 * m * (2 * m + 3));
  return (s / 3) * h;
}

/**
 * d/dv log K_v(x) for v < 16, 0 < x <= 1: Temme's series and the forward recurrence, each step
 * differentiated with respect to the order (dual numbers written out; compare temme.ts).
 */
export function logBesselKSmallSlope(v: number, x: number): number {
  const n = Math.round(v);
  const mu = v - n;
  const { g1, g2, dg1, dg2 } = temmeGammas(mu);
  const plus = g2 - mu * g1;
  const minus = g2 + mu * g1;
  const dPlus = (dg2 - g1 - mu * dg1) / plus;
  const dMinus = (dg2 + g1 + mu * dg1) / minus;
  const log = -logHalf(x);
  const sigma = mu * log;
  const up = Math.exp(sigma);
  const cosh = Math.cosh(sigma);
  const half = sigma === 0 ? 1 : Math.sinh(sigma) / sigma;
  const a = cosh * g1 + half * log * g2;
  const slopeA =
    log * Math.sinh(sigma) * g1 + cosh * dg1 + log * (log * sinhcSlope(sigma) * g2 + half * dg2);
  let f = a / (plus * minus);
  let df = slopeA / (plus * minus) - f * (dPlus + dMinus);
  let p = (0.5 * up) / plus;
  let dp = p * (log - dPlus);
  let q = 0.5 / (up * minus);
  let dq = q * (-log - dMinus);
  const step = 0.25 * x * x;
  let c = 1;
  let low = f;
  let dLow = df;
  let high = p;
  let dHigh = dp;
  for (let k = 1; k <= TEMME_TERMS; k++) {
    const square = k * k - mu * mu;
    f = (k * f + p + q) / square;
    df = (k * df + dp + dq + 2 * mu * f) / square;
    p /= k - mu;
    dp = (dp + p) / (k - mu);
    q /= k + mu;
    dq = (dq - q) / (k + mu);
    c *= step / k;
    low += c * f;
    dLow += c * df;
    high += c * (p - k * f);
    dHigh += c * (dp - k * df);
  }
  let slope = dLow / low;
  let rho = (2 * high) / low;
  let dRho = rho * (dHigh / high - slope);
  for (let j = 0; j < n; j++) {
    slope += dRho / rho;
    const next = 2 * (mu + j + 1) + (x * x) / rho;
    dRho = 2 - ((x * x) / rho) * (dRho / rho);
    rho = next;
  }
  return slope;
}
