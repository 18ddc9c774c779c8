import type { Task } from "./task.ts";

/** A task whose outputs alone cost as much as with their bounds, and that has data only. */
export type BareTask = Omit<Task, "values" | "weights">;

/** `task` with the rest of what a task has. */
export const withoutWeights = (task: BareTask): Task => ({
  ...task,
  values: (inputs, dims) =>
    task.reference(inputs, dims).map(({ shape, value }) => ({ shape, data: value })),
  weights: () => [],
});
