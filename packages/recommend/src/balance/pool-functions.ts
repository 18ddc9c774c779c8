import type { Rng } from "@daily-kernel/compute";
import type { CandidatePool } from "./candidate-pool.ts";
import { type Selection, selectFunctions } from "./select-functions.ts";
import type { StepFunctions } from "./weight-model.ts";

/** Chooses functions of a pool for the steps of a training: other random ones a step, others an epoch. */
export class PoolFunctions {
  readonly #pool: CandidatePool;
  readonly #count: number;
  readonly #rng: Rng;
  readonly #values: Float64Array;
  #chosen: Int32Array = new Int32Array(0);

  constructor(pool: CandidatePool, count: number, batch: number, rng: Rng) {
    this.#pool = pool;
    this.#count = count;
    this.#rng = rng;
    this.#values = new Float64Array(batch * count);
  }

  /** Chooses by a rule. */
  choose(rule: Selection, weights?: Float64Array, errors?: Float64Array): void {
    const { functions, targets, gram } = this.#pool;
    const count = this.#count;
    if (rule === "random") {
      this.#chosen = Int32Array.from({ length: count }, () => this.#rng.integer(targets.length));
      return;
    }
    this.#chosen = selectFunctions(rule, { functions, targets, gram, weights, errors, count });
  }

  /** The chosen ones at some ratings; the next call overwrites the values. */
  at(part: Uint32Array): StepFunctions {
    const { functions, targets } = this.#pool;
    const chosen = this.#chosen;
    let to = 0;
    for (const k of part) {
      const row = k * functions.cols;
      for (let j = 0; j < chosen.length; j++) {
        this.#values[to++] = functions.data[row + chosen[j]!]!;
      }
    }
    return { values: this.#values, targets: Float64Array.from(chosen, (j) => targets[j]!) };
  }
}
