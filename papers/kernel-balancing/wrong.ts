/**
 * Named wrong implementations: the tests put them in the place of ours and see a claim fail.
 */

import { type FitOptions, fitMatrixFactorization, type Ratings } from "@daily-kernel/recommend";
import type { Learners } from "./methods.ts";
import type { Balance } from "./unseen.ts";

/** Balancing that leaves all weights at 1. */
export const equalWeights: Balance = ({ observed }) => ({
  weights: new Float64Array(observed.rows).fill(1),
});

/** What the one model of `unweighted` is trained with, whatever a search found. */
const once = { epochs: 1, rate: 0.01, decay: 2e-4 } as const;

type Shape = Pick<FitOptions, "rng" | "rank" | "biases" | "initial" | "batch">;
const oneModel = (ratings: Ratings, { rng, rank, biases, initial, batch }: Shape) =>
  fitMatrixFactorization(ratings, { rng, rank, biases, initial, batch, ...once });

/** Learners under whose names one and the same model is trained, for an epoch, without weights. */
export const unweighted: Learners = {
  plain: oneModel,
  doublyRobust: async (ratings, options) => {
    const model = await oneModel(ratings, options);
    return { model, imputation: model };
  },
  balanced: async (ratings, options) => ({ model: await oneModel(ratings, options) }),
  alternating: async (ratings, options) => ({ model: await oneModel(ratings, options) }),
};
