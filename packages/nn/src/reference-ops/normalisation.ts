import { shapeError } from "@daily-kernel/compute";
import type { Array64 } from "./array64.ts";
import type { Primitives } from "./primitives.ts";
import type { Axes } from "./reduce.ts";

export interface Affine {
  /** One number a channel (of layer normalisation: of the normalised shape). */
  weight?: Array64;
  bias?: Array64;
  /** Added to the variance; default 1e-5. */
  eps?: number;
}

export interface Statistics extends Affine {
  /** Statistics gathered in training; where they are left out, those of the batch are used. */
  mean?: Array64;
  variance?: Array64;
}

/** Normalisations; variances divide by the count. */
export function normalisations(p: Primitives) {
  const centred = (x: Array64, mean: Array64, variance: Array64, eps: number) =>
    p.div(p.sub(x, mean), p.sqrt(p.add(variance, eps)));
  const over = (x: Array64, axes: Axes, eps: number) =>
    centred(x, p.mean(x, axes, true), p.variance(x, axes, true, 0), eps);
  const perChannel = (x: Array64, v: Array64) =>
    p.reshape(v, [-1, ...new Array(x.shape.length - 2).fill(1)]);
  const affine = (x: Array64, { weight, bias }: Affine) => {
    const scaled = weight === undefined ? x : p.mul(x, perChannel(x, weight));
    return bias === undefined ? scaled : p.add(scaled, perChannel(x, bias));
  };
  const spatial = (x: Array64, first: number) => x.shape.map((_, i) => i).slice(first);
  return {
    /** Over the batch and all places of each channel of [batch, channels, ...]. */
    batchNorm: (x: Array64, options: Statistics = {}) => {
      const { mean, variance, eps = 1e-5 } = options;
      const y =
        mean === undefined || variance === undefined
          ? over(x, [0, ...spatial(x, 2)], eps)
          : centred(x, perChannel(x, mean), perChannel(x, variance), eps);
      return affine(y, options);
    },
    /** Over the last `axes` axes, which weight and bias have too. */
    layerNorm: (x: Array64, axes = 1, { weight, bias, eps = 1e-5 }: Affine = {}) => {
      if (!(Number.isInteger(axes) && axes >= 1 && axes <= x.shape.length)) {
        throw shapeError(`layerNorm: axes must be 1..${x.shape.length} last axes, got ${axes}`);
      }
      const y = over(x, spatial(x, x.shape.length - axes), eps);
      const scaled = weight === undefined ? y : p.mul(y, weight);
      return bias === undefined ? scaled : p.add(scaled, bias);
    },
    /** Over the places and channels of each of `groups` groups of channels of each image. */
    groupNorm: (x: Array64, groups: number, options: Affine = {}) => {
      const [batch, channels] = x.shape as [number, number];
      if (channels % groups !== 0) {
        throw shapeError(`groupNorm: ${channels} channels make no ${groups} groups`);
      }
      const y = over(p.reshape(x, [batch, groups, -1]), [2], options.eps ?? 1e-5);
      return affine(p.reshape(y, x.shape), options);
    },
    /** Over the places of each channel of each image. */
    instanceNorm: (x: Array64, options: Affine = {}) =>
      affine(over(x, spatial(x, 2), options.eps ?? 1e-5), options),
    /** x over the root of the mean square along an axis (plus eps). */
    rmsNorm: (x: Array64, axis = -1, { weight, eps = 1e-5 }: Affine = {}) => {
      const y = p.div(x, p.sqrt(p.add(p.mean(p.square(x), axis, true), eps)));
      return weight === undefined ? y : p.mul(y, weight);
    },
    /** x over the mean of |x| along an axis. */
    l1Norm: (x: Array64, axis: number) => p.div(x, p.mean(p.abs(x), axis, true)),
    /** x over its Euclidean length along an axis, which counts as at least `eps`. */
    l2Norm: (x: Array64, axis: number, eps = 0) =>
      p.div(x, p.maximum(p.sqrt(p.sum(p.square(x), axis, true)), eps)),
    /** x over the root of the sum of all squares. */
    frobeniusNorm: (x: Array64) => p.div(x, p.sqrt(p.sum(p.square(x)))),
  };
}
