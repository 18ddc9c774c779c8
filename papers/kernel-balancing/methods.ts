import { GaussianKernel } from "@daily-kernel/kernels";
import type {
  AlternatingFit,
  AlternatingOptions,
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
  readonly alternating: (
    ratings: Ratings,
    options: AlternatingOptions,
  ) => Promise<Pick<AlternatingFit, "model">>;
}

/** The methods that are compared, by the names that figures and controls give them. */
export const methods = [
  "MF",
  "IPS",
  "entropy alone",
  "KB-IPS",
  "AKB-IPS",
  "WKB-IPS",
  "KB-IPS, solved",
  "DR",
  "KB-DR",
  "AKB-DR",
  "KB-DR, solved",
  "MF with biases",
] as const;
export type Method = (typeof methods)[number];

/** What a search may choose; a method looks at what concerns it. */
export interface Settings {
  readonly rate: number;
  readonly decay: number;
  readonly epochs: number;
  readonly weightRate?: number;
  readonly weightDecay?: number;
  readonly slack?: number;
  readonly penalty?: number;
  readonly functions?: number;
  /** The kernel's lengthscale over the root of the number of features. */
  readonly width?: number;
}

const training = {
  rate: [0.003, 0.01, 0.03],
  decay: [1e-4, 3e-4, 1e-3, 3e-3],
  epochs: [20, 40, 80],
} as const;
const weighing = { weightRate: [0.005, 0.02], weightDecay: [0, 0.005] } as const;
const balancing = { slack: [0.001, 0.01], functions: [3, 16], width: [0.25, 0.5, 1] } as const;
const alternating = { ...training, ...weighing, ...balancing, penalty: [1, 10] } as const;

/** What is searched for each method, with as many trainings for each. */
export const spaces: Readonly<Record<Method, Readonly<Record<string, readonly number[]>>>> = {
  MF: training,
  IPS: training,
  "entropy alone": { ...training, ...weighing },
  "KB-IPS": alternating,
  "AKB-IPS": alternating,
  "WKB-IPS": alternating,
  "KB-IPS, solved": { ...training, ...balancing },
  DR: training,
  "KB-DR": alternating,
  "AKB-DR": alternating,
  "KB-DR, solved": { ...training, ...balancing },
  "MF with biases": training,
};

/** One base model for all: factors of length 4 from a uniform start, no biases, as the paper has. */
export const base = {
  rank: 4,
  biases: false,
  initial: "uniform",
  batch: 128,
} as const satisfies Omit<TrainingOptions, "rng">;

/** The plain factorisation whose factors are the features of users and items. */
export const featureOptions = { ...base, epochs: 60, rate: 0.01, decay: 2e-4 } as const;

/** What methods are trained on. */
export interface Given {
  readonly train: Ratings;
  /** 1 / propensity of each rating of `train`. */
  readonly inverse: Float64Array;
  readonly features: SideFeatures;
}

/** Trains a method; all methods of a seed start from the same factors. */
export async function train(
  method: Method,
  { train, inverse, features }: Given,
  settings: Settings,
  learn: Learners,
  run: Pick<TrainingOptions, "rng" | "signal" | "onProgress">,
): Promise<MatrixFactorization> {
  const { width = 0.5, rate, decay, epochs, ...more } = settings;
  const options = { ...base, ...run, rate, decay, epochs };
  const dimension = features.userFeatures.cols + features.itemFeatures.cols;
  const kernel = new GaussianKernel({ dimension, lengthscales: width * Math.sqrt(dimension) });
  const balanced = { ...options, ...more, base: inverse, features, kernel };
  const turns = async (
    estimator: "ips" | "dr",
    selection: Selection,
    penalty = more.penalty ?? 1,
  ) => (await learn.alternating(train, { ...balanced, estimator, selection, penalty })).model;
  const solved = async (estimator: "ips" | "dr") =>
    (await learn.balanced(train, { ...balanced, estimator })).model;
  switch (method) {
    case "MF":
      return learn.plain(train, options);
    case "MF with biases":
      return learn.plain(train, { ...options, biases: true, initial: "normal" });
    case "IPS":
      return learn.plain(train, { ...options, weights: inverse });
    case "DR":
      return (await learn.doublyRobust(train, { ...options, weights: inverse })).model;
    case "entropy alone":
      return turns("ips", "random", 0);
    case "KB-IPS":
      return turns("ips", "random");
    case "AKB-IPS":
      return turns("ips", "adaptive");
    case "WKB-IPS":
      return turns("ips", "worst");
    case "KB-DR":
      return turns("dr", "random");
    case "AKB-DR":
      return turns("dr", "adaptive");
    case "KB-IPS, solved":
      return solved("ips");
    case "KB-DR, solved":
      return solved("dr");
  }
}
