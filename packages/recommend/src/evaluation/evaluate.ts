import { checkObject, checkType, domainError } from "@daily-kernel/compute";
import { checkVector, checkWhole } from "../check.ts";
import type { Ratings } from "../ratings/ratings.ts";

export interface EvaluateOptions {
  /** Lengths of the lists for NDCG, recall and precision. Default [5, 10]. */
  k?: readonly number[] | undefined;
  /** A rating of at least this is a positive. Default 1. */
  threshold?: number | undefined;
  /**
   * What a user without positives counts for in NDCG and recall: left out of the mean ("skip"), or
   * as a perfect list ("one", as some published code does). Default "skip".
   */
  usersWithoutPositives?: "skip" | "one" | undefined;
}

export interface AtK {
  k: number;
  ndcg: number;
  recall: number;
  precision: number;
}

export interface Evaluation {
  /** Chance that a positive cell has the higher prediction of a pair; ties count half. */
  auc: number;
  /** Mean squared difference of prediction and rating. */
  mse: number;
  /** Means over users, in the order of the option `k`. */
  atK: AtK[];
  /** Users of the test set without a positive. */
  usersWithoutPositives: number;
}

/**
 * Predictions (n numbers) against a test set: AUC over all cells, mean squared error, and for each
 * user's list, ranked by prediction, NDCG@k, recall@k and precision@k. Predictions that tie share
 * what their places give. O(n log n).
 *
 * @throws RangeError `ERR_DOMAIN` where all ratings, or none, are positive; `ERR_SHAPE` for another
 *   number of predictions.
 */
export function evaluate(
  test: Ratings,
  predictions: ArrayLike<number>,
  options: EvaluateOptions = {},
): Evaluation {
  const fn = "evaluate";
  checkObject(fn, "test", test);
  const n = test.rating.length;
  checkVector(fn, "predictions", predictions, n);
  const { k: lengths = [5, 10], threshold = 1, usersWithoutPositives = "skip" } = options;
  checkType(Array.isArray(lengths), fn, "options.k", "an array", lengths);
  for (const k of lengths) checkWhole(fn, "options.k", k, 1);
  if (usersWithoutPositives !== "skip" && usersWithoutPositives !== "one") {
    throw domainError(
      `${fn}: options.usersWithoutPositives must be "skip" or "one", got ${usersWithoutPositives}`,
    );
  }
  const positive = test.rating.map((r) => (r >= threshold ? 1 : 0));
  const lists = new Map<number, number[]>();
  for (let c = 0; c < n; c++) {
    const list = lists.get(test.user[c]!) ?? [];
    lists.set(test.user[c]!, list);
    list.push(c);
  }
  const ranked = [...lists.values()].map((list) => groups(list, predictions, positive));
  const without = ranked.filter((list) => list.every(({ positives }) => positives === 0)).length;
  const atK = lengths.map((k): AtK => {
    const sum = { k, ndcg: 0, recall: 0, precision: 0 };
    let counted = 0;
    for (const list of ranked) {
      const user = listMetrics(list, k);
      sum.precision += user.precision / ranked.length;
      if (user.positives === 0 && usersWithoutPositives === "skip") continue;
      counted++;
      sum.ndcg += user.positives === 0 ? 1 : user.ndcg;
      sum.recall += user.positives === 0 ? 1 : user.recall;
    }
    return { ...sum, ndcg: sum.ndcg / counted, recall: sum.recall / counted };
  });
  let squares = 0;
  for (let c = 0; c < n; c++) squares += (predictions[c]! - test.rating[c]!) ** 2;
  return {
    auc: areaUnderCurve(positive, predictions),
    mse: squares / n,
    atK,
    usersWithoutPositives: without,
  };
}

/** Cells of one prediction: how many, and how many positives. */
interface Tie {
  size: number;
  positives: number;
}

/** Cells from the highest prediction down, ties together. */
function groups(
  cells: readonly number[],
  predictions: ArrayLike<number>,
  positive: Float64Array,
): Tie[] {
  const order = [...cells].sort((a, b) => predictions[b]! - predictions[a]!);
  const out: Tie[] = [];
  let last: number | undefined;
  for (const c of order) {
    if (predictions[c] !== last) out.push({ size: 0, positives: 0 });
    last = predictions[c];
    const tie = out.at(-1)!;
    tie.size++;
    tie.positives += positive[c]!;
  }
  return out;
}

function listMetrics(list: readonly Tie[], k: number) {
  const positives = list.reduce((sum, tie) => sum + tie.positives, 0);
  let [place, gain, found, ideal] = [0, 0, 0, 0];
  for (const tie of list) {
    const share = tie.positives / tie.size;
    for (let c = 0; c < tie.size && place < k; c++, place++) {
      gain += share / Math.log2(place + 2);
      found += share;
    }
  }
  for (let c = 0; c < Math.min(k, positives); c++) ideal += 1 / Math.log2(c + 2);
  return {
    positives,
    ndcg: positives ? gain / ideal : 0,
    recall: positives ? found / Math.min(k, positives) : 0,
    precision: found / k,
  };
}

function areaUnderCurve(positive: Float64Array, predictions: ArrayLike<number>): number {
  const list = groups(Array.from(positive.keys()), predictions, positive);
  const positives = positive.reduce((sum, p) => sum + p, 0);
  const negatives = positive.length - positives;
  if (positives === 0 || negatives === 0) {
    throw domainError(
      `evaluate: test must hold positives and negatives, got ${positives} and ${negatives}`,
    );
  }
  let above = 0;
  let area = 0;
  for (const tie of list) {
    const bad = tie.size - tie.positives;
    area += bad * (above + tie.positives / 2);
    above += tie.positives;
  }
  return area / positives / negatives;
}
