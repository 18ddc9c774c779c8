import { numericError } from "@daily-kernel/compute";
import { scaled } from "../error/erf.ts";
import { lgamma, lgamma1p } from "../gamma/lgamma.ts";
import { polynomial } from "../polynomial.ts";
import { deviance } from "./deviance.ts";
import { expMinusDeviance, gammaFactor } from "./gamma-factor.ts";
import { temmeSeries } from "./temme-coefficients.ts";

/** Both tails; the smaller one carries full relative accuracy. */
export interface Tails {
  readonly p: number;
  readonly q: number;
}

const lower = (p: number): Tails => ({ p, q: 1 - p });
const upper = (q: number): Tails => ({ p: 1 - q, q });

/** Regularised incomplete gamma functions P and Q at a > 0, x >= 0. */
export function gammaTails(a: number, x: number): Tails {
  if (x === 0) return lower(0);
  if (x === Infinity) return upper(0);
  const mu = (x - a) / a;
  if (a >= 20 && Math.abs(mu) < 0.4) return uniform(a, x, mu);
  if (x < 1.1 && a < (x < 0.5 ? -0.4 / Math.log(x) : 0.75 * x)) return upper(smallOrder(a, x));
  return x < Math.max(a, 1.1) ? lower(series(a, x)) : upper(fraction(a, x));
}

/** Temme's uniform expansion (DLMF 8.12.3, 8.12.4, 8.12.7), both parts on one exponential scale. */
function uniform(a: number, x: number, mu: number): Tails {
  const half = deviance(mu);
  const eta = Math.sign(mu) * Math.sqrt(2 * half);
  let rest = 0;
  for (let k = temmeSeries.length - 1; k >= 0; k--) {
    rest = rest / a + polynomial(temmeSeries[k]!, eta);
  }
  rest /= Math.sqrt(2 * Math.PI * a);
  const tail = 0.5 * scaled(Math.sqrt(a * half));
  const scale = expMinusDeviance(a, x);
  return mu < 0 ? lower(scale * (tail - rest)) : upper(scale * (tail + rest));
}

/** P by DLMF 8.11.4, all terms positive. */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return gammaFactor(a, x) * sum;
}

/** Q for small a and x, where 1 - P would cancel. */
function smallOrder(a: number, x: number): number {
  const logPower = a * Math.log(x) - (a < 0.5 ? lgamma1p(a) : lgamma(a + 1));
  let term = 1;
  let sum = 0;
  for (let n = 1; Math.abs(term) > 1e-18; n++) {
    term *= -x / n;
    sum -= term / (a + n);
  }
  return -Math.expm1(logPower) + Math.exp(logPower) * a * sum;
}

/** Q by the continued fraction DLMF 8.9.2, evaluated forwards (modified Lentz). */
function fraction(a: number, x: number): number {
  const factor = gammaFactor(a, x);
  if (factor === 0) return 0;
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 10_000; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 2e-16) return factor * a * value;
  }
  throw numericError(`gammaQ: the continued fraction did not settle at a = ${a}, x = ${x}`);
}
