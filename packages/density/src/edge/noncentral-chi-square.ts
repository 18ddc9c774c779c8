import { checkType, domainError } from "@daily-kernel/compute";
import { lgamma } from "@daily-kernel/special";
import { checkNonNegative, checkPositive } from "../check.ts";
import { logAdd, logGammaP, logGammaQ } from "./log-gamma-tails.ts";

const LOG_HALF = -Math.LN2;

/** log(1 - e^x) for x well below 0. */
const logOneMinus = (x: number): number => Math.log1p(-Math.exp(x));

/** Throws unless x is a number >= 0; infinity is one. */
function checkDistance(fn: string, x: unknown): void {
  checkType(typeof x === "number", fn, "x", "a number", x);
  if (!((x as number) >= 0)) throw domainError(`${fn}: x must be >= 0, got ${x}`);
}

/**
 * The noncentral chi-square law of |x - y|^2 for y standard normal in d dimensions and |x|^2 the
 * noncentrality, as a Poisson mixture of gamma laws summed in logarithms: nothing underflows. A value
 * takes O(noncentrality + sqrt(noncentrality d)) steps.
 */
export class NoncentralChiSquare {
  readonly d: number;
  readonly noncentrality: number;

  /** d > 0 degrees of freedom, noncentrality >= 0. @throws RangeError `ERR_DOMAIN` */
  constructor(d: number, noncentrality: number) {
    checkPositive("NoncentralChiSquare", "d", d);
    checkNonNegative("NoncentralChiSquare", "noncentrality", noncentrality);
    [this.d, this.noncentrality] = [d, noncentrality];
  }

  /** log P(q <= x) for x >= 0; infinity too. */
  logCdf(x: number): number {
    checkDistance("NoncentralChiSquare.logCdf", x);
    if (x === Number.POSITIVE_INFINITY) return 0;
    if (x === 0) return Number.NEGATIVE_INFINITY;
    const direct = this.#logCdf(x);
    // near 1 the digits are in the other tail
    return direct < LOG_HALF ? direct : logOneMinus(this.#logSf(x));
  }

  /** log P(q > x) for x >= 0; infinity too. */
  logSf(x: number): number {
    checkDistance("NoncentralChiSquare.logSf", x);
    if (x === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY;
    if (x === 0) return 0;
    const direct = this.#logSf(x);
    return direct < LOG_HALF ? direct : logOneMinus(this.#logCdf(x));
  }

  #logSf(x: number): number {
    const [a, half, mu] = [this.d / 2, x / 2, this.noncentrality / 2];
    const last = this.#last(half);
    const [logHalf, logMu] = [Math.log(half), Math.log(mu)];
    // Q(a + 1, x) = Q(a, x) + x^a e^-x / Gamma(a + 1): upwards, all terms are positive
    let q = logGammaQ(a, half);
    let step = a * logHalf - half - lgamma(a + 1);
    let weight = -mu;
    let sum = weight + q;
    for (let j = 0; j < last; j++) {
      q = logAdd(q, step);
      step += logHalf - Math.log(a + j + 1);
      weight += logMu - Math.log(j + 1);
      sum = logAdd(sum, weight + q);
    }
    return sum;
  }

  /** log of the density at x > 0. */
  logPdf(x: number): number {
    checkPositive("NoncentralChiSquare.logPdf", "x", x);
    const [a, half, mu] = [this.d / 2, x / 2, this.noncentrality / 2];
    // terms mu^j half^(a+j-1) / (j! Gamma(a + j)) rise up to `peak`, then fall
    const peak = Math.max(0, Math.floor((Math.sqrt((a - 1) ** 2 + 4 * mu * half) - a + 1) / 2));
    let sum = 1;
    for (let j = peak, term = 1; term > 1e-17 * sum; j++) {
      term *= (mu * half) / ((j + 1) * (a + j));
      sum += term;
    }
    for (let j = peak, term = 1; j > 0 && term > 1e-17 * sum; j--) {
      term *= (j * (a + j - 1)) / (mu * half);
      sum += term;
    }
    const power = (a + peak - 1) * Math.log(half) + (peak === 0 ? 0 : peak * Math.log(mu));
    return power - mu - half - Math.LN2 - lgamma(peak + 1) - lgamma(a + peak) + Math.log(sum);
  }

  /**
   * The x with logCdf(x) = logP <= 0 (0 for -infinity, infinity for 0), by Newton's method on log x, in which the logarithm of the
   * distribution function is concave. Fine for any lower tail (0 where x
   * is below 1e-300); of no use within 1e-14 of p = 1.
   */
  quantileLog(logP: number): number {
    const fn = "NoncentralChiSquare.quantileLog";
    checkType(typeof logP === "number", fn, "logP", "a number", logP);
    if (!(logP <= 0)) throw domainError(`${fn}: logP must be <= 0, got ${logP}`);
    if (logP === 0) return Number.POSITIVE_INFINITY;
    if (logP === Number.NEGATIVE_INFINITY) return 0;
    let low = Math.log(this.d + this.noncentrality);
    while (low > -700 && this.#logCdf(Math.exp(low)) > logP) low -= 1;
    if (low <= -700) return 0;
    return this.near(logP, Math.exp(low));
  }

  /** `quantileLog` from a start at or below the solution. */
  near(logP: number, start: number): number {
    let u = Math.log(start);
    for (let step = 0; step < 200; step++) {
      const x = Math.exp(u);
      const logCdf = this.#logCdf(x);
      const move = (logP - logCdf) / Math.exp(this.logPdf(x) + u - logCdf);
      u += move;
      if (Math.abs(move) < 1e-15 * Math.max(1, Math.abs(u)) || (move < 0 && move > -1e-12)) break;
    }
    return Math.exp(u);
  }

  #last(half: number): number {
    const mu = this.noncentrality / 2;
    if (mu === 0) return 0;
    const a = this.d / 2;
    const peak = Math.max(mu, (Math.sqrt(a * a + 4 * mu * half) - a) / 2);
    return Math.ceil(peak + 10 * Math.sqrt(peak) + 40);
  }

  #logCdf(x: number): number {
    const [a, half, mu] = [this.d / 2, x / 2, this.noncentrality / 2];
    const last = this.#last(half);
    const [logHalf, logMu] = [Math.log(half), Math.log(mu)];
    // P(a, x) = P(a + 1, x) + x^a e^-x / Gamma(a + 1): downwards, all terms are positive
    let p = logGammaP(a + last, half);
    let step = (a + last) * logHalf - half - lgamma(a + last + 1);
    let weight = last === 0 ? -mu : last * logMu - mu - lgamma(last + 1);
    let logCdf = weight + p;
    for (let j = last - 1; j >= 0; j--) {
      step += Math.log(a + j + 1) - logHalf;
      p = logAdd(p, step);
      weight += Math.log(j + 1) - logMu;
      logCdf = logAdd(logCdf, weight + p);
    }
    return logCdf;
  }
}
