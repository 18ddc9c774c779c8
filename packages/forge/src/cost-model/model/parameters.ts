import type { Rng } from "@daily-kernel/compute";

/** A weight with its shape, row-major. */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}
export type Weights = Record<string, Weight>;

export function zeroWeight(shape: readonly number[]): Weight {
  return { shape, data: new Float32Array(shape.reduce((product, n) => product * n, 1)) };
}

/** Normal numbers of variance 2 / fanIn (He et al. 2015), or of the given deviation. */
export function normalWeight(
  rng: Rng,
  shape: readonly number[],
  deviation = Math.sqrt(2 / shape[0]!),
): Weight {
  const weight = zeroWeight(shape);
  rng.fillNormal(weight.data);
  for (let i = 0; i < weight.data.length; i++) weight.data[i]! *= deviation;
  return weight;
}

export const zerosLike = (weights: Weights): Weights =>
  Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [name, zeroWeight(shape)]));
