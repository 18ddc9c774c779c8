import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import type { Coat } from "@daily-kernel/datasets";
import { GaussianKernel } from "@daily-kernel/kernels";
import {
  cellFeatures,
  fitMatrixFactorization,
  ipsLoss,
  logisticPropensity,
  naiveBayesPropensity,
  type Ratings,
  ratings,
  ratingsFromDense,
  type TrainingOptions,
} from "@daily-kernel/recommend";
import type { Balance } from "./unseen.ts";

/** Kernel functions that are balanced. */
const FUNCTIONS = 50;

/** Coat completed: what every user would say of every coat, and the chance that it is asked. */
export interface Truth {
  readonly users: number;
  readonly items: number;
  /** The chance of a like, users x items. */
  readonly like: Float64Array;
  /** The chance of being observed, users x items. */
  readonly seen: Float64Array;
  readonly userFeatures: Matrix;
  readonly itemFeatures: Matrix;
}

const sigmoid = (s: number) => 1 / (1 + Math.exp(-s));

/** A rank-8 fit to all ratings as the truth; people look for what they like and for a kind of coat. */
export async function completeCoat(
  coat: Coat,
  rng: Rng,
  run: Pick<TrainingOptions, "signal" | "onProgress">,
): Promise<Truth> {
  const { users, items } = coat;
  const all = coat.train.map((r, c) => r || coat.test[c]!);
  const stars = ratingsFromDense(matrix(users, items, all));
  const fit = await fitMatrixFactorization(stars, {
    ...run,
    rng,
    rank: 8,
    loss: "squared",
    epochs: 60,
    rate: 0.02,
    decay: 0.003,
  });
  const like = fit.predictAll().data.map((stars) => sigmoid(2 * (stars - 2.8)));
  const { data: tastes, cols } = coat.itemFeatures;
  const kind = Float64Array.from({ length: cols }, () => 0.5 * rng.normal());
  const draw = Float64Array.from({ length: items }, (_, i) =>
    kind.reduce((sum, k, j) => sum + k * tastes[i * cols + j]!, 0),
  );
  return {
    users,
    items,
    like,
    seen: like.map((p, c) => sigmoid(-4 + 3 * p + draw[c % items]!)),
    userFeatures: matrix(users, coat.userFeatures.cols, coat.userFeatures.data),
    itemFeatures: matrix(items, cols, tastes),
  };
}

/** Errors of a prediction in one draw: of every cell, and their mean. */
type Errors = (like: number, cell: number) => number;

/** Predictions whose errors go with the liking in different ways, scored by squared error. */
const predictions: readonly ((truth: Truth) => Errors)[] = [
  () => (like) => (like - 0.5) ** 2,
  () => (like) => (like - 0.2) ** 2,
  (truth) => (like, c) => (like - truth.like[c]! ** 2) ** 2,
  (truth) => (like, c) => (like - (1 - truth.like[c]!)) ** 2,
];

export const estimators = ["naive", "naive Bayes", "logistic", "balanced"] as const;
type Estimator = (typeof estimators)[number];

/** The absolute bias of each estimator in one draw of likes and observations, mean over predictions. */
export async function oneDraw(
  truth: Truth,
  balance: Balance,
  rng: Rng,
  run: Pick<TrainingOptions, "signal" | "onProgress">,
): Promise<Record<Estimator, number[]>> {
  const { users, items } = truth;
  const cells = users * items;
  const like = truth.like.map((p) => (rng.uniform() < p ? 1 : 0));
  const observed = drawn(truth, like, (c) => rng.uniform() < truth.seen[c]!);
  const n = observed.rating.length;
  const sample = drawn(truth, like, () => rng.uniform() < 0.003);
  const chance = await logisticPropensity(observed, truth);
  const inverse = {
    naive: new Float64Array(n).fill(cells / n),
    "naive Bayes": naiveBayesPropensity(observed, sample).map((p) => 1 / p),
    logistic: Float64Array.from(
      observed.user,
      (u, k) => 1 / chance.data[u * items + observed.item[k]!]!,
    ),
  };
  const learned = await fitMatrixFactorization(observed, {
    ...run,
    rng,
    epochs: 20,
    biases: false,
    decay: 5e-4,
  });
  const side = { userFeatures: learned.userFactors, itemFeatures: learned.itemFactors };
  const x = cellFeatures(side, observed.user, observed.item);
  const every = Array.from({ length: cells }, (_, c) => c);
  const population = cellFeatures(
    side,
    every.map((c) => Math.floor(c / items)),
    every.map((c) => c % items),
  );
  const centres = matrix(FUNCTIONS, x.cols);
  for (let j = 0; j < FUNCTIONS; j++) {
    const c = rng.integer(cells) * x.cols;
    centres.data.set(population.data.subarray(c, c + x.cols), j * x.cols);
  }
  const { weights } = balance({
    observed: x,
    population,
    centres,
    kernel: new GaussianKernel({ dimension: x.cols, lengthscales: 0.5 }),
  });
  const scaled = { ...inverse, balanced: weights.map((w) => (w * cells) / n) };
  const biases = (w: Float64Array) =>
    predictions.map((make) => {
      const error = make(truth);
      const ideal = like.reduce((sum, r, c) => sum + error(r, c), 0) / cells;
      const errors = observed.rating.map((r, k) =>
        error(r, observed.user[k]! * items + observed.item[k]!),
      );
      return ipsLoss(errors, w, cells) - ideal;
    });
  return {
    naive: biases(scaled.naive),
    "naive Bayes": biases(scaled["naive Bayes"]),
    logistic: biases(scaled.logistic),
    balanced: biases(scaled.balanced),
  };
}

function drawn(truth: Truth, like: Float64Array, seen: (cell: number) => boolean): Ratings {
  const at = Array.from(like.keys()).filter(seen);
  return ratings({
    users: truth.users,
    items: truth.items,
    user: at.map((c) => Math.floor(c / truth.items)),
    item: at.map((c) => c % truth.items),
    rating: at.map((c) => like[c]!),
  });
}

export type Draws = Record<Estimator, number[]>[];

/** Biases over draws, and the ratio of the balanced to that of the better fitted propensity. */
export function biasRatio(draws: Draws) {
  const signed: Record<string, number[]> = {};
  const absolute: Record<string, number> = {};
  for (const estimator of estimators) {
    signed[estimator] = predictions.map(
      (_, p) => draws.reduce((sum, draw) => sum + draw[estimator][p]!, 0) / draws.length,
    );
    absolute[estimator] =
      draws.reduce((sum, draw) => sum + draw[estimator].reduce((a, v) => a + Math.abs(v), 0), 0) /
      (draws.length * predictions.length);
  }
  const best = Math.min(absolute["naive Bayes"]!, absolute.logistic!);
  return { signed, absolute, ratio: absolute.balanced! / best };
}

/** The 95 % bootstrap interval of that ratio, over draws. */
export function biasRatioInterval(draws: Draws, rng: Rng): readonly [number, number] {
  const ratios = Float64Array.from({ length: 2000 }, () => {
    const again = draws.map(() => draws[Math.floor(rng.uniform() * draws.length)]!);
    return biasRatio(again).ratio;
  }).sort();
  return [ratios[49]!, ratios[1949]!];
}
