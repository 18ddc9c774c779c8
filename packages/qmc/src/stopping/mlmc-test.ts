import { checkNumbers, checkObject, checkRunOptions, domainError } from "@daily-kernel/compute";
import { MultilevelIntegrand } from "../integrands/integrand.ts";
import { checkIid } from "./cub-mc-clt-vec.ts";
import { CubMLMC } from "./cub-mlmc.ts";
import { evaluate } from "./evaluate.ts";
import { slope } from "./multilevel-rule.ts";

export interface MlmcTestOptions {
  /** Points a level in the convergence tests; 20000 by default, at least 100. */
  n?: number;
  /** The finest level of the convergence tests; 8 by default, at least 2. */
  levels?: number;
  /** Root mean square errors of the complexity tests; 0.005, 0.01, 0.02, 0.05, 0.1 by default. */
  tolerances?: readonly number[];
  /** First points of a level in the complexity tests; 200 by default. */
  nInit?: number;
  /** The levels that the complexity tests begin with, and the finest that they may use; 2 and 10. */
  levelsMin?: number;
  levelsMax?: number;
  signal?: AbortSignal;
  /** Called with what is finished of the levels and tolerances, and their number. */
  onProgress?: (done: number, total: number) => void;
}

/** What a sample says of the fine payoff P_l of a level and of its difference from the coarse one. */
export interface MlmcLevel {
  level: number;
  /** Mean and variance of P_l - P_(l-1); of P_0 on level 0. */
  mean: number;
  variance: number;
  /** Mean and variance of P_l. */
  meanFine: number;
  varianceFine: number;
  /** Fourth central moment of the difference over its squared variance (3 for a normal one). */
  kurtosis: number;
  /**
   * How far E[P_l - P_(l-1)] = E[P_l] - E[P_(l-1)] is missed, over three times the sum of the standard
   * errors of the three: above 1 a coarse payoff is not the fine one of the level before. 0 on level 0.
   */
  check: number;
  /** Cost of a point. */
  cost: number;
}

/** How much a tolerance costs with levels and without. */
export interface MlmcComplexity {
  tolerance: number;
  solution: number;
  /** Whether the tolerance was met with the levels that were allowed. */
  converged: boolean;
  /** Points a level. */
  counts: number[];
  /** Cost of all of them. */
  cost: number;
  /** Cost of plain Monte Carlo on the finest level in use, with the same share of the squared error. */
  standardCost: number;
  /** standardCost / cost. */
  savings: number;
}

export interface MlmcTestResult {
  n: number;
  levels: MlmcLevel[];
  /** Means of differences fall as 2^(-alpha l), variances as 2^(-beta l); costs rise as 2^(gamma l). */
  alpha: number;
  beta: number;
  gamma: number;
  /** `"kurtosis"`: over 100 on the finest level, rare paths dominate; `"consistency"`: a check over 1. */
  warnings: ("kurtosis" | "consistency")[];
  complexity: MlmcComplexity[];
}

/** The share of the squared error that `CubMLMC` leaves to the variance. */
const VARIANCE_SHARE = 0.5;

/**
 * Diagnoses a multilevel integrand before much is spent on it (Giles 2015, "Multilevel Monte Carlo
 * methods", section 3): how means, variances and costs go with the level, whether levels fit together,
 * and what several tolerances cost. Every level takes the first points of its own sequence, in each test.
 *
 * Levels cost n evaluations each; a tolerance what `CubMLMC` needs.
 *
 * @throws RangeError `ERR_DOMAIN` for an integrand whose sequence is not of independent points, and for
 *   counts, levels and tolerances out of range; the signal's reason on abort.
 */
export async function mlmcTest(
  integrand: MultilevelIntegrand,
  options: MlmcTestOptions = {},
): Promise<MlmcTestResult> {
  const { n, finest, tolerances, rule, signal, onProgress } = checkOptions(integrand, options);
  const total = finest + 1 + tolerances.length;
  const levels: MlmcLevel[] = [];
  for (let level = 0; level <= finest; level++) {
    levels.push(await sampleLevel(integrand.at(level), n, levels.at(-1), signal));
    onProgress?.(level + 1, total);
  }
  const rate = (of: (level: MlmcLevel) => number) =>
    slope(levels.slice(1).map((level) => Math.log2(Math.abs(of(level)) || 2 ** -1000)));
  const warnings: MlmcTestResult["warnings"] = [];
  if (levels[finest]!.kurtosis > 100) warnings.push("kurtosis");
  if (levels.some(({ check }) => check > 1)) warnings.push("consistency");

  const complexity: MlmcComplexity[] = [];
  for (const tolerance of tolerances) {
    const run = rule(tolerance);
    const { solution, converged, state } = await run.integrate(signal ? { signal } : {});
    const counts = (state().data.moments as { n: number }[]).map((moments) => moments.n);
    const cost = counts.reduce((sum, count, l) => sum + count * integrand.at(l).cost, 0);
    const last = counts.length - 1;
    const { varianceFine } = levels[Math.min(finest, last)]!;
    const each = integrand.at(last).cost;
    const standardCost = (varianceFine * each) / (VARIANCE_SHARE * tolerance ** 2);
    const savings = standardCost / cost;
    const tested = { tolerance, solution: solution[0]!, converged, counts };
    complexity.push({ ...tested, cost, standardCost, savings });
    onProgress?.(finest + 1 + complexity.length, total);
  }
  const [alpha, beta] = [-rate(({ mean }) => mean), -rate(({ variance }) => variance)];
  return { n, levels, alpha, beta, gamma: rate(({ cost }) => cost), warnings, complexity };
}

async function sampleLevel(
  integrand: MultilevelIntegrand,
  n: number,
  before: MlmcLevel | undefined,
  signal: AbortSignal | undefined,
): Promise<MlmcLevel> {
  const pairs = await evaluate(integrand, 0, n, signal ? { signal } : {});
  const fine = Float64Array.from({ length: n }, (_, i) => pairs[2 * i + 1]!);
  const difference = fine.map((value, i) => value - pairs[2 * i]!);
  const [f, d] = [centralMoments(fine), centralMoments(difference)];
  const kurtosis = d.variance > 0 ? d.fourth / d.variance ** 2 : 0;
  let check = 0;
  if (before !== undefined) {
    const missed = Math.abs(d.mean + before.meanFine - f.mean);
    const spread = [d.variance, before.varianceFine, f.variance].map(Math.sqrt);
    const error = (3 * spread.reduce((sum, s) => sum + s)) / Math.sqrt(n);
    check = missed === 0 ? 0 : missed / Math.max(error, Number.MIN_VALUE);
  }
  const { level, cost } = integrand;
  const { mean, variance } = d;
  const moments = { mean, variance, meanFine: f.mean, varianceFine: f.variance };
  return { level, ...moments, kurtosis, check, cost };
}

/** Of the sample itself: divided by its size. */
function centralMoments(values: Float64Array) {
  const average = (of: (v: number) => number) =>
    values.reduce((sum, v) => sum + of(v), 0) / values.length;
  const mean = average((v) => v);
  const variance = average((v) => (v - mean) ** 2);
  return { mean, variance, fourth: average((v) => (v - mean) ** 4) };
}

function checkOptions(integrand: MultilevelIntegrand, options: MlmcTestOptions) {
  checkObject("mlmcTest", "options", options);
  checkRunOptions("mlmcTest", options);
  if (!(integrand instanceof MultilevelIntegrand)) {
    throw domainError("mlmcTest: the integrand must be a MultilevelIntegrand");
  }
  checkIid("mlmcTest", integrand);
  const { n = 20000, levels: finest = Math.min(8, integrand.maxLevel) } = options;
  const { tolerances = [0.005, 0.01, 0.02, 0.05, 0.1], signal, onProgress } = options;
  const { nInit = 200, levelsMin = 2, levelsMax = Math.min(10, integrand.maxLevel) } = options;
  for (const [key, value, least, most] of [
    ["n", n, 100, 2 ** 30],
    ["levels", finest, 2, integrand.maxLevel],
  ] as const) {
    if (!(Number.isSafeInteger(value) && value >= least && value <= most)) {
      throw domainError(
        `mlmcTest: ${key} must be a whole number in ${least}..${most}, got ${value}`,
      );
    }
  }
  checkNumbers("mlmcTest", "tolerances", tolerances);
  const bad = tolerances.findIndex((tol) => !(tol > 0 && tol < Number.POSITIVE_INFINITY));
  if (bad >= 0) {
    throw domainError(
      `mlmcTest: tolerances[${bad}] must be positive and finite, got ${tolerances[bad]}`,
    );
  }
  const rule = (rmseTol: number) =>
    new CubMLMC(integrand, { rmseTol, nInit, levelsMin, levelsMax });
  rule(1); // refuses what is wrong with the rest, before any work
  return { n, finest, tolerances, rule, signal, onProgress };
}
