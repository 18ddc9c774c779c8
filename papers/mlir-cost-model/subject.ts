import {
  type CostModel,
  type Predictor,
  shippedCostModel,
  trainBaseline,
  trainCostModel,
} from "@daily-kernel/forge/cost-model";

import { toolChain } from "./fresh.ts";

/** What the claims are about; a wrong implementation may stand in for each. */
export const subject = {
  train: trainCostModel as (
    options: Parameters<typeof trainCostModel>[0],
  ) => Promise<Predictor | CostModel>,
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
