import { type TrainingOptions, trainCostModel } from "@daily-kernel/forge/cost-model";

/** Trains a model and gives it as plain data: what a thread can do and send. */
export default async function training(
  options: Omit<TrainingOptions, "signal" | "onProgress">,
  report: (done: number) => void,
): Promise<{ json: string; weights: Float32Array }> {
  const model = await trainCostModel({
    ...options,
    onProgress: (done, total) => report(done / total),
  });
  return model.save();
}
