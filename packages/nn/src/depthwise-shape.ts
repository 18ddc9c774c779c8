import { domainError, shapeError } from "@daily-kernel/compute";
import { checkTensor, type Tensor } from "./tensor.ts";

export interface DepthwiseOptions {
  /** Step between outputs along both axes, 1 (default) or 2. */
  stride?: 1 | 2 | undefined;
}

/** The sizes of one depthwise convolution. */
export interface DepthwiseShape {
  batch: number;
  channels: number;
  height: number;
  width: number;
  /** Taps along an axis, odd. */
  K: number;
  stride: 1 | 2;
  outHeight: number;
  outWidth: number;
}

/** The sizes that `x`, `w` and the options agree on; throws, naming them, where they do not. */
export function depthwiseShape(
  fn: string,
  x: Tensor,
  w: Tensor,
  { stride = 1 }: DepthwiseOptions,
): DepthwiseShape {
  checkTensor(fn, "x", x, 4);
  checkTensor(fn, "w", w, 4);
  const [batch, channels, height, width] = x.shape as [number, number, number, number];
  const [filters, group, K, columns] = w.shape as [number, number, number, number];
  if (filters !== channels || group !== 1 || columns !== K) {
    throw shapeError(
      `${fn}: x of shape [${x.shape.join(", ")}] needs w of shape [${channels}, 1, K, K], got [${w.shape.join(", ")}]`,
    );
  }
  if (K % 2 === 0 || K > 63) throw domainError(`${fn}: K must be odd and at most 63, got ${K}`);
  if (stride !== 1 && stride !== 2) {
    throw domainError(`${fn}: stride must be 1 or 2, got ${String(stride)}`);
  }
  const outHeight = Math.ceil(height / stride);
  const outWidth = Math.ceil(width / stride);
  return { batch, channels, height, width, K, stride, outHeight, outWidth };
}
