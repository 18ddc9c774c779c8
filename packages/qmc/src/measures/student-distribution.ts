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

/** Student's t distribution with `nu` > 0 degrees of freedom. */
export class StudentDistribution {
  readonly nu: number;
  readonly #rootNu: number;
  /** log B(nu/2, 1/2). */
  readonly #logBeta: number;

  constructor(nu: number) {
    this.nu = nu;
    this.#rootNu = Math.sqrt(nu);
    this.#logBeta = 0.5 * Math.log(Math.PI) - logGammaRatio(nu / 2);
  }

  /** log of the density. */
  logPdf(t: number): number {
    const { nu } = this;
    const power = 0.5 * (nu + 1) * log1pSquare(Math.abs(t) / this.#rootNu);
    return -this.#logBeta - 0.5 * Math.log(nu) - power;
  }

  /** P(T <= t), accurate in the lower tail. */
  cdf(t: number): number {
    if (t === 0) return 0.5;
    const { upper, centre } = this.#parts(Math.abs(t));
    return t < 0 ? upper : 0.5 + centre;
  }

  /**
   * The t with P(T <= t) = p; infinite at 0 and 1. Newton on the logarithm of the smaller of tail and
   * centre against log t, in both of which it is concave.
   */
  quantile(p: number): number {
    const { nu } = this;
    if (p > 0.5) return -this.quantile(1 - p);
    if (p === 0.5) return 0;
    if (p === 0) return Number.NEGATIVE_INFINITY;
    if (nu === 1) return p < 0.25 ? -1 / Math.tan(Math.PI * p) : -Math.tan(Math.PI * (0.5 - p));
    if (nu === 2) return -(1 - 2 * p) / Math.sqrt(2 * p * (1 - p));
    const inTail = p < 0.25;
    const target = inTail ? p : 0.5 - p;
    let t = this.#start(p);
    for (let step = 0; step < 100; step++) {
      const { upper, centre } = this.#parts(t);
      const value = inTail ? upper : centre;
      if (value === 0) {
        t /= 2; // the first guess was so far out that the tail underflows
        continue;
      }
      const slope = Math.exp(this.logPdf(t) + Math.log(t) - Math.log(value));
      const move = Math.log(value / target) / slope;
      t *= Math.exp(Math.max(-3, Math.min(3, inTail ? move : -move)));
      // Newton squares the error; t may overflow for few degrees of freedom
      if (Math.abs(move) < 1e-8 || t === Number.POSITIVE_INFINITY) break;
    }
    return -t;
  }

  /**
   * P(T > t) and P(0 < T < t), t > 0. With x = nu / (nu + t^2) they are I_x(nu/2, 1/2) / 2 and
   * I_(1-x)(1/2, nu/2) / 2; the one whose fraction converges comes from it, the other is what is left.
   */
  #parts(t: number): { upper: number; centre: number } {
    const a = this.nu / 2;
    const r = t / this.#rootNu;
    const x = 1 / (1 + r * r);
    const y = r > 1e8 ? 1 : (r * r) / (1 + r * r);
    // x^a y^(1/2) / B(a, 1/2) / 2
    const factor = 0.5 * Math.sqrt(y) * Math.exp(-a * log1pSquare(r) - this.#logBeta);
    if (x * (a + 2.5) < a + 1) {
      const upper = fraction(a, 0.5, x, y) * factor;
      return { upper, centre: 0.5 - upper };
    }
    const centre = fraction(0.5, a, y, x) * factor;
    return { upper: 0.5 - centre, centre };
  }

  /** A first guess of |t| for p < 1/2: Cornish and Fisher's expansion, or the power law of the tail. */
  #start(p: number): number {
    const { nu } = this;
    const z = -inverseNormalCdf(p);
    const z2 = z * z;
    if (nu > 2 && z2 < nu) {
      const first = (z * (z2 + 1)) / 4;
      const second = (z * (3 + z2 * (16 + 5 * z2))) / 96;
      const third = (z * (-15 + z2 * (17 + z2 * (19 + 3 * z2)))) / 384;
      return z + (first + (second + third / nu) / nu) / nu;
    }
    if (p > 0.25) return Math.tan(Math.PI * (0.5 - p));
    // P(T > t) ~ t^(-nu) nu^(nu/2) / (nu B(nu/2, 1/2))
    const power = (-this.#logBeta - Math.log(nu * p)) / nu;
    return this.#rootNu * Math.exp(Math.min(700, power));
  }
}
