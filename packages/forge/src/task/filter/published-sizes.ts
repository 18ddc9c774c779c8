import { sizeOf } from "@daily-kernel/nn/reference";
import type { Dims, Task } from "../task.ts";

/** What a reference in scalar code can do. */
export interface Reach {
  /** Images or rows of a batch; what a weak judge sees of a task hardly depends on them. Default 4. */
  batch?: number;
  /** Operations; default 2e10. */
  flops?: number;
  /** Elements of one array; default 1.4e8. */
  elements?: number;
}

/** The published sizes with a small batch, or nothing where that is out of reach. */
export function publishedSizes(task: Task, reach: Reach = {}): Dims | undefined {
  const { batch = 4, flops = 2e10, elements = 1.4e8 } = reach;
  const axis = task.dimNames.indexOf("batch");
  const capped = task.published.map((n, i) => (i === axis ? Math.min(n, batch) : n));
  // A batch that must equal another size stays.
  const dims = task.id === "loss/hinge_loss" ? task.published : capped;
  const arrays = [...task.inputs(dims), ...task.outputs(dims)].map(({ shape }) => sizeOf(shape));
  return Math.max(...arrays) <= elements && task.flops(dims) <= flops ? dims : undefined;
}
