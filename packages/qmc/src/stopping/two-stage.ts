import { dataError, domainError } from "@daily-kernel/compute";
import { checkNumber, knownOptions } from "../check-options.ts";
import type { Integrand } from "../integrands/integrand.ts";
import {
  type ControlVariateOptions,
  type ControlVariates,
  controlVariates,
  leastSquares,
} from "./control-variates.ts";
import { checkIid, checkInflate } from "./cub-mc-clt-vec.ts";
import { evaluate } from "./evaluate.ts";
import { addTo, type Moments, noMoments } from "./moments.ts";
import { type Step, StoppingCriterion } from "./stopping-criterion.ts";
import { Tolerance, type ToleranceOptions } from "./tolerance.ts";

export interface TwoStageOptions extends ToleranceOptions, ControlVariateOptions {
  /** Points of the first stage, at least 30; 1024 by default. */
  nInit?: number;
  /** Points that are not exceeded, both stages together; 2^30 by default. */
  nLimit?: number;
  /** Factor > 1 on the standard deviation of the first stage; 1.2 by default. */
  inflate?: number;
  /** Uncertainty; 0.01 by default. */
  alpha?: number;
}

export interface TwoStageState {
  /** Points taken so far. */
  n: number;
  pilot: Moments;
  beta: number[];
  /** The sample under way in the second stage. */
  main: Moments;
}

/** Values a call of the integrand in the second stage: enough for speed, few enough for progress. */
const BATCH = 2 ** 18;

/**
 * Monte Carlo in two stages: the standard deviation, and the coefficients of control variates, are
 * learned from a first sample, and a second, independent one gives the mean.
 */
export abstract class TwoStageRule<
  State extends TwoStageState = TwoStageState,
> extends StoppingCriterion<State> {
  readonly tolerance: Tolerance;
  readonly nInit: number;
  readonly nLimit: number;
  readonly inflate: number;
  readonly alpha: number;
  readonly #variates: ControlVariates;

  protected constructor(name: string, integrand: Integrand, options: TwoStageOptions) {
    super(integrand);
    knownOptions(name, options, [
      ...["absTol", "relTol", "errorFun", "nInit", "nLimit", "inflate", "alpha"],
      ...["controlVariates", "controlVariateMeans"],
    ]);
    const { nInit = 1024, nLimit = 2 ** 30, inflate = 1.2, alpha = 0.01 } = options;
    if (integrand.outputs !== 1 || integrand.combinedOutputs !== 1) {
      throw domainError(
        `${name}: the integrand must have one output, got ${integrand.outputs}; ` +
          "CubMCCLTVec takes any number",
      );
    }
    checkIid(name, integrand);
    checkInflate(name, inflate);
    for (const [key, value, least] of [
      ["nInit", nInit, 30],
      ["nLimit", nLimit, 2 * nInit],
    ] as const) {
      const enough = (n: number) => Number.isSafeInteger(n) && n >= least;
      checkNumber(name, key, value, `a whole number >= ${least}`, enough);
    }
    checkNumber(name, "alpha", alpha, "in (0, 1)", (value) => value > 0 && value < 1);
    this.tolerance = new Tolerance(name, options, 1, 1e-2);
    this.nInit = nInit;
    this.nLimit = nLimit;
    this.inflate = inflate;
    this.alpha = alpha;
    this.#variates = controlVariates(name, integrand, options);
  }

  /** The values at the next `count` points, less what the control variates explain. */
  async #adjusted(state: TwoStageState, count: number, signal?: AbortSignal) {
    const { n } = state;
    const options = signal ? { signal } : {};
    const values = await evaluate(this.integrand, n, n + count, options);
    for (const [j, variate] of this.#variates.integrands.entries()) {
      const others = await evaluate(variate, n, n + count, options);
      const [beta, mean] = [state.beta[j]!, this.#variates.means[j]![0]!];
      for (let i = 0; i < count; i++) values[i]! -= beta * (others[i]! - mean);
    }
    return values;
  }

  /** The first stage, once. */
  protected async firstStage(state: State, signal?: AbortSignal): Promise<void> {
    if (state.n > 0) return;
    const { integrands } = this.#variates;
    const options = signal ? { signal } : {};
    if (integrands.length > 0) {
      const y = await evaluate(this.integrand, 0, this.nInit, options);
      const x = await Promise.all(integrands.map((cv) => evaluate(cv, 0, this.nInit, options)));
      state.beta = leastSquares(centred(y), x.map(centred));
    }
    state.pilot = addTo(noMoments(), await this.#adjusted(state, this.nInit, signal));
    state.n = this.nInit;
  }

  /** Brings the sample of the second stage to `target` points; true once it is there. */
  protected async secondStage(
    state: State,
    target: number,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const count = Math.min(target - state.main.n, BATCH);
    if (count > 0) {
      state.main = addTo(state.main, await this.#adjusted(state, count, signal));
      state.n += count;
    }
    return state.main.n >= target;
  }

  /**
   * What to yield: the mean of the second stage (of the first before) with this half width. `met` says
   * whether the sample is as large as the rule wanted it.
   */
  protected step(state: State, halfWidth: number, met: boolean): Step {
    const { mean } = state.main.n > 0 ? state.main : state.pilot;
    const bounds = {
      lower: Float64Array.of(mean - halfWidth),
      upper: Float64Array.of(mean + halfWidth),
    };
    const { solution } = this.tolerance.decide(bounds);
    return { n: state.n, solution, bounds, met: Uint8Array.of(met ? 1 : 0) };
  }

  protected override settings(): Record<string, unknown> {
    const { dimension } = this.integrand.sequence;
    return { dimension, nInit: this.nInit, controlVariates: this.#variates.means };
  }

  protected override save(state: State): Record<string, unknown> {
    return { ...(state as TwoStageState) };
  }

  protected override load(data: Record<string, unknown>): State {
    const { pilot, main, n } = data as Partial<TwoStageState>;
    const whole = (m?: Moments) => m && [m.n, m.mean, m.squares].every(Number.isFinite);
    if (!whole(pilot) || !whole(main) || !Number.isSafeInteger(n)) {
      throw dataError(`${this.name}: resume holds no moments`);
    }
    return structuredClone(data) as unknown as State;
  }
}

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return values.map((v) => v - mean);
}
