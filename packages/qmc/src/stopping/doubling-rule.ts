import { checkNumber, knownOptions } from "../check-options.ts";
import type { Bounds, Integrand, UnitCubeOptions } from "../integrands/integrand.ts";
import type { Periodization } from "../integrands/periodization.ts";
import { combined, pluggedIn } from "./combined.ts";
import { evaluate } from "./evaluate.ts";
import { type Step, StoppingCriterion } from "./stopping-criterion.ts";
import { Tolerance, type ToleranceOptions } from "./tolerance.ts";

export interface DoublingOptions extends ToleranceOptions {
  /** Points of the first step (a replication), a power of two. */
  nInit?: number;
  /**
   * Points that are not exceeded (all replications together), a power of two; 2^30 by default, 2^25
   * (which is also the most) for the guaranteed rules, 2^22 for the Bayesian ones.
   */
  nLimit?: number;
}

/** How many points each integral has seen, and what the rule keeps of them. */
export interface DoublingState {
  counts: number[];
}

/**
 * A rule that doubles its points until the tolerances are met, only for those integrals that still
 * matter.
 */
export abstract class DoublingRule<State extends DoublingState> extends StoppingCriterion<State> {
  readonly tolerance: Tolerance;
  readonly nInit: number;
  readonly nLimit: number;
  protected readonly periodization: Periodization = "none";

  protected constructor(
    name: string,
    integrand: Integrand,
    options: DoublingOptions,
    defaults: {
      absTol: number;
      nInit: number;
      nInitMin: number;
      nLimit: number;
      nLimitMax: number;
    },
    ownOptions: readonly string[],
  ) {
    super(integrand);
    knownOptions(name, options, [
      ...["absTol", "relTol", "errorFun", "nInit", "nLimit"],
      ...ownOptions,
    ]);
    const { nInit = defaults.nInit, nLimit = defaults.nLimit } = options;
    for (const [key, value, least, most] of [
      ["nInit", nInit, defaults.nInitMin, defaults.nLimitMax],
      ["nLimit", nLimit, nInit, defaults.nLimitMax],
    ] as const) {
      const exponent = (number: number) => Math.log2(number);
      checkNumber(
        name,
        key,
        value,
        `a power of two in 2^${exponent(least)}..2^${exponent(most)}`,
        (n) => n >= least && n <= most && Number.isInteger(exponent(n)),
      );
    }
    this.tolerance = new Tolerance(name, options, integrand.combinedOutputs, defaults.absTol);
    this.nInit = nInit;
    this.nLimit = nLimit;
  }

  /**
   * Takes in the values at points nMin..nMax-1 (replication, point, output) of those integrals that
   * are marked active. Must not fail half way.
   */
  protected abstract absorb(
    state: State,
    nMin: number,
    nMax: number,
    values: Float64Array,
    active: Uint8Array,
  ): void;

  /** Bounds of every integral from what was absorbed. */
  protected abstract bounds(state: State): Bounds;

  /** What `absorb` gets: the integrand at points nMin..nMax-1 of its sequence. */
  protected evaluate(nMin: number, nMax: number, options: UnitCubeOptions): Promise<Float64Array> {
    return evaluate(this.integrand, nMin, nMax, options);
  }

  /** Doubts about the bounds. */
  protected flags(_state: State): string[] {
    return [];
  }

  protected override settings(): Record<string, unknown> {
    const { dimension, replications } = this.integrand.sequence;
    return { dimension, replications, outputs: this.integrand.outputs, nInit: this.nInit };
  }

  protected override async *steps(
    state: State,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Step> {
    const { integrand } = this;
    const { replications } = integrand.sequence;
    if (state.counts.includes(0)) {
      await this.#extend(state, new Uint8Array(integrand.outputs).fill(1), this.nInit, signal);
    }
    for (;;) {
      const individual = this.bounds(state);
      const bounds = combined(integrand, individual);
      const { solution, met } = this.tolerance.decide(bounds);
      pluggedIn(integrand, individual, bounds, solution);
      const n = Math.max(...state.counts);
      const exhausted = 2 * n * replications <= this.nLimit && !has(integrand, 2 * n);
      const flags = exhausted && met.includes(0) ? ["points-exhausted"] : [];
      yield {
        n: n * replications,
        solution,
        bounds,
        met,
        flags: [...this.flags(state), ...flags],
      };
      if (!met.includes(0) || exhausted || 2 * n * replications > this.nLimit) return;
      const active = integrand.dependency(met.map((done) => 1 - done));
      const most = state.counts.reduce(
        (max, count, k) => (active[k] ? Math.max(max, count) : max),
        0,
      );
      await this.#extend(state, active, 2 * most, signal);
    }
  }

  /** Brings every active integral to `nMax` points, those that had been left behind as well. */
  async #extend(
    state: State,
    active: Uint8Array,
    nMax: number,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { periodization } = this;
    for (;;) {
      const behind = state.counts.filter((count, k) => active[k] && count < nMax);
      if (behind.length === 0) return;
      const from = Math.min(...behind);
      const to = from === 0 ? this.nInit : 2 * from;
      const now = active.map((flag, k) => (flag && state.counts[k] === from ? 1 : 0));
      const options = { active: now, periodization, ...(signal && { signal }) };
      const values = await this.evaluate(from, to, options);
      signal?.throwIfAborted();
      this.absorb(state, from, to, values, now);
      state.counts = state.counts.map((count, k) => (now[k] ? to : count));
    }
  }
}

/** Whether the sequence of an integrand has n points. */
function has({ sequence }: Integrand, n: number): boolean {
  try {
    sequence.points({ nMin: n - 1, nMax: n });
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_DOMAIN") return false;
    throw error;
  }
}
