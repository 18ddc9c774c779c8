import { checkObject } from "@daily-kernel/compute";
import { checkVector } from "../check.ts";
import type { Ratings } from "../ratings/ratings.ts";
import type { MatrixFactorization } from "./matrix-factorization.ts";
import { withMemory } from "./memory.ts";
import { trainEpochs } from "./train-epochs.ts";
import { Trainer } from "./trainer.ts";
import { checkTargets, settingsOf, type TrainingOptions } from "./training-options.ts";

export interface FitOptions extends TrainingOptions {
  /**
   * One number >= 0 a rating: 1 / propensity for training by inverse propensity, or balanced
   * weights. Used as shares of their mean over all ratings, so only ratios matter. Default all 1.
   */
  weights?: ArrayLike<number> | undefined;
}

/**
 * A matrix factorisation by mini-batch Adam on sum w loss. With weights 1 it learns what was
 * observed; with inverse propensities, what all cells would have shown (Schnabel et al. 2016).
 * Normalising the weights makes it the self-normalised estimator, whose minimiser is that of the
 * plain one but for the relative strength of `decay`. O(epochs n rank + epochs n / batch
 * parameters).
 *
 * @throws RangeError `ERR_DOMAIN` for options out of range, ratings other than 0 and 1 with the
 *   logistic loss, weights < 0; `ERR_SHAPE` for weights of another number.
 */
export async function fitMatrixFactorization(
  observed: Ratings,
  options: FitOptions,
): Promise<MatrixFactorization> {
  const fn = "fitMatrixFactorization";
  checkObject(fn, "observed", observed);
  const settings = settingsOf(fn, options);
  checkTargets(fn, observed.rating, settings.loss);
  const weights = shares(fn, options.weights, observed.rating.length);
  return withMemory(async (arena) => {
    const trainer = new Trainer(arena, observed, settings);
    const { loss, epochs } = await trainEpochs(settings, options, () =>
      trainer.epoch(observed, weights),
    );
    return trainer.model(loss, epochs);
  });
}

/** Weights over their mean; ones where there are none. */
export function shares(fn: string, weights: ArrayLike<number> | undefined, n: number) {
  if (weights === undefined) return new Float64Array(n).fill(1);
  checkVector(fn, "options.weights", weights, n, 0);
  const mean = Array.from(weights).reduce((sum, w) => sum + w, 0) / n;
  return Float64Array.from(weights, (w) => (mean > 0 ? w / mean : 1));
}
