import { domainError } from "@daily-kernel/compute";
import { inverseNormalCdf } from "@daily-kernel/special";
import { checkNumber, isPositive, knownOptions } from "../check-options.ts";
import { MultilevelIntegrand } from "../integrands/integrand.ts";
import { type Step, StoppingCriterion } from "./stopping-criterion.ts";

export interface MultilevelOptions {
  /** Absolute tolerance, met with probability 1 - alpha; 0.05 by default. */
  absTol?: number;
  /** Root mean square error, instead of `absTol` and `alpha`. */
  rmseTol?: number;
  /** 0.01 by default. */
  alpha?: number;
  /** First points of a level (a replication); 256 by default. */
  nInit?: number;
  /** Points that are not exceeded, all levels and replications together; 10^10 by default. */
  nLimit?: number;
  /** The rule begins with levels 0 to `levelsMin`; 2 by default, at least 2. */
  levelsMin?: number;
  /** The finest level that is used; 10 by default. */
  levelsMax?: number;
}

export interface ContinuationOptions extends MultilevelOptions {
  /** Tolerances that are met one after another, the wanted one last; 10 by default. */
  nTols?: number;
  /** Factor > 1 between two of them; 100^(1/9) by default. */
  inflate?: number;
}

/** What is known of one level. */
export interface Level {
  /** Points, a replication. */
  n: number;
  mean: number;
  /** Variance of the mean. */
  variance: number;
}

export interface MultilevelState {
  /** Index of the finest level in use. */
  finest: number;
  /** Which of the tolerances is being met. */
  rung: number;
}

/**
 * Integration by a telescoping sum over levels: the squared error is split between the variance of the
 * sum and the square of the bias, which is extrapolated from how the means of the levels decay, and
 * levels are added until the bias fits (Giles 2008). The continuation forms meet a ladder of falling
 * tolerances, and give the bias only the share that it needs (Collier et al. 2015).
 *
 * Flags: `"max-levels"` if the bias is still too large on level `levelsMax`.
 */
export abstract class MultilevelRule<
  State extends MultilevelState,
> extends StoppingCriterion<State> {
  declare readonly integrand: MultilevelIntegrand;
  /** The root mean square error that is wanted. */
  readonly rmseTol: number;
  readonly nInit: number;
  readonly nLimit: number;
  readonly levelsMin: number;
  readonly levelsMax: number;
  readonly #quantile: number;
  readonly #ladder: number[];
  readonly #largestBiasShare: number;

  protected constructor(
    name: string,
    integrand: MultilevelIntegrand,
    options: ContinuationOptions,
    largestBiasShare: number,
  ) {
    super(integrand);
    knownOptions(name, options, [
      ...["absTol", "rmseTol", "alpha", "nInit", "nLimit", "levelsMin", "levelsMax"],
      ...["nTols", "inflate"],
    ]);
    if (!(integrand instanceof MultilevelIntegrand)) {
      throw domainError(`${name}: the integrand must be a MultilevelIntegrand`);
    }
    const { alpha = 0.01, absTol = 0.05, nInit = 256, nLimit = 1e10 } = options;
    const { levelsMin = 2, levelsMax = Math.min(10, integrand.maxLevel) } = options;
    const { nTols = 1, inflate = 100 ** (1 / 9) } = options;
    checkNumber(name, "alpha", alpha, "in (0, 1)", (value) => value > 0 && value < 1);
    this.#quantile = -inverseNormalCdf(alpha / 2);
    const { rmseTol = absTol / this.#quantile } = options;
    for (const [key, value] of Object.entries({ absTol, rmseTol })) {
      checkNumber(name, key, value, "positive and finite", isPositive);
    }
    for (const [key, value, least, most] of [
      ["nInit", nInit, 2, 2 ** 30],
      ["nLimit", nLimit, nInit, Number.MAX_SAFE_INTEGER],
      ["levelsMin", levelsMin, 2, integrand.maxLevel],
      ["levelsMax", levelsMax, levelsMin, integrand.maxLevel],
      ["nTols", nTols, 1, 1000],
    ] as const) {
      const inside = (n: number) => Number.isSafeInteger(n) && n >= least && n <= most;
      checkNumber(name, key, value, `a whole number in ${least}..${most}`, inside);
    }
    checkNumber(name, "inflate", inflate, "finite and > 1", (value) => value > 1);
    this.rmseTol = rmseTol;
    this.nInit = nInit;
    this.nLimit = nLimit;
    this.levelsMin = levelsMin;
    this.levelsMax = levelsMax;
    this.#ladder = Array.from({ length: nTols }, (_, t) => rmseTol * inflate ** (nTols - 1 - t));
    this.#largestBiasShare = largestBiasShare;
  }

  /** Replications of every level; 1 for independent points. */
  protected abstract readonly replications: number;

  /** What is known of levels 0 to `finest`; n = 0 for one without points. */
  protected abstract levels(state: State): Level[];

  /** Gives each of levels 0 to `finest` its first points. */
  protected abstract start(state: State, level: number, signal?: AbortSignal): Promise<void>;

  /**
   * How many points each level should have so that the variance falls towards `variance`; the counts
   * that it has if that is reached.
   */
  protected abstract plan(levels: readonly Level[], variance: number): number[];

  /** Brings a level to n points. */
  protected abstract extend(
    state: State,
    level: number,
    n: number,
    signal?: AbortSignal,
  ): Promise<void>;

  /** Cost of a point on a level. */
  protected cost(level: number): number {
    return this.integrand.at(level).cost;
  }

  protected override async *steps(
    state: State,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Step> {
    for (; state.rung < this.#ladder.length; state.rung++) {
      const tol = this.#ladder[state.rung]!;
      state.finest = state.rung === 0 ? Math.max(state.finest, this.levelsMin) : this.levelsMin;
      for (;;) {
        for (let l = 0; l <= state.finest; l++) {
          if (this.levels(state)[l]!.n === 0) await this.start(state, l, signal);
        }
        const levels = this.levels(state);
        const bias = biasOf(levels);
        const share = this.#biasShare(bias, tol);
        const wanted = this.plan(levels, (1 - share) * tol ** 2);
        const more = wanted.reduce((sum, n, l) => sum + Math.max(0, n - levels[l]!.n), 0);
        const fits = this.#count(state) + more * this.replications <= this.nLimit;
        if (more > 0 && fits) {
          for (const [l, n] of wanted.entries()) {
            if (n > levels[l]!.n) await this.extend(state, l, n, signal);
          }
          yield this.#step(state, false);
          continue;
        }
        if (more > 0) {
          yield this.#step(state, false);
          return;
        }
        if (bias ** 2 <= share * tol ** 2) break;
        if (state.finest === this.levelsMax) {
          yield { ...this.#step(state, false), flags: ["max-levels"] };
          return;
        }
        state.finest++;
      }
    }
    state.rung = this.#ladder.length - 1;
    yield this.#step(state, true);
  }

  /** Half of the squared error in the plain rules, what the bias needs in the continuation ones. */
  #biasShare(bias: number, tol: number): number {
    if (this.#ladder.length === 1) return 0.5;
    return Math.max(0.01, Math.min(this.#largestBiasShare, (bias / tol) ** 2));
  }

  #count(state: State): number {
    return this.levels(state).reduce((sum, { n }) => sum + n, 0) * this.replications;
  }

  #step(state: State, finished: boolean): Step {
    const levels = this.levels(state);
    const solution = levels.reduce((sum, { mean }) => sum + mean, 0);
    const variance = levels.reduce((sum, level) => sum + level.variance, 0);
    const half = this.#quantile * Math.sqrt(variance + biasOf(levels) ** 2);
    return {
      n: this.#count(state),
      solution: Float64Array.of(solution),
      bounds: { lower: Float64Array.of(solution - half), upper: Float64Array.of(solution + half) },
      met: Uint8Array.of(finished ? 1 : 0),
    };
  }

  protected override settings(): Record<string, unknown> {
    return { replications: this.replications, nInit: this.nInit };
  }
}

/**
 * The bias of the sum of levels, if their means decay like 2^-(alpha l): alpha is fitted to levels 1
 * and up, at least 1/2, and the last three means vote with what they predict of the last one.
 */
function biasOf(levels: readonly Level[]): number {
  const sizes = levels.map(({ mean }) => Math.abs(mean));
  const last = sizes.length - 1;
  const rate = Math.max(0.5, -slope(sizes.slice(1).map((size) => Math.log2(size || 2 ** -1000))));
  let largest = 0;
  for (let i = 0; i <= Math.min(2, last - 1); i++) {
    largest = Math.max(largest, sizes[last - i]! / 2 ** (i * rate));
  }
  return largest / (2 ** rate - 1);
}

/** The slope of the least-squares line through (0, y_0), (1, y_1), ... */
export function slope(y: readonly number[]): number {
  const middle = (y.length - 1) / 2;
  const squares = y.reduce((sum, _, k) => sum + (k - middle) ** 2, 0);
  return y.reduce((sum, value, k) => sum + (k - middle) * value, 0) / squares;
}
