import { sizeOf } from "@daily-kernel/nn/reference";
import type { Value } from "./value.ts";

export interface ConvLayer {
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: number;
  readonly groups?: number;
  readonly bias?: boolean;
}

/** Convolution over the axes after the channels; weight [outputs, in / groups, ...kernel]. */
export function conv(x: Value, outputs: number, layer: ConvLayer): Value {
  const { net } = x;
  const { kernel, stride = 1, padding = 0, groups = 1, bias = true } = layer;
  const [batch, channels, ...size] = x.shape as [number, number, ...number[]];
  const perGroup = channels / groups;
  const window = size.map(() => kernel);
  const fanIn = perGroup * sizeOf(window);
  const draw = { mean: 0, spread: 1 / Math.sqrt(fanIn) };
  const name = net.next("conv");
  const weight = net.weight(`${name}.weight`, [outputs, perGroup, ...window], draw);
  const offset = bias ? net.weight(`${name}.bias`, [outputs], draw) : undefined;
  const out = size.map((n) => Math.floor((n + 2 * padding - kernel) / stride) + 1);
  const shape = [batch, outputs, ...out];
  return net.apply(shape, sizeOf(shape) * (2 * fanIn + (bias ? 1 : 0)), (o) =>
    o.conv(x.array, weight.array, {
      stride,
      padding,
      groups,
      ...(offset && { bias: offset.array }),
    }),
  );
}

export interface ConvTransposeLayer extends Omit<ConvLayer, "groups"> {
  readonly outputPadding?: number;
}

/** Transposed convolution over the axes after the channels; weight [in, outputs, ...kernel]. */
export function convTranspose(x: Value, outputs: number, layer: ConvTransposeLayer): Value {
  const { net } = x;
  const { kernel, stride = 1, padding = 0, outputPadding = 0, bias = true } = layer;
  const [batch, channels, ...size] = x.shape as [number, number, ...number[]];
  const window = size.map(() => kernel);
  const draw = { mean: 0, spread: 1 / Math.sqrt(outputs * sizeOf(window)) };
  const name = net.next("convTranspose");
  const weight = net.weight(`${name}.weight`, [channels, outputs, ...window], draw);
  const offset = bias ? net.weight(`${name}.bias`, [outputs], draw) : undefined;
  const out = size.map((n) => (n - 1) * stride - 2 * padding + kernel + outputPadding);
  const shape = [batch, outputs, ...out];
  const products = sizeOf(x.shape) * outputs * sizeOf(window);
  return net.apply(shape, 2 * products + (bias ? sizeOf(shape) : 0), (o) =>
    o.convTranspose(x.array, weight.array, {
      stride,
      padding,
      outputPadding,
      ...(offset && { bias: offset.array }),
    }),
  );
}
