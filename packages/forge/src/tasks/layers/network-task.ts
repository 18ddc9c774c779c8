import { type Array64, type Ops, sizeOf } from "@daily-kernel/nn/reference";
import { data, weight } from "../../task/argument.ts";
import { defineTask } from "../../task/define-task.ts";
import type { Category, Dims, InputFamily, Task } from "../../task/task.ts";
import { type Argument, Net } from "./net.ts";
import { smaller } from "./smaller.ts";
import type { Value } from "./value.ts";

export interface NetworkTask {
  readonly id: `${Category}/${string}`;
  readonly title: string;
  readonly dimNames: readonly string[];
  readonly published: Dims;
  /** The sizes beyond which `scaled` does not go; above the published one where a size grows. */
  readonly least: Dims;
  readonly multiples?: Dims;
  /** The least and the greatest sizes to verify at; any sizes between them are good, too. */
  readonly shapes: readonly Dims[];
  /** What is computed: read once for shapes and once for each reference. */
  readonly net: (net: Net, dims: Dims) => Value;
}

/** Operations of a scaled task at most, so that its reference with its bounds takes a second. */
const MOST_FLOPS = 2 ** 23;
/** Norms and activations over a thousand say nothing that they do not say at four. */
const FAMILIES: readonly InputFamily[] = ["normal", "uniform", "signed"];

interface Trace {
  readonly of: string;
  readonly args: readonly Argument[];
  readonly flops: number;
  readonly output: readonly number[];
}

/** A task whose arguments, outputs, costs and reference all come from one description. */
export function networkTask(task: NetworkTask): Task {
  const { dimNames, published, least, multiples } = task;
  let last: Trace | undefined;
  const trace = (dims: Dims): Trace => {
    const of = dims.join();
    if (last?.of !== of) {
      const net = new Net();
      const { shape } = task.net(net, dims);
      last = { of, args: [...net.inputs, ...net.weights], flops: net.flops, output: shape };
    }
    return last;
  };
  const listed = (dims: Readonly<Record<string, number>>) => dimNames.map((name) => dims[name]!);
  const reference = (ops: Ops, given: readonly Array64[], dims: Dims) => {
    const arrays = new Map(trace(dims).args.map(({ name }, i) => [name, given[i]!]));
    return task.net(new Net({ ops, arrays }), dims).array;
  };
  /** Of all inputs, or of the output if that has more. */
  const elements = (dims: Dims) => {
    const { args, output } = trace(dims);
    const inputs = args.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    return Math.max(inputs, sizeOf(output));
  };
  return {
    ...defineTask({
      id: task.id,
      title: task.title,
      dims: Object.fromEntries(dimNames.map((name, i) => [name, published[i]!])),
      sizes: Object.fromEntries(
        dimNames.map((name, i) => [name, { multiple: multiples?.[i] ?? 1 }]),
      ),
      shapes: task.shapes,
      families: FAMILIES,
      inputs: (dims) =>
        Object.fromEntries(
          trace(listed(dims)).args.map(({ name, shape, draw }) => [
            name,
            draw === undefined ? data(shape) : weight(shape, draw),
          ]),
        ),
      outputs: (dims) => ({ y: trace(listed(dims)).output }),
      reference: (ops, given, dims) => reference(ops, given, listed(dims)),
      flops: (dims) => trace(listed(dims)).flops,
    }),
    scaled: (most) =>
      smaller({ published, least, ...(multiples && { multiples }) }, (dims) => {
        return elements(dims) <= most && trace(dims).flops <= MOST_FLOPS;
      }),
  };
}
