import { gamma1p, stirling } from "../gamma/lgamma.ts";
import { deviance } from "./deviance.ts";
import { productError, twoProduct, twoQuotient, twoSum } from "./exact.ts";

/** Beyond this the exponential has underflown. */
const NATS = 760;

/**
 * x^a e^-x / Gamma(a+1), the factor that all expansions share. Where it is tiny it is the
 * exponential of a large number, whose rounding would cost digits: so powers for small a, and for
 * large a `expMinusDeviance`.
 */
export function gammaFactor(a: number, x: number): number {
  if (a < 10) {
    if (x > 2 * NATS) return 0;
    const half = Math.exp(-x / 2); // twice, since x^a may yet lift it
    return ((x ** a * half) / gamma1p(a)) * half;
  }
  return expMinusDeviance(a, x) * (Math.exp(-stirling(a)) / Math.sqrt(2 * Math.PI * a));
}

/** exp(-a (mu - log(1 + mu))), mu = (x - a)/a, to full relative accuracy, for a >= 10. */
export function expMinusDeviance(a: number, x: number): number {
  const mu = (x - a) / a;
  const near = Math.abs(mu) < 0.4;
  const estimate = a * (near ? deviance(mu) : mu - Math.log(x / a));
  if (!(estimate < NATS)) return 0;
  return near ? nearMean(a, x) : (farFromMean(a, x) ** 2) ** 4;
}

/**
 * With s = (x-a)/(x+a), log(x/a) = 2 atanh(s), so that the exponent a log(x/a) + a - x is
 * -(x-a) s + 2 a s (s^2/3 + s^4/5 + ...). The two leading terms carry their rounding errors.
 */
function nearMean(a: number, x: number): number {
  const step = twoSum(x, -a);
  if (step[0] === 0) return 1;
  const sum = twoSum(x, a);
  const s = twoQuotient(step, sum);
  const w = s[0] * s[0];
  let series = 0;
  for (let k = 29; k >= 5; k -= 2) series = series * w + 1 / k;
  const lead = twoProduct(step, s);
  const third = twoQuotient(twoProduct(twoProduct(s, s), twoProduct(s, [2 * a, 0])), [3, 0]);
  const [head, error] = twoSum(-lead[0], third[0]);
  const rest = error - lead[1] + third[1] + 2 * a * s[0] * w * w * series;
  return Math.exp(head) * Math.exp(rest);
}

/** The eighth root of (x/a)^a e^(a-x), whose own factors might over- and underflow. */
function farFromMean(a: number, x: number): number {
  const ratio = x / a;
  const product = ratio * a;
  const missing = x - product - productError(ratio, a, product);
  const [step, error] = twoSum(a, -x);
  return ratio ** (a / 8) * Math.exp(step / 8) * (1 + ((missing / x) * a + error) / 8);
}
