import { checkDims, checkDraw } from "./check-call.ts";
import type { Dims, Task } from "./task.ts";

/** A task whose outputs alone cost as much as with their bounds, and that has data only. */
export type BareTask = Omit<Task, "values" | "weights">;

/** `task` with the rest of what a task has, and with its sizes checked at the door. */
export function withoutWeights(task: BareTask): Task {
  const checked = (dims: Dims): Dims => {
    checkDims(task.id, task.dimNames, dims);
    return dims;
  };
  return {
    ...task,
    inputs: (dims) => task.inputs(checked(dims)),
    outputs: (dims) => task.outputs(checked(dims)),
    draw(dims, family, rng) {
      checkDraw(task.id, family, rng);
      return task.draw(checked(dims), family, rng);
    },
    reference: (inputs, dims) => task.reference(inputs, checked(dims)),
    values: (inputs, dims) =>
      task.reference(inputs, checked(dims)).map(({ shape, value }) => ({ shape, data: value })),
    weights(dims) {
      checked(dims);
      return [];
    },
    flops: (dims) => task.flops(checked(dims)),
    bytes: (dims) => task.bytes(checked(dims)),
  };
}
