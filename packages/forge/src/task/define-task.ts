import type { Rng } from "@daily-kernel/compute";
import { type Array64, type Ops, sizeOf } from "@daily-kernel/nn/reference";
import { bytesOf } from "../session/backend.ts";
import { type Argument, elements } from "./argument.ts";
import { bounded, exactOps } from "./bounded.ts";
import { checkDims, checkDraw } from "./check-call.ts";
import { type Rules, shrink, tied } from "./scale.ts";
import type { Category, Dims, InputFamily, Task } from "./task.ts";
import type { DType, KernelTensor, TensorSpec } from "./tensor.ts";

type Sizes = Readonly<Record<string, number>>;
type Named<P extends Sizes> = { readonly [K in keyof P]: number };
/** The inputs by their order: as many as the task has, of which a reference names those that it has. */
export type Inputs = readonly [Array64, Array64, Array64, Array64, ...Array64[]];
type Output = readonly number[] | { readonly shape: readonly number[]; readonly dtype: DType };

/** What must be said of a task; P names its sizes. */
export interface TaskDescription<P extends Sizes> {
  /** `<category>/<name>` */
  readonly id: `${Category}/${string}`;
  readonly title: string;
  /** The published sizes by name, in the order in which a kernel gets them. */
  readonly dims: P;
  /** What sizes may become; all free by default. */
  readonly sizes?: { readonly [K in keyof P]?: Rules[string] };
  /** Sizes for verification, in the order of `dims`. */
  readonly shapes: readonly Dims[];
  /** Default: uniform, normal, signed and large. */
  readonly families?: readonly InputFamily[];
  readonly inputs: (dims: Named<P>) => Readonly<Record<string, Argument>>;
  /** Shapes of float32 outputs, or with a kind. */
  readonly outputs: (dims: Named<P>) => Readonly<Record<string, Output>>;
  /** Over the inputs by their order; calls the same operations whatever the numbers are. */
  readonly reference: (ops: Ops, inputs: Inputs, dims: Named<P>) => readonly Array64[] | Array64;
  readonly flops: (dims: Named<P>) => number;
  /** Where less than every input must be read: what crosses the bus. */
  readonly bytes?: (dims: Named<P>) => number;
}

const allFamilies: readonly InputFamily[] = ["uniform", "normal", "signed", "large"];
/** Above it the bound comes from half as many disturbed runs. */
const heavy = 1e8;

/** A whole task from its description. */
export function defineTask<const P extends Sizes>(task: TaskDescription<P>): Task {
  const dimNames = Object.keys(task.dims);
  const rules = (task.sizes ?? {}) as Rules;
  const named = (dims: Dims) => {
    checkDims(task.id, dimNames, dims);
    return Object.fromEntries(dimNames.map((name, i) => [name, dims[i]])) as Named<P>;
  };
  const specs = (dims: Dims) => Object.entries(task.inputs(named(dims)));
  const inputs = (dims: Dims): TensorSpec[] =>
    specs(dims).map(([name, { shape, dtype }]) => ({ name, shape, dtype }));
  const outputs = (dims: Dims): TensorSpec[] =>
    Object.entries(task.outputs(named(dims))).map(([name, output]) =>
      "dtype" in output
        ? { name, ...output }
        : { name, shape: output as readonly number[], dtype: "float32" },
    );
  const compute = (tensors: readonly KernelTensor[], dims: Dims) => (ops: Ops) => {
    const arrays = tensors.map(({ data, shape }) => ({ data: Float64Array.from(data), shape }));
    const result = task.reference(ops, arrays as unknown as Inputs, named(dims));
    return "data" in result ? [result] : result;
  };
  const count = (list: readonly TensorSpec[]) => list.reduce((sum, t) => sum + sizeOf(t.shape), 0);
  const total = (list: readonly TensorSpec[]) =>
    list.reduce((sum, t) => sum + sizeOf(t.shape) * bytesOf(t.dtype), 0);
  const published = Object.values(task.dims);
  return {
    id: task.id,
    category: task.id.slice(0, task.id.indexOf("/")) as Category,
    title: task.title,
    dimNames,
    published,
    shapes: task.shapes,
    families: task.families ?? allFamilies,
    scaled: (maxElements) =>
      shrink(
        dimNames,
        published,
        rules,
        (dims) => Math.max(count(inputs(dims)), count(outputs(dims))),
        maxElements,
      ),
    drawDims: (rng) => drawDims(dimNames, task.shapes, rules, rng),
    inputs,
    outputs,
    weights: (dims) => specs(dims).flatMap(([, { role }], i) => (role === "weight" ? [i] : [])),
    draw(dims, family, rng) {
      checkDraw(task.id, family, rng);
      return specs(dims).map(([, argument]) => ({
        dtype: argument.dtype,
        shape: argument.shape,
        data: elements(argument, family, rng),
      }));
    },
    reference: (tensors, dims) =>
      bounded(compute(tensors, dims), task.flops(named(dims)) > heavy ? 4 : 8),
    values: (tensors, dims, ops = exactOps) => compute(tensors, dims)(ops),
    flops: (dims) => task.flops(named(dims)),
    bytes: (dims) => task.bytes?.(named(dims)) ?? total(inputs(dims)) + total(outputs(dims)),
  };
}

/** Each size between the smallest and the largest of `shapes`, by the rules; small ones more often. */
function drawDims(names: readonly string[], shapes: readonly Dims[], rules: Rules, rng: Rng): Dims {
  const drawn = names.map((name, i) => {
    const seen = shapes.map((dims) => dims[i] as number);
    const { keep = false, multiple = 1 } = rules[name] ?? {};
    const [low, high] = [Math.min(...seen) / multiple, Math.max(...seen) / multiple];
    if (keep || low === high)
      return rng.integer(2) === 0 ? (seen[0] as number) : (seen.at(-1) as number);
    return multiple * Math.round(low * (high / low) ** rng.uniform());
  });
  return tied(names, drawn, rules);
}
