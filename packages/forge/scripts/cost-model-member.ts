/** One network of the shipped model, trained in a thread: what `cost-model-train.ts` starts. */
import { type TrainingOptions, trainCostModel } from "../src/cost-model/model/train.ts";

export default async function member(
  options: TrainingOptions,
  report: (done: number) => void,
): Promise<{ json: string; weights: Float32Array }> {
  const onProgress = (done: number, total: number) => report(done / total);
  return (await trainCostModel({ ...options, onProgress })).save();
}
