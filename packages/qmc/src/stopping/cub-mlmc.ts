import { dataError } from "@daily-kernel/compute";
import type { MultilevelIntegrand } from "../integrands/integrand.ts";
import { checkIid } from "./cub-mc-clt-vec.ts";
import { evaluate } from "./evaluate.ts";
import { addTo, type Moments, noMoments } from "./moments.ts";
import {
  type ContinuationOptions,
  type Level,
  type MultilevelOptions,
  MultilevelRule,
  type MultilevelState,
} from "./multilevel-rule.ts";

interface State extends MultilevelState {
  moments: Moments[];
}

abstract class IndependentLevels extends MultilevelRule<State> {
  protected readonly replications = 1;

  protected constructor(
    name: string,
    integrand: MultilevelIntegrand,
    options: ContinuationOptions,
  ) {
    super(name, integrand, options, 0.5);
    checkIid(name, integrand);
  }

  protected override begin(): State {
    return { finest: this.levelsMin, rung: 0, moments: [] };
  }

  protected override levels({ finest, moments }: State): Level[] {
    return Array.from({ length: finest + 1 }, (_, l) => {
      const { n, mean, squares } = moments[l] ?? noMoments();
      return { n, mean, variance: n < 2 ? 0 : squares / (n - 1) / n };
    });
  }

  protected override start(state: State, level: number, signal?: AbortSignal): Promise<void> {
    return this.extend(state, level, this.nInit, signal);
  }

  /** The optimal numbers for the variances and costs; within one per cent is enough. */
  protected override plan(levels: readonly Level[], variance: number): number[] {
    const each = levels.map(({ n, variance: v }) => v * n);
    // few points may show no variance at all: then what half the decay from the level before leaves
    for (let l = 2; l < each.length; l++) each[l] = Math.max(each[l]!, each[l - 1]! / 8);
    const costs = levels.map((_, l) => this.cost(l));
    const total = each.reduce((sum, v, l) => sum + Math.sqrt(v * costs[l]!), 0);
    const wanted = each.map((v, l) => Math.ceil((Math.sqrt(v / costs[l]!) * total) / variance));
    return levels.map(({ n }, l) => (wanted[l]! > 1.01 * n ? wanted[l]! : n));
  }

  protected override async extend(
    state: State,
    level: number,
    n: number,
    signal?: AbortSignal,
  ): Promise<void> {
    const from = state.moments[level]?.n ?? 0;
    const pairs = await evaluate(this.integrand.at(level), from, n, signal ? { signal } : {});
    const differences = new Float64Array(n - from);
    for (let i = 0; i < differences.length; i++) differences[i] = pairs[2 * i + 1]! - pairs[2 * i]!;
    state.moments[level] = addTo(state.moments[level] ?? noMoments(), differences);
  }

  protected override save({ finest, rung, moments }: State) {
    return { finest, rung, moments };
  }

  protected override load(data: Record<string, unknown>): State {
    const { finest, moments } = data as Partial<State>;
    if (!Number.isInteger(finest) || !Array.isArray(moments)) {
      throw dataError(`${this.name}: resume holds no levels`);
    }
    return { finest: finest!, rung: 0, moments: structuredClone(moments) };
  }
}

/** Multilevel Monte Carlo (Giles 2008) with independent points. */
export class CubMLMC extends IndependentLevels {
  override readonly name = "CubMLMC";

  constructor(integrand: MultilevelIntegrand, options: MultilevelOptions = {}) {
    super("CubMLMC", integrand, { ...options, nTols: 1 });
  }
}

/** Continuation multilevel Monte Carlo (Collier et al. 2015) with independent points. */
export class CubMLMCCont extends IndependentLevels {
  override readonly name = "CubMLMCCont";

  constructor(integrand: MultilevelIntegrand, options: ContinuationOptions = {}) {
    super("CubMLMCCont", integrand, { nTols: 10, ...options });
  }
}
