import { isSoftware } from "../backends/wgsl/device.ts";
import type { Dims, Task } from "../task/task.ts";

/** Elements of all inputs, and operations, that a ranked call may have: it takes a GPU about 1 ms. */
const onGpu = { elements: 1 << 20, flops: 3e8 };
/** On a processor that plays a GPU. */
const onSoftware = { elements: 1 << 14, flops: 2e6 };

/** The sizes at which kernels for a task are timed when they are ranked: the same for everybody. */
export function rankedDims(task: Task, adapter: string): Dims {
  const most = isSoftware(adapter) ? onSoftware : onGpu;
  let { elements } = most;
  let dims = task.scaled(elements);
  while (task.flops(dims) > most.flops && elements > 64) {
    elements /= 2;
    dims = task.scaled(elements);
  }
  return dims;
}
