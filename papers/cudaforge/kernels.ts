import {
  allPoints,
  type Bound,
  type Candidate,
  type Counters,
  type Point,
  type Timing,
} from "@daily-kernel/forge";
import type { Problem } from "./problems.ts";

/** One kernel as it was measured. */
export interface Kernel {
  readonly timing: Timing;
  readonly counters: Counters;
}

/** What measures kernels: compilers and this machine, or a pretended one in tests. */
export interface Workshop {
  readonly hardware: string;
  bound(problem: Problem): Bound;
  /** Compiles what is going to be measured, several kernels at a time. */
  compile(problems: readonly Problem[], breathe: (done: number) => Promise<void>): Promise<void>;
  /** Null for what is not right, by the calls that were timed. */
  measure(problem: Problem, point: Point): Promise<Kernel | null>;
  /** Whether the judge accepts it. */
  verify(problem: Problem, candidate: Candidate): Promise<boolean>;
}

/** Remembers what was measured, so that all methods and seeds see the same kernels alike. */
export class Table {
  readonly #workshop: Workshop;
  readonly #kernels = new Map<string, Promise<Kernel | null>>();

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
  }

  get measured(): number {
    return this.#kernels.size;
  }

  /**
   * A kernel with its speedup over the plain one, fastest call to fastest call: a table is not
   * measured at one time, and that is what other work on the machine spoils least.
   */
  async kernel(problem: Problem, point: Point): Promise<Kernel | null> {
    const plain = await this.#measured(problem, problem.space.start);
    const kernel = await this.#measured(problem, point);
    if (!kernel || !plain) return null;
    const speedup = plain.timing.fastestNs / kernel.timing.fastestNs;
    return { ...kernel, timing: { ...kernel.timing, speedup } };
  }

  /** Measures every kernel of some problems, one after the other; gives the best speedup of each. */
  async fill(
    problems: readonly Problem[],
    breathe: (done: number) => Promise<void>,
  ): Promise<number[]> {
    const best: number[] = [];
    for (const [p, problem] of problems.entries()) {
      const points = allPoints(problem.space);
      best[p] = 0;
      for (const [k, point] of points.entries()) {
        await breathe((p + k / points.length) / problems.length);
        const kernel = await this.kernel(problem, point);
        best[p] = Math.max(best[p], kernel?.timing.speedup ?? 0);
      }
    }
    return best;
  }

  #measured(problem: Problem, point: Point): Promise<Kernel | null> {
    const key = JSON.stringify([problem.name, Object.entries(point).sort()]);
    let known = this.#kernels.get(key);
    if (!known) {
      known = this.#workshop.measure(problem, point);
      this.#kernels.set(key, known);
    }
    return known;
  }
}
