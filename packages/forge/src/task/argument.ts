import type { Rng } from "@daily-kernel/compute";
import { sizeOf } from "@daily-kernel/nn/reference";
import { drawRows, type Extremes } from "../tasks/plain/draw.ts";
import type { InputFamily } from "./task.ts";
import type { DType, TensorData } from "./tensor.ts";

type Shape = readonly number[];

/** How the elements of an argument come about. */
export type Draw = (family: InputFamily, rng: Rng, shape: Shape) => ArrayLike<number>;

/** One input of a task at given sizes. */
export interface Argument {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly draw: Draw;
  /** Weights are inputs that a model learned, not data: the filters tell them apart. */
  readonly role: "data" | "weight";
}

const usual: Extremes = { large: 1e3, small: 1e-30 };

/**
 * Numbers of the family; `map` moves them to where the task is defined. Where `initial` is given,
 * the family `uniform` has that everywhere, as published.
 */
export function data(
  shape: Shape,
  options: { extremes?: Partial<Extremes>; map?: (x: number) => number; initial?: number } = {},
): Argument {
  const { map, initial } = options;
  const extremes = { ...usual, ...options.extremes };
  return {
    shape,
    dtype: "float32",
    role: "data",
    draw(family, rng) {
      const cols = shape.at(-1) ?? 1;
      const out = drawRows(family, sizeOf(shape) / Math.max(cols, 1), cols, rng, extremes);
      if (family === "uniform" && initial !== undefined) return out.fill(initial);
      return map ? out.map(map) : out;
    },
  };
}

/**
 * Uniform in `mean` +- `spread`, whatever the family; but all `initial`, where that is given, for
 * the family `uniform`: as published (norms begin with ones and zeros).
 */
export const weight = (
  shape: Shape,
  options: { mean?: number; spread?: number; initial?: number } = {},
): Argument => {
  const { mean = 0, spread = 1, initial } = options;
  return {
    shape,
    dtype: "float32",
    role: "weight",
    draw(family, rng) {
      const published = family === "uniform" ? initial : undefined;
      return Float32Array.from(
        { length: sizeOf(shape) },
        () => published ?? mean + spread * (2 * rng.uniform() - 1),
      );
    },
  };
};

/** The usual first weights and biases of a layer that sums `fanIn` products: +- 1/sqrt(fanIn). */
export const layerWeight = (shape: Shape, fanIn: number): Argument =>
  weight(shape, { spread: 1 / Math.sqrt(fanIn) });

/** Whole numbers from 0 to `below` - 1. */
export const indices = (shape: Shape, below: number): Argument => ({
  shape,
  dtype: "int32",
  role: "data",
  draw: (_, rng) => Int32Array.from({ length: sizeOf(shape) }, () => rng.integer(below)),
});

/** As `indices`, none twice in a row of the last axis (which is at most `below` long). */
export const distinctIndices = (shape: Shape, below: number): Argument => ({
  ...indices(shape, below),
  draw(_, rng) {
    const cols = shape.at(-1) ?? 1;
    const out = new Int32Array(sizeOf(shape));
    for (let at = 0; at < out.length; at += cols)
      out.set(rng.permutation(below).subarray(0, cols), at);
    return out;
  },
});

/** Coins, as bytes of 0 and 1. */
export const mask = (shape: Shape): Argument => ({
  shape,
  dtype: "bool",
  role: "data",
  draw: (_, rng) => Uint8Array.from({ length: sizeOf(shape) }, () => rng.integer(2)),
});

/** An argument with a rule of its own. */
export const drawn = (shape: Shape, draw: Draw, dtype: DType = "float32"): Argument => ({
  shape,
  dtype,
  draw,
  role: "data",
});

/** The elements as a kernel gets them. */
export function elements(argument: Argument, family: InputFamily, rng: Rng): TensorData {
  const numbers = argument.draw(family, rng, argument.shape);
  if (argument.dtype === "int32") return Int32Array.from(numbers);
  return argument.dtype === "bool" ? Uint8Array.from(numbers) : Float32Array.from(numbers);
}
