import { gamma1p, lgamma, lgamma1p, stirling } from "../gamma/lgamma.ts";
import { deviance } from "./deviance.ts";
import { twoProduct, twoQuotient, twoSum } from "./exact.ts";

/** Below it the errors of products are representable. */
const SAFE = 1e290;
/** Below it the n-th power hardly moves with a rounding of its base. */
const POWERS = 1e15;
/** Beyond this an exponential has underflown. */
const NATS = 760;

/**
 * x^a y^b / (a B(a, b)), y = 1 - x: what both tails of the incomplete beta function share. Of x and
 * y the smaller counts as exact. Divided by a so that it stays finite for a near zero; with roots of
 * powers, which may be subnormal where the product is not.
 */
export function betaFactor(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  if (a >= 10 && b >= 10) {
    const shift = beyondMean(a, b, x, y);
    const fall = a * devianceOf(x, shift / a, n / a) + b * devianceOf(y, -shift / b, n / b);
    const scale = Math.exp(stirling(n) - stirling(a) - stirling(b));
    const farDown = fall > 2 && fall < NATS && Math.min(a, b) <= 5000 && n < POWERS;
    const exponential = farDown ? expMinusFall(a, b, x, y) : Math.exp(-fall);
    return Math.sqrt(b / (2 * Math.PI) / n / a) * scale * exponential;
  }
  if (b >= 10) return oneLarge(a, b, x, y);
  if (a >= 10) return oneLarge(b, a, y, x) * (b / a);
  const gammas = a < 0.5 && b < 0.5 ? smallGammas(a, b) : gamma1p(n) / gamma1p(a) / gamma1p(b);
  const root = power(x, y, a / 2) * power(y, x, b / 2);
  return root * ((b / n) * gammas) * root;
}

const smallGammas = (a: number, b: number): number =>
  Math.exp((a + b < 0.5 ? lgamma1p(a + b) : lgamma(a + b + 1)) - lgamma1p(a) - lgamma1p(b));

/** b x - a y = (a+b) (x - mean), without the cancellation near the mean. */
export function beyondMean(a: number, b: number, x: number, y: number): number {
  if (!(a + b < SAFE)) return b * x - a * y;
  const n = twoSum(a, b);
  const [product, error] = twoProduct(n, [Math.min(x, y), 0]);
  return x < y ? product - a + error : b - product - error;
}

/** (x n/a)^a (y n/b)^b by powers, where the exponential of the logarithm would lose digits. */
function expMinusFall(a: number, b: number, x: number, y: number): number {
  const n = twoSum(a, b);
  const missing = 1 - Math.max(x, y) - Math.min(x, y);
  // the eighth root, whose factors neither overflow nor underflow
  const root = (z: number, c: number) => {
    const exact = twoProduct([z, z < 0.5 ? 0 : missing], n);
    const [ratio, error] = twoQuotient(exact, [c, 0]);
    return ratio ** (c / 8) * Math.exp((c / 8) * (error / ratio));
  };
  return ((root(x, a) * root(y, b)) ** 2) ** 4;
}

/** u - log(1+u), where 1+u = x ratio is also known as a product. */
function devianceOf(x: number, u: number, ratio: number): number {
  return u < -0.4 ? u - Math.log(x * ratio) : deviance(u);
}

/**
 * x^a. Near 1, where x may be the rounded one, through log1p(-y); far down through the power, since
 * the exponential of a large number loses digits.
 */
function power(x: number, y: number, a: number): number {
  if (x < 0.5) return x ** a;
  const log = a * Math.log1p(-y);
  if (log > -20) return Math.exp(log);
  if (log < -2 * NATS) return 0;
  const missing = 1 - x - y; // 1 - x is exact
  return x ** a * Math.exp((a * missing) / x);
}

/** `betaFactor` for a < 10 <= b: the quotient Gamma(a+b)/Gamma(b) by differences of Stirling's formula. */
function oneLarge(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const root = power(y, x, b / 2);
  if (root === 0) return 0; // (x n)^a might be infinite
  const quotient = (b - 0.5) * Math.log1p(a / b) - a + stirling(n) - stirling(b);
  return ((root * (x * n) ** a * Math.exp(quotient)) / gamma1p(a)) * root;
}
