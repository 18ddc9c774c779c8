import type { Rng } from "@daily-kernel/compute";
import type { BackendId } from "../../session/backend.ts";
import type { Dims, Expected, InputFamily, Task } from "../../task/task.ts";
import type { KernelTensor, TensorSpec } from "../../task/tensor.ts";
import { withoutWeights } from "../../task/without-weights.ts";
import { drawRows, type Extremes } from "./draw.ts";

type Shape = readonly number[];

/** What differs between the plain tasks: float32 arrays in, one float32 array out. */
export interface PlainTask {
  readonly id: string;
  readonly title: string;
  readonly dimNames: readonly string[];
  readonly published: Dims;
  readonly shapes: readonly Dims[];
  /** Sizes of a new shape are drawn up to these, most of them much smaller. */
  readonly largest: Dims;
  readonly extremes: Extremes;
  readonly inputs: Readonly<Record<string, (dims: Dims) => Shape>>;
  readonly output: (dims: Dims) => Shape;
  readonly boundFactor?: Partial<Record<BackendId, number>>;
  /** Whether inputs that are zero throughout have no answer. */
  readonly nonzero?: boolean;
  readonly otherReading?: Task;
  /** Fills `value` and `bound` from the inputs. */
  readonly compute: (inputs: readonly Float32Array[], dims: Dims, out: Expected) => void;
  readonly flops: (dims: Dims) => number;
}

const families: readonly InputFamily[] = ["uniform", "normal", "signed", "large", "small"];
const count = (shape: Shape) => shape.reduce((product, size) => product * size, 1);

/** A size from 1 to `most`, as likely to have one digit as another number of them. */
const drawSize = (most: number, rng: Rng) => Math.max(1, Math.round(most ** rng.uniform()));

/** A task of the judge's own, complete. */
export function plainTask(plain: PlainTask): Task {
  const { id, title, dimNames, published, shapes } = plain;
  const inputs = (dims: Dims): TensorSpec[] =>
    Object.entries(plain.inputs).map(([name, shape]) => ({
      name,
      shape: shape(dims),
      dtype: "float32",
    }));
  const outputs = (dims: Dims): TensorSpec[] => [
    { name: "y", shape: plain.output(dims), dtype: "float32" },
  ];
  const elements = (dims: Dims) => inputs(dims).reduce((sum, { shape }) => sum + count(shape), 0);
  return withoutWeights({
    id,
    category: "plain",
    title,
    dimNames,
    published,
    shapes,
    families,
    ...(plain.boundFactor && { boundFactor: plain.boundFactor }),
    ...(plain.otherReading && { otherReading: plain.otherReading }),
    scaled(maxElements) {
      let dims = [...published];
      while (elements(dims) > maxElements && dims.some((size) => size > 1))
        dims = dims.map((size) => Math.max(1, Math.floor(size / 2)));
      return dims;
    },
    drawDims: (rng) => plain.largest.map((most) => drawSize(most, rng)),
    inputs,
    outputs,
    draw: (dims, family, rng): KernelTensor[] =>
      inputs(dims).map(({ shape, dtype }) => {
        const cols = shape.at(-1) ?? 1;
        const data = drawRows(family, count(shape) / cols, cols, rng, plain.extremes);
        if (plain.nonzero && data.every((v) => v === 0)) data[0] = 1;
        return { shape, dtype, data };
      }),
    reference(tensors, dims) {
      const shape = plain.output(dims);
      const size = count(shape);
      const out = { shape, value: new Float64Array(size), bound: new Float64Array(size) };
      plain.compute(
        tensors.map(({ data }) => data as Float32Array),
        dims,
        out,
      );
      return [out];
    },
    flops: plain.flops,
    bytes: (dims) => 4 * (elements(dims) + count(plain.output(dims))),
  });
}
