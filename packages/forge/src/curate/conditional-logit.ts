import { numericError } from "@daily-kernel/compute";

/** One stratum: values of a covariate, and which of them belong to a success. */
export interface Stratum {
  readonly x: ArrayLike<number>;
  readonly success: ArrayLike<number | boolean>;
}

export interface LogitFit {
  /** Log-odds for each unit of the covariate. */
  readonly coefficient: number;
  readonly standardError: number;
  /** Log of the conditional likelihood at the maximum. */
  readonly logLikelihood: number;
}

/**
 * Log of the conditional likelihood of one stratum and its first two derivatives. Given that m of n
 * succeed, a set S of m has the probability exp(b sum_S x) / e_m(exp(b x)), e_m the elementary
 * symmetric polynomial, whose logarithm and derivatives follow the recursion
 * e_j(n) = e_j(n-1) + u_n e_(j-1)(n-1), here in logarithms. O(n m).
 */
function contribution({ x, success }: Stratum, b: number): [number, number, number] {
  const n = x.length;
  let m = 0;
  let observed = 0;
  for (let i = 0; i < n; i++) {
    if (!success[i]) continue;
    m += 1;
    observed += x[i]!;
  }
  // log e_j, and mean and variance of the sum over a random set of j elements with weights exp(b x)
  const log = new Float64Array(m + 1).fill(Number.NEGATIVE_INFINITY);
  const mean = new Float64Array(m + 1);
  const variance = new Float64Array(m + 1);
  log[0] = 0;
  for (let i = 0; i < n; i++) {
    for (let j = Math.min(m, i + 1); j >= 1; j--) {
      const without = log[j]!;
      const added = log[j - 1]! + b * x[i]!;
      const top = Math.max(without, added);
      const total = top + Math.log(Math.exp(without - top) + Math.exp(added - top));
      const p = Math.exp(added - total); // that i is in the set
      const shifted = mean[j - 1]! + x[i]!;
      const gap = shifted - mean[j]!;
      variance[j] = (1 - p) * variance[j]! + p * variance[j - 1]! + p * (1 - p) * gap * gap;
      mean[j]! += p * gap;
      log[j] = total;
    }
  }
  return [b * observed - log[m]!, observed - mean[m]!, -variance[m]!];
}

/**
 * Logistic regression on one covariate with an intercept for each stratum that is conditioned away
 * (exact conditional likelihood, Breslow and Day 1980, chapter 7; Newton's method with halved steps).
 * Strata in which all succeed or none say nothing and may be there.
 * @throws Error `ERR_NUMERIC` where there is no finite maximum: no stratum has both outcomes at
 * different values, or the covariate separates the outcomes in every stratum.
 */
export function conditionalLogit(strata: readonly Stratum[]): LogitFit {
  const at = (b: number) => {
    const sums: [number, number, number] = [0, 0, 0];
    for (const stratum of strata) {
      const terms = contribution(stratum, b);
      for (const k of [0, 1, 2] as const) sums[k] += terms[k];
    }
    return sums;
  };
  let b = 0;
  let [value, slope, curvature] = at(b);
  if (!(-curvature > 0)) {
    throw numericError("conditionalLogit: no stratum has both outcomes at different values");
  }
  const scale = Math.sqrt(-curvature);
  for (let step = 0; step < 100; step++) {
    let move = -slope / curvature;
    let next = at(b + move);
    for (let halving = 0; next[0] < value && halving < 60; halving++) {
      move /= 2;
      next = at(b + move);
    }
    b += move;
    [value, slope, curvature] = next;
    // A vanishing curvature far out: the likelihood only rises towards infinity.
    if (!(Math.sqrt(-curvature) > 1e-6 * scale)) break;
    if (Math.abs(move) * Math.sqrt(-curvature) < 1e-10) {
      return { coefficient: b, standardError: 1 / Math.sqrt(-curvature), logLikelihood: value };
    }
  }
  throw numericError(
    `conditionalLogit: the covariate separates the outcomes in every stratum; the coefficient is ${b > 0 ? "+" : "-"}infinity`,
  );
}
