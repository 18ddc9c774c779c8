import type { Rng } from "@daily-kernel/compute";
import type { trainVariational, ZZFeatureMap } from "@daily-kernel/quantum";
import type { Lab } from "@daily-kernel/reproduction";
import { type AdHoc, accuracy } from "./sets.ts";

/** Shots of an evaluation in training, and in classification. */
export const TRAINING_SHOTS = 2000;
export const CLASSIFYING_SHOTS = 10_000;
const STEPS = 250;

/** Test accuracy in % after one training, with shots or by exact gradients. */
async function trainOnce(
  train: typeof trainVariational,
  map: ZZFeatureMap,
  set: AdHoc,
  layers: number,
  optimiser: "spsa" | "exact",
  rng: Rng,
  breathe: () => Promise<void>,
  signal: AbortSignal,
): Promise<number> {
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
  return accuracy(trained.predict(set.test.x, measured), set.test.y);
}

/** Mean test accuracies of a depth: for each set, of all its starts. */
export interface Depth {
  readonly layers: number;
  readonly accuracies: readonly (readonly number[])[];
}

export const BY_SHOTS = "2,000 shots, SPSA";
export const EXACT = "exact gradients";
export type Curves = Record<typeof BY_SHOTS | typeof EXACT, Depth[]>;

/** Trains every depth from several starts on every set, by shots and by exact gradients. */
export async function* trainDepths(
  train: typeof trainVariational,
  map: ZZFeatureMap,
  sets: readonly AdHoc[],
  { depths, restarts }: { depths: readonly number[]; restarts: number },
  lab: Pick<Lab, "rng" | "progress" | "signal">,
): AsyncGenerator<Curves> {
  const curves: Curves = { [BY_SHOTS]: [], [EXACT]: [] };
  for (const [d, layers] of depths.entries()) {
    for (const [name, optimiser] of [
      [BY_SHOTS, "spsa"],
      [EXACT, "exact"],
    ] as const) {
      const accuracies: number[][] = [];
      for (const [s, set] of sets.entries()) {
        const of: number[] = [];
        for (let restart = 0; restart < restarts; restart++) {
          const done = (d + (s + restart / restarts) / sets.length) / depths.length;
          const breathe = () =>
            lab.progress(0.4 + 0.6 * done, `training ${layers} layers on set ${s + 1}`);
          await breathe();
          const rng = lab.rng(`train ${layers} ${s} ${restart} ${optimiser}`);
          const { signal } = lab;
          of.push(await trainOnce(train, map, set, layers, optimiser, rng, breathe, signal));
        }
        accuracies.push(of);
      }
      curves[name].push({ layers, accuracies });
    }
    yield curves;
  }
}

/** The mean accuracy of each set at a depth. */
export const bySetAt = (curves: Curves, name: keyof Curves, layers: number): number[] =>
  curves[name].find((depth) => depth.layers === layers)!.accuracies.map(mean);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
