import {
  DEBYE_LIMITS,
  DEBYE_LOG,
  DEBYE_TERMS,
  ETA_ZERO,
  ETA_ZERO_LOW,
  ETA_ZERO_R,
  STRETCH,
} from "./tables.ts";

/**
 * The uniform (Debye) expansion in one form for every order, v = 0 included. With
 * R = sqrt(v^2 + x^2) and t = v / R, u_k(t) / v^k = t^k q_k(t^2) / v^k = q_k(t^2) / R^k, so that
 * nothing divides by v; and the logarithm of the sum has the same shape (tables.ts, DEBYE_LOG):
 *
 *   log I = R - v asinh(v / x) - log(2 pi R) / 2 + sum P_k(t^2) / R^k
 *   log K = v asinh(v / x) - R + log(pi / (2 R)) / 2 + sum (-1)^k P_k(t^2) / R^k
 *
 * Abramowitz and Stegun 9.7.7-9.7.8; DLMF 10.41.
 */
export const HALF_LOG_2PI = 0.9189385332046728;
export const HALF_LOG_HALF_PI = 0.22579135264472744;

const HUGE = 1e150;
const DOWN = 2 ** -600;
const UP = 2 ** 600;
/** x / v below which R is v, and x / (v + R) might underflow. */
const FLAT = 1e-100;
const SPLIT = 134217729;

/** x^2 + STRETCH v^2: below DEBYE_LIMITS[6] the expansion is not accurate enough. */
export const debyeSize = (v: number, x: number): number => x * x + STRETCH * v * v;

/** True where the expansion with its 20 terms is exact to rounding. */
export const inDebyeRegion = (v: number, x: number): boolean =>
  debyeSize(v, x) >= DEBYE_LIMITS[DEBYE_LIMITS.length - 1]!;

/** Number of terms that the size asks for. */
export function debyeTerms(size: number): number {
  let tier = 0;
  while (size < DEBYE_LIMITS[tier]!) tier++;
  return DEBYE_TERMS[tier]!;
}

/** From here on v + R may overflow; all but the logarithms then depend on v / x alone. */
const FAR = 1e300;
export const isFar = (v: number, x: number): boolean => v > FAR || x > FAR;

/** sqrt(v^2 + x^2) without overflow; the largest double where it lies beyond. */
export function radius(v: number, x: number): number {
  if (v <= HUGE && x <= HUGE) return Math.sqrt(v * v + x * x);
  return Math.min(UP * Math.sqrt((v * DOWN) ** 2 + (x * DOWN) ** 2), Number.MAX_VALUE);
}

/** asinh(v / x) = log((v + R) / x), exact for small and for overflowing v / x. */
export function asinhRatio(v: number, x: number, r: number): number {
  const w = isFar(v, x) ? farAsinhArgument(v / 4, x / 4) : (v + v * (v / (r + x))) / x;
  return w < 1e300 ? Math.log1p(w) : Math.log(v) + Math.LN2 - Math.log(x);
}

/** The same quantity, (v + R - x) / x, of a quarter of each. */
function farAsinhArgument(v: number, x: number): number {
  return (v + v * (v / (radius(v, x) + x))) / x;
}

/** x - zero * v with the error of the product taken back (Dekker). */
function awayFromZero(v: number, x: number): number {
  const s = SPLIT * v;
  const high = s - (s - v);
  const low = v - high;
  const z = SPLIT * ETA_ZERO;
  const zHigh = z - (z - ETA_ZERO);
  const zLow = ETA_ZERO - zHigh;
  const p = ETA_ZERO * v;
  const error = zHigh * high - p + zHigh * low + zLow * high + zLow * low;
  return x - p - (error + ETA_ZERO_LOW * v);
}

/**
 * v eta = R - v asinh(v / x). The two parts cancel where x is near 0.6627 v, and both are large
 * there; measured from that zero, R - r0 v and log(...) are small together and keep every digit.
 */
export function vEta(v: number, x: number, r: number): number {
  if (x < FLAT * v) return v * (1 + Math.log(x) - Math.log(v) - Math.LN2);
  if (v > HUGE || x > HUGE) {
    return UP * vEta(v * DOWN, x * DOWN, radius(v * DOWN, x * DOWN));
  }
  const d = awayFromZero(v, x);
  const rise = d * ((x + ETA_ZERO * v) / (r + ETA_ZERO_R * v));
  const inverse = 1 / (ETA_ZERO * (v + r));
  const u = x * (1 + ETA_ZERO_R) * inverse;
  let log = Math.log(u);
  if (x > 0.25 * v) {
    const w = ((1 + ETA_ZERO_R) * d - ETA_ZERO * rise) * inverse;
    log += (w - (u - 1)) / u;
  }
  return rise + v * log;
}

/** v eta - x, by forms that keep its digits when x is large: v (v / (R + x) - asinh(v / x)). */
export const vEtaMinusX = (v: number, x: number, r: number): number =>
  v * ((isFar(v, x) ? farSlope(v / 4, x / 4) : v / (r + x)) - asinhRatio(v, x, r));

const farSlope = (v: number, x: number): number => v / (radius(v, x) + x);

/** sum over k = 1..terms of sign^k P_k(t^2) / R^k, sign = 1 for I and -1 for K. */
export function debyeSum(r: number, t: number, terms: number, sign: number): number {
  const t2 = t * t;
  const y = sign / r;
  let sum = 0;
  let at = ((terms - 1) * (terms + 2)) / 2;
  for (let k = terms; k >= 1; k--) {
    let p = DEBYE_LOG[at]!;
    for (let i = 1; i <= k; i++) p = p * t2 + DEBYE_LOG[at + i]!;
    sum = (sum + p) * y;
    at -= k;
  }
  return sum;
}
