import { checkNumber, checkUnit } from "../check.ts";
import { polynomial } from "../polynomial.ts";
import { erfOverX } from "./coefficients.ts";
import { scaled, timesGaussian } from "./erf.ts";

/** Probability that a standard normal variable exceeds x >= 0. */
function tail(x: number): number {
  return x > 39 ? 0 : timesGaussian(0.5 * scaled(x * Math.SQRT1_2), 0.5, x);
}

/** Probability that a standard normal variable is at most x, accurate in the lower tail. O(1). */
export function normalCdf(x: number): number {
  checkNumber("normalCdf", "x", x);
  if (Math.abs(x) < 0.7) return 0.5 + 0.5 * x * Math.SQRT1_2 * polynomial(erfOverX, 0.5 * x * x);
  return x < 0 ? tail(-x) : 1 - tail(x);
}

/** log of `normalCdf`, finite as far as -x^2/2 is, and accurate in both tails. O(1). */
export function logNormalCdf(x: number): number {
  checkNumber("logNormalCdf", "x", x);
  if (x > -1 && x < 0.5) return Math.log(normalCdf(x));
  if (x > 0) return Math.log1p(-tail(x)) + 0; // not -0 at infinity
  if (x < -1e15) return -0.5 * x * x;
  return -0.5 * x * x + Math.log(0.5 * scaled(-x * Math.SQRT1_2));
}

// Rational approximations of Wichura, "The percentage points of the normal distribution",
// Applied Statistics 37 (1988), algorithm AS 241, routine PPND16.
const centreTop = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
];
const centreBottom = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852854,
];
const middleTop = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
];
const middleBottom = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
  0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
];
const farTop = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
  0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const farBottom = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
];

/**
 * Quantile of the standard normal distribution: the x with normalCdf(x) = p. -Infinity at 0 and
 * Infinity at 1. O(1), no iteration (AS 241). Throws `ERR_DOMAIN` unless 0 <= p <= 1.
 */
export function inverseNormalCdf(p: number): number {
  checkUnit("inverseNormalCdf", "p", p);
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(centreTop, r)) / polynomial(centreBottom, r);
  }
  const smaller = q < 0 ? p : 1 - p;
  if (smaller === 0) return q < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(smaller));
  const x =
    r <= 5
      ? polynomial(middleTop, r - 1.6) / polynomial(middleBottom, r - 1.6)
      : polynomial(farTop, r - 5) / polynomial(farBottom, r - 5);
  return q < 0 ? -x : x;
}
