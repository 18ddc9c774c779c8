import { matrix, type Rng } from "@daily-kernel/compute";
import type { Coat } from "@daily-kernel/datasets";
import {
  binarise,
  naiveBayesPropensity,
  type Ratings,
  ratingsFromDense,
  splitRatings,
} from "@daily-kernel/recommend";

/** A rating of this or more is a like, as in the paper. */
const LIKE = 3;

/** Coat as likes, with what a seed decides: which randomised ratings the propensities may see. */
export interface CoatTask {
  readonly train: Ratings;
  /** 1 / propensity of each rating of `train`, by naive Bayes. */
  readonly inverse: Float64Array;
  /** 95 % of the randomised ratings: the propensities did not see them. */
  readonly test: Ratings;
}

export function coatTask(coat: Coat, rng: Rng): CoatTask {
  const stars = ratingsFromDense(matrix(coat.users, coat.items, coat.train));
  const randomised = ratingsFromDense(matrix(coat.users, coat.items, coat.test));
  const [sample, rest] = splitRatings(randomised, 0.05, rng);
  return {
    train: binarise(stars, LIKE),
    inverse: naiveBayesPropensity(stars, sample).map((p) => 1 / p),
    test: binarise(rest, LIKE),
  };
}
