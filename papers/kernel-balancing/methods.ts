import type { Rng } from "@daily-kernel/compute";
import type {
  BalancedFit,
  BalancedOptions,
  DoublyRobustFit,
  DoublyRobustOptions,
  FitOptions,
  MatrixFactorization,
  Ratings,
  Selection,
  SideFeatures,
  TrainingOptions,
} from "@daily-kernel/recommend";
import type { LikesTask } from "./likes-task.ts";

/** What trains; tests put wrong implementations here. */
export interface Learners {
  readonly plain: (ratings: Ratings, options: FitOptions) => Promise<MatrixFactorization>;
  readonly doublyRobust: (
    ratings: Ratings,
    options: DoublyRobustOptions,
  ) => Promise<DoublyRobustFit>;
  readonly balanced: (
    ratings: Ratings,
    options: BalancedOptions,
  ) => Promise<Pick<BalancedFit, "model">>;
}

/** The methods that are compared, by the names that figures and controls give them. */
export const methods = [
  "MF",
  "IPS",
  "KB-IPS",
  "AKB-IPS",
  "WKB-IPS",
  "KB-IPS, no propensity",
  "DR",
  "KB-DR",
  "AKB-DR",
] as const;
export type Method = (typeof methods)[number];

/** One base model for all: factors of length 4 from a uniform start, no biases, as the paper has. */
export const base = {
  rank: 4,
  biases: false,
  initial: "uniform",
  epochs: 60,
  batch: 128,
  rate: 0.01,
  decay: 2e-4,
} as const satisfies Omit<TrainingOptions, "rng">;

/** Trains a method on a seed's task; all methods of a seed start from the same factors. */
export async function train(
  method: Method,
  { train, inverse }: LikesTask,
  features: SideFeatures,
  learn: Learners,
  rng: Rng,
  run: Pick<TrainingOptions, "signal" | "onProgress">,
): Promise<MatrixFactorization> {
  const options = { ...base, ...run, rng };
  const balanced = async (estimator: "ips" | "dr", selection: Selection, weights?: Float64Array) =>
    (
      await learn.balanced(train, {
        ...options,
        estimator,
        selection,
        features,
        ...(weights && { base: weights }),
      })
    ).model;
  switch (method) {
    case "MF":
      return learn.plain(train, options);
    case "IPS":
      return learn.plain(train, { ...options, weights: inverse });
    case "DR":
      return (await learn.doublyRobust(train, { ...options, weights: inverse })).model;
    case "KB-IPS":
      return balanced("ips", "random", inverse);
    case "AKB-IPS":
      return balanced("ips", "adaptive", inverse);
    case "WKB-IPS":
      return balanced("ips", "worst", inverse);
    case "KB-IPS, no propensity":
      return balanced("ips", "random");
    case "KB-DR":
      return balanced("dr", "random", inverse);
    case "AKB-DR":
      return balanced("dr", "adaptive", inverse);
  }
}
