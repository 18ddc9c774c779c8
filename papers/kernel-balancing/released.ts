import type { MatrixFactorization, SideFeatures, TrainingOptions } from "@daily-kernel/recommend";
import type { LikesTask } from "./likes-task.ts";
import { base, type Learners } from "./methods.ts";

/** What the released code reached for us on Coat: the mean AUC over five seeds (KB-DR: four). */
export const reached = { IPS: 0.691, "KB-IPS": 0.725, "KB-DR": 0.749 } as const;
export type ReleasedMethod = keyof typeof reached;
export const releasedMethods = Object.keys(reached) as ReleasedMethod[];

/**
 * A method as the released code trains it, with its authors' settings for Coat: up to 1,000 epochs,
 * weights that are not scaled. Its IPS starts from N(0, 1); its settings are those of KB-IPS.
 */
export async function trainReleased(
  method: ReleasedMethod,
  { train, released }: LikesTask,
  features: SideFeatures,
  learn: Learners,
  run: Pick<TrainingOptions, "rng" | "signal" | "onProgress">,
): Promise<MatrixFactorization> {
  const { inverse } = released;
  const options = { ...base, ...run, epochs: 1000, rate: 0.01, patience: "cumulative" } as const;
  if (method === "IPS") {
    // our weights are relative to their mean, so the decay is too
    const mean = inverse.reduce((sum, w) => sum + w, 0) / inverse.length;
    const decay = 1e-3 / mean;
    return learn.plain(train, { ...options, initial: "standard-normal", weights: inverse, decay });
  }
  const robust = method === "KB-DR";
  const { model } = await learn.alternating(train, {
    ...options,
    mode: "reference-code",
    estimator: robust ? "dr" : "ips",
    base: inverse,
    features,
    functions: 3,
    penalty: 1,
    decay: robust ? 3e-3 : 1e-3,
    weightRate: robust ? 1e-2 : 5e-3,
    weightDecay: robust ? 1e-1 : 5e-2,
    slack: robust ? 1e-4 : 1e-2,
  });
  return model;
}
