import { shapeError } from "@daily-kernel/compute";
import { sizeOf } from "../tensor.ts";
import { type Array64, array64 } from "./array64.ts";
import { gemm } from "./matmul.ts";
import {
  type Geometry,
  geometry,
  type PerAxis,
  perAxis,
  rows,
  type WindowOptions,
} from "./window.ts";

export interface ConvOptions extends WindowOptions {
  bias?: Array64;
  groups?: number;
}

export interface ConvTransposeOptions extends ConvOptions {
  /** Added to one side of the output, for strides that leave its size open. */
  outputPadding?: PerAxis;
}

/**
 * Cross-correlation over 1 to 3 spatial axes: x [batch, in, ...size], weight [out, in/groups,
 * ...kernel]. Each image and group is one product of the weights with the unrolled windows.
 */
export function conv(x: Array64, weight: Array64, options: ConvOptions = {}): Array64 {
  const { groups = 1, bias } = options;
  const [batch, channels, ...size] = x.shape as [number, number, ...number[]];
  const [outputs, perGroup, ...kernel] = weight.shape as [number, number, ...number[]];
  checkChannels("conv", x, weight, channels === perGroup * groups && outputs % groups === 0);
  const g = geometry("conv", size, kernel, options);
  const [inSize, outSize, taps] = [sizeOf(g.size), sizeOf(g.out), sizeOf(g.kernel)];
  const out = array64([batch, outputs, ...g.out.slice(3 - size.length)]);
  const columns = new Float64Array(perGroup * taps * outSize);
  const filters = outputs / groups;
  for (let image = 0; image < batch; image++) {
    for (let group = 0; group < groups; group++) {
      const from = (image * channels + group * perGroup) * inSize;
      if (group > 0 || image > 0) columns.fill(0);
      unroll(g, perGroup, x.data.subarray(from, from + perGroup * inSize), columns);
      gemm(
        [filters, perGroup * taps, outSize],
        weight.data,
        group * filters * perGroup * taps,
        columns,
        0,
        out.data,
        (image * outputs + group * filters) * outSize,
      );
    }
  }
  return addBias("conv", out, bias, outSize);
}

/**
 * The adjoint of `conv` (torch's transposed convolution): x [batch, in, ...size], weight [in,
 * out/groups, ...kernel]; size of the output (size - 1) stride - 2 padding + dilation (kernel - 1)
 * + outputPadding + 1.
 */
export function convTranspose(
  x: Array64,
  weight: Array64,
  options: ConvTransposeOptions = {},
): Array64 {
  const { groups = 1, bias } = options;
  const [batch, channels, ...size] = x.shape as [number, number, ...number[]];
  const [inputs, filters, ...kernel] = weight.shape as [number, number, ...number[]];
  checkChannels("convTranspose", x, weight, channels === inputs && inputs % groups === 0);
  const g = transposedGeometry(size, kernel, options);
  const [bigSize, smallSize, taps] = [sizeOf(g.size), sizeOf(g.out), sizeOf(g.kernel)];
  const outputs = filters * groups;
  const out = array64([batch, outputs, ...g.size.slice(3 - size.length)]);
  const perGroup = inputs / groups;
  const columns = new Float64Array(filters * taps * smallSize);
  const turned = new Float64Array(filters * taps * perGroup);
  for (let group = 0; group < groups; group++) {
    for (let c = 0; c < perGroup; c++) {
      for (let f = 0; f < filters * taps; f++) {
        turned[f * perGroup + c] = weight.data[
          (group * perGroup + c) * filters * taps + f
        ] as number;
      }
    }
    for (let image = 0; image < batch; image++) {
      columns.fill(0);
      const from = (image * inputs + group * perGroup) * smallSize;
      gemm([filters * taps, perGroup, smallSize], turned, 0, x.data, from, columns, 0);
      const to = (image * outputs + group * filters) * bigSize;
      fold(g, filters, columns, out.data.subarray(to, to + filters * bigSize));
    }
  }
  return addBias("convTranspose", out, bias, bigSize);
}

/** The geometry of the convolution whose adjoint is asked for: its `out` is our input. */
function transposedGeometry(
  size: readonly number[],
  kernel: readonly number[],
  options: ConvTransposeOptions,
): Geometry {
  const rank = size.length;
  const stride = perAxis("convTranspose: stride", options.stride ?? 1, rank) as number[];
  const padding = perAxis("convTranspose: padding", options.padding ?? 0, rank);
  const dilation = perAxis("convTranspose: dilation", options.dilation ?? 1, rank);
  const extra = perAxis("convTranspose: outputPadding", options.outputPadding ?? 0, rank);
  const big = size.map((n, i) => {
    const [s, p, d, k, e] = [
      stride[i],
      padding[i],
      dilation[i],
      kernel[i],
      extra[i],
    ] as number[] as [number, number, number, number, number];
    if (e >= s && e >= d) {
      throw shapeError("convTranspose: outputPadding must be below the stride or the dilation");
    }
    return (n - 1) * s - 2 * p + d * (k - 1) + e + 1;
  });
  const g = geometry("convTranspose", big, kernel, { stride, padding, dilation });
  // A large outputPadding may leave room for one more window, which the adjoint does not have.
  const out = [...new Array(3 - rank).fill(1), ...size] as unknown as Geometry["out"];
  return { ...g, out };
}

function unroll(g: Geometry, channels: number, x: Float64Array, columns: Float64Array): void {
  eachTap(g, channels, (channel, tap, row) => {
    const base = channel * sizeOf(g.size);
    const step = g.stride[2];
    rows(g, tap, (from, to, count) => {
      for (let j = 0; j < count; j++) columns[row + to + j] = x[base + from + j * step] as number;
    });
  });
}

function fold(g: Geometry, channels: number, columns: Float64Array, x: Float64Array): void {
  eachTap(g, channels, (channel, tap, row) => {
    const base = channel * sizeOf(g.size);
    const step = g.stride[2];
    rows(g, tap, (from, to, count) => {
      for (let j = 0; j < count; j++) {
        (x[base + from + j * step] as number) += columns[row + to + j] as number;
      }
    });
  });
}

function eachTap(
  g: Geometry,
  channels: number,
  visit: (channel: number, tap: [number, number, number], row: number) => void,
): void {
  const [kd, kh, kw] = g.kernel;
  const outSize = sizeOf(g.out);
  let row = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let d = 0; d < kd; d++) {
      for (let h = 0; h < kh; h++) {
        for (let w = 0; w < kw; w++, row += outSize) visit(channel, [d, h, w], row);
      }
    }
  }
}

function addBias(name: string, out: Array64, bias: Array64 | undefined, inner: number): Array64 {
  if (bias === undefined) return out;
  const channels = out.shape[1] as number;
  if (bias.data.length !== channels) {
    throw shapeError(`${name}: bias must hold ${channels} numbers, got ${bias.data.length}`);
  }
  for (let i = 0; i < out.data.length; i++) {
    (out.data[i] as number) += bias.data[Math.floor(i / inner) % channels] as number;
  }
  return out;
}

function checkChannels(name: string, x: Array64, weight: Array64, fit: boolean): void {
  if (fit && x.shape.length === weight.shape.length && x.shape.length <= 5) return;
  throw shapeError(
    `${name}: x [${x.shape.join(", ")}] and weight [${weight.shape.join(", ")}] do not fit`,
  );
}
