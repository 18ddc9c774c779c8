import { boundOf, type Roofs } from "../../stopwatch/roofs.ts";
import type { Timing } from "../../stopwatch/timing.ts";
import type { Dims, Task } from "../../task/task.ts";

/** What the stopwatch gives any back end: rates, and their shares of the roofs where these are known. */
export function timeCounters(task: Task, dims: Dims, timing: Timing, roofs?: Roofs) {
  const flops = task.flops(dims);
  const bytes = task.bytes(dims);
  const ns = timing.medianNs;
  const rates = {
    nanoseconds: ns,
    gflops: flops / ns,
    gigabytesPerSecond: bytes / ns,
    megabytes: bytes / 1e6,
  };
  if (!roofs) return rates;
  const bound = boundOf(roofs, { flops, bytes, cold: timing.cold });
  return {
    ...rates,
    roofShare: bound.ns / ns,
    arithmeticShare: (1e9 * flops) / ns / bound.flopsPerSecond,
    memoryShare: (1e9 * bytes) / ns / bound.bytesPerSecond,
  };
}
