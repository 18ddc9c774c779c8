import type { Rng } from "@daily-kernel/compute";
import { type Ratings, type SideFeatures, searchSettings, tune } from "@daily-kernel/recommend";
import type { LikesTask } from "./likes-task.ts";
import {
  featureOptions,
  type Learners,
  type Method,
  type Settings,
  spaces,
  train,
} from "./methods.ts";

/** Trainings for each method, each with other settings. */
export const TRIALS = 16;

export interface Found {
  readonly settings: Settings;
  /** SNIPS log loss on held-out ratings: of the settings found, and of the worst. */
  readonly loss: number;
  readonly worst: number;
}
export type Searched = Partial<Record<Method, Found>>;

/**
 * The settings of each method of the least SNIPS log loss on a fifth of the chosen ratings, held
 * out: the same fifth, propensities and number of trials for all. No randomised rating takes part
 * but those of the propensities.
 */
export async function search(
  task: LikesTask,
  methods: readonly Method[],
  learn: Learners,
  rng: Rng,
  {
    signal,
    breathe,
  }: { signal?: AbortSignal; breathe: (done: number, doing: string) => Promise<void> },
): Promise<Searched> {
  const found: Searched = {};
  // all methods have the same split, so one set of features does
  let features: SideFeatures | undefined;
  for (const [m, method] of methods.entries()) {
    const candidates = searchSettings(spaces[method], {
      count: TRIALS,
      rng: rng.spawn(`settings of ${method}`),
    }) as unknown as Settings[];
    const fit = async (
      kept: Ratings,
      settings: Settings,
      run: { inverse: Float64Array; rng: Rng; signal: AbortSignal | undefined },
    ) => {
      features ??= await featuresOf(kept, learn, rng);
      const given = { train: kept, inverse: run.inverse, features };
      const onProgress = (done: number) => {
        if (done % 5 === 0) return breathe(m / methods.length, `searching settings of ${method}`);
        return Promise.resolve();
      };
      return train(method, given, settings, learn, {
        rng: run.rng,
        signal: run.signal,
        onProgress,
      });
    };
    const { best, losses } = await tune(task.train, candidates, fit, {
      rng: rng.spawn("validation"),
      inverse: task.inverse,
      signal,
    });
    found[method] = { settings: best, loss: Math.min(...losses), worst: Math.max(...losses) };
  }
  return found;
}

async function featuresOf(kept: Ratings, learn: Learners, rng: Rng): Promise<SideFeatures> {
  const learned = await learn.plain(kept, { ...featureOptions, rng: rng.spawn("features") });
  return { userFeatures: learned.userFactors, itemFeatures: learned.itemFactors };
}
