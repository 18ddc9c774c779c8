import { type Array64, type Ops, sizeOf } from "@daily-kernel/nn/reference";
import { type Argument, data, weight } from "../../task/argument.ts";
import { defineTask } from "../../task/define-task.ts";

interface Images {
  readonly batch: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

const images = (d: Images) => [d.batch, d.channels, d.height, d.width];
/** Lengths are divided by, so that rows of zeros would have no answer. */
const nonzero = (x: number) => (x === 0 ? 0.125 : x);
const shiftOf = (shape: readonly number[]) => weight(shape, { initial: 0 });
const scaleOf = (shape: readonly number[]) => weight(shape, { mean: 1, spread: 0.5, initial: 1 });

function ofImages(
  name: string,
  title: string,
  batch: number,
  side: number,
  flops: number,
  compute: (ops: Ops, x: Array64, scale: Array64, shift: Array64) => Array64,
  options: {
    weights?: (d: Images) => Readonly<Record<string, Argument>>;
    multiple?: number;
    map?: (x: number) => number;
  } = {},
) {
  const { weights, multiple = 1, map } = options;
  return defineTask({
    id: `normalization/${name}`,
    title,
    dims: { batch, channels: 64, height: side, width: side },
    sizes: { channels: { multiple } },
    shapes: [
      [1, multiple, 2, 3],
      [2, 3 * multiple, 5, 7],
      [5, multiple, 4, 9],
      [3, 2 * multiple, 11, 13],
    ],
    inputs: (d) => ({ x: data(images(d), map ? { map } : {}), ...weights?.(d) }),
    outputs: (d) => ({ y: images(d) }),
    reference: (ops, [x, scale, shift]) => compute(ops, x, scale, shift),
    flops: (d) => flops * sizeOf(images(d)),
  });
}

function ofRows(name: string, title: string, compute: (ops: Ops, x: Array64) => Array64) {
  return defineTask({
    id: `normalization/${name}`,
    title,
    dims: { batch: 32768, dim: 65535 },
    shapes: [
      [1, 1],
      [1, 13],
      [7, 5],
      [3, 129],
      [33, 65],
    ],
    inputs: (d) => ({ x: data([d.batch, d.dim], { map: nonzero }) }),
    outputs: (d) => ({ y: [d.batch, d.dim] }),
    reference: (ops, [x]) => compute(ops, x),
    flops: (d) => 3 * d.batch * d.dim,
  });
}

const perChannel = (d: Images) => ({
  weight: scaleOf([d.channels]),
  bias: shiftOf([d.channels]),
});

/** Variances divide by the count; 1e-5 is added to them. */
export const normalizationTasks = [
  ofImages(
    "batch_norm",
    "(x - mean) / sqrt(variance + 1e-5) weight[c] + bias[c], over batch and places of each channel: the batch's own statistics; running ones are not kept",
    64,
    512,
    8,
    (ops, x, scale, shift) => ops.batchNorm(x, { weight: scale, bias: shift }),
    { weights: perChannel },
  ),
  ofImages(
    "frobenius_norm",
    "x / sqrt(sum of all x^2)",
    128,
    512,
    3,
    (ops, x) => ops.frobeniusNorm(x),
    { map: nonzero },
  ),
  ofImages(
    "group_norm",
    "(x - mean) / sqrt(variance + 1e-5) weight[c] + bias[c], over each of 8 groups of channels of an image",
    128,
    512,
    8,
    (ops, x, scale, shift) => ops.groupNorm(x, 8, { weight: scale, bias: shift }),
    { weights: perChannel, multiple: 8 },
  ),
  ofImages(
    "instance_norm",
    "(x - mean) / sqrt(variance + 1e-5) over the places of each channel of an image",
    128,
    512,
    6,
    (ops, x) => ops.instanceNorm(x),
  ),
  ofRows("l1_norm", "x[b, :] / mean |x[b, :]|", (ops, x) => ops.l1Norm(x, 1)),
  ofRows("l2_norm", "x[b, :] / sqrt(sum x[b, :]^2)", (ops, x) => ops.l2Norm(x, 1)),
  ofImages(
    "layer_norm",
    "(x - mean) / sqrt(variance + 1e-5) weight + bias over each image [c, h, w]; weight and bias [c, h, w]",
    64,
    256,
    8,
    (ops, x, scale, shift) => ops.layerNorm(x, 3, { weight: scale, bias: shift }),
    {
      weights: (d) => ({
        weight: scaleOf([d.channels, d.height, d.width]),
        bias: shiftOf([d.channels, d.height, d.width]),
      }),
    },
  ),
  ofImages(
    "rms_norm",
    "x / sqrt(mean over channels of x^2 + 1e-5) at each place",
    128,
    512,
    4,
    (ops, x) => ops.rmsNorm(x, 1),
  ),
];
