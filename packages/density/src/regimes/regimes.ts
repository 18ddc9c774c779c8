import { checkObject, domainError, shapeError } from "@daily-kernel/compute";
import { checkCount, checkedNumbers, checkPositive } from "../check.ts";

export interface RegimeOptions {
  /** How many points, > 1; up to 1e300. */
  n: number;
  /** Dimension. */
  d: number;
  /** Eigenvalues of the covariance, d of them, >= 0; zeros are dropped and d is then the rank. */
  spectrum?: ArrayLike<number>;
  /** The one eigenvalue of isotropic data, instead of a spectrum; 1 by default. */
  sigma2?: number;
  /** The query's d coordinates along the eigenvectors, about the mean; a typical one by default. */
  query?: ArrayLike<number>;
}

/** "normal": errors are normal; "stable": heavy-tailed with a mean; "condensed": few points decide. */
export type Regime = "normal" | "stable" | "condensed";

export interface KdeRegimes {
  /** log(n) / d, with d the rank. */
  readonly alpha: number;
  /** Rank: the dimension without eigenvalues of zero. */
  readonly d: number;
  /** Below it a few points decide the estimate. */
  readonly hG: number;
  /** Below it fluctuations are not normal: sqrt(2) h_G. */
  readonly hClt: number;
  /** The bandwidth of least Kullback-Leibler divergence, below h_G. */
  readonly hKl: number;
  /** Half the squared distance per dimension of the nearest points. */
  readonly edgeEnergy: number;
  /** (h / h_G)^2, the tail index of the estimate over data sets. */
  stableIndex(h: number): number;
  regime(h: number): Regime;
  /** The limit of the mean sum of squared weights, max(0, 1 - (h / h_G)^2). */
  participation(h: number): number;
  /** The limit of the mean log of the estimate, per dimension. */
  exponent(h: number): number;
}

/**
 * The regimes of a Gaussian kernel density estimate of n Gaussian points in d dimensions, in the
 * limit of large n and d at fixed log(n) / d: the random-energy picture of Biroli and Mezard (arXiv
 * 2408.05807). With zeta(lambda) the log of the mean of exp(-lambda |x - y|^2 / 2) per dimension, h_G^-2 is the
 * root of lambda zeta' - zeta = alpha, found by bisection in log lambda. O(d) a step.
 *
 * @throws RangeError `ERR_DOMAIN` for n <= 1 (h_G is infinite), eigenvalues < 0 or all zero, NaN;
 *   `ERR_SHAPE` for a spectrum or query whose length is not d.
 */
export function kdeRegimes(options: RegimeOptions): KdeRegimes {
  const fn = "kdeRegimes";
  checkObject(fn, "options", options);
  const { n, d, spectrum, sigma2 = 1, query } = options;
  checkPositive(fn, "n", n);
  if (n <= 1) throw domainError(`${fn}: n must be > 1 (h_G is infinite for one point), got ${n}`);
  if (n > 1e300) throw domainError(`${fn}: n must be at most 1e300, got ${n}`);
  checkCount(fn, "d", d, 1);
  checkPositive(fn, "sigma2", sigma2);
  const all = spectrum
    ? checkedNumbers(fn, "spectrum", spectrum, 1)
    : new Float64Array(d).fill(sigma2);
  const coordinates = query ? checkedNumbers(fn, "query", query, 1) : undefined;
  for (const [name, values] of [
    ["spectrum", all],
    ["query", coordinates],
  ] as const) {
    if (values && values.length !== d) {
      throw shapeError(`${fn}: ${name} must hold d = ${d} numbers, got ${values.length}`);
    }
  }
  const negative = all.findIndex((c) => c < 0);
  if (negative >= 0) {
    throw domainError(`${fn}: spectrum[${negative}] must be >= 0, got ${all[negative]}`);
  }
  const kept = Array.from(all.keys()).filter((k) => all[k]! > 0);
  if (kept.length === 0) throw domainError(`${fn}: spectrum must hold an eigenvalue > 0`);
  const c = Float64Array.from(kept, (k) => all[k]!);
  const squares = Float64Array.from(kept, (k) => (coordinates ? coordinates[k]! ** 2 : all[k]!));
  const rank = kept.length;
  const alpha = Math.log(n) / rank;

  const mean = (term: (c: number, x2: number) => number) =>
    c.reduce((sum, value, k) => sum + term(value, squares[k]!), 0) / rank;
  const zeta = (l: number) =>
    mean((ck, x2) => -0.5 * Math.log1p(l * ck) - (0.5 * l * x2) / (1 + l * ck));
  const energy = (l: number) =>
    mean((ck, x2) => (0.5 * ck) / (1 + l * ck) + (0.5 * x2) / (1 + l * ck) ** 2);
  const entropy = (l: number) => alpha + zeta(l) + l * energy(l);

  const largest = c.reduce((most, value) => Math.max(most, value));
  let [low, high] = [-Math.log(largest) - 1, -Math.log(largest) + 1];
  while (entropy(Math.exp(low)) < 0) low -= 2;
  while (entropy(Math.exp(high)) > 0) high += 2;
  for (let step = 0; step < 100 && high - low > 1e-15 * Math.max(1, Math.abs(low)); step++) {
    const middle = (low + high) / 2;
    if (entropy(Math.exp(middle)) > 0) low = middle;
    else high = middle;
  }
  const lambda = Math.exp((low + high) / 2);
  const edgeEnergy = energy(lambda);
  const hG = lambda ** -0.5;
  const stableIndex = (h: number) => {
    checkPositive("stableIndex", "h", h);
    return (h / hG) ** 2;
  };
  return {
    alpha,
    d: rank,
    hG,
    hClt: Math.SQRT2 * hG,
    hKl: Math.sqrt(2 * edgeEnergy),
    edgeEnergy,
    stableIndex,
    regime(h) {
      const index = stableIndex(h);
      return index >= 2 ? "normal" : index >= 1 ? "stable" : "condensed";
    },
    participation: (h) => Math.max(0, 1 - stableIndex(h)),
    exponent(h) {
      checkPositive("exponent", "h", h);
      const rest = h >= hG ? zeta(h ** -2) : -edgeEnergy / h ** 2 - alpha;
      return -0.5 * Math.log(2 * Math.PI) - Math.log(h) + rest;
    },
  };
}
