import {
  CostModel,
  type Predictor,
  shippedCostModel,
  type TrainingOptions,
  trainBaseline,
  trainCostModel,
} from "@daily-kernel/forge/cost-model";
import { toolChain } from "./fresh.ts";
import type training from "./training.ts";

type NativeForge = typeof import("@daily-kernel/forge/node");
type Saved = Awaited<ReturnType<typeof training>>;

let before: Promise<unknown> = Promise.resolve();

/** Trains in a thread of its own where there are threads for it (in Node), in turn elsewhere. */
async function train(options: TrainingOptions): Promise<Predictor | CostModel> {
  if (typeof process === "undefined" || process.versions?.node === undefined) {
    const next = before.catch(() => {}).then(() => trainCostModel(options));
    before = next;
    return next;
  }
  const name = "@daily-kernel/forge/node";
  const { inThread } = (await import(/* @vite-ignore */ name)) as NativeForge;
  const { signal, onProgress, ...data } = options;
  const module = new URL("./training.ts", import.meta.url);
  const report = onProgress && ((done: number) => onProgress(done, 1));
  const saved = await inThread<typeof data, Saved>(module, data, { signal, onProgress: report });
  return CostModel.load(saved);
}

/** What the claims are about; a wrong implementation may stand in for each. */
export const subject = {
  train,
  /** The model that ships, trained by the full schedule on its 2,400 samples. */
  shipped: shippedCostModel as () => Promise<Predictor>,
  toolChain,
  baseline: trainBaseline as (...args: Parameters<typeof trainBaseline>) => Predictor,
};
export type Subject = typeof subject;

/** The six targets of the card's table. */
export const six = [
  "vectorRegisters",
  "instructions",
  "reciprocalThroughput",
  "blockCycles",
  "spills",
  "vgprs",
] as const;
