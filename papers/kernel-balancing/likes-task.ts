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

/** What readers chose to rate and what they were shown at random, of the same users and items. */
export interface BothRatings {
  readonly chosen: Ratings;
  readonly randomised: Ratings;
}

export const coatRatings = (coat: Coat): BothRatings => ({
  chosen: ratingsFromDense(matrix(coat.users, coat.items, coat.train)),
  randomised: ratingsFromDense(matrix(coat.users, coat.items, coat.test)),
});

/** Likes, with what a seed decides: which randomised ratings the propensities may see. */
export interface LikesTask {
  readonly train: Ratings;
  /** 1 / propensity of each rating of `train`, by naive Bayes. */
  readonly inverse: Float64Array;
  /** The randomised ratings that the propensities did not see. */
  readonly test: Ratings;
  /**
   * The same as the released code has it: propensities by likes, from the same sample, which is in
   * the test set too.
   */
  readonly released: { readonly inverse: Float64Array; readonly test: Ratings };
}

/** @param share the part of the randomised ratings that the propensities see */
export function likesTask(
  { chosen, randomised }: BothRatings,
  rng: Rng,
  { like = LIKE, share = 0.05 } = {},
): LikesTask {
  const [sample, rest] = splitRatings(randomised, share, rng);
  const train = binarise(chosen, like);
  return {
    train,
    released: {
      // made where it is asked for: without smoothing a small sample may not do
      get inverse() {
        const liked = binarise(sample, like);
        const chances = naiveBayesPropensity(train, liked, { mode: "reference-code" });
        return chances.map((p) => 1 / p);
      },
      test: binarise(randomised, like),
    },
    inverse: naiveBayesPropensity(chosen, sample).map((p) => 1 / p),
    test: binarise(rest, like),
  };
}
