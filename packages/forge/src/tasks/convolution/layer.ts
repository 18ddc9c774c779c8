import { sizeOf } from "@daily-kernel/nn/reference";
import { data, layerWeight } from "../../task/argument.ts";
import { defineTask } from "../../task/define-task.ts";
import type { Task } from "../../task/task.ts";

/** What is fixed of a convolution; a number is for all axes. */
export interface Layer {
  readonly kernel: readonly number[];
  readonly stride?: number | readonly number[];
  readonly padding?: number | readonly number[];
  readonly dilation?: number | readonly number[];
  readonly outputPadding?: number;
  readonly groups?: number;
  readonly bias?: boolean;
}

/** Names of the axes, in the order in which they were published. */
export type Axes = readonly string[];

const usualAxes: Record<number, Axes> = {
  1: ["length"],
  2: ["height", "width"],
  3: ["depth", "height", "width"],
};

/** How much larger than the smallest that fits the sizes of the four shapes are. */
const growth = [
  [0, 0, 0],
  [5, 9, 3],
  [12, 4, 7],
  [3, 8, 6],
] as const;

function describe(layer: Layer): string {
  const { kernel, stride = 1, padding = 0, dilation = 1, groups = 1, bias = false } = layer;
  const list = (value: number | readonly number[]) =>
    typeof value === "number" ? `${value}` : value.join(" x ");
  return [
    `kernel ${list(kernel)}`,
    `stride ${list(stride)}`,
    `padding ${list(padding)}`,
    ...(dilation === 1 ? [] : [`dilation ${list(dilation)}`]),
    ...(layer.outputPadding === undefined ? [] : [`output padding ${layer.outputPadding}`]),
    ...(groups === 1 ? [] : [`${groups} groups`]),
    bias ? "with bias" : "no bias",
  ].join(", ");
}

interface Geometry {
  readonly axes: Axes;
  /** Sizes of the output for sizes of the input. */
  readonly out: (size: readonly number[]) => number[];
  /** The smallest sizes of the input that give an output. */
  readonly least: readonly number[];
}

function geometry(layer: Layer, transposed: boolean, names?: Axes): Geometry {
  const { kernel, stride = 1, padding = 0, dilation = 1, outputPadding = 0 } = layer;
  const of = (value: number | readonly number[], i: number) =>
    typeof value === "number" ? value : (value[i] as number);
  const reach = kernel.map((k, i) => of(dilation, i) * (k - 1) + 1);
  const room = reach.map((r, i) => r - 2 * of(padding, i));
  return {
    axes: names ?? (usualAxes[kernel.length] as Axes),
    out: (size) =>
      size.map((n, i) =>
        transposed
          ? (n - 1) * of(stride, i) + (room[i] as number) + outputPadding
          : Math.floor((n - (room[i] as number)) / of(stride, i)) + 1,
      ),
    least: room.map((r, i) =>
      transposed
        ? Math.max(1, Math.ceil((1 - r - outputPadding) / of(stride, i)) + 1)
        : Math.max(1, r),
    ),
  };
}

const named = (axes: Axes, size: readonly number[]) =>
  Object.fromEntries(axes.map((a, i) => [a, size[i] as number]));

function optionsOf({ kernel: _, bias: __, ...rest }: Layer) {
  return rest;
}

/** A convolution, or a transposed one, over [batch, in, ...size], published with these sizes. */
export function convolution(
  name: string,
  [batch, inputs, outputs, ...size]: readonly [number, number, number, ...number[]],
  layer: Layer,
  names?: Axes,
): Task {
  const transposed = name.startsWith("conv_transposed");
  const { kernel, groups = 1, bias = false } = layer;
  const { axes, out, least } = geometry(layer, transposed, names);
  const taps = sizeOf(kernel);
  const sizes = (d: Readonly<Record<string, number>>) => axes.map((a) => d[a] as number);
  const weightShape = (from: number, to: number) =>
    transposed ? [from, to / groups, ...kernel] : [to, from / groups, ...kernel];
  const multiple = { multiple: groups };
  return defineTask({
    id: `convolution/${name}`,
    title: `${transposed ? "transposed convolution" : "cross-correlation"}: ${describe(layer)}; weight [${
      transposed ? "in, out / groups" : "out, in / groups"
    }, kernel]`,
    dims: { batch, inputs, outputs, ...named(axes, size) },
    sizes: {
      inputs: multiple,
      outputs: multiple,
      ...Object.fromEntries(axes.map((a, i) => [a, { least: least[i] as number }])),
    },
    shapes: growth.map((by, i) => [
      ([1, 2, 1, 3] as const)[i] as number,
      groups * (([1, 3, 5, 2] as const)[i] as number),
      groups * (([1, 2, 3, 5] as const)[i] as number),
      ...least.map((n, axis) => n + (by[axis] as number)),
    ]),
    inputs: (d) => {
      const fanIn = ((d.inputs as number) / groups) * taps;
      const shape = weightShape(d.inputs as number, d.outputs as number);
      return {
        x: data([d.batch as number, d.inputs as number, ...sizes(d)]),
        weight: layerWeight(shape, fanIn),
        ...(bias && { bias: layerWeight([d.outputs as number], fanIn) }),
      };
    },
    outputs: (d) => ({ y: [d.batch as number, d.outputs as number, ...out(sizes(d))] }),
    reference(ops, [x, weight, offset]) {
      const options = { ...optionsOf(layer), ...(bias && { bias: offset }) };
      return transposed ? ops.convTranspose(x, weight, options) : ops.conv(x, weight, options);
    },
    flops: (d) => {
      const places = sizeOf(transposed ? sizes(d) : out(sizes(d)));
      const { batch: n, inputs: from, outputs: to } = d as Record<string, number>;
      return (2 * (n as number) * (from as number) * (to as number) * places * taps) / groups;
    },
  });
}

/** Each channel with a kernel of its own. */
export function depthwise(
  name: string,
  [batch, channels, ...size]: readonly [number, number, ...number[]],
  layer: Layer,
): Task {
  const { axes, out, least } = geometry(layer, false);
  const taps = sizeOf(layer.kernel);
  const sizes = (d: Readonly<Record<string, number>>) => axes.map((a) => d[a] as number);
  const shape = (d: Readonly<Record<string, number>>) => [d.batch as number, d.channels as number];
  return defineTask({
    id: `convolution/${name}`,
    title: `cross-correlation of each channel with its own kernel: ${describe(layer)}; weight [channels, 1, kernel]`,
    dims: { batch, channels, ...named(axes, size) },
    sizes: Object.fromEntries(axes.map((a, i) => [a, { least: least[i] as number }])),
    shapes: growth.map((by, i) => [
      ([1, 2, 1, 3] as const)[i] as number,
      ([1, 3, 7, 4] as const)[i] as number,
      ...least.map((n, axis) => n + (by[axis] as number)),
    ]),
    inputs: (d) => ({
      x: data([...shape(d), ...sizes(d)]),
      weight: layerWeight([d.channels as number, 1, ...layer.kernel], taps),
    }),
    outputs: (d) => ({ y: [...shape(d), ...out(sizes(d))] }),
    reference: (ops, [x, weight]) =>
      ops.conv(x, weight, { ...optionsOf(layer), groups: x.shape[1] as number }),
    flops: (d) => 2 * taps * sizeOf([...shape(d), ...out(sizes(d))]),
  });
}
