import { checkType, type Matrix, matrix } from "@daily-kernel/compute";
import { toJax } from "@daily-kernel/nn";
import { nn, numpy as np } from "@jax-js/jax";
import type { KernelLayer } from "./kernel-layer.ts";
import { ReluFeatures } from "./relu-features.ts";
import { UniversalRandomFeatures } from "./universal-random-features.ts";

type JaxArray = np.Array;

/** Phi on float32 jax-js arrays of n x d: n x m, differentiable in x, which it takes over. */
export interface JaxFeatures {
  (x: JaxArray): JaxArray;
  /** Frees the projections. */
  dispose(): void;
}

/**
 * The map of random features as a function of jax-js arrays, for use inside `grad`, `jit` and `vmap`.
 * The numbers are those of `features.map` in single precision.
 */
export function jaxFeatures(features: ReluFeatures | UniversalRandomFeatures): JaxFeatures {
  if (features instanceof ReluFeatures) return rectified(features);
  const known = features instanceof UniversalRandomFeatures;
  checkType(known, "jaxFeatures", "features", "ReluFeatures or UniversalRandomFeatures", features);
  return universal(features);
}

/** relu(x G^T / sqrt m). */
function rectified({ projections: { data, rows, cols } }: ReluFeatures): JaxFeatures {
  const factor = 1 / Math.sqrt(rows);
  const g = toJax(
    matrix(
      rows,
      cols,
      data.map((v) => v * factor),
    ),
  );
  const map = (x: JaxArray) => nn.relu(np.matmul(x, g.ref.transpose()));
  return Object.assign(map, { dispose: () => g.dispose() });
}

/** exp(offset + k^2 |x|^2 / (2 t^2)) times the cosine and minus the sine of sqrt(1 + 4M) k g.x / t. */
function universal(features: UniversalRandomFeatures): JaxFeatures {
  const { tilt, balance, frequencies: k, projections: g } = features;
  const slope = Math.sqrt(1 + 4 * tilt) / balance;
  const row = (values: Float64Array) => toJax(matrix(1, values.length, values));
  const directions = toJax(
    matrix(
      g.rows,
      g.cols,
      g.data.map((v, i) => slope * k[Math.floor(i / g.cols)]! * v),
    ),
  );
  const offsets = row(features.offsets);
  const growth = row(k.map((v) => (v * v) / (2 * balance * balance)));
  const map = (x: JaxArray) => {
    const [n] = x.shape;
    const norms = x.ref.mul(x.ref).sum(1).reshape([n!, 1]);
    const size = np.exp(norms.mul(growth.ref).add(offsets.ref));
    const angle = np.matmul(x, directions.ref.transpose());
    const re = size.ref.mul(np.cos(angle.ref));
    const im = size.mul(np.sin(angle)).mul(-1);
    return np.stack([re, im], -1).reshape([n!, features.features]);
  };
  const dispose = () => {
    for (const array of [directions, offsets, growth]) array.dispose();
  };
  return Object.assign(map, { dispose });
}

/** What is trained of a kernel layer: Psi, out x m, and the bias, out. */
export interface KernelLayerParameters {
  weights: JaxArray;
  bias: JaxArray;
}

/** A layer's parameters as jax-js arrays, to begin training with. */
export const kernelLayerParameters = (layer: KernelLayer): KernelLayerParameters => ({
  weights: toJax(layer.weights),
  bias: toJax(rowOf(layer.bias)).reshape([layer.bias.length]),
});

/** Phi(x) Psi^T + bias; takes parameters and x over. */
export const kernelLayer = (
  { weights, bias }: KernelLayerParameters,
  phi: JaxFeatures,
  x: JaxArray,
): JaxArray => np.matmul(phi(x), weights.transpose()).add(bias);

/** What is trained of an adapter: Psi, d x m, and the gate, d, which begins at 0. */
export interface KernelAdapterParameters {
  weights: JaxArray;
  gate: JaxArray;
}

/** h + gate * (Phi(h) Psi^T), the identity while the gate is 0; takes parameters and h over. */
export const kernelAdapter = (
  { weights, gate }: KernelAdapterParameters,
  phi: JaxFeatures,
  h: JaxArray,
): JaxArray => h.ref.add(np.matmul(phi(h), weights.transpose()).mul(gate));

const rowOf = (values: Float64Array): Matrix => matrix(1, values.length, values);
