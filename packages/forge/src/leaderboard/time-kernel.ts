import { Rng } from "@daily-kernel/compute";
import { defaultLimits } from "../judge/verify.ts";
import type { Backend, Candidate } from "../session/backend.ts";
import { type Bound, boundOf, type Roofs } from "../stopwatch/roofs.ts";
import { bootstrapInterval, median } from "../stopwatch/statistics.ts";
import { TimedSession } from "../stopwatch/stopwatch-session.ts";
import { timingInputs } from "../stopwatch/timing-inputs.ts";
import type { Dims, Task } from "../task/task.ts";
import { rankedDims } from "./ranked-dims.ts";

/** How long a kernel took at the sizes of the ranking, in nanoseconds. */
export interface KernelTime {
  readonly dims: Dims;
  readonly medianNs: number;
  readonly ci95: readonly [number, number];
  readonly samples: number;
  readonly flopsPerSecond: number;
  readonly bytesPerSecond: number;
  /** What bounds it, and the share of that bound that was reached. */
  readonly bound: Bound;
  readonly rooflineFraction: number;
  /**
   * `wrong-while-timed`: what a timed call left was out of bounds. `implausible`: more than 1.05 of
   * the roof, twice. Either says that the time counts for nothing.
   */
  readonly flags: readonly ("wrong-while-timed" | "implausible")[];
}

const samples = 12;
/** A sample takes about so long, in nanoseconds, but no more than so many calls. */
const sampleNs = 20e6;
const mostCalls = 32;

/**
 * Times a kernel by itself on the device of `backend`: samples of several calls on fresh results,
 * each verified; the median with its bootstrap interval, beside the roofs of the device.
 *
 * @throws CandidateCompileError and SessionEnded of the kernel; the signal's reason on abort.
 */
export async function timeKernel(
  task: Task,
  candidate: Candidate,
  backend: Backend,
  options: {
    readonly roofs: Roofs;
    readonly seed?: number;
    readonly signal?: AbortSignal;
    readonly onProgress?: (fraction: number) => void;
  },
): Promise<KernelTime> {
  const { roofs, seed = 0, signal, onProgress } = options;
  const dims = rankedDims(task, roofs.hardware);
  const inputs = timingInputs(task, dims, { seed, sets: 2 });
  const within = { limits: defaultLimits, ...(signal && { signal }) };
  const work = { flops: task.flops(dims), bytes: task.bytes(dims) };
  const bound = boundOf(roofs, work);
  const session = new TimedSession(
    await backend.open(await backend.compile(candidate, within), within),
    { inputs, cold: false, signal },
  );
  const round = async (): Promise<number[]> => {
    const warm = await session.sample(1);
    const calls = Math.min(mostCalls, Math.ceil(sampleNs / warm.ns));
    const times: number[] = [];
    for (let i = 0; i < samples; i++) {
      times.push((await session.sample(calls)).ns);
      onProgress?.((i + 1) / samples);
    }
    return times;
  };
  try {
    let times = await round();
    const implausible = () => bound.ns > 1.05 * median(times);
    if (implausible()) times = await round();
    const medianNs = median(times);
    const flags: KernelTime["flags"][number][] = [];
    if (session.wrong) flags.push("wrong-while-timed");
    if (implausible()) flags.push("implausible");
    return {
      dims,
      medianNs,
      ci95: bootstrapInterval(times, median, new Rng(1, "forge time"), 400),
      samples: times.length,
      flopsPerSecond: (1e9 * work.flops) / medianNs,
      bytesPerSecond: (1e9 * work.bytes) / medianNs,
      bound,
      rooflineFraction: bound.ns / medianNs,
      flags,
    };
  } finally {
    await session.close();
  }
}
