import type { Rng } from "@daily-kernel/compute";
import type { Dims, InputFamily } from "../../task/task.ts";
import type { KernelTensor, TensorData, TensorSpec } from "../../task/tensor.ts";
import { drawRows } from "../plain/draw.ts";

/** Numbers of a family for one argument, row by row of its last axis. */
export function drawFloats(spec: TensorSpec, family: InputFamily, rng: Rng): KernelTensor {
  const size = spec.shape.reduce((product, each) => product * each, 1);
  if (family === "normal") return tensorOf(spec, rng.fillNormal(new Float32Array(size)));
  if (family === "uniform") return tensorOf(spec, rng.fillUniform(new Float32Array(size)));
  const cols = Math.max(1, spec.shape.at(-1) ?? 1);
  const rows = size / cols;
  return tensorOf(spec, drawRows(family, rows, cols, rng, { large: 1e3, small: 1e-30 }));
}

/** A size from 1 to `most`, small ones as likely as large ones. */
export const drawSize = (most: number, rng: Rng): number => Math.round(most ** rng.uniform());

/** A tensor of one of the arguments of a kernel, without its name. */
export const tensorOf = (spec: TensorSpec, data: TensorData): KernelTensor => ({
  dtype: spec.dtype,
  shape: spec.shape,
  data,
});

export const floats = (name: string, ...shape: number[]): TensorSpec => ({
  name,
  shape,
  dtype: "float32",
});
export const ints = (name: string, ...shape: number[]): TensorSpec => ({
  name,
  shape,
  dtype: "int32",
});

/** The bytes of all arguments, each of them four bytes an element. */
export function bytesOfAll(
  task: { inputs(dims: Dims): readonly TensorSpec[]; outputs(dims: Dims): readonly TensorSpec[] },
  dims: Dims,
): number {
  const specs = [...task.inputs(dims), ...task.outputs(dims)];
  return specs.reduce((sum, { shape }) => sum + 4 * shape.reduce((p, size) => p * size, 1), 0);
}
