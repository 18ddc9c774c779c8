import type { Rng } from "@daily-kernel/compute";
import type { trainVariational, ZZFeatureMap } from "@daily-kernel/quantum";
import { type AdHoc, accuracy } from "./sets.ts";

/** Shots of an evaluation in training, and in classification. */
export const TRAINING_SHOTS = 2000;
export const CLASSIFYING_SHOTS = 10_000;
const STEPS = 250;

export interface Trained {
  /** Test accuracy in %. */
  readonly accuracy: number;
  readonly cost: number;
}

/** One training of the variational classifier, with shots or by exact gradients. */
export async function trainOnce(
  train: typeof trainVariational,
  map: ZZFeatureMap,
  set: AdHoc,
  layers: number,
  optimiser: "spsa" | "exact",
  rng: Rng,
  breathe: () => Promise<void>,
  signal: AbortSignal,
): Promise<Trained> {
  const trained = await train(set.train.x, set.train.y, {
    map,
    layers,
    seed: rng,
    optimiser,
    shots: TRAINING_SHOTS,
    steps: STEPS,
    signal,
    onProgress: (step) => (optimiser === "spsa" && step % 50 === 0 ? breathe() : undefined),
  });
  await breathe();
  const measured = optimiser === "spsa" ? { shots: CLASSIFYING_SHOTS, rng } : undefined;
  return {
    accuracy: accuracy(trained.predict(set.test.x, measured), set.test.y),
    cost: trained.cost,
  };
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
