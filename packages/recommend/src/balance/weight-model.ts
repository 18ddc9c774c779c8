import type { Arena, Rng } from "@daily-kernel/compute";
import { Batch, type Column, column } from "../model/memory.ts";
import { Trainer } from "../model/trainer.ts";
import type { Settings } from "../model/training-options.ts";
import type { Ratings } from "../ratings/ratings.ts";

/** Functions of a step: J values for each rating of the batch, and their means over all cells. */
export interface StepFunctions {
  /** B x J, row-major. */
  readonly values: Float64Array;
  readonly targets: Float64Array;
}

export interface WeightSettings {
  readonly rate: number;
  readonly decay: number;
  /** C. */
  readonly slack: number;
  /** gamma. */
  readonly penalty: number;
  /** Whether the bound is on the sum of the imbalances, as in the released code, or on each. */
  readonly summed: boolean;
}

/** Weights as base * sigmoid(second factorisation), trained by mini-batches. */
export class WeightModel {
  readonly #trainer: Trainer;
  readonly #observed: Ratings;
  readonly #base: Float64Array;
  readonly #settings: WeightSettings;
  readonly #batch: number;
  readonly #all: Batch;
  readonly #score: Column;
  readonly #value: Column;

  constructor(
    arena: Arena,
    observed: Ratings,
    base: Float64Array,
    model: Settings,
    settings: WeightSettings,
    rng: Rng,
  ) {
    const { rate, decay } = settings;
    this.#trainer = new Trainer(arena, observed, {
      ...model,
      rng,
      rate,
      decay,
      loss: "logistic",
      biases: false,
      initial: "uniform",
    });
    this.#observed = observed;
    this.#base = base;
    this.#settings = settings;
    this.#batch = Math.min(model.batch, observed.rating.length);
    this.#all = new Batch(arena, this.#batch);
    this.#score = column(arena, this.#batch);
    this.#value = column(arena, this.#batch);
  }

  /** Sets the weights of the ratings `part`, which the batch holds. */
  weigh(batch: Batch, part: Uint32Array): void {
    this.#trainer.score(batch, this.#score);
    this.#trainer.values(this.#score, batch.size, this.#value);
    for (let b = 0; b < batch.size; b++) {
      batch.weight[b] = this.#base[part[b]!]! * this.#value.values[b]!;
    }
  }

  /**
   * A step on (1/B) sum w log w + gamma sum_j ([imbalance_j - C]_+ + [-imbalance_j - C]_+) with
   * imbalance_j = (1/B) sum_b w_b phi_j(x_b) - target_j.
   */
  step(batch: Batch, part: Uint32Array, { values, targets }: StepFunctions): void {
    this.weigh(batch, part);
    const { slack, penalty, summed } = this.#settings;
    const { size, weight } = batch;
    const signs = imbalanceSigns(weight.subarray(0, size), values, targets, slack, summed);
    const J = targets.length;
    const slope = this.#score.values;
    for (let b = 0; b < size; b++) {
      const w = weight[b]!;
      // x log x has the limit 0 at 0, and w times its slope likewise
      let inner = w > 0 ? Math.log(w) + 1 : 0;
      for (let j = 0; j < J; j++) inner += penalty * signs[j]! * values[b * J + j]!;
      slope[b] = (inner * w * (1 - this.#value.values[b]!)) / size;
    }
    this.#trainer.push(batch, this.#score);
    this.#trainer.adam.step();
  }

  /** The weights of all ratings. */
  all(): Float64Array {
    const n = this.#base.length;
    const out = new Float64Array(n);
    for (let from = 0; from < n; from += this.#batch) {
      const to = Math.min(n, from + this.#batch);
      const part = Uint32Array.from({ length: to - from }, (_, k) => from + k);
      this.#all.gather(this.#observed, part);
      this.weigh(this.#all, part);
      out.set(this.#all.weight.subarray(0, part.length), from);
    }
    return out;
  }
}

/**
 * The slope of the two hinges in each imbalance: the sign of an imbalance beyond the slack, else 0.
 * With `summed` the hinges see only the sum of all, so that opposite signs cancel.
 */
export function imbalanceSigns(
  weights: Float64Array,
  values: Float64Array,
  targets: Float64Array,
  slack: number,
  summed: boolean,
): Float64Array {
  const J = targets.length;
  const imbalance = targets.map((mean) => -mean);
  for (let b = 0; b < weights.length; b++) {
    const share = weights[b]! / weights.length;
    for (let j = 0; j < J; j++) imbalance[j]! += share * values[b * J + j]!;
  }
  const sign = (v: number) => (Math.abs(v) > slack ? Math.sign(v) : 0);
  if (!summed) return imbalance.map(sign);
  return imbalance.fill(sign(imbalance.reduce((sum, v) => sum + v, 0)));
}
