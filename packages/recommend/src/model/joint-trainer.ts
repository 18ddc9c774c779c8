import type { Arena, Rng } from "@daily-kernel/compute";
import type { Ratings } from "../ratings/ratings.ts";
import { Batch, Cells, type Column, column } from "./memory.ts";
import { Trainer } from "./trainer.ts";
import type { Settings } from "./training-options.ts";

/** The two factorisations of doubly robust learning in training. */
export class JointTrainer {
  readonly prediction: Trainer;
  readonly imputation: Trainer;
  readonly #observed: Ratings;
  readonly #rng: Rng;
  readonly #size: number;
  readonly #perRating: number;
  readonly #batch: Batch;
  readonly #cells: Cells;
  /** Scores and values of the prediction (f) and of the imputation (g), and slopes. */
  readonly #s: Column;
  readonly #f: Column;
  readonly #t: Column;
  readonly #g: Column;
  readonly #slope: Column;

  constructor(arena: Arena, observed: Ratings, settings: Settings, cellsPerRating: number) {
    this.prediction = new Trainer(arena, observed, settings);
    this.imputation = new Trainer(arena, observed, settings);
    this.#observed = observed;
    this.#rng = settings.rng;
    this.#size = Math.min(settings.batch, observed.rating.length);
    this.#perRating = cellsPerRating;
    const most = this.#size * cellsPerRating;
    this.#batch = new Batch(arena, this.#size);
    this.#cells = new Cells(arena, most);
    [this.#s, this.#f, this.#t, this.#g, this.#slope] = [
      column(arena, most),
      column(arena, most),
      column(arena, most),
      column(arena, most),
      column(arena, most),
    ];
  }

  /** l(f, r) - l(f, g) at rating k: what imputation leaves of the error. */
  residual(k: number): number {
    const { user, item, rating } = this.#observed;
    const f = this.prediction;
    const s = f.scoreAt(user[k]!, item[k]!);
    const g = this.imputation.valueOf(this.imputation.scoreAt(user[k]!, item[k]!));
    return f.lossOf(s, rating[k]!) - f.lossOf(s, g);
  }

  /** One pass over the ratings; the mean doubly robust loss. */
  epoch(weights: Float64Array): number {
    const n = this.#observed.rating.length;
    const order = this.#rng.permutation(n);
    let total = 0;
    for (let from = 0; from < n; from += this.#size) {
      const part = order.subarray(from, Math.min(n, from + this.#size));
      this.#batch.fill(this.#observed, part, weights);
      this.imputationStep(this.#batch);
      this.#cells.draw(this.#observed, part.length * this.#perRating, this.#rng);
      total += this.predictionStep(this.#batch, this.#cells).loss * part.length;
    }
    return total / n;
  }

  /** Scores and values of both models at cells. */
  #look(cells: Cells): void {
    this.prediction.score(cells, this.#s);
    this.imputation.score(cells, this.#t);
    this.prediction.values(this.#s, cells.size, this.#f);
    this.imputation.values(this.#t, cells.size, this.#g);
  }

  /**
   * A step of the imputation on mean w (l(f, r) - imputed)^2, where imputed is l(f, g), or, as the
   * released code has it, on the sum with l(g, f).
   */
  imputationStep(batch: Batch, released = false): void {
    this.#look(batch);
    const { size, rating, weight } = batch;
    const [s, t, f, g] = [this.#s.values, this.#t.values, this.#f.values, this.#g.values];
    const slope = this.#slope.values;
    const { logistic } = this.prediction;
    for (let b = 0; b < size; b++) {
      const imputed = released
        ? this.imputation.lossOf(t[b]!, f[b]!)
        : this.prediction.lossOf(s[b]!, g[b]!);
      const rest = this.prediction.lossOf(s[b]!, rating[b]!) - imputed;
      // d l(f, g) / dt is -s g' for the log loss and g - s for half the square; d l(g, f) / dt is g - f
      const unswapped = logistic ? -s[b]! * g[b]! * (1 - g[b]!) : g[b]! - s[b]!;
      slope[b] = released
        ? -2 * weight[b]! * rest * (g[b]! - f[b]!)
        : (-2 * weight[b]! * rest * unswapped) / size;
    }
    this.imputation.push(batch, this.#slope);
    this.imputation.adam.step();
  }

  /**
   * A step of the prediction on mean w l(f, r) - mean v l(f, g) over ratings + mean l(f, g) over
   * cells, where v is w, or 1 as the released code has it; the loss, and its first term.
   */
  predictionStep(batch: Batch, cells: Cells, unweighted = false) {
    this.#look(batch);
    const { size, rating, weight } = batch;
    const [s, f, g] = [this.#s.values, this.#f.values, this.#g.values];
    const slope = this.#slope.values;
    let [loss, ofRatings] = [0, 0];
    for (let b = 0; b < size; b++) {
      const w = weight[b]! / size;
      const v = unweighted ? 1 / size : w;
      const plain = this.prediction.lossOf(s[b]!, rating[b]!);
      ofRatings += w * plain;
      loss += w * plain - v * this.prediction.lossOf(s[b]!, g[b]!);
      slope[b] = w * (f[b]! - rating[b]!) - v * (f[b]! - g[b]!);
    }
    this.prediction.push(batch, this.#slope);
    this.#look(cells);
    for (let c = 0; c < cells.size; c++) {
      loss += this.prediction.lossOf(s[c]!, g[c]!) / cells.size;
      slope[c] = (f[c]! - g[c]!) / cells.size;
    }
    this.prediction.push(cells, this.#slope);
    this.prediction.adam.step();
    return { loss, ofRatings };
  }
}
