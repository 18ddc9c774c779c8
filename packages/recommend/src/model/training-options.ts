import { checkRunOptions, checkType, domainError, type Rng } from "@daily-kernel/compute";
import { checkReal, checkWhole } from "../check.ts";
import type { InitialLaw } from "./factors.ts";

const LAWS: readonly InitialLaw[] = ["normal", "standard-normal", "uniform"];

/** What is fitted: a chance by log loss (ratings 0 and 1), or a value by squared error. */
export type Loss = "logistic" | "squared";

export interface TrainingOptions {
  /** Draws the initial factors and the order of ratings. */
  rng: Rng;
  /** Length of a factor. Default 4. */
  rank?: number | undefined;
  /** Default "logistic": ratings must be 0 or 1. */
  loss?: Loss | undefined;
  /** Whether users and items have additive effects. Default true. */
  biases?: boolean | undefined;
  /** Law of the initial factors: N(0, 0.01) ("normal"), N(0, 1) or uniform on [0, 1]. Default "normal". */
  initial?: InitialLaw | undefined;
  /** Most passes over the ratings. Default 100. */
  epochs?: number | undefined;
  /** Ratings a step. Default 128. */
  batch?: number | undefined;
  /** Adam's step size. Default 0.01. */
  rate?: number | undefined;
  /** Half the weight of squared parameters in a step's loss. Default 0.001. */
  decay?: number | undefined;
  /** Ends after more than five epochs that gain less than this, relative to the loss. Default 1e-5. */
  tolerance?: number | undefined;
  /**
   * Whether those epochs follow one another, or count wherever they come (more than six of them, as
   * in code that was released with papers of this field). Default "consecutive".
   */
  patience?: "consecutive" | "cumulative" | undefined;
  /** Cancels between epochs: the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** After every epoch: how many, of at most how many, and the loss; awaited. */
  onProgress?: ((done: number, total: number, loss: number) => void | Promise<void>) | undefined;
}

export interface Settings {
  rng: Rng;
  rank: number;
  loss: Loss;
  biases: boolean;
  initial: InitialLaw;
  epochs: number;
  batch: number;
  rate: number;
  decay: number;
  tolerance: number;
  patience: "consecutive" | "cumulative";
}

/** The options with defaults, checked. */
export function settingsOf(fn: string, options: TrainingOptions): Settings {
  checkRunOptions(fn, options);
  const settings: Settings = {
    rng: options.rng,
    rank: options.rank ?? 4,
    loss: options.loss ?? "logistic",
    biases: options.biases ?? true,
    initial: options.initial ?? "normal",
    epochs: options.epochs ?? 100,
    batch: options.batch ?? 128,
    rate: options.rate ?? 0.01,
    decay: options.decay ?? 0.001,
    tolerance: options.tolerance ?? 1e-5,
    patience: options.patience ?? "consecutive",
  };
  const { rng, rank, loss, initial, epochs, batch, rate, decay, tolerance, patience } = settings;
  checkType(typeof rng?.permutation === "function", fn, "options.rng", "an Rng", rng);
  checkWhole(fn, "options.rank", rank, 1);
  checkWhole(fn, "options.epochs", epochs, 1);
  checkWhole(fn, "options.batch", batch, 1);
  checkReal(fn, "options.rate", rate, 0, true);
  checkReal(fn, "options.decay", decay, 0);
  checkReal(fn, "options.tolerance", tolerance, 0);
  if (loss !== "logistic" && loss !== "squared") {
    throw domainError(`${fn}: options.loss must be "logistic" or "squared", got ${loss}`);
  }
  if (!LAWS.includes(initial)) {
    throw domainError(`${fn}: options.initial must be ${LAWS.join(", ")}, got ${initial}`);
  }
  if (patience !== "consecutive" && patience !== "cumulative") {
    throw domainError(
      `${fn}: options.patience must be "consecutive" or "cumulative", got ${patience}`,
    );
  }
  return settings;
}

/** Throws where a log loss meets a rating that is neither 0 nor 1. */
export function checkTargets(fn: string, rating: Float64Array, loss: Loss): void {
  const bad = loss === "logistic" ? rating.findIndex((r) => r !== 0 && r !== 1) : -1;
  if (bad >= 0) {
    throw domainError(
      `${fn}: the logistic loss takes ratings 0 and 1 (see binarise), got ${rating[bad]} at index ${bad}`,
    );
  }
}
