import { type Arena, wasm } from "@daily-kernel/compute";
import { sigmoid, softplus } from "../check.ts";
import * as kernels from "../kernels.generated.ts";
import type { Ratings } from "../ratings/ratings.ts";
import { Adam } from "./adam.ts";
import { type Layout, scoreOf, setInitial, sizeOf } from "./factors.ts";
import { MatrixFactorization } from "./matrix-factorization.ts";
import { Batch, type Cells, type Column, column } from "./memory.ts";
import type { Settings } from "./training-options.ts";

/** A factorisation in training. */
export class Trainer {
  readonly layout: Layout;
  readonly logistic: boolean;
  readonly theta: Column;
  readonly adam: Adam;
  readonly #settings: Settings;
  readonly #batch: Batch;
  readonly #score: Column;
  readonly #value: Column;
  readonly #slope: Column;

  constructor(arena: Arena, observed: Ratings, settings: Settings) {
    const { users, items } = observed;
    const { rank, biases, initial, loss, rate, decay, rng, batch } = settings;
    this.#settings = settings;
    this.logistic = loss === "logistic";
    this.layout = { users, items, rank, biases };
    this.theta = column(arena, sizeOf(this.layout));
    const mean = observed.rating.reduce((sum, r) => sum + r, 0) / observed.rating.length;
    const inner = Math.min(0.99, Math.max(0.01, mean));
    const start = this.logistic ? Math.log(inner / (1 - inner)) : mean;
    setInitial(this.theta.values, this.layout, initial, start, rng);
    this.adam = new Adam(arena, this.theta, rate, decay);
    const most = Math.min(batch, observed.rating.length);
    this.#batch = new Batch(arena, most);
    this.#score = column(arena, most);
    this.#value = column(arena, most);
    this.#slope = column(arena, most);
  }

  scoreAt(user: number, item: number): number {
    return scoreOf(this.theta.values, this.layout, user, item);
  }

  /** The scores of cells. */
  score(cells: Cells, out: Column): void {
    const { users, items, rank, biases } = this.layout;
    const { userAt, itemAt, size } = cells;
    wasm(kernels).exports.scoreCells!(
      ...[this.theta.at, users, items, rank, Number(biases), userAt, itemAt, size, out.at],
    );
  }

  /** The predictions of `size` scores; the slope of the loss in a score is its value minus the target. */
  values(scores: Column, size: number, out: Column): void {
    if (this.logistic) wasm(kernels).exports.sigmoids!(scores.at, out.at, size);
    else out.values.set(scores.values.subarray(0, size));
  }

  /** The loss of a score against a target: log loss, or half the square. */
  lossOf(score: number, target: number): number {
    return this.logistic ? softplus(score) - target * score : (score - target) ** 2 / 2;
  }

  /** The prediction of one score. */
  valueOf(score: number): number {
    return this.logistic ? sigmoid(score) : score;
  }

  /** Adds slope times the gradient of the score, for every cell. */
  push(cells: Cells, slope: Column): void {
    const { users, items, rank, biases } = this.layout;
    const { userAt, itemAt, size } = cells;
    wasm(kernels).exports.addGradients!(
      ...[this.theta.at, this.adam.gradient.at, users, items, rank, Number(biases)],
      ...[userAt, itemAt, slope.at, size],
    );
  }

  /** A step on the mean weighted loss of a batch; returns that mean. */
  step(batch: Batch): number {
    const { size, rating, weight } = batch;
    this.score(batch, this.#score);
    this.values(this.#score, size, this.#value);
    const s = this.#score.values;
    const p = this.#value.values;
    const slope = this.#slope.values;
    let total = 0;
    for (let b = 0; b < size; b++) {
      total += weight[b]! * this.lossOf(s[b]!, rating[b]!);
      slope[b] = (weight[b]! * (p[b]! - rating[b]!)) / size;
    }
    this.push(batch, this.#slope);
    this.adam.step();
    return total / size;
  }

  /** One pass in random order over weighted ratings; the mean weighted loss. */
  epoch(observed: Ratings, weights: Float64Array): number {
    const { rng, batch } = this.#settings;
    const n = observed.rating.length;
    const order = rng.permutation(n);
    let total = 0;
    for (let from = 0; from < n; from += batch) {
      const part = order.subarray(from, Math.min(n, from + batch));
      this.#batch.fill(observed, part, weights);
      total += this.step(this.#batch) * part.length;
    }
    return total / n;
  }

  model(trainingLoss: number, epochs: number): MatrixFactorization {
    const { loss } = this.#settings;
    const theta = this.theta.values.slice();
    return new MatrixFactorization(theta, this.layout, { loss, trainingLoss, epochs });
  }
}
