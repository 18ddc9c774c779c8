import { inverseNormalCdf, normalCdf } from "@daily-kernel/special";

/**
 * How many independent values it takes, or what error they leave, at a given uncertainty, if their
 * standard deviation is 1 and their kurtosis at most `kurtosis`: by the Berry-Esseen inequality with
 * the constants of Hickernell, Jiang, Liu and Owen (2014), or by Chebyshev's where that is better.
 */
function uncertainty(n: number, error: number, kurtosis: number): number {
  const third = kurtosis ** 0.75; // Jensen: a bound on the third absolute moment
  const root = Math.sqrt(n);
  const gap =
    Math.min(0.3328 * (third + 0.429), (18.1139 * third) / (1 + (root * error) ** 3)) / root;
  return 2 * (normalCdf(-root * error) + gap);
}

/** Where a decreasing function falls to `level`, to the last bits; the end if it does not. */
function fallsTo(level: number, f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let step = 0; step < 200 && a < b; step++) {
    const middle = (a + b) / 2;
    if (middle === a || middle === b) break;
    if (f(middle) > level) a = middle;
    else b = middle;
  }
  return b;
}

/** The sample size for an error of `error` standard deviations with probability 1 - alpha. */
export function sampleSize(error: number, alpha: number, kurtosis: number): number {
  const chebyshev = Math.ceil(1 / (alpha * error * error));
  const logN = fallsTo(alpha, (x) => uncertainty(Math.exp(x), error, kurtosis), 0, 200);
  return Math.min(chebyshev, Math.ceil(Math.exp(logN)));
}

/** The error, in standard deviations, that n values have with probability 1 - alpha. */
export function errorOf(n: number, alpha: number, kurtosis: number): number {
  const chebyshev = 1 / Math.sqrt(n * alpha);
  const least = -inverseNormalCdf(alpha / 2) / Math.sqrt(n);
  const berryEsseen = fallsTo(alpha, (e) => uncertainty(n, e, kurtosis), least, 2 * chebyshev);
  return Math.min(chebyshev, berryEsseen);
}
