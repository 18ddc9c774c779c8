import type { TargetValues } from "../targets.ts";
import type { TruthFailure } from "./failure.ts";
import { groundTruth, type TruthOptions } from "./ground-truth.ts";

/** Functions in one module: what the tools cost to start is shared, and one crash loses little. */
const BATCH = 16;

/**
 * The truth of many one-function modules whose function is called `kernel`, lowered together in
 * batches; where a batch is refused, one by one. `onTruth` hears of each as it is known.
 */
export async function truthsOf(
  texts: readonly string[],
  options: TruthOptions,
  onTruth: (index: number, truth: TargetValues | TruthFailure) => void,
): Promise<void> {
  const one = async (indexes: readonly number[]): Promise<void> => {
    const text = indexes.map((i, k) => texts[i]!.replace("@kernel(", `@kernel_${k}(`)).join("\n");
    const truth = await groundTruth(text, options);
    if (!("error" in truth)) {
      for (const [k, i] of indexes.entries()) onTruth(i, truth.functions[k]!.values);
    } else if (indexes.length === 1) onTruth(indexes[0]!, truth);
    else for (const i of indexes) await one([i]);
  };
  const batches = Array.from({ length: Math.ceil(texts.length / BATCH) }, (_, b) =>
    Array.from({ length: Math.min(BATCH, texts.length - b * BATCH) }, (_, k) => b * BATCH + k),
  );
  await Promise.all(batches.map(one));
}
