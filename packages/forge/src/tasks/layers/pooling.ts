import { sizeOf } from "@daily-kernel/nn/reference";
import type { Value } from "./value.ts";

export interface PoolLayer {
  readonly stride?: number;
  readonly padding?: number;
  /** Round the number of windows up. */
  readonly ceil?: boolean;
}

function pooled(x: Value, kernel: number, { stride = kernel, padding = 0, ceil }: PoolLayer) {
  const [batch, channels, ...size] = x.shape as [number, number, ...number[]];
  const out = size.map((n) => {
    const free = (n + 2 * padding - kernel) / stride;
    const count = (ceil ? Math.ceil(free) : Math.floor(free)) + 1;
    return ceil && (count - 1) * stride >= n + padding ? count - 1 : count;
  });
  const shape = [batch, channels, ...out];
  return { shape, flops: sizeOf(shape) * kernel ** size.length };
}

/** The largest of each window; padding never wins. The stride is the window's size by default. */
export function maxPool(x: Value, kernel: number, layer: PoolLayer = {}): Value {
  const { shape, flops } = pooled(x, kernel, layer);
  return x.net.apply(shape, flops, (o) => o.maxPool(x.array, kernel, layer));
}

/** The mean of each window. The stride is the window's size. */
export function avgPool(x: Value, kernel: number): Value {
  const { shape, flops } = pooled(x, kernel, {});
  return x.net.apply(shape, flops, (o) => o.avgPool(x.array, kernel));
}
