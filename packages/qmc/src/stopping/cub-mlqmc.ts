import { dataError, domainError } from "@daily-kernel/compute";
import type { MultilevelIntegrand } from "../integrands/integrand.ts";
import { evaluate } from "./evaluate.ts";
import { addTo, noMoments } from "./moments.ts";
import {
  type ContinuationOptions,
  type Level,
  type MultilevelOptions,
  MultilevelRule,
  type MultilevelState,
} from "./multilevel-rule.ts";

interface State extends MultilevelState {
  /** Points a replication, and the sum over them of every replication, by level. */
  sums: { n: number; sums: number[] }[];
}

abstract class RandomisedLevels extends MultilevelRule<State> {
  protected readonly replications: number;

  protected constructor(
    name: string,
    integrand: MultilevelIntegrand,
    options: ContinuationOptions,
  ) {
    super(name, integrand, options, 0.125);
    const { replications, structure } = integrand.sequence;
    if (replications < 4 || structure === "iid") {
      throw domainError(
        `${name}: the sequence must be a low-discrepancy one with at least 4 replications, ` +
          `got ${replications} of structure "${structure}"`,
      );
    }
    if (!Number.isInteger(Math.log2(this.nInit))) {
      throw domainError(`${name}: nInit must be a power of two, got ${this.nInit}`);
    }
    this.replications = replications;
  }

  protected override begin(): State {
    return { finest: this.levelsMin, rung: 0, sums: [] };
  }

  protected override levels({ finest, sums }: State): Level[] {
    return Array.from({ length: finest + 1 }, (_, l) => {
      const held = sums[l];
      if (!held) return { n: 0, mean: 0, variance: 0 };
      const means = Float64Array.from(held.sums, (sum) => sum / held.n);
      const { n, mean, squares } = addTo(noMoments(), means);
      return { n: held.n, mean, variance: squares / (n - 1) / n };
    });
  }

  protected override start(state: State, level: number, signal?: AbortSignal): Promise<void> {
    return this.extend(state, level, this.nInit, signal);
  }

  /** Doubles the level whose variance is largest for what its points cost (Giles, Waterhouse 2009). */
  protected override plan(levels: readonly Level[], variance: number): number[] {
    const counts = levels.map(({ n }) => n);
    if (levels.reduce((sum, level) => sum + level.variance, 0) <= variance) return counts;
    const gains = levels.map((level, l) => level.variance / (level.n * this.cost(l)));
    const best = gains.indexOf(Math.max(...gains));
    counts[best]! *= 2;
    return counts;
  }

  protected override async extend(
    state: State,
    level: number,
    n: number,
    signal?: AbortSignal,
  ): Promise<void> {
    const { replications } = this;
    const from = state.sums[level]?.n ?? 0;
    const pairs = await evaluate(this.integrand.at(level), from, n, signal ? { signal } : {});
    const sums = [...(state.sums[level]?.sums ?? new Array<number>(replications).fill(0))];
    for (let r = 0, at = 0; r < replications; r++) {
      let sum = 0;
      for (let i = from; i < n; i++, at += 2) sum += pairs[at + 1]! - pairs[at]!;
      sums[r]! += sum;
    }
    state.sums[level] = { n, sums };
  }

  protected override save({ finest, rung, sums }: State) {
    return { finest, rung, sums };
  }

  protected override load(data: Record<string, unknown>): State {
    const { finest, sums } = data as Partial<State>;
    const whole =
      Array.isArray(sums) && sums.every((held) => held.sums?.length === this.replications);
    if (!Number.isInteger(finest) || !whole) {
      throw dataError(`${this.name}: resume holds no levels of ${this.replications} replications`);
    }
    return { finest: finest!, rung: 0, sums: structuredClone(sums) };
  }
}

/** Multilevel quasi-Monte Carlo (Giles and Waterhouse 2009) on replicated sequences. */
export class CubMLQMC extends RandomisedLevels {
  override readonly name = "CubMLQMC";

  constructor(integrand: MultilevelIntegrand, options: MultilevelOptions = {}) {
    super("CubMLQMC", integrand, { ...options, nTols: 1 });
  }
}

/** Continuation multilevel quasi-Monte Carlo on replicated sequences. */
export class CubMLQMCCont extends RandomisedLevels {
  override readonly name = "CubMLQMCCont";

  constructor(integrand: MultilevelIntegrand, options: ContinuationOptions = {}) {
    super("CubMLQMCCont", integrand, { nTols: 10, ...options });
  }
}
