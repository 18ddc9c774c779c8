import { checkObject, type Rng } from "@daily-kernel/compute";
import type { Ratings } from "../ratings/ratings.ts";
import { type FitOptions, shares } from "./fit.ts";
import type { MatrixFactorization } from "./matrix-factorization.ts";
import { Trainer, trainEpochs } from "./trainer.ts";
import { checkTargets, type Settings, settingsOf } from "./training-options.ts";

export interface DoublyRobustOptions extends FitOptions {
  /** Cells drawn from the whole table for each rating of a step. Default 5. */
  cellsPerRating?: number | undefined;
}

export interface DoublyRobustFit {
  model: MatrixFactorization;
  /** The factorisation whose predictions stand for the ratings of cells that nobody rated. */
  imputation: MatrixFactorization;
}

/**
 * Doubly robust joint learning (Wang, Zhang, Sun, Qi 2019): the prediction f minimises
 * mean over all cells of l(f, g) + mean over ratings of w (l(f, r) - l(f, g)), where g is what the
 * imputation model would have rated, fitted in turns by sum w (l(f, r) - l(f, g))^2. The second term
 * is weighted in both its parts.
 *
 * @throws as `fitMatrixFactorization`.
 */
export async function fitDoublyRobust(
  observed: Ratings,
  options: DoublyRobustOptions,
): Promise<DoublyRobustFit> {
  const fn = "fitDoublyRobust";
  checkObject(fn, "observed", observed);
  const settings = settingsOf(fn, options);
  checkTargets(fn, observed.rating, settings.loss);
  const weights = shares(fn, options.weights, observed.rating.length);
  const pair = new JointTrainer(observed, settings, options.cellsPerRating ?? 5);
  const { loss, epochs } = await trainEpochs(settings, options, () => pair.epoch(weights));
  return {
    model: pair.prediction.model(loss, epochs),
    imputation: pair.imputation.model(loss, epochs),
  };
}

/** The two factorisations in training. */
export class JointTrainer {
  readonly prediction: Trainer;
  readonly imputation: Trainer;
  readonly #observed: Ratings;
  readonly #rng: Rng;
  readonly #batch: number;
  readonly #cells: number;

  constructor(observed: Ratings, settings: Settings, cellsPerRating: number) {
    this.prediction = new Trainer(observed, settings);
    this.imputation = new Trainer(observed, settings);
    this.#observed = observed;
    this.#rng = settings.rng;
    this.#batch = settings.batch;
    this.#cells = cellsPerRating;
  }

  /** l(f, r) - l(f, g) at rating k: what imputation leaves of the error. */
  residual(k: number): number {
    const { user, item, rating } = this.#observed;
    const f = this.prediction;
    const s = f.score(user[k]!, item[k]!);
    const g = this.imputation.valueOf(this.imputation.score(user[k]!, item[k]!));
    return f.lossOf(s, rating[k]!) - f.lossOf(s, g);
  }

  /** One pass over the ratings; the mean doubly robust loss. */
  epoch(weights: Float64Array): number {
    const { users, items, rating } = this.#observed;
    const n = rating.length;
    const order = this.#rng.permutation(n);
    let total = 0;
    for (let from = 0; from < n; from += this.#batch) {
      const part = order.subarray(from, Math.min(n, from + this.#batch));
      this.#imputationStep(part, weights);
      total += this.#predictionStep(part, weights, users, items) * part.length;
    }
    return total / n;
  }

  #imputationStep(part: Uint32Array, weights: Float64Array): void {
    const { user, item, rating } = this.#observed;
    const { prediction, imputation } = this;
    for (const k of part) {
      const [u, i] = [user[k]!, item[k]!];
      const s = prediction.score(u, i);
      const g = imputation.valueOf(imputation.score(u, i));
      const rest = prediction.lossOf(s, rating[k]!) - prediction.lossOf(s, g);
      // d l(f, g) / dg is -s for the log loss and g - s for half the square
      const slope = prediction.logistic ? -s * g * (1 - g) : g - s;
      imputation.push(u, i, (-2 * weights[k]! * rest * slope) / part.length);
    }
    imputation.adam.step();
  }

  #predictionStep(part: Uint32Array, weights: Float64Array, users: number, items: number): number {
    const { user, item, rating } = this.#observed;
    const { prediction, imputation } = this;
    let loss = 0;
    for (const k of part) {
      const [u, i] = [user[k]!, item[k]!];
      const s = prediction.score(u, i);
      const g = imputation.valueOf(imputation.score(u, i));
      const share = weights[k]! / part.length;
      loss += share * (prediction.lossOf(s, rating[k]!) - prediction.lossOf(s, g));
      prediction.push(u, i, share * (g - rating[k]!));
    }
    const cells = this.#cells * part.length;
    for (let c = 0; c < cells; c++) {
      const u = this.#rng.integer(users);
      const i = this.#rng.integer(items);
      const s = prediction.score(u, i);
      const g = imputation.valueOf(imputation.score(u, i));
      loss += prediction.lossOf(s, g) / cells;
      prediction.push(u, i, (prediction.valueOf(s) - g) / cells);
    }
    prediction.adam.step();
    return loss;
  }
}
