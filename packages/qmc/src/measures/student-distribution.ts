import { inverseNormalCdf } from "@daily-kernel/special";

/**
 * log of Gamma(a + 1/2) / Gamma(a), a > 0: by Stirling's series in 1 / (a - 1/4)^2, whose coefficients
 * are Euler numbers, after raising a by the recurrence. lgamma's difference would cancel at large a.
 */
export function logGammaRatio(a: number): number {
  let shift = 0;
  let at = a;
  for (; at < 20; at++) shift += Math.log(at / (at + 0.5));
  const w = at - 0.25;
  const y = 1 / (16 * w * w);
  const series = y * (1 / 4 - y * (5 / 8 - y * (61 / 12 - y * (1385 / 16 - y * (50521 / 20)))));
  return shift + 0.5 * Math.log(w) + series;
}

/** log of the density of Student's t with `nu` degrees of freedom at t. */
export function logStudentPdf(t: number, nu: number): number {
  const constant = logGammaRatio(nu / 2) - 0.5 * Math.log(nu * Math.PI);
  return constant - 0.5 * (nu + 1) * log1pSquare(Math.abs(t) / Math.sqrt(nu));
}

/**
 * Continued fraction of the incomplete beta function I_x(a, b), y = 1 - x, without its factor
 * x^a y^b / B(a, b), by modified Lentz (DiDonato and Morris 1992, equation 9); for x up to a little
 * beyond a / (a + b).
 */
function fraction(a: number, b: number, x: number, y: number): number {
  const lead = a * y - b * x + 1;
  let value = (a / (a + 1)) * lead;
  let c = value;
  let d = 0;
  for (let n = 1; n < 1000; n++) {
    const at = a + 2 * n - 1;
    const bend = (n * (b - n) * x) / at;
    const partial = n + bend + ((a + n) / (at + 2)) * (lead + n * (1 + y));
    const numerator = ((a + n - 1) / at) * (a + b + n - 1) * x * bend;
    d = 1 / (partial + numerator * d);
    c = partial + numerator / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 2e-16) break;
  }
  return 1 / value;
}

/** log(1 + r^2), for any r >= 0. */
const log1pSquare = (r: number): number => (r > 1e8 ? 2 * Math.log(r) : Math.log1p(r * r));

/**
 * Logarithms of P(T > t) and of P(0 < T < t), t > 0. With x = nu / (nu + t^2) they are
 * I_x(nu/2, 1/2) / 2 and I_(1-x)(1/2, nu/2) / 2; the one whose fraction converges comes from it, the
 * other is what is left.
 */
function logTails(t: number, nu: number): { upper: number; centre: number } {
  const a = nu / 2;
  const r = t / Math.sqrt(nu);
  const x = 1 / (1 + r * r);
  const y = r > 1e8 ? 1 : (r * r) / (1 + r * r);
  // log of x^a y^(1/2) / B(a, 1/2) / 2
  const logBeta = 0.5 * Math.log(Math.PI) - logGammaRatio(a);
  const factor = -a * log1pSquare(r) + 0.5 * Math.log(y) - logBeta - Math.LN2;
  if (x * (a + 2.5) < a + 1) {
    const upper = Math.log(fraction(a, 0.5, x, y)) + factor;
    return { upper, centre: Math.log(0.5 - Math.exp(upper)) };
  }
  const centre = Math.log(fraction(0.5, a, y, x)) + factor;
  return { upper: Math.log(0.5 - Math.exp(centre)), centre };
}

/** P(T <= t) of Student's t with `nu` > 0 degrees of freedom, accurate in the lower tail. */
export function studentCdf(t: number, nu: number): number {
  if (t === 0) return 0.5;
  const { upper, centre } = logTails(Math.abs(t), nu);
  return t < 0 ? Math.exp(upper) : 0.5 + Math.exp(centre);
}

/**
 * The t with P(T <= t) = p, 0 < p < 1; infinite at 0 and 1. Newton on the logarithm of the smaller of
 * tail and centre against log t, in both of which it is concave.
 */
export function studentQuantile(p: number, nu: number): number {
  if (p > 0.5) return -studentQuantile(1 - p, nu);
  if (p === 0.5) return 0;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (nu === 1) return p < 0.25 ? -1 / Math.tan(Math.PI * p) : -Math.tan(Math.PI * (0.5 - p));
  if (nu === 2) return -(1 - 2 * p) / Math.sqrt(2 * p * (1 - p));
  const inTail = p < 0.25;
  const target = Math.log(inTail ? p : 0.5 - p);
  let s = Math.log(start(p, nu));
  for (let step = 0; step < 60; step++) {
    const t = Math.exp(s);
    const { upper, centre } = logTails(t, nu);
    const value = inTail ? upper : centre;
    const slope = Math.exp(logStudentPdf(t, nu) + s - value);
    const move = ((value - target) / slope) * (inTail ? 1 : -1);
    s += Math.max(-3, Math.min(3, move));
    if (Math.abs(move) < 1e-9) return -Math.exp(s); // Newton squares the error
  }
  return -Math.exp(s);
}

/** A first guess of |t| for p < 1/2: Cornish and Fisher's expansion, or the power law of the tail. */
function start(p: number, nu: number): number {
  const z = -inverseNormalCdf(p);
  const z2 = z * z;
  if (nu > 2 && z2 < nu) {
    const first = (z * (z2 + 1)) / 4;
    const second = (z * (3 + z2 * (16 + 5 * z2))) / 96;
    return z + first / nu + second / (nu * nu);
  }
  if (p > 0.25) return Math.tan(Math.PI * (0.5 - p));
  // P(T > t) ~ t^(-nu) nu^(nu/2) / (nu B(nu/2, 1/2))
  const constant = logGammaRatio(nu / 2) - 0.5 * Math.log(Math.PI) - Math.log(nu * p);
  return Math.sqrt(nu) * Math.exp(Math.min(700, constant / nu));
}
