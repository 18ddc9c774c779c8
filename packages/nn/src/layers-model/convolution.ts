import { type MatrixF32, matmul, type PoolOptions, shapeError } from "@daily-kernel/compute";
import type { Maps, Window } from "./maps.ts";
import { windows } from "./windows.ts";

/** A convolution with what follows it folded in: a scale of its filters, a bias, a ReLU. */
export interface Convolution {
  readonly window: Window;
  readonly channels: number;
  /** Row per tap of the window (y, x, channel), column per filter. */
  kernel: MatrixF32;
  bias: Float32Array;
  rectified: boolean;
}

/** Makes y become scale y + shift, filter by filter: what a batch normalisation does to y. */
export function foldInto(conv: Convolution, scale: Float32Array, shift: Float32Array): void {
  const { data, rows, cols } = conv.kernel;
  const scaled = new Float32Array(data.length);
  for (let at = 0; at < scaled.length; at += cols) {
    for (let c = 0; c < cols; c++) scaled[at + c] = data[at + c]! * scale[c]!;
  }
  conv.kernel = { data: scaled, rows, cols };
  conv.bias = shift.map((value, c) => value + scale[c]! * conv.bias[c]!);
}

/** y = scale x + shift, channel by channel. */
export function affine(maps: Maps, scale: Float32Array, shift: Float32Array): Maps {
  const data = maps.data.map((value, i) => {
    const c = i % maps.channels;
    return value * scale[c]! + shift[c]!;
  });
  return { ...maps, data };
}

/** Negative values become 0. */
export function relu(maps: Maps): Maps {
  const data = maps.data.slice();
  rectify(data);
  return { ...maps, data };
}

/** The convolution as the product of the windows, as rows, with the filters. */
export async function convolve(
  maps: Maps,
  { window, channels, kernel, bias, rectified }: Convolution,
  options: PoolOptions,
): Promise<Maps> {
  if (maps.channels !== channels) {
    throw shapeError(`layersModel: a convolution takes ${channels} channels, got ${maps.channels}`);
  }
  const pointwise = window.height === 1 && window.width === 1 && window.stride === 1;
  const lines = pointwise ? maps : windows(maps, window);
  const rows = lines.n * lines.height * lines.width;
  const { data } = await matmul({ data: lines.data, rows, cols: kernel.rows }, kernel, options);
  finish(data, bias, rectified);
  return { ...lines, data, channels: kernel.cols };
}

/** Adds the bias and rectifies, in place. */
function finish(data: Float32Array, bias: Float32Array, rectified: boolean): void {
  for (let at = 0; at < data.length; at += bias.length) {
    for (let c = 0; c < bias.length; c++) data[at + c]! += bias[c]!;
  }
  if (rectified) rectify(data);
}

/** Negative values become 0: (x + |x|) / 2, for a branch on the sign is hard to predict. */
function rectify(data: Float32Array): void {
  for (let i = 0; i < data.length; i++) data[i] = (data[i]! + Math.abs(data[i]!)) / 2;
}
