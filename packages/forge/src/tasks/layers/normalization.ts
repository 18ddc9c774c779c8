import { sizeOf } from "@daily-kernel/nn/reference";
import type { Value } from "./value.ts";

const EPS = 1e-5;
const GAMMA = { mean: 1, spread: 0.5, initial: 1 };
const BETA = { mean: 0, spread: 0.5, initial: 0 };
const VARIANCE = { mean: 1, spread: 0.5, initial: 1 };

/** (x - mean) / sqrt(biased variance + eps) over `axes`. */
function standardized(x: Value, axes: readonly number[]): Value {
  return x.sub(x.mean(axes, true)).div(x.variance(axes, true).add(EPS).sqrt());
}

/** gamma and beta, one number for each index of axis 1. */
function scaled(x: Value, name: string): Value {
  const shape = [x.shape[1] as number, ...x.shape.slice(2).map(() => 1)];
  const gamma = x.net.weight(`${name}.gamma`, [shape[0] as number], GAMMA).reshape(shape);
  const beta = x.net.weight(`${name}.beta`, [shape[0] as number], BETA).reshape(shape);
  return x.mul(gamma).add(beta);
}

/** Batch norm with the statistics of the batch itself (training), over all axes but 1. */
export function batchNorm(x: Value): Value {
  const axes = x.shape.map((_, i) => i).filter((i) => i !== 1);
  return scaled(standardized(x, axes), x.net.next("batchNorm"));
}

/** Batch norm with given statistics (inference): weights mean, variance, gamma, beta of each channel. */
export function batchNormInference(x: Value): Value {
  const { net } = x;
  const name = net.next("batchNorm");
  const channels = x.shape[1] as number;
  const shape = [channels, ...x.shape.slice(2).map(() => 1)];
  const mean = net.weight(`${name}.mean`, [channels], BETA).reshape(shape);
  const variance = net.weight(`${name}.variance`, [channels], VARIANCE).reshape(shape);
  return scaled(x.sub(mean).div(variance.add(EPS).sqrt()), name);
}

/** Norm of each of `groups` equal parts of the channels, then gamma and beta of each channel. */
export function groupNorm(x: Value, groups: number): Value {
  const [batch] = x.shape as [number];
  const part = sizeOf(x.shape) / batch / groups;
  const normal = standardized(x.reshape([batch, groups, part]), [2]).reshape(x.shape);
  return scaled(normal, x.net.next("groupNorm"));
}

/** Norm of each channel of each image, without weights. */
export function instanceNorm(x: Value): Value {
  return standardized(
    x,
    x.shape.map((_, i) => i).filter((i) => i > 1),
  );
}

/** Norm over the last axis, then gamma and beta of each of its elements. */
export function layerNorm(x: Value): Value {
  const { net } = x;
  const name = net.next("layerNorm");
  const features = x.shape.at(-1) as number;
  const normal = standardized(x, [x.shape.length - 1]);
  const gamma = net.weight(`${name}.gamma`, [features], GAMMA);
  return normal.mul(gamma).add(net.weight(`${name}.beta`, [features], BETA));
}
