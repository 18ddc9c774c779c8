import { checkObject } from "@daily-kernel/compute";
import { checkWhole } from "../check.ts";
import type { Ratings } from "../ratings/ratings.ts";
import { type FitOptions, shares } from "./fit.ts";
import { JointTrainer } from "./joint-trainer.ts";
import type { MatrixFactorization } from "./matrix-factorization.ts";
import { withMemory } from "./memory.ts";
import { trainEpochs } from "./train-epochs.ts";
import { checkTargets, settingsOf } from "./training-options.ts";

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
  const cells = options.cellsPerRating ?? 5;
  checkWhole(fn, "options.cellsPerRating", cells, 1);
  return withMemory(async (arena) => {
    const pair = new JointTrainer(arena, observed, settings, cells);
    const { loss, epochs } = await trainEpochs(settings, options, () => pair.epoch(weights));
    return {
      model: pair.prediction.model(loss, epochs),
      imputation: pair.imputation.model(loss, epochs),
    };
  });
}
