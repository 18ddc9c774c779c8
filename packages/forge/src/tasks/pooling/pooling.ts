import { type Array64, type Ops, sizeOf } from "@daily-kernel/nn/reference";
import { data } from "../../task/argument.ts";
import { defineTask } from "../../task/define-task.ts";

interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

const axes = ["depth", "height", "width"];

function pooling(
  name: string,
  title: string,
  published: readonly number[],
  window: Window,
  compute: (ops: Ops, x: Array64, window: Window) => Array64,
) {
  const { kernel, stride, padding } = window;
  const [batch = 1, channels = 1, ...size] = published;
  const names = size.length === 1 ? ["length"] : axes.slice(3 - size.length);
  const least = Math.max(1, kernel - 2 * padding);
  const outSize = (n: number) => Math.floor((n + 2 * padding - kernel) / stride) + 1;
  const shapeOf = (d: Readonly<Record<string, number>>, f: (n: number) => number = (n) => n) => [
    d.batch as number,
    d.channels as number,
    ...names.map((a) => f(d[a] as number)),
  ];
  const grown = (...by: number[]) => size.map((_, i) => least + (by[i] as number));
  return defineTask({
    id: `pooling/${name}`,
    title,
    dims: { batch, channels, ...Object.fromEntries(names.map((a, i) => [a, size[i] as number])) },
    sizes: Object.fromEntries(names.map((a) => [a, { least }])),
    shapes: [
      [1, 1, ...grown(0, 0, 0)],
      [2, 3, ...grown(5, 9, 2)],
      [1, 7, ...grown(12, 3, 7)],
      [3, 2, ...grown(6, 8, 3)],
    ],
    inputs: (d) => ({ x: data(shapeOf(d)) }),
    outputs: (d) => ({ y: shapeOf(d, outSize) }),
    reference: (ops, [x]) => compute(ops, x, window),
    flops: (d) => sizeOf(shapeOf(d, outSize)) * kernel ** size.length,
  });
}

const average = (ops: Ops, x: Array64, { kernel, ...rest }: Window) => ops.avgPool(x, kernel, rest);
const maximum = (ops: Ops, x: Array64, { kernel, ...rest }: Window) => ops.maxPool(x, kernel, rest);

/** Windows over the axes after the channels; the number of windows is rounded down. */
export const poolingTasks = [
  pooling(
    "average_pooling_1d",
    "means of 8, stride 1, 4 zeros on either side, which count",
    [64, 128, 65536],
    { kernel: 8, stride: 1, padding: 4 },
    average,
  ),
  pooling(
    "average_pooling_2d",
    "means of 11 x 11, stride 11",
    [16, 64, 512, 512],
    { kernel: 11, stride: 11, padding: 0 },
    average,
  ),
  pooling(
    "average_pooling_3d",
    "means of 3 x 3 x 3, stride 2, one zero on every side, which counts",
    [16, 32, 128, 128, 256],
    { kernel: 3, stride: 2, padding: 1 },
    average,
  ),
  pooling(
    "max_pooling_1d",
    "maxima of 8, stride 1, 4 places on either side that never win, exact",
    [64, 192, 2048],
    { kernel: 8, stride: 1, padding: 4 },
    maximum,
  ),
  pooling(
    "max_pooling_2d",
    "maxima of 4 x 4, stride 1, one place on every side that never wins, exact",
    [32, 64, 512, 512],
    { kernel: 4, stride: 1, padding: 1 },
    maximum,
  ),
  pooling(
    "max_pooling_3d",
    "maxima of 3 x 3 x 3, stride 2, one place on every side that never wins, exact",
    [16, 32, 128, 128, 128],
    { kernel: 3, stride: 2, padding: 1 },
    maximum,
  ),
];
