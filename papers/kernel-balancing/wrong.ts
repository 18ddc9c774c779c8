/**
 * Named wrong implementations: the tests put them in the place of ours and see a claim fail.
 */

import { fitMatrixFactorization } from "@daily-kernel/recommend";
import type { Learners } from "./methods.ts";
import type { Balance } from "./unseen.ts";

/** Balancing that leaves all weights at 1. */
export const equalWeights: Balance = ({ observed }) => ({
  weights: new Float64Array(observed.rows).fill(1),
});

/** Learners under whose names one and the same model is trained, for an epoch, without weights. */
export const unweighted: Learners = {
  plain: (ratings, { weights: _, ...options }) =>
    fitMatrixFactorization(ratings, { ...options, epochs: 1 }),
  doublyRobust: async (ratings, { weights: _, cellsPerRating: __, ...options }) => {
    const model = await fitMatrixFactorization(ratings, { ...options, epochs: 1 });
    return { model, imputation: model };
  },
  balanced: async (ratings, { rng, ...options }) => {
    const { rank, biases, initial, batch, rate, decay } = options;
    const settings = { rng, rank, biases, initial, batch, rate, decay, epochs: 1 };
    return { model: await fitMatrixFactorization(ratings, settings) };
  },
};
