import type { Candidate } from "../session/backend.ts";
import type { Task } from "../task/task.ts";
import { measure, type Protocol } from "./measure.ts";
import { rejecting, type Timing } from "./timing.ts";

interface Anchor {
  readonly candidate: Candidate;
  /** Over the baseline. */
  readonly speedup: number;
}

/** An anchor is changed for one so many times faster. */
const FAR = 3;

/**
 * A stopwatch for a search: `measure`, but what is much slower than the best so far (a plain baseline
 * that takes half a second) is not run again for every candidate. Candidates are timed beside an
 * anchor that was timed beside the baseline (or beside the anchor before it), and the speedups
 * multiplied. All later candidates share the anchor's error, so their order does not suffer.
 */
export function anchoredTiming(task: Task, baseline: Candidate, protocol: Protocol) {
  let anchor: Anchor = { candidate: baseline, speedup: 1 };
  return async (
    candidate: Candidate,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Timing> => {
    const seen = await measure(task, candidate, anchor.candidate, {
      ...protocol,
      ...(signal && { signal }),
    });
    const times = (x: number) => x * anchor.speedup;
    const [low, high] = seen.speedupCI;
    const timing: Timing = {
      ...seen,
      baselineMedianNs: times(seen.baselineMedianNs),
      speedup: times(seen.speedup),
      speedupCI: [times(low), times(high)],
    };
    if (seen.speedup > FAR && !seen.flags.some((flag) => rejecting.has(flag)))
      anchor = { candidate, speedup: timing.speedup };
    return timing;
  };
}
