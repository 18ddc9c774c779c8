import { CostModel } from "./cost-model.ts";
import { decodeHalf } from "./float16.ts";

/**
 * The model that ships with the package: trained on the training part of `splitByGroup(samples, {
 * seed })` of the shipped data set, `seed` being the one in its header, for all targets. Its weights
 * are kept in half precision.
 */
export async function shippedCostModel(): Promise<CostModel> {
  const { default: stored } = await import("./shipped-model.json", { with: { type: "json" } });
  const { weights, ...header } = stored;
  return CostModel.load({ json: JSON.stringify(header), weights: decodeHalf(weights) });
}
